/*
 * The two things of the console that stand on foreign ground: waiting for a descriptor
 * on the loop, and the line editor. What a line means is the terminal's affair.
 */
#pragma once

#include "bot/loop.h"

/* Waits until a descriptor can be read; for pipes and terminals, files never make wait.
 */
struct console_watch;
struct console_watch *console_watch_create(struct loop *loop, int fd, loop_fn *ready,
                                           void *arg);
void console_watch_start(struct console_watch *watch);
void console_watch_stop(struct console_watch *watch);
void console_watch_destroy(struct console_watch *watch); /* accepts NULL */
