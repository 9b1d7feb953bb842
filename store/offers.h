/*
 * What was offered to a person and waits for their yes: a hand-over, a question whether
 * somebody may lead, a buddy. An offer is settled once, by predicate. What a yes means
 * is the affair of bot/offers.h and of whoever owns the kind.
 */
#pragma once

#include "store/store.h"

enum offer_state {
    OFFER_OPEN,
    OFFER_ACCEPTED,
    OFFER_DECLINED,
    OFFER_LAPSED,
    OFFER_WITHDRAWN, /* events went past it */
};

struct offer {
    int64_t id;
    const char *kind;
    int64_t incident_id, from_id; /* 0: none */
    int64_t to_id;
    int64_t subject;  /* the row it is about, where its kind has rows; 0: none */
    const char *note; /* NULL: none */
    int64_t made_ms;
    int64_t ends_ms; /* TIME_NONE: it does not end by itself */
    enum offer_state state;
    int64_t settled_ms;
    int64_t message_row; /* the outbox row of what they were asked with; 0: none */
};

struct offers {
    struct offer *all;
    size_t count;
};

/* Gives id; the state is open. */
MUST_CHECK bool offer_insert(struct store *store, struct offer *offer, struct err *err);
MUST_CHECK bool offer_set_message(struct store *store, int64_t id, int64_t message_row,
                                  struct err *err);
/* NULL where there is none. */
MUST_CHECK bool offer_find(struct store *store, int64_t id, struct offer **offer,
                           struct err *err);
/* *settled false: it was no longer open; nothing changed. Rules settle by offer_end of
 * bot/offers.h. */
MUST_CHECK bool offer_settle(struct store *store, int64_t id, enum offer_state state,
                             int64_t now_ms, bool *settled, struct err *err);
/* Open ones to a person, the oldest first. incident_id 0: of all incidents and none. */
MUST_CHECK bool offers_to(struct store *store, int64_t to_id, int64_t incident_id,
                          struct offers *offers, struct err *err);
/* The last one to a person, whatever became of it; NULL: none. */
MUST_CHECK bool offer_last_to(struct store *store, int64_t to_id, struct offer **offer,
                              struct err *err);
/* Those like this one (kind, incident, from_id), made at made_ms or later, in whatever
 * state; in order. */
MUST_CHECK bool offers_since(struct store *store, const struct offer *like,
                             struct offers *offers, struct err *err);
/* Open ones of an incident, the oldest first. kind NULL: all kinds. */
MUST_CHECK bool offers_of(struct store *store, int64_t incident_id, const char *kind,
                          struct offers *offers, struct err *err);
/* Of a kind about one row, whatever became of them, the oldest first. */
MUST_CHECK bool offers_about(struct store *store, const char *kind, int64_t subject,
                             struct offers *offers, struct err *err);
