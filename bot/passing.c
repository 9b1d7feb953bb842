/*
 * Lets virtual time pass. What is due happens one after the other, each at its own
 * moment, and only when nothing is under way any more does the clock go on. Where the
 * store fails for good it does not: the ticket is settled with false.
 */
#include "bot/base/time.h"
#include "bot/ears_inner.h"
#include "store/alarms.h"

#define DOWNTIME_MS TIME_DAY_MS

static void end(struct ears *ears, bool has_arrived)
{
    struct adapter *adapter = ears->passing.adapter;

    ears->passing.adapter = NULL;
    adapter->kind->settle(adapter, ears->passing.ticket, has_arrived);
}

static void arrive(struct ears *ears)
{
    clock_advance(ears->clock, ears->passing.to_ms);
    end(ears, true);
}

static int64_t earlier(int64_t a_ms, int64_t b_ms)
{
    if (a_ms == TIME_NONE || b_ms == TIME_NONE) {
        return a_ms == TIME_NONE ? b_ms : a_ms;
    }
    return a_ms < b_ms ? a_ms : b_ms;
}

static bool find_due(struct ears *ears, int64_t *alarm_ms, int64_t *outbox_ms)
{
    struct err err;

    if (alarm_earliest(ears->store, alarm_ms, &err) &&
        courier_earliest(ears->courier, ears->store, outbox_ms, &err)) {
        return true;
    }
    turn_doom(ears->turns, &err);
    return false;
}

/* A gap of over a day is downtime: the clock jumps, and what was due meanwhile is late.
 */
static void jump_over_gap(struct ears *ears)
{
    int64_t now_ms = ears->clock->now_ms;

    if (now_ms > 0 && ears->passing.to_ms - now_ms > DOWNTIME_MS) {
        ticker_was_down_since(ears->ticker, now_ms);
        clock_advance(ears->clock, ears->passing.to_ms);
    }
}

static void pass(void *arg)
{
    struct ears *ears = arg;
    int64_t alarm_ms, outbox_ms, next_ms;

    if (ears->passing.adapter != NULL && turns_are_stuck(ears->turns)) {
        end(ears, false); /* what is due can't be done: nobody gets past it */
        return;
    }
    if (ears->passing.adapter == NULL || courier_is_busy(ears->courier) ||
        !find_due(ears, &alarm_ms, &outbox_ms)) {
        return;
    }
    if (outbox_ms != TIME_NONE && outbox_ms <= ears->clock->now_ms) {
        courier_wake(ears->courier);
        return;
    }
    jump_over_gap(ears);
    next_ms = earlier(alarm_ms, outbox_ms);
    if (next_ms == TIME_NONE || next_ms > ears->passing.to_ms) {
        arrive(ears);
        return;
    }
    clock_advance(ears->clock, next_ms);
    if (alarm_ms == next_ms) {
        ticker_wake(ears->ticker);
    } else {
        courier_wake(ears->courier);
    }
}

void passing_wake(struct ears *ears)
{
    if (ears->passing.adapter != NULL) {
        loop_soon(ears->loop, pass, ears);
    }
}

void ear_pass(struct ears *ears, struct adapter *adapter, int64_t at_ms,
              struct ticket ticket)
{
    INSIST(ears->clock->is_virtual && ears->passing.adapter == NULL);
    ears->passing =
        (struct passing){.adapter = adapter, .to_ms = at_ms, .ticket = ticket};
    if (ears->clock->now_ms == 0) {
        clock_advance(ears->clock, at_ms); /* the first line of a fresh store */
    }
    loop_soon(ears->loop, pass, ears);
}
