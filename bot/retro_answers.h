/*
 * The three questions whose answers the outside version must give, read from what
 * people type: "data lost no, private data seen no, money wrong yes: two double
 * payments". Pure: words in, answers out.
 */
#pragma once

#include "bot/base/arena.h"
#include "store/retros.h"

enum retro_question { RETRO_DATA, RETRO_PRIVATE, RETRO_MONEY };
#define RETRO_QUESTIONS 3

struct retro_reply {
    bool is_given;
    const char *answer; /* yes, no, unknown */
    const char *text;   /* what was added; "" for nothing */
};

/* Whether a reply is there for each; *rest is what is left of the text, "" for nothing.
 */
void retro_replies_read(struct arena *arena, const char *text,
                        struct retro_reply replies[RETRO_QUESTIONS], const char **rest);

const char *retro_question_name(enum retro_question question);  /* as it is stored */
const char *retro_question_topic(enum retro_question question); /* "data lost" */
/* "was data lost? was money wrong?": those nobody has answered; NULL: all are. */
const char *retro_questions_unanswered(struct arena *arena,
                                       const struct retro_answers *given);
/* NULL where nobody has answered it. */
const struct retro_answer *retro_answer_find(const struct retro_answers *given,
                                             enum retro_question question);
