/* 1 of 7: what others were told, and when. */
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/retro_compose.h"

#define OUTSIDE_SHOWN 7
#define TIMES_SHOWN   10
#define LATE_SHOWN    3

static void outside(struct retro_part *part)
{
    const struct updates *updates = &part->record->outside;
    size_t from = updates->count > OUTSIDE_SHOWN ? updates->count - OUTSIDE_SHOWN : 0;

    for (size_t i = 0; i < updates->count; i++) {
        if (i > 0 && i <= from) {
            continue; /* the first, and the last ones */
        }
        retro_line(part,
                   arena_printf(part->arena, "Outside, %s: %s",
                                retro_when(part, updates->all[i].at_ms),
                                retro_quote(part, updates->all[i].text)),
                   NULL, NULL);
    }
    retro_more(part, from, 1, "outside updates");
    if (updates->count == 0) {
        retro_line(part, "Outside: none on record.", NULL, NULL);
    }
}

static bool is_late(const struct update *update)
{
    return update->due_ms != TIME_NONE &&
           update->at_ms - update->due_ms >= TIME_MINUTE_MS;
}

/* "the third was 2 min late" */
static const char *ordinal(struct arena *arena, size_t i)
{
    static const char *const words[] = {"first", "second", "third",   "fourth",
                                        "fifth", "sixth",  "seventh", "eighth",
                                        "ninth", "tenth"};

    return i < sizeof(words) / sizeof(words[0]) ? words[i]
                                                : arena_printf(arena, "%zuth", i + 1);
}

static void add_late(struct retro_part *part, struct text *line)
{
    const struct updates *updates = &part->record->inside;
    size_t count = 0;

    for (size_t i = 0; i < updates->count; i++) {
        const struct update *update = &updates->all[i];

        if (!is_late(update)) {
            continue;
        }
        count += 1;
        if (count <= LATE_SHOWN) {
            text_addf(line, "; the %s was %s late", ordinal(part->arena, i),
                      retro_span(part, update->due_ms, update->at_ms));
        }
    }
    if (count > LATE_SHOWN) {
        text_addf(line, "; %zu more %s late", count - LATE_SHOWN,
                  count == LATE_SHOWN + 1 ? "was" : "were");
    }
}

static void add_times(struct retro_part *part, struct text *line)
{
    const struct updates *updates = &part->record->inside;
    size_t last = updates->count - 1;

    if (updates->count > TIMES_SHOWN) {
        text_addf(line, "%zu, from %s to %s", updates->count,
                  retro_when(part, updates->all[0].at_ms),
                  retro_when(part, updates->all[last].at_ms));
        return;
    }
    for (size_t i = 0; i <= last; i++) {
        int64_t at_ms = updates->all[i].at_ms;
        const char *zone = part->record->zone;

        if (!retro_is_same_day(part, at_ms,
                               i == 0 ? part->record->incident->declared_ms
                                      : updates->all[i - 1].at_ms)) {
            text_addf(line, "%s, ", time_day(part->arena, at_ms, zone));
        }
        text_addf(line, "%s%s",
                  i == last ? note_time(part->arena, at_ms, zone)
                            : note_time_bare(part->arena, at_ms, zone),
                  i == last ? "" : ", ");
    }
}

static void inside(struct retro_part *part)
{
    const struct updates *updates = &part->record->inside;
    struct text line;

    if (updates->count == 0) {
        retro_line(part, "Inside: none on record.", NULL, NULL);
        return;
    }
    text_init(&line, part->arena);
    text_add(&line, "Inside: ");
    add_times(part, &line);
    text_addf(
        &line, ". The first came %s after declared",
        retro_span(part, part->record->incident->declared_ms, updates->all[0].at_ms));
    add_late(part, &line);
    text_add(&line, ".");
    retro_line(part, line.data, NULL, NULL);
}

void retro_messages(struct retro_part *part)
{
    outside(part);
    inside(part);
    retro_line(part, NULL, part->record->informer,
               "was data lost? was private data seen? was money wrong? Yes, no or not "
               "known to each.");
}
