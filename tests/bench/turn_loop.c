/*
 * What is measured: messages come in by ear_event, `group` in one iteration of the real
 * loop, and count when they are settled as committed.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bot/base/time.h"
#include "bot/ears.h"
#include "tests/bench/turn_bench.h"

/* A platform without a wire. */
struct source {
    struct adapter adapter;
    struct ears *ears;
    struct loop *loop;
    const struct bench_load *load;
    int64_t sent, settled;
};

static struct source source;

static bool create(struct adapter **adapter, const struct config *config,
                   struct ears *ears, struct loop *loop, struct err *err)
{
    (void)config;
    (void)err;
    source.ears = ears;
    source.loop = loop;
    *adapter = &source.adapter;
    return true;
}

static void say_one(int64_t i)
{
    struct arena *arena = ear_arena(source.ears);
    char id[16];

    (void)snprintf(id, sizeof(id), "U0BENCH%02lld", (long long)(i % BENCH_PEOPLE));
    ear_event(source.ears, &source.adapter,
              &(struct chat_event){
                  .kind = CHAT_SAID,
                  .id = arena_printf(arena, "Ev0%09lld", (long long)i),
                  .at_ms = ear_now_ms(source.ears),
                  .place = {.adapter = "bench", .channel = "C0BENCH000"},
                  .who = {.id = arena_copy(arena, id)},
                  .message = arena_printf(arena, "1760000000.%06lld", (long long)i),
                  .text = arena_copy(arena, source.load->text),
              },
              (struct ticket){i});
}

static void say_group(void *arg)
{
    const struct bench_load *load = source.load;

    for (int64_t j = 0; j < load->group && source.sent < load->messages; j++) {
        say_one(source.sent);
        source.sent += 1;
    }
    if (source.sent < load->messages) {
        loop_soon(source.loop, say_group, arg);
    }
}

static void start(struct adapter *adapter)
{
    loop_soon(source.loop, say_group, adapter);
}

static void settle(struct adapter *adapter, struct ticket ticket, bool committed)
{
    (void)adapter;
    (void)ticket;
    INSIST(committed);
    source.settled += 1;
    if (source.settled == source.load->messages) {
        loop_stop(source.loop);
    }
}

static void perform(struct adapter *adapter, const struct action *action)
{
    (void)adapter;
    (void)action;
    INSIST(!"a message asks nothing of the platform");
}

static void stop(struct adapter *adapter)
{
    (void)adapter;
}

static const struct adapter_kind kind = {
    .name = "bench",
    .max_note_bytes = 4000,
    .max_running = 1,
    .create = create,
    .start = start,
    .settle = settle,
    .perform = perform,
    .stop = stop,
    .destroy = stop,
};

static void must(bool ok, const struct err *err)
{
    if (!ok) {
        (void)fprintf(stderr, "turn loop: %s\n", err->text);
        exit(1);
    }
}

double turn_loop_run(const struct bench_load *load)
{
    struct store store;
    struct loop *loop;
    struct clock clock = {0};
    struct config *config = config_create();
    struct ears *ears;
    struct err err;
    int64_t began_ms, took_ms;

    source = (struct source){.adapter = {&kind}, .load = load};
    must(store_open(&store, load->path, &err) == STORE_OK, &err);
    must(loop_create(&loop, &err), &err);
    ears = ears_create(loop, &store, &clock, config);
    must(ears_add(ears, &kind, &err), &err);
    must(ears_start(ears, &err), &err);
    began_ms = time_steady_ms();
    loop_run(loop);
    took_ms = time_steady_ms() - began_ms;
    ears_stop(ears);
    ears_destroy(ears);
    loop_destroy(loop);
    store_close(&store);
    config_destroy(config);
    return (double)load->messages * 1e3 / (double)(took_ms > 0 ? took_ms : 1);
}
