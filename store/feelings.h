/*
 * Whose a feeling is, as a keyed hash and nothing else. Its words are an entry of the
 * timeline that bears no name; the key is not in the database.
 */
#pragma once

#include "store/store.h"

MUST_CHECK bool feeling_insert(struct store *store, int64_t incident_id,
                               int64_t entry_n, const char *writer, struct err *err);
/* NULL where nobody's is known. */
MUST_CHECK bool feeling_writer(struct store *store, int64_t incident_id,
                               int64_t entry_n, const char **writer, struct err *err);
/* A feeling of which a writer is kept. */
struct feeling {
    int64_t incident_id, entry_n;
    const char *writer;
};
struct feelings {
    struct feeling *all;
    size_t count;
};
MUST_CHECK bool feelings_all(struct store *store, struct feelings *feelings,
                             struct err *err);
MUST_CHECK bool feeling_forget_writer(struct store *store,
                                      const struct feeling *feeling, struct err *err);
/* Of a whole incident: from now on they are nobody's. */
MUST_CHECK bool feelings_forget_writers(struct store *store, int64_t incident_id,
                                        struct err *err);
