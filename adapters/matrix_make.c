/*
 * Making a room: not one step on any homeserver, and its answer can be lost. The alias
 * is what makes it one: where it is taken, the room behind it is ours if we made it for
 * this very wish (our mark in its creation, which nobody can add later), and then what
 * it lacks is filled in.
 */
#include <stdlib.h>
#include <string.h>

#include "adapters/matrix_inner.h"
#include "adapters/matrix_write.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define NUMBERS      10 /* names tried: as it is, and with a number behind */
#define HALF_MADE_MS TIME_MINUTE_MS
#define WORDS        5 /* and then with a word behind that nobody could know before */
#define CREATE_MS                                                                      \
    (40 * TIME_SECOND_MS) /* a slow homeserver; the claim lasts longer                 \
                           */

static void create(struct matrix_deed *deed);

struct json_slice matrix_state_of(struct json_slice state, const char *type,
                                  const char *key)
{
    struct json_slice cursor = {0};

    while (json_scan_next(state, &cursor)) {
        if (json_slice_is(json_scan_member(cursor, "type"), type) &&
            json_slice_is(json_scan_member(cursor, "state_key"), key)) {
            return cursor;
        }
    }
    return (struct json_slice){0};
}

static const char *word_of(struct matrix_deed *deed, int n)
{
    uint64_t hash = UINT64_C(14695981039346656037) + (uint64_t)n;

    for (const char *at = matrix_write_mark(deed->arena, &deed->action); *at != '\0';
         at++) {
        hash = (hash ^ (uint8_t)*at) * UINT64_C(1099511628211);
    }
    return arena_printf(deed->arena, "%08llx", (unsigned long long)(hash >> 32));
}

const char *matrix_make_word(struct matrix_deed *deed)
{
    return word_of(deed, 0);
}

static bool is_elsewhere(const struct matrix *matrix, const char *server)
{
    return server != NULL && !text_same(server, matrix->server);
}

/* Rooms are for our own homeserver, unless the settings name another one: that can't be
 * changed later. */
static bool federates(const struct matrix *matrix)
{
    const struct config_matrix *settings = &matrix->config->matrix;

    for (size_t i = 0; i < settings->server_count; i++) {
        if (is_elsewhere(matrix, settings->servers[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < settings->user_count; i++) {
        const char *colon = strchr(settings->users[i], ':');

        if (colon != NULL && is_elsewhere(matrix, colon + 1)) {
            return true;
        }
    }
    return false;
}

struct matrix_plan *matrix_make_plan(struct matrix_deed *deed, const char *op)
{
    struct matrix *matrix = deed->matrix;
    struct matrix_plan *plan = ARENA_NEW(deed->arena, struct matrix_plan);

    *plan = (struct matrix_plan){.creator = matrix->self.user,
                                 .server = matrix->server,
                                 .federates = federates(matrix),
                                 .servers = matrix->config->matrix.servers,
                                 .server_count = matrix->config->matrix.server_count,
                                 .op = op};
    return plan;
}

/* ---- encryption, where the homeserver forces it on every new room */

void matrix_make_sealed(struct matrix_deed *deed)
{
    matrix_room_sealed(deed->matrix, deed->room);
    matrix_deed_never(deed,
                      "the homeserver encrypts every new room, and encrypted ones "
                      "can't be read: its operator must switch "
                      "encryption_enabled_by_default_for_room_type off");
}

static void on_encryption(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_DONE) {
        matrix_make_sealed(deed);
    } else if (answer->status == 404) {
        deed->made(deed);
    } else {
        matrix_deed_fail(deed, answer);
    }
}

/* ---- a room that is there already */

static void next_name(struct matrix_deed *deed)
{
    deed->tries += 1;
    deed->has_looked = false;
    if (deed->tries >= NUMBERS + WORDS) {
        matrix_deed_never(deed, "rooms of that name are there already");
        return;
    }
    create(deed);
}

bool matrix_make_is_ours(struct matrix_deed *deed, struct json_slice state)
{
    const char *me = deed->matrix->self.user;
    struct json_slice create_event = matrix_state_of(state, "m.room.create", "");
    struct json_slice content = json_scan_member(create_event, "content");
    struct json_slice member = matrix_state_of(state, "m.room.member", me);

    return json_slice_is(json_scan_member(create_event, "sender"), me) &&
           json_slice_is(json_scan_member(content, MATRIX_OP_KEY), deed->plan->op) &&
           json_slice_is(json_scan_path(member, "content.membership"), "join");
}

/* An alias is registered before its creator is in the room: where our own creation may
 * be on its way still, it is given a minute from the first look. */
static bool may_be_ours_yet(struct matrix_deed *deed,
                            const struct matrix_answer *answer, bool *has_ended)
{
    struct matrix *matrix = deed->matrix;
    int64_t now_ms = ear_now_ms(matrix->ears), since_ms = now_ms;
    const char *name = arena_printf(deed->arena, "half made %s", deed->plan->alias);
    const char *known;

    *has_ended = false;
    if (answer->status != 403 || !deed->action.unsure) {
        return false;
    }
    if (!matrix_deed_recall(deed, name, &known)) {
        *has_ended = true;
        return true;
    }
    if (known == NULL) {
        ear_remember(matrix->ears, &matrix->adapter, name,
                     arena_printf(deed->arena, "%lld", (long long)now_ms));
    } else {
        since_ms = strtoll(known, NULL, 10);
    }
    return now_ms < since_ms + HALF_MADE_MS;
}

static void on_no_state(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    bool has_ended;

    if (deed->takes_any) {
        deed->is_foreign = true;
        deed->made(deed);
    } else if (!may_be_ours_yet(deed, answer, &has_ended)) {
        next_name(deed); /* somebody else's */
    } else if (!has_ended) {
        matrix_deed_again(deed, "the room may be on its way still");
    }
}

static void on_state(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_DONE && matrix_make_is_ours(deed, answer->body)) {
        matrix_make_repair(deed, answer->body);
    } else if (answer->kind != OUTCOME_DONE && answer->kind != OUTCOME_NEVER &&
               !answer->is_too_big) {
        matrix_deed_fail(deed, answer);
    } else {
        on_no_state(deed, answer);
    }
}

static void on_alias(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    deed->room =
        json_slice_text(deed->arena, json_scan_member(answer->body, "room_id"));
    if (answer->kind == OUTCOME_DONE && deed->room != NULL) {
        matrix_deed_get(deed, matrix_deed_path(deed, deed->room, "state"), on_state);
    } else if (answer->status == 404 && !deed->has_looked) {
        deed->has_looked = true;
        create(deed);
    } else if (answer->status == 404) {
        next_name(deed);
    } else {
        matrix_deed_fail(deed, answer);
    }
}

static void look(struct matrix_deed *deed)
{
    matrix_deed_get(
        deed, matrix_alias_path(deed, matrix_alias(deed, deed->plan->alias)), on_alias);
}

/* ---- a new one */

static void create_failed(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    struct matrix_plan *plan = deed->plan;

    if (answer->kind == OUTCOME_NEVER && plan->person_count > 0 && !plan->is_direct) {
        plan->person_count = 0; /* they are invited one by one, too */
        create(deed);
    } else if (text_equal(answer->errcode, "M_FORBIDDEN")) {
        matrix_deed_never(deed, "the homeserver does not let the bot make rooms");
    } else {
        matrix_deed_fail(deed, answer);
    }
}

/* It made rooms of that version before, and is asked anew what it makes. */
static bool has_changed(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (!text_equal(answer->errcode, "M_UNSUPPORTED_ROOM_VERSION")) {
        return false;
    }
    deed->matrix->rooms->version = NULL;
    return deed->action.attempts == 0;
}

/* Synapse answers 409 where two of our own requests race for one alias. */
static bool is_taken(const struct matrix_answer *answer)
{
    return text_equal(answer->errcode, "M_ROOM_IN_USE") || answer->status == 409;
}

static void on_created(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    const char *room =
        json_slice_text(deed->arena, json_scan_member(answer->body, "room_id"));

    if (answer->kind == OUTCOME_DONE && room != NULL) {
        deed->room = room;
        matrix_room_joined(deed->matrix, room);
        matrix_deed_get(deed, matrix_state_path(deed, room, "m.room.encryption", ""),
                        on_encryption);
    } else if (has_changed(deed, answer)) {
        matrix_deed_again(deed, "the homeserver makes other rooms now");
    } else if (!is_taken(answer)) {
        create_failed(deed, answer);
    } else if (deed->plan->is_space) {
        deed->room = NULL;
        deed->made(deed);
    } else {
        deed->has_looked = true;
        look(deed);
    }
}

/* inc-7-db, then inc-7-db-2 and so on; where many stores have begun anew on one
 * homeserver, a word at last. All the same on every try. */
static const char *name_of(struct matrix_deed *deed)
{
    if (deed->tries == 0) {
        return deed->name;
    }
    return deed->tries < NUMBERS
               ? arena_printf(deed->arena, "%s-%d", deed->name, deed->tries + 1)
               : arena_printf(deed->arena, "%s-%s", deed->name,
                              word_of(deed, deed->tries));
}

static bool invites_others(const struct matrix *matrix, const struct matrix_plan *plan)
{
    for (size_t i = 0; i < plan->person_count; i++) {
        const char *colon = strchr(plan->people[i], ':');

        if (colon != NULL && is_elsewhere(matrix, colon + 1)) {
            return true;
        }
    }
    return false;
}

/* What may be there is looked for first: creations are rationed most of all, also those
 * that are refused. */
static void create(struct matrix_deed *deed)
{
    struct matrix_plan *plan = deed->plan;
    struct matrix_ask ask = {.method = "POST",
                             .path = "/_matrix/client/v3/createRoom",
                             .limiter = MATRIX_CREATIONS,
                             .timeout_ms = CREATE_MS};
    bool may_be_there =
        deed->action.attempts > 0 || deed->action.unsure || deed->tries > 0;

    plan->version = deed->matrix->rooms->version;
    plan->alias = name_of(deed);
    if (may_be_there && !plan->is_space && !deed->has_looked) {
        look(deed);
        return;
    }
    deed->has_looked = false;
    ask.is_for_others = invites_others(deed->matrix, plan);
    ask.body = matrix_write_create(deed->arena, plan);
    matrix_deed_ask(deed, &ask, on_created);
}

/* ---- which version */

static const char *choose_version(struct matrix_deed *deed, struct json_slice body)
{
    static const char *const wanted[] = {"11", "12", "10", "9", "8"};
    struct json_slice versions =
        json_scan_member(json_scan_member(body, "capabilities"), "m.room_versions");
    struct json_slice available = json_scan_member(versions, "available");
    struct json_slice usual = json_scan_member(versions, "default");

    if (json_slice_is(usual, "11") || json_slice_is(usual, "12")) {
        return json_slice_text(deed->matrix->rooms->arena, usual);
    }
    for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
        if (json_scan_member(available, wanted[i]).data != NULL) {
            return wanted[i];
        }
    }
    return text_or(json_slice_text(deed->matrix->rooms->arena, usual), "");
}

static void on_capabilities(struct matrix_deed *deed,
                            const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_DONE) {
        deed->matrix->rooms->version = choose_version(deed, answer->body);
    } else if (answer->kind != OUTCOME_NEVER) {
        matrix_deed_fail(deed, answer);
        return;
    }
    create(deed);
}

void matrix_make(struct matrix_deed *deed)
{
    deed->tries = 0;
    deed->has_looked = false;
    if (deed->matrix->rooms->version == NULL) {
        matrix_deed_get(deed, "/_matrix/client/v3/capabilities", on_capabilities);
    } else {
        create(deed);
    }
}
