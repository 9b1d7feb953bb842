/* The middle of the story: dated sentences in the order in which it went, whoever and
 * whatever they tell of. */
#include "bot/retro_story.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define LINE_FULL   200 /* runes; what is longer gets no further sentence */
#define LINES       7
#define LINES_FULL  200 /* in a document, where nothing has to be left out */
#define A_LINE      3   /* sentences, at most worth trying */
#define COVER_SHORT (5 * TIME_MINUTE_MS)

/* Whoever covers for a break says for how long, so that coming back needs no word; a
 * short one is no part of the story. */
static bool is_told(const struct retro_record *record, size_t i)
{
    const struct hold *hold = &record->holds.all[i];

    if (retro_covered(record, i) == NULL) {
        return retro_came_back(record, i) == NULL;
    }
    return hold->to_ms == TIME_NONE || hold->to_ms - hold->from_ms >= COVER_SHORT;
}

static void add_leads(struct retro_dates *dates)
{
    const struct retro_record *record = dates->part->record;

    for (size_t i = 0; i < record->holds.count; i++) {
        const struct hold *hold = &record->holds.all[i];

        if (text_equal(hold->role, record->commander) && is_told(record, i)) {
            retro_dates_add(dates,
                            (struct retro_date){.at_ms = hold->from_ms,
                                                .kind = STORY_LED,
                                                .weight = retro_lead_weight(record, i),
                                                .row = hold});
        }
    }
}

static void add_severities(struct retro_dates *dates)
{
    const struct entries *severities = &dates->part->record->severities;
    int rank = retro_severity_start(dates->part);

    for (size_t i = 0; i < severities->count; i++) {
        const struct entry *entry = &severities->all[i];
        struct retro_severity severity = retro_severity_read(dates->part, entry);
        enum retro_weight weight = retro_severity_weight(dates->part, &severity, &rank);

        retro_dates_add(dates, (struct retro_date){.at_ms = entry->at_ms,
                                                   .kind = STORY_SEVERITY,
                                                   .weight = weight,
                                                   .row = entry});
    }
}

/* The first word to users belongs to the story; the last says more than those between.
 */
static enum retro_weight told_weight(size_t i, size_t count)
{
    return i == 0 ? RETRO_HEAVY : i + 1 == count ? RETRO_MEDIUM : RETRO_LIGHT;
}

static void add_told(struct retro_dates *dates)
{
    const struct updates *outside = &dates->part->record->outside;

    for (size_t i = 0; i < outside->count; i++) {
        retro_dates_add(dates,
                        (struct retro_date){.at_ms = outside->all[i].at_ms,
                                            .kind = STORY_TOLD,
                                            .weight = told_weight(i, outside->count),
                                            .row = &outside->all[i]});
    }
}

static void add_escalations(struct retro_dates *dates)
{
    const struct pages *pages = &dates->part->record->pages;

    for (size_t i = 0; i < pages->count; i++) {
        if (pages->all[i].is_escalation) {
            retro_dates_add(dates, (struct retro_date){.at_ms = pages->all[i].made_ms,
                                                       .kind = STORY_ESCALATED,
                                                       .weight = RETRO_MEDIUM,
                                                       .row = &pages->all[i]});
        }
    }
}

static void add_found(struct retro_dates *dates)
{
    const struct retro_record *record = dates->part->record;

    for (size_t i = 0; i < record->pins.count; i++) {
        const struct entry *pin = &record->pins.all[i];

        if (retro_is_pin(pin)) {
            retro_dates_add(dates, (struct retro_date){.at_ms = pin->at_ms,
                                                       .kind = STORY_WROTE,
                                                       .weight = RETRO_HEAVY,
                                                       .row = pin});
        }
    }
    for (size_t i = 0; i < record->tries.count; i++) {
        retro_dates_add(dates,
                        (struct retro_date){.at_ms = record->tries.all[i].made_ms,
                                            .kind = STORY_TRIED,
                                            .weight = RETRO_HEAVY,
                                            .row = &record->tries.all[i]});
    }
}

static void add_changes(struct retro_dates *dates)
{
    const struct entries *changes = &dates->part->record->changes;
    size_t worked = retro_change_that_worked(dates->part->record);

    for (size_t i = 0; i < changes->count; i++) {
        retro_dates_add(dates, (struct retro_date){.at_ms = changes->all[i].at_ms,
                                                   .kind = STORY_CHANGED,
                                                   .weight = i == worked ? RETRO_MEDIUM
                                                                         : RETRO_LIGHT,
                                                   .row = &changes->all[i]});
    }
}

static bool is_end(const struct entry *state)
{
    return text_starts(state->text, "resolved") ||
           text_starts(state->text, "reopened") ||
           text_starts(state->text, "cancelled") || text_starts(state->text, "closed");
}

/* What was said with a moment that still holds; NULL: it was set without a line. */
static const struct entry *moment_entry(const struct retro_record *record,
                                        const char *name, int64_t at_ms)
{
    for (size_t i = record->moments.count; i > 0; i--) {
        const struct entry *entry = &record->moments.all[i - 1];

        if (entry->at_ms == at_ms && text_starts(entry->text, name)) {
            return entry;
        }
    }
    return NULL;
}

static void add_moment(struct retro_dates *dates, const char *name, int64_t at_ms,
                       enum retro_story_kind kind)
{
    retro_dates_add(dates, (struct retro_date){
                               .at_ms = at_ms,
                               .kind = (int)kind,
                               .weight = RETRO_FIXED,
                               .row = moment_entry(dates->part->record, name, at_ms)});
}

static void add_moments(struct retro_dates *dates)
{
    const struct retro_record *record = dates->part->record;

    add_moment(dates, "mitigated", record->incident->mitigated_ms, STORY_MITIGATED);
    add_moment(dates, "normal", record->incident->normal_ms, STORY_NORMAL);
    for (size_t i = 0; i < record->moments.count; i++) {
        const struct entry *moment = &record->moments.all[i];
        bool is_normal = text_starts(moment->text, "normal");

        if (retro_was_undone(record, i)) {
            retro_dates_add(
                dates,
                (struct retro_date){.at_ms = moment->at_ms,
                                    .kind = is_normal ? STORY_NORMAL : STORY_MITIGATED,
                                    .weight = RETRO_MEDIUM,
                                    .row = moment});
        }
    }
    for (size_t i = 0; i < record->states.count; i++) {
        const struct entry *state = &record->states.all[i];

        if (is_end(state)) {
            retro_dates_add(dates, (struct retro_date){.at_ms = state->at_ms,
                                                       .kind = STORY_ENDED,
                                                       .weight = RETRO_HEAVY,
                                                       .row = state});
        }
    }
}

/* As it is read: of a mark what it shows. */
static size_t count_runes(const char *line)
{
    size_t count = 0;
    struct note_mark mark;

    while (note_next_mark(&line, &mark)) {
        for (size_t i = 0; i < mark.length_bytes; i++) {
            count += ((unsigned char)mark.text[i] & 0xC0) != 0x80 ? 1 : 0;
        }
    }
    return count;
}

struct page_of {
    const char *lines[LINES_FULL];
    size_t count, max;
};

/* A further sentence, on the last line where it fits. False: there is no room. */
static bool put(struct page_of *page, struct arena *arena, const char *text)
{
    const char *last = page->count == 0 ? NULL : page->lines[page->count - 1];

    if (last != NULL && count_runes(last) + 1 + count_runes(text) <= LINE_FULL) {
        page->lines[page->count - 1] = arena_printf(arena, "%s %s", last, text);
        return true;
    }
    if (page->count == page->max) {
        return false;
    }
    page->lines[page->count++] = text;
    return true;
}

static bool lay_out(const struct retro_dates *dates, struct page_of *page)
{
    const struct retro_part *part = dates->part;
    int64_t since_ms = part->record->incident->declared_ms;

    page->count = 0;
    if (part->record->hit != NULL &&
        !put(page, part->arena,
             arena_printf(part->arena, "Users hit: %s.",
                          retro_words(part, part->record->hit)))) {
        return false;
    }
    for (size_t i = 0; i < dates->count; i++) {
        const struct retro_date *date = &dates->all[i];

        if (!put(page, part->arena, retro_story_sentence(part, date, since_ms))) {
            return false;
        }
        since_ms = date->at_ms;
    }
    return !incident_is_open(part->record->incident) ||
           put(page, part->arena, PHRASE("It is not resolved yet."));
}

void retro_story(struct retro_part *part)
{
    struct retro_dates dates = retro_dates_create(part);
    struct page_of page = {.max = part->record->in_full ? LINES_FULL : LINES};

    add_leads(&dates);
    add_severities(&dates);
    add_escalations(&dates);
    add_found(&dates);
    add_changes(&dates);
    add_moments(&dates);
    add_told(&dates);
    retro_dates_sort(&dates);
    while ((dates.count > A_LINE * page.max || !lay_out(&dates, &page)) &&
           retro_dates_leave_out(&dates, NULL)) {
        page.count = 0;
    }
    for (size_t i = 0; i < page.count; i++) {
        retro_line(part, page.lines[i], NULL, NULL);
    }
}
