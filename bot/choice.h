/*
 * What a message of ours offers, chosen by a button or by a check mark under it.
 */
#pragma once

#include "bot/chat.h"
#include "bot/command.h"
#include "bot/turn.h"
#include "store/outbox.h"

/* How every adapter calls that reaction. */
#define CHOICE_MARK "white_check_mark"

/* The row of the message that the event is about; NULL: none of ours, or not named
 * yet. */
MUST_CHECK bool choice_row(struct turn *turn, const struct chat_event *event,
                           struct outbox_row **row, struct err *err);

/* The line of a button: the one its message offered under that word, else the word
 * itself. */
MUST_CHECK bool choice_line(struct turn *turn, const struct chat_event *event,
                            const char **line, struct err *err);

/*
 * The line a check mark chooses: the first choice of what the message says now, unless
 * that ends something. NULL: it is just a reaction. Where a platform has buttons, a
 * check mark is a yes to what somebody is asked, and nothing else: under a headline it
 * is no wish to lead. Where there are none, the message says in words what a check mark
 * does.
 */
MUST_CHECK bool choice_marked(struct turn *turn, const struct chat_event *event,
                              const char **line, struct err *err);

/* A check mark that chose nothing, perhaps since its message has no name yet: it is
 * looked at again then (bot/early.h). Of other events nothing is kept. */
MUST_CHECK bool choice_early(struct turn *turn, const struct chat_event *event,
                             struct err *err);

/* The reminder that a pressed button puts off. */
struct choice_reminder {
    const struct outbox_row
        *row;         /* its message; NULL: it was typed, or is none of ours */
    const char *name; /* nudge_quiet_name; NULL: the message has no such
                         button any more */
    bool is_nameless; /* a message of a version before this one */
};
MUST_CHECK bool choice_reminder(struct turn *turn, const struct command_call *call,
                                struct choice_reminder *reminder, struct err *err);

/* What the call's event chose was done; where it chose nothing, nothing happens. A
 * question of the bot to one person, of an incident, and a reminder that can be put off
 * take one answer: what was asked stays to be read, its buttons go. What was refused is
 * no answer: they stay. */
MUST_CHECK bool choice_taken(struct turn *turn, const struct command_call *call,
                             struct err *err);
