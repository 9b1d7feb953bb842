/* Whom a page does not call, or only behind all others: who said no, and who is being
 * rung already. */
#pragma once

#include "bot/candidates.h"
#include "bot/turn.h"
#include "store/page_calls.h"

struct ring_skip {
    int64_t *ids;
    size_t declined; /* the first ones: said no to this page */
    size_t count;    /* with those whom another page of the incident rings now, or who
                        said no to it within the hour */
};

/* `calls` are the page's own: whoever it called itself stays its affair. */
MUST_CHECK bool ring_skip_find(struct turn *turn, const struct page *page,
                               const struct page_calls *calls, struct ring_skip *skip,
                               struct err *err);
/* Those of other pages go behind all others: better rung twice than nobody. */
void ring_skip_last(struct arena *arena, const struct ring_skip *skip,
                    struct candidates *all);
