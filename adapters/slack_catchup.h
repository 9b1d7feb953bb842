/*
 * Between the two halves of reading up: slack_catchup.c decides what is asked next,
 * slack_past.c hears what came. Nobody else includes this.
 */
#pragma once

#include "adapters/slack_inner.h"

#define CATCHUP_PAGE    200
#define CATCHUP_LIMITED 15 /* a page of an app Slack gives little to */
#define CATCHUP_THREADS 500

struct slack_catchup {
    struct slack *slack;
    struct arena *arena; /* holds this struct as well */
    struct loop_timer *timer;
    struct ear_places places;
    bool has_places;
    size_t next;

    /* Of the place that is next. */
    bool is_begun;
    const char *since;  /* the last message known before the gap */
    const char *oldest; /* read from there on: what is known may have been edited */
    const char *cursor;
    const char *reached; /* the oldest message read so far */
    const char *threads[CATCHUP_THREADS];
    size_t thread_count, next_thread;
    bool is_in_threads;
    bool has_said; /* in the channel, what is missing */
    int pages;

    bool is_limited; /* Slack gives few messages at a time */
    int64_t pace_ms; /* how long it made us wait last */
    unsigned failures;
    int64_t number;        /* of the ticket of the page; 0: none waits */
    const char *following; /* the cursor behind that page */
    bool next_page;        /* that page is durable */
    bool is_stale;         /* another gap came meanwhile */
};

/* Hears a page, of the history (the newest first) or of a thread; tells the threads in
 * it that go on. */
const struct ear_place *slack_past_place(const struct slack_catchup *catchup);
void slack_past_hear(struct slack_catchup *catchup, struct json_slice messages);
/* The bot is not in that channel any more. */
void slack_past_removed(struct slack_catchup *catchup);
/* Is this ts before that one? NULL is before all. */
bool slack_past_is_before(const char *ts, const char *other);
