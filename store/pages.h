/*
 * Pages: one wish for help each. A page stops at its first answer, by predicate. Whom
 * it calls is in store/page_calls.h; whom it calls next, bot/escalation.c's affair.
 */
#pragma once

#include "store/store.h"

enum page_state {
    PAGE_OPEN,
    PAGE_ANSWERED,  /* somebody is coming */
    PAGE_WITHDRAWN, /* not needed any more */
};

struct page {
    int64_t incident_id, n;
    int64_t asker_id;
    const char *asker; /* their handle; read only */
    const char *why;   /* as typed, or NULL */
    int64_t wanted_id; /* the person named; 0: none */
    int64_t service_id;
    enum page_state state;
    int64_t made_ms;
    int64_t round; /* from 1; behind the last one the calling is over */
    bool is_escalation;
    int64_t answered_ms, answered_by;
    const char *answerer; /* read only; NULL: nobody */
    int64_t card_row;
};

struct pages {
    struct page *all;
    size_t count;
};

const char *page_state_name(enum page_state state);

/* n is the incident's next. */
MUST_CHECK bool page_insert(struct store *store, const struct page *page,
                            struct err *err);
/* NULL where there is none. */
MUST_CHECK bool page_find(struct store *store, int64_t incident_id, int64_t n,
                          struct page **page, struct err *err);
/* *first: this answer stopped it; false where it was not open any more. Their call (if
 * any) is "coming" either way; on the first answer the other waiting ones are "over".
 */
MUST_CHECK bool page_answer(struct store *store, const struct page *page,
                            int64_t person_id, int64_t now_ms, bool *first,
                            struct err *err);
/* *moved false: it was not open any more. Waiting calls are "over". */
MUST_CHECK bool page_withdraw(struct store *store, const struct page *page,
                              int64_t now_ms, bool *moved, struct err *err);
MUST_CHECK bool page_set_round(struct store *store, const struct page *page,
                               int64_t round, struct err *err);
MUST_CHECK bool page_set_card(struct store *store, const struct page *page,
                              int64_t card_row, struct err *err);
/* By number. */
MUST_CHECK bool pages_list(struct store *store, int64_t incident_id,
                           struct pages *pages, struct err *err);
/* Open ones that called the person and wait for their answer: of one incident, or of
 * all open ones (incident_id 0). */
MUST_CHECK bool pages_of(struct store *store, int64_t person_id, int64_t incident_id,
                         struct pages *pages, struct err *err);
/* The last one that called the person and ended at since_ms or later, likewise;
 * NULL: none. */
MUST_CHECK bool page_last_called(struct store *store, int64_t person_id,
                                 int64_t incident_id, int64_t since_ms,
                                 struct page **page, struct err *err);
/* Open ones that the person asked for, likewise. */
MUST_CHECK bool pages_asked_by(struct store *store, int64_t person_id,
                               int64_t incident_id, struct pages *pages,
                               struct err *err);
