/*
 * Whether a text names a person, word by word. A word is made of letters, digits, '.',
 * '-', '_' and apostrophes, and is tried whole and by its parts: "jo's", "jo/marek" and
 * "jo-marek" are jo. A part of a name counts as it is written (May and may are two
 * words), in any case where the handle has it, too. What goes outside is read more
 * strictly: there, any part counts in any case.
 */
#include <ctype.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/factor.h"

#define NAME_PART_BYTES  3 /* shorter parts of a name are too often words */
#define NAME_SHORT_BYTES 2 /* "Jo", as it is written: outside only */

struct key {
    const char *word;
    bool in_any_case;
};

/* What the words of a text are looked for in. */
struct names {
    struct arena *arena;
    bool is_outside;
    struct key *all;
    size_t count, room;
};

static bool is_typographic_apostrophe(const char *at)
{
    return strncmp(at, "\xE2\x80\x99", 3) == 0;
}

/* How many bytes of a mark that stands between words are here; 0: a word goes on. */
static size_t mark_bytes(const char *at)
{
    unsigned char byte = (unsigned char)*at;

    if (byte < 0x80) {
        return isalnum(byte) || strchr(".-_'", byte) != NULL ? 0 : 1;
    }
    if (byte == 0xC2 && at[1] != '\0') { /* « » and the like */
        return 2;
    }
    /* dashes, quotes, dots, wide blanks */
    bool is_mark = strncmp(at, "\xE2\x80", 2) == 0 || strncmp(at, "\xE2\x81", 2) == 0 ||
                   strncmp(at, "\xE3\x80", 2) == 0;
    return is_mark && at[2] != '\0' ? 3 : 0;
}

/* The words with one blank for each mark between them, and one kind of apostrophe. */
static const char *plain(struct arena *arena, const char *text)
{
    char *copy = arena_copy(arena, text);
    char *to = copy;

    for (const char *at = text; *at != '\0';) {
        size_t bytes = mark_bytes(at);

        if (is_typographic_apostrophe(at)) {
            *to++ = '\'';
            at += 3;
        } else if (bytes > 0) {
            *to++ = ' ';
            at += bytes;
        } else {
            *to++ = *at++;
        }
    }
    *to = '\0';
    return copy;
}

/* Without what stands around it: "jo's." is jo. */
static const char *bare(struct arena *arena, const char *word, size_t length)
{
    static const char around[] = ".-_'";

    while (length > 0 && strchr(around, *word) != NULL) {
        word += 1;
        length -= 1;
    }
    while (length > 0 && strchr(around, word[length - 1]) != NULL) {
        length -= 1;
    }
    if (length > 2 && strncmp(word + length - 2, "'s", 2) == 0) {
        length -= 2;
    }
    return arena_copy_n(arena, word, length);
}

static const char *next_part(struct arena *arena, const char **at, const char *between)
{
    const char *start = *at + strspn(*at, between);
    size_t length = strcspn(start, between);

    *at = start + length;
    return length == 0 ? NULL : arena_copy_n(arena, start, length);
}

/* "can't" is no Can, but outside one too many is better held than one too few. */
static const char *part_marks(const struct names *names)
{
    return names->is_outside ? " .-_'" : " .-_";
}

static void add_key(struct names *names, const char *word, bool in_any_case)
{
    if (names->count == names->room) {
        struct key *old = names->all;

        names->room = names->room == 0 ? 64 : 2 * names->room;
        names->all = ARENA_ARRAY(names->arena, struct key, names->room);
        for (size_t i = 0; i < names->count; i++) {
            names->all[i] = old[i];
        }
    }
    names->all[names->count++] = (struct key){word, in_any_case};
}

static bool has_part(const struct names *names, const char *whole, const char *wanted)
{
    const char *part;

    while ((part = next_part(names->arena, &whole, part_marks(names))) != NULL) {
        if (text_same(part, wanted)) {
            return true;
        }
    }
    return false;
}

static void add_part(struct names *names, const char *part, const char *handle)
{
    size_t length = strlen(part);

    if (length >= NAME_PART_BYTES) {
        add_key(names, part, names->is_outside || has_part(names, handle, part));
    } else if (length == NAME_SHORT_BYTES && names->is_outside) {
        add_key(names, part, false);
    }
}

static void add_parts(struct names *names, const char *word, const char *handle)
{
    const char *part;

    for (const char *at = word;
         (part = next_part(names->arena, &at, part_marks(names))) != NULL;) {
        if (!text_equal(part, word)) {
            add_part(names, part, handle);
        }
    }
}

/* "Pat O'Brien-Lee": Pat, O'Brien-Lee; O'Brien and Lee; outside Brien, too. */
static void add_name(struct names *names, const char *name, const char *handle)
{
    const char *word;

    while ((word = next_part(names->arena, &name, " ")) != NULL) {
        word = bare(names->arena, word, strlen(word));
        add_part(names, word, handle);
        add_parts(names, word, handle);
    }
}

static void add_person(struct names *names, const struct person *person)
{
    const char *handle = plain(names->arena, person->handle);
    const char *part;

    add_key(names, handle, true);
    add_name(names, plain(names->arena, text_or(person->name, "")), handle);
    for (const char *at = handle;
         names->is_outside &&
         (part = next_part(names->arena, &at, part_marks(names))) != NULL;) {
        if (strlen(part) >= NAME_PART_BYTES) {
            add_key(names, part, true);
        }
    }
}

static bool is_somebody(const struct names *names, const char *word)
{
    for (size_t i = 0; *word != '\0' && i < names->count; i++) {
        const struct key *key = &names->all[i];

        if (key->in_any_case ? text_same(key->word, word)
                             : text_equal(key->word, word)) {
            return true;
        }
    }
    return false;
}

/* The word, or the part of it, that is somebody; NULL: none. */
static const char *somebody_in(const struct names *names, const char *word)
{
    const char *part;

    if (is_somebody(names, word)) {
        return word;
    }
    while ((part = next_part(names->arena, &word, part_marks(names))) != NULL) {
        if (is_somebody(names, part)) {
            return part;
        }
    }
    return NULL;
}

static const char *find(struct names *names, const struct people *people,
                        const char *text)
{
    const char *at = plain(names->arena, text);
    const char *word, *somebody = NULL;

    for (size_t i = 0; i < people->count; i++) {
        add_person(names, &people->all[i]);
    }
    while (somebody == NULL && (word = next_part(names->arena, &at, " ")) != NULL) {
        somebody = somebody_in(names, bare(names->arena, word, strlen(word)));
    }
    return somebody;
}

bool factor_text_names(struct arena *arena, const struct people *people,
                       const char *text)
{
    return find(&(struct names){.arena = arena}, people, text) != NULL;
}

bool factor_text_names_outside(struct arena *arena, const struct people *people,
                               const char *text)
{
    return find(&(struct names){.arena = arena, .is_outside = true}, people, text) !=
           NULL;
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

bool factor_name_outside(struct turn *turn, const char *text, const char **name,
                         struct err *err)
{
    struct people people;

    if (!people_all(turn->store, &people, err)) {
        return false;
    }
    *name =
        find(&(struct names){.arena = turn->arena, .is_outside = true}, &people, text);
    return true;
}

bool factor_names_outside(struct turn *turn, const char *text, bool *names,
                          struct err *err)
{
    const char *name;

    if (!factor_name_outside(turn, text, &name, err)) {
        return false;
    }
    *names = name != NULL;
    return true;
}
