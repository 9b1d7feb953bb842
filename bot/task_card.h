/*
 * What is said of a task: its card in the channel, by the state it is in, and the line
 * the timeline keeps.
 */
#pragma once

#include "bot/note.h"
#include "bot/turn.h"
#include "store/tasks.h"

struct note *task_card(struct turn *turn, const struct task *task);
/* The old card of a task that was offered to somebody else. */
struct note *task_card_moved(struct turn *turn, const struct task *task);

/* "Task 2, tove, by 03:00 CET: how many orders" without a full stop. */
const char *task_words(struct turn *turn, const struct task *task);
/* "task 2 for tove, by 03:00 CET: how many orders", plain. */
const char *task_record(struct turn *turn, const struct task *task);
/* "how many orders." or "how many orders?": people's words as a sentence. */
const char *task_sentence(struct turn *turn, const char *words);
