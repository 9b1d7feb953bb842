/*
 * Holds json_scan against jansson: the same verdict on any bytes, and the same members,
 * texts and numbers in what both take. On what they refuse, walking must only stay
 * inside the bytes.
 */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "bot/base/err.h"
#include "bot/base/json_scan.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"

static size_t nesting_of(const char *bytes, size_t length_bytes)
{
    size_t depth = 0, deepest = 0;
    bool is_string = false;
    for (size_t i = 0; i < length_bytes; i++) {
        if (is_string && bytes[i] == '\\') {
            i++;
        } else if (bytes[i] == '"') {
            is_string = !is_string;
        } else if (!is_string && (bytes[i] == '[' || bytes[i] == '{')) {
            depth++;
            deepest = depth > deepest ? depth : deepest;
        } else if (!is_string && (bytes[i] == ']' || bytes[i] == '}')) {
            depth--;
        }
    }
    return deepest;
}

static void verdicts_compare(const char *bytes, size_t length_bytes)
{
    json_t *json = json_loadb(bytes, length_bytes, JSON_DECODE_ANY, NULL);
    bool is_valid = json_scan_is_valid(bytes, length_bytes);
    INSIST(json || !is_valid);
    /* The two known differences, see json_scan.c. */
    bool has_nul = length_bytes > 0 && memchr(bytes, '\0', length_bytes) != NULL;
    bool is_deep = nesting_of(bytes, length_bytes) > JSON_SCAN_DEPTH;
    INSIST(is_valid || !json || has_nul || is_deep);
    json_decref(json);
    json = json_loadb(bytes, length_bytes, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    INSIST(!json || has_nul || json_scan_is_sound(bytes, length_bytes));
    json_decref(json);
}

static void text_compare(struct arena *arena, struct json_slice slice, json_t *json)
{
    char *text = json_slice_text(arena, slice);
    INSIST(json_is_string(json) == (text != NULL));
    if (!text) {
        return;
    }
    const char *expected = json_string_value(json);
    INSIST(text_equal(text, text_clean(arena, expected, json_string_length(json))));
    INSIST(json_slice_is(slice, expected));
    INSIST(!json_slice_is(slice, arena_printf(arena, "%s!", expected)));
}

static void scalar_compare(struct json_slice slice, json_t *json)
{
    int64_t number = 0;
    INSIST(json_is_integer(json) == json_slice_number(slice, &number));
    INSIST(number == json_integer_value(json));
    INSIST(json_slice_flag(slice, false) == json_is_true(json));
    INSIST(json_slice_flag(slice, true) == !json_is_false(json));
}

static void value_compare(struct arena *arena, struct json_slice slice, json_t *json)
{
    json_t *again = json_loadb(slice.data, slice.length_bytes, JSON_DECODE_ANY, NULL);
    INSIST(json_equal(again, json));
    json_decref(again);
    text_compare(arena, slice, json);
    scalar_compare(slice, json);
}

static void members_compare(struct arena *arena, struct json_slice slice, json_t *json)
{
    const char *name = NULL;
    json_t *member = NULL;
    json_object_foreach(json, name, member)
    {
        value_compare(arena, json_scan_member(slice, name), member);
    }
}

/* A walk meets every name at least once, and of doubled ones the last at the end. */
static void walk_compare(struct arena *arena, struct json_slice slice, json_t *json)
{
    struct json_slice name, value = {0};
    json_t *met = json_object();
    while (json_scan_next_member(slice, &name, &value)) {
        json_t *key = json_loadb(name.data, name.length_bytes, JSON_DECODE_ANY, NULL);
        json_t *member =
            json_loadb(value.data, value.length_bytes, JSON_DECODE_ANY, NULL);
        INSIST(json_slice_text(arena, name) && json_is_string(key) && member);
        INSIST(json_object_set_new(met, json_string_value(key), member) == 0);
        json_decref(key);
    }
    INSIST(!json_is_object(json) || json_equal(met, json));
    INSIST(json_is_object(json) || json_object_size(met) == 0);
    json_decref(met);
}

static void array_compare(struct arena *arena, struct json_slice slice, json_t *json)
{
    struct json_slice cursor = {0};
    size_t count = 0;
    while (json_scan_next(slice, &cursor)) {
        value_compare(arena, cursor, json_array_get(json, count));
        count++;
    }
    INSIST(count == json_array_size(json));
}

/* No answer is expected of bytes that make no sense; ASan watches. */
static void walk_anyhow(struct arena *arena, struct json_slice slice)
{
    struct json_slice cursor = {0};
    int64_t number = 0;
    (void)json_scan_path(slice, "payload.event.ts");
    (void)json_scan_path(slice, "a.b");
    for (int i = 0; i < 64 && json_scan_next(slice, &cursor); i++) {
        (void)json_slice_text(arena, cursor);
    }
    struct json_slice name = {0};
    cursor = (struct json_slice){0};
    for (int i = 0; i < 64 && json_scan_next_member(slice, &name, &cursor); i++) {
        (void)json_slice_text(arena, name);
    }
    (void)json_slice_text(arena, slice);
    (void)json_slice_is(slice, "a\xC3\xA9");
    (void)json_slice_number(slice, &number);
    (void)json_slice_flag(slice, false);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    struct json_slice slice = {.data = (const char *)data, .length_bytes = size};
    verdicts_compare(slice.data, size);
    walk_anyhow(arena, slice);
    if (json_scan_is_valid(slice.data, size)) {
        json_t *json = json_loadb(slice.data, size, JSON_DECODE_ANY, NULL);
        members_compare(arena, slice, json);
        walk_compare(arena, slice, json);
        array_compare(arena, slice, json);
        json_decref(json);
    }
    arena_destroy(arena);
    return 0;
}
