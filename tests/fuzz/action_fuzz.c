/*
 * The body of an outbox row: whatever stands in it is refused, or is an action that is
 * the same when copied or written again. So are the form and the note in it.
 */
#include <string.h>

#include "adapters/slack_form.h"
#include "bot/action.h"
#include "bot/base/err.h"
#include "bot/base/json_scan.h"
#include "bot/form.h"
#include "tests/fuzz/fuzz.h"

static void check_form(struct arena *arena, const char *json)
{
    struct form *form = form_from_json(arena, json);
    const char *written, *opened;

    if (form == NULL) {
        return;
    }
    written = form_to_json(arena, form);
    form = form_from_json(arena, written);
    INSIST(form != NULL && strcmp(form_to_json(arena, form), written) == 0);
    opened = slack_form_open(arena, "T1", form);
    INSIST(json_scan_is_valid(opened, strlen(opened)));
}

static void check_action(struct arena *arena, const struct action *action)
{
    const char *written = action_to_json(arena, action);
    struct action copy, again = {0};

    action_copy(arena, &copy, action);
    INSIST(strcmp(action_to_json(arena, &copy), written) == 0);
    INSIST(action_from_json(arena, written, &again));
    INSIST(strcmp(action_to_json(arena, &again), written) == 0);
    if (action->form != NULL) {
        check_form(arena, action->form);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    const char *json = arena_copy_n(arena, (const char *)data, size);
    struct action action = {0};

    if (strlen(json) == size && action_from_json(arena, json, &action)) {
        check_action(arena, &action);
    }
    check_form(arena, json);
    arena_destroy(arena);
    return 0;
}
