/*
 * Words: a growing string in an arena, and the few questions we ask of UTF-8. All
 * strings inside the bot are valid UTF-8 without NUL; text_clean is the door they come
 * in by.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"

/* A string being built. `data` is always NUL-terminated; do not keep it over an add. */
struct text {
    struct arena *arena;
    char *data;
    size_t length_bytes, capacity_bytes;
};

void text_init(struct text *text, struct arena *arena);
void text_add(struct text *text, const char *string); /* NULL adds nothing */
void text_add_n(struct text *text, const char *bytes, size_t length_bytes);
void text_addf(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void text_add_rune(struct text *text, uint32_t rune);
/* Percent-encoded as a part of a URL: all but RFC 3986's unreserved characters. */
void text_add_percent(struct text *text, const char *string); /* NULL adds nothing */

/* A copy on the heap, to be freed: for what outlives every arena. NULL stays NULL. */
char *text_keep(const char *string);
/* The same in the place of what was kept there. */
void text_replace(char **kept, const char *string);

/*
 * Makes bytes from outside fit to be kept: NUL, invalid UTF-8 and the noncharacters
 * U+FDD0..U+FDEF (which bot/note.h uses as marks) become U+FFFD; one for each maximal
 * subpart, as the Unicode standard recommends (section 3.9).
 */
char *text_clean(struct arena *arena, const char *bytes, size_t length_bytes);

/*
 * For eyes: control characters (but newline and tab), bidi controls and invisible
 * characters become \u{202E}, \u{001B}. Emoji joined by U+200D keep it. Returns
 * `string` itself where nothing changes.
 */
const char *text_shown(struct arena *arena, const char *string);
/* For fingers: the same characters are left out. */
const char *text_seen(struct arena *arena, const char *string);
/* How long such a character is that stands at `at`, joiners included; 0: none does. */
size_t text_hidden_bytes(const char *at);

/* The longest prefix of whole characters in at most max_bytes: its length. */
size_t text_fit(const char *string, size_t max_bytes);

/* The first `max_runes` characters, with "..." behind them where something was cut. */
const char *text_brief(struct arena *arena, const char *string, size_t max_runes);

/* Without the full stop at its end; an ellipsis stays. `string` itself where nothing
 * changes. */
const char *text_without_stop(struct arena *arena, const char *string);

/* Decodes one character; *length is 1..4. On bad bytes returns U+FFFD and length 1. */
uint32_t text_rune(const char *bytes, size_t available_bytes, size_t *length);

/* White space of ASCII: what a locale takes for it is not asked. */
bool text_is_blank(char byte);
const char *text_skip(const char *at);  /* behind the blanks */
bool text_word_ends(const char *at);    /* a blank stands there, or nothing */
bool text_is_empty(const char *string); /* NULL, "" or white space only */
bool text_same(const char *a,
               const char *b); /* case of ASCII letters does not matter */
bool text_starts(const char *string, const char *prefix);  /* likewise */
bool text_holds(const char *haystack, const char *needle); /* likewise */
bool text_equal(const char *a, const char *b); /* exact; NULL equals NULL only */
bool text_is_one_of(const char *word, const char *const *words); /* NULL-ended */
bool text_is_number(const char *string); /* one to nine digits, nothing else */
/* Of a word: letter, digit, or part of a character beyond ASCII. */
bool text_is_letter(char byte);
char *text_lower(struct arena *arena, const char *string); /* ASCII letters only */
char *text_sentence(struct arena *arena,
                    const char *string); /* begins with a capital letter */
char *text_trim(struct arena *arena, const char *string);
const char *text_or(const char *string,
                    const char *otherwise); /* NULL or "" → otherwise */

/* How many letters must change, swap, go or come: for "did you mean". Case does not
 * matter. Behind the 64th letter all count as different. */
size_t text_distance(const char *a, const char *b);

/* ASCII letters, digits and single hyphens, lower case, cut at a word: "Checkout
 * fails!" → "checkout-fails". Latin letters lose their marks; "" where nothing is left.
 */
char *text_slug(struct arena *arena, const char *string, size_t max_bytes);

/* Columns on a terminal, wide characters counted as two. Needs setlocale to a UTF-8
 * one. */
size_t text_columns(const char *string);

/* For tables in memory; NULL and "" are the same. */
uint64_t text_hash(const char *string);
