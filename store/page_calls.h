/*
 * The calls made for a page: one a person and round, with the answer that came. A
 * refusal is kept so that nobody is asked twice, and is never shown with a name.
 */
#pragma once

#include "store/pages.h"

enum page_call_state {
    PAGE_CALL_WAITING,
    PAGE_CALL_SILENT, /* its time is over; an answer still counts */
    PAGE_CALL_COMING,
    PAGE_CALL_DECLINED, /* never shown with a name */
    PAGE_CALL_OVER,     /* somebody else came, the page was withdrawn, or nothing could
                           be sent to them */
};

struct page_call {
    int64_t id;
    int64_t incident_id, n;
    int64_t person_id;
    const char *handle; /* read only */
    const char *reason; /* why this person, as said; or NULL */
    int64_t round;
    enum page_call_state state;
    int64_t sent_ms, answered_ms;
    int64_t message_row; /* the outbox row of what was sent to them; 0: none */
};
struct page_calls {
    struct page_call *all;
    size_t count;
};

/* Gives id. */
MUST_CHECK bool page_call_insert(struct store *store, struct page_call *call,
                                 struct err *err);
MUST_CHECK bool page_call_set_message(struct store *store, int64_t id,
                                      int64_t message_row, struct err *err);
/* Those of the page that wait: their time is over. */
MUST_CHECK bool page_calls_silence(struct store *store, const struct page *page,
                                   struct err *err);
/* Those without an answer: nobody else is needed. */
MUST_CHECK bool page_calls_end(struct store *store, const struct page *page,
                               struct err *err);
/* What was to be sent to them will not be: nothing is waited for. *n: the page's
 * number, 0 where no call waited for it. */
MUST_CHECK bool page_call_unsent(struct store *store, int64_t incident_id,
                                 int64_t message_row, int64_t *n, struct err *err);
/* *moved false: nothing of theirs waited in an open page. */
MUST_CHECK bool page_call_decline(struct store *store, const struct page *page,
                                  int64_t person_id, int64_t now_ms, bool *moved,
                                  struct err *err);
/* In order. */
MUST_CHECK bool page_calls_list(struct store *store, const struct page *page,
                                struct page_calls *calls, struct err *err);
