/*
 * What the two halves of bot/cover.h share: asking (cover_ask.c) and what becomes of it
 * (cover.c).
 */
#pragma once

#include "bot/cover.h"
#include "bot/duty.h"
#include "store/covers.h"

#define COVER_OFFER "cover" /* the offers' kind; their subject is the request */

/* Words fit for %s: the service's name; "until Fri 13 March, 17:00 CET" or "for 3
 * shifts from … until …", with the reader's own hour where that is another; the command
 * to put somebody else on duty. */
const char *cover_service(struct turn *turn, int64_t service_id);
const char *cover_span(struct turn *turn, const struct cover *cover, int64_t reader_id);
const char *cover_by_name(struct turn *turn, int64_t service_id);

/* Those duties of theirs that the request is about, as the rota has them now. */
MUST_CHECK bool cover_shifts(struct turn *turn, const struct cover *cover,
                             struct duty_span **shifts, size_t *count, struct err *err);

/* Asks the next few by the choice rule; who sleeps only where nobody else is left.
 * *names is NULL where there is nobody. */
MUST_CHECK bool cover_ask_next(struct turn *turn, const char *adapter,
                               const struct cover *cover, const char **names,
                               struct err *err);
