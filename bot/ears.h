/*
 * The ears: the running bot as a whole, with the adapters it listens to. What an
 * adapter tells them are the ear_ functions of bot/adapter.h.
 */
#pragma once

#include "bot/adapter.h"
#include "bot/clock.h"
#include "bot/config.h"
#include "bot/loop.h"
#include "bot/turn.h"
#include "store/store.h"

struct ears;

/* All is borrowed and must outlive the ears. */
struct ears *ears_create(struct loop *loop, struct store *store, struct clock *clock,
                         const struct config *config);
/* False: the adapter refused its settings. */
MUST_CHECK bool ears_add(struct ears *ears, const struct adapter_kind *kind,
                         struct err *err);
/* Frees claims of a dead process, starts the adapters. The loop runs until ears_stop.
 */
MUST_CHECK bool ears_start(struct ears *ears, struct err *err);
/* Begins nothing new, waits up to 700 ms for what is under way, then ears_stop. Asked
 * twice, at once. */
void ears_leave(struct ears *ears);
/* Leaves the platforms, commits what is open, stops the loop. */
void ears_stop(struct ears *ears);
void ears_destroy(struct ears *ears); /* accepts NULL */
/* 0; what a finished adapter said; 78 where every platform refused us. */
int ears_exit_status(const struct ears *ears);
struct turns *ears_turns(struct ears *ears);
