#include "bot/ears.h"

#include <stdlib.h>
#include <string.h>

#include "bot/ears_inner.h"
#include "bot/options.h"
#include "store/outbox.h"

static void turn_ended(void *arg, const struct turn *turn, bool committed)
{
    struct ears *ears = arg;

    if (turn->wants_courier || !committed) {
        courier_wake(ears->courier);
    }
    if (turn->wants_ticker || !committed) {
        ticker_wake(ears->ticker);
    }
    passing_wake(ears);
    leaving_look(ears);
}

static void claim(void *arg, struct turn *turn)
{
    struct ears *ears = arg;

    courier_claim(ears->courier, turn);
}

struct ears *ears_create(struct loop *loop, struct store *store, struct clock *clock,
                         const struct config *config)
{
    struct ears *ears = calloc(1, sizeof(*ears));

    INSIST(ears != NULL);
    ears->loop = loop;
    ears->store = store;
    ears->clock = clock;
    ears->config = config;
    ears->turns = turns_create(loop, store, clock, config);
    ears->courier = courier_create(ears->turns, loop);
    ears->ticker = ticker_create(ears->turns, loop, clock);
    turns_on_end(ears->turns, turn_ended, ears);
    turns_on_claim(ears->turns, claim, ears);
    return ears;
}

struct turns *ears_turns(struct ears *ears)
{
    return ears->turns;
}

bool ears_add(struct ears *ears, const struct adapter_kind *kind, struct err *err)
{
    struct adapter *adapter = NULL;

    INSIST(ears->count < EARS_ADAPTERS);
    if (!kind->create(&adapter, ears->config, ears, ears->loop, err)) {
        return false;
    }
    ears->adapters[ears->count] = adapter;
    ears->states[ears->count] = ADAPTER_CONNECTING;
    ears->count += 1;
    turns_add(ears->turns, kind);
    courier_add(ears->courier, adapter);
    return true;
}

/* Whoever claimed rows before is dead: we hold the store. */
static bool take_over(struct ears *ears, struct err *err)
{
    int64_t alive_ms;

    if (!outbox_free_claims(ears->store, "", err) ||
        !ticker_last_alive(ears->store, &alive_ms, err)) {
        return false;
    }
    ticker_was_down_since(ears->ticker, alive_ms);
    return true;
}

bool ears_start(struct ears *ears, struct err *err)
{
    if (!take_over(ears, err)) {
        return false;
    }
    for (size_t i = 0; i < ears->count; i++) {
        ears->adapters[i]->kind->start(ears->adapters[i]);
    }
    courier_wake(ears->courier);
    if (!ears->clock->is_virtual) {
        ticker_wake(ears->ticker);
    }
    return true;
}

void ears_stop(struct ears *ears)
{
    if (ears->is_stopped) {
        return;
    }
    ears->is_stopped = true;
    courier_close(ears->courier);
    turns_finish(ears->turns); /* what was just heard is kept, and acked while we can */
    for (size_t i = 0; i < ears->count; i++) {
        ears->adapters[i]->kind->stop(ears->adapters[i]);
    }
    turns_finish(ears->turns);
    loop_stop(ears->loop);
}

void ears_destroy(struct ears *ears)
{
    if (ears == NULL) {
        return;
    }
    loop_forget(ears->loop, ears);
    for (size_t i = 0; i < ears->count; i++) {
        ears->adapters[i]->kind->destroy(ears->adapters[i]);
    }
    loop_timer_destroy(ears->leaving);
    ticker_destroy(ears->ticker);
    courier_destroy(ears->courier);
    turns_destroy(ears->turns);
    free(ears);
}

int ears_exit_status(const struct ears *ears)
{
    size_t refused = 0;

    for (size_t i = 0; i < ears->count; i++) {
        refused += ears->states[i] == ADAPTER_REFUSED ? 1 : 0;
    }
    return ears->count > 0 && refused == ears->count ? EXIT_REFUSED : ears->exit_status;
}
