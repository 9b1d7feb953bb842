/*
 * Whom to call: the choice rule, and its reasons. Pure: facts about people in, an order
 * out; the same record gives the same choice. Where the facts come from is
 * bot/candidates.c's affair.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"

/* From the strongest. */
enum escalation_tie {
    ESCALATION_NO_TIE,
    ESCALATION_WORKED, /* worked together in an earlier incident */
    ESCALATION_TEAM,
    ESCALATION_MENTOR,
    ESCALATION_BUDDY,
};

/* What is known of one person that may be called. Words are ready to be said. */
struct candidate {
    int64_t person_id;
    const char *handle;
    const char *duty;      /* the service they are on duty for, or NULL */
    const char *knows;     /* "callback-worker, payments", or NULL */
    const char *owns;      /* a service, or NULL */
    size_t skill_count;    /* of what they know and own */
    const char *helped;    /* "helped with payments on inc-31", or NULL */
    const char *part_of;   /* "payments' team", "in the rota of payments"; or NULL */
    const char *tie_words; /* "worked with tove on inc-31", or NULL */
    const char *way; /* where there is no tie: "wen (your buddy; same team)"; or NULL */
    const char *team;
    const char *local; /* "02:24 in London" where that is another hour; or NULL */
    int64_t open_tasks;
    enum escalation_tie tie;
    bool is_out;   /* away, the asker, asked before and said no */
    bool is_named; /* asked for by name */
    bool is_here;  /* a member of the incident */
    bool is_awake; /* 08–22 in their zone */
};

struct candidates {
    struct candidate *all;
    size_t count;
};

enum escalation_pool {
    ESCALATION_FITTING, /* duty, skill, tie or part in it is needed */
    ESCALATION_ANYBODY, /* all who are not out (a task among those here) */
};

/* Does anything speak for calling them? */
bool escalation_may(const struct candidate *candidate, enum escalation_pool pool);

/* Puts them into the order of the rule and cuts off who is out or does not fit: named,
 * on duty, skill, has helped with it, part in the service, tie, awake, fewest open
 * tasks, handle. buddy_first: a buddy goes before all but the named. */
void escalation_order(struct candidates *candidates, enum escalation_pool pool,
                      bool buddy_first);

/* "on call for payments; knows callback-worker; worked with tove on inc-31". "" where
 * nothing speaks for them. */
const char *escalation_reasons(struct arena *arena, const struct candidate *candidate,
                               const char *separator);
/* Likewise for whoever would be next after `before`: their common team counts. */
const char *escalation_reasons_after(struct arena *arena,
                                     const struct candidate *candidate,
                                     const struct candidate *before);
/* For a task among those here: "here, nothing open". */
const char *escalation_reasons_here(struct arena *arena,
                                    const struct candidate *candidate);

/* Do the words of a sentence hold this name, or a part of it between hyphens or blanks
 * ("callback" fits callback-worker)? Parts shorter than three letters don't count. */
bool escalation_fits(const char *words, const char *name);
