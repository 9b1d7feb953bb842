/*
 * A strict reader for the hot paths: RFC 8259, UTF-8 checked, depth limited, no
 * allocation, no recursion. It tells whether bytes are one JSON value, and finds
 * members as slices of the input. Its verdict is jansson's (fuzzed against it), but
 * twenty times cheaper.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"

#define JSON_SCAN_DEPTH       64
#define JSON_SCAN_SOUND_DEPTH 131072
#define JSON_SCAN_NAME_BYTES  128 /* of a name inside a path */

/* A value inside bytes that somebody else owns; data NULL means absent. */
struct json_slice {
    const char *data;
    size_t length_bytes;
};

/* Is this exactly one valid value? (White space around it is fine.) Says yes where
 * jansson does, but for depth and stray NUL bytes. */
bool json_scan_is_valid(const char *bytes, size_t length_bytes);

/*
 * The same by the grammar alone: takes what jansson refuses for reasons of its own
 * (\u0000, halves of surrogate pairs, numbers out of range) and deep nesting. For
 * bodies of which one odd part must not spoil the rest: a Matrix sync.
 */
bool json_scan_is_sound(const char *bytes, size_t length_bytes);

/*
 * All below are for valid or sound bytes. On others they answer something or "absent",
 * and never read outside of the slice.
 */

/* The member of a valid object; the last of doubled names, as jansson has it. */
struct json_slice json_scan_member(struct json_slice object, const char *name);
/* "payload.event.ts"; the object itself for ""; absent where a name is longer than 127
 * bytes. */
struct json_slice json_scan_path(struct json_slice object, const char *path);

/* Several members in one pass: out[i] for names[i], for the hot path. */
void json_scan_members(struct json_slice object, const char *const *names, size_t count,
                       struct json_slice *out);

/* Walks an array: `*cursor` starts as {0}; false at the end. */
bool json_scan_next(struct json_slice array, struct json_slice *cursor);
/* Walks an object: `*value` starts as {0} and is the cursor as well; `*name` is the
 * string in front of it, quotes included. Doubled names come as often as they stand
 * there. */
bool json_scan_next_member(struct json_slice object, struct json_slice *name,
                           struct json_slice *value);

bool json_slice_is(struct json_slice value,
                   const char *string); /* a string equal to this */
/* A string decoded (escapes, surrogate pairs) and cleaned as text_clean does; NULL if
 * it is none. */
char *json_slice_text(struct arena *arena, struct json_slice value);
bool json_slice_number(struct json_slice value,
                       int64_t *number); /* whole numbers only */
bool json_slice_flag(struct json_slice value, bool otherwise);
