/*
 * Dated things of a record in the order in which they happened, and what is left out
 * where they are too many: first what weighs least; among equals, of the kind that has
 * most, from the middle, since the first and the last tell more.
 */
#pragma once

#include "bot/retro_compose.h"

#define RETRO_KINDS 16

enum retro_weight {
    RETRO_LIGHT,
    RETRO_MEDIUM,
    RETRO_HEAVY, /* what the story turns on: goes last */
    RETRO_FIXED, /* never goes */
};
#define RETRO_WEIGHTS 4

struct retro_date {
    int64_t at_ms;
    int kind; /* the section's own numbers, below RETRO_KINDS */
    enum retro_weight weight;
    const void *row; /* what it is told from */
    bool is_alone;   /* on a line of its own */
    int64_t day;     /* of retro_dates_sort */
    size_t order;    /* of the same moment: as they were added */
};

struct retro_dates {
    struct retro_part *part;
    struct retro_date *all;
    size_t count, capacity;
    size_t left_out;
};

struct retro_dates retro_dates_create(struct retro_part *part);
/* A moment that is not known (TIME_NONE) adds nothing. */
void retro_dates_add(struct retro_dates *dates, struct retro_date date);
/* By time. Of one kind and weight only the first and the last ones are looked at: with
 * a hundred thousand the others are left out here. */
void retro_dates_sort(struct retro_dates *dates);
/* May `at` go? NULL: any may. */
typedef bool retro_dates_may(const struct retro_dates *dates, size_t at);
/* Leaves one out. False: nothing is left that may go. */
bool retro_dates_leave_out(struct retro_dates *dates, retro_dates_may *may);

/* What it weighs that this severity was set: going up tells more. *rank is the one
 * before, from retro_severity_start, and becomes its own. */
int retro_severity_start(const struct retro_part *part);
enum retro_weight retro_severity_weight(const struct retro_part *part,
                                        const struct retro_severity *severity,
                                        int *rank);
/* What it weighs that the i-th hold began: who led for the first time tells most. */
enum retro_weight retro_lead_weight(const struct retro_record *record, size_t i);
/* For whom the i-th hold of command was held while they took a break, or who had it
 * back with it (after theirs, or as it was reopened): no hand-over. NULL: neither. */
const char *retro_covered(const struct retro_record *record, size_t i);
const char *retro_came_back(const struct retro_record *record, size_t i);
/* They had the role before, and nobody else since: the incident was opened again. */
bool retro_goes_on(const struct retro_record *record, size_t i);
/* Was the i-th moment one that held until the incident was reopened: mitigated, normal?
 */
bool retro_was_undone(const struct retro_record *record, size_t i);
/* The change after which it was better: the last one before; else the last of all. */
size_t retro_change_that_worked(const struct retro_record *record);
