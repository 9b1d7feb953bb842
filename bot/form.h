/*
 * A form: what a platform with windows asks instead of one line. What is filled in
 * becomes the command line that a person would have typed, and is heard like one: no
 * rule knows of forms.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"

#define FORM_FIELDS 8
#define FORM_WORDS  100

enum form_kind {
    FORM_LINE,   /* free words */
    FORM_ONE_OF, /* one of `words` */
    FORM_TICK,   /* yes or no; `hint` says what yes means */
};

struct form_field {
    enum form_kind kind;
    const char *flag; /* stands before the answer: "--service"; "": nothing does */
    const char *label, *hint;
    int64_t at; /* where its answer stands in the line, from 0 */
    bool is_needed;
    const char *words[FORM_WORDS];
    size_t word_count;
};

struct form {
    const char *verb, *title, *submit;
    const char *place; /* the channel it was asked for in; "": none */
    struct form_field fields[FORM_FIELDS]; /* in the order they are shown */
    size_t count;
};

char *form_to_json(struct arena *arena, const struct form *form);
/* NULL where the JSON is no form. */
struct form *form_from_json(struct arena *arena, const char *json);

struct form_answer {
    const char *flag;
    const char *text; /* NULL: a tick that is set */
    bool is_free;     /* words to be taken as they are: no part of the line */
};
/* "declare sev2 db is down --service shop": the answers in the order of the line. */
char *form_line(struct arena *arena, const char *verb,
                const struct form_answer *answers, size_t count);
/* The free words, in one line; NULL: there are none. */
char *form_words(struct arena *arena, const struct form_answer *answers, size_t count);
