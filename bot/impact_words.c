/* The part of bot/impact.h that reads sentences. */
#include <ctype.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/impact.h"
#include "bot/words_value.h"

/* The comma of "440,000". */
static bool is_of_number(const char *word, size_t at)
{
    return word[at] == ',' && at > 0 && isdigit((unsigned char)word[at - 1]) &&
           strspn(word + at + 1, "0123456789") == 3;
}

/* Commas are welcome. NULL at the end. */
static const char *next_piece(struct arena *arena, const char **at)
{
    static const char between[] = " \t\n,;";
    const char *word = *at + strspn(*at, between);
    size_t length = strcspn(word, between), kept = 0;
    char *piece;

    while (is_of_number(word, length)) {
        length += 1 + strcspn(word + length + 1, between);
    }
    *at = word + length;
    piece = arena_copy_n(arena, word, length);
    for (size_t i = 0; i < length; i++) {
        if (!is_of_number(word, i)) {
            piece[kept++] = word[i];
        }
    }
    piece[kept] = '\0';
    return kept == 0 ? NULL : piece;
}

/* "35" and five zeros of "3.5" and six; NULL: that is no whole number. */
static const char *scaled(struct arena *arena, const char *number, const char *zeros)
{
    const char *point = strchr(number, '.');
    size_t behind = point == NULL ? 0 : strlen(point + 1);

    if (behind > strlen(zeros) || (point != NULL && strchr(point + 1, '.') != NULL)) {
        return NULL;
    }
    return arena_printf(arena, "%.*s%s%s",
                        point == NULL ? (int)strlen(number) : (int)(point - number),
                        number, point == NULL ? "" : point + 1, zeros + behind);
}

/* The zeros of a word like "million", or NULL. */
static const char *zeros_of(const char *word)
{
    static const struct {
        const char *word, *zeros;
    } scales[] = {{"thousand", "000"}, {"million", "000000"}, {"billion", "000000000"}};

    for (size_t i = 0; word != NULL && i < sizeof(scales) / sizeof(scales[0]); i++) {
        if (text_same(word, scales[i].word)) {
            return scales[i].zeros;
        }
    }
    return NULL;
}

static bool is_money(const char *word)
{
    static const char *const money[] = {"dollar", "dollars", "usd",   "euro", "euros",
                                        "eur",    "pounds",  "pound", "gbp",  NULL};

    return word != NULL && words_stand_any(word, money);
}

/* "3 million" is one number; what is money counts no users, and is one word. */
static const char *next_number(struct arena *arena, const char **at)
{
    const char *word = next_piece(arena, at);
    const char *behind = *at;
    const char *said = word, *next, *zeros;

    if (word == NULL || strspn(word, "0123456789.") < strlen(word)) {
        return word;
    }
    next = next_piece(arena, &behind);
    zeros = zeros_of(next);
    if (zeros != NULL) {
        said = arena_printf(arena, "%s %s", word, next);
        word = text_or(scaled(arena, word, zeros), said);
        *at = behind;
        next = next_piece(arena, &behind);
    }
    if (is_money(next)) {
        *at = behind;
        return arena_printf(arena, "%s %s", said, next);
    }
    return word;
}

/* A number and what it counts are one word: "50 %", "2 hours". */
static const char *next_count(struct arena *arena, const char **at)
{
    const char *word = next_number(arena, at);
    const char *behind = *at;
    const char *unit = next_piece(arena, &behind), *whole;
    int64_t span_ms;

    if (word == NULL || unit == NULL || strspn(word, "0123456789.") < strlen(word)) {
        return word;
    }
    whole = text_same(unit, "%") || text_same(unit, "percent")
                ? arena_printf(arena, "%s%%", word)
                : arena_printf(arena, "%s%s", word, unit);
    if (whole[strlen(whole) - 1] != '%' && !time_read_span(whole, &span_ms)) {
        return word;
    }
    *at = behind;
    return whole;
}

/* So is a span in two pieces: "3h 20m". */
static const char *next_word(struct arena *arena, const char **at)
{
    const char *word = next_count(arena, at);
    const char *behind = *at;
    int64_t span_ms;

    if (word == NULL || !time_read_span(word, &span_ms)) {
        return word;
    }
    const char *more = next_count(arena, &behind);
    const char *whole = arena_exact(arena, "%s%s", word, text_or(more, ""));
    if (more == NULL || !time_read_span(more, &span_ms) ||
        !time_read_span(whole, &span_ms)) {
        return word;
    }
    *at = behind;
    return whole;
}

/* "not blocked" is not for a bot to read. */
static bool is_denial(const char *word)
{
    static const char *const denials[] = {"not",     "no",      "never", "nobody",
                                          "nothing", "without", NULL};

    return words_stand_any(word, denials);
}

/* "users" in "2000 users": it answers nothing, and does no harm. */
static bool is_filler(const char *word)
{
    static const char *const fillers[] = {
        "users", "user", "people", "of",     "our",  "the",  "are", "is", "hit",
        "and",   "a",    "about",  "around", "only", "they", "yes", NULL};

    return words_stand_any(word, fillers);
}

void impact_take_words(struct arena *arena, const struct config *config,
                       struct impact *impact, const char *words, struct text *left,
                       const char **wrong)
{
    enum impact_question question;
    const char *word;

    *wrong = NULL;
    while (*wrong == NULL && (word = next_word(arena, &words)) != NULL) {
        if (is_denial(word)) {
            *wrong = word;
        } else if (!impact_take(arena, config, impact, word, &question) &&
                   !is_filler(word)) {
            text_addf(left, "%s%s", left->length_bytes > 0 ? " " : "", word);
        }
    }
}
