/*
 * What the parts of reading up share: slack_catchup.c decides what is next,
 * slack_unread.c keeps the channels that wait and where each was left, slack_page.c
 * asks for a page, slack_past.c hears it. Nobody else includes this.
 */
#pragma once

#include "adapters/slack_inner.h"

#define CATCHUP_PAGE      200
#define CATCHUP_LIMITED   15 /* a page of an app Slack gives little to */
#define CATCHUP_BEGINNING "0"

enum unread_mark {
    MARK_NONE,    /* where it was left is known here alone */
    MARK_WRITTEN, /* in the present turn */
    MARK_DURABLE,
};

struct slack_threads {
    const char **all;
    size_t count, room;
};

/* A channel, and how far it is read up. */
struct slack_unread {
    struct slack_unread *next;
    struct slack *slack;
    struct arena *arena; /* holds this struct as well */
    const char *channel;
    const char *since;     /* the last message known before the gap */
    int64_t opened_ms;     /* the channel, with its incident */
    int64_t gap_ms;        /* steady: when the gap began; 0: nobody knows */
    int64_t not_before_ms; /* steady: nothing is asked before then */
    int64_t held_ms;       /* steady: Slack keeps events back until then */
    enum unread_mark mark;
    bool is_rekeyed;   /* the page on its way was asked for by an id of before */
    bool is_overtaken; /* a command was heard there since: those read come too late */

    /* Another gap came while it is read: from there once more, from then on. */
    const char *again_since;
    int64_t again_gap_ms, again_not_before_ms;
    struct slack_threads again_known;

    /* Of the present reading. */
    bool is_begun, is_in_threads, is_removed;
    const char *oldest;    /* what is older was known, and is hardly edited by now */
    const char *cursor;    /* of the page that is asked for */
    const char *following; /* of the one behind it */
    const char *reached;   /* the oldest message read so far */
    const char *replied;   /* the newest of the present thread; NULL: none yet */
    int idle_pages;        /* in a row, which led no further */
    size_t limit;          /* messages a page */
    int pages, pages_beyond;
    struct slack_threads known; /* replies were heard in them; not yet seen to be old */
    struct slack_threads grown; /* something was said in them since */
    size_t next_thread;
    unsigned failures, deferrals; /* in a row */
    unsigned restarts;
    const char *why; /* why it can't be read to its end; NULL: it can */
};

struct slack_catchup {
    struct slack *slack;
    struct loop_timer *timer;
    struct slack_unread *first; /* those that wait, by not_before_ms */
    struct slack_unread *now;   /* is read; NULL: none */
    size_t done;                /* channels read since all was read */

    struct slack_gap owed; /* a gap whose channels are not found yet */
    char owed_channel[64];
    bool owes, is_soon;

    bool is_asking;
    int64_t page_ticket, marks_ticket; /* that wait for their commit; 0: none */
    int64_t end_ticket;
    struct slack_unread *ended; /* is done once that is durable */
    unsigned uncommitted;       /* in a row */
    bool next_page;             /* the last page is durable */
    bool is_limited;            /* Slack gives few messages at a time */
    int64_t pace_ms;            /* how long it made us wait last */
};

/* ---- slack_catchup.c */

/* The turn that holds the page tells when it is durable. */
void slack_catchup_await(struct slack_catchup *catchup);
/* Nothing else is under way: goes on after that time. */
void slack_catchup_pause(struct slack_catchup *catchup, int64_t wait_ms);
int64_t slack_catchup_backoff_ms(unsigned failures);

/* ---- slack_unread.c */

/* Finds the channels of the gap that is owed. False: the store can't be read, it stays
 * owed. */
bool slack_unread_gather(struct slack_catchup *catchup);
/* From where on channels are unread: remembered before anything newer is heard. False:
 * all is durable already. */
bool slack_unread_write(struct slack_catchup *catchup);
void slack_unread_written(struct slack_catchup *catchup, bool committed);
void slack_unread_put(struct slack_catchup *catchup, struct slack_unread *unread);
/* It is done, as far as it can be: the mark of what is read up is taken away. True: to
 * be told whether that is durable. */
bool slack_unread_end(struct slack_catchup *catchup);
void slack_unread_ended(struct slack_catchup *catchup, bool committed);
/* The channel is told what is missing. */
void slack_unread_tell(struct slack_unread *unread, enum ear_behind_state state,
                       const char *why);
void slack_unread_stop(struct slack_catchup *catchup);

/* ---- slack_page.c */

void slack_page_ask(struct slack_catchup *catchup);
/* NULL: all are asked. */
const char *slack_page_thread(const struct slack_unread *unread);

/* ---- slack_past.c */

/* Hears a page, of the history (the newest first) or of a thread; tells the threads in
 * it that go on. */
void slack_past_hear(struct slack_catchup *catchup, struct json_slice messages);
/* The bot is not in that channel any more. */
void slack_past_removed(struct slack_unread *unread);
/* Is this ts before that one? NULL is before all. */
bool slack_past_is_before(const char *ts, const char *other);
/* Must not be in it. */
void slack_threads_add(struct arena *arena, struct slack_threads *threads,
                       const char *ts);
