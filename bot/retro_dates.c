#include "bot/retro_dates.h"

#include <stdlib.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"

#define EDGE 8 /* looked at of each kind and weight, at either end */

struct retro_dates retro_dates_create(struct retro_part *part)
{
    return (struct retro_dates){.part = part};
}

void retro_dates_add(struct retro_dates *dates, struct retro_date date)
{
    if (date.at_ms == TIME_NONE) {
        return;
    }
    if (dates->count == dates->capacity) {
        size_t capacity = dates->capacity == 0 ? 32 : 2 * dates->capacity;
        struct retro_date *all =
            ARENA_ARRAY(dates->part->arena, struct retro_date, capacity);

        if (dates->count > 0) {
            memcpy(all, dates->all, dates->count * sizeof(*all));
        }
        dates->all = all;
        dates->capacity = capacity;
    }
    date.order = dates->count;
    dates->all[dates->count++] = date;
}

static int by_time(const void *left, const void *right)
{
    const struct retro_date *a = left, *b = right;

    if (a->at_ms != b->at_ms) {
        return a->at_ms < b->at_ms ? -1 : 1;
    }
    return (a->order > b->order) - (a->order < b->order);
}

/* Equal for two moments of the same day there. */
static int64_t day_of(const struct retro_dates *dates, int64_t at_ms)
{
    struct time_parts parts;

    time_split(NULL, at_ms, dates->part->record->zone, &parts);
    return ((int64_t)parts.year * 12 + parts.month) * 31 + parts.day;
}

/* In one walk, so that the rest may walk over them again and again. */
static void trim(struct retro_dates *dates)
{
    size_t counts[RETRO_KINDS][RETRO_WEIGHTS] = {{0}};
    size_t seen[RETRO_KINDS][RETRO_WEIGHTS] = {{0}};
    size_t kept = 0;

    for (size_t i = 0; i < dates->count; i++) {
        counts[dates->all[i].kind][dates->all[i].weight] += 1;
    }
    for (size_t i = 0; i < dates->count; i++) {
        const struct retro_date *date = &dates->all[i];
        size_t at = seen[date->kind][date->weight]++;

        if (at < EDGE || at + EDGE >= counts[date->kind][date->weight] ||
            date->weight == RETRO_FIXED) {
            dates->all[kept++] = *date;
        }
    }
    dates->left_out += dates->count - kept;
    dates->count = kept;
}

void retro_dates_sort(struct retro_dates *dates)
{
    if (dates->count > 0) {
        qsort(dates->all, dates->count, sizeof(*dates->all), by_time);
    }
    trim(dates);
    for (size_t i = 0; i < dates->count; i++) {
        dates->all[i].day = day_of(dates, dates->all[i].at_ms);
    }
}

/* Those that may go and weigh least, counted by kind. */
struct least {
    enum retro_weight weight;
    size_t counts[RETRO_KINDS];
    bool is_any;
};

static struct least find_least(const struct retro_dates *dates, retro_dates_may *may)
{
    struct least least = {.weight = RETRO_FIXED};

    for (size_t i = 0; i < dates->count; i++) {
        const struct retro_date *date = &dates->all[i];

        if (date->weight == RETRO_FIXED || date->weight > least.weight ||
            (may != NULL && !may(dates, i))) {
            continue;
        }
        if (date->weight < least.weight) {
            least = (struct least){.weight = date->weight, .is_any = true};
        }
        least.counts[date->kind] += 1;
    }
    return least;
}

static int crowd_of(const struct least *least)
{
    int most = 0;

    for (int kind = 1; kind < RETRO_KINDS; kind++) {
        most = least->counts[kind] > least->counts[most] ? kind : most;
    }
    return most;
}

bool retro_dates_leave_out(struct retro_dates *dates, retro_dates_may *may)
{
    struct least least = find_least(dates, may);
    int kind = crowd_of(&least);
    size_t seen = 0, middle = least.is_any ? (least.counts[kind] - 1) / 2 : 0;

    for (size_t i = 0; least.is_any && i < dates->count; i++) {
        const struct retro_date *date = &dates->all[i];

        if (date->weight != least.weight || date->kind != kind ||
            (may != NULL && !may(dates, i)) || seen++ < middle) {
            continue;
        }
        memmove(&dates->all[i], &dates->all[i + 1],
                (dates->count - i - 1) * sizeof(*dates->all));
        dates->count -= 1;
        dates->left_out += 1;
        return true;
    }
    return false;
}

/* It was declared as "sev1", or "severity unknown". */
int retro_severity_start(const struct retro_part *part)
{
    const char *words = retro_declared_as(part);
    const char *blank = strrchr(words, ' ');
    int rank = config_level_rank(part->record->config, words);

    return rank >= 0 || blank == NULL
               ? rank
               : config_level_rank(part->record->config, blank + 1);
}

/* The list begins with unknown and goes down from the worst. */
enum retro_weight retro_severity_weight(const struct retro_part *part,
                                        const struct retro_severity *severity,
                                        int *rank)
{
    int before = *rank;

    *rank = config_level_rank(part->record->config, severity->level);
    return *rank > 0 && (before <= 0 || *rank < before) ? RETRO_HEAVY : RETRO_LIGHT;
}

/* Who held command for themselves last before the i-th hold; NULL: nobody. */
static const struct hold *own_before(const struct retro_record *record, size_t i)
{
    while (i-- > 0) {
        const struct hold *hold = &record->holds.all[i];

        if (text_equal(hold->role, record->commander) && hold->pause_id == 0) {
            return hold;
        }
    }
    return NULL;
}

const char *retro_covered(const struct retro_record *record, size_t i)
{
    const struct hold *own = own_before(record, i);

    return record->holds.all[i].pause_id == 0 || own == NULL ? NULL : own->handle;
}

const char *retro_came_back(const struct retro_record *record, size_t i)
{
    const struct hold *hold = &record->holds.all[i];
    const struct hold *own = own_before(record, i);

    return hold->pause_id == 0 && own != NULL && own->person_id == hold->person_id
               ? hold->handle
               : NULL;
}

static bool is_reopening(const struct retro_record *record, int64_t at_ms)
{
    for (size_t i = 0; i < record->states.count; i++) {
        const struct entry *state = &record->states.all[i];

        if (state->at_ms == at_ms && text_starts(state->text, "reopened")) {
            return true;
        }
    }
    return false;
}

bool retro_goes_on(const struct retro_record *record, size_t i)
{
    const struct hold *hold = &record->holds.all[i];

    if (!is_reopening(record, hold->from_ms)) {
        return false;
    }
    while (i-- > 0) {
        const struct hold *before = &record->holds.all[i];

        if (text_equal(before->role, hold->role)) {
            return before->person_id == hold->person_id;
        }
    }
    return false;
}

/* In a week of shifts the same few lead again and again. */
static bool led_before(const struct retro_record *record, size_t i)
{
    const struct hold *hold = &record->holds.all[i];

    while (i-- > 0) {
        if (record->holds.all[i].person_id == hold->person_id &&
            text_equal(record->holds.all[i].role, record->commander)) {
            return true;
        }
    }
    return false;
}

enum retro_weight retro_lead_weight(const struct retro_record *record, size_t i)
{
    const struct hold *hold = &record->holds.all[i];

    if (!text_equal(hold->role, record->commander)) {
        return RETRO_LIGHT;
    }
    return hold->pause_id != 0 || led_before(record, i) ? RETRO_MEDIUM : RETRO_HEAVY;
}

/* When the moment of that name was set anew after `moment`, by number; INT64_MAX: it
 * was not. */
static int64_t set_anew(const struct entries *moments, const struct entry *moment,
                        const char *name)
{
    int64_t n = INT64_MAX;

    for (size_t i = 0; i < moments->count; i++) {
        const struct entry *other = &moments->all[i];

        if (text_starts(other->text, name) && other->n > moment->n && other->n < n) {
            n = other->n;
        }
    }
    return n;
}

bool retro_was_undone(const struct retro_record *record, size_t i)
{
    const struct entry *moment = &record->moments.all[i];
    const struct incident *incident = record->incident;
    const char *name = text_starts(moment->text, "normal") ? "normal" : "mitigated";
    int64_t stands_ms = *name == 'n' ? incident->normal_ms : incident->mitigated_ms;
    int64_t reopened_n = INT64_MAX;

    if (!text_starts(moment->text, name) || moment->at_ms == stands_ms) {
        return false;
    }
    for (size_t j = 0; j < record->states.count; j++) {
        const struct entry *state = &record->states.all[j];

        if (text_starts(state->text, "reopened") && state->n > moment->n &&
            state->n < reopened_n) {
            reopened_n = state->n;
        }
    }
    return reopened_n < INT64_MAX &&
           reopened_n < set_anew(&record->moments, moment, name);
}

size_t retro_change_that_worked(const struct retro_record *record)
{
    const struct entries *changes = &record->changes;
    int64_t better_ms = record->incident->mitigated_ms != TIME_NONE
                            ? record->incident->mitigated_ms
                            : record->incident->normal_ms;
    size_t found = changes->count == 0 ? 0 : changes->count - 1;

    for (size_t i = 0; better_ms != TIME_NONE && i < changes->count; i++) {
        found = changes->all[i].at_ms <= better_ms ? i : found;
    }
    return found;
}
