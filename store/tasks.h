/*
 * Tasks. One is open until its person says yes, then acked, then
 * done; who was offered it before stays in task_offers. Who may do what, and what is
 * said of it, is bot/task.c's affair.
 */
#pragma once

#include "store/store.h"

enum task_state { TASK_OPEN, TASK_ACKED, TASK_DONE };

struct task {
    int64_t incident_id, n;
    const char *what;
    int64_t owner_id;  /* 0: nobody, it was declined and waits for somebody */
    const char *owner; /* their handle, or NULL; read only */
    int64_t giver_id;
    enum task_state state;
    int64_t due_ms; /* TIME_NONE: no time was given */
    int64_t made_ms, offered_ms, acked_ms, done_ms;
    const char *result;
    int64_t card_row; /* the outbox row of its card; 0: none */
};

struct tasks {
    struct task *all;
    size_t count;
};

const char *task_state_name(enum task_state state);

/* n is the incident's next; the owner is its first offer. */
MUST_CHECK bool task_insert(struct store *store, const struct task *task,
                            struct err *err);
/* NULL where there is none. */
MUST_CHECK bool task_find(struct store *store, int64_t incident_id, int64_t n,
                          struct task **task, struct err *err);

/* All move by predicate: *moved is false where it was no longer so. */

/* The owner's yes to an open task; a task that nobody has becomes theirs. */
MUST_CHECK bool task_ack(struct store *store, const struct task *task,
                         int64_t person_id, int64_t now_ms, bool *moved,
                         struct err *err);
/* The owner's no, before or after a yes: open again, nobody's. */
MUST_CHECK bool task_decline(struct store *store, const struct task *task,
                             int64_t person_id, int64_t now_ms, bool *moved,
                             struct err *err);
/* Its person is free of it: open again, nobody's, and no answer is noted. */
MUST_CHECK bool task_free(struct store *store, const struct task *task,
                          struct err *err);
/* To somebody else: open again, unless it is done. */
MUST_CHECK bool task_offer(struct store *store, const struct task *task,
                           int64_t person_id, int64_t now_ms, bool *moved,
                           struct err *err);
/* With task->result, which may be NULL. A task that nobody has becomes person_id's. */
MUST_CHECK bool task_finish(struct store *store, const struct task *task,
                            int64_t person_id, int64_t now_ms, bool *moved,
                            struct err *err);

MUST_CHECK bool task_set_due(struct store *store, const struct task *task,
                             int64_t due_ms, struct err *err);
MUST_CHECK bool task_set_card(struct store *store, const struct task *task,
                              int64_t card_row, struct err *err);

/* By number. */
MUST_CHECK bool tasks_list(struct store *store, int64_t incident_id,
                           struct tasks *tasks, struct err *err);
/* Not done and owned by the person: in one incident that is open, or in all of them
 * (incident_id 0). */
MUST_CHECK bool tasks_of(struct store *store, int64_t person_id, int64_t incident_id,
                         struct tasks *tasks, struct err *err);
/* The same where it is over: in that incident, or in all that are resolved, and not
 * reviewed, or cancelled (a duplicate is). */
MUST_CHECK bool tasks_left(struct store *store, int64_t person_id, int64_t incident_id,
                           struct tasks *tasks, struct err *err);
/* The last one offered to the person at since_ms or later that is with another by now,
 * likewise; NULL: none. */
MUST_CHECK bool task_last_offered(struct store *store, int64_t person_id,
                                  int64_t incident_id, int64_t since_ms,
                                  struct task **task, struct err *err);
/* Not done, and done. */
MUST_CHECK bool tasks_count(struct store *store, int64_t incident_id, int64_t *open,
                            int64_t *done, struct err *err);

/* Who was offered a task, in order. */
struct task_offer {
    int64_t person_id;
    const char *handle;
    int64_t offered_ms, answered_ms;
    const char *answer; /* "yes", "no" (never shown with a name), or NULL */
};
struct task_offers {
    struct task_offer *all;
    size_t count;
};
MUST_CHECK bool task_offers_list(struct store *store, int64_t incident_id, int64_t n,
                                 struct task_offers *offers, struct err *err);
