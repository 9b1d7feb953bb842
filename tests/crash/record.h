/*
 * What a store says of an incident, as texts to compare: two runs that ended in the
 * same state have the same texts.
 */
#pragma once

#include <stdbool.h>

#include "bot/base/arena.h"

struct record {
    const char *timeline; /* one line an entry: number, moment, kind, who, text */
    const char *nouns;    /* incidents, tasks, pages, holds, updates, factors, alarms */
    const char *wishes;   /* the outbox, lane by lane, in the order of their rows */
    long waiting;         /* outbox rows that are neither done nor buried */
    long heard;           /* claims: inbox rows, and talk on the timeline */
    const char *integrity;
};

void record_read(struct arena *arena, const char *path, struct record *record);
