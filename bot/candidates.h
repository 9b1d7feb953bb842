/*
 * The facts for the choice rule, read from the record: who is on duty, who knows what,
 * who is tied to whom, who is away or asleep. The order they come in is
 * bot/escalation.c's.
 */
#pragma once

#include "bot/escalation.h"
#include "bot/note.h"
#include "bot/turn.h"
#include "store/incidents.h"

struct candidates_wish {
    const struct incident *incident; /* NULL: none is meant */
    const char *adapter;             /* for people's zones; NULL: the incident's */
    int64_t asker_id;                /* never chosen */
    int64_t named_id;                /* asked for by name; 0: nobody */
    int64_t service_id;              /* asked for; 0: by `words`, else the incident's */
    const char *words;               /* matched with skills and services; or NULL */
    const int64_t *skip;             /* not these */
    size_t skip_count;
    bool only_here;    /* members of the incident, ties left out */
    bool only_awake;   /* but for the named */
    bool with_away;    /* those who are away, too */
    bool skip_at_work; /* nobody who has something to do in it already */
    bool to_asker;     /* the reasons are read by the asker: "your buddy" */
    bool with_way;     /* whom the asker knows that knows them, where there is no tie */
    bool buddy_first;
    enum escalation_pool pool;
};

/* In order of the rule; count may be 0. */
MUST_CHECK bool candidates_find(struct turn *turn, const struct candidates_wish *wish,
                                struct candidates *candidates, struct err *err);

/* "02:24 in London" where it is another hour there than in the incident's zone; else
 * NULL. is_awake: 08–22 there. */
MUST_CHECK bool candidates_local(struct turn *turn, int64_t person_id,
                                 const char *adapter, const char **local,
                                 bool *is_awake, struct err *err);

/* Where nothing fits (a house that is new knows nobody's skills): a line about who is
 * in the incident besides the asker, those awake first, three at most. They may know,
 * or know who does. No line where nobody is, or no incident is meant. */
MUST_CHECK bool candidates_add_here(struct turn *turn, const struct incident *incident,
                                    int64_t asker_id, struct note *note,
                                    struct err *err);

/* The service that goes by this name, alias or team; 0: none. Case does not matter. */
MUST_CHECK bool candidates_service(struct turn *turn, const char *word,
                                   int64_t *service_id, const char **name,
                                   struct err *err);
/* Names and aliases of services that nearly are the word, three at most: "ledger,
 * orders". NULL: none is near. */
MUST_CHECK bool candidates_near_service(struct turn *turn, const char *word,
                                        const char **names, struct err *err);
