/*
 * Which entries of the timelines hold some words. The index is made late: what is said
 * costs nothing until somebody searches (or the bot has time), and only then is what is
 * new put into it. The texts themselves stay in the timeline alone.
 *
 * Whoever changes or wipes the words of an entry tells it here first, so that they are
 * not found any more. What each engine says in its own words is in search_engine.h.
 */
#pragma once

#include "store/store.h"

struct search_wish {
    const char *words;   /* all must be there; whole ones, else their beginnings */
    int64_t person_id;   /* who asks: private incidents only where they are in */
    int64_t incident_id; /* 0: all */
    int64_t limit;
    int64_t new_most; /* so many new entries go into the index before, at most */
};

struct search_hit {
    int64_t incident_id, n, at_ms;
    const char *handle;  /* NULL: nobody's */
    const char *excerpt; /* some words around the first of them */
};
struct search_hits {
    struct search_hit *all;
    size_t count;
    bool is_more;   /* there are, or may be, older ones */
    bool is_behind; /* the newest entries are not in the index yet */
};

/* Newest first. Puts what is new into the index before. */
MUST_CHECK bool search_find(struct store *store, const struct search_wish *wish,
                            struct search_hits *hits, struct err *err);

/* Puts at most `limit` new entries into the index; *is_behind: more are left. */
MUST_CHECK bool search_keep_up(struct store *store, int64_t limit, bool *is_behind,
                               struct err *err);

/* The words of an entry are about to change (`now`) or to go (NULL). */
MUST_CHECK bool search_change(struct store *store, int64_t entry_id, const char *now,
                              struct err *err);
/* What was taken out leaves the file, too, not only the answers: one step of that,
 * short however much there is. *done: nothing is left to do. */
MUST_CHECK bool search_purge(struct store *store, bool *done, struct err *err);
