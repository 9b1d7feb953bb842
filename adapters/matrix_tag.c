#include "adapters/matrix_tag.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define ENTITY_BYTES 10

static const struct {
    const char *name;
    const char *plain;
} entities[] = {
    {"amp", "&"},
    {"lt", "<"},
    {"gt", ">"},
    {"quot", "\""},
    {"apos", "'"},
    {"nbsp", " "},
    {"hellip", "\xe2\x80\xa6"},
    {"ndash", "\xe2\x80\x93"},
    {"mdash", "\xe2\x80\x94"},
    {"lsquo", "\xe2\x80\x98"},
    {"rsquo", "\xe2\x80\x99"},
    {"ldquo", "\xe2\x80\x9c"},
    {"rdquo", "\xe2\x80\x9d"},
    {"copy", "\xc2\xa9"},
};

/* The number of "#39" or "#x27"; false: it is none. Too large a one is U+FFFD. */
static bool number_read(const char *at, size_t length, uint32_t *number)
{
    bool is_hex = length > 1 && (at[1] | 0x20) == 'x';
    size_t i = is_hex ? 2 : 1;

    *number = 0;
    if (i >= length) {
        return false;
    }
    for (; i < length; i++) {
        int digit = isdigit((unsigned char)at[i]) ? at[i] - '0' : -1;

        if (is_hex && isxdigit((unsigned char)at[i]) && digit < 0) {
            digit = (at[i] | 0x20) - 'a' + 10;
        }
        if (digit < 0) {
            return false;
        }
        *number = *number * (is_hex ? 16 : 10) + (uint32_t)digit;
    }
    return true;
}

/* What may not be inside the bot's strings is not let in by its number either. */
static void add_number(struct text *out, uint32_t number)
{
    bool is_kept = number != 0 && (number < 0xFDD0 || number > 0xFDEF);

    text_add_rune(out, number == 0xA0 ? ' ' : is_kept ? number : 0xFFFD);
}

/* Adds what the ampersand stands for; returns how many bytes that took. */
static size_t add_entity(struct text *out, const char *mark, const char *end)
{
    size_t left_bytes = (size_t)(end - mark) - 1;
    size_t most = left_bytes < ENTITY_BYTES ? left_bytes : ENTITY_BYTES;
    const char *stop = memchr(mark + 1, ';', most);
    size_t length = stop == NULL ? 0 : (size_t)(stop - mark - 1);
    uint32_t number;

    if (length > 1 && mark[1] == '#' && number_read(mark + 1, length, &number)) {
        add_number(out, number);
        return length + 2;
    }
    for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
        if (strlen(entities[i].name) == length &&
            memcmp(entities[i].name, mark + 1, length) == 0) {
            text_add(out, entities[i].plain);
            return length + 2;
        }
    }
    text_add(out, "&");
    return 1;
}

void matrix_tag_decode(struct text *out, const char *bytes, size_t length_bytes)
{
    const char *end = bytes + length_bytes;
    const char *mark = memchr(bytes, '&', length_bytes);

    while (mark != NULL) {
        text_add_n(out, bytes, (size_t)(mark - bytes));
        bytes = mark + add_entity(out, mark, end);
        mark = memchr(bytes, '&', (size_t)(end - bytes));
    }
    text_add_n(out, bytes, (size_t)(end - bytes));
}

static bool is_blank(char letter)
{
    return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r' ||
           letter == '\f';
}

/* The bracket that ends a tag, not one inside of quotes; NULL: there is none near. */
static const char *tag_end(const char *at, const char *end)
{
    char quote = '\0';

    if (end - at > MATRIX_TAG_BYTES) {
        end = at + MATRIX_TAG_BYTES;
    }
    if (memchr(at, '>', (size_t)(end - at)) == NULL) {
        return NULL; /* quickly: a text may be full of "<" */
    }
    for (; at < end; at++) {
        if (quote != '\0') {
            quote = *at == quote ? '\0' : quote;
        } else if (*at == '>') {
            return at;
        } else if ((*at == '"' || *at == '\'') && at[-1] == '=') {
            quote = *at;
        }
    }
    return NULL;
}

size_t matrix_tag_read(const char *at, const char *end, struct matrix_tag *tag)
{
    const char *name = at + 1;
    const char *close;

    memset(tag, 0, sizeof(*tag));
    if (name < end && *name == '!') {
        tag->name = tag->rest = name;
        close = tag_end(name, end);
        return close == NULL ? 0 : (size_t)(close - at) + 1;
    }
    tag->is_end = name < end && *name == '/';
    name += tag->is_end ? 1 : 0;
    close = name < end && isalpha((unsigned char)*name) ? tag_end(name, end) : NULL;
    if (close == NULL) {
        return 0;
    }
    tag->name = name;
    while (name < close && !is_blank(*name) && *name != '/') {
        name++;
    }
    tag->name_bytes = (size_t)(name - tag->name);
    tag->rest = name;
    tag->rest_bytes = (size_t)(close - name);
    return (size_t)(close - at) + 1;
}

bool matrix_tag_is(const struct matrix_tag *tag, const char *name)
{
    return strlen(name) == tag->name_bytes &&
           strncasecmp(name, tag->name, tag->name_bytes) == 0;
}

/* A value begins at *at: quoted or up to a blank. Moves behind it. */
static const char *value_take(const char **at, const char *end, size_t *length)
{
    char quote = *at < end && (**at == '"' || **at == '\'') ? **at : '\0';
    const char *from = *at + (quote != '\0' ? 1 : 0);
    const char *to = from;

    while (to < end && (quote != '\0' ? *to != quote : !is_blank(*to))) {
        to++;
    }
    *length = (size_t)(to - from);
    *at = to + (to < end && quote != '\0' ? 1 : 0);
    return from;
}

static const char *blanks_skip(const char *at, const char *end)
{
    while (at < end && (is_blank(*at) || *at == '/')) {
        at++;
    }
    return at;
}

const char *matrix_tag_attribute(struct arena *arena, const struct matrix_tag *tag,
                                 const char *name)
{
    const char *end = tag->rest + tag->rest_bytes;
    const char *at = blanks_skip(tag->rest, end);

    while (at < end) {
        const char *from = at;
        const char *value = "";
        size_t name_bytes, value_bytes = 0;

        while (at < end && !is_blank(*at) && *at != '=') {
            at++;
        }
        name_bytes = (size_t)(at - from);
        if (at < end && *at == '=') {
            at++;
            value = value_take(&at, end, &value_bytes);
        }
        if (name_bytes == strlen(name) && strncasecmp(name, from, name_bytes) == 0) {
            struct text out;

            text_init(&out, arena);
            matrix_tag_decode(&out, value, value_bytes);
            return out.data;
        }
        at = blanks_skip(at, end);
    }
    return NULL;
}
