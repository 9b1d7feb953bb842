/*
 * Dashes and quotes of a line as people type them: a phone makes one long dash of two,
 * and slanted quotes of straight ones; a misspelt --private must not publish what it
 * was to hide.
 */
#include <string.h>
#include <strings.h>

#include "bot/base/text.h"
#include "bot/words_value.h"

#define LETTERS_LEAST 4 /* "--pri" may be anything */
#define LETTERS_MOST  32
#define ODD_LETTERS   2

static const char *const dashes[] = {"-", "\xe2\x80\x93", "\xe2\x80\x94"};

static size_t dash_length(const char *at)
{
    for (size_t i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++) {
        if (strncmp(at, dashes[i], strlen(dashes[i])) == 0) {
            return strlen(dashes[i]);
        }
    }
    return 0;
}

/* Behind the dashes a word begins with; the word itself where it has none. */
static const char *after_dashes(const char *word)
{
    for (size_t length = dash_length(word); length > 0; length = dash_length(word)) {
        word += length;
    }
    return word;
}

static bool is_near(const char *letters, size_t length, const char *name)
{
    char word[LETTERS_MOST + 1] = "";

    if (length > LETTERS_MOST) {
        return false;
    }
    memcpy(word, letters, length);
    word[strcspn(word, "=:")] = '\0';
    length = strlen(word);
    return length >= LETTERS_LEAST && (strncasecmp(word, name, length) == 0 ||
                                       strncasecmp(word, name, strlen(name)) == 0 ||
                                       text_distance(word, name) <= ODD_LETTERS);
}

size_t words_flag_length(const char *at, const char *name, bool is_lenient)
{
    const char *letters = after_dashes(at);
    size_t whole = words_length(at), length = whole - (size_t)(letters - at);

    if (letters - at < 2 && !(is_lenient && letters > at)) {
        return 0;
    }
    if (!is_lenient && letters[strnlen(letters, strlen(name))] == '=' &&
        strncasecmp(letters, name, strlen(name)) == 0) {
        return (size_t)(letters - at) + strlen(name) + 1; /* "--service=payments" */
    }
    if (length == strlen(name) && strncasecmp(letters, name, length) == 0) {
        return whole;
    }
    return is_lenient && is_near(letters, length, name) ? whole : 0;
}

size_t words_quote_length(const char *at)
{
    static const char *const quotes[] = {"\"",           "\xe2\x80\x9c", "\xe2\x80\x9d",
                                         "\xe2\x80\x9e", "\xc2\xab",     "\xc2\xbb"};

    for (size_t i = 0; i < sizeof(quotes) / sizeof(quotes[0]); i++) {
        if (text_starts(at, quotes[i])) {
            return strlen(quotes[i]);
        }
    }
    return 0;
}
