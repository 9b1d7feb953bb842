/* A call that does not get there. */
#include "bot/base/phrase.h"
#include "bot/ring.h"
#include "bot/ring_words.h"
#include "bot/say.h"
#include "store/people.h"

static bool tell(struct turn *turn, const struct incident *incident,
                 const struct page *page, const struct outbox_row *row, const char *why,
                 struct err *err)
{
    struct arena *arena = turn->arena;
    struct person *person = NULL;
    const char *handle;
    struct note *note;

    if (!person_find(turn->store, row->person_id, &person, err) || person == NULL) {
        return person == NULL;
    }
    handle = note_words(arena, person->handle);
    note = say_note(turn, "Page %lld: %s can't be told by chat: %s.",
                    (long long)page->n, handle, note_words(arena, why));
    note_line(note, "%s. Reached %s? %s",
              incident->is_drill
                  ? PHRASE("A drill rings no phone")
                  : arena_printf(arena, "By hand: %s", ring_words_number(turn, person)),
              handle,
              note_command(arena, "ack %lld @%s", (long long)page->n, person->handle));
    return say_incident(turn, incident, note, NULL, err);
}

bool ring_unsent(struct turn *turn, const struct incident *incident,
                 const struct outbox_row *row, const char *why, struct err *err)
{
    struct page *page = NULL;
    int64_t n;

    if (!page_call_unsent(turn->store, incident->id, row->id, &n, err) ||
        (n != 0 && !page_find(turn->store, incident->id, n, &page, err))) {
        return false;
    }
    return page == NULL || page->state != PAGE_OPEN ||
           (tell(turn, incident, page, row, why, err) &&
            ring_next(turn, incident, page, false, 0, err));
}
