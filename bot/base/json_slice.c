/* The part of json_scan.h that finds and decodes values inside bytes that were scanned
 * before. */
#include <string.h>

#include "bot/base/json_scan.h"
#include "bot/base/text.h"

/* Where a walk stands. Ends at `end` on whatever it does not understand. */
struct walk {
    const char *at, *end;
};

static inline char walk_peek(const struct walk *walk)
{
    return walk->at < walk->end ? *walk->at : '\0';
}

static inline void blanks_skip(struct walk *walk)
{
    while (walk->at < walk->end && (*walk->at == ' ' || *walk->at == '\n' ||
                                    *walk->at == '\r' || *walk->at == '\t')) {
        walk->at++;
    }
}

static bool byte_take(struct walk *walk, char byte)
{
    blanks_skip(walk);
    if (walk_peek(walk) != byte) {
        return false;
    }
    walk->at++;
    return true;
}

/* Does an odd number of backslashes stand before the quote? */
static bool quote_is_escaped(const char *from, const char *quote)
{
    const char *at = quote;
    while (at > from && at[-1] == '\\') {
        at--;
    }
    return (quote - at) % 2 == 1;
}

/* From the opening quote to behind the closing one. What is between is most of a
 * message, so it is searched, not read. */
static void string_skip(struct walk *walk)
{
    const char *from = walk->at + 1;
    const char *quote = walk->at;
    do {
        quote++;
        quote = memchr(quote, '"', (size_t)(walk->end - quote));
    } while (quote != NULL && quote_is_escaped(from, quote));
    walk->at = quote != NULL ? quote + 1 : walk->end;
}

static void container_skip(struct walk *walk)
{
    size_t depth = 0;
    while (walk->at < walk->end) {
        char byte = *walk->at;
        if (byte == '"') {
            string_skip(walk);
            continue;
        }
        walk->at++;
        if (byte == '{' || byte == '[') {
            depth++;
        } else if ((byte == '}' || byte == ']') && --depth == 0) {
            return;
        }
    }
}

static bool scalar_goes_on(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           byte == '-' || byte == '+' || byte == '.' || byte == 'E';
}

/* Takes the value at the cursor; absent where none begins there. */
static struct json_slice value_take(struct walk *walk)
{
    blanks_skip(walk);
    const char *from = walk->at;
    char byte = walk_peek(walk);
    if (byte == '"') {
        string_skip(walk);
    } else if (byte == '{' || byte == '[') {
        container_skip(walk);
    } else {
        while (scalar_goes_on(walk_peek(walk))) {
            walk->at++;
        }
    }
    if (walk->at == from) {
        return (struct json_slice){0};
    }
    return (struct json_slice){.data = from, .length_bytes = (size_t)(walk->at - from)};
}

static struct walk walk_of(struct json_slice slice)
{
    const char *at = slice.data ? slice.data : "";
    return (struct walk){.at = at, .end = at + slice.length_bytes};
}

/* Most names differ in their first byte. */
static bool name_is(struct json_slice name, const char *wanted)
{
    size_t length = name.length_bytes - 2;
    bool may_be = length == 0 || name.data[1] == wanted[0];
    return may_be && strnlen(wanted, length + 1) == length &&
           memcmp(name.data + 1, wanted, length) == 0;
}

/* One member: name, colon, value. */
static bool pair_take(struct walk *walk, struct json_slice *name,
                      struct json_slice *value)
{
    *name = value_take(walk);
    if (name->length_bytes < 2 || name->data[0] != '"' || !byte_take(walk, ':')) {
        return false;
    }
    *value = value_take(walk);
    return true;
}

/* One member, kept for each name that asks for it. */
static bool member_take(struct walk *walk, const char *const *names, size_t count,
                        struct json_slice *out)
{
    struct json_slice name, value;
    if (!pair_take(walk, &name, &value)) {
        return false;
    }
    bool has_escape = memchr(name.data, '\\', name.length_bytes) != NULL;
    for (size_t i = 0; i < count; i++) {
        if (has_escape ? json_slice_is(name, names[i]) : name_is(name, names[i])) {
            out[i] = value;
        }
    }
    return true;
}

void json_scan_members(struct json_slice object, const char *const *names, size_t count,
                       struct json_slice *out)
{
    memset(out, 0, count * sizeof(*out));
    struct walk walk = walk_of(object);
    if (!byte_take(&walk, '{')) {
        return;
    }
    bool goes_on = true;
    while (goes_on) {
        goes_on = member_take(&walk, names, count, out) && byte_take(&walk, ',');
    }
}

struct json_slice json_scan_member(struct json_slice object, const char *name)
{
    struct json_slice found;
    json_scan_members(object, &name, 1, &found);
    return found;
}

struct json_slice json_scan_path(struct json_slice object, const char *path)
{
    struct json_slice found = object;
    char name[JSON_SCAN_NAME_BYTES];
    while (found.data && *path) {
        size_t length = strcspn(path, ".");
        if (length >= sizeof(name)) {
            return (struct json_slice){0};
        }
        memcpy(name, path, length);
        name[length] = '\0';
        found = json_scan_member(found, name);
        path += length;
        path += *path == '.';
    }
    return found;
}

/* To where the value behind the cursor begins; false at the end. */
static bool walk_on(struct walk *walk, char bracket, struct json_slice cursor)
{
    if (!byte_take(walk, bracket)) {
        return false;
    }
    if (!cursor.data) {
        return true;
    }
    walk->at = cursor.data + cursor.length_bytes;
    return byte_take(walk, ',');
}

bool json_scan_next_member(struct json_slice object, struct json_slice *name,
                           struct json_slice *value)
{
    struct walk walk = walk_of(object);
    struct json_slice found;
    if (!walk_on(&walk, '{', *value) || !pair_take(&walk, name, &found) ||
        !found.data) {
        return false;
    }
    *value = found;
    return true;
}

bool json_scan_next(struct json_slice array, struct json_slice *cursor)
{
    struct walk walk = walk_of(array);
    if (!walk_on(&walk, '[', *cursor)) {
        return false;
    }
    struct json_slice value = value_take(&walk);
    if (!value.data) {
        return false;
    }
    *cursor = value;
    return true;
}

static int32_t hex_read(const char *digits)
{
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        char byte = digits[i];
        int digit = byte >= '0' && byte <= '9'   ? byte - '0'
                    : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10
                    : byte >= 'A' && byte <= 'F' ? byte - 'A' + 10
                                                 : -1;
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

/* The unit of a \uXXXX at the cursor, which then is behind it; -1 where there is none.
 */
static int32_t unit_take(struct walk *walk)
{
    if (walk->end - walk->at < 6 || walk->at[0] != '\\' || walk->at[1] != 'u') {
        return -1;
    }
    int32_t unit = hex_read(walk->at + 2);
    walk->at += unit < 0 ? 0 : 6;
    return unit;
}

/* A pair of units is one character; a half without the other is U+FFFD. */
static uint32_t unicode_take(struct walk *walk)
{
    int32_t unit = unit_take(walk);
    if (unit < 0) {
        walk->at += walk->end - walk->at < 2 ? walk->end - walk->at : 2;
        return 0xFFFD;
    }
    if (unit < 0xD800 || unit > 0xDFFF) {
        return (uint32_t)unit;
    }
    struct walk ahead = *walk;
    int32_t second = unit_take(&ahead);
    if (unit > 0xDBFF || second < 0xDC00 || second > 0xDFFF) {
        return 0xFFFD;
    }
    *walk = ahead;
    return 0x10000 + ((uint32_t)(unit - 0xD800) << 10) + (uint32_t)(second - 0xDC00);
}

/* The character of the escape at the cursor, which then is behind it. */
static uint32_t escape_take(struct walk *walk)
{
    char letter = walk->end - walk->at > 1 ? walk->at[1] : '\0';
    if (letter == 'u') {
        return unicode_take(walk);
    }
    walk->at += letter ? 2 : 1;
    switch (letter) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case '"':
    case '\\':
    case '/': return (uint32_t)letter;
    default: return 0xFFFD;
    }
}

/* What stands between the quotes; false where the value is no string. */
static bool string_inside(struct json_slice value, struct walk *inside)
{
    if (value.length_bytes < 2 || value.data[0] != '"' ||
        value.data[value.length_bytes - 1] != '"') {
        return false;
    }
    *inside = (struct walk){value.data + 1, value.data + value.length_bytes - 1};
    return true;
}

/* Takes one step in both: a character that was escaped, or one byte. */
static bool both_step(struct walk *walk, const char **string)
{
    if (*walk->at != '\\') {
        return *walk->at++ == *(*string)++;
    }
    size_t length = 1;
    uint32_t rune = escape_take(walk);
    if (text_rune(*string, strnlen(*string, 4), &length) != rune) {
        return false;
    }
    *string += length;
    return true;
}

bool json_slice_is(struct json_slice value, const char *string)
{
    struct walk walk;
    if (!string_inside(value, &walk)) {
        return false;
    }
    while (walk.at < walk.end && *string) {
        if (!both_step(&walk, &string)) {
            return false;
        }
    }
    return walk.at == walk.end && !*string;
}

char *json_slice_text(struct arena *arena, struct json_slice value)
{
    struct walk walk;
    if (!string_inside(value, &walk)) {
        return NULL;
    }
    struct text text;
    text_init(&text, arena);
    while (walk.at < walk.end) {
        size_t left_bytes = (size_t)(walk.end - walk.at);
        const char *slash = memchr(walk.at, '\\', left_bytes);
        size_t run = slash ? (size_t)(slash - walk.at) : left_bytes;
        text_add_n(&text, walk.at, run);
        walk.at += run;
        if (slash) {
            text_add_rune(&text, escape_take(&walk));
        }
    }
    return text_clean(arena, text.data, text.length_bytes);
}

bool json_slice_number(struct json_slice value, int64_t *number)
{
    struct walk walk = walk_of(value);
    bool is_negative = walk_peek(&walk) == '-';
    walk.at += is_negative;
    if (walk.at == walk.end) {
        return false;
    }
    /* Summed below zero, where there is room for one more. */
    int64_t sum = 0;
    for (; walk.at < walk.end; walk.at++) {
        int digit = *walk.at - '0';
        bool fits = digit >= 0 && digit <= 9 &&
                    !__builtin_mul_overflow(sum, 10, &sum) &&
                    !__builtin_sub_overflow(sum, digit, &sum);
        if (!fits) {
            return false;
        }
    }
    if (!is_negative && sum == INT64_MIN) {
        return false;
    }
    *number = is_negative ? sum : -sum;
    return true;
}

bool json_slice_flag(struct json_slice value, bool otherwise)
{
    if (value.length_bytes == 4 && memcmp(value.data, "true", 4) == 0) {
        return true;
    }
    if (value.length_bytes == 5 && memcmp(value.data, "false", 5) == 0) {
        return false;
    }
    return otherwise;
}
