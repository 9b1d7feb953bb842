/*
 * The room for announcements, where nobody has made one under its alias: in the space,
 * first of all, and open to whoever is in it. Where there is no space, people come in
 * by invitation.
 */
#include <string.h>

#include "adapters/matrix_inner.h"
#include "adapters/matrix_write.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#define ORDER "0000000000" /* before every incident */
#define TOPIC "Which incidents are open, and what became of them."

static void on_child(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_AGAIN || answer->kind == OUTCOME_UNKNOWN) {
        matrix_deed_fail(deed, answer);
        return;
    }
    if (answer->kind == OUTCOME_NEVER) {
        log_warn("room not in the space", "row=%lld errcode=%s",
                 (long long)deed->action.id, answer->errcode);
    }
    deed->after(deed);
}

static void announce_made(struct matrix_deed *deed)
{
    struct matrix *matrix = deed->matrix;

    if (deed->space == NULL || deed->is_foreign) {
        deed->after(deed);
        return;
    }
    ear_remember(matrix->ears, &matrix->adapter,
                 arena_printf(deed->arena, "space of %s", deed->room), deed->space);
    matrix_deed_put(
        deed, matrix_state_path(deed, deed->space, "m.space.child", deed->room),
        matrix_write_child(deed->arena, deed->matrix->server, ORDER), on_child);
}

static void announce_make(struct matrix_deed *deed)
{
    const char *alias = matrix_alias(deed, deed->action.channel) + 1;

    deed->plan = matrix_make_plan(deed, "announce");
    deed->name = arena_copy_n(deed->arena, alias, strcspn(alias, ":"));
    deed->plan->name = deed->name;
    deed->plan->topic = TOPIC;
    deed->plan->space = deed->space;
    deed->takes_any = true;
    deed->made = announce_made;
    matrix_make(deed);
}

bool matrix_announce_may(struct matrix_deed *deed)
{
    const char *alias = matrix_alias(deed, deed->action.channel);

    return text_equal(deed->action.channel, deed->matrix->config->announce) &&
           text_equal(strchr(alias, ':') + 1, deed->matrix->server);
}

void matrix_announce_make(struct matrix_deed *deed)
{
    deed->found = announce_make;
    matrix_space_find(deed);
}
