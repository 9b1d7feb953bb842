/* The end of the calls of a page: nobody came, so people ring people. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/paging_nobody.h"
#include "bot/ring_words.h"
#include "bot/say.h"
#include "store/people.h"

const char *ring_words_count(struct turn *turn, int64_t count)
{
    static const char *const names[] = {PHRASE_LATER("no"),   PHRASE_LATER("one"),
                                        PHRASE_LATER("two"),  PHRASE_LATER("three"),
                                        PHRASE_LATER("four"), PHRASE_LATER("five")};

    return count >= 0 && count <= 5
               ? phrase_of(names[count])
               : arena_printf(turn->arena, "%lld", (long long)count);
}

const char *ring_words_number(struct turn *turn, const struct person *person)
{
    struct arena *arena = turn->arena;
    const char *handle = note_words(arena, person->handle);

    if (text_is_empty(person->phone)) {
        return arena_printf(arena, "%s: no number known", handle);
    }
    /* In a transcript the directory is read before there is a time: 0. */
    return person->listed_ms == TIME_NONE || person->listed_ms == 0
               ? arena_printf(arena, "%s %s", handle, note_words(arena, person->phone))
               : arena_printf(arena, "%s %s (directory, as of %s)", handle,
                              note_words(arena, person->phone),
                              time_day(arena, person->listed_ms, turn_zone(turn)));
}

bool ring_words_know_number(struct turn *turn, const struct ring_call *call,
                            bool *is_known, struct err *err)
{
    struct page_calls calls;
    struct person *person = NULL;

    if (!person_find(turn->store, call->callee->person_id, &person, err) ||
        !page_calls_list(turn->store, call->page, &calls, err)) {
        return false;
    }
    *is_known = person != NULL && !text_is_empty(person->phone);
    for (size_t i = 0; !*is_known && i < calls.count; i++) {
        if (!person_find(turn->store, calls.all[i].person_id, &person, err)) {
            return false;
        }
        *is_known = person != NULL && !text_is_empty(person->phone);
    }
    return true;
}

static bool was_listed(const struct page_calls *calls, size_t before)
{
    const struct page_call *call = &calls->all[before];

    for (size_t i = 0; i < before; i++) {
        if (calls->all[i].person_id == call->person_id) {
            return true;
        }
    }
    return call->state == PAGE_CALL_DECLINED;
}

/* All said no, or nobody else was found: numbers of people who were not called. */
static bool nobody_left(struct turn *turn, const struct ring_over *over,
                        const char *start, struct note **result, struct err *err)
{
    const struct page_calls *calls = over->calls;
    int64_t *ids = ARENA_ARRAY(turn->arena, int64_t, calls->count + 1);
    struct paging_skip skip = {.ids = ids, .count = calls->count};
    const char *ref = over->is_direct ? arena_printf(turn->arena, "%s ",
                                                     say_ref(turn, over->incident))
                                      : "";
    const char *numbers;

    for (size_t i = 0; i < calls->count; i++) {
        ids[i] = calls->all[i].person_id;
    }
    if (!paging_numbers(turn, over->incident, over->page, &skip, &numbers, err)) {
        return false;
    }
    *result = say_note(turn, "%s %lld waits for somebody: I know nobody else to ask.",
                       start, (long long)over->page->n);
    if (numbers != NULL) {
        note_line(*result, "By hand: %s.", numbers);
    }
    note_line(*result, "Somebody by name: %s",
              note_command(turn->arena, "page %s@who WHY", ref));
    return true;
}

bool ring_words_over(struct turn *turn, const struct ring_over *over,
                     struct note **result, struct err *err)
{
    struct arena *arena = turn->arena;
    const struct incident *incident = over->incident;
    const struct page *page = over->page;
    const struct page_calls *calls = over->calls;
    const char *ref =
        over->is_direct ? arena_printf(arena, "%s ", say_ref(turn, incident)) : "";
    const char *start = over->is_direct
                            ? arena_printf(arena, "%s, page", say_ref(turn, incident))
                            : PHRASE("Page");
    const char *first = NULL;
    struct text numbers;

    text_init(&numbers, arena);
    for (size_t i = 0; i < calls->count; i++) {
        struct person *person = NULL;

        if (was_listed(calls, i)) {
            continue;
        }
        if (!person_find(turn->store, calls->all[i].person_id, &person, err)) {
            return false;
        }
        text_addf(&numbers, "%s%s", first == NULL ? "" : "; ",
                  ring_words_number(turn, person));
        first = first == NULL ? person->handle : first;
    }
    if (first == NULL) {
        return nobody_left(turn, over, start, result, err);
    }
    *result =
        say_note(turn, "%s %lld: no answer by %s, after %s round%s.", start,
                 (long long)page->n, say_when(turn, turn->now_ms),
                 ring_words_count(turn, page->round), page->round == 1 ? "" : "s");
    note_line(*result, "%s. Reached %s? %s",
              incident->is_drill ? PHRASE("A drill rings no phone")
                                 : arena_printf(arena, "By hand: %s", numbers.data),
              note_words(arena, first),
              note_command(arena, "ack %s%lld @%s", ref, (long long)page->n, first));
    return true;
}
