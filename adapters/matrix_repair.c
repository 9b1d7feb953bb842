/*
 * What a room or a space of ours lacks is filled in, state by state: its making was cut
 * short, or it is older than what we make today.
 */
#include <string.h>

#include "adapters/matrix_inner.h"
#include "adapters/matrix_write.h"
#include "bot/base/log.h"

/* Is it there, and does it let in whom it should? What people changed since stays. */
static bool is_lacking(struct json_slice state, const struct matrix_state *wanted)
{
    struct json_slice there = matrix_state_of(state, wanted->type, wanted->key);
    struct json_slice rule = json_scan_path(there, "content.join_rule");
    struct json_slice wish = {wanted->content, strlen(wanted->content)};

    if (there.data == NULL || strcmp(wanted->type, "m.room.join_rules") != 0) {
        return there.data == NULL;
    }
    wish = json_scan_member(wish, "join_rule");
    return rule.length_bytes != wish.length_bytes ||
           memcmp(rule.data, wish.data, rule.length_bytes) != 0;
}

static void repair_next(struct matrix_deed *deed);

static void on_repaired(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_AGAIN || answer->kind == OUTCOME_UNKNOWN) {
        matrix_deed_fail(deed, answer);
        return;
    }
    if (answer->kind == OUTCOME_NEVER) {
        log_warn("room not repaired", "row=%lld errcode=%s", (long long)deed->action.id,
                 answer->errcode);
    }
    deed->step += 1;
    repair_next(deed);
}

static void repair_next(struct matrix_deed *deed)
{
    const struct matrix_state *state = &deed->repairs[deed->step];

    if (deed->step < deed->repair_count) {
        matrix_deed_put(deed,
                        matrix_state_path(deed, deed->room, state->type, state->key),
                        state->content, on_repaired);
    } else if (deed->is_sealed && !deed->plan->is_space) {
        matrix_make_sealed(deed);
    } else {
        deed->made(deed);
    }
}

/* By which rules it was made, whatever the homeserver makes today. */
static const char *version_of(struct matrix_deed *deed, struct json_slice state)
{
    struct json_slice create = matrix_state_of(state, "m.room.create", "");

    return json_slice_text(deed->arena, json_scan_path(create, "content.room_version"));
}

void matrix_make_repair(struct matrix_deed *deed, struct json_slice state)
{
    struct matrix_state all[MATRIX_STATES];
    size_t count;

    deed->plan->version = version_of(deed, state);
    count = matrix_write_states(deed->arena, deed->plan, all);
    log_info("room known again", "row=%lld", (long long)deed->action.id);
    deed->repairs = ARENA_ARRAY(deed->arena, struct matrix_state, MATRIX_STATES);
    deed->repair_count = 0;
    deed->step = 0;
    deed->is_adopted = true;
    deed->is_sealed = matrix_state_of(state, "m.room.encryption", "").data != NULL;
    for (size_t i = 0; i < count; i++) {
        if (is_lacking(state, &all[i])) {
            deed->repairs[deed->repair_count++] = all[i];
        }
    }
    matrix_room_joined(deed->matrix, deed->room);
    repair_next(deed);
}
