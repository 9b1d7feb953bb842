#include "bot/trend.h"

#include <stdlib.h>
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/say.h"
#include "store/timeline.h"
#include "store/trends.h"

#define PERIOD_DAYS    90
#define PERIOD_MS      (PERIOD_DAYS * TIME_DAY_MS)
#define ROWS_MOST      5000
#define SERVICES_SHOWN 6

static int by_span(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

struct trend_spread trend_spread_of(int64_t *spans_ms, size_t count)
{
    struct trend_spread spread = {.count = count};

    if (count == 0) {
        return spread;
    }
    qsort(spans_ms, count, sizeof(*spans_ms), by_span);
    spread.least_ms = spans_ms[0];
    spread.most_ms = spans_ms[count - 1];
    spread.median_ms = count % 2 == 1
                           ? spans_ms[count / 2]
                           : (spans_ms[count / 2 - 1] + spans_ms[count / 2]) / 2;
    return spread;
}

/* Which rows a line is about: those of a service, of a kind of factor, or all. */
struct group {
    const char *service; /* NULL with is_by_service: of none */
    bool is_by_service;
    int kind; /* of factor; -1: any */
};

/* What is said of a group in one period. */
struct figures {
    size_t count;
    struct trend_spread noticed, better;
};

struct view {
    struct turn *turn;
    const struct trend_rows *rows;
    int64_t since_ms; /* where the period begins; the one before is as long */
    struct note *note;
};

static bool is_in(const struct group *group, const struct trend_row *row)
{
    return (!group->is_by_service || text_equal(group->service, row->service)) &&
           (group->kind < 0 || row->has_kind[group->kind]);
}

/* A span between two moments that are known, the second not before the first. */
static void add_span(int64_t *spans_ms, size_t *count, int64_t from_ms, int64_t to_ms)
{
    if (from_ms != TIME_NONE && to_ms != TIME_NONE && to_ms >= from_ms) {
        spans_ms[(*count)++] = to_ms - from_ms;
    }
}

static struct figures count_up(const struct view *view, const struct group *group,
                               bool is_now)
{
    struct arena *arena = view->turn->arena;
    int64_t *noticed = ARENA_ARRAY(arena, int64_t, view->rows->count + 1);
    int64_t *better = ARENA_ARRAY(arena, int64_t, view->rows->count + 1);
    size_t noticed_count = 0, better_count = 0;
    struct figures figures = {0};

    for (size_t i = 0; i < view->rows->count; i++) {
        const struct trend_row *row = &view->rows->all[i];

        if ((row->declared_ms >= view->since_ms) != is_now || !is_in(group, row)) {
            continue;
        }
        figures.count += 1;
        add_span(noticed, &noticed_count, row->started_ms, row->detected_ms);
        add_span(better, &better_count,
                 row->started_ms == TIME_NONE ? row->declared_ms : row->started_ms,
                 row->better_ms);
    }
    figures.noticed = trend_spread_of(noticed, noticed_count);
    figures.better = trend_spread_of(better, better_count);
    return figures;
}

/* ", mitigated after 34 min (12 min to 2 h 3 min)"; "" where it is not known. */
static const char *spread_words(struct arena *arena, const char *what,
                                const struct trend_spread *spread)
{
    if (spread->count == 0) {
        return "";
    }
    if (spread->most_ms < TIME_SECOND_MS) {
        return arena_printf(arena, ", %s at once", what);
    }
    if (spread->count == 1) {
        return arena_printf(arena, ", %s after %s", what,
                            time_span(arena, spread->median_ms));
    }
    return arena_printf(
        arena, ", %s after %s (%s to %s)", what, time_span(arena, spread->median_ms),
        time_span(arena, spread->least_ms), time_span(arena, spread->most_ms));
}

static void add_group(const struct view *view, const char *name,
                      const struct group *group)
{
    struct arena *arena = view->turn->arena;
    struct figures now = count_up(view, group, true);
    struct figures before = count_up(view, group, false);

    note_line(view->note, "%s: %zu%s%s. Before: %zu%s.", name, now.count,
              spread_words(arena, PHRASE("noticed"), &now.noticed),
              spread_words(arena, PHRASE("mitigated"), &now.better), before.count,
              spread_words(arena, PHRASE("mitigated"), &before.better));
}

struct service_count {
    const char *service; /* NULL: none */
    size_t count;
};

/* Most incidents first, then by name; those without a service last. */
static int by_count(const void *left, const void *right)
{
    const struct service_count *a = left, *b = right;

    if (a->service == NULL || b->service == NULL) {
        return (a->service == NULL) - (b->service == NULL);
    }
    if (a->count != b->count) {
        return a->count > b->count ? -1 : 1;
    }
    return text_same(a->service, b->service)    ? 0
           : strcmp(a->service, b->service) < 0 ? -1
                                                : 1;
}

static struct service_count *services_of(const struct view *view, size_t *count)
{
    struct service_count *all =
        ARENA_ARRAY(view->turn->arena, struct service_count, view->rows->count + 1);

    *count = 0;
    for (size_t i = 0; i < view->rows->count; i++) {
        const struct trend_row *row = &view->rows->all[i];
        size_t at = 0;

        while (at < *count && !text_equal(all[at].service, row->service)) {
            at++;
        }
        *count += at == *count ? 1 : 0;
        all[at].service = row->service;
        all[at].count += row->declared_ms >= view->since_ms ? 1 : 0;
    }
    qsort(all, *count, sizeof(*all), by_count);
    return all;
}

static void add_services(const struct view *view)
{
    size_t count;
    const struct service_count *all = services_of(view, &count);

    for (size_t i = 0; i < count && i < SERVICES_SHOWN; i++) {
        const struct group group = {
            .service = all[i].service, .is_by_service = true, .kind = -1};

        add_group(view,
                  all[i].service == NULL
                      ? PHRASE("No service")
                      : note_words(view->turn->arena, all[i].service),
                  &group);
    }
    if (count > SERVICES_SHOWN) {
        note_line(view->note, "And %zu more services.", count - SERVICES_SHOWN);
    }
}

/* An incident may have several kinds, so these don't add up. */
static void add_kinds(const struct view *view)
{
    for (int kind = 0; kind < TREND_KINDS; kind++) {
        const struct group group = {.kind = kind};

        add_group(
            view,
            arena_printf(view->turn->arena, "With %s %s factor",
                         strchr("aeiou", *trend_kind_names[kind]) != NULL ? "an" : "a",
                         trend_kind_names[kind]),
            &group);
    }
}

static bool add_followups(const struct view *view, int64_t person_id, struct err *err)
{
    struct trend_followups counts;

    if (!trend_followups_count(view->turn->store, person_id, view->since_ms, &counts,
                               err)) {
        return false;
    }
    if (counts.all > 0) {
        note_line(view->note,
                  "Follow-ups: %lld, done %lld, looked at again %lld, helped %lld.",
                  (long long)counts.all, (long long)counts.done,
                  (long long)counts.verified, (long long)counts.helped);
    }
    return true;
}

static void add_head(const struct view *view)
{
    static const struct group all = {.kind = -1};
    struct turn *turn = view->turn;

    note_line(view->note,
              "The last %d days, since %s, and the %d before. Without drills and false "
              "alarms; private ones where you are in.",
              PERIOD_DAYS,
              time_day_near(turn->arena, view->since_ms, turn->now_ms, turn_zone(turn)),
              PERIOD_DAYS);
    add_group(view, PHRASE("Incidents"), &all);
}

/* For how long it was closed before it was better at last. */
static int64_t closed_ms(const struct entries *states, int64_t better_ms)
{
    int64_t end_ms = TIME_NONE, sum_ms = 0;

    for (size_t i = 0; i < states->count && states->all[i].at_ms < better_ms; i++) {
        const struct entry *state = &states->all[i];

        if (text_starts(state->text, "reopened")) {
            sum_ms += end_ms == TIME_NONE ? 0 : state->at_ms - end_ms;
            end_ms = TIME_NONE;
        } else if (end_ms == TIME_NONE && (text_starts(state->text, "resolved") ||
                                           text_starts(state->text, "cancelled") ||
                                           text_starts(state->text, "closed"))) {
            end_ms = state->at_ms;
        }
    }
    return sum_ms;
}

/* Nobody was at work on what was taken for over. */
static bool leave_out_closed(struct store *store, struct trend_rows *rows,
                             struct err *err)
{
    for (size_t i = 0; i < rows->count; i++) {
        struct trend_row *row = &rows->all[i];
        struct entries states;

        if (!row->was_reopened || row->better_ms == TIME_NONE) {
            continue;
        }
        if (!timeline_select(store, row->id, "state", &states, err)) {
            return false;
        }
        row->better_ms -= closed_ms(&states, row->better_ms);
    }
    return true;
}

bool trend_show(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct trend_rows rows;
    const struct view view = {
        .turn = turn,
        .rows = &rows,
        .since_ms = turn->now_ms - PERIOD_MS,
        .note = note_create(turn->arena),
    };

    if (!trend_rows_list(turn->store, call->speaker->id, view.since_ms - PERIOD_MS,
                         ROWS_MOST, &rows, err) ||
        !leave_out_closed(turn->store, &rows, err)) {
        return false;
    }
    add_head(&view);
    if (rows.count > 0) {
        add_services(&view);
        add_kinds(&view);
    }
    return add_followups(&view, call->speaker->id, err) &&
           say_private(turn, call, view.note, err);
}
