/*
 * How it felt, without a name. All that is kept of a writer is a keyed hash, so that
 * they can take it back; the key lies beside the store, not in it, and the hash goes
 * when the retrospective is published. No answer of the bot is kept either.
 */
#pragma once

#include "bot/command.h"

/* The verb. Answers the speaker, in a direct message. */
MUST_CHECK bool feeling_keep(struct turn *turn, const struct command_call *call,
                             const char *text, struct err *err);
/* `drop N` of one: taken out if it is the speaker's. Likewise. */
struct entry;
MUST_CHECK bool feeling_drop(struct turn *turn, const struct command_call *call,
                             const struct entry *entry, struct err *err);
bool feeling_is(const struct entry *entry);
/* For good: the words of those that are still known to be the person's. */
MUST_CHECK bool feelings_forget(struct turn *turn, int64_t person_id, int64_t *count,
                                struct err *err);

/* Does the command line take back a feeling of this incident? Then it is as private as
 * the feeling was: who drops it has written it. */
MUST_CHECK bool feeling_is_meant(struct turn *turn, const struct incident *incident,
                                 const char *line, bool *is_meant, struct err *err);
