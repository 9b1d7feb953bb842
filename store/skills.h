/*
 * What people can do, in their own words: kept in small ASCII letters. What the
 * directory's file says and what was added in chat stand side by side; a new file
 * replaces only its own, and does not bring back what was taken away in chat.
 */
#pragma once

#include "store/people.h"
#include "store/store.h"

struct skills {
    const char **all;
    size_t count;
};

/* By name. */
MUST_CHECK bool skills_of(struct store *store, int64_t person_id, struct skills *skills,
                          struct err *err);
/* *is_new false: known already. */
MUST_CHECK bool skill_add(struct store *store, int64_t person_id, const char *name,
                          bool from_file, bool *is_new, struct err *err);
MUST_CHECK bool skill_remove(struct store *store, int64_t person_id, const char *name,
                             bool *was_there, struct err *err);
/* Takes away all that came from the file, of everybody. */
MUST_CHECK bool skills_clear_file(struct store *store, struct err *err);
