/*
 * What the choice of a person is made from, read at one go: skills, services and their
 * words, owners, rotas, buddies, open tasks. Rows only; who is chosen is
 * bot/escalation.c's affair. Nothing of retired people or services is in it.
 */
#pragma once

#include "store/store.h"

/* Two ids, or an id and a word, by what was asked for. */
struct choice {
    int64_t id;
    int64_t person_id;
    const char *kind; /* of a service's word: name, alias, skill, team */
    const char *word;
};
struct choices {
    struct choice *all;
    size_t count;
};

/* person_id and word: each skill. By person and skill. */
MUST_CHECK bool choices_skills(struct store *store, struct choices *choices,
                               struct err *err);
/* id, kind and word: what a service goes by, and which skills it wants. By id; the
 * name first. */
MUST_CHECK bool choices_services(struct store *store, struct choices *choices,
                                 struct err *err);
/* id (service) and person_id. */
MUST_CHECK bool choices_owners(struct store *store, struct choices *choices,
                               struct err *err);
MUST_CHECK bool choices_rotas(struct store *store, struct choices *choices,
                              struct err *err);
/* id has person_id as a buddy, in their order. */
MUST_CHECK bool choices_buddies(struct store *store, struct choices *choices,
                                struct err *err);
/* person_id, and in id how many tasks they have that are not done, in open incidents;
 * of private ones only those of incident_id. */
MUST_CHECK bool choices_open_tasks(struct store *store, int64_t incident_id,
                                   struct choices *choices, struct err *err);
