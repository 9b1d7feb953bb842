/* Coming into a room as invited or as its successor, and going. */
#include <stdlib.h>
#include <string.h>

#include "adapters/matrix_inner.h"
#include "adapters/matrix_sync.h"
#include "adapters/matrix_write.h"
#include "bot/base/json.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define GOES_ON     "space goes on as"
#define POWER_OWNER 50 /* so much must who moves a room have in the new one */

/* ---- coming */

/* Nothing may be said there: the bot decides what comes next. */
static void tell_sealed(struct matrix_deed *deed)
{
    struct matrix *matrix = deed->matrix;
    struct chat_event event = {
        .kind = CHAT_SEALED,
        .id = arena_printf(deed->arena, "sealed %s %s", deed->room, deed->transaction),
        .at_ms = ear_now_ms(matrix->ears),
        .place = {.adapter = matrix->adapter.kind->name,
                  .channel = deed->room,
                  .is_sealed = true},
    };

    matrix_room_sealed(matrix, deed->room);
    ear_event(matrix->ears, &matrix->adapter, &event, (struct ticket){0});
}

static void on_encryption(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_DONE) {
        tell_sealed(deed);
        matrix_deed_done(deed, deed->room, NULL);
    } else if (answer->status == 404) {
        if (deed->action.about_channel != NULL && deed->move == NULL) {
            matrix_gap_add_coming(deed->matrix, deed->room);
        }
        matrix_direct_met(deed);
    } else {
        matrix_deed_fail(deed, answer);
    }
}

static void look_for_seal(struct matrix_deed *deed)
{
    matrix_deed_get(deed, matrix_state_path(deed, deed->room, "m.room.encryption", ""),
                    on_encryption);
}

/* ---- in place of another room */

static bool is_creator(struct json_slice create, const char *user)
{
    struct json_slice more = json_scan_path(create, "content.additional_creators");
    struct json_slice cursor = {0};

    if (json_slice_is(json_scan_member(create, "sender"), user)) {
        return true;
    }
    while (json_scan_next(more, &cursor)) {
        if (json_slice_is(cursor, user)) {
            return true;
        }
    }
    return false;
}

/* Who moved the old room here rules the new one, too: else a helper of the old room
 * could lead us anywhere. */
static bool is_successor(struct matrix_deed *deed, struct json_slice state)
{
    struct json_slice create = matrix_state_of(state, "m.room.create", "");
    struct json_slice powers =
        json_scan_member(matrix_state_of(state, "m.room.power_levels", ""), "content");
    struct json_slice users = json_scan_member(powers, "users");
    int64_t power = 0;

    if (!json_slice_is(json_scan_path(create, "content.predecessor.room_id"),
                       deed->action.about_channel)) {
        return false;
    }
    if (is_creator(create, deed->name)) {
        return true;
    }
    return (json_slice_number(json_scan_member(users, deed->name), &power) ||
            json_slice_number(json_scan_member(powers, "users_default"), &power)) &&
           power >= POWER_OWNER;
}

static void on_child_gone(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_AGAIN || answer->kind == OUTCOME_UNKNOWN) {
        matrix_deed_fail(deed, answer);
    } else {
        look_for_seal(deed);
    }
}

static void on_child_moved(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_AGAIN || answer->kind == OUTCOME_UNKNOWN) {
        matrix_deed_fail(deed, answer);
        return;
    }
    matrix_deed_put(deed,
                    matrix_state_path(deed, deed->space, "m.space.child",
                                      deed->action.about_channel),
                    "{}", on_child_gone);
}

static void on_parent(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_AGAIN || answer->kind == OUTCOME_UNKNOWN) {
        matrix_deed_fail(deed, answer);
        return;
    }
    matrix_deed_put(
        deed, matrix_state_path(deed, deed->space, "m.space.child", deed->room),
        matrix_write_child(deed->arena, deed->matrix->server, matrix_child_order(deed)),
        on_child_moved);
}

/* What the homeserver does not take over itself. */
static void move_in_space(struct matrix_deed *deed)
{
    struct matrix *matrix = deed->matrix;

    if (!matrix_deed_recall(
            deed, arena_printf(deed->arena, "space of %s", deed->action.about_channel),
            &deed->space)) {
        return;
    }
    if (deed->space == NULL) {
        look_for_seal(deed);
        return;
    }
    ear_remember(matrix->ears, &matrix->adapter,
                 arena_printf(deed->arena, "space of %s", deed->room), deed->space);
    matrix_deed_put(deed,
                    matrix_state_path(deed, deed->room, "m.space.parent", deed->space),
                    matrix_write_parent(deed->arena, matrix->server), on_parent);
}

static void on_left_again(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    (void)answer;
    matrix_deed_never(deed, "who moved the room has no power in the new one");
}

static void on_new_state(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind != OUTCOME_DONE) {
        matrix_deed_fail(deed, answer);
    } else if (!is_successor(deed, answer->body) && deed->is_invited) {
        look_for_seal(deed);
    } else if (!is_successor(deed, answer->body)) {
        matrix_deed_post(deed, matrix_deed_path(deed, deed->room, "leave"), "{}",
                         MATRIX_FREE, on_left_again);
    } else if (deed->move != NULL) {
        deed->found = look_for_seal;
        matrix_move_space(deed, answer->body);
    } else {
        move_in_space(deed);
    }
}

/* ---- the request itself */

/* An invitation can be heard of before it can be taken, and the room's own homeserver
 * may be away for a while. What the limiter makes us wait is no try. */
static const int64_t waits_ms[] = {5 * TIME_SECOND_MS, 30 * TIME_SECOND_MS,
                                   5 * TIME_MINUTE_MS};
#define WAITS ((long)(sizeof(waits_ms) / sizeof(waits_ms[0])))

static const char *tries_name(struct matrix_deed *deed)
{
    return arena_printf(deed->arena, "joins of %s", deed->action.channel);
}

static void remember_tries(struct matrix_deed *deed, const char *known, long tries)
{
    struct matrix *matrix = deed->matrix;
    const char *value = tries == 0 ? "" : arena_printf(deed->arena, "%ld", tries);

    if (!text_equal(text_or(known, ""), value)) {
        ear_remember(matrix->ears, &matrix->adapter, tries_name(deed), value);
    }
}

static void on_no(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    struct outcome outcome = {.kind = OUTCOME_AGAIN,
                              .why = "the invitation can't be taken yet"};
    struct matrix_answer never = *answer;
    const char *known;
    long tries;

    if (!matrix_deed_recall(deed, tries_name(deed), &known)) {
        return;
    }
    tries = known == NULL ? 0 : strtol(known, NULL, 10);
    if (tries < 0 || tries >= WAITS) {
        never.kind = OUTCOME_NEVER;
        remember_tries(deed, known, 0);
        matrix_deed_fail(deed, &never);
        return;
    }
    remember_tries(deed, known, tries + 1);
    outcome.not_before_ms = ear_now_ms(deed->matrix->ears) + waits_ms[tries];
    matrix_deed_end(deed, &outcome);
}

static bool may_pass(const struct matrix_answer *answer)
{
    bool is_early = answer->status == 403 || answer->status == 404;

    return answer->status >= 500 || (is_early && answer->kind == OUTCOME_NEVER &&
                                     !text_equal(answer->errcode, "M_BAD_STATE"));
}

static void on_joined(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    const char *room =
        json_slice_text(deed->arena, json_scan_member(answer->body, "room_id"));
    const char *known;

    if (answer->kind == OUTCOME_DONE) {
        if (!matrix_deed_recall(deed, tries_name(deed), &known)) {
            return;
        }
        remember_tries(deed, known, 0);
        deed->room = text_or(room, deed->room);
        matrix_room_joined(deed->matrix, deed->room);
        if (deed->action.about_channel != NULL) {
            matrix_deed_get(deed, matrix_deed_path(deed, deed->room, "state"),
                            on_new_state);
        } else {
            look_for_seal(deed);
        }
    } else if (may_pass(answer)) {
        on_no(deed, answer);
    } else {
        matrix_deed_fail(deed, answer);
    }
}

/* `user`: whose homeserver knows the room; NULL: ours does. */
static void join(struct matrix_deed *deed, const char *user)
{
    const char *colon = user == NULL ? NULL : strchr(user, ':');
    const char *via = "";

    if (colon != NULL) {
        const char *server = matrix_write_part(deed->arena, colon + 1);

        via = arena_printf(deed->arena, "?via=%s&server_name=%s", server, server);
    }
    matrix_deed_post(deed,
                     arena_printf(deed->arena, "/_matrix/client/v3/join/%s%s",
                                  matrix_write_part(deed->arena, deed->room), via),
                     "{}", MATRIX_JOINS, on_joined);
}

/* The space is known again as the one that we may be asked into only later. */
static bool begin_move(struct matrix_deed *deed, struct json_slice state)
{
    struct matrix *matrix = deed->matrix;
    const char *space;

    if (!matrix_deed_recall(deed, "space", &space)) {
        return false;
    }
    if (text_equal(space, deed->action.about_channel)) {
        ear_remember(matrix->ears, &matrix->adapter, GOES_ON, deed->room);
        matrix_move_begin(deed, state);
    }
    return true;
}

/* Nothing leads there. Who was asked in comes all the same, as into any room. */
static void join_elsewhere(struct matrix_deed *deed)
{
    if (!deed->is_invited) {
        matrix_deed_never(deed, "the old room does not say that it goes on there");
        return;
    }
    deed->action.about_channel = NULL;
    join(deed, deed->action.person);
}

/* Who says that the old room goes on as this one. */
static void on_old_state(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    struct json_slice stone = matrix_state_of(answer->body, "m.room.tombstone", "");
    bool is_no = answer->kind == OUTCOME_NEVER;

    if (answer->kind != OUTCOME_DONE && !(is_no && deed->is_invited)) {
        matrix_deed_fail(deed, answer);
        return;
    }
    deed->name = json_slice_text(deed->arena, json_scan_member(stone, "sender"));
    if (is_no || deed->name == NULL ||
        !json_slice_is(json_scan_path(stone, "content.replacement_room"), deed->room)) {
        join_elsewhere(deed);
        return;
    }
    if (!begin_move(deed, answer->body)) {
        return;
    }
    if (deed->move == NULL) {
        matrix_gap_add_coming(deed->matrix, deed->room); /* a kill may follow */
    }
    join(deed, deed->name);
}

/* Is it the place where the space goes on, and we could not follow? */
static bool find_old_space(struct matrix_deed *deed)
{
    const char *next, *space;

    if (!matrix_deed_recall(deed, GOES_ON, &next) ||
        !matrix_deed_recall(deed, "space", &space)) {
        return false;
    }
    if (text_equal(next, deed->room) && !text_equal(space, deed->room)) {
        deed->action.about_channel = space;
        deed->is_invited = true;
    }
    return true;
}

void matrix_join_start(struct matrix_deed *deed)
{
    deed->room = deed->action.channel;
    if (deed->action.about_channel == NULL && !find_old_space(deed)) {
        return;
    }
    if (deed->action.about_channel != NULL) {
        matrix_deed_get(deed,
                        matrix_deed_path(deed, deed->action.about_channel, "state"),
                        on_old_state);
    } else {
        join(deed, deed->action.person);
    }
}

/* ---- going */

static void on_forgotten(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_AGAIN || answer->kind == OUTCOME_UNKNOWN) {
        log_info("room not forgotten", "row=%lld", (long long)deed->action.id);
    }
    matrix_deed_done(deed, NULL, NULL);
}

/* 403 and 404: we are not in it, or no longer. */
static void on_left(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    bool is_out = answer->status == 403 || answer->status == 404;

    if (answer->kind != OUTCOME_DONE && !(is_out && answer->kind == OUTCOME_NEVER)) {
        matrix_deed_fail(deed, answer);
        return;
    }
    matrix_deed_post(deed, matrix_deed_path(deed, deed->room, "forget"), "{}",
                     MATRIX_FREE, on_forgotten);
}

void matrix_leave_start(struct matrix_deed *deed)
{
    const char *reason = deed->action.topic;

    deed->room = deed->action.channel;
    matrix_deed_post(deed, matrix_deed_path(deed, deed->room, "leave"),
                     text_is_empty(reason)
                         ? "{}"
                         : json_write_words(deed->arena, "reason", reason, NULL),
                     MATRIX_FREE, on_left);
}
