/*
 * The space all open incidents hang under: known from before, else adopted by its
 * alias, else made. An incident waits for no operator: where the space can't be had, it
 * opens without one, and the log says why.
 */
#include "adapters/matrix_inner.h"
#include "adapters/matrix_write.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#define SPACE_NAME "Incidents"
#define ROUNDS     3 /* others may make or remove it meanwhile */
#define SOUGHT     "space"

static void resolve(struct matrix_deed *deed);

static void space_found(struct matrix_deed *deed, const char *space)
{
    matrix_deed_sought(deed);
    deed->space = space;
    deed->found(deed);
}

static void space_keep(struct matrix_deed *deed, const char *space)
{
    struct matrix *matrix = deed->matrix;
    struct matrix_rooms *rooms = matrix->rooms;
    const char *known;

    if (!ear_recall(matrix->ears, &matrix->adapter, "space", &known) ||
        !text_equal(known, space)) {
        ear_remember(matrix->ears, &matrix->adapter, "space", space);
    }
    rooms->space = arena_copy(rooms->arena, space);
    space_found(deed, rooms->space);
}

static void space_none(struct matrix_deed *deed, const char *why)
{
    log_warn("no space", "row=%lld why=\"%s\"", (long long)deed->action.id, why);
    space_found(deed, NULL);
}

/* Trouble that passes ends the try; what stays so is done without. */
static void space_fail(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_NEVER) {
        space_none(deed, answer->why);
    } else {
        matrix_deed_fail(deed, answer);
    }
}

static void space_made(struct matrix_deed *deed)
{
    if (deed->room != NULL) {
        space_keep(deed, deed->room);
    } else {
        resolve(deed);
    }
}

static struct matrix_plan *space_plan(struct matrix_deed *deed)
{
    struct matrix_plan *plan = matrix_make_plan(deed, "space");

    plan->name = SPACE_NAME;
    plan->is_space = true;
    plan->is_open_to_server = deed->matrix->config->matrix.space_is_open;
    return plan;
}

static void look_into(struct matrix_deed *deed);

/* A room of that name may be a plain one, whose members must not walk into incidents.
 */
static void on_joined(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_DONE) {
        deed->is_in_space = true;
        look_into(deed);
    } else {
        space_fail(deed, answer);
    }
}

static void on_creation(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_DONE &&
        json_slice_is(json_scan_member(answer->body, "type"), "m.space")) {
        space_keep(deed, deed->room);
    } else if (answer->kind == OUTCOME_DONE) {
        space_none(deed, "the room of that alias is no space");
    } else {
        space_fail(deed, answer);
    }
}

static void on_state(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    struct json_slice create = matrix_state_of(answer->body, "m.room.create", "");
    struct json_slice member =
        matrix_state_of(answer->body, "m.room.member", deed->matrix->self.user);
    bool is_joined =
        json_slice_is(json_scan_path(member, "content.membership"), "join");

    if (!answer->is_too_big &&
        (answer->kind == OUTCOME_AGAIN || answer->kind == OUTCOME_UNKNOWN)) {
        matrix_deed_fail(deed, answer);
    } else if (!is_joined && matrix_room_is_out(deed->matrix, deed->room)) {
        space_none(deed, "the bot was taken out of the space: invite it there");
    } else if (answer->is_too_big) {
        matrix_deed_get(deed, matrix_state_path(deed, deed->room, "m.room.create", ""),
                        on_creation);
    } else if (!is_joined && deed->is_in_space) {
        space_none(deed, "the bot came into the space, and is not in it");
    } else if (!is_joined) {
        matrix_deed_post(deed, matrix_deed_path(deed, deed->room, "join"), "{}",
                         MATRIX_JOINS, on_joined);
    } else if (!json_slice_is(json_scan_path(create, "content.type"), "m.space")) {
        space_none(deed, "the room of that alias is no space");
    } else if (matrix_make_is_ours(deed, answer->body)) {
        matrix_make_repair(deed, answer->body);
    } else {
        space_keep(deed, deed->room);
    }
}

static void look_into(struct matrix_deed *deed)
{
    matrix_deed_get(deed, matrix_deed_path(deed, deed->room, "state"), on_state);
}

static void on_alias(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    deed->room =
        json_slice_text(deed->arena, json_scan_member(answer->body, "room_id"));
    deed->pages += 1;
    deed->plan = space_plan(deed);
    deed->made = space_made;
    if (answer->kind == OUTCOME_DONE && deed->room != NULL) {
        look_into(deed);
    } else if (answer->status == 404 && deed->pages <= ROUNDS) {
        deed->name = deed->matrix->config->matrix.space;
        matrix_make(deed);
    } else {
        space_fail(deed, answer);
    }
}

static void resolve(struct matrix_deed *deed)
{
    const char *alias = matrix_alias(deed, deed->matrix->config->matrix.space);

    matrix_deed_get(deed, matrix_alias_path(deed, alias), on_alias);
}

/* The one we remember: are we still in it? */
static void on_member(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    bool is_joined =
        json_slice_is(json_scan_member(answer->body, "membership"), "join");

    if (answer->kind == OUTCOME_DONE && is_joined) {
        space_keep(deed, deed->room);
    } else if (answer->kind == OUTCOME_DONE || answer->kind == OUTCOME_NEVER) {
        resolve(deed);
    } else {
        matrix_deed_fail(deed, answer);
    }
}

static void find(struct matrix_deed *deed)
{
    struct matrix *matrix = deed->matrix;
    const char *known;

    deed->pages = 0;
    deed->is_in_space = false;
    if (matrix->rooms->space != NULL) {
        space_found(deed, matrix->rooms->space);
        return;
    }
    if (!matrix_deed_recall(deed, "space", &known)) {
        return;
    }
    if (known == NULL) {
        resolve(deed);
    } else {
        deed->room = known;
        matrix_deed_get(
            deed,
            matrix_state_path(deed, deed->room, "m.room.member", matrix->self.user),
            on_member);
    }
}

void matrix_space_find(struct matrix_deed *deed)
{
    matrix_deed_seek(deed, SOUGHT, find);
}
