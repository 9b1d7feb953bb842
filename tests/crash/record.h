/*
 * What a store says of an incident, as texts to compare: two runs that ended in the
 * same state have the same texts.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "bot/base/arena.h"

struct record {
    const char *fault;    /* why there is no record: damaged, unreadable; or NULL */
    const char *timeline; /* one line an entry: number, moment, kind, who, text */
    const char *nouns;    /* incidents, tasks, pages, holds, updates, factors, alarms */
    const char *wishes;   /* the outbox, lane by lane, in the order of their rows */
    const char *waiting;  /* those that are neither done nor buried */
    const char *heard;    /* claims: inbox rows, and talk on the timeline */
    const char *integrity;
};

/* Opens the store as the bot does, which makes it where it is missing. False with
 * `fault`. */
bool record_read(struct arena *arena, const char *path, struct record *record);
/* Was this line of the transcript, an event, heard? */
bool record_holds(const struct record *record, size_t line);
