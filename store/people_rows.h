/*
 * How a row of people is read, shared by the files of this folder that answer with
 * persons. What a person is stands in store/people.h.
 */
#pragma once

#include "store/people.h"

/* To be selected from `people p`, in the order person_from expects. */
#define PERSON_COLUMNS                                                                 \
    "p.id, p.handle, p.name, p.zone, p.phone, p.team, p.mentor_id, p.in_directory, "   \
    "p.retired_ms, p.away_until_ms, p.listed_ms"

struct person person_from(const struct db_rows *rows, size_t row);
/* All rows, in the store's arena. */
void people_from(struct store *store, const struct db_rows *rows,
                 struct people *people);
