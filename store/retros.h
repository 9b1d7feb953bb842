/*
 * The retrospective of an incident: its state, owner and due date, and what people
 * filled in by hand. What the draft says is not here; it is made from the record each
 * time.
 */
#pragma once

#include "store/store.h"

struct retro {
    int64_t incident_id;
    const char *state; /* due, draft, published */
    int64_t owner_id;  /* 0: nobody yet */
    const char *owner; /* handle, read only */
    int64_t due_ms, drafted_ms, published_ms;
    int64_t published_by;     /* 0: nobody yet */
    const char *outside_text; /* as it was last shown to somebody; NULL: never */
    int64_t outside_ms;       /* published; TIME_NONE: not yet */
};

/* NULL where none was planned or drafted. */
MUST_CHECK bool retro_find(struct store *store, int64_t incident_id,
                           struct retro **retro, struct err *err);
/* Due by then. An owner there is stays; a draft stays a draft; after one that was
 * published (the incident was reopened) another is due. */
MUST_CHECK bool retro_plan(struct store *store, int64_t incident_id, int64_t owner_id,
                           int64_t due_ms, struct err *err);
/* Another owner, another date (TIME_NONE: as it was). */
MUST_CHECK bool retro_give(struct store *store, int64_t incident_id, int64_t owner_id,
                           int64_t due_ms, struct err *err);
/* A draft from now on, also where one was published (the incident was reopened). */
MUST_CHECK bool retro_begin(struct store *store, int64_t incident_id, int64_t now_ms,
                            struct err *err);
/* *published false: there is no draft. */
MUST_CHECK bool retro_publish(struct store *store, int64_t incident_id,
                              int64_t person_id, int64_t now_ms, bool *published,
                              struct err *err);
/* What somebody was shown as the outside version, and that it went out. */
MUST_CHECK bool retro_show_outside(struct store *store, int64_t incident_id,
                                   const char *text, struct err *err);
MUST_CHECK bool retro_publish_outside(struct store *store, int64_t incident_id,
                                      int64_t person_id, int64_t now_ms,
                                      struct err *err);

/* Where the message of a section stands. */
struct retro_section {
    int64_t incident_id;
    const char *section; /* its name in a command: "messages" */
    int64_t person_id;   /* who asked for the draft */
    int64_t at_ms;
    int64_t post_row; /* the outbox row of its message */
};
struct retro_sections {
    struct retro_section *all;
    size_t count;
};
MUST_CHECK bool retro_section_post(struct store *store,
                                   const struct retro_section *section,
                                   struct err *err);
MUST_CHECK bool retro_sections_list(struct store *store, int64_t incident_id,
                                    struct retro_sections *sections, struct err *err);

/* The message something came by; NULL where by none. */
struct retro_source {
    const char *adapter, *channel, *message;
};

/* What one person filled in of a section. */
struct retro_fill {
    int64_t incident_id;
    const char *section, *text;
    int64_t person_id;
    const char *handle; /* read only */
    int64_t at_ms;
    struct retro_source source;
};
struct retro_fills {
    struct retro_fill *all;
    size_t count;
};
/* In place of what that person had filled in there; an empty text takes it out. */
MUST_CHECK bool retro_fill_set(struct store *store, const struct retro_fill *fill,
                               struct err *err);
/* In the order in which they came. */
MUST_CHECK bool retro_fills_list(struct store *store, int64_t incident_id,
                                 struct retro_fills *fills, struct err *err);

/* An answer to one of the three questions that the outside version must answer. */
struct retro_answer {
    int64_t incident_id;
    const char *question; /* data, private, money */
    const char *answer;   /* yes, no, unknown */
    const char *text;     /* "" where nothing was added */
    int64_t person_id;
    const char *handle; /* read only */
    int64_t at_ms;
    struct retro_source source;
};
struct retro_answers {
    struct retro_answer *all;
    size_t count;
};
/* In place of the one before. */
MUST_CHECK bool retro_answer_set(struct store *store, const struct retro_answer *answer,
                                 struct err *err);
/* Those that came by that message. */
MUST_CHECK bool retro_answers_drop(struct store *store, int64_t incident_id,
                                   const struct retro_source *source, struct err *err);
MUST_CHECK bool retro_answers_list(struct store *store, int64_t incident_id,
                                   struct retro_answers *answers, struct err *err);
