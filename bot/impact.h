/*
 * Severity is impact: five questions, each of which may be skipped, and the sum that
 * follows. Pure: words and settings in, points and a level out; the sum is shown with
 * all its parts. Judgement goes before it (bot/severity.h). Asking and keeping the
 * answers is bot/impact_ask.c's affair.
 *
 *     points = weight of the journey × (which users + how many + what + how long)
 */
#pragma once

#include "bot/base/arena.h"
#include "bot/base/text.h"
#include "bot/config.h"

#define IMPACT_MOST    75 /* 5 × (3 + 4 + 4 + 4) */
#define IMPACT_GRAVEST 45 /* the gravest level begins here, unless told otherwise */

enum impact_question {
    IMPACT_USERS,   /* which users */
    IMPACT_SHARE,   /* how many of them */
    IMPACT_LOSS,    /* what they can't do */
    IMPACT_JOURNEY, /* what for, and so how vital it is */
    IMPACT_SPAN,    /* how long */
    IMPACT_QUESTIONS
};

enum impact_state { IMPACT_OPEN, IMPACT_SKIPPED, IMPACT_ANSWERED };

struct impact_answer {
    enum impact_state state;
    const char *word; /* as it is kept and typed: "outside", "20%", "pay", "40m" */
    const char *said; /* as it is read: "40 min" */
    int64_t points;   /* a middle value where it is not known */
};

struct impact {
    struct impact_answer answers[IMPACT_QUESTIONS];
};

/* Nothing is answered. */
void impact_init(struct impact *impact);
/* Which question a word answers; puts it there. False: none of them. */
bool impact_take(struct arena *arena, const struct config *config,
                 struct impact *impact, const char *word,
                 enum impact_question *question);
/* People write sentences, and slip: what is read of the words is taken, what is not is
 * put into *left. *wrong: a word that says no, and then nothing of it counts; NULL:
 * none does. */
void impact_take_words(struct arena *arena, const struct config *config,
                       struct impact *impact, const char *words, struct text *left,
                       const char **wrong);
void impact_skip(struct impact *impact, enum impact_question question);

/* The first that is neither answered nor skipped; IMPACT_QUESTIONS: none is left. */
enum impact_question impact_next(const struct impact *impact);
/* Anything at all, but how long: the clock alone proposes no level. */
bool impact_is_known(const struct impact *impact);

int64_t impact_points(const struct impact *impact);
const struct config_level *impact_level(const struct config *config, int64_t points);

/* "pay 5 × (outside 2 + 20% 2 + blocked 3 + 40 min 2) = 45"; what is not known is
 * "how many? 2". */
const char *impact_sum(struct arena *arena, const struct impact *impact);
/* "sev1 from 45, sev2 from 25" : the level's own bound, and the next graver one's. */
const char *impact_bounds(struct arena *arena, const struct config *config,
                          const struct config_level *level);
/* What they came for: "pay", "something vital"; NULL: not known. */
const char *impact_journey(struct arena *arena, const struct impact *impact);
/* For the headline: "outside, 20%, pay blocked"; NULL where none of it is known, or
 * nothing but what they came for. */
const char *impact_hit(struct arena *arena, const struct impact *impact);

/* "which users: outside, inside, both"; of journeys those of the settings, too. */
const char *impact_ask(struct arena *arena, const struct config *config,
                       enum impact_question question);
/* The words of a question, one after the other, for buttons; NULL-ended. */
const char **impact_choices(struct arena *arena, const struct config *config,
                            enum impact_question question);
const char *impact_question_name(enum impact_question question);

/* May no journey be called so? */
bool impact_is_taken(const struct config *config, const char *word);
