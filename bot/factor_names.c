/* Whether a text names a person, word by word. */
#include <ctype.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/factor.h"

#define NAME_PART_BYTES 3 /* shorter parts of a name are too often words */

/* A word of the text without what stands around it: "@jo's," is jo. */
static char *bare_word(struct arena *arena, const char *word, size_t length)
{
    while (length > 0 && ispunct((unsigned char)*word)) {
        word += 1;
        length -= 1;
    }
    while (length > 0 && ispunct((unsigned char)word[length - 1])) {
        length -= 1;
    }
    if (length > 2 && strncmp(word + length - 2, "'s", 2) == 0) {
        length -= 2;
    }
    return arena_copy_n(arena, word, length);
}

/* Is the word one of the parts of a name? */
static bool is_part(const char *name, const char *word)
{
    size_t length = strlen(word);

    if (name == NULL || length < NAME_PART_BYTES) {
        return false;
    }
    for (const char *at = name; (at = strstr(at, word)) != NULL; at += length) {
        bool begins = at == name || isspace((unsigned char)at[-1]);
        bool ends = at[length] == '\0' || isspace((unsigned char)at[length]);

        if (begins && ends) {
            return true;
        }
    }
    return false;
}

static bool is_somebody(const struct people *people, const char *word)
{
    for (size_t i = 0; *word != '\0' && i < people->count; i++) {
        if (text_same(people->all[i].handle, word) ||
            is_part(people->all[i].name, word)) {
            return true;
        }
    }
    return false;
}

bool factor_text_names(struct arena *arena, const struct people *people,
                       const char *text)
{
    static const char blanks[] = " \t\r\n";

    for (const char *at = text; *at != '\0';) {
        size_t length;

        at += strspn(at, blanks);
        length = strcspn(at, blanks);
        if (is_somebody(people, bare_word(arena, at, length))) {
            return true;
        }
        at += length;
    }
    return false;
}

bool factor_names_person(struct turn *turn, const char *text, bool *names,
                         struct err *err)
{
    struct people people;

    if (!people_all(turn->store, &people, err)) {
        return false;
    }
    *names = factor_text_names(turn->arena, &people, text);
    return true;
}
