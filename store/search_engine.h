/*
 * What searching needs of an engine, in its own words. search_fts5.c has them for
 * SQLite; the place for PostgreSQL is a file beside it: there {search} of the migration
 * is a GIN index over to_tsvector('simple', text) of the timeline, which keeps itself,
 * so that put, take and purge have nothing to do, and find is `@@ to_tsquery`. Only
 * store/search.c includes this.
 */
#pragma once

#include "store/store.h"

/* Entries with ids behind `after_id` up to `last_id`. */
MUST_CHECK bool search_engine_put_all(struct store *store, int64_t after_id,
                                      int64_t last_id, struct err *err);
MUST_CHECK bool search_engine_put(struct store *store, int64_t entry_id,
                                  const char *text, struct err *err);
/* Before the words change in the timeline. Nothing where it is not in. */
MUST_CHECK bool search_engine_take(struct store *store, int64_t entry_id,
                                   struct err *err);
/* A step; is_first: there is more to purge than at the step before. */
MUST_CHECK bool search_engine_purge(struct store *store, bool is_first, bool *done,
                                    struct err *err);

/* What people typed as the engine's own expression; NULL where no word is in it. */
const char *search_engine_query(struct arena *arena, const char *words);
/* Likewise for words that begin so; NULL where none does but these words themselves. */
MUST_CHECK bool search_engine_query_begun(struct store *store, const char *words,
                                          const char **query, struct err *err);

/* Streams what matches, newest first: entry id, incident id, number, moment, handle,
 * may they see it ($2 is who asks). */
MUST_CHECK bool search_engine_find(struct store *store, const char *query,
                                   int64_t person_id, db_row_fn *row_fn, void *context,
                                   struct err *err);
/* Some words of the entry around what matches. */
MUST_CHECK bool search_engine_excerpt(struct store *store, const char *query,
                                      int64_t entry_id, const char **excerpt,
                                      struct err *err);
