/*
 * The JSON of a note: whatever stands in it is refused, or is a note that can be
 * walked, cut and written again as it was.
 */
#include <string.h>

#include "bot/base/err.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_note.h"

#define PART_BYTES 64

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

static size_t bytes_of(const struct note *note)
{
    size_t bytes = 0;

    for (size_t i = 0; i < note->count; i++) {
        bytes += strlen(note->blocks[i].text);
    }
    return bytes;
}

/* Nothing is lost by it. */
static void check_parts(const struct note *note)
{
    size_t count = 0, bytes = 0;
    struct note **parts = note_split(note, PART_BYTES, &count);

    INSIST(count > 0);
    for (size_t i = 0; i < count; i++) {
        bytes += bytes_of(parts[i]);
    }
    INSIST(bytes == bytes_of(note));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_accounts accounts = {.plain = "U1", .odd = "\"<b>&"};
    struct arena *arena = arena_create();
    const char *json = arena_copy_n(arena, (const char *)data, size);
    struct note *note = note_from_json(arena, json);

    if (note != NULL) {
        const char *written = note_to_json(arena, note);
        struct note *again = note_from_json(arena, written);

        INSIST(again != NULL && strcmp(note_to_json(arena, again), written) == 0);
        check_parts(note);
        (void)note_marked(note);
        note_bind(note, fuzz_external, &accounts);
        walk(note);
    }
    arena_destroy(arena);
    return 0;
}
