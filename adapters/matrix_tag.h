/* The characters of HTML: entities, and the parts of a tag. For matrix_text_html.c. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "bot/base/text.h"

#define MATRIX_TAG_BYTES 2048 /* a longer one is no tag */

struct matrix_tag {
    const char *name; /* not NUL-terminated */
    size_t name_bytes;
    const char *rest; /* attributes, up to the bracket */
    size_t rest_bytes;
    bool is_end;
};

/* Adds the bytes with their entities decoded. */
void matrix_tag_decode(struct text *out, const char *bytes, size_t length_bytes);

/* How long the tag or comment at the "<" is; 0: there is none, "<" is just that. A
 * comment's name is empty. */
size_t matrix_tag_read(const char *at, const char *end, struct matrix_tag *tag);
bool matrix_tag_is(const struct matrix_tag *tag, const char *name);
/* The value of an attribute, decoded; NULL where it is absent. */
const char *matrix_tag_attribute(struct arena *arena, const struct matrix_tag *tag,
                                 const char *name);
