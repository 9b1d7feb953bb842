/*
 * The calls of a page: the next person of the round, what they and the channel are
 * told, the alarm for when no answer comes, and what is said when nobody is left.
 */
#pragma once

#include "bot/alarm.h"
#include "bot/candidates.h"
#include "store/outbox.h"
#include "store/page_calls.h"

/* Whoever may be called for this page, in order; those who said no are left out. */
MUST_CHECK bool ring_candidates(struct turn *turn, const struct incident *incident,
                                const struct page *page, struct candidates *candidates,
                                struct err *err);

/* Calls the next one (is_first: of all) and sets the alarm; where nobody is left, says
 * so. late_ms: how late this comes. */
MUST_CHECK bool ring_next(struct turn *turn, const struct incident *incident,
                          const struct page *page, bool is_first, int64_t late_ms,
                          struct err *err);

/* Puts `words` in place of what was sent to a person (0: to all) for this page, so that
 * no button of it is left. */
MUST_CHECK bool ring_close_messages(struct turn *turn, const struct incident *incident,
                                    const struct page *page, int64_t person_id,
                                    const char *words, struct err *err);

/* No more calls: the alarm goes, the messages are closed, and whoever was called and
 * has not said no (but except_id) is told `words`. */
MUST_CHECK bool ring_stop(struct turn *turn, const struct incident *incident,
                          const struct page *page, int64_t except_id, const char *words,
                          struct err *err);

/* A direct message of the incident will not get there, `why` for people: where it was
 * to call somebody, the channel hears so and the next one is called at once. */
MUST_CHECK bool ring_unsent(struct turn *turn, const struct incident *incident,
                            const struct outbox_row *row, const char *why,
                            struct err *err);

extern const struct alarm_kind ring_unanswered_alarm; /* "page-unanswered" */
