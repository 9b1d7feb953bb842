/* 7 of 7: the story, in sentences that hold nothing but the record. */
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/experiment.h"
#include "bot/retro_compose.h"

#define FEELINGS_SHOWN 3

/* "at 02:44"; with its day, where that is another than `since_ms` was. */
static const char *at_since(const struct retro_part *part, int64_t at_ms,
                            int64_t since_ms)
{
    const char *zone = part->record->zone;
    const char *clock = note_time_bare(part->arena, at_ms, zone);

    return retro_is_same_day(part, at_ms, since_ms)
               ? arena_printf(part->arena, "at %s", clock)
               : arena_printf(part->arena, "on %s at %s",
                              time_day(part->arena, at_ms, zone), clock);
}

/* `tove: "what she filled in"`; NULL where she has not. */
static const char *told_by(const struct retro_part *part, const char *who)
{
    const struct retro_fill *fill = retro_fill_of(part, who);

    return fill == NULL || part->is_first_round
               ? NULL
               : arena_printf(part->arena, "%s: %s", retro_name(part, who),
                              retro_quote(part, fill->text));
}

static void begin(struct retro_part *part)
{
    const struct retro_record *record = part->record;
    const struct incident *incident = record->incident;
    const char *noticed = "", *declarer = retro_name(part, record->declarer);
    bool has_start = incident->started_ms != TIME_NONE;
    const char *day = time_day_long(
        part->arena, has_start ? incident->started_ms : incident->declared_ms,
        record->zone);

    retro_line(part, told_by(part, record->declarer), record->declarer,
               arena_printf(part->arena,
                            "one sentence on how %s on an ordinary %s, to begin the "
                            "story.",
                            incident->service == NULL
                                ? "things are"
                                : arena_printf(part->arena, "%s is",
                                               retro_words(part, incident->service)),
                            retro_day_or_night(part)));
    if (!has_start) {
        retro_line(part,
                   arena_printf(part->arena,
                                "On %s %s declared it at %s, with %s. When it began is "
                                "not known.",
                                day, declarer, retro_when(part, incident->declared_ms),
                                retro_declared_as(part)),
                   NULL, NULL);
        return;
    }
    if (incident->detected_ms != TIME_NONE) {
        noticed =
            arena_printf(part->arena, " and was noticed %s",
                         at_since(part, incident->detected_ms, incident->started_ms));
    }
    retro_line(part,
               arena_printf(part->arena,
                            "On %s it began at %s%s. %s declared it %s, with %s.", day,
                            note_time(part->arena, incident->started_ms, record->zone),
                            noticed, declarer,
                            at_since(part, incident->declared_ms, incident->started_ms),
                            retro_declared_as(part)),
               NULL, NULL);
}

/* Two sentences on a line; either may be "". */
static void say_both(struct retro_part *part, const char *one, const char *other)
{
    retro_line(part,
               arena_printf(part->arena, "%s%s%s", one,
                            *one != '\0' && *other != '\0' ? " " : "", other),
               NULL, NULL);
}

/* Who was hit, and what they were told. */
static void told(struct retro_part *part)
{
    const struct updates *outside = &part->record->outside;

    say_both(
        part,
        part->record->hit == NULL ? ""
                                  : arena_printf(part->arena, "Users hit: %s.",
                                                 retro_words(part, part->record->hit)),
        outside->count == 0 ? ""
                            : arena_printf(part->arena, "%s users were told: %s",
                                           retro_begin_at(part, outside->all[0].at_ms),
                                           retro_quote(part, outside->all[0].text)));
}

static const char *severity_words(const struct retro_part *part,
                                  const struct entry *entry)
{
    struct retro_severity severity = retro_severity_read(part, entry);
    const char *who = retro_name(part, entry->handle);
    const char *when = retro_begin_at(part, entry->at_ms);
    const char *why =
        severity.why == NULL
            ? ""
            : arena_printf(part->arena, ": %s", retro_quote(part, severity.why));

    return severity.by_judgement
               ? arena_printf(part->arena, "%s %s's judgement made it %s%s.", when, who,
                              severity.level, why)
               : arena_printf(part->arena, "%s %s put it at %s%s.", when, who,
                              severity.level, why);
}

/* The first commander, or the last one; NULL where there was none. */
static const struct hold *lead_find(const struct retro_record *record, bool last)
{
    const struct hold *found = NULL;

    for (size_t i = 0; i < record->holds.count; i++) {
        const struct hold *hold = &record->holds.all[i];

        if (text_equal(hold->role, record->commander) && (last || found == NULL)) {
            found = hold;
        }
    }
    return found;
}

static const char *led_words(const struct retro_part *part, const struct hold *hold)
{
    return hold == NULL ? ""
                        : arena_printf(part->arena, "%s led from %s.",
                                       retro_name(part, hold->handle),
                                       retro_when_bare(part, hold->from_ms));
}

static const char *escalated_words(const struct retro_part *part)
{
    const struct pages *pages = &part->record->pages;

    for (size_t i = 0; i < pages->count; i++) {
        const struct page *page = &pages->all[i];

        if (page->is_escalation) {
            return page->answerer == NULL
                       ? arena_printf(part->arena, "%s escalated %s.",
                                      retro_name(part, page->asker),
                                      retro_at(part, page->made_ms))
                       : arena_printf(part->arena, "%s escalated %s, and %s came %s.",
                                      retro_name(part, page->asker),
                                      retro_at(part, page->made_ms),
                                      retro_name(part, page->answerer),
                                      retro_at(part, page->answered_ms));
        }
    }
    return "";
}

/* The first and the last word on severity; in between, how often it changed. */
static void course(struct retro_part *part)
{
    const struct entries *severities = &part->record->severities;
    const char *last = "";

    say_both(part, led_words(part, lead_find(part->record, false)),
             severities->count == 0 ? "" : severity_words(part, &severities->all[0]));
    if (severities->count > 1) {
        last = severity_words(part, &severities->all[severities->count - 1]);
    }
    if (severities->count > 2) {
        last = arena_printf(part->arena, "%s It was set %zu times in all.", last,
                            severities->count);
    }
    say_both(part, last, escalated_words(part));
}

static const char *wrote(const struct retro_part *part, const struct entry *pin)
{
    return arena_printf(part->arena, "%s %s wrote: %s.",
                        retro_begin_at(part, pin->at_ms), retro_name(part, pin->handle),
                        retro_quote(part, pin->text));
}

/* The first and the last. */
static void found(struct retro_part *part)
{
    const struct entries *pins = &part->record->pins;
    const struct entry *first = NULL, *last = NULL;

    for (size_t i = 0; i < pins->count; i++) {
        if (retro_is_pin(&pins->all[i])) {
            first = first == NULL ? &pins->all[i] : first;
            last = &pins->all[i];
        }
    }
    if (first != NULL) {
        say_both(part, wrote(part, first), last == first ? "" : wrote(part, last));
    }
}

/* ", after 1 h 19 min", or in full ", 2 h 18 min after the start"; "" where that is not
 * known. */
static const char *after_start(const struct retro_part *part, int64_t at_ms,
                               bool in_full)
{
    int64_t started_ms = part->record->incident->started_ms;

    return started_ms == TIME_NONE || at_ms < started_ms
               ? ""
               : arena_printf(part->arena, ", %s%s%s", in_full ? "" : "after ",
                              time_span(part->arena, at_ms - started_ms),
                              in_full ? " after the start" : "");
}

/* The last two experiments: what was tried, and how it went. */
static void tried(struct retro_part *part)
{
    const struct tries *tries = &part->record->tries;
    struct text line;

    text_init(&line, part->arena);
    for (size_t i = tries->count > 2 ? tries->count - 2 : 0; i < tries->count; i++) {
        const struct try *try = &tries->all[i];

        text_addf(&line, "%s%s %s tried: %s. %s", line.length_bytes == 0 ? "" : " ",
                  retro_begin_at(part, try->made_ms), retro_name(part, try->handle),
                  retro_quote(part, try->text),
                  try->outcome == TRY_OPEN
                      ? "How it went is not known."
                      : retro_sentence(part, experiment_outcome(part->arena, try)));
    }
    retro_line(part, line.data, NULL, NULL);
}

/* The last two changes, and when it was mitigated: on one line. */
static void changed(struct retro_part *part)
{
    const struct entries *changes = &part->record->changes;
    const struct incident *incident = part->record->incident;
    const char *mitigated = "";
    struct text line;

    text_init(&line, part->arena);
    if (incident->mitigated_ms != TIME_NONE) {
        mitigated = arena_printf(part->arena, "It was mitigated %s%s.",
                                 retro_at(part, incident->mitigated_ms),
                                 after_start(part, incident->mitigated_ms, false));
    }
    for (size_t i = changes->count > 2 ? changes->count - 2 : 0; i < changes->count;
         i++) {
        text_addf(&line, "%sThe change %s: %s.", line.length_bytes == 0 ? "" : " ",
                  retro_at(part, changes->all[i].at_ms),
                  retro_quote(part, changes->all[i].text));
    }
    say_both(part, line.data, mitigated);
}

static const char *resolved_words(const struct retro_part *part)
{
    const struct entries *states = &part->record->states;
    const struct incident *incident = part->record->incident;
    const char *who = NULL;

    for (size_t i = 0; i < states->count; i++) {
        if (text_starts(states->all[i].text, "resolved")) {
            who = states->all[i].handle;
        }
    }
    if (incident->resolved_ms == TIME_NONE) {
        return "It is not resolved yet.";
    }
    return arena_printf(part->arena, "%s resolved it %s%s%s.", retro_name(part, who),
                        retro_at(part, incident->resolved_ms),
                        text_is_empty(incident->resolved_text) ? "" : ": ",
                        text_is_empty(incident->resolved_text)
                            ? ""
                            : retro_quote(part, incident->resolved_text));
}

/* Who led afterwards, and how it ended. */
static void end(struct retro_part *part)
{
    const struct incident *incident = part->record->incident;
    const struct hold *last = lead_find(part->record, true);
    struct text line;

    if (last == lead_find(part->record, false)) {
        last = NULL;
    }
    text_init(&line, part->arena);
    text_addf(&line, "%s%s", led_words(part, last), last == NULL ? "" : " ");
    if (incident->normal_ms != TIME_NONE) {
        text_addf(&line, "All was normal %s%s%s", retro_at(part, incident->normal_ms),
                  after_start(part, incident->normal_ms, true),
                  incident->resolved_ms == TIME_NONE ? ". " : "; ");
    }
    text_add(&line, resolved_words(part));
    retro_line(part, line.data, NULL, NULL);
}

/* What surprised, and how it felt: the last of each, and nobody's name for a feeling.
 */
static void learned(struct retro_part *part)
{
    const struct lessons *surprises = &part->record->surprises;
    const struct entries *feelings = &part->record->feelings;
    const char *surprise = "";
    struct text felt;

    text_init(&felt, part->arena);
    if (surprises->count > 0) {
        const struct lesson *last = &surprises->all[surprises->count - 1];

        surprise =
            arena_printf(part->arena, "What surprised %s: %s.",
                         retro_name(part, last->handle), retro_quote(part, last->text));
    }
    for (size_t i = feelings->count > FEELINGS_SHOWN ? feelings->count - FEELINGS_SHOWN
                                                     : 0;
         i < feelings->count; i++) {
        text_addf(&felt, "%s %s", felt.length_bytes == 0 ? "Somebody felt:" : ",",
                  retro_quote(part, feelings->all[i].text));
    }
    if (felt.length_bytes > 0) {
        text_add(&felt, ".");
    }
    say_both(part, surprise, felt.data);
}

void retro_narrative(struct retro_part *part)
{
    begin(part);
    told(part);
    course(part);
    found(part);
    tried(part);
    changed(part);
    end(part);
    learned(part);
    retro_line(part, NULL, part->record->last_lead,
               arena_printf(part->arena,
                            "what should the next one who leads such a %s know?",
                            retro_day_or_night(part)));
}
