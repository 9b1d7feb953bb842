/*
 * One argument of a command line, read as its kind wants it. Which form is tried and
 * what is said in the end is bot/words_read.c's affair.
 */
#pragma once

#include "bot/words.h"

/* One form being read. */
struct reading {
    struct turn *turn;
    struct command_call *call;
    const struct command_arg *args;
    const char *line; /* what the arguments are read from, without the flags */
    const char *cursor;
    size_t next;         /* the argument that is read */
    const char *why;     /* why it does not fit, a sentence; NULL while it fits */
    const char *instead; /* a line that would fit, shown in place of the usage; NULL:
                            none */
    struct err *err;
    bool is_level;   /* what does not fit was to be a level */
    bool has_failed; /* the store did */
};

size_t words_length(const char *at);                   /* up to the next blank */
bool words_stand_at(const char *at, const char *word); /* the whole word */
/* What follows the whole word and its blanks; NULL: another stands at `at`. */
const char *words_past(const char *at, const char *word);
bool words_stand_any(const char *at, const char *const *words); /* NULL-ended */
/* A word, or several in quotes; moves the cursor behind it. NULL at the end. */
const char *words_take(struct arena *arena, const char **cursor);
/* How long the quote at `at` is, straight or slanted; 0: there is none. */
size_t words_quote_length(const char *at);
/* How long the word at `at` is, where it is the flag "--name", on a phone "—name"; 0
 * where it is not. `is_lenient` takes what nearly is it, too. */
size_t words_flag_length(const char *at, const char *name, bool is_lenient);

/* Says why it does not fit; "{}" in the format is the word. */
void reading_refuse(struct reading *reading, const char *format, const char *word);
bool reading_is_last(const struct reading *reading);
/* False: it does not fit (or the store failed); the cursor is where it was. */
bool reading_value(struct reading *reading, enum arg_kind kind,
                   struct command_value *value);
/* How long the word is that stands at `at` to lead the argument; 0: none does. */
size_t reading_lead(const struct command_arg *arg, const char *at);
/* Likewise, of an ARG_TIME, or `ahead` of an ARG_WHEN. */
bool reading_time(struct reading *reading, struct command_value *value, bool ahead);
/* Does an ARG_WHEN begin at *cursor? Moves it behind it. */
bool reading_takes_when(const struct reading *reading, const struct command_arg *arg,
                        const char **cursor, struct command_value *value);
/* Likewise, of an ARG_REST. */
bool reading_rest(struct reading *reading, struct command_value *value);
/* Likewise, of an ARG_SEVERITY. */
bool reading_level(struct reading *reading, struct command_value *value);
/* Likewise, of an ARG_CHOICE. */
bool reading_choice(struct reading *reading, struct command_value *value);
