#include "bot/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/err.h"
#include "bot/base/phrase.h"

#define TEXT_FIRST_BYTES ((size_t)64)
#define NUMBER_DIGITS    9

void text_init(struct text *text, struct arena *arena)
{
    *text = (struct text){
        .arena = arena,
        .data = arena_alloc(arena, TEXT_FIRST_BYTES),
        .capacity_bytes = TEXT_FIRST_BYTES,
    };
}

/* Makes room for that many bytes more and the NUL. The old bytes stay in the arena. */
static void text_reserve(struct text *text, size_t more_bytes)
{
    size_t needed_bytes = text->length_bytes + more_bytes + 1;
    INSIST(needed_bytes > more_bytes);
    if (needed_bytes <= text->capacity_bytes) {
        return;
    }
    size_t capacity_bytes = text->capacity_bytes * 2;
    if (capacity_bytes < needed_bytes) {
        capacity_bytes = needed_bytes;
    }
    char *data = arena_alloc(text->arena, capacity_bytes);
    memcpy(data, text->data, text->length_bytes + 1);
    text->data = data;
    text->capacity_bytes = capacity_bytes;
}

void text_add(struct text *text, const char *string)
{
    if (string) {
        text_add_n(text, string, strlen(string));
    }
}

void text_add_n(struct text *text, const char *bytes, size_t length_bytes)
{
    if (length_bytes == 0) {
        return;
    }
    text_reserve(text, length_bytes);
    memmove(text->data + text->length_bytes, bytes, length_bytes);
    text->length_bytes += length_bytes;
    text->data[text->length_bytes] = '\0';
}

void text_add_percent(struct text *text, const char *string)
{
    static const char unreserved[] = "abcdefghijklmnopqrstuvwxyz"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~";
    static const char hex[] = "0123456789ABCDEF";
    for (; string != NULL && *string != '\0'; string++) {
        unsigned byte = (unsigned char)*string;
        char encoded[] = {'%', hex[byte / 16], hex[byte % 16]};
        if (strchr(unreserved, *string) != NULL) {
            text_add_n(text, string, 1);
        } else {
            text_add_n(text, encoded, sizeof(encoded));
        }
    }
}

char *text_keep(const char *string)
{
    char *copy = string == NULL ? NULL : strdup(string);
    INSIST(copy != NULL || string == NULL);
    return copy;
}

void text_replace(char **kept, const char *string)
{
    char *copy = text_keep(string);
    free(*kept);
    *kept = copy;
}

void text_addf(struct text *text, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    format = phrase_of(format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    INSIST(length >= 0);
    text_reserve(text, (size_t)length);
    length =
        vsnprintf(text->data + text->length_bytes, (size_t)length + 1, format, args);
    INSIST(length >= 0);
    text->length_bytes += (size_t)length;
    va_end(args);
}

bool text_is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

const char *text_skip(const char *at)
{
    while (text_is_blank(*at)) {
        at++;
    }
    return at;
}

bool text_word_ends(const char *at)
{
    return *at == '\0' || text_is_blank(*at);
}

static char byte_lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static char byte_upper(char byte)
{
    return byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
}

bool text_is_empty(const char *string)
{
    return !string || !*text_skip(string);
}

bool text_starts(const char *string, const char *prefix)
{
    if (!string || !prefix) {
        return false;
    }
    while (*prefix && byte_lower(*string) == byte_lower(*prefix)) {
        string++;
        prefix++;
    }
    return !*prefix;
}

bool text_same(const char *a, const char *b)
{
    return text_starts(a, b) && strlen(a) == strlen(b);
}

bool text_holds(const char *haystack, const char *needle)
{
    if (!haystack || !needle) {
        return false;
    }
    while (*haystack && !text_starts(haystack, needle)) {
        haystack++;
    }
    return text_starts(haystack, needle);
}

bool text_equal(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

bool text_is_one_of(const char *word, const char *const *words)
{
    while (*words != NULL && !text_equal(word, *words)) {
        words++;
    }
    return *words != NULL;
}

bool text_is_number(const char *string)
{
    size_t digits = strspn(string, "0123456789");
    return digits > 0 && digits <= NUMBER_DIGITS && string[digits] == '\0';
}

bool text_is_letter(char byte)
{
    return (byte_lower(byte) >= 'a' && byte_lower(byte) <= 'z') ||
           (byte >= '0' && byte <= '9') || (unsigned char)byte >= 0x80;
}

char *text_lower(struct arena *arena, const char *string)
{
    char *lower = arena_copy(arena, string);
    for (char *at = lower; at && *at; at++) {
        *at = byte_lower(*at);
    }
    return lower;
}

char *text_sentence(struct arena *arena, const char *string)
{
    char *sentence = arena_copy(arena, string);
    *sentence = byte_upper(*sentence);
    return sentence;
}

char *text_trim(struct arena *arena, const char *string)
{
    string = text_skip(string);
    size_t length_bytes = strlen(string);
    while (length_bytes > 0 && text_is_blank(string[length_bytes - 1])) {
        length_bytes--;
    }
    return arena_copy_n(arena, string, length_bytes);
}

const char *text_or(const char *string, const char *otherwise)
{
    return string && *string ? string : otherwise;
}

/* FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
uint64_t text_hash(const char *string)
{
    uint64_t hash = 0xcbf29ce484222325U;

    for (const char *at = string; at != NULL && *at != '\0'; at++) {
        hash = (hash ^ (unsigned char)*at) * 0x100000001b3U;
    }
    return hash;
}
