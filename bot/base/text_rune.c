/* The part of text.h that looks at characters: decoding, cleaning, showing, measuring.
 */
#define _XOPEN_SOURCE 700 /* wcwidth */

#include <string.h>

#include <wchar.h>

#include "bot/base/text.h"

#define RUNE_REPLACEMENT 0xFFFDu
#define RUNE_JOINER      0x200Du /* zero width joiner */
#define RUNE_EMOJI_STYLE 0xFE0Fu /* variation selector 16 */

/* What a first byte promises: how many bytes, and what the second may be (table 3-7 of
 * Unicode). */
struct rune_head {
    size_t length;
    unsigned char second_least, second_most;
};

static struct rune_head head_of(unsigned char first)
{
    if (first < 0x80) {
        return (struct rune_head){1, 0, 0};
    }
    if (first < 0xC2 || first > 0xF4) {
        return (struct rune_head){0, 0, 0};
    }
    if (first < 0xE0) {
        return (struct rune_head){2, 0x80, 0xBF};
    }
    if (first < 0xF0) {
        return (struct rune_head){3, first == 0xE0 ? 0xA0 : 0x80,
                                  first == 0xED ? 0x9F : 0xBF};
    }
    return (struct rune_head){4, first == 0xF0 ? 0x90 : 0x80,
                              first == 0xF4 ? 0x8F : 0xBF};
}

/*
 * Decodes one character, or says that the first *length bytes are a maximal subpart of
 * none: as many as could have begun one, at least one.
 */
static bool rune_decode(const unsigned char *bytes, size_t available_bytes,
                        uint32_t *rune, size_t *length)
{
    struct rune_head head = head_of(bytes[0]);
    *length = 1;
    *rune = RUNE_REPLACEMENT;
    if (head.length == 0) {
        return false;
    }
    uint32_t value = head.length == 1 ? bytes[0] : bytes[0] & (0x7Fu >> head.length);
    unsigned char least = head.second_least, most = head.second_most;
    while (*length < head.length) {
        if (*length >= available_bytes || bytes[*length] < least ||
            bytes[*length] > most) {
            return false;
        }
        value = value << 6 | (bytes[*length] & 0x3Fu);
        *length += 1;
        least = 0x80;
        most = 0xBF;
    }
    *rune = value;
    return true;
}

uint32_t text_rune(const char *bytes, size_t available_bytes, size_t *length)
{
    uint32_t rune = RUNE_REPLACEMENT;
    *length = 1;
    if (available_bytes > 0 &&
        !rune_decode((const unsigned char *)bytes, available_bytes, &rune, length)) {
        *length = 1;
    }
    return rune;
}

void text_add_rune(struct text *text, uint32_t rune)
{
    if (rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF)) {
        rune = RUNE_REPLACEMENT;
    }
    unsigned char bytes[4];
    size_t length = rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
    for (size_t i = length; i-- > 1;) {
        bytes[i] = (unsigned char)(0x80 | (rune & 0x3F));
        rune >>= 6;
    }
    static const unsigned char marks[] = {0, 0, 0xC0, 0xE0, 0xF0};
    bytes[0] = (unsigned char)(marks[length] | rune);
    text_add_n(text, (const char *)bytes, length);
}

static bool rune_is_kept(uint32_t rune)
{
    return rune != 0 && (rune < 0xFDD0 || rune > 0xFDEF);
}

char *text_clean(struct arena *arena, const char *bytes, size_t length_bytes)
{
    struct text clean;
    text_init(&clean, arena);
    const unsigned char *from = (const unsigned char *)bytes;
    size_t done = 0, at = 0;
    for (;;) {
        while (at < length_bytes && from[at] < 0x80 && from[at] != '\0') {
            at++;
        }
        if (at == length_bytes) {
            break;
        }
        uint32_t rune = 0;
        size_t length = 1;
        bool is_sound = rune_decode(from + at, length_bytes - at, &rune, &length);
        if (!is_sound || !rune_is_kept(rune)) {
            text_add_n(&clean, bytes + done, at - done);
            text_add_rune(&clean, RUNE_REPLACEMENT);
            done = at + length;
        }
        at += length;
    }
    text_add_n(&clean, bytes + done, length_bytes - done);
    return clean.data;
}

/* Sorted. Here a joiner is hidden, too: whether emoji save it depends on its
 * neighbours. */
static const struct {
    uint32_t first, last;
} hidden_runes[] = {
    {0x00, 0x08},       {0x0B, 0x1F},     /* C0 but tab and newline */
    {0x7F, 0x9F},                         /* DEL, C1 */
    {0xAD, 0xAD},       {0x61C, 0x61C},   /* soft hyphen, Arabic letter mark */
    {0x200B, 0x200F},   {0x2028, 0x202E}, /* zero width, separators, bidi controls */
    {0x2060, 0x2064},   {0x2066, 0x2069}, /* invisible operators, bidi isolates */
    {0xFEFF, 0xFEFF},                     /* byte order mark */
    {0xE0000, 0xE007F},                   /* tags: letters that cannot be seen */
};

static bool rune_is_hidden(uint32_t rune)
{
    for (size_t i = 0; i < sizeof(hidden_runes) / sizeof(hidden_runes[0]); i++) {
        if (rune >= hidden_runes[i].first && rune <= hidden_runes[i].last) {
            return true;
        }
    }
    return false;
}

size_t text_hidden_bytes(const char *at)
{
    size_t length;
    uint32_t rune = text_rune(at, strnlen(at, 4), &length);
    return *at != '\0' && rune_is_hidden(rune) ? length : 0;
}

static bool rune_is_emoji(uint32_t rune)
{
    return rune >= 0x2190 && rune != RUNE_EMOJI_STYLE && rune != RUNE_REPLACEMENT &&
           !rune_is_hidden(rune);
}

/* Where the first character stands that must not be shown as it is, or the end.
 * `before` is the last character that counted, kept between calls. */
static size_t shown_run(const char *string, size_t left_bytes, uint32_t *before)
{
    size_t at = 0;
    while (at < left_bytes) {
        size_t length = 1, next_length = 1;
        uint32_t rune = text_rune(string + at, left_bytes - at, &length);
        bool joins = rune == RUNE_JOINER && rune_is_emoji(*before) &&
                     rune_is_emoji(text_rune(string + at + length,
                                             left_bytes - at - length, &next_length));
        if (rune_is_hidden(rune) && !joins) {
            return at;
        }
        if (rune != RUNE_EMOJI_STYLE) {
            *before = rune;
        }
        at += length;
    }
    return at;
}

static void add_hidden(struct text *shown, uint32_t rune, bool is_told)
{
    if (is_told) {
        text_addf(shown, "\\u{%04X}", (unsigned)rune);
    }
}

/* `is_told`: what is hidden is named; else it is left out. */
static const char *show(struct arena *arena, const char *string, bool is_told)
{
    uint32_t before = 0;
    size_t left_bytes = strlen(string);
    size_t run = shown_run(string, left_bytes, &before);
    if (run == left_bytes) {
        return string;
    }
    struct text shown;
    text_init(&shown, arena);
    while (left_bytes > 0) {
        text_add_n(&shown, string, run);
        string += run;
        left_bytes -= run;
        if (left_bytes > 0) {
            size_t length = 1;
            before = text_rune(string, left_bytes, &length);
            add_hidden(&shown, before, is_told);
            string += length;
            left_bytes -= length;
        }
        run = shown_run(string, left_bytes, &before);
    }
    return shown.data;
}

const char *text_shown(struct arena *arena, const char *string)
{
    return show(arena, string, true);
}

const char *text_seen(struct arena *arena, const char *string)
{
    return show(arena, string, false);
}

size_t text_fit(const char *string, size_t max_bytes)
{
    size_t length = strnlen(string, max_bytes + (max_bytes < SIZE_MAX));
    if (length <= max_bytes) {
        return length;
    }
    length = max_bytes;
    while (length > 0 && ((unsigned char)string[length] & 0xC0) == 0x80) {
        length--;
    }
    return length;
}

const char *text_brief(struct arena *arena, const char *string, size_t max_runes)
{
    size_t length_bytes = strlen(string), at = 0;
    for (size_t count = 0; count < max_runes && at < length_bytes; count++) {
        size_t length = 1;
        (void)text_rune(string + at, length_bytes - at, &length);
        at += length;
    }
    if (at >= length_bytes) {
        return string;
    }
    return arena_printf(arena, "%.*s...", (int)at, string);
}

const char *text_without_stop(struct arena *arena, const char *string)
{
    size_t length = strlen(string);
    bool ends = length > 1 && string[length - 1] == '.' && string[length - 2] != '.';

    return ends ? arena_copy_n(arena, string, length - 1) : string;
}

size_t text_columns(const char *string)
{
    size_t left_bytes = strlen(string), columns = 0;
    while (left_bytes > 0) {
        size_t length = 1;
        int width = wcwidth((wchar_t)text_rune(string, left_bytes, &length));
        columns += width < 0 ? 1 : (size_t)width;
        string += length;
        left_bytes -= length;
    }
    return columns;
}
