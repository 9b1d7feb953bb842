/*
 * The long poll: one request that the homeserver answers when something happened. Each
 * answer is heard, made durable, and only then is its token used. What goes wrong is
 * asked again after a while, with the same token; what hangs is given up; a homeserver
 * that answers at once without news is not stormed.
 */
#include "adapters/matrix_sync.h"

#include <stdlib.h>

#include "adapters/matrix_write.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define FIRST_MS  (10 * TIME_MINUTE_MS) /* a big account's first sync */
#define ANSWER_MS 100                   /* at most for what the news make us say */
#define DENSE_MS  50                    /* news that come so soon come in a crowd */
#define GATHER_MS 25                    /* so that a crowd comes as one */
#define HASTY     4 /* answers at once without news, before they are slowed down */

struct matrix_sync {
    struct matrix *matrix;
    struct matrix_call *call;
    struct loop_timer *timer;
    char *since;  /* durable; NULL: none yet */
    char *filter; /* the usual one's id; NULL: to be made */
    unsigned failures, hasty;
    size_t echoes;       /* heard so far */
    int64_t asked_ms;    /* steady */
    bool has_begun;      /* what the last start left is known */
    bool has_lost;       /* the next first sync is not the first ever */
    bool is_small;       /* the last body was too big */
    bool has_new_filter; /* so that a refusal is not the filter's */
    bool is_at_once;     /* no long poll: what was missed is wanted */
    bool is_silent;      /* our own words did not come back, and none has since */
    bool is_waiting;     /* for the deeds under way */
    bool is_stopped;
};

static void ask(void *arg);

static void later(struct matrix_sync *sync, int64_t wait_ms)
{
    loop_timer_set(sync->timer, wait_ms);
}

static void state(struct matrix_sync *sync, enum adapter_state adapter_state,
                  const char *why)
{
    struct matrix *matrix = sync->matrix;

    if (!matrix->is_refused && !matrix->is_stopped) {
        ear_state(matrix->ears, &matrix->adapter, adapter_state, why);
    }
}

/* One that fails now and then is not worth a word. */
static void fail(struct matrix_sync *sync, const char *why, int64_t at_least_ms)
{
    int64_t wait_ms = matrix_backoff_ms(++sync->failures);

    sync->is_at_once = true;
    if (sync->failures > 1 || at_least_ms > 0) {
        state(sync, ADAPTER_DOWN, why);
    }
    later(sync, wait_ms > at_least_ms ? wait_ms : at_least_ms);
}

/* ---- the filter: made once, known by what it says */

static void on_filter(void *arg, const struct matrix_answer *answer)
{
    struct matrix_sync *sync = arg;
    struct arena *arena = arena_create();
    const char *id =
        json_slice_text(arena, json_scan_member(answer->body, "filter_id"));

    sync->call = NULL;
    if (answer->kind == OUTCOME_DONE && !text_is_empty(id)) {
        text_replace(&sync->filter, id);
        sync->has_new_filter = true;
        matrix_filter_remember(sync->matrix, id);
        ask(sync);
    } else {
        fail(sync, text_or(answer->why, "the homeserver keeps no filter"),
             answer->wait_ms);
    }
    arena_destroy(arena);
}

static void ask_filter(struct matrix_sync *sync)
{
    struct matrix *matrix = sync->matrix;
    struct arena *arena = arena_create();
    struct matrix_ask wish = {
        .method = "POST",
        .path = arena_printf(arena, "/_matrix/client/v3/user/%s/filter",
                             matrix_write_part(arena, matrix->self.user)),
        .body = matrix_filter_usual};

    sync->call = matrix_call(matrix, &wish, on_filter, sync);
    arena_destroy(arena);
}

/* ---- what it answers */

/* From where we have read up to there is no going on. */
static void lose_place(struct matrix_sync *sync, const char *why)
{
    struct arena *arena = arena_create();
    const char *words =
        arena_printf(arena, "%s: the rooms of open incidents are read up", why);

    log_error("our place is lost", "why=\"%s\"", words);
    state(sync, ADAPTER_DOWN, words);
    arena_destroy(arena);
    text_replace(&sync->since, NULL);
    sync->has_lost = true;
    later(sync, 0);
}

/* Its word for a filter or a token it does not know is not the same everywhere: first
 * the filter is made again. */
static void on_refused(struct matrix_sync *sync, const struct matrix_answer *answer)
{
    bool is_about_us = sync->since != NULL && *answer->errcode != '\0' &&
                       (answer->status == 400 || answer->status == 404) &&
                       !text_equal(answer->errcode, "M_UNRECOGNIZED");

    if (is_about_us && !sync->has_new_filter && !sync->is_small) {
        text_replace(&sync->filter, NULL);
        later(sync, 0);
    } else if (is_about_us) {
        /* It was put back to an older state, perhaps. */
        lose_place(sync, "the homeserver does not know our place any more");
    } else {
        fail(sync, answer->why, answer->wait_ms);
    }
}

/* Less is asked for at once; where even that is too much, our place is given up, or the
 * same body would stand in the way for ever. */
static void on_too_big(struct matrix_sync *sync, const char *why)
{
    log_warn("a sync was too big", "max_bytes=%zu", sync->matrix->sync_bytes);
    if (sync->since == NULL) {
        fail(sync, why, 0);
    } else if (sync->is_small) {
        lose_place(sync, "what the homeserver has for us is too much");
    } else {
        sync->is_small = true;
        later(sync, 0);
    }
}

static void on_sync(void *arg, const struct matrix_answer *answer)
{
    struct matrix_sync *sync = arg;
    enum matrix_hear_mode mode = sync->since != NULL ? MATRIX_HEAR_NEWS
                                 : sync->has_lost    ? MATRIX_HEAR_LOST
                                                     : MATRIX_HEAR_FIRST;

    sync->call = NULL;
    if (answer->is_too_big) {
        on_too_big(sync, answer->why);
    } else if (answer->kind != OUTCOME_DONE) {
        on_refused(sync, answer);
    } else if (!matrix_hear_body(sync->matrix, answer->body, sync->since, mode)) {
        fail(sync, "what the homeserver answers is no sync", 0);
    }
}

/* ---- and on */

/* What was sent and taken must come back. Where it does not, it may be that nobody sees
 * it (a shadow ban), or that the token stands still. */
static void watch_echoes(struct matrix_sync *sync, bool has_moved)
{
    struct matrix *matrix = sync->matrix;
    int64_t sent_ms = matrix_deed_oldest_unechoed_ms(matrix);

    if (matrix->hearing->echoes != sync->echoes) {
        sync->echoes = matrix->hearing->echoes;
        sync->is_silent = false;
    }
    if (sent_ms >= 0 && sent_ms + matrix->echo_ms < sync->asked_ms) {
        log_error("what we say does not come back", "has_moved=%d", (int)has_moved);
        matrix_deed_forget_unechoed(matrix);
        sync->is_silent = true;
        sync->is_at_once = true;
    }
    if (sync->is_silent) {
        state(sync, ADAPTER_DOWN,
              has_moved ? "what we say is taken, but does not come back: does the "
                          "homeserver hide it (a shadow ban)?"
                        : "what we say is taken, but does not come back, and nothing "
                          "else comes: do the homeserver's syncs stand still, or does "
                          "it hide what we say (a shadow ban)?");
    } else {
        state(sync, ADAPTER_UP, "");
    }
}

/* A homeserver does one thing at a time: what the news make us say goes before the next
 * poll (matrix_sync_go cuts that short). */
static int64_t take_breath(struct matrix_sync *sync, bool has_news, bool is_own)
{
    int64_t took_ms = time_steady_ms() - sync->asked_ms;

    sync->hasty = took_ms < TIME_SECOND_MS && !has_news ? sync->hasty + 1 : 0;
    sync->is_waiting = has_news && sync->matrix->deeds != NULL;
    if (sync->is_waiting) {
        return ANSWER_MS;
    }
    if (sync->hasty < HASTY) {
        return has_news && !is_own && took_ms < DENSE_MS ? GATHER_MS : 0;
    }
    return sync->hasty < 2 * HASTY ? TIME_SECOND_MS / 10 : TIME_SECOND_MS;
}

void matrix_sync_go(struct matrix *matrix)
{
    struct matrix_sync *sync = matrix->sync;

    if (sync != NULL && sync->is_waiting && !sync->is_stopped) {
        sync->is_waiting = false;
        later(sync, 0);
    }
}

static void go_on(struct matrix_sync *sync, bool has_moved, size_t heard, size_t own)
{
    bool was_at_once = sync->is_at_once;

    sync->failures = 0;
    sync->has_lost = false;
    sync->is_small = false;
    sync->has_new_filter = false;
    sync->is_at_once = false;
    watch_echoes(sync, has_moved);
    later(sync,
          was_at_once ? 0 : take_breath(sync, has_moved && heard > 0, heard == own));
}

void matrix_sync_heard(struct matrix *matrix, bool committed, size_t heard, size_t own)
{
    struct matrix_sync *sync = matrix->sync;
    const char *next = matrix_hear_next(matrix);
    bool has_moved = !text_equal(next, sync->since);

    if (sync->is_stopped) {
        return;
    }
    if (committed) {
        text_replace(&sync->since, next);
        go_on(sync, has_moved, heard, own);
    } else {
        fail(sync, "the store can't write", 0);
    }
    matrix_gap_go(matrix);
}

void matrix_sync_settle(struct matrix *matrix, int64_t number, bool committed)
{
    if (matrix->hearing != NULL && !matrix->is_stopped &&
        !matrix_hear_settle(matrix, number, committed)) {
        (void)matrix_gap_settle(matrix, number, committed);
    }
}

/* ---- asking */

static const char *filter_of(const struct matrix_sync *sync)
{
    return sync->since == NULL ? matrix_filter_first
           : sync->is_small    ? matrix_filter_small
                               : sync->filter;
}

static const char *write_path(struct matrix_sync *sync, struct arena *arena)
{
    bool is_first = sync->since == NULL;
    int64_t poll_ms = is_first || sync->is_at_once ? 0 : sync->matrix->poll_ms;

    return arena_printf(
        arena,
        "/_matrix/client/v3/sync?timeout=%lld&set_presence=offline&filter=%s%s%s",
        (long long)poll_ms, matrix_write_part(arena, filter_of(sync)),
        is_first ? "" : "&since=",
        is_first ? "" : matrix_write_part(arena, sync->since));
}

/* Where the last start left off. A store that can't be read is no first start: that
 * would act on nothing of what was missed, so it is waited for. */
static bool begin(struct matrix_sync *sync)
{
    struct matrix *matrix = sync->matrix;
    const char *since;

    if (sync->has_begun) {
        return true;
    }
    sync->has_begun = ear_recall(matrix->ears, &matrix->adapter, "since", &since) &&
                      matrix_hear_begin(matrix);
    if (!sync->has_begun) {
        state(sync, ADAPTER_DOWN, "the store can't be read");
        later(sync, matrix_backoff_ms(++sync->failures));
        return false;
    }
    sync->failures = 0;
    text_replace(&sync->since, since);
    text_replace(&sync->filter, matrix_filter_recall(matrix));
    matrix_gap_go(matrix);
    return true;
}

static void ask(void *arg)
{
    struct matrix_sync *sync = arg;
    struct matrix_ask wish = {
        .method = "GET", .max_bytes = sync->matrix->sync_bytes, .is_raw = true};
    struct arena *arena;

    if (sync->is_stopped || sync->call != NULL || !begin(sync)) {
        return;
    }
    sync->is_waiting = false;
    if (filter_of(sync) == NULL) {
        ask_filter(sync);
        return;
    }
    arena = arena_create();
    wish.path = write_path(sync, arena);
    wish.timeout_ms =
        sync->since == NULL ? FIRST_MS : sync->matrix->poll_ms + sync->matrix->grace_ms;
    sync->asked_ms = time_steady_ms();
    sync->call = matrix_call(sync->matrix, &wish, on_sync, sync);
    arena_destroy(arena);
}

/* ---- its life */

void matrix_sync_start(struct matrix *matrix)
{
    struct matrix_sync *sync = calloc(1, sizeof(*sync));

    INSIST(sync != NULL);
    matrix->sync = sync;
    sync->matrix = matrix;
    sync->is_at_once = true;
    sync->timer = loop_timer_create(matrix->loop, ask, sync);
    ask(sync);
}

void matrix_sync_stop(struct matrix *matrix)
{
    struct matrix_sync *sync = matrix->sync;

    if (sync == NULL || sync->is_stopped) {
        return;
    }
    sync->is_stopped = true;
    loop_timer_stop(sync->timer);
    if (sync->call != NULL) {
        matrix_call_cancel(sync->call);
        sync->call = NULL;
    }
    matrix_gap_stop(matrix);
}

void matrix_sync_destroy(struct matrix *matrix)
{
    struct matrix_sync *sync = matrix->sync;

    if (sync == NULL) {
        return;
    }
    matrix_sync_stop(matrix);
    matrix_gap_destroy(matrix);
    matrix_hear_destroy(matrix);
    loop_timer_destroy(sync->timer);
    text_replace(&sync->since, NULL);
    text_replace(&sync->filter, NULL);
    free(sync);
    matrix->sync = NULL;
}
