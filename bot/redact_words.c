#include "bot/redact_words.h"

#include <string.h>

#include "bot/base/text.h"
#include "bot/note.h"

#define BEGINNING_BYTES 12
#define RUN_BYTES       24
#define SHORT_BYTES     4     /* a word as short is everywhere */
#define LOOKED_AT_BYTES 16384 /* of very long words: no message of the bot has more */

static bool begins_word(const char *start, const char *at)
{
    return text_is_letter(*at) && (at == start || !text_is_letter(at[-1]));
}

/* How far both are the same: all of `words`, or to where we cut them short, or back to
 * the end of a word in both. */
static size_t same_length(const char *text, const char *words)
{
    size_t length = 0;

    while (text[length] != '\0' && text[length] == words[length]) {
        length++;
    }
    if (words[length] == '\0' && (length == 0 || !text_is_letter(words[length - 1]) ||
                                  !text_is_letter(text[length]))) {
        return length;
    }
    if (text_starts(text + length, "...")) {
        return length;
    }
    while (length > 0 && text_is_letter(words[length - 1]) &&
           (text_is_letter(text[length]) || text_is_letter(words[length]))) {
        length--;
    }
    while (length > 0 && !text_is_letter(words[length - 1])) {
        length--;
    }
    return length;
}

static bool is_enough(size_t length, size_t from, size_t all)
{
    return (from == 0 && length == all) || (from == 0 && length >= BEGINNING_BYTES) ||
           length >= RUN_BYTES;
}

/* The longest run that begins at `at` and is a part of the words; 0: none worth it. */
static size_t run_at(const char *at, const char *words)
{
    size_t before = 0, longest = 0;
    size_t all;

    /* Signs before the first letter are no words. */
    while (words[before] != '\0' && !text_is_letter(words[before])) {
        before++;
    }
    words += before;
    all = strlen(words);
    for (size_t from = 0; from < all; from++) {
        size_t length;

        if (words[from] != *at || !begins_word(words, words + from)) {
            continue;
        }
        length = same_length(at, words + from);
        if (length > longest && is_enough(length, from, all)) {
            longest = length;
        }
    }
    return longest;
}

const char *redact_text(struct arena *arena, const char *text, const char *words)
{
    const char *kept = text;
    struct text out;

    text_init(&out, arena);
    for (const char *at = text; *at != '\0';) {
        size_t length = begins_word(text, at) ? run_at(at, words) : 0;

        if (length == 0) {
            at++;
            continue;
        }
        text_add_n(&out, kept, (size_t)(at - kept));
        text_add(&out, REDACTED);
        at += length;
        kept = at;
    }
    if (out.length_bytes == 0) {
        return NULL;
    }
    text_add(&out, kept);
    return out.data;
}

static bool redact_one(struct arena *arena, const char **text, const char *words)
{
    const char *now = *text == NULL ? NULL : redact_text(arena, *text, words);

    *text = now == NULL ? *text : now;
    return now != NULL;
}

static bool redact_note(struct arena *arena, struct note *note, const char *words)
{
    bool any = false;

    for (size_t i = 0; note != NULL && i < note->count; i++) {
        any = redact_one(arena, &note->blocks[i].text, words) || any;
    }
    return any;
}

/* The longest first: a shorter one may be a part of it. */
static const char **by_length(struct arena *arena, const char *const *words,
                              size_t count)
{
    const char **sorted = ARENA_ARRAY(arena, const char *, count + 1);

    for (size_t i = 0; i < count; i++) {
        size_t at = i;

        for (; at > 0 && strlen(sorted[at - 1]) < strlen(words[i]); at--) {
            sorted[at] = sorted[at - 1];
        }
        sorted[at] = words[i];
    }
    return sorted;
}

bool redact_action(struct arena *arena, struct action *action, const char *const *words,
                   size_t count)
{
    const char **sorted = by_length(arena, words, count);
    bool any = false;

    for (size_t i = 0; i < count; i++) {
        /* As people read it: the words of a note are shown so. */
        const char *shown =
            note_words(arena, arena_copy_n(arena, sorted[i],
                                           text_fit(sorted[i], LOOKED_AT_BYTES)));

        if (text_is_empty(shown) || strlen(shown) < SHORT_BYTES) {
            continue;
        }
        any = redact_note(arena, action->note, shown) || any;
        any = redact_one(arena, &action->file_text, shown) || any;
        any = redact_one(arena, &action->topic, shown) || any;
    }
    return any;
}
