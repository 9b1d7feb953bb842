/*
 * The five questions of impact, asked and answered in chat, and the level they propose.
 * A proposal only: somebody takes it, and judgement goes first.
 */
#pragma once

#include "bot/command.h"
#include "bot/impact.h"

/* What is known of an incident's impact. How long it lasts is read from its moments
 * where nobody said it. */
MUST_CHECK bool impact_read(struct turn *turn, const struct incident *incident,
                            struct impact *impact, struct err *err);

/* All of these answer the speaker. */
MUST_CHECK bool impact_show(struct turn *turn, const struct command_call *call,
                            struct err *err);
/* One word for each question they answer, in any order. */
MUST_CHECK bool impact_answer(struct turn *turn, const struct command_call *call,
                              const char *words, struct err *err);
/* The question that is open. */
MUST_CHECK bool impact_pass(struct turn *turn, const struct command_call *call,
                            struct err *err);
/* Takes the proposal. */
MUST_CHECK bool impact_set(struct turn *turn, const struct command_call *call,
                           struct err *err);
