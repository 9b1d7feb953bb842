/*
 * What a service manager is told: that the bot is up, that its loop still turns, that
 * it ends. The words are systemd's (sd_notify(3), sd_watchdog_enabled(3)): datagrams to
 * the socket $NOTIFY_SOCKET names. Where nobody asked, nothing is said.
 */
#pragma once

struct loop;
struct watchdog;

/* Says READY=1, then WATCHDOG=1 twice in each $WATCHDOG_USEC, from the loop: one that
 * hangs, in a commit or anywhere else, falls silent and is started again. NULL: nobody
 * asked. */
struct watchdog *watchdog_start(struct loop *loop);
/* Says STOPPING=1. Accepts NULL. */
void watchdog_stop(struct watchdog *watchdog);
