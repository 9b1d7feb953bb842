/*
 * What the files of bot/candidates.h share: all that was read for one choice.
 */
#pragma once

#include "bot/candidates.h"
#include "store/choices.h"
#include "store/people.h"
#include "store/ties.h"

/* A service that is looked for, and who is on duty for it. */
struct candidates_wanted {
    int64_t service_id;
    const char *name;
    const char *team;
    int64_t duty_id;
};

/* All that was read for one choice. */
struct candidates_book {
    struct turn *turn;
    const struct candidates_wish *wish;
    const struct person *asker;
    struct people people, members;
    struct people resting; /* not to be asked now */
    struct choices skills, services, owners, rotas, buddies, open_tasks;
    struct ties worked, answered, at_work;
    struct helps helped;
    struct candidates_wanted *wanted;
    size_t wanted_count;
};

bool candidates_pair(const struct choices *choices, int64_t id, int64_t person_id);
/* NULL: none. */
const struct tie *candidates_tie_of(const struct ties *ties, int64_t person_id);

/* The closest tie of the asker to a person (bot/candidates_ties.c). */
void candidates_add_tie(const struct candidates_book *book, const struct person *person,
                        struct candidate *candidate);
/* The closest of the asker's own people who knows this one. */
void candidates_add_way(const struct candidates_book *book, const struct person *person,
                        struct candidate *candidate);
