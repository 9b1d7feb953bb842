/*
 * Contributing factors as people give them: named by kind, linked by what came of what,
 * judged by how they contributed. Nobody is a factor: one that names a person waits
 * until a technical or process one stands beside it, and waits again where that one
 * goes. How they are drawn is bot/factor_tree.h's affair, what else was learned
 * bot/lesson.h's.
 */
#pragma once

#include "bot/command.h"
#include "store/factors.h"

#define FACTOR_KINDS  "technical process people outside"
#define FACTOR_JUDGED "direct indirect necessary irrelevant"
#define FACTOR_WHYS   5 /* so deep is deep enough: nothing more is asked behind it */

/* The verbs. Each answers the speaker. */
MUST_CHECK bool factor_give(struct turn *turn, const struct command_call *call,
                            const char *kind, const char *text, struct err *err);
/* A new factor behind n, of n's kind. */
MUST_CHECK bool factor_why(struct turn *turn, const struct command_call *call,
                           int64_t n, const char *text, struct err *err);
MUST_CHECK bool factor_rekind(struct turn *turn, const struct command_call *call,
                              int64_t n, const char *kind, struct err *err);
MUST_CHECK bool factor_judge_how(struct turn *turn, const struct command_call *call,
                                 int64_t n, const char *how, struct err *err);
/* n happened because of because_n. */
MUST_CHECK bool factor_because(struct turn *turn, const struct command_call *call,
                               int64_t n, int64_t because_n, struct err *err);
/* Draws them all, for everybody. */
MUST_CHECK bool factor_draw(struct turn *turn, const struct command_call *call,
                            struct err *err);

/* After any change: who must wait does, who need not comes into the draft. *released
 * (may be NULL): "1, 3", those that came; NULL: none. */
MUST_CHECK bool factor_settle(struct turn *turn, int64_t incident_id,
                              const char **released, struct err *err);
/* What the timeline says of one that waits. */
const char *factor_held_record(struct arena *arena, int64_t n);

/* "There is no factor 9 in inc-1." */
MUST_CHECK bool factor_refuse_number(struct turn *turn, const struct command_call *call,
                                     int64_t n, struct err *err);

/* Is somebody's handle or name among the words? Handles in any case; a part of a name
 * only as it is written, since May and may are two words, unless the handle has it. */
MUST_CHECK bool factor_names_person(struct turn *turn, const char *text, bool *names,
                                    struct err *err);
/* For words that go outside: any part, in any case. Rather one word too many. */
MUST_CHECK bool factor_names_outside(struct turn *turn, const char *text, bool *names,
                                     struct err *err);
/* Likewise: the word that is somebody, as it is written; NULL: none. */
MUST_CHECK bool factor_name_outside(struct turn *turn, const char *text,
                                    const char **name, struct err *err);
/* Likewise, of people that are known already. */
bool factor_text_names(struct arena *arena, const struct people *people,
                       const char *text);
bool factor_text_names_outside(struct arena *arena, const struct people *people,
                               const char *text);
