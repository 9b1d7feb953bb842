/*
 * The brief that comes with a hand-over: at most seven lines made from the record
 * alone, so that whoever is asked knows what they would take on. And the card of first
 * aid that a new commander gets.
 */
#pragma once

#include "bot/command.h"
#include "bot/note.h"
#include "store/offers.h"
#include "store/pauses.h"

/* What the offer's maker asks of whom it is for. Times are the incident's, with the
 * reader's beside where they differ. */
MUST_CHECK bool brief_handoff(struct turn *turn, const struct incident *incident,
                              const struct offer *offer, struct note **note,
                              struct err *err);
/* The same for whoever is asked to cover during a break. */
MUST_CHECK bool brief_cover(struct turn *turn, const struct incident *incident,
                            const struct offer *offer, const struct pause *pause,
                            struct note **note, struct err *err);
/* And for a latecomer, who is asked nothing. */
MUST_CHECK bool brief_catchup(struct turn *turn, const struct incident *incident,
                              int64_t reader_id, struct note **note, struct err *err);
/* Five lines. `direct`: read in a direct message, so commands name the incident. */
MUST_CHECK bool brief_first_aid(struct turn *turn, const struct incident *incident,
                                int64_t person_id, bool direct, struct note **note,
                                struct err *err);

/* The lines behind a brief's first, six; and the buttons of one that asks. */
MUST_CHECK bool brief_record(struct turn *turn, const struct incident *incident,
                             int64_t to_id, struct note *brief, struct err *err);
void brief_answers(struct turn *turn, const struct incident *incident,
                   struct note *brief);
