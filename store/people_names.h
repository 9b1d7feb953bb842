/*
 * For store/people.c: handles.
 */
#pragma once

#include "store/people.h"

/* *id 0: somebody has it. */
MUST_CHECK bool handle_insert(struct store *store, const char *handle, const char *name,
                              int64_t *id, struct err *err);
/* Under that name, or that name with the first number behind it that nobody has. Makes
 * a person, or renames `known`. */
MUST_CHECK bool person_call(struct store *store, const char *called,
                            const struct person *known, int64_t *id, struct err *err);
/* What to call somebody who is first heard of. */
const char *person_called(struct store *store, const struct account *account);
