/* 2 of 7: how it was noticed, and which numbers were seen. */
#include <ctype.h>
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/retro_compose.h"

#define NUMBERS_FIRST 2
#define NUMBERS_LAST  3
#define GAPS_SHOWN    2

/* A note or a result that holds a number. */
struct reading_of {
    int64_t at_ms;
    const char *handle, *text;
};

/* Does this digit belong to a word, as in S3 or us-east-1, or go on with a number? */
static bool is_in_word(const char *text, const char *at)
{
    const char *before = at - 1;

    if (at == text) {
        return false;
    }
    if (*before == '-' && before > text) {
        before -= 1;
    }
    return isalnum((unsigned char)*before) || strchr("_#/", *before) != NULL;
}

/* A number that is no clock time (13:42), no date and no part of a word. */
static bool holds_number(const char *text)
{
    for (const char *at = text_or(text, ""); *at != '\0'; at++) {
        size_t length = strspn(at, "0123456789");
        const char *end = at + length;

        if (length == 0) {
            continue;
        }
        if (!is_in_word(text, at) &&
            !((*end == ':' || *end == '-') && isdigit((unsigned char)end[1]))) {
            return true;
        }
        at = end + strspn(end, ":-0123456789") - 1;
    }
    return false;
}

/* Into its place by time; the array has room. */
static void place(struct reading_of *all, size_t *count, struct reading_of one)
{
    size_t i = *count;

    for (; i > 0 && all[i - 1].at_ms > one.at_ms; i--) {
        all[i] = all[i - 1];
    }
    all[i] = one;
    *count += 1;
}

static struct reading_of *gather(const struct retro_part *part, size_t *count)
{
    const struct retro_record *record = part->record;
    struct reading_of *all = ARENA_ARRAY(part->arena, struct reading_of,
                                         record->tasks.count + record->notes.count + 1);

    *count = 0;
    for (size_t i = 0; i < record->notes.count; i++) {
        const struct entry *note = &record->notes.all[i];

        if (holds_number(note->text)) {
            place(all, count,
                  (struct reading_of){note->at_ms, note->handle, note->text});
        }
    }
    for (size_t i = 0; i < record->tasks.count; i++) {
        const struct task *task = &record->tasks.all[i];

        if (task->done_ms != TIME_NONE && holds_number(task->result)) {
            place(all, count,
                  (struct reading_of){task->done_ms, task->owner, task->result});
        }
    }
    return all;
}

static void noticed(struct retro_part *part)
{
    const struct incident *incident = part->record->incident;
    const char *after = "", *when, *at;

    if (incident->started_ms == TIME_NONE) {
        retro_line(part, PHRASE("Started: not known."), part->record->declarer,
                   PHRASE("since when did it go wrong?"));
    }
    if (incident->detected_ms == TIME_NONE) {
        retro_line(part, PHRASE("First noticed: not known."), part->record->informer,
                   PHRASE("when, and by a monitor, a customer, a colleague, luck?"));
        return;
    }
    when = retro_when(part, incident->detected_ms);
    at = strchr(when, ',') == NULL ? PHRASE("at")
                                   : PHRASE("on"); /* a day has a comma behind it */
    if (retro_is_at_once(incident)) {
        after = PHRASE(", at once");
    } else if (incident->started_ms != TIME_NONE &&
               incident->detected_ms > incident->started_ms) {
        after =
            arena_printf(part->arena, ", %s after the start",
                         retro_span(part, incident->started_ms, incident->detected_ms));
    }
    if (!text_is_empty(incident->detected_how)) {
        retro_line(part,
                   arena_printf(part->arena, "First noticed %s %s%s: %s", at, when,
                                after, retro_quote(part, incident->detected_how)),
                   NULL, NULL);
        return;
    }
    retro_line(
        part, arena_printf(part->arena, "First noticed %s %s%s.", at, when, after),
        part->record->informer, PHRASE("by a monitor, a customer, a colleague, luck?"));
}

static bool says_usual(const char *text)
{
    return text_holds(text, "usual") || text_holds(text, "normal");
}

static void show(struct retro_part *part, const struct reading_of *reading,
                 bool is_last)
{
    const char *line = arena_printf(
        part->arena, "%s, %s: %s", retro_when(part, reading->at_ms),
        retro_name(part, reading->handle), retro_quote(part, reading->text));
    bool is_asked = is_last && !retro_is_settled(part, reading->handle) &&
                    !says_usual(reading->text);

    retro_line(part, is_asked ? arena_printf(part->arena, "%s.", line) : line,
               reading->handle,
               is_asked ? PHRASE("what is usual for this number?") : NULL);
}

/* What nobody watched, or could do. */
static void show_gaps(struct retro_part *part)
{
    const struct lessons *gaps = &part->record->gaps;

    for (size_t i = 0; i < gaps->count && i < GAPS_SHOWN; i++) {
        retro_line(part,
                   arena_printf(part->arena, "Blind spot, %s: %s",
                                retro_name(part, gaps->all[i].handle),
                                retro_sentence(part, gaps->all[i].text)),
                   NULL, NULL);
    }
    retro_more(part, gaps->count, GAPS_SHOWN, PHRASE("blind spots"));
}

void retro_monitoring(struct retro_part *part)
{
    size_t count;
    const struct reading_of *all = gather(part, &count);
    size_t shown = 0;

    noticed(part);
    for (size_t i = 0; i < count; i++) {
        if (i < NUMBERS_FIRST || i + NUMBERS_LAST >= count) {
            show(part, &all[i], i + 1 == count);
            shown += 1;
        }
    }
    retro_more(part, count, shown, PHRASE("readings"));
    if (count == 0) {
        retro_line(part, PHRASE("Numbers on record: none."), part->record->finder,
                   PHRASE("which number showed it, and what is usual for it?"));
    }
    show_gaps(part);
}
