/* Names that were told after the record was written. */
#pragma once

#include "store/store.h"
#include "store/timeline.h"

/* Calls those an entry speaks of by the handles they have now: the row, and the chain
 * over it, keep the id they went by until the platform told who they are. */
MUST_CHECK bool timeline_name(struct store *store, struct entry *entry,
                              struct err *err);
