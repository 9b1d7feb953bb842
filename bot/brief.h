/*
 * The brief that comes with a hand-over: at most seven lines made from the record
 * alone, so that whoever is asked knows what they would take on. And the card of first
 * aid that a new commander gets.
 */
#pragma once

#include "bot/command.h"
#include "bot/note.h"
#include "store/offers.h"

/* What the offer's maker asks of whom it is for. Times are the incident's, with the
 * reader's beside where they differ. */
MUST_CHECK bool brief_handoff(struct turn *turn, const struct incident *incident,
                              const struct offer *offer, struct note **note,
                              struct err *err);
/* Five lines. `direct`: read in a direct message, so commands name the incident. */
MUST_CHECK bool brief_first_aid(struct turn *turn, const struct incident *incident,
                                int64_t person_id, bool direct, struct note **note,
                                struct err *err);

/* " (10:31 in Singapore)" where the clock of `zone` differs from that of `reader`, else
 * "". */
const char *brief_there(struct arena *arena, int64_t at_ms, const char *zone,
                        const char *reader);
