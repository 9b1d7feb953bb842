/*
 * How the console shows what the bot does: an action becomes the lines of a transcript,
 * `2026-11-22T03:10:30Z muster #ops> …`, or one JSON object. Pure: nothing here writes
 * to anything. Buttons are left out, since the lines name the words to type.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "bot/action.h"
#include "bot/base/arena.h"

/* The id of the message an action makes, from its outbox row: "b17". */
const char *console_message_id(struct arena *arena, int64_t action_id);

/* The lines of an action, each with its newline; "" where there is nothing to see. */
const char *console_write_action(struct arena *arena, const struct action *action,
                                 bool as_json);

/* What the adapter itself has to tell one person, in the same form. */
const char *console_write_notice(struct arena *arena, int64_t at_ms,
                                 const char *channel, const char *name,
                                 const char *words, bool as_json);

/* One line of a note for eyes: marks become words, and nothing in it can move a cursor.
 * A command is shown as it is typed there. */
const char *console_write_words(struct arena *arena, const char *line, bool is_direct);
