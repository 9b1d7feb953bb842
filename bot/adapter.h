/*
 * Between the bot and a platform. Down: struct adapter_kind, six pointers. Up: the ear_
 * functions (bot/intake.c). An adapter has no store and knows no rule: it turns bytes
 * into chat events, and actions into calls.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/action.h"
#include "bot/base/arena.h"
#include "bot/base/err.h"
#include "bot/chat.h"

struct adapter;
struct config;
struct ears;
struct loop;

/* Names a delivery to be acked after the commit; what the number means is the adapter's
 * affair. */
struct ticket {
    int64_t number;
};

enum outcome_kind {
    OUTCOME_DONE,    /* it happened; ref is set where the action makes something */
    OUTCOME_AGAIN,   /* it surely did not happen, try later */
    OUTCOME_UNKNOWN, /* the answer was lost: look before repeating (action.unsure) */
    OUTCOME_NEVER,   /* it will not be allowed; why says it for people */
};

struct outcome {
    enum outcome_kind kind;
    int64_t not_before_ms; /* the platform's Retry-After as a moment; 0 where it said
                              none */
    const char *ref;       /* id of the channel or message made */
    const char *name;      /* the name the channel really got, where it differs */
    const char *why;
};

enum adapter_state { ADAPTER_CONNECTING, ADAPTER_UP, ADAPTER_DOWN, ADAPTER_REFUSED };

enum adapter_trait {
    ADAPTER_ONE_READER = 1 << 0,   /* only one process may read this account */
    ADAPTER_VIRTUAL_TIME = 1 << 1, /* sets the clock itself, by ear_pass */
    ADAPTER_BY_HANDLE = 1 << 2,    /* everybody is there, by their handle */
    ADAPTER_TAKES_FILES = 1 << 3,  /* answers ACTION_UPLOAD */
    ADAPTER_REDACTS = 1 << 4, /* answers ACTION_REDACT: other people's lines, too */
    ADAPTER_NO_BUTTONS =
        1 << 5, /* a check mark under a message chooses its first choice */
    ADAPTER_HAS_FORMS = 1 << 6,     /* answers ACTION_FORM */
    ADAPTER_HAS_BOOKMARKS = 1 << 7, /* answers ACTION_BOOKMARK */
    ADAPTER_HAS_CANVASES = 1 << 8,  /* answers ACTION_CANVAS */
    ADAPTER_LINKS_BY_ID = 1 << 9,   /* a channel's name alone leads nowhere */
};

struct adapter_kind {
    const char *name; /* "slack": section of the settings, column of inbox and outbox */
    unsigned traits;
    size_t max_note_bytes; /* a longer note is split before the outbox */
    size_t max_running;    /* lanes performed side by side */
    size_t kept_free;      /* of those, only for what somebody waits for: a form, a page
                              or an answer never waits behind what is said to all */

    /* Before the loop runs. False with err: refused settings. *adapter is untouched
     * then. May make no calls. */
    bool (*create)(struct adapter **adapter, const struct config *config,
                   struct ears *ears, struct loop *loop, struct err *err);
    /* The loop is about to run: connect, begin to read. */
    void (*start)(struct adapter *adapter);
    /* After the turn that held the ticket's event: ack it if committed. If not: nothing
     * may be acked, and a person who waits is told "not recorded" at most once a
     * minute. Only flags or queues; never calls an ear_ function. */
    void (*settle)(struct adapter *adapter, struct ticket ticket, bool committed);
    /* Exactly one ear_outcome must follow, later, never from inside this call. */
    void (*perform)(struct adapter *adapter, const struct action *action);
    /* Leave the platform in good order; may be called twice; no ear_ call afterwards.
     */
    void (*stop)(struct adapter *adapter);
    void (*destroy)(
        struct adapter *adapter); /* accepts NULL; the loop may still run closes out */
};

/* First member of each adapter's own struct. */
struct adapter {
    const struct adapter_kind *kind;
};

extern const struct adapter_kind
    *const adapter_table[]; /* adapters/table.c; NULL-ended */
const struct adapter_kind *adapter_kind_find(const char *name); /* NULL if none */

/* The arena of the turn that the next ear_event joins: for the event's strings. */
struct arena *ear_arena(struct ears *ears);
int64_t ear_now_ms(struct ears *ears);

/* Something happened on the platform. settle(ticket) follows after the turn. */
void ear_event(struct ears *ears, struct adapter *adapter,
               const struct chat_event *event, struct ticket ticket);

/* The same for what is only remembered: settle(ticket) follows after the present turn.
 */
void ear_ticket(struct ears *ears, struct adapter *adapter, struct ticket ticket);

/* Virtual time: lets the clock go on to at_ms; everything due by then happens first, in
 * order. settle(ticket, true) follows when all is quiet. A gap of over a day counts as
 * downtime. */
void ear_pass(struct ears *ears, struct adapter *adapter, int64_t at_ms,
              struct ticket ticket);

/* What became of an action. A second outcome of the same action changes nothing. */
void ear_outcome(struct ears *ears, struct adapter *adapter, int64_t action_id,
                 const struct outcome *outcome);

/* A channel is there before the outcome of the action that opens it: what is said in it
 * from now on is of its incident. Joins the present turn. */
struct ear_opening {
    int64_t action_id, created_ms; /* both of the action */
    const char *channel;
};
void ear_opened(struct ears *ears, struct adapter *adapter,
                const struct ear_opening *opening);

/* For the log. ADAPTER_UP: what waits there need wait no longer. ADAPTER_REFUSED: this
 * platform will not work any more (78). */
void ear_state(struct ears *ears, struct adapter *adapter, enum adapter_state state,
               const char *why);

/* The platform told more of a person (name, zone, e-mail is not kept). */
void ear_person(struct ears *ears, struct adapter *adapter,
                const struct chat_person *who);

/* An adapter has no store: what it must not forget. *value is NULL where there is
 * nothing. False: the store can't be read. That is no sign of a first start: nothing
 * may be concluded from it, and the present turn is not committed. */
MUST_CHECK bool ear_recall(struct ears *ears, struct adapter *adapter, const char *name,
                           const char **value);
/* Joins the present turn, so it is durable together with the events heard in it. */
void ear_remember(struct ears *ears, struct adapter *adapter, const char *name,
                  const char *value);

/* A session the platform renews and wants to be kept as safe as a token: the file
 * STORE.session (0600), never the database. *secret is NULL where there is none. False:
 * the file can't be read, or makes no sense; a session may well be in it. */
MUST_CHECK bool ear_secret(struct ears *ears, struct adapter *adapter,
                           const char **secret, struct err *err);
/* Written, synced and renamed before it returns; true also where the store is in memory
 * and nothing is kept. */
MUST_CHECK bool ear_keep_secret(struct ears *ears, struct adapter *adapter,
                                const char *secret, struct err *err);

/* The channels of incidents that are not closed, for reading up after a gap. */
struct ear_place {
    const char *channel;
    bool is_private;          /* named to its members alone */
    int64_t opened_ms;        /* with its incident */
    const char *last_message; /* newest message known there, or NULL */
    const char **threads;     /* known, the liveliest first */
    size_t thread_count;
};
struct ear_places {
    struct ear_place *all;
    size_t count;
};
/* False: the store can't be read, and the present turn is not committed. */
MUST_CHECK bool ear_places(struct ears *ears, struct adapter *adapter,
                           struct arena *arena, struct ear_places *places);
/* The id a channel has now, which had that one: settings may still name it so. */
const char *ear_present(struct ears *ears, struct adapter *adapter,
                        const char *channel);
/* Reading up takes long, for the platform hands it out bit by bit: the channel is told
 * once what is still missing, and kept told. Joins the present turn. */
enum ear_behind_state {
    BEHIND_WAITING,  /* it will be read; why: what hinders, NULL where the platform only
                        takes its time */
    BEHIND_THREADS,  /* the same, of what was said in threads; all else is read */
    BEHIND_GIVEN_UP, /* it can't be read: why, for people */
    BEHIND_OVER,     /* all is on the timeline */
};
struct ear_behind {
    const char *channel;
    int64_t from_ms, to_ms; /* said in between, and not on the timeline */
    enum ear_behind_state state;
    const char *why;
};
void ear_behind(struct ears *ears, struct adapter *adapter,
                const struct ear_behind *behind);
/* From where it had heard up to there was no going on: only the channels of open
 * incidents are read up, and there people are told so. Joins the present turn. */
void ear_lost(struct ears *ears, struct adapter *adapter);
/* The adapter has come to its end by itself (a transcript is read): ask the program to
 * stop. */
void ear_finished(struct ears *ears, struct adapter *adapter, int exit_status);
