/*
 * What the two halves of bot/question_on.h share: the offers (question_on.c), and the
 * question that goes out (question_on_send.c).
 */
#pragma once

#include "bot/candidates.h"
#include "bot/question_on.h"

#define QUESTION_ON   "ask-on"
#define QUESTION_BOTH "ask-both"

/* Whoever may know and was not asked yet, named_id (0: nobody) before all; *next NULL:
 * nobody. */
MUST_CHECK bool question_next(struct turn *turn, const struct question *question,
                              const char *words, int64_t named_id,
                              const struct candidate **next, struct err *err);
/* Nobody is asked any more whether they want to be named. */
MUST_CHECK bool question_end_both(struct turn *turn, const struct question *question,
                                  struct err *err);
/* It goes out, with_id (0: nobody) named beside the asker; both are told. late_ms > 0:
 * all hear that it is late. */
MUST_CHECK bool question_send_on(struct turn *turn, const struct question *question,
                                 int64_t with_id, int64_t late_ms, struct err *err);
/* Its incident ended since it was asked: then it does not go out by itself any more,
 * and the asker is told. */
MUST_CHECK bool question_is_over(struct turn *turn, const struct question *question,
                                 bool *is_over, struct err *err);
MUST_CHECK bool question_tell_over(struct turn *turn, const struct question *question,
                                   struct err *err);
