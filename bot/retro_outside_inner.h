/*
 * What the files of the version for outside share.
 */
#pragma once

#include "bot/retro_outside.h"

struct writing {
    struct retro_part part;
    const struct people *people;
    size_t named;       /* texts left out because they name somebody */
    struct text which;  /* "factor 3, follow-up 118": those */
    size_t unsaid;      /* what did not fit */
    struct text doubts; /* "only" (factor 2) */
};

/* "factor 3": by what people find a text again, to put it in other words. */
const char *retro_outside_name(const struct writing *writing, const char *what,
                               int64_t n);
/* May it stand there? What is gone says nothing; words worth another look are noted by
 * the way. */
bool retro_outside_may_stand(struct writing *writing, const char *text,
                             const char *name);
/* What will be done, by its dates. */
void retro_outside_followups(struct writing *writing);
