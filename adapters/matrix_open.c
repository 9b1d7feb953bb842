/* An incident's room: made in one request with its first people, hung into the space.
 */
#include "adapters/matrix_inner.h"
#include "adapters/matrix_write.h"
#include "bot/base/log.h"

#define ORDER_TOP 9999999999LL /* the newest incident stands first */

const char *matrix_child_order(struct matrix_deed *deed)
{
    long long number = (long long)deed->action.incident_id;

    return arena_printf(deed->arena, "%010lld", ORDER_TOP - number);
}

/* The name that people see is the room's own; the alias of a private one says nothing.
 */
static void open_done(struct matrix_deed *deed)
{
    bool is_other = !deed->plan->is_private && deed->tries > 0;

    matrix_deed_done(deed, deed->room, is_other ? deed->plan->alias : NULL);
}

static void on_child(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_AGAIN || answer->kind == OUTCOME_UNKNOWN) {
        matrix_deed_fail(deed, answer);
        return;
    }
    if (answer->kind == OUTCOME_NEVER) {
        log_warn("room not in the space", "row=%lld errcode=%s",
                 (long long)deed->action.id, answer->errcode);
        deed->matrix->rooms->space = NULL; /* looked for anew by the next */
    }
    open_done(deed);
}

static void open_made(struct matrix_deed *deed)
{
    struct matrix *matrix = deed->matrix;

    if (deed->space == NULL) {
        open_done(deed);
        return;
    }
    ear_remember(matrix->ears, &matrix->adapter,
                 arena_printf(deed->arena, "space of %s", deed->room), deed->space);
    matrix_deed_put(
        deed, matrix_state_path(deed, deed->space, "m.space.child", deed->room),
        matrix_write_child(deed->arena, matrix->server, matrix_child_order(deed)),
        on_child);
}

static void open_make(struct matrix_deed *deed)
{
    const struct action *action = &deed->action;
    struct matrix_plan *plan =
        matrix_make_plan(deed, matrix_write_mark(deed->arena, action));

    plan->name = action->name;
    plan->topic = action->topic;
    plan->space = deed->space;
    plan->is_private = action->private;
    plan->people = deed->action.people;
    plan->person_count = action->person_count;
    deed->plan = plan;
    deed->name = action->name;
    if (action->private) {
        deed->name =
            arena_printf(deed->arena, "inc-%lld-%s", (long long)action->incident_id,
                         matrix_make_word(deed));
    }
    deed->made = open_made;
    matrix_make(deed);
}

void matrix_open_start(struct matrix_deed *deed)
{
    if (deed->action.private) {
        open_make(deed);
        return;
    }
    deed->found = open_make;
    matrix_space_find(deed);
}
