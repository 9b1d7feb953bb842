/*
 * From an action to the body of a request: pure. It knows Matrix' events, its HTML and
 * its limits, and nothing of connections or of what the answer will be. No number with
 * a fraction is ever written (Matrix refuses them).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/action.h"
#include "bot/base/arena.h"
#include "bot/note.h"

/* So much of a note fits an event beside its HTML, and twice in an edit, under 60 KiB
 * (an event's limit is 65,536 bytes in the federation's form). Text that grows more
 * than text does when it is escaped loses its HTML, then its end. */
#define MATRIX_NOTE_BYTES ((size_t)12000)

/* Our mark on what we send, to know it again: the outbox row and when it was made,
 * which no two stores have in common. Every member can read it: numbers only. */
#define MATRIX_ROW_KEY "io.github.muster.row"
/* The same on a room we make, in its creation content. */
#define MATRIX_OP_KEY "io.github.muster.op"

const char *matrix_write_mark(struct arena *arena, const struct action *action);

/* Percent-encoded for a path: room ids, event ids, aliases, user ids. */
const char *matrix_write_part(struct arena *arena, const char *part);

/* Content of m.room.message: m.text with m.mentions where somebody is rung or alone is
 * spoken to (ACTION_DIRECT, ACTION_WHISPER) unasked, else m.notice. Plain body and
 * HTML. `is_direct`: the room is a conversation with one person, so commands are shown
 * without their prefix; but for a whisper's, which are to be typed elsewhere. `server`:
 * ours. */
char *matrix_write_message(struct arena *arena, const struct action *action,
                           const char *server, bool is_direct);
/* The same as an edit of `about`: m.new_content, m.relates_to, a body with "* ". An
 * edit rings nobody. */
char *matrix_write_edit(struct arena *arena, const struct action *action,
                        const char *server, bool is_direct);
/* Content of m.room.message for an uploaded file. */
char *matrix_write_file(struct arena *arena, const struct action *action,
                        const char *uri, size_t size_bytes);

/* How a room is made. */
struct matrix_plan {
    const char *alias; /* localpart; NULL: none */
    const char *name, *topic;
    const char *version; /* "11", "12" */
    const char *creator; /* us */
    const char *server;
    const char *space; /* room id; NULL: of no space */
    bool is_space, is_direct, is_private;
    bool is_open_to_server; /* a space that everybody of the server may join */
    bool federates;
    const char *const *servers; /* of a federating space open to all of them */
    size_t server_count;
    const char *op;            /* value of our mark in creation_content; NULL: none */
    const char *const *people; /* at most ten */
    size_t person_count;
};
/* Body of createRoom. Power levels name the creator in versions up to 11 and not from
 * 12 on (creators are above all there). */
char *matrix_write_create(struct arena *arena, const struct matrix_plan *plan);

/* The state a room of this plan has, for one that was left half made: power levels
 * first, then the rest in createRoom's order. */
struct matrix_state {
    const char *type, *key, *content;
};
#define MATRIX_STATES 8
size_t matrix_write_states(struct arena *arena, const struct matrix_plan *plan,
                           struct matrix_state states[MATRIX_STATES]);

/* {"via":[server]} and so on: small state contents. */
char *matrix_write_child(struct arena *arena, const char *server, const char *order);
char *matrix_write_parent(struct arena *arena, const char *server);
/* A topic too long is cut. */
char *matrix_write_topic(struct arena *arena, const char *topic);
