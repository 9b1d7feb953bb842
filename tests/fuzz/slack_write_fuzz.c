/*
 * Any note to the bodies of Slack's calls: JSON that parses, within Slack's limits, and
 * in its mrkdwn no mark that people's words could have made.
 */
#include <string.h>

#include "adapters/slack_form.h"
#include "adapters/slack_write.h"
#include "bot/base/err.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_note.h"
#include "tests/unit/adapters/slack_check.h"

static void check_bodies(struct arena *arena, struct action *action)
{
    static const enum action_kind kinds[] = {ACTION_POST, ACTION_DIRECT};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        action->kind = kinds[i];
        INSIST(check_body(slack_write_post(arena, action, "C1")));
    }
    INSIST(check_body(slack_write_update(arena, action, "D1", "1.1")));
    INSIST(check_body(slack_write_ephemeral(arena, action)));
    INSIST(check_body(slack_write_response(arena, action->note, action->thread)));
    INSIST(check_view(slack_form_home(arena, action)));
}

/* A topic and the ack of a command are words, not notes. */
static void check_words(struct arena *arena, const uint8_t *data, size_t size)
{
    const char *words = text_clean(arena, (const char *)data, size);

    INSIST(check_is_json(slack_write_topic(arena, "C1", words)));
    INSIST(check_is_json(slack_write_ack(arena, "e1", words)));
    INSIST(check_is_json(slack_form_ack(arena, "e1", "1", words)));
    INSIST(strspn(slack_write_form(arena, "q", words, NULL),
                  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                  "-_.~%=") == strlen(slack_write_form(arena, "q", words, NULL)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_accounts accounts = {.plain = "U012AB3CD", .odd = "<!channel>"};
    struct arena *arena = arena_create();
    struct action action = {
        .id = 1, .incident_id = 2, .channel = "C1", .person = "U1", .thread = "1.1"};
    size_t count = 0;
    struct note **parts =
        note_split(fuzz_note(arena, data, size, &accounts), SLACK_NOTE_BYTES, &count);

    for (size_t i = 0; i < count; i++) {
        action.note = parts[i];
        check_bodies(arena, &action);
    }
    check_words(arena, data, size);
    arena_destroy(arena);
    return 0;
}
