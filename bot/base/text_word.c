/* The part of text.h that looks at words: how alike two are, and how one fits into a
 * name. */
#include <string.h>

#include "bot/base/text.h"

#define WORD_RUNES 64

/* The first letters of a word, in lower case; the count of all. */
struct word {
    uint32_t runes[WORD_RUNES];
    size_t count, total;
};

static void word_read(struct word *word, const char *string)
{
    size_t left_bytes = strlen(string);
    word->count = word->total = 0;
    while (left_bytes > 0) {
        size_t length = 1;
        uint32_t rune = text_rune(string, left_bytes, &length);
        if (rune >= 'A' && rune <= 'Z') {
            rune += 'a' - 'A';
        }
        if (word->count < WORD_RUNES) {
            word->runes[word->count++] = rune;
        }
        word->total++;
        string += length;
        left_bytes -= length;
    }
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Three rows of the table of optimal string alignment: now, one ago, two ago. */
struct rows {
    size_t now[WORD_RUNES + 1], last[WORD_RUNES + 1], before[WORD_RUNES + 1];
};

static void row_fill(struct rows *rows, const struct word *a, const struct word *b,
                     size_t i)
{
    rows->now[0] = i;
    for (size_t j = 1; j <= b->count; j++) {
        bool is_same = a->runes[i - 1] == b->runes[j - 1];
        size_t cost = least(rows->last[j] + 1, rows->now[j - 1] + 1);
        cost = least(cost, rows->last[j - 1] + !is_same);
        bool is_swap = i > 1 && j > 1 && a->runes[i - 1] == b->runes[j - 2] &&
                       a->runes[i - 2] == b->runes[j - 1];
        if (is_swap) {
            cost = least(cost, rows->before[j - 2] + 1);
        }
        rows->now[j] = cost;
    }
}

size_t text_distance(const char *a, const char *b)
{
    struct word first, second;
    struct rows rows = {0};
    word_read(&first, a);
    word_read(&second, b);
    for (size_t j = 0; j <= second.count; j++) {
        rows.now[j] = j;
    }
    for (size_t i = 1; i <= first.count; i++) {
        memcpy(rows.before, rows.last, sizeof(rows.last));
        memcpy(rows.last, rows.now, sizeof(rows.now));
        row_fill(&rows, &first, &second, i);
    }
    size_t tail_a = first.total - first.count, tail_b = second.total - second.count;
    return rows.now[second.count] + (tail_a > tail_b ? tail_a : tail_b);
}

/* U+00C0 to U+017F without their marks; a hyphen for the two signs among them. */
static const char latin_letters[] = "aaaaaaaceeeeiiiidnooooo-ouuuuyts"
                                    "aaaaaaaceeeeiiiidnooooo-ouuuuyty"
                                    "aaaaaaccccccccddddeeeeeeeeeegggg"
                                    "gggghhhhiiiiiiiiiiiijjkkklllllll"
                                    "lllnnnnnnnnnoooooooorrrrrrssssss"
                                    "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
_Static_assert(sizeof(latin_letters) == 0x180 - 0xC0 + 1,
               "one letter for each character");

/* The letter or digit that stands for the character in a name; '-' for a gap, 0 for
 * nothing. */
static char slug_letter(uint32_t rune)
{
    if (rune >= 'A' && rune <= 'Z') {
        return (char)(rune - 'A' + 'a');
    }
    if ((rune >= 'a' && rune <= 'z') || (rune >= '0' && rune <= '9')) {
        return (char)rune;
    }
    if (rune >= 0xC0 && rune < 0x180) {
        return latin_letters[rune - 0xC0];
    }
    bool is_apostrophe = rune == '\'' || rune == 0x2019;
    return is_apostrophe ? '\0' : '-';
}

static void slug_cut(char *slug, size_t length_bytes, size_t max_bytes)
{
    if (length_bytes > max_bytes) {
        size_t end = max_bytes;
        while (end > 0 && slug[end] != '-') {
            end--;
        }
        length_bytes = end > 0 ? end : max_bytes;
    }
    while (length_bytes > 0 && slug[length_bytes - 1] == '-') {
        length_bytes--;
    }
    slug[length_bytes] = '\0';
}

char *text_slug(struct arena *arena, const char *string, size_t max_bytes)
{
    size_t left_bytes = strlen(string), used = 0;
    char *slug = arena_alloc(arena, left_bytes + 1);
    while (left_bytes > 0) {
        size_t length = 1;
        char letter = slug_letter(text_rune(string, left_bytes, &length));
        bool is_wanted =
            letter && (letter != '-' || (used > 0 && slug[used - 1] != '-'));
        if (is_wanted) {
            slug[used++] = letter;
        }
        string += length;
        left_bytes -= length;
    }
    slug_cut(slug, used, max_bytes);
    return slug;
}
