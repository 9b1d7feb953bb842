/* What was said, page by page, as if it had come as events. */
#include <string.h>

#include "adapters/slack_catchup.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#define THREADS_MAX 5000 /* of a channel */

bool slack_past_is_before(const char *ts, const char *other)
{
    size_t length = strcspn(text_or(ts, ""), "."),
           other_length = strcspn(text_or(other, ""), ".");

    if (length != other_length) {
        return length < other_length;
    }
    return strcmp(text_or(ts, ""), text_or(other, "")) < 0;
}

static size_t thread_index(const struct slack_threads *threads, const char *ts)
{
    size_t i = 0;

    while (i < threads->count && !text_equal(threads->all[i], ts)) {
        i++;
    }
    return i;
}

static void thread_drop(struct slack_threads *threads, const char *ts)
{
    size_t i = thread_index(threads, ts);

    if (i < threads->count) {
        threads->count -= 1;
        memmove(&threads->all[i], &threads->all[i + 1],
                (threads->count - i) * sizeof(threads->all[0]));
    }
}

void slack_threads_add(struct arena *arena, struct slack_threads *threads,
                       const char *ts)
{
    if (threads->count == THREADS_MAX) {
        return;
    }
    if (threads->count == threads->room) {
        const char **all;

        threads->room = threads->room == 0 ? 16 : 2 * threads->room;
        all = ARENA_ARRAY(arena, const char *, threads->room);
        if (threads->count > 0) {
            memcpy(all, threads->all, threads->count * sizeof(all[0]));
        }
        threads->all = all;
    }
    threads->all[threads->count++] = arena_copy(arena, ts);
}

/* A message that others hang under: what was said there while nobody listened is still
 * to be read, or nothing was. */
static void look_for_thread(struct slack_unread *unread, struct json_slice message,
                            const char *ts)
{
    const char *latest = json_slice_text(ear_arena(unread->slack->ears),
                                         json_scan_member(message, "latest_reply"));

    thread_drop(&unread->known, ts);
    if (latest != NULL && slack_past_is_before(unread->since, latest) &&
        thread_index(&unread->grown, ts) == unread->grown.count) {
        if (unread->grown.count + 1 == THREADS_MAX) {
            log_warn("slack has more threads than are read up", "channel=%s",
                     unread->channel);
        }
        slack_threads_add(unread->arena, &unread->grown, ts);
    }
}

/* Part of a page, and what is true of all of it. */
struct page {
    struct json_slice messages[CATCHUP_PAGE + 1];
    const char *ts[CATCHUP_PAGE + 1];
    size_t count;
    const char *oldest, *newest;
    bool is_in_order; /* no command given after it was heard before it */
};

/* Older ones are known: what was said about them has come as events. */
static bool is_too_old(const struct slack_unread *unread, const char *ts)
{
    return !unread->is_in_threads && slack_past_is_before(ts, unread->oldest);
}

static void hear_one(struct slack_unread *unread, const struct page *page, size_t i)
{
    struct slack *slack = unread->slack;
    struct slack_frame frame;

    slack_read_past(ear_arena(slack->ears), &slack->self, ear_now_ms(slack->ears),
                    unread->channel, page->messages[i], &frame);
    for (size_t j = 0; j < frame.count; j++) {
        frame.events[j].is_unordered =
            !page->is_in_order || slack_past_is_before(page->ts[i], unread->since);
        ear_event(slack->ears, &slack->adapter, &frame.events[j], (struct ticket){0});
        slack_people_meet(slack, frame.events[j].who.id);
    }
}

static void read_page(struct slack_unread *unread, struct json_slice messages,
                      struct page *page)
{
    struct arena *arena = ear_arena(unread->slack->ears);
    struct json_slice cursor = {0};

    while (page->count < CATCHUP_PAGE + 1 && json_scan_next(messages, &cursor)) {
        const char *ts = json_slice_text(arena, json_scan_member(cursor, "ts"));

        if (ts == NULL) {
            continue;
        }
        page->messages[page->count] = cursor;
        page->ts[page->count++] = ts;
        if (page->oldest == NULL || slack_past_is_before(ts, page->oldest)) {
            page->oldest = ts;
        }
        if (slack_past_is_before(page->newest, ts)) {
            page->newest = ts;
        }
    }
    page->is_in_order = !unread->is_in_threads && !unread->is_overtaken &&
                        unread->pages == 0 &&
                        (unread->following == NULL ||
                         !slack_past_is_before(unread->since, page->oldest));
}

/* How far back the pages have come: what is between that and `since` is missing. */
static bool note_reached(struct slack_unread *unread, const char *oldest)
{
    bool is_further = oldest != NULL && (unread->reached == NULL ||
                                         slack_past_is_before(oldest, unread->reached));

    if (is_further) {
        unread->reached = arena_copy(unread->arena, oldest);
    }
    return is_further;
}

/* Those of a thread go forward. */
static bool note_replied(struct slack_unread *unread, const char *newest)
{
    bool is_further = slack_past_is_before(unread->replied, newest);

    if (is_further) {
        unread->replied = arena_copy(unread->arena, newest);
    }
    return is_further;
}

void slack_past_hear(struct slack_catchup *catchup, struct json_slice messages)
{
    struct slack_unread *unread = catchup->now;
    struct page page = {.count = 0};
    bool is_further;

    read_page(unread, messages, &page);
    for (size_t i = 0; i < page.count; i++) {
        /* Slack gives the newest first; people spoke the other way round. */
        size_t at = unread->is_in_threads ? i : page.count - 1 - i;

        if (!is_too_old(unread, page.ts[at])) {
            hear_one(unread, &page, at);
        }
        if (!unread->is_in_threads) {
            look_for_thread(unread, page.messages[at], page.ts[at]);
        }
    }
    is_further = unread->is_in_threads ? note_replied(unread, page.newest)
                                       : note_reached(unread, page.oldest);
    unread->idle_pages = is_further ? 0 : unread->idle_pages + 1;
    catchup->is_limited = unread->following != NULL && page.count <= CATCHUP_LIMITED &&
                          unread->limit > CATCHUP_LIMITED;
}

static const char *out_name(struct slack *slack, const char *channel)
{
    return arena_printf(ear_arena(slack->ears), "out %s", channel);
}

void slack_past_left(struct slack *slack, const char *channel)
{
    ear_remember(slack->ears, &slack->adapter, out_name(slack, channel), "yes");
}

void slack_past_returned(struct slack *slack, const char *channel)
{
    const char *known = NULL;

    if (ear_recall(slack->ears, &slack->adapter, out_name(slack, channel), &known) &&
        !text_is_empty(known)) {
        ear_remember(slack->ears, &slack->adapter, out_name(slack, channel), "");
        slack_catchup_start(slack, &(struct slack_gap){.channel = channel});
    }
}

void slack_past_removed(struct slack_unread *unread)
{
    struct slack *slack = unread->slack;
    struct arena *arena = ear_arena(slack->ears);
    int64_t now_ms = ear_now_ms(slack->ears);
    struct chat_event event = {
        .kind = CHAT_REMOVED,
        /* Another time it is another removal; the record tells one once. */
        .id =
            arena_printf(arena, "removed:%s:%lld", unread->channel, (long long)now_ms),
        .at_ms = now_ms,
        .place = {.adapter = "slack", .channel = unread->channel},
        .who = {.id = ""},
    };

    ear_event(slack->ears, &slack->adapter, &event, (struct ticket){0});
    slack_past_left(slack, unread->channel);
}
