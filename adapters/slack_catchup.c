/*
 * What was said in the channels of open incidents while nobody listened: read up after
 * each gap, one page after the other, and then the threads. It comes with the same ids
 * as events, so whatever Slack delivers again as well is heard once. The next page is
 * asked for when the last one is durable; where a channel is not read to its end, the
 * next start goes on from what is remembered here.
 */
#include "adapters/slack_catchup.h"

#include <string.h>

#include "adapters/slack_write.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define EDIT_MS   TIME_DAY_MS /* what is older than that is not looked at again */
#define PAGES_MAX 1000
#define RETRY_MS  TIME_SECOND_MS
#define RETRY_CAP (60 * TIME_SECOND_MS)
#define OTHERS_MS 200 /* at an opened gate posts that look for themselves go first */
#define HISTORY   "conversations.history"
#define REPLIES   "conversations.replies"
#define BEGINNING "0"

static void catchup_step(void *arg);

static const char *unread_name(struct slack *slack, const char *channel)
{
    return arena_printf(ear_arena(slack->ears), "unread %s", channel);
}

/* From where on channels are unread: remembered before anything newer is heard. */
static bool note_unread(struct slack *slack, const struct ear_places *places)
{
    for (size_t i = 0; i < places->count; i++) {
        const char *name = unread_name(slack, places->all[i].channel);
        const char *last = text_or(places->all[i].last_message, BEGINNING);
        const char *known = NULL;

        if (!ear_recall(slack->ears, &slack->adapter, name, &known)) {
            return false;
        }
        if (text_is_empty(known)) {
            /* A file's message id has its own part behind the ts. */
            last = arena_copy_n(ear_arena(slack->ears), last, strcspn(last, ":"));
            ear_remember(slack->ears, &slack->adapter, name, last);
        }
    }
    return true;
}

static bool begin_place(struct slack_catchup *catchup)
{
    const struct ear_place *place = slack_past_place(catchup);
    const char *since = NULL;
    int64_t since_ms;

    if (!ear_recall(catchup->slack->ears, &catchup->slack->adapter,
                    unread_name(catchup->slack, place->channel), &since)) {
        return false;
    }
    catchup->since = arena_copy(catchup->arena, text_or(since, BEGINNING));
    since_ms = slack_ts_ms(catchup->since);
    catchup->oldest = since_ms > EDIT_MS
                          ? slack_write_moment(catchup->arena, since_ms - EDIT_MS)
                          : BEGINNING;
    catchup->is_begun = true;
    catchup->is_in_threads = catchup->has_said = false;
    catchup->cursor = catchup->reached = NULL;
    catchup->pages = 0;
    catchup->next_thread = catchup->thread_count = 0;
    for (size_t i = 0; i < place->thread_count && i < CATCHUP_THREADS; i++) {
        catchup->threads[catchup->thread_count++] = place->threads[i];
    }
    return true;
}

static void behind(struct slack_catchup *catchup, bool is_over)
{
    struct slack *slack = catchup->slack;
    struct ear_behind behind = {
        .channel = slack_past_place(catchup)->channel,
        .from_ms = slack_ts_ms(catchup->since),
        .to_ms = catchup->reached == NULL ? ear_now_ms(slack->ears)
                                          : slack_ts_ms(catchup->reached),
        .is_over = is_over,
    };

    catchup->has_said = !is_over;
    ear_behind(slack->ears, &slack->adapter, &behind);
}

static void end_place(struct slack_catchup *catchup)
{
    struct slack *slack = catchup->slack;

    behind(catchup, true); /* says nothing where nothing was said */
    if (!catchup->is_stale) {
        ear_remember(slack->ears, &slack->adapter,
                     unread_name(slack, slack_past_place(catchup)->channel), "");
    }
    catchup->is_begun = false;
    catchup->next += 1;
}

/* Where Slack gives little, edits of long ago are not worth a minute a page. */
static bool is_history_over(const struct slack_catchup *catchup)
{
    return text_is_empty(catchup->cursor) || catchup->pages >= PAGES_MAX ||
           (catchup->is_limited && catchup->reached != NULL &&
            !slack_past_is_before(catchup->since, catchup->reached));
}

/* A page is durable: on to the next, the next thread, the next channel. */
static void advance(struct slack_catchup *catchup)
{
    catchup->cursor = catchup->following;
    catchup->pages += 1;
    if (catchup->is_in_threads) {
        catchup->next_thread += text_is_empty(catchup->cursor) ? 1 : 0;
    } else if (is_history_over(catchup)) {
        catchup->is_in_threads = true;
        catchup->cursor = NULL;
    }
    if (catchup->is_in_threads && catchup->next_thread >= catchup->thread_count) {
        end_place(catchup);
    }
}

/* The turn that holds the page tells when it is durable. */
static void await_commit(struct slack_catchup *catchup)
{
    struct slack *slack = catchup->slack;

    catchup->number = ++slack->ticket_number;
    ear_ticket(slack->ears, &slack->adapter, (struct ticket){catchup->number});
}

bool slack_catchup_settle(struct slack *slack, int64_t number, bool committed)
{
    struct slack_catchup *catchup = slack->catchup;

    if (catchup == NULL || number == 0 || catchup->number != number) {
        return false;
    }
    catchup->number = 0;
    if (!committed) {
        catchup->next_page = false;
    }
    loop_timer_set(catchup->timer, !committed            ? RETRY_MS
                                   : catchup->is_limited ? catchup->pace_ms
                                                         : 0);
    return true;
}

/* Nobody can tell now: asked again later. */
static void retry(struct slack_catchup *catchup)
{
    int64_t wait_ms = RETRY_MS;

    for (unsigned i = 0; i < catchup->failures && wait_ms < RETRY_CAP; i++) {
        wait_ms *= 2;
    }
    catchup->failures += 1;
    loop_timer_set(catchup->timer, wait_ms);
}

static void on_wait(struct slack_catchup *catchup, const struct slack_answer *answer)
{
    if (answer->wait_ms > 0) {
        catchup->pace_ms = answer->wait_ms + OTHERS_MS;
        if (!catchup->is_in_threads) {
            behind(catchup, false);
        }
        loop_timer_set(catchup->timer, catchup->pace_ms);
    } else {
        retry(catchup);
    }
}

/* Slack gives none of this, whatever we do: on to the next. */
static void on_refusal(struct slack_catchup *catchup, const char *error)
{
    slack_complain(catchup->slack, catchup->is_in_threads ? REPLIES : HISTORY, error);
    if (!catchup->is_in_threads && (text_equal(error, "not_in_channel") ||
                                    text_equal(error, "channel_not_found"))) {
        slack_past_removed(catchup);
    }
    catchup->following = NULL;
    catchup->thread_count = catchup->is_in_threads ? catchup->thread_count : 0;
    catchup->next_page = true;
    await_commit(catchup);
}

static void on_page(void *arg, const struct slack_answer *answer)
{
    struct slack_catchup *catchup = arg;

    if (answer->kind == OUTCOME_NEVER) {
        on_refusal(catchup, answer->error);
        return;
    }
    if (answer->kind != OUTCOME_DONE) {
        on_wait(catchup, answer);
        return;
    }
    catchup->failures = 0;
    catchup->following = json_slice_text(
        catchup->arena, json_scan_path(answer->body, "response_metadata.next_cursor"));
    if (text_is_empty(catchup->following)) {
        catchup->following = NULL;
    }
    slack_past_hear(catchup, json_scan_member(answer->body, "messages"));
    catchup->next_page = true;
    await_commit(catchup);
}

static void ask_page(struct slack_catchup *catchup)
{
    const char *thread =
        catchup->is_in_threads ? catchup->threads[catchup->next_thread] : NULL;
    struct slack_ask ask = {.method = thread == NULL ? HISTORY : REPLIES,
                            .is_form = true};

    ask.body = slack_write_form(
        catchup->arena, "channel", slack_past_place(catchup)->channel, "oldest",
        catchup->oldest, "limit", "200", "cursor", text_or(catchup->cursor, ""),
        thread == NULL ? NULL : "ts", thread, NULL);
    slack_call(catchup->slack, &ask, on_page, catchup);
}

static void catchup_end(struct slack_catchup *catchup)
{
    struct slack *slack = catchup->slack;
    bool is_stale = catchup->is_stale;

    log_info("slack is read up", "channels=%zu", catchup->places.count);
    slack_catchup_stop(slack);
    if (is_stale) {
        slack_catchup_start(slack);
    }
}

static bool find_places(struct slack *slack, struct arena *arena,
                        struct ear_places *places)
{
    return ear_places(slack->ears, &slack->adapter, arena, places) &&
           note_unread(slack, places);
}

static void catchup_step(void *arg)
{
    struct slack_catchup *catchup = arg;

    if (!catchup->has_places) {
        catchup->has_places =
            find_places(catchup->slack, catchup->arena, &catchup->places);
    }
    if (catchup->has_places && catchup->next_page) {
        catchup->next_page = false;
        advance(catchup);
    }
    if (catchup->has_places && catchup->next >= catchup->places.count) {
        catchup_end(catchup);
    } else if (catchup->has_places && (catchup->is_begun || begin_place(catchup))) {
        ask_page(catchup);
    } else {
        retry(catchup);
    }
}

void slack_catchup_start(struct slack *slack)
{
    struct arena *arena = arena_create();
    struct slack_catchup *catchup = ARENA_NEW(arena, struct slack_catchup);

    *catchup = (struct slack_catchup){.slack = slack, .arena = arena};
    if (slack->catchup != NULL) {
        slack->catchup->is_stale = true;
        (void)find_places(slack, arena, &catchup->places);
        arena_destroy(arena);
        return;
    }
    slack->catchup = catchup;
    catchup->timer = loop_timer_create(slack->loop, catchup_step, catchup);
    catchup_step(catchup);
}

void slack_catchup_stop(struct slack *slack)
{
    if (slack->catchup != NULL) {
        loop_timer_destroy(slack->catchup->timer);
        arena_destroy(slack->catchup->arena);
        slack->catchup = NULL;
    }
}
