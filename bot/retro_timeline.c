/* 3 of 7: the key moments. Where there are more than fit, what weighs most stays. */
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/retro_compose.h"
#include "bot/retro_dates.h"

#define LINES_FULL 30 /* in a document */

/* What crowds what: moments are apart. Of two kinds that weigh the same the earlier one
 * here goes first: what people marked themselves stays longest. */
enum kind { MOMENT, REST, RESULT, SEVERITY, LEAD, STEP, CHANGE, TURN, PIN };

/* A date whose row is its words. */
static void add(struct retro_dates *dates, int64_t at_ms, const char *text,
                bool is_alone, enum kind kind, enum retro_weight weight)
{
    retro_dates_add(dates, (struct retro_date){.at_ms = at_ms,
                                               .kind = (int)kind,
                                               .weight = weight,
                                               .row = text,
                                               .is_alone = is_alone});
}

static void add_moments(struct retro_dates *dates)
{
    const struct retro_part *part = dates->part;
    const struct incident *incident = part->record->incident;
    bool at_once = retro_is_at_once(incident);

    add(dates, incident->started_ms,
        at_once ? PHRASE("started, and detected") : PHRASE("started"), true, MOMENT,
        RETRO_FIXED);
    add(dates, at_once ? TIME_NONE : incident->detected_ms, PHRASE("detected"), true,
        MOMENT, RETRO_FIXED);
    add(dates, incident->declared_ms,
        arena_printf(part->arena, "%s declared, %s",
                     retro_name(part, part->record->declarer), retro_declared_as(part)),
        false, MOMENT, RETRO_FIXED);
    add(dates, incident->mitigated_ms, PHRASE("mitigated"), false, MOMENT, RETRO_FIXED);
    add(dates, incident->normal_ms, PHRASE("normal"), false, MOMENT, RETRO_FIXED);
    for (size_t i = 0; i < part->record->moments.count; i++) {
        const struct entry *moment = &part->record->moments.all[i];

        if (retro_was_undone(part->record, i)) {
            add(dates, moment->at_ms,
                text_starts(moment->text, "normal") ? PHRASE("normal")
                                                    : PHRASE("mitigated"),
                false, MOMENT, RETRO_MEDIUM);
        }
    }
}

static bool is_turn(const char *state)
{
    return text_equal(state, "reopened") || text_equal(state, "cancelled") ||
           text_equal(state, "confirmed") || text_starts(state, "closed");
}

/* Beside the moments above, which may have been set to another time. */
static void add_states(struct retro_dates *dates)
{
    const struct retro_part *part = dates->part;
    const struct entries *states = &part->record->states;

    for (size_t i = 0; i < states->count; i++) {
        const struct entry *entry = &states->all[i];
        size_t length = strcspn(entry->text, ":");
        const char *state = arena_copy_n(part->arena, entry->text, length);
        bool is_over = text_equal(state, "resolved");

        if (is_over || is_turn(state)) {
            add(dates, entry->at_ms,
                is_over ? state
                        : arena_printf(part->arena, "%s, %s%s", state,
                                       retro_name(part, entry->handle),
                                       retro_words(part, entry->text + length)),
                !is_over && entry->text[length] != '\0',
                text_equal(state, "reopened") ? TURN : MOMENT, RETRO_HEAVY);
        }
    }
}

/* "leads"; "leads while ana rests", "leads again": a break is no hand-over. */
static const char *lead_words(const struct retro_part *part, size_t i)
{
    const char *rests = retro_covered(part->record, i);

    if (rests != NULL) {
        return arena_printf(part->arena, "leads while %s rests",
                            retro_name(part, rests));
    }
    return retro_came_back(part->record, i) != NULL ? PHRASE("leads again")
                                                    : PHRASE("leads");
}

static void add_roles(struct retro_dates *dates)
{
    const struct retro_part *part = dates->part;
    const struct retro_record *record = part->record;

    for (size_t i = 0; i < record->holds.count; i++) {
        const struct hold *hold = &record->holds.all[i];
        bool leads = text_equal(hold->role, record->commander);

        if (!leads && retro_goes_on(record, i)) {
            continue;
        }
        add(dates, hold->from_ms,
            arena_printf(part->arena, "%s %s", retro_name(part, hold->handle),
                         leads ? lead_words(part, i) : retro_words(part, hold->role)),
            false, leads ? LEAD : REST, retro_lead_weight(record, i));
    }
}

static void add_severities(struct retro_dates *dates)
{
    const struct retro_part *part = dates->part;
    const struct entries *severities = &part->record->severities;
    int rank = retro_severity_start(part);

    for (size_t i = 0; i < severities->count; i++) {
        const struct entry *entry = &severities->all[i];
        struct retro_severity severity = retro_severity_read(part, entry);
        enum retro_weight weight = retro_severity_weight(part, &severity, &rank);

        add(dates, entry->at_ms,
            arena_printf(part->arena, "%s, %s%s%s%s", severity.level,
                         severity.by_judgement ? PHRASE("judgement of ") : "",
                         retro_name(part, entry->handle),
                         severity.why == NULL ? "" : ": ",
                         severity.why == NULL ? "" : retro_words(part, severity.why)),
            severity.why != NULL, SEVERITY, weight);
    }
}

static void add_escalations(struct retro_dates *dates)
{
    const struct retro_part *part = dates->part;
    const struct pages *pages = &part->record->pages;

    for (size_t i = 0; i < pages->count; i++) {
        const struct page *page = &pages->all[i];

        if (!page->is_escalation) {
            continue;
        }
        add(dates, page->made_ms,
            arena_printf(part->arena, "%s escalated", retro_name(part, page->asker)),
            false, REST, RETRO_MEDIUM);
        if (page->answerer != NULL) {
            add(dates, page->answered_ms,
                arena_printf(part->arena, "%s said yes",
                             retro_name(part, page->answerer)),
                false, REST, RETRO_MEDIUM);
        }
    }
}

static void add_pins(struct retro_dates *dates)
{
    const struct retro_part *part = dates->part;
    const struct entries *pins = &part->record->pins;

    for (size_t i = 0; i < pins->count; i++) {
        const struct entry *pin = &pins->all[i];

        if (retro_is_pin(pin)) {
            add(dates, pin->at_ms,
                arena_printf(part->arena, "%s: %s", retro_name(part, pin->handle),
                             retro_quote(part, pin->text)),
                true, PIN, RETRO_HEAVY);
        }
    }
}

static void add_changes(struct retro_dates *dates)
{
    const struct retro_part *part = dates->part;
    const struct entries *changes = &part->record->changes;
    size_t worked = retro_change_that_worked(part->record);

    for (size_t i = 0; i < changes->count; i++) {
        const struct entry *change = &changes->all[i];

        add(dates, change->at_ms,
            arena_printf(part->arena, "change, %s: %s",
                         retro_name(part, change->handle),
                         retro_words(part, change->text)),
            true, CHANGE, i == worked ? RETRO_HEAVY : RETRO_MEDIUM);
    }
}

/* What was risked tells more than most: a loss may stand right behind it, so that it is
 * told without its name. Who said it aloud stands in the full timeline. */
static void add_steps(struct retro_dates *dates)
{
    const struct retro_part *part = dates->part;
    const struct entries *steps = &part->record->steps;

    for (size_t i = 0; i < steps->count; i++) {
        const struct entry *step = &steps->all[i];

        add(dates, step->at_ms, retro_words(part, step->text), true, STEP, RETRO_HEAVY);
    }
}

/* What a task brought, where that was said. */
static void add_results(struct retro_dates *dates)
{
    const struct retro_part *part = dates->part;
    const struct tasks *tasks = &part->record->tasks;

    for (size_t i = 0; i < tasks->count; i++) {
        const struct task *task = &tasks->all[i];

        if (!text_is_empty(task->result)) {
            add(dates, task->done_ms,
                arena_printf(part->arena, "task %lld done, %s: %s", (long long)task->n,
                             retro_name(part, task->owner),
                             retro_words(part, task->result)),
                true, RESULT, RETRO_MEDIUM);
        }
    }
}

static struct retro_dates gather(struct retro_part *part)
{
    struct retro_dates dates = retro_dates_create(part);

    add_moments(&dates);
    add_states(&dates);
    add_roles(&dates);
    add_severities(&dates);
    add_escalations(&dates);
    add_pins(&dates);
    add_changes(&dates);
    add_steps(&dates);
    add_results(&dates);
    retro_dates_sort(&dates);
    return dates;
}

/* May these two stand on one line? */
static bool may_join(const struct retro_date *before, const struct retro_date *after)
{
    return !after->is_alone && !before->is_alone && after->day == before->day;
}

/* Does this date go on in the line of the one before? */
static bool is_joined(const struct retro_dates *dates, size_t i)
{
    return i > 0 && may_join(&dates->all[i - 1], &dates->all[i]);
}

static size_t count_lines(const struct retro_dates *dates)
{
    size_t lines = 0;

    for (size_t i = 0; i < dates->count; i++) {
        lines += is_joined(dates, i) ? 0 : 1;
    }
    return lines;
}

/* Would there be a line less without it? */
static bool frees_a_line(const struct retro_dates *dates, size_t i)
{
    bool is_last = i + 1 == dates->count;

    return !is_joined(dates, i) &&
           (is_last || !is_joined(dates, i + 1) ||
            (i > 0 && may_join(&dates->all[i - 1], &dates->all[i + 1])));
}

/* What weighs most in its line. */
static enum retro_weight line_weight(const struct retro_dates *dates, size_t i)
{
    enum retro_weight most = RETRO_LIGHT;

    while (is_joined(dates, i)) {
        i--;
    }
    do {
        most = dates->all[i].weight > most ? dates->all[i].weight : most;
        i++;
    } while (i < dates->count && is_joined(dates, i));
    return most;
}

static bool frees_light(const struct retro_dates *dates, size_t i)
{
    return dates->all[i].weight < RETRO_HEAVY && frees_a_line(dates, i);
}

/* Its line weighs little; or it only rides on one that may go, and would keep it. */
static bool is_spare(const struct retro_dates *dates, size_t i)
{
    enum retro_weight most = line_weight(dates, i);

    return most < RETRO_HEAVY ||
           (most < RETRO_FIXED && dates->all[i].weight == RETRO_LIGHT);
}

/* Two that weigh little on one line go before one that weighs much on its own. */
static void thin_out(struct retro_dates *dates, size_t lines_shown)
{
    size_t max = dates->part->record->in_full ? LINES_FULL : lines_shown;
    bool is_thinner = true;

    while (is_thinner && count_lines(dates) > max - (dates->left_out > 0 ? 1 : 0)) {
        is_thinner = retro_dates_leave_out(dates, frees_light) ||
                     retro_dates_leave_out(dates, is_spare) ||
                     retro_dates_leave_out(dates, frees_a_line) ||
                     retro_dates_leave_out(dates, NULL);
    }
}

static void show(const struct retro_dates *dates)
{
    const struct retro_part *part = dates->part;
    const char *zone = part->record->zone;
    int64_t before_ms = part->record->incident->declared_ms;
    struct text line;

    text_init(&line, part->arena);
    for (size_t i = 0; i < dates->count; i++) {
        const struct retro_date *date = &dates->all[i];
        bool is_new_day = !retro_is_same_day(part, before_ms, date->at_ms);

        if (i > 0 && !is_joined(dates, i)) {
            note_line(part->note, "%s", line.data);
            text_init(&line, part->arena);
        }
        text_addf(&line, "%s%s%s%s %s", is_joined(dates, i) ? "; " : "",
                  is_new_day ? time_day(part->arena, date->at_ms, zone) : "",
                  is_new_day ? ", " : "",
                  note_time_bare(part->arena, date->at_ms, zone),
                  (const char *)date->row);
        before_ms = date->at_ms;
    }
    note_line(part->note, "%s", line.data);
}

/* Since when it was better, and all well, belongs to the story once it is over. */
static bool lacks_moments(const struct incident *incident)
{
    return !incident_is_open(incident) &&
           (incident->mitigated_ms == TIME_NONE || incident->normal_ms == TIME_NONE);
}

static void ask_moments(struct retro_part *part)
{
    const struct incident *incident = part->record->incident;
    bool is_mitigated = incident->mitigated_ms != TIME_NONE;
    bool is_normal = incident->normal_ms != TIME_NONE;

    if (!lacks_moments(incident)) {
        return;
    }
    retro_line(
        part,
        is_mitigated ? PHRASE("Not known: normal.")
        : is_normal  ? PHRASE("Not known: mitigated.")
                     : PHRASE("Not known: mitigated, normal."),
        part->record->last_lead,
        arena_printf(
            part->arena, "when was %s? %s",
            is_normal ? PHRASE("the worst over") : PHRASE("all well again"),
            note_command(part->arena, "%s TIME", is_normal ? "mitigated" : "normal")));
}

/* Beside the heading, and what comes behind the moments. */
static size_t room(const struct retro_record *record)
{
    size_t behind =
        retro_waits_lines(record) + (lacks_moments(record->incident) ? 1U : 0U);

    return RETRO_LINES - 1 - behind;
}

void retro_timeline(struct retro_part *part)
{
    struct retro_dates dates = gather(part);

    thin_out(&dates, room(part->record));
    show(&dates);
    if (dates.left_out > 0) {
        note_line(part->note, "And %zu more key moment%s.", dates.left_out,
                  dates.left_out == 1 ? "" : "s");
    }
    retro_waits(part);
    ask_moments(part);
}
