/*
 * The brief that comes with a hand-over: at most seven lines made from the record
 * alone, so that whoever is asked knows what they would take on. And the card of first
 * aid that a new commander gets.
 */
#pragma once

#include "bot/command.h"

/* `from` asks `to` to lead. Times are the incident's, with the reader's beside where
 * they differ. */
MUST_CHECK bool brief_handoff(struct turn *turn, const struct incident *incident,
                              const struct person *from, const struct person *to,
                              const char *words, struct note **note, struct err *err);
/* Five lines. `direct`: read in a direct message, so commands name the incident. */
MUST_CHECK bool brief_first_aid(struct turn *turn, const struct incident *incident,
                                int64_t person_id, bool direct, struct note **note,
                                struct err *err);
