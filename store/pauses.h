/*
 * Breaks people take in an incident, and who covers for them. One that nobody said yes
 * to yet has no deputy and no begin. Who is asked, and what moves, is bot/pause.c's
 * affair.
 */
#pragma once

#include "store/store.h"

struct pause {
    int64_t id, incident_id, person_id;
    int64_t deputy_id; /* 0: nobody yet */
    bool by_choice;    /* the bot asks one after the other; else one by name */
    int64_t length_ms;
    int64_t asked_ms;
    int64_t from_ms; /* TIME_NONE: not begun */
};

struct pauses {
    struct pause *all;
    size_t count;
};

/* Gives id. */
MUST_CHECK bool pause_insert(struct store *store, struct pause *pause, struct err *err);
/* The one of a person that has not ended; NULL where there is none. */
MUST_CHECK bool pause_find(struct store *store, int64_t incident_id, int64_t person_id,
                           struct pause **pause, struct err *err);
/* That have not ended, in order. */
MUST_CHECK bool pauses_open(struct store *store, int64_t incident_id,
                            struct pauses *pauses, struct err *err);
/* By predicate: *begun false where it began or ended before. */
MUST_CHECK bool pause_begin(struct store *store, int64_t id, int64_t deputy_id,
                            int64_t now_ms, bool *begun, struct err *err);
MUST_CHECK bool pause_set_length(struct store *store, int64_t id, int64_t length_ms,
                                 struct err *err);
MUST_CHECK bool pause_end(struct store *store, int64_t id, int64_t now_ms,
                          struct err *err);
