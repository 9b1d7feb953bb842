/*
 * Who may be asked without shame: buddies, in the order they are asked in. A row is a
 * tie that holds; one that is only offered is in store/offers.h. One's mentor stands in
 * store/people.h.
 */
#pragma once

#include "store/people.h"
#include "store/store.h"

/* Not retired, in order. */
MUST_CHECK bool buddies_of(struct store *store, int64_t person_id,
                           struct people *buddies, struct err *err);
/* Who counts person_id among their buddies, without being one of theirs: the directory
 * alone says so. */
MUST_CHECK bool buddies_one_sided(struct store *store, int64_t person_id,
                                  struct people *people, struct err *err);
MUST_CHECK bool buddy_is(struct store *store, int64_t person_id, int64_t buddy_id,
                         bool *is_buddy, struct err *err);
/* buddy_id becomes the last buddy of person_id; the other way is a row of its own. From
 * the file: not where one of them ended it in chat. One from the file that is agreed in
 * chat stays when the file drops it. */
MUST_CHECK bool buddy_add(struct store *store, int64_t person_id, int64_t buddy_id,
                          int64_t now_ms, bool from_file, struct err *err);
/* One of the two wants it no more: the file does not bring it back. Agreeing does. */
MUST_CHECK bool buddy_end(struct store *store, int64_t person_id, int64_t buddy_id,
                          struct err *err);
MUST_CHECK bool buddy_agree(struct store *store, int64_t person_id, int64_t buddy_id,
                            struct err *err);
/* Takes away all that came from the file, of everybody. */
MUST_CHECK bool buddies_clear_file(struct store *store, struct err *err);
