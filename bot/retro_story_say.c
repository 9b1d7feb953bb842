/* The sentences of the story: one for each kind of thing that is told. */
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/experiment.h"
#include "bot/retro_story.h"

/* "at 02:44"; with its day, where that is another than `since_ms` was. */
const char *retro_at_since(const struct retro_part *part, int64_t at_ms,
                           int64_t since_ms)
{
    const char *zone = part->record->zone;
    const char *clock = note_time_bare(part->arena, at_ms, zone);

    return retro_is_same_day(part, at_ms, since_ms)
               ? arena_printf(part->arena, "at %s", clock)
               : arena_printf(part->arena, "on %s at %s",
                              time_day(part->arena, at_ms, zone), clock);
}

/* Likewise, at the beginning of a sentence. */
static const char *begin_at(const struct retro_part *part, int64_t at_ms,
                            int64_t since_ms)
{
    return text_sentence(part->arena, retro_at_since(part, at_ms, since_ms));
}

/* What a sentence is made with: its thing, and when the story was last. */
struct sentence {
    const struct retro_part *part;
    const void *row;
    int64_t at_ms, since_ms;
};

/* "From 09:11 to 09:30 bo led while ana rested." */
static const char *say_covered(const struct sentence *sentence, const char *rested)
{
    const struct retro_part *part = sentence->part;
    const struct hold *hold = sentence->row;
    const char *zone = part->record->zone;
    const char *begin = note_time_bare(part->arena, hold->from_ms, zone);
    const char *span =
        hold->to_ms == TIME_NONE
            ? begin
            : arena_printf(part->arena, "%s to %s", begin,
                           note_time_bare(part->arena, hold->to_ms, zone));
    const char *who = retro_name(part, hold->handle);

    rested = retro_name(part, rested);
    return retro_is_same_day(part, hold->from_ms, sentence->since_ms)
               ? arena_printf(part->arena, "From %s %s led while %s rested.", span, who,
                              rested)
               : arena_printf(part->arena, "On %s, from %s, %s led while %s rested.",
                              time_day(part->arena, hold->from_ms, zone), span, who,
                              rested);
}

static const char *say_led(const struct sentence *sentence)
{
    const struct retro_part *part = sentence->part;
    const struct hold *hold = sentence->row;
    const char *rested =
        retro_covered(part->record, (size_t)(hold - part->record->holds.all));

    if (rested != NULL) {
        return say_covered(sentence, rested);
    }
    const char *zone = part->record->zone;
    const char *name = retro_name(part, hold->handle);
    const char *clock = note_time_bare(part->arena, hold->from_ms, zone);

    return retro_is_same_day(part, hold->from_ms, sentence->since_ms)
               ? arena_printf(part->arena, "%s led from %s.", name, clock)
               : arena_printf(part->arena, "On %s, from %s, %s led.",
                              time_day(part->arena, hold->from_ms, zone), clock, name);
}

static const char *say_severity(const struct sentence *sentence)
{
    const struct retro_part *part = sentence->part;
    const struct entry *entry = sentence->row;
    struct retro_severity severity = retro_severity_read(part, entry);
    const char *who = retro_name(part, entry->handle);
    const char *when = begin_at(part, entry->at_ms, sentence->since_ms);
    const char *why =
        severity.why == NULL
            ? ""
            : arena_printf(part->arena, ": %s",
                           severity.by_sum ? retro_words(part, severity.why)
                                           : retro_said(part, severity.why));
    const char *stop = severity.why == NULL || severity.by_sum ? "." : "";

    return severity.by_judgement
               ? arena_printf(part->arena, "%s %s's judgement made it %s%s%s", when,
                              who, severity.level, why, stop)
               : arena_printf(part->arena, "%s %s put it at %s%s%s", when, who,
                              severity.level, why, stop);
}

static const char *say_told(const struct sentence *sentence)
{
    const struct retro_part *part = sentence->part;
    const struct update *update = sentence->row;

    return arena_printf(part->arena, "%s users were told: %s",
                        begin_at(part, update->at_ms, sentence->since_ms),
                        retro_said(part, update->text));
}

static const char *say_escalated(const struct sentence *sentence)
{
    const struct retro_part *part = sentence->part;
    const struct page *page = sentence->row;
    const char *who = retro_name(part, page->asker);
    const char *when = retro_at_since(part, page->made_ms, sentence->since_ms);

    return page->answerer == NULL
               ? arena_printf(part->arena, "%s escalated %s.", who, when)
               : arena_printf(part->arena, "%s escalated %s, and %s came %s.", who,
                              when, retro_name(part, page->answerer),
                              retro_at_since(part, page->answered_ms, page->made_ms));
}

static const char *say_wrote(const struct sentence *sentence)
{
    const struct retro_part *part = sentence->part;
    const struct entry *pin = sentence->row;

    return arena_printf(part->arena, "%s %s wrote: %s",
                        begin_at(part, pin->at_ms, sentence->since_ms),
                        retro_name(part, pin->handle), retro_said(part, pin->text));
}

/* Without its name: it may have made things worse. */
static const char *say_tried(const struct sentence *sentence)
{
    const struct retro_part *part = sentence->part;
    const struct try *try = sentence->row;

    return arena_printf(
        part->arena, "Tried %s: %s %s",
        retro_at_since(part, try->made_ms, sentence->since_ms),
        retro_said(part, try->text),
        try->outcome == TRY_OPEN
            ? PHRASE("How it went is not known.")
            : retro_sentence(part, experiment_outcome(part->arena, try)));
}

static const char *say_changed(const struct sentence *sentence)
{
    const struct retro_part *part = sentence->part;
    const struct entry *change = sentence->row;

    return arena_printf(part->arena, "The change %s: %s",
                        retro_at_since(part, change->at_ms, sentence->since_ms),
                        retro_said(part, change->text));
}

/* ", after 1 h 19 min", or in full ", 2 h 18 min after the start"; "" where that is not
 * known. */
static const char *after_start(const struct retro_part *part, int64_t at_ms,
                               bool in_full)
{
    int64_t started_ms = part->record->incident->started_ms;
    const char *span;

    if (started_ms == TIME_NONE || at_ms < started_ms) {
        return "";
    }
    span = time_span(part->arena, at_ms - started_ms);
    return in_full ? arena_printf(part->arena, ", %s after the start", span)
                   : arena_printf(part->arena, ", after %s", span);
}

/* ": "we rolled back"."; "." where nothing more was said. The entry may be NULL. */
static const char *what_was_said(const struct retro_part *part,
                                 const struct entry *entry)
{
    const char *text = entry == NULL ? "" : entry->text;
    const char *said = text + strcspn(text, ":");

    said += strspn(said, ": ");
    return *said == '\0' ? "."
                         : arena_printf(part->arena, ": %s", retro_said(part, said));
}

static const char *say_mitigated(const struct sentence *sentence)
{
    const struct retro_part *part = sentence->part;

    return arena_printf(part->arena, "It was mitigated %s%s%s",
                        retro_at_since(part, sentence->at_ms, sentence->since_ms),
                        after_start(part, sentence->at_ms, false),
                        what_was_said(part, sentence->row));
}

static const char *say_normal(const struct sentence *sentence)
{
    const struct retro_part *part = sentence->part;

    return arena_printf(part->arena, "All was normal %s%s%s",
                        retro_at_since(part, sentence->at_ms, sentence->since_ms),
                        after_start(part, sentence->at_ms, true),
                        what_was_said(part, sentence->row));
}

/* "wen resolved it at 04:38: "all orders confirmed"."; likewise reopened, cancelled. */
static const char *say_ended(const struct sentence *sentence)
{
    const struct retro_part *part = sentence->part;
    const struct entry *state = sentence->row;
    size_t length = strcspn(state->text, ": "); /* "closed as a duplicate" */

    return arena_printf(part->arena, "%s %.*s it %s%s", retro_name(part, state->handle),
                        (int)length, state->text,
                        retro_at_since(part, state->at_ms, sentence->since_ms),
                        what_was_said(part, state));
}

static const char *(*const says[])(const struct sentence *sentence) = {
    [STORY_LED] = say_led,         [STORY_SEVERITY] = say_severity,
    [STORY_TOLD] = say_told,       [STORY_ESCALATED] = say_escalated,
    [STORY_WROTE] = say_wrote,     [STORY_TRIED] = say_tried,
    [STORY_CHANGED] = say_changed, [STORY_MITIGATED] = say_mitigated,
    [STORY_NORMAL] = say_normal,   [STORY_ENDED] = say_ended,
};

const char *retro_story_sentence(const struct retro_part *part,
                                 const struct retro_date *date, int64_t since_ms)
{
    const struct sentence sentence = {part, date->row, date->at_ms, since_ms};

    return says[date->kind](&sentence);
}
