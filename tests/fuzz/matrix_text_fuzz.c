/*
 * Any words as HTML and as a plain body: what comes out is clean, its people are
 * people, and it is not much longer than what went in.
 */
#include <string.h>

#include "adapters/matrix_text.h"
#include "bot/base/err.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"

static void text_check(struct arena *arena, const char *text, const char *input)
{
    INSIST(text_equal(text, text_clean(arena, text, strlen(text))));
    INSIST(strlen(text) <= 4 * strlen(input) + 16);
}

/* Each pill names somebody who can be told from what stands around. */
static void people_check(struct arena *arena, const char *text, size_t pills)
{
    size_t found = 0;

    for (const char *at = strstr(text, "<@@"); at != NULL; at = strstr(at, "<@@")) {
        size_t length = strcspn(at + 2, ">");

        found += matrix_text_is_person(arena_copy_n(arena, at + 2, length)) ? 1 : 0;
        at += 3;
    }
    /* Pills of rooms have no such marks. */
    INSIST(found >= pills || strchr(text, '#') != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    const char *input = text_clean(arena, (const char *)data, size);
    struct matrix_words words = {.body = input, .html = input, .is_reply = true};
    size_t pills = 0;
    bool has_quote = false;
    const char *text = matrix_text_html(arena, input, &pills, &has_quote);
    const char *target = matrix_text_target(arena, input);

    text_check(arena, text, input);
    people_check(arena, text, pills);
    text_check(arena, matrix_text_plain(arena, input), input);
    text_check(arena, matrix_text_typed(arena, &words), input);
    words.html = NULL;
    text_check(arena, matrix_text_typed(arena, &words), input);
    INSIST(target == NULL || *target == '#' || matrix_text_is_person(target));
    arena_destroy(arena);
    return 0;
}
