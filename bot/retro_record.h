/*
 * The record of an incident as its retrospective reads it, loaded once. What was
 * deleted, taken back, held or said in private is not in it. What is made of it is the
 * affair of bot/retro_compose.h.
 */
#pragma once

#include "bot/config.h"
#include "store/factors.h"
#include "store/followups.h"
#include "store/holds.h"
#include "store/incidents.h"
#include "store/pages.h"
#include "store/parked.h"
#include "store/retros.h"
#include "store/tasks.h"
#include "store/timeline.h"
#include "store/tries.h"
#include "store/updates.h"

enum retro_place {
    RETRO_MESSAGES,
    RETRO_MONITORING,
    RETRO_TIMELINE,
    RETRO_FACTORS,
    RETRO_TECHNICAL,
    RETRO_FOLLOWUPS,
    RETRO_NARRATIVE,
};
#define RETRO_SECTIONS 7
#define RETRO_SECTION_WORDS                                                            \
    "messages monitoring timeline factors technical followups "                        \
    "narrative"

/* What the next one who leads should know: a text of the narrative of its own, typed
 * behind "next:", and the name under which it is kept. */
#define RETRO_NEXT "next"

/* As people type them. */
extern const char *const retro_section_names[RETRO_SECTIONS];
/* -1 where it is none. */
int retro_section_find(const char *name);

struct retro_record {
    struct arena *arena;
    const struct config *config;
    const char *zone;
    const struct incident *incident;
    const char *commander, *communications; /* the words for these roles */
    struct holds holds;
    struct tasks tasks;
    struct task_offers *offers; /* one for each task */
    struct pages pages;
    struct updates inside, outside, unsent;
    struct factors factors;
    struct factor_links links;
    struct lessons wells, surprises, gaps;
    struct followups followups;
    struct parked_list parked;
    struct tries tries;
    struct entries pins, notes, changes, steps, severities, states, moments, feelings;
    struct retro_fills fills;
    struct retro_answers answers;
    struct retro_sections sections;
    const char *hit;         /* "outside, 20%, pay blocked"; NULL: not known */
    const char *hit_outside; /* likewise, for those outside: "20%, pay blocked" */
    bool in_full;            /* words are not cut: for the export */
    /* Handles of whom to ask, nobody's is NULL: who declared, led first and last,
     * informed others, knows most of the fault. */
    const char *declarer, *first_lead, *last_lead, *informer, *finder;
};

/* Rows go to the store's arena; settings and incident must outlive the record. */
MUST_CHECK bool retro_record_load(struct store *store, const struct config *config,
                                  const struct incident *incident,
                                  struct retro_record *record, struct err *err);
