/*
 * Lets alarms fire: sleeps until the earliest row is due, then runs what
 * bot/alarm_table.c says, in a turn, in order of time. After downtime: what acts, acts
 * at once; a reminder late by more than its own length is listed in one message per
 * incident instead.
 */
#pragma once

#include "bot/turn.h"

struct ticker;

struct ticker *ticker_create(struct turns *turns, struct loop *loop,
                             struct clock *clock);
void ticker_destroy(struct ticker *ticker); /* accepts NULL */

/* Rows may have changed: looks again in the next iteration. */
void ticker_wake(struct ticker *ticker);
/* The bot was deaf since then: said in the message that lists what passed. */
void ticker_was_down_since(struct ticker *ticker, int64_t since_ms);
/* When the store last heard that we live; TIME_NONE: never. Live bots write it once a
 * minute. */
MUST_CHECK bool ticker_last_alive(struct store *store, int64_t *at_ms, struct err *err);
