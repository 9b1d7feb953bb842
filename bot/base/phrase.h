/*
 * The texts of the bot can be replaced. A text is a format as it stands in the source;
 * whoever composes words from one (arena_printf, text_addf and all built on them) uses
 * what stands in its place. Which replacements may be is looked at when they are read,
 * so that a format always fits its values.
 *
 * What the program itself reads is no text and never replaced: keys, paths, command
 * lines, and the facts on the timeline, which rules read back (arena_exact).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* All texts of bot/ and commands/ that have a word in them, NULL-ended; made by
 * script/embed-texts, which finds them as formats and as PHRASE and PHRASE_LATER. */
extern const char *const phrase_table[];
bool phrase_is_known(const char *text);

struct phrase {
    const char *from, *to;
};

/* From now on, for the whole process; kept by the caller, sorted here. (NULL, 0): none
 * are replaced. */
void phrase_use(struct phrase *phrases, size_t count);

/* What stands in the place of `format`; itself where nothing does. */
const char *phrase_of(const char *format) __attribute__((format_arg(1)));

/* Loose words, which go into a format as a value: `is_new ? PHRASE(", new") : ""`. */
#define PHRASE(words) phrase_of(words)
/* Words in a table: whoever says them asks phrase_of. */
#define PHRASE_LATER(words) words

/* Does `to` take the values of `from`? In the same order, where it may leave out the
 * last ones; or by number ("%2$s … %1$s"), where it may leave out only the last. */
bool phrase_fits(const char *from, const char *to);
