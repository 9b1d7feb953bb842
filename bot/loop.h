/*
 * The one event loop, a libuv loop that we own, and what runs on it: timers,
 * soon-calls, the end-of-turn hook and the signals that end the program. libwebsockets
 * and curl join it as guests (adapters/websocket.c, adapters/http.c), which is why
 * loop_uv hands out the loop itself.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/err.h"

struct loop;
struct loop_timer;
struct uv_loop_s;

typedef void loop_fn(void *arg);

MUST_CHECK bool loop_create(struct loop **loop, struct err *err);
/* Runs out what still closes, insists that nothing is left open. Accepts NULL. */
void loop_destroy(struct loop *loop);

/* Runs until loop_stop; SIGINT and SIGTERM call `on_signal` (once each time they come).
 */
void loop_run(struct loop *loop);
void loop_stop(struct loop *loop);
void loop_on_signal(struct loop *loop, loop_fn *on_signal, void *arg);
void loop_on_hangup(struct loop *loop, loop_fn *on_hangup, void *arg); /* SIGHUP */

/* Called just before the loop sleeps (uv_prepare), every iteration: the commit goes
 * here. */
void loop_before_sleep(struct loop *loop, loop_fn *fn, void *arg);

/* Calls fn once, in the next iteration, never from inside this call. Calls keep their
 * order. */
void loop_soon(struct loop *loop, loop_fn *fn, void *arg);
/* Calls fn once, right behind the commit, before the loop looks at the world again. */
void loop_last(struct loop *loop, loop_fn *fn, void *arg);
/* Forgets pending calls of both kinds with this arg: for a destroy. */
void loop_forget(struct loop *loop, void *arg);

/* Calls fn once, from loop_destroy, when every handle is closed: for guests who can
 * free their last only then. */
void loop_at_end(struct loop *loop, loop_fn *fn, void *arg);

/* A timer that fires once; set again from its callback for a repeat. In real time,
 * always. */
struct loop_timer *loop_timer_create(struct loop *loop, loop_fn *fn, void *arg);
void loop_timer_set(struct loop_timer *timer,
                    int64_t after_ms); /* replaces what was set */
void loop_timer_stop(struct loop_timer *timer);
void loop_timer_destroy(struct loop_timer *timer); /* accepts NULL */

/*
 * Looks up a host's addresses beside the loop. `fn` is called once with them as
 * numbers, as the system orders them, at most LOOP_ADDRESSES; none where the name is
 * not found. A number is its own address. The lookup is gone after fn, and after a
 * cancel.
 */
#define LOOP_ADDRESSES 8
struct loop_lookup;
typedef void loop_lookup_fn(void *arg, const char *const *addresses, size_t count);
struct loop_lookup *loop_lookup_start(struct loop *loop, const char *host,
                                      loop_lookup_fn *fn, void *arg);
void loop_lookup_cancel(struct loop_lookup *lookup); /* fn is not called */

struct uv_loop_s *loop_uv(struct loop *loop);
