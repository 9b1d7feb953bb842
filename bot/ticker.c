#include "bot/ticker.h"

#include <stdlib.h>

#include "bot/alarm.h"
#include "bot/base/log.h"
#include "bot/base/time.h"
#include "bot/missed.h"
#include "store/inbox.h"
#include "store/memory.h"
#include "store/outbox.h"
#include "store/search.h"

#define TICKER_BATCH   100
#define ALIVE_MS       TIME_MINUTE_MS
#define LATE_MS        TIME_MINUTE_MS /* less is not worth a word */
#define INBOX_KEPT_MS  (30 * TIME_DAY_MS)
#define OUTBOX_KEPT_MS (90 * TIME_DAY_MS)
#define TRY_AGAIN_MS   TIME_MINUTE_MS
#define INDEXED_MOST   2000

struct ticker {
    struct turns *turns;
    struct loop *loop;
    struct clock *clock;
    struct loop_timer *timer;
    struct missed missed;
    int64_t alive_ms, swept_ms;
    bool is_awake;
};

static void step(void *arg);

struct ticker *ticker_create(struct turns *turns, struct loop *loop,
                             struct clock *clock)
{
    struct ticker *ticker = calloc(1, sizeof(*ticker));

    INSIST(ticker != NULL);
    ticker->turns = turns;
    ticker->loop = loop;
    ticker->clock = clock;
    ticker->missed.down_since_ms = TIME_NONE;
    ticker->timer = loop_timer_create(loop, step, ticker);
    return ticker;
}

void ticker_destroy(struct ticker *ticker)
{
    if (ticker == NULL) {
        return;
    }
    loop_forget(ticker->loop, ticker);
    loop_timer_destroy(ticker->timer);
    free(ticker);
}

void ticker_wake(struct ticker *ticker)
{
    if (!ticker->is_awake) {
        ticker->is_awake = true;
        loop_soon(ticker->loop, step, ticker);
    }
}

/* Later than now, it was before the machine's clock was set back. */
void ticker_was_down_since(struct ticker *ticker, int64_t since_ms)
{
    int64_t now_ms = clock_now_ms(ticker->clock);

    if (!ticker->clock->is_virtual && since_ms > now_ms) {
        clock_add_back(ticker->clock, (struct clock_back){.by_ms = since_ms - now_ms});
        return;
    }
    ticker->missed.down_since_ms = since_ms;
}

bool ticker_last_alive(struct store *store, int64_t *at_ms, struct err *err)
{
    const char *value;

    *at_ms = TIME_NONE;
    if (!memory_find(store, "bot", "alive", &value, err)) {
        return false;
    }
    if (value != NULL) {
        *at_ms = strtoll(value, NULL, 10);
    }
    return true;
}

/* A reminder that comes later than it was long helps nobody. */
static bool has_passed(const struct alarm_kind *kind, const struct alarm *alarm,
                       int64_t late_ms)
{
    return !kind->acts && late_ms > LATE_MS && late_ms > alarm->due_ms - alarm->set_ms;
}

static bool fire(struct ticker *ticker, struct turn *turn, const struct alarm *alarm,
                 struct err *err)
{
    const struct alarm_kind *kind = alarm_kind_find(alarm->kind);
    int64_t late_ms = turn->now_ms - alarm->due_ms;
    bool is_taken;

    if (!alarm_take(turn->store, alarm, &is_taken, err)) {
        return false;
    }
    if (!is_taken || kind == NULL) {
        return true; /* an alarm of a version to come: this one can't know what it meant
                      */
    }
    if (has_passed(kind, alarm, late_ms)) {
        return missed_add(&ticker->missed, turn, kind, alarm, err);
    }
    return kind->run(turn, alarm, late_ms > LATE_MS ? late_ms : 0, err);
}

/* Its own fault must not stop the others: it comes again in a minute. */
static void put_off(struct turn *turn, const struct alarm *alarm, const struct err *why)
{
    struct alarm later = *alarm;
    struct err err;

    log_error("alarm failed", "alarm=%lld kind=%s why=\"%s\"", (long long)alarm->id,
              alarm->kind, why->text);
    later.set_ms = turn->now_ms;
    later.due_ms = turn->now_ms + TRY_AGAIN_MS;
    if (!alarm_set(turn->store, &later, &err)) {
        log_error("alarm lost", "alarm=%lld why=\"%s\"", (long long)alarm->id,
                  err.text);
    }
}

static bool fire_in_cause(struct ticker *ticker, struct turn *turn,
                          const struct alarm *alarm)
{
    struct err err;

    if (!turn_cause(ticker->turns, &err)) {
        turn_doom(ticker->turns, &err);
        return false;
    }
    if (fire(ticker, turn, alarm, &err) && turn_keep(ticker->turns, &err)) {
        return true;
    }
    if (err.kind == ERR_AGAIN) {
        turn_doom(ticker->turns, &err);
        return false;
    }
    turn_undo(ticker->turns);
    put_off(turn, alarm, &err);
    return true;
}

static void downtime_told(void *arg, bool committed)
{
    struct ticker *ticker = arg;

    if (committed) {
        ticker->missed.down_since_ms = TIME_NONE;
    }
}

static bool fire_all(struct ticker *ticker, struct turn *turn, struct err *err)
{
    struct alarm *alarm = NULL;

    missed_begin(&ticker->missed);
    for (int fired = 0; fired < TICKER_BATCH; fired++) {
        if (!alarm_next_due(turn->store, turn->now_ms, &alarm, err)) {
            return false;
        }
        if (alarm == NULL) {
            break;
        }
        if (!fire_in_cause(ticker, turn, alarm)) {
            return true;
        }
    }
    if (!missed_tell(&ticker->missed, turn, err)) {
        return false;
    }
    /* Told, or nothing is left that comes late because of that time. */
    if (ticker->missed.down_since_ms != TIME_NONE &&
        (ticker->missed.count > 0 || alarm == NULL)) {
        turn_then(ticker->turns, downtime_told, ticker);
    }
    return true;
}

/* Each minute. What was said since goes into the index of words, so that whoever
 * searches does not wait for it, and what was deleted out of it, a step at a time. */
static bool note_alive(struct ticker *ticker, struct turn *turn, struct err *err)
{
    bool is_behind, is_purged;

    ticker->alive_ms = turn->now_ms;
    return search_keep_up(turn->store, INDEXED_MOST, &is_behind, err) &&
           search_purge(turn->store, &is_purged, err) &&
           memory_set(turn->store, "bot", "alive",
                      arena_printf(turn->arena, "%lld", (long long)turn->now_ms), err);
}

/* Once a day: what can't be delivered again any more, and words that were carried long
 * ago. A transcript keeps all: it may be fed again. */
static bool sweep(struct ticker *ticker, struct turn *turn, struct err *err)
{
    if (ticker->clock->is_virtual || turn->now_ms - ticker->swept_ms < TIME_DAY_MS) {
        return true;
    }
    ticker->swept_ms = turn->now_ms;
    return inbox_forget(turn->store, turn->now_ms - INBOX_KEPT_MS, err) &&
           outbox_forget(turn->store, turn->now_ms - OUTBOX_KEPT_MS, err);
}

static bool is_alive_due(const struct ticker *ticker, int64_t now_ms)
{
    return !ticker->clock->is_virtual &&
           (now_ms - ticker->alive_ms >= ALIVE_MS || now_ms < ticker->alive_ms);
}

struct shift {
    struct clock *clock;
    struct clock_back back;
};

static void shifted(void *arg, bool committed)
{
    const struct shift *shift = arg;

    if (!committed) {
        clock_add_back(shift->clock, shift->back);
    }
}

/* What is due after a while stays due after that while, and what is to be said does not
 * wait until the clock has caught up. */
static bool shift_what_waits(struct ticker *ticker, struct turn *turn, struct err *err)
{
    struct shift *shift = ARENA_NEW(turn->arena, struct shift);
    struct clock_back back = clock_take_back(ticker->clock);

    if (back.by_ms == 0) {
        return true;
    }
    *shift = (struct shift){ticker->clock, back};
    log_warn("the machine's clock was set back", "by_ms=%lld", (long long)back.by_ms);
    turn_then(ticker->turns, shifted, shift);
    turn->wants_courier = true;
    for (size_t i = 0; alarm_table[i] != NULL; i++) {
        if (!alarm_table[i]->is_dated &&
            !alarms_shift(turn->store, alarm_table[i]->name, back.since_ms,
                          turn->now_ms, -back.by_ms, err)) {
            return false;
        }
    }
    return outbox_shift(turn->store, -back.by_ms, err);
}

static void work(struct ticker *ticker)
{
    struct err err;
    struct turn *turn = turn_open(ticker->turns, &err);

    if (turn == NULL) {
        return;
    }
    turn->wants_ticker = true;
    if (!shift_what_waits(ticker, turn, &err) ||
        (is_alive_due(ticker, turn->now_ms) && !note_alive(ticker, turn, &err)) ||
        !sweep(ticker, turn, &err) || !fire_all(ticker, turn, &err)) {
        turn_doom(ticker->turns, &err);
    }
}

static void step(void *arg)
{
    struct ticker *ticker = arg;
    struct store *store = turns_store(ticker->turns);
    int64_t now_ms = turns_now_ms(ticker->turns);
    int64_t wait_ms = ALIVE_MS;
    int64_t due_ms;
    struct err err;

    ticker->is_awake = false;
    if (!alarm_earliest(store, &due_ms, &err)) {
        turn_doom(ticker->turns, &err);
        return;
    }
    if (clock_is_set_back(ticker->clock) || is_alive_due(ticker, now_ms) ||
        (due_ms != TIME_NONE && due_ms <= now_ms)) {
        work(ticker);
        return;
    }
    if (ticker->clock->is_virtual) {
        return; /* bot/passing.c says when time goes on */
    }
    if (due_ms != TIME_NONE && due_ms - now_ms < wait_ms) {
        wait_ms = due_ms - now_ms;
    }
    loop_timer_set(ticker->timer, wait_ms);
}
