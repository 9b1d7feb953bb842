/*
 * Private questions from one person to another, and whether an answer came. Their
 * words go to the two alone, or to the three where it goes on in two names: nothing
 * here is ever exported.
 */
#pragma once

#include "store/store.h"

struct question {
    int64_t id;
    int64_t incident_id; /* 0: none */
    int64_t asker_id, person_id;
    int64_t with_id;   /* who asks it together with them; 0: nobody */
    int64_t root_id;   /* the question it goes on from, the first one; 0: itself */
    const char *asker; /* handle; read only */
    const char *text;
    int64_t asked_ms;
    int64_t answered_ms; /* TIME_NONE: not yet */
};
struct questions {
    struct question *all;
    size_t count;
};

/* Gives id. */
MUST_CHECK bool question_insert(struct store *store, struct question *question,
                                struct err *err);
/* Those that wait for the person's answer, and those they answered after since_ms;
 * waiting ones first, newest first. */
MUST_CHECK bool questions_to(struct store *store, int64_t person_id, int64_t since_ms,
                             struct questions *questions, struct err *err);
/* `knew`: it was an answer, and not "don't know". */
MUST_CHECK bool question_settle(struct store *store, int64_t id, bool knew,
                                int64_t now_ms, struct err *err);
/* NULL where there is none. */
MUST_CHECK bool question_find(struct store *store, int64_t id,
                              struct question **question, struct err *err);
/* All that went on from one, itself among them, by number. */
MUST_CHECK bool questions_from(struct store *store, int64_t root_id,
                               struct questions *questions, struct err *err);
