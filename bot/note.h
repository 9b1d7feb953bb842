/*
 * The neutral document the bot speaks in: a few lines, a heading, buttons. Adapters
 * render it: Slack blocks, Matrix HTML, console text. Inside a line, marks carry what
 * each platform shows in its own way: a moment, a command to type, a person to ring.
 * Marks are the noncharacters U+FDD0 (opens, then a letter) and U+FDD1 (closes), which
 * text_clean keeps out of people's words.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"
#include "bot/base/text.h"

enum note_kind {
    NOTE_HEADING, /* the first line of a card */
    NOTE_LINE,
    NOTE_CONTEXT, /* small print */
    NOTE_CHOICE,  /* a button; the console shows none, the lines name the words to type
                   */
};

struct note_block {
    enum note_kind kind;
    const char *text;   /* with marks; the label of a choice */
    const char *choice; /* the command line a choice stands for */
    const char *about;  /* which reminder it puts off; NULL: it is no such choice */
};

struct note {
    struct arena *arena;
    struct note_block *blocks;
    size_t count, capacity;
};

struct note *note_create(struct arena *arena);
void note_heading(struct note *note, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void note_line(struct note *note, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void note_context(struct note *note, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A button: `label` in at most 75 bytes, the command line without prefix ("ack inc-42
 * 2"). */
void note_choice(struct note *note, const char *label, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A button which puts off that reminder (nudge_quiet_name), and no later one. */
void note_choice_about(struct note *note, const char *about, const char *label,
                       const char *line);

/* A block of another note, with `text` for its own: as it stands, while the words given
 * to the calls above lose a full stop that is one too many. All is kept by reference.
 */
void note_repeat(struct note *note, const struct note_block *block, const char *text);

/* A copy that asks nothing. */
struct note *note_without_choices(const struct note *note);

/* The choice a check mark under the message stands for: the first. None (NULL) where
 * that one ends or puts off something, as `done` withdraws a page: a nod must not call
 * off help. */
const struct note_block *note_marked(const struct note *note);

/*
 * Words for a line. Everything people typed goes through note_words, everything with a
 * platform's own form through its mark; what they return is for %s.
 */
const char *note_words(struct arena *arena,
                       const char *text); /* shown safely, newlines as blanks */
const char *note_time(struct arena *arena, int64_t at_ms,
                      const char *zone); /* 02:44 CET */
const char *note_time_bare(struct arena *arena, int64_t at_ms,
                           const char *zone); /* 02:44 */
const char *note_moment(struct arena *arena, int64_t at_ms, const char *fallback);
/* `!inc VERB …` in a channel, the bare verb in a direct message. Write it without
 * backquotes. */
const char *note_command(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Rings: Slack's and Matrix' mention. The console shows the handle. Bound by the
 * courier. */
const char *note_mention(struct arena *arena, int64_t person_id, const char *handle);

/* Leads there: a link, where the platform has such a thing. `name` without '#'. Bound
 * by the courier, to the incident's channel; elsewhere it is the words alone. */
const char *note_channel(struct arena *arena, int64_t incident_id, const char *name);

/* Cuts into notes that each render to at most about max_bytes; choices stay with the
 * last. */
struct note **note_split(const struct note *note, size_t max_bytes, size_t *count);

/* Walks the marks of a line. Text between marks comes as NOTE_MARK_TEXT. False at the
 * end. */
enum note_mark_kind {
    NOTE_MARK_TEXT,
    NOTE_MARK_TIME,
    NOTE_MARK_COMMAND,
    NOTE_MARK_PERSON,
    NOTE_MARK_CHANNEL
};
struct note_mark {
    enum note_mark_kind kind;
    const char *text; /* the words, the fallback of a time, the command line, the
                         handle, the channel's name with its '#' */
    size_t length_bytes;
    int64_t number; /* a time's ms; the row of a person, of a channel's incident */
    const char *external; /* the id on the platform of either after binding,
                             NUL-terminated, or NULL */
    size_t external_bytes;
};
bool note_next_mark(const char **cursor, struct note_mark *mark);

/* Puts the platform's ids into the marks of people and channels. external(context,
 * kind, number) may return NULL. */
typedef const char *note_external_fn(void *context, enum note_mark_kind kind,
                                     int64_t number);
void note_bind(struct note *note, note_external_fn *external, void *context);

char *note_to_json(struct arena *arena, const struct note *note);
/* NULL where the JSON is no note. */
struct note *note_from_json(struct arena *arena, const char *json);
