/*
 * Contributing factors and which came of which; and what else was learned: what went
 * well, what surprised, what nobody watches. When a factor must wait is bot/factor.h's
 * affair.
 */
#pragma once

#include "store/store.h"

struct factor {
    int64_t incident_id, n;
    const char *kind; /* technical, process, people, outside */
    const char *text;
    int64_t person_id;
    const char *handle; /* read only */
    int64_t at_ms;
    bool names_person;
    bool is_held; /* waits for another beside it: in no draft and no export */
    int64_t entry_n;
    const char *judged; /* direct, indirect, necessary, irrelevant; NULL: not judged */
};

struct factors {
    struct factor *all;
    size_t count;
};

/* n is given by the caller (incident_next_factor). */
MUST_CHECK bool factor_insert(struct store *store, const struct factor *factor,
                              struct err *err);
/* NULL where there is none, or it was dropped. */
MUST_CHECK bool factor_find(struct store *store, int64_t incident_id, int64_t n,
                            struct factor **factor, struct err *err);
MUST_CHECK bool factor_set_kind(struct store *store, int64_t incident_id, int64_t n,
                                const char *kind, struct err *err);
MUST_CHECK bool factor_hold(struct store *store, const struct factor *factor, bool held,
                            struct err *err);
MUST_CHECK bool factor_set_names(struct store *store, const struct factor *factor,
                                 bool names_person, struct err *err);
/* Another judgement replaces the one before; taken back by its timeline entry, it is
 * not judged at all. */
MUST_CHECK bool factor_judge(struct store *store, const struct factor *factor,
                             const char *judged, int64_t entry_n, struct err *err);
MUST_CHECK bool factor_judge_drop_entry(struct store *store, int64_t incident_id,
                                        int64_t entry_n, struct err *err);
MUST_CHECK bool factor_drop_entry(struct store *store, int64_t incident_id,
                                  int64_t entry_n, int64_t now_ms, struct err *err);
/* In order of number; those not dropped. held: the held ones, too. */
MUST_CHECK bool factors_list(struct store *store, int64_t incident_id, bool held,
                             struct factors *factors, struct err *err);

/* n happened because of because_n. *is_new false: known already. */
MUST_CHECK bool factor_link(struct store *store, int64_t incident_id, int64_t n,
                            int64_t because_n, bool *is_new, struct err *err);
/* The timeline entry it stands under, and taking it back by that. */
MUST_CHECK bool factor_link_set_entry(struct store *store, int64_t incident_id,
                                      int64_t n, int64_t because_n, int64_t entry_n,
                                      struct err *err);
MUST_CHECK bool factor_link_drop_entry(struct store *store, int64_t incident_id,
                                       int64_t entry_n, struct err *err);
struct factor_links {
    int64_t (*all)[2]; /* n, because_n */
    size_t count;
};
/* Those of which neither end was dropped. held: of held ones, too. */
MUST_CHECK bool factor_links_list(struct store *store, int64_t incident_id, bool held,
                                  struct factor_links *links, struct err *err);

struct lesson {
    int64_t incident_id;
    const char *kind; /* well, surprise, gap */
    const char *text;
    int64_t person_id;
    const char *handle; /* read only */
    int64_t at_ms, entry_n;
};
struct lessons {
    struct lesson *all;
    size_t count;
};
MUST_CHECK bool lesson_insert(struct store *store, const struct lesson *lesson,
                              struct err *err);
MUST_CHECK bool lesson_drop_entry(struct store *store, int64_t incident_id,
                                  int64_t entry_n, int64_t now_ms, struct err *err);
MUST_CHECK bool lessons_list(struct store *store, int64_t incident_id, const char *kind,
                             struct lessons *lessons, struct err *err);
