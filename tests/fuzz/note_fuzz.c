/*
 * The body of an outbox row: whatever stands in it is refused, or is an action whose
 * note can be walked, cut and written again as it was.
 */
#include <string.h>

#include "bot/action.h"
#include "bot/base/err.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"

static const char *external(void *context, int64_t person_id)
{
    (void)context;
    return person_id % 2 == 0 ? "U1" : NULL;
}

static void walk(const struct note *note)
{
    for (size_t i = 0; i < note->count; i++) {
        const char *cursor = note->blocks[i].text;
        size_t left = strlen(cursor);
        struct note_mark mark;

        while (note_next_mark(&cursor, &mark)) {
            INSIST(mark.length_bytes <= left);
            INSIST(strlen(cursor) < left);
            left = strlen(cursor);
        }
    }
}

static void take_apart(struct arena *arena, struct note *note)
{
    const char *written = note_to_json(arena, note);
    struct note *again = note_from_json(arena, written);
    size_t count = 0;

    INSIST(again != NULL);
    INSIST(strcmp(note_to_json(arena, again), written) == 0);
    (void)note_split(note, 64, &count);
    INSIST(count > 0);
    note_bind(note, external, NULL);
    walk(note);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    const char *json = arena_copy_n(arena, (const char *)data, size);
    struct action action = {0};

    if (strlen(json) == size && action_from_json(arena, json, &action)) {
        const char *written = action_to_json(arena, &action);
        struct action again = {0};

        INSIST(action_from_json(arena, written, &again));
        INSIST(strcmp(action_to_json(arena, &again), written) == 0);
        if (action.note != NULL) {
            take_apart(arena, action.note);
        }
    }
    arena_destroy(arena);
    return 0;
}
