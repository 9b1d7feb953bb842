/*
 * The retrospective of an incident: its state, and what people filled in by hand. What
 * the draft says is not here; it is made from the record each time.
 */
#pragma once

#include "store/store.h"

struct retro {
    int64_t incident_id;
    const char *state; /* draft, published */
    int64_t drafted_ms, published_ms;
    int64_t published_by; /* 0: nobody yet */
};

/* One section: text is "" until somebody fills it in. */
struct retro_section {
    int64_t incident_id;
    const char *section; /* its name in a command: "messages" */
    const char *text;
    int64_t person_id;  /* who filled it in, or asked for the draft */
    const char *handle; /* read only */
    int64_t at_ms;
    int64_t post_row; /* the outbox row of its message; 0: none */
};
struct retro_sections {
    struct retro_section *all;
    size_t count;
};

/* NULL where none was drafted. */
MUST_CHECK bool retro_find(struct store *store, int64_t incident_id,
                           struct retro **retro, struct err *err);
/* A draft from now on, also where one was published (the incident was reopened). */
MUST_CHECK bool retro_begin(struct store *store, int64_t incident_id, int64_t now_ms,
                            struct err *err);
/* *published false: there is no draft. */
MUST_CHECK bool retro_publish(struct store *store, int64_t incident_id,
                              int64_t person_id, int64_t now_ms, bool *published,
                              struct err *err);
/* Text, person and time of a section; another text replaces the one before. */
MUST_CHECK bool retro_section_fill(struct store *store,
                                   const struct retro_section *section,
                                   struct err *err);
/* Where its message stands. A section unheard of is made, with no text. */
MUST_CHECK bool retro_section_post(struct store *store,
                                   const struct retro_section *section,
                                   struct err *err);
MUST_CHECK bool retro_sections_list(struct store *store, int64_t incident_id,
                                    struct retro_sections *sections, struct err *err);
