/*
 * What was said in the channels of open incidents while nobody listened: read up once
 * after each gap, channel by channel. Slack gives the newest page first; they are heard
 * from the oldest on, each in a turn of its own, so that a kill in the middle leaves
 * out nothing that the next start would not read up. It comes with the same ids as
 * events, so whatever Slack delivers again as well is heard once.
 */
#include <string.h>

#include "adapters/slack_inner.h"
#include "adapters/slack_write.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define PAGE        200
#define PAGES_MAX   10
#define BACKOFF_MS  TIME_SECOND_MS
#define BACKOFF_CAP TIME_MINUTE_MS

struct slack_catchup {
    struct slack *slack;
    struct arena *arena; /* holds this struct as well */
    struct arena *held;  /* the pages of one channel */
    struct loop_timer *timer;
    struct ear_places places;
    size_t next;
    const char *cursor;
    struct json_slice pages[PAGES_MAX]; /* the newest first */
    size_t page_count;
    int64_t number; /* ticket of the page whose turn is open */
    unsigned failures;
    bool has_places, is_hearing, is_committed;
    bool is_stale; /* another gap came meanwhile */
};

static void catchup_step(void *arg);

static void hear_past(struct slack_catchup *catchup, const char *channel,
                      struct json_slice message)
{
    struct slack *slack = catchup->slack;
    struct slack_frame frame;

    slack_read_past(ear_arena(slack->ears), &slack->self, channel, message, &frame);
    for (size_t i = 0; i < frame.count; i++) {
        ear_event(slack->ears, &slack->adapter, &frame.events[i], (struct ticket){0});
        slack_people_meet(slack, frame.events[i].who.id);
    }
}

/* People spoke the other way round. */
static void hear_page(struct slack_catchup *catchup, struct json_slice messages)
{
    const char *channel = catchup->places.all[catchup->next].channel;
    struct json_slice page[PAGE], cursor = {0};
    size_t count = 0;

    while (count < PAGE && json_scan_next(messages, &cursor)) {
        page[count++] = cursor;
    }
    while (count > 0) {
        hear_past(catchup, channel, page[--count]);
    }
}

static void retry(struct slack_catchup *catchup, int64_t at_least_ms)
{
    int64_t wait_ms = BACKOFF_MS;

    for (unsigned i = 0; i < catchup->failures && wait_ms < BACKOFF_CAP; i++) {
        wait_ms *= 2;
    }
    catchup->failures += 1;
    loop_timer_set(catchup->timer, wait_ms > at_least_ms ? wait_ms : at_least_ms);
}

static void catchup_again(void *arg)
{
    slack_catchup_start(arg);
}

static void catchup_free(struct slack_catchup *catchup)
{
    catchup->slack->catchup = NULL;
    loop_forget(catchup->slack->loop, catchup);
    loop_timer_destroy(catchup->timer);
    arena_destroy(catchup->held);
    arena_destroy(catchup->arena);
}

static void catchup_end(struct slack_catchup *catchup)
{
    struct slack *slack = catchup->slack;
    bool is_stale = catchup->is_stale;

    catchup_free(catchup);
    if (is_stale) {
        loop_soon(slack->loop, catchup_again, slack);
    }
}

/* ---- hearing, from the oldest page on */

static void next_channel(struct slack_catchup *catchup)
{
    catchup->next += 1;
    catchup->cursor = NULL;
    catchup->page_count = 0;
    catchup->is_hearing = false;
    arena_reset(catchup->held);
    loop_soon(catchup->slack->loop, catchup_step, catchup);
}

static void hear_next(struct slack_catchup *catchup)
{
    struct slack *slack = catchup->slack;

    if (catchup->page_count == 0) {
        next_channel(catchup);
        return;
    }
    hear_page(catchup, catchup->pages[catchup->page_count - 1]);
    catchup->number = ++slack->ticket_number;
    ear_ticket(slack->ears, &slack->adapter, (struct ticket){catchup->number});
}

static void on_settled(void *arg)
{
    struct slack_catchup *catchup = arg;

    if (catchup->is_committed) {
        catchup->failures = 0;
        catchup->page_count -= 1;
        hear_next(catchup);
    } else {
        retry(catchup, 0);
    }
}

bool slack_catchup_settle(struct slack *slack, int64_t number, bool committed)
{
    struct slack_catchup *catchup = slack->catchup;

    if (catchup == NULL || number == 0 || catchup->number != number) {
        return false;
    }
    catchup->number = 0;
    catchup->is_committed = committed;
    loop_soon(slack->loop, on_settled, catchup);
    return true;
}

/* ---- asking, from the newest page back */

static void take_page(struct slack_catchup *catchup, struct json_slice body)
{
    struct json_slice messages = json_scan_member(body, "messages");

    catchup->failures = 0;
    catchup->pages[catchup->page_count++] = (struct json_slice){
        arena_copy_n(catchup->held, messages.data, messages.length_bytes),
        messages.length_bytes};
    catchup->cursor = json_slice_text(
        catchup->held, json_scan_path(body, "response_metadata.next_cursor"));
    catchup->is_hearing =
        text_is_empty(catchup->cursor) || catchup->page_count == PAGES_MAX;
    if (catchup->is_hearing && !text_is_empty(catchup->cursor)) {
        log_warn("a gap is not read up any further", "channel=%s pages=%zu",
                 catchup->places.all[catchup->next].channel, catchup->page_count);
    }
    catchup_step(catchup);
}

static void on_page(void *arg, const struct slack_answer *answer)
{
    struct slack_catchup *catchup = arg;

    if (answer->kind == OUTCOME_DONE) {
        take_page(catchup, answer->body);
    } else if (answer->kind == OUTCOME_NEVER) {
        slack_complain(catchup->slack, "conversations.history", answer->error);
        next_channel(catchup);
    } else {
        retry(catchup, answer->wait_ms);
    }
}

static void ask_page(struct slack_catchup *catchup)
{
    const struct ear_place *place = &catchup->places.all[catchup->next];
    struct slack_ask ask = {.method = "conversations.history", .is_form = true};
    const char *oldest = text_or(place->last_message, "0");

    /* A file's message id has its own part behind the ts. */
    oldest = arena_copy_n(catchup->held, oldest, strcspn(oldest, ":"));
    ask.body =
        slack_write_form(catchup->held, "channel", place->channel, "oldest", oldest,
                         "limit", "200", "cursor", text_or(catchup->cursor, ""), NULL);
    slack_call(catchup->slack, &ask, on_page, catchup);
}

static void catchup_step(void *arg)
{
    struct slack_catchup *catchup = arg;
    struct slack *slack = catchup->slack;

    if (!catchup->has_places) {
        catchup->has_places =
            ear_places(slack->ears, &slack->adapter, catchup->arena, &catchup->places);
    }
    if (!catchup->has_places) {
        retry(catchup, 0);
    } else if (catchup->is_hearing) {
        hear_next(catchup);
    } else if (catchup->next < catchup->places.count) {
        ask_page(catchup);
    } else {
        catchup_end(catchup);
    }
}

void slack_catchup_start(struct slack *slack)
{
    struct slack_catchup *catchup;
    struct arena *arena;

    if (slack->catchup != NULL) {
        slack->catchup->is_stale = true;
        return;
    }
    arena = arena_create();
    catchup = ARENA_NEW(arena, struct slack_catchup);
    *catchup =
        (struct slack_catchup){.slack = slack, .arena = arena, .held = arena_create()};
    catchup->timer = loop_timer_create(slack->loop, catchup_step, catchup);
    slack->catchup = catchup;
    catchup_step(catchup);
}

void slack_catchup_stop(struct slack *slack)
{
    if (slack->catchup != NULL) {
        catchup_free(slack->catchup);
    }
}
