/*
 * The command table: one entry a verb, arguments declared. Parsing, the usage line, the
 * errors, `help` and the README's list all come from the entry. A verb is one file in
 * commands/, and one line in commands/table.c, which defines the table declared here.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/chat.h"
#include "bot/turn.h"
#include "store/incidents.h"
#include "store/people.h"

enum arg_kind {
    ARG_END,
    ARG_PERSON,   /* mention, handle, or "full name" in quotes */
    ARG_ROLE,     /* one of the settings' roles */
    ARG_SEVERITY, /* one of the settings' levels */
    ARG_NUMBER,   /* 7 */
    ARG_INCIDENT, /* another one, that the speaker can see: inc-42, 42. As the first
                     argument it is what a single reference means */
    ARG_WORD,     /* one word, or several in quotes */
    ARG_CHOICE,   /* one of `words`, separated by blanks */
    ARG_TIME,     /* when something happened: the latest past one */
    ARG_WHEN,     /* when something is planned: a span, a day, the next future one */
    ARG_REST,     /* all that follows, up to the next `after` word that fits */
    ARG_FLAG,     /* `--name`, anywhere in the line */
    ARG_OPTION,   /* `--name VALUE`, anywhere; VALUE of kind `value` */
};

enum {
    ARG_OPTIONAL = 1 << 0,
    ARG_LENIENT = 1 << 1, /* of an OPTION: where it can't be read, its words stay in the
                             line */
    ARG_HERE = 1 << 2,    /* of a PERSON: likely one of those in the incident */
    ARG_BY = 1 << 3       /* of a WHEN: "by" may stand in place of `after` */
};

struct command_arg {
    const char
        *name; /* in the usage line: "@who", "WHAT", "[LEVEL] TITLE"; "service" of
                  --service */
    enum arg_kind kind;
    unsigned flags;
    const char
        *after; /* a word that must stand before it: "in", "due", "why", "until" */
    const char *words; /* of ARG_CHOICE: "in out" */
    const char *also;  /* what else they are called, in that order: "inside outside" */
    const char *said;  /* where it is missing: "a name or a service"; NULL: by kind */
    enum arg_kind value; /* of ARG_OPTION */
};

struct command_value {
    bool is_given;
    const char *text;          /* as typed; of a CHOICE, ROLE or SEVERITY as declared */
    int64_t number;            /* NUMBER; TIME and WHEN in ms */
    bool is_day;               /* WHEN: a day was named without a time */
    struct person *person;     /* PERSON */
    struct incident *incident; /* INCIDENT */
};

#define COMMAND_ARGS  8
#define COMMAND_FORMS 6

enum command_scope {
    COMMAND_ANYWHERE, /* call->incident is set where one is named or it is its channel
                       */
    COMMAND_IN_INCIDENT, /* needs one: the channel's, `inc-N` after the verb, or the
                            only open one */
};

/* What `help` shows it under, and when. */
enum command_stage {
    STAGE_START,
    STAGE_LEAD,
    STAGE_HELP,
    STAGE_RECORD,
    STAGE_TELL,
    STAGE_LEARN
};

struct command_call;
typedef bool command_fn(struct turn *turn, const struct command_call *call,
                        struct err *err);

/* One way to write it. The first form that fits is run; where none does, the error
 * speaks of the form that came furthest, of several the main one. */
struct command_form {
    struct command_arg args[COMMAND_ARGS];
    const char *summary; /* what it does; NULL: the verb's */
    bool is_variant;     /* read, but not listed: another spelling of the one before */
    const char *undone;  /* what a refusal says did not come about: "No task was made.";
                            NULL: "Nothing was changed." */
    command_fn *run;     /* NULL ends the forms */
};

struct command {
    const char *name;    /* one word, or two: "who can" */
    const char *summary; /* lower case, no full stop, fits 80 columns with the usage */
    const char *example; /* a line of it, in `help VERB`; NULL: it has no arguments */
    enum command_stage stage;
    enum command_scope scope;
    bool is_look;    /* it shows something: `status?` is `status`. Of the others
                        a line that is the verb and a question mark asks for
                        help */
    bool is_private; /* neither who nor what is kept of its line */
    const char *private_flag; /* likewise where this flag is in it, or nearly is: it is
                                 "private" for --private */
    bool is_talk;     /* an answer may begin with it, too: where a question waits in a
                         direct conversation it is the verb only before a number */
    size_t main_form; /* the one shown where there is room for one; the order of the
                         forms is that of reading */
    struct command_form forms[COMMAND_FORMS];
};

struct command_call {
    const struct command *command;
    const struct chat_event *event;
    const struct person *speaker;
    struct incident *incident;               /* NULL where none is meant */
    bool is_in_channel;                      /* said in that incident's channel */
    const char *zone;                        /* the speaker's, for reading times */
    struct command_value args[COMMAND_ARGS]; /* in the order declared */
    const char *unread; /* a time that was typed, could not be read and stays in the
                           words; NULL: none */
    int64_t late_ms; /* how long the line was under way, if long enough to be said; else
                        0 */
};

/* The number that was given, 0 where none was. Nothing has the number 0: where that was
 * typed it is -1, which nothing has either. */
int64_t command_number(const struct command_value *value);
/* `n` as it was typed, be it in `value`; no number of ours is as long as one of theirs
 * may be. */
const char *command_number_typed(struct arena *arena, const struct command_value *value,
                                 int64_t n);

extern const struct command *const command_table[]; /* alphabetical, NULL-ended */

/* Other words for a verb, not read but answered with it. One of the two is set. */
struct command_other {
    const char *words; /* lower case: "hand over" */
    const char *line;  /* what to type for it, capitals to be filled in */
    const char *how;   /* where it is no verb's: PHRASE_LATER */
};

extern const struct command_other command_others[]; /* ended by words NULL */

const struct command *command_find(const char *name);
/* `handoff @who [NOTE]`; arena text, one form. */
const char *command_usage(struct arena *arena, const struct command *command,
                          size_t form);
/* "in or out", of the words of an ARG_CHOICE. */
const char *command_choices(struct arena *arena, const char *words);
/* What an argument is called in a sentence, not in the usage line: "in or out", "a
 * name". */
const char *command_arg_said(struct arena *arena, const struct command_arg *arg);
/* Are its words few enough to be read at a glance? */
bool command_arg_is_short(const struct command_arg *arg);
size_t command_forms(const struct command *command);
const char *command_summary(const struct command *command, size_t form);
/* The forms to list, the main one first: the form at place `place` in *form; false
 * behind the last. */
bool command_listed(const struct command *command, size_t place, size_t *form);
/* The nearest verb, or NULL where none is near. */
const struct command *command_near(const char *word);
/* What the line begins with other words for, or NULL. */
const struct command_other *command_other(const char *line);
