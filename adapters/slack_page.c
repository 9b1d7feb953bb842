/*
 * One page of the past, of a channel or of a thread, and what its answer means: it is
 * heard, it is asked for again with fewer messages, the channel waits its turn behind
 * the others, or it is given up.
 */
#include "adapters/slack_catchup.h"
#include "adapters/slack_write.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define TRIES     2                     /* in a row, then the others come first */
#define TELL      4                     /* so often put off: the channel is told */
#define RESTARTS  3                     /* of a channel whose cursor Slack forgot */
#define LONG_MS   (30 * TIME_SECOND_MS) /* a wait that is worth a word */
#define OTHERS_MS 200 /* at an opened gate posts that look for themselves go first */
#define HISTORY   "conversations.history"
#define REPLIES   "conversations.replies"

const char *slack_page_thread(const struct slack_unread *unread)
{
    size_t next = unread->next_thread;

    if (next < unread->grown.count) {
        return unread->grown.all[next];
    }
    next -= unread->grown.count;
    return next < unread->known.count ? unread->known.all[next] : NULL;
}

/* The others come first, then this one from where it is. */
static void defer(struct slack_catchup *catchup, const char *why)
{
    struct slack_unread *unread = catchup->now;

    unread->deferrals += 1;
    if (unread->deferrals >= TELL && why != NULL) {
        slack_unread_tell(unread, BEHIND_WAITING, why);
    }
    unread->not_before_ms =
        time_steady_ms() +
        slack_catchup_backoff_ms(unread->failures + unread->deferrals);
    catchup->now = NULL;
    slack_unread_put(catchup, unread);
    slack_catchup_pause(catchup, 0);
}

/* Nobody can tell now: asked again later. `why` for people; NULL: we can't reach Slack
 * at all. */
static void fail(struct slack_catchup *catchup, const char *why)
{
    struct slack_unread *unread = catchup->now;

    if (unread->failures + 1 < TRIES) {
        unread->failures += 1;
        slack_catchup_pause(catchup, slack_catchup_backoff_ms(unread->failures));
        return;
    }
    defer(catchup, why);
}

static void give_up(struct slack_catchup *catchup, const char *why)
{
    struct slack_unread *unread = catchup->now;

    unread->why = arena_copy(unread->arena, why);
    unread->following = NULL;
    slack_catchup_await(catchup);
}

static void on_too_big(struct slack_catchup *catchup)
{
    struct slack_unread *unread = catchup->now;

    if (unread->limit == 1) {
        give_up(catchup, "a single message of it is too big");
        return;
    }
    unread->limit /= 2;
    slack_catchup_pause(catchup, 0);
}

/* What was said in the channels themselves is asked for by another method, with limits
 * of its own: the threads of one do not hold up the others. */
static void wait_long(struct slack_catchup *catchup)
{
    struct slack_unread *unread = catchup->now;

    if (!unread->is_in_threads) {
        slack_unread_tell(unread, BEHIND_WAITING, NULL);
        slack_catchup_pause(catchup, catchup->pace_ms);
        return;
    }
    slack_unread_tell(unread, BEHIND_THREADS, NULL);
    unread->not_before_ms = time_steady_ms() + catchup->pace_ms;
    catchup->now = NULL;
    slack_unread_put(catchup, unread);
    slack_catchup_pause(catchup, 0);
}

static void on_wait(struct slack_catchup *catchup, const struct slack_answer *answer)
{
    if (!text_equal(answer->error, "ratelimited")) {
        fail(catchup, text_is_empty(answer->error) ? NULL : answer->why);
        return;
    }
    catchup->pace_ms = answer->wait_ms + OTHERS_MS;
    if (answer->wait_ms >= LONG_MS) {
        wait_long(catchup);
    } else {
        slack_catchup_pause(catchup, catchup->pace_ms);
    }
}

/* Slack gives none of this, whatever we do. */
static void on_refusal(struct slack_catchup *catchup, const struct slack_answer *answer)
{
    struct slack_unread *unread = catchup->now;
    const char *error = answer->error;

    if (text_equal(error, "invalid_cursor") && unread->restarts < RESTARTS) {
        unread->restarts += 1;
        unread->cursor = NULL;
        unread->is_begun = unread->is_in_threads;
        fail(catchup, answer->why);
        return;
    }
    if (unread->is_rekeyed) { /* then by the present one */
        unread->is_rekeyed = false;
        slack_catchup_pause(catchup, 0);
        return;
    }
    slack_complain(catchup->slack, unread->is_in_threads ? REPLIES : HISTORY, error);
    if (unread->is_in_threads && (text_equal(error, "thread_not_found") ||
                                  text_equal(error, "message_not_found"))) {
        unread->following = NULL; /* it is gone: on to the next */
        slack_catchup_await(catchup);
        return;
    }
    unread->is_removed =
        text_equal(error, "not_in_channel") || text_equal(error, "channel_not_found");
    if (unread->is_removed) {
        slack_past_removed(unread);
    }
    give_up(catchup, answer->why);
}

static void on_page(void *arg, const struct slack_answer *answer)
{
    struct slack_catchup *catchup = arg;
    struct slack_unread *unread = catchup->now;

    catchup->is_asking = false;
    if (answer->is_too_big) {
        on_too_big(catchup);
        return;
    }
    if (answer->kind == OUTCOME_NEVER) {
        on_refusal(catchup, answer);
        return;
    }
    if (answer->kind != OUTCOME_DONE) {
        on_wait(catchup, answer);
        return;
    }
    unread->failures = unread->deferrals = 0;
    unread->why = NULL;
    unread->is_rekeyed = false;
    unread->following = json_slice_text(
        unread->arena, json_scan_path(answer->body, "response_metadata.next_cursor"));
    if (text_is_empty(unread->following)) {
        unread->following = NULL;
    }
    slack_past_hear(catchup, json_scan_member(answer->body, "messages"));
    slack_catchup_await(catchup);
}

void slack_page_ask(struct slack_catchup *catchup)
{
    struct slack_unread *unread = catchup->now;
    struct arena *arena = arena_create();
    const char *thread = unread->is_in_threads ? slack_page_thread(unread) : NULL;
    const char *limit = arena_printf(arena, "%zu", unread->limit);
    struct slack_ask ask = {.method = HISTORY, .is_form = true};

    if (thread == NULL) {
        ask.body = slack_write_form(arena, "channel", unread->channel, "limit", limit,
                                    "cursor", text_or(unread->cursor, ""), NULL);
    } else {
        ask.method = REPLIES;
        ask.body = slack_write_form(arena, "channel", unread->channel, "ts", thread,
                                    "oldest", unread->oldest, "limit", limit, "cursor",
                                    text_or(unread->cursor, ""), NULL);
    }
    slack_call(catchup->slack, &ask, on_page, catchup);
    arena_destroy(arena);
}
