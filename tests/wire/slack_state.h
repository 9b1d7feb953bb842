/* What nearly every test with the scripted Slack begins with, and waits for. */
#pragma once

#include "tests/wire/slack_peer.h"

/* For cmocka: a plain scripted Slack with a bot that is not started. */
int slack_setup(void **state);
int slack_teardown(void **state);

bool slack_has_socket(struct slack_peer *peer);
bool slack_has_two_sockets(struct slack_peer *peer);
/* The first one is gone. */
bool slack_has_left_first(struct slack_peer *peer);
/* Nothing waits to be said or done. */
bool slack_is_idle(struct slack_peer *peer);
/* The envelope e1, e2, e3 is acked, and nothing waits. */
bool slack_is_first_done(struct slack_peer *peer);
bool slack_is_second_done(struct slack_peer *peer);
bool slack_is_third_done(struct slack_peer *peer);
int64_t slack_open_rows(struct slack_peer *peer);
int64_t slack_buried_rows(struct slack_peer *peer);
/* Posts beyond the first of one row. */
size_t slack_doubles(struct slack_peer *peer);
/* Those of a table, `table WHERE condition`. */
int64_t slack_count(struct slack_peer *peer, const char *condition);

/* Starts the bot, and waits for its socket. */
struct slack_peer *slack_start(void **state);
/* And declares inc-1 by envelope e1, typed in C0OPS. */
struct slack_peer *slack_declare(void **state);
/* The next call of a method has that fault; NULL: none has. */
void slack_fault_once(struct slack_peer *peer, const char *method,
                      enum slack_fault fault);
/* The next `times` calls of a method are refused with Slack's word `error`. */
void slack_says(struct slack_peer *peer, const char *method, const char *error,
                int times);
/* Lines with these words that were logged while `act` ran, by a file in the place of
 * standard error. */
size_t slack_lines_with(struct slack_peer *peer, const char *words,
                        void (*act)(struct slack_peer *));
