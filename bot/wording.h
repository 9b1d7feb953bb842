/*
 * Words that stop people from looking further, or that play something down. Pure: a
 * text in, such words out. Who is told, and that each can switch it off, is
 * bot/wording_hint.h's affair.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct wording {
    const char *word;   /* as it stands in the list: "human error" */
    const char *advice; /* a sentence: what it hides, what helps */
};

enum wording_reader { WORDING_INSIDE, WORDING_OUTSIDE };

#define WORDING_MOST 8 /* of which is spoken at once */

/* As they stand in the list, `max` at most; how many. */
size_t wording_all(const char *text, enum wording_reader reader,
                   const struct wording *found[], size_t max);
/* NULL where there is nothing to say. Outside, "we" and what plays down count, too. */
const struct wording *wording_find(const char *text, enum wording_reader reader);
/* "my fault" and the like: somebody blames themselves. Where in the text, and how many
 * bytes; NULL: nowhere. */
const char *wording_self_blame(const char *text, size_t *length_bytes);
