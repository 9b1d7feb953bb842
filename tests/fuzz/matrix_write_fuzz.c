/*
 * Any note to the body of a message: JSON that parses, under the size that a server
 * takes, its HTML of our tags alone, closed in their order.
 */
#include <string.h>

#include "adapters/matrix_write.h"
#include "bot/action.h"
#include "bot/base/err.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/adapters/matrix_check.h"

static const char *external(void *context, int64_t person_id)
{
    (void)context;
    return person_id % 3 == 0   ? "@tove:example.org"
           : person_id % 3 == 1 ? "@\"<b>&:x"
                                : NULL;
}

/* The bytes are the JSON of a note, or else words of one. */
static struct note *note_of(struct arena *arena, const uint8_t *data, size_t size)
{
    const char *words = text_clean(arena, (const char *)data, size);
    struct note *note = note_from_json(arena, words);

    if (note == NULL) {
        note = note_create(arena);
        note_heading(note, "%s", words);
        note_line(note, "%s", note_command(arena, "%s", words));
        note_line(note, "%s", note_mention(arena, 3, words));
        note_choice(note, arena_copy_n(arena, words, text_fit(words, 70)), "ack");
    }
    note_bind(note, external, NULL);
    return note;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum action_kind kinds[] = {ACTION_POST, ACTION_DIRECT,
                                             ACTION_WHISPER};
    struct arena *arena = arena_create();
    struct action action = {.id = 1,
                            .incident_id = 2,
                            .person = "@tove:example.org",
                            .thread = "$t",
                            .about = "$e",
                            .note = note_of(arena, data, size)};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        action.kind = kinds[i];
        INSIST(check_message(matrix_write_message(arena, &action, i % 2)));
        INSIST(check_message(matrix_write_edit(arena, &action, i % 2)));
    }
    arena_destroy(arena);
    return 0;
}
