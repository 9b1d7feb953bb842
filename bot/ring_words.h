/*
 * What is said of a page: to the channel, to the one who is called, and when the calls
 * are over.
 */
#pragma once

#include "bot/candidates.h"
#include "bot/note.h"
#include "store/page_calls.h"

/* One call about to be made. */
struct ring_call {
    const struct incident *incident;
    const struct page *page;
    const struct candidate *callee;
    const struct candidate *next; /* NULL: nobody is next */
    bool is_first;                /* of the page */
    bool is_alone;                /* nobody but them is called, round by round */
    bool is_unreachable;          /* no account of theirs is known anywhere */
    int64_t calls_left;           /* of that one, this one included */
    int64_t answer_by_ms;         /* TIME_NONE: the page never goes on by itself */
    int64_t late_ms;
};

/* For the channel. */
MUST_CHECK bool ring_words_card(struct turn *turn, const struct ring_call *call,
                                struct note **note, struct err *err);
/* For the one who is called. */
MUST_CHECK bool ring_words_direct(struct turn *turn, const struct ring_call *call,
                                  struct note **note, struct err *err);
/* The end of the calls. */
struct ring_over {
    const struct incident *incident;
    const struct page *page;
    const struct page_calls *calls;
    bool is_direct; /* for the commander, in private */
};

/* Nobody is left to call: numbers to call by hand. */
MUST_CHECK bool ring_words_over(struct turn *turn, const struct ring_over *over,
                                struct note **note, struct err *err);

/* "inez +44 7700 900142 (directory, as of 2 March)" */
struct person;
const char *ring_words_number(struct turn *turn, const struct person *person);
/* Will the end of the calls have a number to show: theirs, or of one called before? */
MUST_CHECK bool ring_words_know_number(struct turn *turn, const struct ring_call *call,
                                       bool *is_known, struct err *err);
/* "three"; digits from six on. */
const char *ring_words_count(struct turn *turn, int64_t count);
