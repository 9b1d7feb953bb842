/*
 * The room shared with one person alone: the one we remember, else one that the
 * account's list names (m.direct), else a new one. A new one has an alias of the row
 * that makes it, so that it is found again where the answer was lost. Who left it is
 * asked back once; whoever leaves again is left alone.
 */
#include <string.h>

#include <jansson.h>

#include "adapters/matrix_html.h"
#include "adapters/matrix_inner.h"
#include "adapters/matrix_write.h"
#include "bot/base/json.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#define CANDIDATES 20
#define NAME       "Muster"

static void look(struct matrix_deed *deed);
static void make(struct matrix_deed *deed);

static const char *memory_name(struct matrix_deed *deed, const char *what)
{
    return arena_printf(deed->arena, "%s %s", what, deed->action.person);
}

/* False: the deed has ended. */
static bool recall(struct matrix_deed *deed, const char *what, const char **value)
{
    return matrix_deed_recall(deed, memory_name(deed, what), value);
}

static void remember(struct matrix_deed *deed, const char *what, const char *value)
{
    struct matrix *matrix = deed->matrix;
    const char *name = memory_name(deed, what), *known;

    if (!ear_recall(matrix->ears, &matrix->adapter, name, &known) ||
        !text_equal(text_or(known, ""), value)) {
        ear_remember(matrix->ears, &matrix->adapter, name, value);
    }
}

static void keep(struct matrix_deed *deed)
{
    remember(deed, "direct", deed->room);
    matrix_room_is_with(deed->matrix, deed->room, deed->action.person);
    deed->found(deed);
}

/* ---- the account's list: read, changed and written by one deed at a time */

static void m_direct_leave(struct matrix_deed *deed)
{
    struct matrix *matrix = deed->matrix;

    matrix->rooms->m_direct = NULL;
    for (struct matrix_deed *other = matrix->deeds; other != NULL;
         other = other->next) {
        if (other->turn != NULL) {
            matrix_deed_step *turn = other->turn;

            other->turn = NULL;
            matrix->rooms->m_direct = other;
            turn(other);
            break;
        }
    }
    keep(deed);
}

/* The list is a help to other clients: we remember ourselves, and try again with the
 * next message. */
static void on_listed(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_DONE) {
        remember(deed, "listed", deed->room);
    } else {
        log_warn("direct room not listed", "row=%lld errcode=%s",
                 (long long)deed->action.id, answer->errcode);
    }
    m_direct_leave(deed);
}

static const char *m_direct_path(struct matrix_deed *deed)
{
    return arena_printf(deed->arena, "/_matrix/client/v3/user/%s/account_data/m.direct",
                        matrix_write_part(deed->arena, deed->matrix->self.user));
}

static bool is_listed(json_t *rooms, const char *room)
{
    size_t i;
    json_t *one;

    json_array_foreach(rooms, i, one)
    {
        if (text_equal(json_string_value(one), room)) {
            return true;
        }
    }
    return false;
}

/* Puts the room into the list; NULL: it stands there. */
static const char *add_to_list(struct matrix_deed *deed, json_t *list)
{
    json_t *rooms = json_object_get(list, deed->action.person);

    if (is_listed(rooms, deed->room)) {
        json_decref(list);
        return NULL;
    }
    if (!json_is_array(rooms)) {
        rooms = json_array();
        json_object_set_new(list, deed->action.person, rooms);
    }
    json_array_append_new(rooms, json_string(deed->room));
    return json_write(deed->arena, list);
}

static void on_list(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    struct matrix_answer fine = {.kind = OUTCOME_DONE};
    json_t *list = answer->kind == OUTCOME_DONE
                       ? json_parse(answer->body.data, answer->body.length_bytes)
                       : json_object();
    const char *body;

    if ((answer->kind != OUTCOME_DONE && answer->status != 404) ||
        !json_is_object(list)) {
        json_decref(list);
        m_direct_leave(deed);
        return;
    }
    body = add_to_list(deed, list);
    if (body == NULL) {
        on_listed(deed, &fine);
    } else {
        struct matrix_ask ask = {.method = "PUT",
                                 .path = m_direct_path(deed),
                                 .body = body,
                                 .may_repeat = true};

        matrix_deed_ask(deed, &ask, on_listed);
    }
}

static void m_direct_enter(struct matrix_deed *deed)
{
    matrix_deed_get(deed, m_direct_path(deed), on_list);
}

static void list_room(struct matrix_deed *deed)
{
    struct matrix_rooms *rooms = deed->matrix->rooms;
    const char *listed;

    if (!recall(deed, "listed", &listed)) {
        return;
    }
    if (text_equal(listed, deed->room)) {
        keep(deed);
        return;
    }
    if (rooms->m_direct != NULL) {
        deed->turn = m_direct_enter;
        return;
    }
    rooms->m_direct = deed;
    m_direct_enter(deed);
}

/* ---- a new room */

static void direct_made(struct matrix_deed *deed)
{
    remember(deed, "direct", deed->room);
    remember(deed, "asked back to", "");
    matrix_room_is_with(deed->matrix, deed->room, deed->action.person);
    if (deed->is_adopted) {
        deed->rooms = NULL; /* the invitation may be what it lacks */
        look(deed);
    } else {
        list_room(deed);
    }
}

static void on_profile(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    const char *colon = strchr(deed->action.person, ':');
    struct matrix_plan *plan = matrix_make_plan(deed, NULL);
    bool is_local = text_equal(colon + 1, deed->matrix->server);

    if (answer->status == 404 && is_local) {
        matrix_deed_never(deed, "the homeserver knows no such person");
        return;
    }
    if (answer->kind == OUTCOME_AGAIN) {
        matrix_deed_fail(deed, answer);
        return;
    }
    plan->op = matrix_write_mark(deed->arena, &deed->action);
    plan->name = text_or(deed->matrix->self.name, NAME);
    plan->is_direct = true;
    plan->federates = plan->federates || !is_local;
    plan->people = &deed->action.person;
    plan->person_count = 1;
    deed->plan = plan;
    deed->name = arena_printf(deed->arena, "muster-%lld-%s", (long long)deed->action.id,
                              matrix_make_word(deed));
    deed->made = direct_made;
    matrix_make(deed);
}

/* A homeserver invites people it has never heard of without a word. */
static void make(struct matrix_deed *deed)
{
    matrix_deed_get(deed,
                    arena_printf(deed->arena, "/_matrix/client/v3/profile/%s",
                                 matrix_write_part(deed->arena, deed->action.person)),
                    on_profile);
}

/* ---- a room that is there */

/* The next one the list names; behind the last a new one. */
static void next(struct matrix_deed *deed)
{
    static const char *none[] = {NULL};

    deed->rooms = deed->rooms == NULL ? none : deed->rooms;
    do {
        deed->room = deed->rooms[deed->step++];
    } while (matrix_room_is_sealed(deed->matrix, deed->room) ||
             matrix_room_is_shared(deed->matrix, deed->room));
    if (deed->room == NULL) {
        deed->step -= 1;
        make(deed);
    } else {
        look(deed);
    }
}

static void on_asked_back(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_DONE) {
        remember(deed, "asked back to", deed->room);
        list_room(deed);
    } else if (answer->kind == OUTCOME_NEVER &&
               text_equal(answer->errcode, "M_FORBIDDEN")) {
        next(deed);
    } else {
        matrix_deed_fail(deed, answer);
    }
}

static void ask_back(struct matrix_deed *deed)
{
    const char *asked;

    if (!recall(deed, "asked back to", &asked)) {
        return;
    }
    if (text_equal(asked, deed->room)) {
        matrix_deed_never(deed, "they left the conversation with the bot");
        return;
    }
    matrix_deed_post(
        deed, matrix_deed_path(deed, deed->room, "invite"),
        matrix_write_words(deed->arena, "user_id", deed->action.person, NULL),
        MATRIX_INVITES, on_asked_back);
}

/* They are in it, or were; nobody else is. */
static void on_theirs(struct matrix_deed *deed, struct json_slice membership)
{
    if (json_slice_is(membership, "join")) {
        remember(deed, "asked back to", "");
        list_room(deed);
    } else if (json_slice_is(membership, "invite")) {
        list_room(deed);
    } else if (deed->rooms != NULL) {
        next(deed); /* one of the list: not theirs any more */
    } else if (json_slice_is(membership, "ban")) {
        matrix_deed_never(deed, "they are banned from the conversation with the bot");
    } else {
        ask_back(deed);
    }
}

static void on_company(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    struct matrix_company company =
        matrix_company_of(deed, answer, deed->action.person);

    if (matrix_company_is_unsaid(answer)) {
        matrix_deed_fail(deed, answer);
    } else if (company.has_others) {
        matrix_room_is_with(deed->matrix, deed->room, deed->action.person);
        matrix_room_shared(deed->matrix, deed->room);
        next(deed);
    } else if (!company.are_we_in) {
        next(deed);
    } else {
        on_theirs(deed, company.membership);
    }
}

static void look(struct matrix_deed *deed)
{
    matrix_company_ask(deed, on_company);
}

/* What was said there stays there, but nobody else reads what it becomes. */
static void on_company_of_old(struct matrix_deed *deed,
                              const struct matrix_answer *answer)
{
    if (matrix_company_is_unsaid(answer)) {
        matrix_deed_fail(deed, answer);
    } else if (matrix_company_of(deed, answer, deed->action.person).has_others) {
        matrix_room_shared(deed->matrix, deed->room);
        matrix_deed_never(deed, "others are in that conversation");
    } else {
        deed->found(deed);
    }
}

/* Newest first, each room that the list names for them. */
static void read_list(struct matrix_deed *deed, struct json_slice list)
{
    struct json_slice rooms = json_scan_member(list, deed->action.person);
    struct json_slice cursor = {0};
    const char *all[CANDIDATES];
    size_t count = 0;

    while (count < CANDIDATES && json_scan_next(rooms, &cursor)) {
        const char *room = json_slice_text(deed->arena, cursor);

        if (room != NULL) {
            all[count++] = room;
        }
    }
    deed->rooms = ARENA_ARRAY(deed->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        deed->rooms[i] = all[count - 1 - i];
    }
}

static void on_first_list(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_AGAIN) {
        matrix_deed_fail(deed, answer);
        return;
    }
    read_list(deed,
              answer->kind == OUTCOME_DONE ? answer->body : (struct json_slice){0});
    next(deed);
}

void matrix_direct_find(struct matrix_deed *deed)
{
    const struct action *action = &deed->action;
    bool is_about = action->kind == ACTION_AMEND || action->kind == ACTION_PIN;

    if (!matrix_is_user(action->person)) {
        matrix_deed_never(deed, "that is no account of Matrix");
        return;
    }
    if (!recall(deed, "direct", &deed->room)) {
        return;
    }
    deed->rooms = NULL;
    deed->step = 0;
    if (is_about && deed->room == NULL) {
        matrix_deed_never(deed, "the conversation is gone");
    } else if (is_about) {
        matrix_company_ask(deed, on_company_of_old);
    } else if (matrix_room_is_sealed(deed->matrix, deed->room) ||
               matrix_room_is_shared(deed->matrix, deed->room)) {
        next(deed);
    } else if (deed->room != NULL) {
        look(deed);
    } else {
        matrix_deed_get(deed, m_direct_path(deed), on_first_list);
    }
}
