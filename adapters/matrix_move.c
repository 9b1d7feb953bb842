/*
 * The space goes on as another one: what hangs in the old one is hung into the new, its
 * rooms let in who is in the new, and who was in the old is asked into it. Each step
 * may be made again; what is done is remembered room by room, so that a limiter on the
 * way costs time only.
 */
#include <jansson.h>

#include "adapters/matrix_html.h"
#include "adapters/matrix_inner.h"
#include "adapters/matrix_write.h"
#include "bot/base/json.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#define CHILDREN 2000
#define PEOPLE   1000

struct child {
    const char *room, *content;
};

struct matrix_move {
    const char *old;
    struct child *children;
    size_t child_count;
    const char **people;
    size_t person_count;
};

static void hang_next(struct matrix_deed *deed);
static void invite_next(struct matrix_deed *deed);

/* ---- what there is to move */

static const char *memory_name(struct matrix_deed *deed, const char *room)
{
    return arena_printf(deed->arena, "space of %s", room);
}

static void add_person(struct matrix_deed *deed, const char *user,
                       struct json_slice member)
{
    struct matrix_move *move = deed->move;
    bool is_in = json_slice_is(json_scan_path(member, "content.membership"), "join");

    if (is_in && move->person_count < PEOPLE && matrix_is_user(user) &&
        !text_equal(user, deed->matrix->self.user)) {
        move->people[move->person_count++] = user;
    }
}

/* A child without a server to find it by is none any more. */
static void add_child(struct matrix_deed *deed, const char *room,
                      struct json_slice child)
{
    struct matrix_move *move = deed->move;
    struct json_slice content = json_scan_member(child, "content");

    if (json_scan_member(content, "via").data != NULL && move->child_count < CHILDREN) {
        move->children[move->child_count++] = (struct child){
            .room = room,
            .content = arena_copy_n(deed->arena, content.data, content.length_bytes)};
    }
}

void matrix_move_begin(struct matrix_deed *deed, struct json_slice state)
{
    struct matrix_move *move = ARENA_NEW(deed->arena, struct matrix_move);
    struct json_slice cursor = {0};

    deed->move = move;
    move->old = deed->action.about_channel;
    move->children = ARENA_ARRAY(deed->arena, struct child, CHILDREN);
    move->people = ARENA_ARRAY(deed->arena, const char *, PEOPLE);
    while (json_scan_next(state, &cursor)) {
        struct json_slice type = json_scan_member(cursor, "type");
        const char *key =
            json_slice_text(deed->arena, json_scan_member(cursor, "state_key"));

        if (!text_is_empty(key) && json_slice_is(type, "m.room.member")) {
            add_person(deed, key, cursor);
        } else if (!text_is_empty(key) && json_slice_is(type, "m.space.child")) {
            add_child(deed, key, cursor);
        }
    }
}

static void forget_person(struct matrix_move *move, struct json_slice key)
{
    size_t count = 0;

    for (size_t i = 0; i < move->person_count; i++) {
        if (!json_slice_is(key, move->people[i])) {
            move->people[count++] = move->people[i];
        }
    }
    move->person_count = count;
}

/* Who is in the new one, was asked into it or has left it again is not asked. */
static void forget_those_there(struct matrix_move *move, struct json_slice state)
{
    struct json_slice cursor = {0};

    while (json_scan_next(state, &cursor)) {
        if (json_slice_is(json_scan_member(cursor, "type"), "m.room.member")) {
            forget_person(move, json_scan_member(cursor, "state_key"));
        }
    }
}

/* ---- one room after the other */

/* True: on to the next step. What is refused is logged, and done without. */
static bool goes_on(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_AGAIN || answer->kind == OUTCOME_UNKNOWN) {
        matrix_deed_fail(deed, answer);
        return false;
    }
    if (answer->kind == OUTCOME_NEVER) {
        log_warn("not moved with the space", "row=%lld errcode=%s",
                 (long long)deed->action.id, answer->errcode);
    }
    return true;
}

static const char *child_of(const struct matrix_deed *deed)
{
    return deed->move->children[deed->step].room;
}

static void on_old_parent(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    struct matrix *matrix = deed->matrix;

    if (goes_on(deed, answer)) {
        ear_remember(matrix->ears, &matrix->adapter, memory_name(deed, child_of(deed)),
                     deed->room);
        deed->step += 1;
        hang_next(deed);
    }
}

static void on_parent(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (goes_on(deed, answer)) {
        matrix_deed_put(
            deed,
            matrix_state_path(deed, child_of(deed), "m.space.parent", deed->move->old),
            "{}", on_old_parent);
    }
}

static void put_parent(struct matrix_deed *deed)
{
    matrix_deed_put(
        deed, matrix_state_path(deed, child_of(deed), "m.space.parent", deed->room),
        matrix_write_parent(deed->arena, deed->matrix->server), on_parent);
}

static void on_rule_put(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (goes_on(deed, answer)) {
        put_parent(deed);
    }
}

/* The rule with the new space where the old one stood; NULL: it does not stand there.
 */
static const char *moved_rule(struct matrix_deed *deed, struct json_slice body)
{
    json_t *rule = json_parse(body.data, body.length_bytes), *allowed;
    bool is_moved = false;
    size_t i;

    json_array_foreach(json_object_get(rule, "allow"), i, allowed)
    {
        const char *room = json_string_value(json_object_get(allowed, "room_id"));

        if (text_equal(room, deed->move->old)) {
            json_object_set_new(allowed, "room_id", json_string(deed->room));
            is_moved = true;
        }
    }
    if (!is_moved) {
        json_decref(rule);
        return NULL;
    }
    return json_write(deed->arena, rule);
}

static void on_rule(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    const char *rule =
        answer->kind == OUTCOME_DONE ? moved_rule(deed, answer->body) : NULL;

    if (rule != NULL) {
        matrix_deed_put(
            deed, matrix_state_path(deed, child_of(deed), "m.room.join_rules", ""),
            rule, on_rule_put);
    } else if (answer->status == 404 || goes_on(deed, answer)) {
        put_parent(deed);
    }
}

static void on_hung(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (goes_on(deed, answer)) {
        matrix_deed_get(
            deed, matrix_state_path(deed, child_of(deed), "m.room.join_rules", ""),
            on_rule);
    }
}

/* Ours are known by what we remember of them; others are their people's affair. */
static void hang_next(struct matrix_deed *deed)
{
    struct matrix_move *move = deed->move;
    const char *space = NULL;

    for (; deed->step < move->child_count; deed->step++) {
        if (!matrix_deed_recall(deed, memory_name(deed, child_of(deed)), &space)) {
            return;
        }
        if (text_equal(space, move->old)) {
            matrix_deed_put(
                deed,
                matrix_state_path(deed, deed->room, "m.space.child", child_of(deed)),
                move->children[deed->step].content, on_hung);
            return;
        }
    }
    deed->step = 0;
    invite_next(deed);
}

/* ---- the people */

static void move_done(struct matrix_deed *deed)
{
    struct matrix *matrix = deed->matrix;

    log_info("the space goes on as another one", "row=%lld rooms=%zu people=%zu",
             (long long)deed->action.id, deed->move->child_count,
             deed->move->person_count);
    ear_remember(matrix->ears, &matrix->adapter, "space", deed->room);
    deed->found(deed);
}

static void on_invited(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (goes_on(deed, answer)) {
        deed->step += 1;
        invite_next(deed);
    }
}

static void invite_next(struct matrix_deed *deed)
{
    struct matrix_move *move = deed->move;

    if (deed->step == move->person_count) {
        move_done(deed);
        return;
    }
    matrix_deed_post(
        deed, matrix_deed_path(deed, deed->room, "invite"),
        json_write_words(deed->arena, "user_id", move->people[deed->step], NULL),
        MATRIX_INVITES, on_invited);
}

void matrix_move_space(struct matrix_deed *deed, struct json_slice state)
{
    struct matrix_rooms *rooms = deed->matrix->rooms;

    forget_those_there(deed->move, state);
    if (deed->matrix->config->matrix.space_is_open) {
        deed->move->person_count = 0; /* they can come by themselves */
    }
    rooms->space = arena_copy(rooms->arena, deed->room);
    deed->step = 0;
    hang_next(deed);
}
