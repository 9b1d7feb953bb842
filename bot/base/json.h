/*
 * Safe ways into a json_t of jansson: every getter takes what is absent or of another
 * type for "not there". A json_t never leaves the function that parsed it. For the hot
 * paths see json_scan.h.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "bot/base/arena.h"

/* `path` is names with dots: "event.message.text". NULL where absent; borrowed. */
json_t *json_at(json_t *object, const char *path);
const char *json_text(struct arena *arena, json_t *object,
                      const char *path); /* copied, cleaned */
int64_t json_number(json_t *object, const char *path, int64_t otherwise);
bool json_flag(json_t *object, const char *path, bool otherwise);

/* Parses any value with the limits of a network reader (depth is jansson's, size the
 * caller's). \u0000 is taken in strings, since Matrix servers hand it on. NULL on bad
 * input. */
json_t *json_parse(const char *bytes, size_t length_bytes);

/* Compact, keys in order of insertion, copied into the arena; `json` is released. What
 * cannot be written (NULL, invalid UTF-8) is a bug. */
char *json_write(struct arena *arena, json_t *json);
/* An object of string members: names and values in turn, NULL-ended. */
char *json_write_words(struct arena *arena, const char *name, ...);
