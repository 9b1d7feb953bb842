/*
 * The outside version of a retrospective: who was hit from when to when, what they were
 * told, why it happened, what did not go wrong, what will be done. It names nobody and
 * plays nothing down; what is not known it says is not known. Pure: the record in, two
 * notes out.
 */
#pragma once

#include "bot/retro_compose.h"
#include "store/people.h"

struct retro_outside {
    struct note *note;     /* for those outside */
    struct note *left_out; /* for whoever reads it before it goes out */
    size_t unanswered;     /* of the three questions */
};
struct retro_outside retro_outside_compose(const struct retro_record *record,
                                           const struct people *people);

/* What was held back, or may have to be put in other words. */
struct retro_held {
    size_t named;       /* texts that name somebody */
    const char *which;  /* "factor 3, follow-up 118" */
    size_t unsaid;      /* texts for which there was no room */
    const char *doubts; /* "only" (factor 2) */
};
/* The list of what was left out. For retro_outside_compose. */
struct note *retro_left_out(struct retro_part *part, const struct retro_held *held);
