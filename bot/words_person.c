/* The part of bot/words.h that finds people. */
#include <string.h>

#include "bot/base/text.h"
#include "bot/note.h"
#include "bot/words.h"

#define NEAR_PEOPLE  3
#define NEAR_LETTERS 2
#define HERE_PEOPLE  8 /* of those in an incident, where one of them is meant */

/* `U123>` of `<@U123>`: the platform's own word for somebody, so they exist even if
 * never heard of. */
static bool find_mentioned(struct turn *turn, const struct command_call *call,
                           const char *word, struct person **person, struct err *err)
{
    const char *external = arena_copy_n(turn->arena, word, strcspn(word, "|>"));

    if (*external == '\0') {
        *person = NULL;
        return true;
    }
    return person_meet(
        turn->store,
        &(struct account){.adapter = call->event->place.adapter, .external = external},
        person, err);
}

/* "@ana:example.org", typed where accounts look like that: as good as a mention. */
static bool is_account(const struct command_call *call, const char *word)
{
    const char *own = text_or(call->event->who.id, "");

    return *own == '@' && strchr(own, ':') != NULL && *word == '@' &&
           strchr(word, ':') != NULL;
}

static bool goes_by(const struct turn *turn, const struct person *person,
                    const char *word)
{
    const char *name = text_or(person->name, "");

    return text_same(words_first(turn->arena, name), word);
}

static const char *describe(struct turn *turn, const struct person *person)
{
    return person->team == NULL ? person->handle
                                : arena_printf(turn->arena, "%s (%s)", person->handle,
                                               note_words(turn->arena, person->team));
}

static void add_name(struct turn *turn, struct text *list, const struct person *person)
{
    text_addf(list, "%s%s", list->length_bytes > 0 ? ", " : "", describe(turn, person));
}

/* A first name is near, and no more: there may be another one of that name. */
static size_t letters_to(const struct turn *turn, const struct person *person,
                         const char *word)
{
    return goes_by(turn, person, word) ? 0 : text_distance(person->handle, word);
}

/* The next from `at` on who is just so many letters away, or NULL. */
static const struct person *next_near(const struct turn *turn,
                                      const struct people *people, const char *word,
                                      size_t letters, size_t *at)
{
    while (*at < people->count) {
        const struct person *person = &people->all[(*at)++];

        if (letters_to(turn, person, word) == letters) {
            return person;
        }
    }
    return NULL;
}

/* Nobody is called exactly so: those who nearly are, three at most. */
static const char *list_near(struct turn *turn, const struct people *people,
                             const char *word)
{
    struct text list;
    size_t listed = 0;
    size_t most = (strlen(word) + 1) / 3; /* of two letters one may be wrong */

    text_init(&list, turn->arena);
    for (size_t letters = 0; letters <= NEAR_LETTERS && letters <= most; letters++) {
        size_t at = 0;
        const struct person *person = next_near(turn, people, word, letters, &at);

        while (person != NULL && listed < NEAR_PEOPLE) {
            add_name(turn, &list, person);
            listed++;
            person = next_near(turn, people, word, letters, &at);
        }
    }
    return listed == 0 ? NULL : list.data;
}

static const char *unknown(struct turn *turn, const struct people *people,
                           const char *word)
{
    const char *near = list_near(turn, people, word);

    word = note_words(turn->arena, text_brief(turn->arena, word, 40));
    return near == NULL
               ? arena_printf(turn->arena, "I know no \"%s\".", word)
               : arena_printf(turn->arena, "I know no \"%s\". Near: %s.", word, near);
}

/* A full name: one bearer is meant, several are listed; who left gives way to who is
 * there. */
static bool find_by_name(struct turn *turn, const char *word, struct person **person,
                         struct refusal *refusal, struct err *err)
{
    struct people people;
    struct text several;
    size_t count = 0;

    if (!people_all(turn->store, &people, err) ||
        !person_find_name(turn->store, word, person, err)) {
        return false;
    }
    text_init(&several, turn->arena);
    for (size_t i = 0; i < people.count; i++) {
        if (text_same(text_or(people.all[i].name, ""), word)) {
            add_name(turn, &several, &people.all[i]);
            count++;
        }
    }
    if (count > 1) {
        *person = NULL;
        refusal->text = arena_printf(
            turn->arena, "\"%s\" fits several: %s.",
            note_words(turn->arena, text_brief(turn->arena, word, 40)), several.data);
    } else if (*person == NULL) {
        refusal->text = unknown(turn, &people, word);
    }
    return true;
}

/* "Bo" of "Bo, look at the logs" and of "invite @Bo.". */
static const char *without_mark(struct turn *turn, const char *word)
{
    size_t length = strlen(word);

    while (length > 1 && strchr(",.;:!?", word[length - 1]) != NULL) {
        length--;
    }
    return arena_copy_n(turn->arena, word, length);
}

bool words_person(struct turn *turn, const struct command_call *call, const char *word,
                  struct person **person, struct refusal *refusal, struct err *err)
{
    *person = NULL;
    if (text_starts(word, "<@")) {
        return find_mentioned(turn, call, word + 2, person, err);
    }
    if (is_account(call, word)) {
        return find_mentioned(turn, call, without_mark(turn, word), person, err);
    }
    if (*word == '@') {
        word++;
    }
    if (!person_find_handle(turn->store, word, person, err)) {
        return false;
    }
    word = without_mark(turn, word);
    if (*person == NULL && !person_find_handle(turn->store, word, person, err)) {
        return false;
    }
    if (*person == NULL && (text_same(word, "me") || text_same(word, "myself"))) {
        return person_find(turn->store, call->speaker->id, person, err);
    }
    return *person != NULL || find_by_name(turn, word, person, refusal, err);
}

bool words_add_here(struct turn *turn, const struct command_call *call,
                    const char **why, struct err *err)
{
    struct people here;
    struct text names;

    if (call->incident == NULL) {
        return true;
    }
    if (!members_list(turn->store, call->incident->id, &here, err)) {
        return false;
    }
    text_init(&names, turn->arena);
    for (size_t i = 0; i < here.count && i < HERE_PEOPLE; i++) {
        text_addf(&names, "%s%s", i == 0 ? "" : ", ",
                  note_words(turn->arena, here.all[i].handle));
    }
    if (names.length_bytes > 0) {
        *why = arena_printf(turn->arena, "%s Who? Here: %s%s", *why, names.data,
                            here.count > HERE_PEOPLE ? "…" : ".");
    }
    return true;
}
