#include "bot/duty.h"

#include "bot/base/time.h"

#define HOURS_A_DAY 24
#define EDGES       2000 /* looked at for a list of spans */

/* When shift number `index` begins: on the clock of the wall, where the length allows.
 */
static int64_t shift_start(const struct rota *rota, int64_t index)
{
    struct time_parts parts;
    int64_t hours;

    if (rota->shift_ms % TIME_HOUR_MS != 0) {
        return rota->from_ms + index * rota->shift_ms;
    }
    hours = index * (rota->shift_ms / TIME_HOUR_MS);
    time_split(NULL, rota->from_ms, rota->zone, &parts);
    parts.day += (int)(hours / HOURS_A_DAY);
    parts.hour += (int)(hours % HOURS_A_DAY);
    return time_join(&parts, rota->zone);
}

static bool has_order(const struct rota *rota)
{
    return rota->shift_ms > 0 && rota->person_count > 0;
}

/* The shift that at_ms lies in; the clock changes a few hours to either side. */
static int64_t shift_at(const struct rota *rota, int64_t at_ms)
{
    int64_t index = (at_ms - rota->from_ms) / rota->shift_ms;

    while (index > 0 && shift_start(rota, index) > at_ms) {
        index--;
    }
    while (shift_start(rota, index + 1) <= at_ms) {
        index++;
    }
    return index;
}

static int64_t person_at(const struct rota *rota, int64_t at_ms)
{
    for (size_t i = rota->override_count; i > 0; i--) {
        const struct rota_override *override = &rota->overrides[i - 1];

        if (override->from_ms <= at_ms && at_ms < override->to_ms) {
            return override->person_id;
        }
    }
    if (!has_order(rota) || at_ms < rota->from_ms) {
        return 0;
    }
    return rota->people[shift_at(rota, at_ms) % (int64_t)rota->person_count];
}

/* The last moment by at_ms at which something could change; TIME_NONE: none. */
static int64_t last_edge(const struct rota *rota, int64_t at_ms)
{
    int64_t edge_ms = TIME_NONE;

    if (has_order(rota) && at_ms >= rota->from_ms) {
        edge_ms = shift_start(rota, shift_at(rota, at_ms));
    }
    for (size_t i = 0; i < rota->override_count; i++) {
        const struct rota_override *override = &rota->overrides[i];
        int64_t mine_ms =
            override->to_ms <= at_ms ? override->to_ms : override->from_ms;

        if (mine_ms <= at_ms && (edge_ms == TIME_NONE || mine_ms > edge_ms)) {
            edge_ms = mine_ms;
        }
    }
    return edge_ms;
}

static int64_t earlier(int64_t best_ms, int64_t other_ms, int64_t after_ms)
{
    if (other_ms <= after_ms) {
        return best_ms;
    }
    return best_ms == TIME_NONE || other_ms < best_ms ? other_ms : best_ms;
}

/* The next moment at which something may change; TIME_NONE: none. */
static int64_t next_edge(const struct rota *rota, int64_t at_ms)
{
    int64_t edge_ms = TIME_NONE;

    if (has_order(rota)) {
        edge_ms = at_ms < rota->from_ms ? rota->from_ms
                                        : shift_start(rota, shift_at(rota, at_ms) + 1);
    }
    for (size_t i = 0; i < rota->override_count; i++) {
        edge_ms = earlier(edge_ms, rota->overrides[i].from_ms, at_ms);
        edge_ms = earlier(edge_ms, rota->overrides[i].to_ms, at_ms);
    }
    return edge_ms;
}

/* The first moment after at_ms at which somebody else than person_id is on duty. After
 * as many edges as people and overrides have there is nothing new to come. */
static int64_t change_after(const struct rota *rota, int64_t at_ms, int64_t person_id)
{
    size_t edges = rota->person_count + 2 * rota->override_count + 2;

    for (size_t i = 0; i < edges && at_ms != TIME_NONE; i++) {
        at_ms = next_edge(rota, at_ms);
        if (at_ms != TIME_NONE && person_at(rota, at_ms) != person_id) {
            return at_ms;
        }
    }
    return TIME_NONE;
}

void duty_at(const struct rota *rota, int64_t at_ms, struct duty *duty)
{
    int64_t next_ms;

    *duty =
        (struct duty){.person_id = person_at(rota, at_ms), .next_from_ms = TIME_NONE};
    duty->since_ms = last_edge(rota, at_ms);
    next_ms = change_after(rota, at_ms, duty->person_id);
    duty->until_ms = next_ms;
    if (next_ms != TIME_NONE && person_at(rota, next_ms) == 0) {
        next_ms = change_after(rota, next_ms, 0);
    }
    if (next_ms != TIME_NONE) {
        duty->next_id = person_at(rota, next_ms);
        duty->next_from_ms = next_ms;
    }
}

size_t duty_spans(const struct rota *rota, int64_t from_ms, int64_t to_ms,
                  struct duty_span *spans, size_t limit)
{
    size_t count = 0;

    for (size_t i = 0; i < EDGES && from_ms < to_ms; i++) {
        int64_t edge_ms = next_edge(rota, from_ms);
        int64_t person_id = person_at(rota, from_ms);
        bool goes_on = count > 0 && spans[count - 1].person_id == person_id;

        if (edge_ms == TIME_NONE || edge_ms > to_ms) {
            edge_ms = to_ms;
        }
        if (!goes_on && count == limit) {
            return count;
        }
        if (!goes_on) {
            spans[count++] =
                (struct duty_span){.person_id = person_id, .from_ms = from_ms};
        }
        spans[count - 1].to_ms = edge_ms;
        from_ms = edge_ms;
    }
    return count;
}

bool duty_now(struct turn *turn, int64_t service_id, int64_t at_ms, struct duty *duty,
              struct err *err)
{
    struct rota rota;

    if (!rota_read(turn->store, service_id, at_ms, &rota, err)) {
        return false;
    }
    duty_at(&rota, at_ms, duty);
    return true;
}
