#include "bot/base/json.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/err.h"
#include "bot/base/text.h"

json_t *json_at(json_t *object, const char *path)
{
    json_t *found = object;
    while (found && *path) {
        size_t length = strcspn(path, ".");
        found = json_object_getn(found, path, length);
        path += length;
        path += *path == '.';
    }
    return found;
}

const char *json_text(struct arena *arena, json_t *object, const char *path)
{
    json_t *found = json_at(object, path);
    if (!json_is_string(found)) {
        return NULL;
    }
    return text_clean(arena, json_string_value(found), json_string_length(found));
}

int64_t json_number(json_t *object, const char *path, int64_t otherwise)
{
    json_t *found = json_at(object, path);
    return json_is_integer(found) ? (int64_t)json_integer_value(found) : otherwise;
}

bool json_flag(json_t *object, const char *path, bool otherwise)
{
    json_t *found = json_at(object, path);
    return json_is_boolean(found) ? json_is_true(found) : otherwise;
}

json_t *json_parse(const char *bytes, size_t length_bytes)
{
    return json_loadb(bytes, length_bytes, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
}

char *json_write(struct arena *arena, json_t *json)
{
    char *written = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY);
    json_decref(json);
    INSIST(written);
    char *copy = arena_copy(arena, written);
    free(written);
    return copy;
}

char *json_write_words(struct arena *arena, const char *name, ...)
{
    json_t *body = json_object();
    va_list args;
    va_start(args, name);
    while (name != NULL) {
        json_object_set_new(body, name, json_string(va_arg(args, const char *)));
        name = va_arg(args, const char *);
    }
    va_end(args);
    return json_write(arena, body);
}
