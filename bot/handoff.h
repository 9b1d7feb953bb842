/*
 * Passing command on: `handoff @who` offers it with a brief, `lead` asks the one who
 * leads. Command moves on a yes; an offer without an answer lapses, a question without
 * an answer counts as a yes.
 */
#pragma once

#include "bot/alarm.h"
#include "bot/offers.h"

/* Somebody leads already. Answers the speaker; refuses in private where it makes no
 * sense. */
MUST_CHECK bool handoff_offer(struct turn *turn, const struct command_call *call,
                              const struct person *to, const char *words,
                              struct err *err);
/* The speaker would like to lead; `holder` leads now. */
MUST_CHECK bool handoff_ask(struct turn *turn, const struct command_call *call,
                            const struct person *holder, struct err *err);
/* What was offered or asked about command is past: it went elsewhere, or the incident
 * is over. */
MUST_CHECK bool handoff_withdraw(struct turn *turn, const struct incident *incident,
                                 struct err *err);
/* Whoever it was offered to can't take it any more: it lapses now, for all to see. */
MUST_CHECK bool handoff_lapse(struct turn *turn, const struct incident *incident,
                              int64_t to_id, struct err *err);

/* The part of it that is about questions (bot/handoff_question.c). */
MUST_CHECK bool handoff_withdraw_question(struct turn *turn,
                                          const struct incident *incident,
                                          struct err *err);

extern const struct offer_kind handoff_offer_kind;     /* "handoff" */
extern const struct offer_kind handoff_question_kind;  /* "lead" */
extern const struct alarm_kind handoff_lapse_alarm;    /* "handoff-lapse" */
extern const struct alarm_kind handoff_question_alarm; /* "lead-question" */
