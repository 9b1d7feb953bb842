/*
 * The parts of the long poll among themselves: matrix_sync.c asks, matrix_hear.c hears
 * a body slice by slice, matrix_hear_event.c one event, matrix_gap.c what a sync left
 * out, matrix_told.c tells who was not recorded.
 *
 * A sync's token is remembered in the turn of the body's last events and used only when
 * that turn is durable: what is not recorded is asked for again.
 */
#pragma once

#include "adapters/matrix_inner.h"

#define MATRIX_FIELDS                                                                  \
    "[\"type\",\"sender\",\"event_id\",\"state_key\",\"origin_server_ts\","            \
    "\"content\","                                                                     \
    "\"unsigned\",\"redacts\",\"prev_content\"]"
#define MATRIX_TYPES                                                                   \
    "[\"m.room.message\",\"m.room.member\",\"m.reaction\",\"m.room.redaction\","       \
    "\"m.room.encryption\",\"m.room.tombstone\",\"m.room.name\"]"

/* ---- matrix_filter.c */

/* Of 50, 5 and 1 events from each room. */
extern const char matrix_filter_usual[], matrix_filter_small[], matrix_filter_first[];
/* The usual one's id; NULL: none is known. */
const char *matrix_filter_recall(struct matrix *matrix);
void matrix_filter_remember(struct matrix *matrix, const char *id);

/* ---- matrix_sync.c */

/* All of the body is durable, or it has to be asked for again. `heard`: how much there
 * was in it; `own`: how much of that was only what we said ourselves. */
void matrix_sync_heard(struct matrix *matrix, bool committed, size_t heard, size_t own);

/* ---- matrix_hear.c */

enum matrix_hear_mode {
    MATRIX_HEAR_NEWS,  /* what happened since the last sync */
    MATRIX_HEAR_FIRST, /* the first ever: where we are, and who invites us */
    MATRIX_HEAR_LOST,  /* the first again: open incidents are read up */
};

/* The hearing and the gaps, as the last start left them. False: the store can't be
 * read, and nothing has begun. */
bool matrix_hear_begin(struct matrix *matrix);
void matrix_hear_destroy(struct matrix *matrix);
/* Takes the body over, as a copy. False: it is no sync. matrix_sync_heard follows.
 * `since`: what it was asked with; NULL: nothing. */
bool matrix_hear_body(struct matrix *matrix, struct json_slice bytes, const char *since,
                      enum matrix_hear_mode mode);
/* The token of the body under way. */
const char *matrix_hear_next(const struct matrix *matrix);
/* False: it is not a ticket of a body. */
bool matrix_hear_settle(struct matrix *matrix, int64_t number, bool committed);

/* ---- matrix_hear_account.c */

/* How much there was in it. */
size_t matrix_hear_account(struct matrix *matrix, struct json_slice account_data);

/* ---- matrix_hear_event.c */

struct matrix_names;
struct matrix_traces;
struct matrix_spoilt;
struct matrix_told;

struct matrix_body_walk;

struct matrix_hearing {
    struct arena *arena; /* what lives as long as the adapter */
    struct matrix_names *names;
    struct matrix_traces *traces;
    struct matrix_spoilt *spoilt;
    struct matrix_told *told;
    struct matrix_body_walk *walk; /* the body under way; NULL: none */
    const struct matrix_gap *gap;  /* what is heard was left out; NULL: it is news */
    size_t echoes;                 /* of what this device sent */
    bool has_guess;                /* in the room under way an edit was a guess */
};

/* One event of a timeline or a page, into the present turn. False: it is what we said
 * ourselves. */
bool matrix_hear_event(struct matrix *matrix, const char *room,
                       struct json_slice slice);
/* Of a state block: encryption, a tombstone, names; nothing else is news. */
void matrix_hear_state(struct matrix *matrix, const char *room, struct json_slice slice,
                       enum matrix_hear_mode mode);
/* Is it our own coming in? */
bool matrix_hear_is_join(struct matrix *matrix, const char *room,
                         struct json_slice slice);

/* ---- matrix_keep.c: small things that are known of what was heard */

/* False: the store can't be read. */
bool matrix_keep_start(struct matrix *matrix);
void matrix_keep_destroy(struct matrix *matrix);
uint64_t matrix_hash(const char *string);
void matrix_keep_name(struct matrix *matrix, const struct chat_person *who);
const char *matrix_keep_name_of(struct matrix *matrix, const char *user);
/* Reactions, for when they are taken back. */
void matrix_keep_trace(struct matrix *matrix, const struct chat_event *reacted);
const char *matrix_keep_trace_of(struct matrix *matrix, const char *event);
/* What can't be decoded is set aside; what was redacted goes from there, too. */
void matrix_keep_spoilt(struct matrix *matrix, const char *room, const char *event,
                        struct json_slice slice);
void matrix_keep_redact(struct matrix *matrix, const char *event);

/* ---- matrix_told.c: "not recorded" */

/* Somebody waits for what becomes of it. */
bool matrix_told_is_command(const struct chat_event *event);
/* This event of the present turn is somebody's command, perhaps. */
void matrix_told_await(struct matrix *matrix, const struct chat_event *event);
/* The turn has ended. */
void matrix_told_settle(struct matrix *matrix, bool committed);
void matrix_told_destroy(struct matrix *matrix);

/* ---- matrix_gap.c */

struct matrix_gap {
    struct matrix_gap *next;
    const char *room, *from, *to; /* tokens; NULL: the room's beginning, or its end */
    const char *until; /* looks back from `from` until it finds this message */
    bool is_new;       /* nothing before our own coming in */
    bool is_overtaken; /* a command was heard there since: those read come too late */
    bool is_again;     /* heard perhaps, when the room was nobody's */
    int64_t pages;
    int64_t asked_ms; /* steady: when it was first to be read; 0: not yet */
};

struct matrix_gaps {
    struct matrix *matrix;
    struct matrix_gap *first; /* the one being read up */
    size_t count;
    struct matrix_call *call;
    struct loop_timer *timer;
    unsigned failures;
    int64_t number; /* ticket of the page whose turn is open */
    bool is_small;  /* the last page was too big */
    bool is_committed, is_stopped;
    char *durable, *written; /* the list as it is remembered for good, and last */
};

/* False: the store can't be read. */
bool matrix_gap_start(struct matrix *matrix);
void matrix_gap_destroy(struct matrix *matrix);
void matrix_gap_stop(struct matrix *matrix);
/* Joins the present turn. All is copied. */
void matrix_gap_add(struct matrix *matrix, const struct matrix_gap *gap);
/* The open incidents' rooms, from their last known message on. */
void matrix_gap_add_places(struct matrix *matrix);
/* What is said in a room between our coming and the outcome that says whose room it is:
 * until then it is nobody's. It is read once that is known. Told before we come, so
 * that it outlives a kill; told twice it is the same. */
void matrix_gap_add_coming(struct matrix *matrix, const char *room);
/* Such a room, or one where we are just coming to as the successor of an incident's:
 * what is heard there now would be nobody's, a command in it answered for good. */
bool matrix_gap_is_coming(struct matrix *matrix, const char *room);
/* To be filled now, if nothing is under way. */
void matrix_gap_go(struct matrix *matrix);
bool matrix_gap_settle(struct matrix *matrix, int64_t number, bool committed);

/* ---- matrix_gap_list.c */

void matrix_gap_drop(struct matrix_gaps *gaps); /* the first */
/* In the present turn: a command of this room was heard before what its gaps hold. */
void matrix_gap_overtake(struct matrix *matrix, const char *room);
/* It waits for what matrix_gap_add_coming tells of. */
bool matrix_gap_has_coming(const struct matrix *matrix, const char *room);
/* What was said there is still to be read up. */
bool matrix_gap_is_open(const struct matrix *matrix, const char *room);
/* In the present turn, whatever was changed. */
void matrix_gap_remember(struct matrix *matrix);
/* The turn that remembered has ended just now: the list is durable, or is again as it
 * was. To be said before another turn begins. */
void matrix_gap_settled(struct matrix *matrix, bool committed);
/* The list as the last start left it. False: the store can't be read. */
bool matrix_gap_recall(struct matrix *matrix);
void matrix_gap_list_destroy(struct matrix_gaps *gaps);
