/* What will be done, in the version for outside. */
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/retro_outside_inner.h"

#define FOLLOWUPS_SHOWN 5

/* "By 20 March: set an unreadable callback aside. This stops ..."; that there is one is
 * said, too, where its words name somebody. */
static void say_followup(struct writing *writing, const struct followup *followup)
{
    struct arena *arena = writing->part.arena;
    bool is_done = text_equal(followup->state, "done");
    const char *weekday =
        followup->due_ms == TIME_NONE
            ? NULL
            : strchr(time_day(arena, followup->due_ms, writing->part.record->zone),
                     ' ');
    const char *lead = is_done           ? PHRASE("Done")
                       : weekday == NULL ? PHRASE("To be done")
                                         : arena_printf(arena, "By%s", weekday);
    const char *name = retro_outside_name(writing, PHRASE("follow-up"), followup->id);
    const char *what = retro_outside_may_stand(writing, followup->what, name)
                           ? retro_sentence(&writing->part, followup->what)
                           : PHRASE("one change, not described here.");
    bool has_stops = !text_is_empty(followup->stops) &&
                     retro_outside_may_stand(writing, followup->stops, name);

    note_line(writing->part.note, "%s: %s%s%s", lead, what,
              has_stops ? PHRASE(" This stops ") : "",
              has_stops ? retro_sentence(&writing->part, followup->stops) : "");
}

static bool is_before(const struct followup *a, const struct followup *b)
{
    return a->due_ms != TIME_NONE && (b->due_ms == TIME_NONE || a->due_ms < b->due_ms);
}

/* By their dates; those without one last, and else by number. */
static const struct followup **by_date(struct arena *arena,
                                       const struct followups *followups)
{
    const struct followup **sorted =
        ARENA_ARRAY(arena, const struct followup *, followups->count + 1);

    for (size_t i = 0; i < followups->count; i++) {
        size_t to = i;

        for (; to > 0 && is_before(&followups->all[i], sorted[to - 1]); to--) {
            sorted[to] = sorted[to - 1];
        }
        sorted[to] = &followups->all[i];
    }
    return sorted;
}

void retro_outside_followups(struct writing *writing)
{
    const struct followups *followups = &writing->part.record->followups;
    const struct followup **sorted = by_date(writing->part.arena, followups);

    for (size_t i = 0; i < followups->count; i++) {
        if (i < FOLLOWUPS_SHOWN) {
            say_followup(writing, sorted[i]);
        } else {
            writing->unsaid += 1;
        }
    }
    if (followups->count == 0) {
        note_line(writing->part.note, "What will be done is not decided yet.");
    }
}
