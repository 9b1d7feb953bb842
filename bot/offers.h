/*
 * Offers that wait for a person's yes, of all kinds: which one `accept` and `decline`
 * mean, and whose code answers it. Each kind is one entry in bot/offer_table.c.
 */
#pragma once

#include "bot/command.h"
#include "bot/note.h"
#include "store/offers.h"

/* The offer is settled already (accepted, or declined) when its function runs; it does
 * what follows and answers the speaker. A decline leaves no trace in public. */
typedef bool offer_answer_fn(struct turn *turn, const struct command_call *call,
                             const struct offer *offer, struct err *err);

struct offer_kind {
    const char *name; /* the row's kind */
    offer_answer_fn *accept, *decline;
    const char *what; /* for a list of what waits: "lead inc-42, asked by marek": the
                         verb, "lead" */
    /* For whoever says yes to what waits no more: *words, "wen leads inc-1". NULL:
     * there is nothing to tell. */
    bool (*stands)(struct turn *turn, const struct offer *offer, const char **words,
                   struct err *err);
};

extern const struct offer_kind *const offer_table[]; /* bot/offer_table.c; NULL-ended */

/* `stands` of what is about the lead. */
MUST_CHECK bool offer_leader(struct turn *turn, const struct offer *offer,
                             const char **words, struct err *err);

/* Asks them in private, where the note has buttons that end with the offer; it is in
 * the store already, and of an incident. */
MUST_CHECK bool offer_ask(struct turn *turn, const struct incident *incident,
                          const struct offer *offer, struct note *note,
                          struct err *err);
/* Settles it, as offer_settle of store/offers.h; the message they were asked with says
 * so, without its buttons. */
MUST_CHECK bool offer_end(struct turn *turn, const struct offer *offer,
                          enum offer_state state, bool *settled, struct err *err);

/* The commands: the only offer to the speaker that waits, or number N of the list. */
MUST_CHECK bool offer_accept(struct turn *turn, const struct command_call *call,
                             int64_t n, struct err *err);
MUST_CHECK bool offer_decline(struct turn *turn, const struct command_call *call,
                              int64_t n, struct err *err);
/* Does an offer of an incident wait for them, as `accept` would take one? To be a buddy
 * may wait for weeks. */
MUST_CHECK bool offer_waits(struct turn *turn, const struct command_call *call,
                            bool *waits, struct err *err);
