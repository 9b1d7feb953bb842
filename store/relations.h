/*
 * Incidents that have to do with each other: one is a duplicate of the other, or they
 * are related. Who may be told of it is bot/kinship.h's affair.
 */
#pragma once

#include "store/incidents.h"
#include "store/store.h"

#define RELATION_DUPLICATE "duplicate" /* incident_id is the one that was closed */
#define RELATION_RELATED   "related"   /* incident_id is the older one */

struct relation {
    int64_t incident_id, other_id;
    const char *kind;
    int64_t person_id;
    int64_t at_ms;
};

/* *is_new false: it was so already. */
MUST_CHECK bool relation_add(struct store *store, const struct relation *relation,
                             bool *is_new, struct err *err);
/* *was_there false: there was none. */
MUST_CHECK bool relation_remove(struct store *store, const struct relation *relation,
                                bool *was_there, struct err *err);
/* It was closed as a duplicate, and is none after all. */
MUST_CHECK bool relation_end_duplicate(struct store *store, int64_t incident_id,
                                       struct err *err);
/* Those related to an incident, either way round, private ones left out; by number. */
MUST_CHECK bool relations_of(struct store *store, int64_t incident_id,
                             struct incidents *incidents, struct err *err);
/* The one it was closed as a duplicate of, last; NULL: none, or a private one. */
MUST_CHECK bool relations_original(struct store *store, int64_t incident_id,
                                   struct incident **original, struct err *err);
