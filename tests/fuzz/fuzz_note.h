/*
 * Notes out of any bytes, for the targets that read or write them.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "bot/note.h"

/* Of the persons of a note every third has an account with an ordinary name, every
 * third one that no platform gives, the others have none. */
struct fuzz_accounts {
    const char *plain, *odd;
};

static inline const char *fuzz_external(void *context, enum note_mark_kind kind,
                                        int64_t number)
{
    const struct fuzz_accounts *accounts = context;

    (void)kind;
    return number % 3 == 0 ? accounts->plain : number % 3 == 1 ? accounts->odd : NULL;
}

/* The bytes are the JSON of a note, or else words of one. Its persons are bound. */
static inline struct note *fuzz_note(struct arena *arena, const uint8_t *data,
                                     size_t size, struct fuzz_accounts *accounts)
{
    const char *words = text_clean(arena, (const char *)data, size);
    struct note *note = note_from_json(arena, words);

    if (note == NULL) {
        note = note_create(arena);
        note_heading(note, "%s", words);
        note_line(note, "%s", note_command(arena, "%s", words));
        note_line(note, "%s", note_mention(arena, 3, words));
        note_context(note, "%s", note_moment(arena, (int64_t)size, words));
        note_choice(note, arena_copy_n(arena, words, text_fit(words, 70)), "ack");
    }
    note_bind(note, fuzz_external, accounts);
    return note;
}
