/*
 * One wish towards a platform: a row of the outbox on its way through the courier to an
 * adapter's `perform`. Few verbs over a neutral document, so a new feature needs no new
 * verb.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"
#include "bot/note.h"

enum action_kind {
    ACTION_OPEN_CHANNEL, /* name, topic, private, incident_id; outcome.ref: the
                            channel's id */
    ACTION_INVITE,       /* person into channel */
    ACTION_SET_TOPIC,    /* topic of channel */
    ACTION_POST,    /* note into channel; outcome.ref: the message's id. An answer to
                       `person` is for them alone where outsiders read */
    ACTION_AMEND,   /* note in place of the message `about` */
    ACTION_PIN,     /* the message `about` */
    ACTION_WHISPER, /* note for person alone, seen in channel where the platform can */
    ACTION_DIRECT,  /* note in the conversation of person with the bot */
    ACTION_JOIN, /* channel, as invited; `about_channel`: the one it takes the place of;
                    outcome.ref: the channel's id */
    ACTION_LEAVE,    /* channel, or decline its invitation; `topic`: the reason */
    ACTION_REDACT,   /* the message `about` out of `about_channel` */
    ACTION_UPLOAD,   /* `file_text` as the file `name` into channel */
    ACTION_FORM,     /* `form` for who gave `trigger`: at once, or never */
    ACTION_HOME,     /* note as the bot's own page, as person sees it */
    ACTION_BOOKMARK, /* the message `about` in the bar above its channel, as `name` */
    ACTION_CANVAS,   /* `file_text` as the document of channel, called `name` */
};
#define ACTION_KINDS  16
#define ACTION_PEOPLE 10

/* All strings live in the turn's arena; an adapter that needs them longer copies. */
struct action {
    int64_t id; /* the outbox row; also the idempotency key towards the platform */
    enum action_kind kind;
    int64_t incident_id; /* 0 where none */
    int64_t created_ms;
    int64_t attempts;    /* how often it was tried before */
    bool unsure;         /* the last try's answer is not known: look before repeating */
    const char *channel; /* bound by the courier; an id, or "#name" from the settings */
    bool is_own;         /* that channel was made for the incident */
    const char *person;  /* the platform's id; NULL where it knows no such person */
    const char *handle;  /* what people call them */
    const char *thread; /* of the line it answers: it is seen in there, and beside it */
    const char *answers; /* the platform's id of that line; NULL: it answers none */
    const char *about;   /* the platform's id of the message amended or pinned */
    const char *about_channel; /* where that message is, or the line it answers */
    const char *name;          /* of a channel to open */
    const char *topic;
    bool private;
    bool quiet;            /* an amend nobody needs to be shown: the pinned headline */
    bool is_answer;        /* to a line typed in the same conversation: whoever typed it
                              looks there, so it rings nobody */
    const char *file_text; /* Markdown */
    const char *form;      /* JSON of bot/form.h */
    const char *trigger;
    /* Of a channel to open: the ids of who comes in with it, those of the invitations
     * that wait for it. They stay rows of their own; where this was enough, they find
     * it done. */
    const char *people[ACTION_PEOPLE];
    size_t person_count;
    struct note *note;
};

const char *action_kind_name(enum action_kind kind);
bool action_kind_from_name(const char *name, enum action_kind *kind);
/* Is it the name of that kind? */
bool action_is(const char *name, enum action_kind kind);

/* The part of an action that is its own (not bound late): name, topic, private, quiet,
 * answer, thread, answers, file, note; and what it is about, where that is no message
 * of ours.
 */
char *action_to_json(struct arena *arena, const struct action *action);
bool action_from_json(struct arena *arena, const char *json, struct action *action);

/* Deep: for an adapter that needs it longer than the turn lasts. */
void action_copy(struct arena *arena, struct action *copy, const struct action *action);
