/*
 * What the console must not forget from one start to the next: the session, the line
 * and the moment it came to, what labels name, and the bot's last message in each
 * channel. All of it is written in the turn of the line it belongs to.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "adapters/console_clock.h"
#include "bot/adapter.h"

struct console_kept;

struct console_memory {
    struct ears *ears;
    struct adapter *adapter;
    int64_t session;
    int64_t recorded_line;      /* of this session; later lines are news */
    char before[48];            /* SESSION.LINE reached last before this start */
    struct console_clock clock; /* where the transcript stands */
    struct console_clock start; /* where it stood before the session's first line */
    struct console_kept *kept;  /* what was remembered in this process */
};

/* Goes on with the last session (`resume`), or begins the one after it. False: what the
 * last one was can't be read. */
MUST_CHECK bool console_memory_init(struct console_memory *memory, struct ears *ears,
                                    struct adapter *adapter, bool resume);
void console_memory_finish(struct console_memory *memory);

/* The line was reached; joins the present turn. Lines of an earlier run change nothing.
 */
void console_memory_reach(struct console_memory *memory, int64_t line);

/* Names to values, kept with the present turn; the value is NULL where there is none.
 */
void console_memory_set(struct console_memory *memory, const char *name,
                        const char *value);
const char *console_memory_find(struct console_memory *memory, const char *name);

/* The bot said `message` in a channel, to one person alone where `person` is set. */
void console_memory_said(struct console_memory *memory, const char *channel,
                         const char *person, int64_t action_id);
/* Its last message there that this person can see: the action, 0 where there is none.
 */
int64_t console_memory_last(struct console_memory *memory, const char *channel,
                            const char *person);
