/* Ties: how the asker and somebody know each other, and by way of whom. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/candidates_inner.h"
#include "bot/note.h"

bool candidates_pair(const struct choices *choices, int64_t id, int64_t person_id)
{
    for (size_t i = 0; i < choices->count; i++) {
        if (choices->all[i].id == id && choices->all[i].person_id == person_id) {
            return true;
        }
    }
    return false;
}

const struct tie *candidates_tie_of(const struct ties *ties, int64_t person_id)
{
    for (size_t i = 0; i < ties->count; i++) {
        if (ties->all[i].person_id == person_id) {
            return &ties->all[i];
        }
    }
    return NULL;
}

/* "tove's", or "your" where the asker reads it. */
static const char *whose(const struct candidates_book *book)
{
    struct arena *arena = book->turn->arena;

    return book->wish->to_asker
               ? PHRASE("your")
               : arena_printf(arena, "%s's", note_words(arena, book->asker->handle));
}

void candidates_add_tie(const struct candidates_book *book, const struct person *person,
                        struct candidate *candidate)
{
    struct arena *arena = book->turn->arena;
    const struct person *asker = book->asker;
    const struct tie *worked = candidates_tie_of(&book->worked, person->id);

    if (asker == NULL || asker->id == person->id) {
        return;
    }
    if (candidates_pair(&book->buddies, asker->id, person->id)) {
        candidate->tie = ESCALATION_BUDDY;
        candidate->tie_words = arena_printf(arena, "%s buddy", whose(book));
    } else if (asker->mentor_id == person->id) {
        candidate->tie = ESCALATION_MENTOR;
        candidate->tie_words = arena_printf(arena, "%s mentor", whose(book));
    } else if (asker->team != NULL && person->team != NULL &&
               text_same(asker->team, person->team)) {
        candidate->tie = ESCALATION_TEAM;
        candidate->tie_words = arena_printf(arena, "%s team", whose(book));
    } else if (worked != NULL) {
        candidate->tie = ESCALATION_WORKED;
        candidate->tie_words = arena_printf(
            arena, "worked with %s on inc-%lld",
            book->wish->to_asker ? PHRASE("you") : note_words(arena, asker->handle),
            (long long)worked->incident_id);
    } else if (book->wish->to_asker &&
               candidates_tie_of(&book->answered, person->id) != NULL) {
        /* A private question ties the two who know of it, and is told to nobody else.
         */
        candidate->tie = ESCALATION_WORKED;
        candidate->tie_words = PHRASE("answered you before");
    }
}

/* How the one knows the other; NULL: not that we knew. */
static const char *link_words(const struct candidates_book *book,
                              const struct person *via, const struct person *person)
{
    if (candidates_pair(&book->buddies, via->id, person->id)) {
        return PHRASE("their buddy");
    }
    if (via->mentor_id == person->id) {
        return PHRASE("their mentor");
    }
    return via->team != NULL && person->team != NULL &&
                   text_same(via->team, person->team)
               ? PHRASE("same team")
               : NULL;
}

void candidates_add_way(const struct candidates_book *book, const struct person *person,
                        struct candidate *candidate)
{
    enum escalation_tie best = ESCALATION_NO_TIE;

    for (size_t i = 0; i < book->people.count; i++) {
        const struct person *via = &book->people.all[i];
        const char *link = link_words(book, via, person);
        struct candidate known = {0};

        if (link == NULL || via->id == person->id) {
            continue;
        }
        candidates_add_tie(book, via, &known);
        if (known.tie > best) {
            best = known.tie;
            candidate->way = arena_printf(book->turn->arena, "%s (%s; %s)",
                                          note_words(book->turn->arena, via->handle),
                                          known.tie_words, link);
        }
    }
}
