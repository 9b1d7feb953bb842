/* 3 of 7: the key moments. Where there are more than fit, each kind keeps some. */
#include <stdlib.h>
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/retro_compose.h"

#define LINES_SHOWN 9
#define WAIT_LONG   (3 * TIME_MINUTE_MS)

enum rank { RANK_MOMENT, RANK_PIN, RANK_CHANGE, RANK_SEVERITY, RANK_LEAD, RANK_REST };

struct item {
    int64_t at_ms;
    size_t order; /* of the same moment: as they were added */
    const char *text;
    bool is_alone; /* on a line of its own */
    enum rank rank;
};

struct items {
    struct retro_part *part;
    struct item *all;
    size_t count;
};

static void add(struct items *items, int64_t at_ms, const char *text, bool is_alone,
                enum rank rank)
{
    if (at_ms != TIME_NONE) {
        items->all[items->count] =
            (struct item){at_ms, items->count, text, is_alone, rank};
        items->count += 1;
    }
}

static void add_moments(struct items *items)
{
    const struct incident *incident = items->part->record->incident;

    add(items, incident->started_ms, PHRASE("started"), true, RANK_MOMENT);
    add(items, incident->detected_ms, PHRASE("detected"), true, RANK_MOMENT);
    add(items, incident->declared_ms,
        arena_printf(items->part->arena, "%s declared, %s",
                     retro_name(items->part, items->part->record->declarer),
                     retro_declared_as(items->part)),
        false, RANK_MOMENT);
    add(items, incident->mitigated_ms, PHRASE("mitigated"), false, RANK_MOMENT);
    add(items, incident->normal_ms, PHRASE("normal"), false, RANK_MOMENT);
}

/* Beside the moments above, which may have been set to another time. */
static void add_states(struct items *items)
{
    const struct entries *states = &items->part->record->states;

    for (size_t i = 0; i < states->count; i++) {
        const struct entry *entry = &states->all[i];
        size_t length = strcspn(entry->text, ":");
        const char *state = arena_copy_n(items->part->arena, entry->text, length);

        if (text_equal(state, "resolved")) {
            add(items, entry->at_ms, state, false, RANK_MOMENT);
        } else if (text_equal(state, "reopened") || text_equal(state, "cancelled") ||
                   text_equal(state, "confirmed")) {
            add(items, entry->at_ms,
                arena_printf(items->part->arena, "%s, %s%s", state,
                             retro_name(items->part, entry->handle),
                             retro_words(items->part, entry->text + length)),
                entry->text[length] != '\0', RANK_MOMENT);
        }
    }
}

static void add_roles(struct items *items)
{
    const struct retro_record *record = items->part->record;

    for (size_t i = 0; i < record->holds.count; i++) {
        const struct hold *hold = &record->holds.all[i];
        bool leads = text_equal(hold->role, record->commander);

        add(items, hold->from_ms,
            arena_printf(
                items->part->arena, "%s %s", retro_name(items->part, hold->handle),
                leads ? PHRASE("leads") : retro_words(items->part, hold->role)),
            false, leads ? RANK_LEAD : RANK_REST);
    }
}

static void add_severities(struct items *items)
{
    struct retro_part *part = items->part;
    const struct entries *severities = &part->record->severities;

    for (size_t i = 0; i < severities->count; i++) {
        const struct entry *entry = &severities->all[i];
        struct retro_severity severity = retro_severity_read(part, entry);

        add(items, entry->at_ms,
            arena_printf(part->arena, "%s, %s%s%s%s", severity.level,
                         severity.by_judgement ? PHRASE("judgement of ") : "",
                         retro_name(part, entry->handle),
                         severity.why == NULL ? "" : ": ",
                         severity.why == NULL ? "" : retro_words(part, severity.why)),
            severity.why != NULL, RANK_SEVERITY);
    }
}

static void add_escalations(struct items *items)
{
    struct retro_part *part = items->part;
    const struct pages *pages = &part->record->pages;

    for (size_t i = 0; i < pages->count; i++) {
        const struct page *page = &pages->all[i];

        if (!page->is_escalation) {
            continue;
        }
        add(items, page->made_ms,
            arena_printf(part->arena, "%s escalated", retro_name(part, page->asker)),
            false, RANK_REST);
        if (page->answerer != NULL) {
            add(items, page->answered_ms,
                arena_printf(part->arena, "%s said yes",
                             retro_name(part, page->answerer)),
                false, RANK_REST);
        }
    }
}

static void add_entries(struct items *items)
{
    struct retro_part *part = items->part;
    const struct retro_record *record = part->record;

    for (size_t i = 0; i < record->pins.count; i++) {
        const struct entry *pin = &record->pins.all[i];

        if (retro_is_pin(pin)) {
            add(items, pin->at_ms,
                arena_printf(part->arena, "%s: %s", retro_name(part, pin->handle),
                             retro_quote(part, pin->text)),
                true, RANK_PIN);
        }
    }
    for (size_t i = 0; i < record->changes.count; i++) {
        const struct entry *change = &record->changes.all[i];

        add(items, change->at_ms,
            arena_printf(part->arena, "change, %s: %s",
                         retro_name(part, change->handle),
                         retro_words(part, change->text)),
            true, RANK_CHANGE);
    }
}

static int by_time(const void *left, const void *right)
{
    const struct item *a = left, *b = right;

    if (a->at_ms != b->at_ms) {
        return a->at_ms < b->at_ms ? -1 : 1;
    }
    return (a->order > b->order) - (a->order < b->order);
}

static struct items gather(struct retro_part *part)
{
    const struct retro_record *record = part->record;
    struct items items = {.part = part};

    items.all = ARENA_ARRAY(part->arena, struct item,
                            8 + record->states.count + record->holds.count +
                                record->severities.count + 2 * record->pages.count +
                                record->pins.count + record->changes.count);
    add_moments(&items);
    add_states(&items);
    add_roles(&items);
    add_severities(&items);
    add_escalations(&items);
    add_entries(&items);
    qsort(items.all, items.count, sizeof(*items.all), by_time);
    return items;
}

/* Does this item go on in the line of the one before? */
static bool is_joined(const struct items *items, size_t i)
{
    return i > 0 && !items->all[i].is_alone && !items->all[i - 1].is_alone &&
           retro_is_same_day(items->part, items->all[i].at_ms, items->all[i - 1].at_ms);
}

static size_t count_lines(const struct items *items)
{
    size_t lines = 0;

    for (size_t i = 0; i < items->count; i++) {
        lines += is_joined(items, i) ? 0 : 1;
    }
    return lines;
}

/* The kind that has most, moments apart: so that none is crowded out by another. */
static enum rank crowd(const struct items *items)
{
    size_t counts[RANK_REST + 1] = {0};
    enum rank most = RANK_MOMENT;

    for (size_t i = 0; i < items->count; i++) {
        counts[items->all[i].rank] += 1;
    }
    for (size_t rank = RANK_MOMENT + 1; rank <= RANK_REST; rank++) {
        if (counts[rank] > 0 && (most == RANK_MOMENT || counts[rank] >= counts[most])) {
            most = (enum rank)rank;
        }
    }
    return most;
}

/* The middle one of a kind: the first and the last tell more. */
static size_t middle(const struct items *items, enum rank rank)
{
    size_t count = 0, seen = 0;

    for (size_t i = 0; i < items->count; i++) {
        count += items->all[i].rank == rank ? 1 : 0;
    }
    for (size_t i = 0; i < items->count; i++) {
        if (items->all[i].rank == rank && seen++ == count / 2) {
            return i;
        }
    }
    return 0;
}

/* Takes items out until the rest fits: how many. */
static size_t thin_out(struct items *items)
{
    size_t taken = 0;

    while (items->count > 1 && count_lines(items) > LINES_SHOWN - (taken > 0 ? 1 : 0)) {
        size_t at = middle(items, crowd(items));

        memmove(&items->all[at], &items->all[at + 1],
                (items->count - at - 1) * sizeof(*items->all));
        items->count -= 1;
        taken += 1;
    }
    return taken;
}

static void show(struct items *items)
{
    struct retro_part *part = items->part;
    struct text line;
    int64_t day_ms = part->record->incident->declared_ms;

    text_init(&line, part->arena);
    for (size_t i = 0; i < items->count; i++) {
        const struct item *item = &items->all[i];
        bool is_new_day = !retro_is_same_day(part, day_ms, item->at_ms);

        if (i > 0 && !is_joined(items, i)) {
            note_line(part->note, "%s", line.data);
            text_init(&line, part->arena);
        }
        text_addf(
            &line, "%s%s%s%s %s", is_joined(items, i) ? "; " : "",
            is_new_day ? time_day(part->arena, item->at_ms, part->record->zone) : "",
            is_new_day ? ", " : "",
            note_time_bare(part->arena, item->at_ms, part->record->zone), item->text);
        day_ms = item->at_ms;
    }
    note_line(part->note, "%s", line.data);
}

static int64_t wait_of(const struct retro_record *record, size_t i)
{
    const struct task *task = &record->tasks.all[i];

    if (task->acked_ms == TIME_NONE || record->offers[i].count == 0) {
        return 0;
    }
    return task->acked_ms - record->offers[i].all[0].offered_ms;
}

/* The task that waited longest for its yes, if it was long. */
static void add_wait(struct retro_part *part)
{
    const struct retro_record *record = part->record;
    size_t at = record->tasks.count;

    for (size_t i = 0; i < record->tasks.count; i++) {
        if (wait_of(record, i) >= WAIT_LONG &&
            (at == record->tasks.count || wait_of(record, i) > wait_of(record, at))) {
            at = i;
        }
    }
    if (at == record->tasks.count) {
        return;
    }
    retro_line(part,
               arena_printf(part->arena,
                            "Waits: task %lld took %s from first offer to yes%s%s%s.",
                            (long long)record->tasks.all[at].n,
                            time_span(part->arena, wait_of(record, at)),
                            record->offers[at].count > 1 ? PHRASE(", over ") : "",
                            record->offers[at].count > 1
                                ? retro_count(part, record->offers[at].count)
                                : "",
                            record->offers[at].count > 1 ? PHRASE(" people") : ""),
               record->first_lead, PHRASE("what would have made it quicker?"));
}

/* Since when it was better, and all well, belongs to the story once it is over. */
static void ask_moments(struct retro_part *part)
{
    const struct incident *incident = part->record->incident;
    bool is_mitigated = incident->mitigated_ms != TIME_NONE;
    bool is_normal = incident->normal_ms != TIME_NONE;

    if (incident_is_open(incident) || (is_mitigated && is_normal)) {
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

void retro_timeline(struct retro_part *part)
{
    struct items items = gather(part);
    size_t taken = thin_out(&items);

    show(&items);
    if (taken > 0) {
        note_line(part->note, "And %zu more key moment%s.", taken,
                  taken == 1 ? "" : "s");
    }
    add_wait(part);
    ask_moments(part);
}
