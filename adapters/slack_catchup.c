/*
 * What was said in the channels of open incidents while nobody listened: read up after
 * each gap, one channel after the other, page by page, and then the threads. A gap is a
 * lost connection, an event that could not be committed, an hour Slack held back. It
 * comes with the same ids as events, so whatever Slack delivers again as well is heard
 * once. Nothing is asked before it is durable from where on all is unread; the next
 * page is asked for when the last one is durable.
 */
#include "adapters/slack_catchup.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/slack_write.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define EDIT_MS     TIME_DAY_MS /* what is older than that is not looked at again */
#define SHORT_MS    (10 * TIME_MINUTE_MS) /* nor than this, after a mere moment */
#define GROWTH      60                    /* a minute's gap: an hour more */
#define PAGES_MAX   1000
#define IDLE_MAX    10  /* pages that lead nowhere: Slack goes round in circles */
#define LOOK_PAGES  5   /* further back, for threads that began to grow */
#define ASKED_MAX   500 /* threads that may have grown, */
#define ASKED_SHORT 50  /* and after a mere moment */
#define RETRY_MS    TIME_SECOND_MS
#define RETRY_CAP   (10 * TIME_MINUTE_MS)
#define STORE_CAP   (5 * TIME_SECOND_MS) /* Slack is not asked meanwhile */

static void catchup_step(void *arg);

int64_t slack_catchup_backoff_ms(unsigned failures)
{
    int64_t wait_ms = RETRY_MS;

    for (unsigned i = 1; i < failures && wait_ms < RETRY_CAP; i++) {
        wait_ms *= 2;
    }
    return wait_ms < RETRY_CAP ? wait_ms : RETRY_CAP;
}

void slack_catchup_pause(struct slack_catchup *catchup, int64_t wait_ms)
{
    loop_timer_set(catchup->timer, wait_ms);
}

static bool is_busy(const struct slack_catchup *catchup)
{
    return catchup->is_asking || catchup->page_ticket != 0 ||
           catchup->marks_ticket != 0 || catchup->end_ticket != 0;
}

static int64_t await_commit(struct slack_catchup *catchup)
{
    struct slack *slack = catchup->slack;
    int64_t number = ++slack->ticket_number;

    ear_ticket(slack->ears, &slack->adapter, (struct ticket){number});
    return number;
}

void slack_catchup_await(struct slack_catchup *catchup)
{
    catchup->page_ticket = await_commit(catchup);
}

/* How far behind the last message known edits are looked for. */
static int64_t overlap_ms(const struct slack_unread *unread)
{
    int64_t overlap_ms;

    if (unread->gap_ms == 0) {
        return EDIT_MS;
    }
    overlap_ms = SHORT_MS + GROWTH * (time_steady_ms() - unread->gap_ms);
    return overlap_ms < EDIT_MS ? overlap_ms : EDIT_MS;
}

static bool is_short(const struct slack_unread *unread)
{
    return overlap_ms(unread) < EDIT_MS;
}

static void begin(struct slack_unread *unread)
{
    int64_t oldest_ms = slack_ts_ms(unread->since) - overlap_ms(unread);

    unread->is_begun = true;
    unread->is_in_threads = unread->is_removed = false;
    unread->oldest = oldest_ms > 0 ? slack_write_moment(unread->arena, oldest_ms)
                                   : CATCHUP_BEGINNING;
    unread->cursor = unread->following = unread->reached = unread->why = NULL;
    unread->limit = CATCHUP_PAGE;
    unread->pages = unread->pages_beyond = 0;
    unread->replied = NULL;
    unread->idle_pages = 0;
    unread->grown.count = unread->next_thread = 0;
}

/* Behind what may have been edited only threads are looked for that began to grow: a
 * little further, and not where a page is a minute. */
static bool is_looked_through(struct slack_unread *unread)
{
    if (slack_past_is_before(unread->oldest, unread->reached)) {
        return false;
    }
    unread->pages_beyond += 1;
    if (is_short(unread) && unread->known.count == 0) {
        return true;
    }
    if (unread->pages_beyond > LOOK_PAGES) {
        log_info("slack threads under older messages are not looked for",
                 "channel=%s before=%s", unread->channel, unread->reached);
        return true;
    }
    return false;
}

/* Where Slack gives little, edits of long ago are not worth a minute a page. */
static bool is_history_over(struct slack_catchup *catchup, struct slack_unread *unread)
{
    if (unread->why != NULL || text_is_empty(unread->cursor)) {
        return true;
    }
    if (unread->pages >= PAGES_MAX) {
        unread->why = "there is too much of it";
        return true;
    }
    if (unread->idle_pages >= IDLE_MAX) {
        unread->why = "Slack gives the same of it again and again";
        return true;
    }
    if (unread->reached == NULL) {
        return false;
    }
    return catchup->is_limited ? !slack_past_is_before(unread->since, unread->reached)
                               : is_looked_through(unread);
}

/* The liveliest come first. Where Slack makes us wait, each may be a minute. */
static void cut_threads(const struct slack_catchup *catchup,
                        struct slack_unread *unread)
{
    size_t most = is_short(unread) || catchup->pace_ms > 0 ? ASKED_SHORT : ASKED_MAX;

    if (unread->known.count > most) {
        log_warn("slack has more threads than are asked about",
                 "channel=%s asked=%zu left_out=%zu", unread->channel, most,
                 unread->known.count - most);
        unread->known.count = most;
    }
}

static void advance_thread(struct slack_unread *unread)
{
    if (text_is_empty(unread->cursor) || unread->idle_pages >= IDLE_MAX) {
        unread->next_thread += 1;
        unread->cursor = unread->replied = NULL;
        unread->idle_pages = 0;
    }
}

/* A page is durable: on to the next, the next thread, the next channel. */
static void advance(struct slack_catchup *catchup, struct slack_unread *unread)
{
    unread->cursor = unread->following;
    unread->pages += 1;
    if (unread->is_in_threads) {
        advance_thread(unread);
    } else if (is_history_over(catchup, unread)) {
        unread->is_in_threads = true;
        unread->cursor = NULL;
        unread->idle_pages = 0;
        cut_threads(catchup, unread);
    }
    if (unread->why != NULL ||
        (unread->is_in_threads && slack_page_thread(unread) == NULL)) {
        catchup->end_ticket = slack_unread_end(catchup) ? await_commit(catchup) : 0;
    }
}

/* The next channel whose time has come, or waits for it. */
static bool pick(struct slack_catchup *catchup)
{
    struct slack_unread *first = catchup->first;
    int64_t wait_ms;

    if (first == NULL) {
        if (catchup->done > 0) {
            log_info("slack is read up", "channels=%zu", catchup->done);
        }
        catchup->done = 0;
        return false;
    }
    wait_ms = first->not_before_ms - time_steady_ms();
    if (wait_ms > 0) {
        slack_catchup_pause(catchup, wait_ms);
        return false;
    }
    catchup->first = first->next;
    catchup->now = first;
    first->next = NULL;
    return true;
}

/* The store can't write, or not be read. */
static int64_t store_wait_ms(struct slack_catchup *catchup)
{
    int64_t wait_ms = slack_catchup_backoff_ms(++catchup->uncommitted);

    return wait_ms < STORE_CAP ? wait_ms : STORE_CAP;
}

/* False: the store can't be read, or is to say that all marks are durable. */
static bool are_places_known(struct slack_catchup *catchup)
{
    if (catchup->owes && !slack_unread_gather(catchup)) {
        slack_catchup_pause(catchup, store_wait_ms(catchup));
        return false;
    }
    if (catchup->marks_ticket == 0 && slack_unread_write(catchup)) {
        catchup->marks_ticket = await_commit(catchup);
    }
    return catchup->marks_ticket == 0;
}

static void catchup_step(void *arg)
{
    struct slack_catchup *catchup = arg;

    if (is_busy(catchup)) {
        return;
    }
    if (catchup->next_page) {
        catchup->next_page = false;
        advance(catchup, catchup->now);
    }
    if (is_busy(catchup) || !are_places_known(catchup) ||
        (catchup->now == NULL && !pick(catchup))) {
        return;
    }
    if (!catchup->now->is_begun) {
        begin(catchup->now);
    }
    catchup->is_asking = true;
    slack_page_ask(catchup);
}

bool slack_catchup_settle(struct slack *slack, int64_t number, bool committed)
{
    struct slack_catchup *catchup = slack->catchup;
    int64_t wait_ms = 0;

    if (catchup == NULL || number == 0 ||
        (catchup->page_ticket != number && catchup->marks_ticket != number &&
         catchup->end_ticket != number)) {
        return false;
    }
    if (catchup->marks_ticket == number) {
        catchup->marks_ticket = 0;
        slack_unread_written(catchup, committed);
    } else if (catchup->end_ticket == number) {
        catchup->end_ticket = 0;
        slack_unread_ended(catchup, committed);
    } else {
        catchup->page_ticket = 0;
        catchup->next_page = committed;
        if (!committed) {
            /* No page is asked for before the store has shown that it writes; and one
             * that is heard again for it leads on. */
            catchup->now->mark = MARK_NONE;
            catchup->now->idle_pages = 0;
        }
        wait_ms = catchup->is_limited ? catchup->pace_ms : 0;
    }
    if (committed) {
        catchup->uncommitted = 0;
    } else {
        wait_ms = store_wait_ms(catchup);
    }
    if (!is_busy(catchup)) {
        slack_catchup_pause(catchup, wait_ms);
    }
    return true;
}

/* Two gaps that are owed are one: of all channels, the longer. */
static void owe(struct slack_catchup *catchup, const struct slack_gap *gap)
{
    struct slack_gap *owed = &catchup->owed;

    if (catchup->owes) {
        owed->since_ms =
            owed->since_ms < gap->since_ms ? owed->since_ms : gap->since_ms;
        owed->over_ms = owed->over_ms > gap->over_ms ? owed->over_ms : gap->over_ms;
        owed->channel = NULL;
        return;
    }
    *owed = *gap;
    owed->channel = NULL;
    if (gap->channel != NULL && strlen(gap->channel) < sizeof(catchup->owed_channel)) {
        memcpy(catchup->owed_channel, gap->channel, strlen(gap->channel) + 1);
        owed->channel = catchup->owed_channel;
    }
    catchup->owes = true;
}

static struct slack_catchup *catchup_of(struct slack *slack)
{
    struct slack_catchup *catchup = slack->catchup;

    if (catchup == NULL) {
        catchup = calloc(1, sizeof(*catchup));
        INSIST(catchup != NULL);
        catchup->slack = slack;
        catchup->timer = loop_timer_create(slack->loop, catchup_step, catchup);
        slack->catchup = catchup;
    }
    return catchup;
}

/* The marks go first, whatever else is under way: the present turn holds nothing newer.
 */
static void go(struct slack_catchup *catchup)
{
    if (are_places_known(catchup)) {
        catchup_step(catchup);
    }
}

static void go_soon(void *arg)
{
    struct slack_catchup *catchup = arg;

    catchup->is_soon = false;
    go(catchup);
}

void slack_catchup_start(struct slack *slack, const struct slack_gap *gap)
{
    struct slack_catchup *catchup = catchup_of(slack);

    owe(catchup, gap);
    go(catchup);
}

void slack_catchup_owe(struct slack *slack)
{
    struct slack_catchup *catchup = slack->is_stopped ? NULL : catchup_of(slack);

    if (catchup != NULL && !catchup->is_soon) {
        owe(catchup, &(struct slack_gap){.since_ms = time_steady_ms()});
        catchup->is_soon = true;
        loop_soon(slack->loop, go_soon, catchup);
    }
}

void slack_catchup_stop(struct slack *slack)
{
    struct slack_catchup *catchup = slack->catchup;

    if (catchup != NULL) {
        slack->catchup = NULL;
        loop_forget(slack->loop, catchup);
        loop_timer_destroy(catchup->timer);
        slack_unread_stop(catchup);
        free(catchup);
    }
}
