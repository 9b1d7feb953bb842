/*
 * From a command line to a typed call: splits off the verb and `inc-N`, reads the
 * arguments as the table declares them, and makes the sentence for the person where one
 * does not fit.
 */
#pragma once

#include "bot/command.h"

#define WORDS_SIGNS           ".,:;!" /* behind a word: "now!", "inc-3: all well" */
#define WORDS_REFERENCE_LIMIT 999999999999999 /* no incident was given a larger one */

/* Where a line begins with the bot's prefix (!inc, !incident, /inc, /incident; case
 * does not matter): the rest of it. NULL where it does not. */
const char *words_after_prefix(const char *text);

/* The event as it is heard: where it may be a command, every blank is a plain one, so
 * that a verb and its flags (--private) are seen whatever stands between them. */
const struct chat_event *words_hear_blanks(struct arena *arena,
                                           const struct chat_event *event);

/* "page bo" of "please page bo", "pls, page bo"; without it, the line. */
const char *words_behind_please(const char *line);
/* "lead" of "`lead`": what stands alone in backticks, be they one or three. NULL where
 * it does not. */
const char *words_out_of_code(struct arena *arena, const char *text);
/* The verb of a line; *rest is what follows it. NULL: no such verb (or an empty line).
 */
const struct command *words_verb(const char *line, const char **rest);
/* The first word, for "No verb "…"". In the arena. */
const char *words_first(struct arena *arena, const char *line);

/* `inc-42` at the cursor: its number, moved behind it. `bare` allows `42`, `inc 42` and
 * `#inc-42-its-title`, too. */
bool words_reference(const char **cursor, bool bare, int64_t *id);

/* "inc-42", as it is said back where there is none; of a number beyond all, that. */
const char *words_reference_said(struct arena *arena, int64_t id);

/* The line itself asks for privacy: its verb is private, or has its private flag. */
bool words_are_private(const char *line);

/* Behind words that ask for nothing more, and lone signs: "please", "now!"; `may_ask`:
 * also "now?", "?". */
const char *words_behind_courtesy(const char *at, bool may_ask);

/* Reads `rest` into call->args by the first form that fits. refusal->text where none
 * does; nothing is run. call->incident must be set before (its severity is named in the
 * error). */
MUST_CHECK bool words_read(struct turn *turn, struct command_call *call,
                           const char *rest, command_fn **run, struct refusal *refusal,
                           struct err *err);

/* A person by mention (<@id>, @handle), handle, or full name. NULL with refusal->text
 * where nobody fits (with those near it: handles, first names) or several do. */
MUST_CHECK bool words_person(struct turn *turn, const struct command_call *call,
                             const char *word, struct person **person,
                             struct refusal *refusal, struct err *err);
/* Adds to `why` those who are in the incident: " Who? Here: ana, bo." */
MUST_CHECK bool words_add_here(struct turn *turn, const struct command_call *call,
                               const char **why, struct err *err);
