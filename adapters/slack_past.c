/* What was said, page by page, as if it had come as events. */
#include <string.h>

#include "adapters/slack_catchup.h"
#include "bot/base/text.h"

const struct ear_place *slack_past_place(const struct slack_catchup *catchup)
{
    return &catchup->places.all[catchup->next];
}

bool slack_past_is_before(const char *ts, const char *other)
{
    size_t length = strcspn(text_or(ts, ""), "."),
           other_length = strcspn(text_or(other, ""), ".");

    if (length != other_length) {
        return length < other_length;
    }
    return strcmp(text_or(ts, ""), text_or(other, "")) < 0;
}

static void hear_one(struct slack_catchup *catchup, struct json_slice message)
{
    struct slack *slack = catchup->slack;
    const char *channel = slack_past_place(catchup)->channel;
    struct slack_frame frame;

    slack_read_past(ear_arena(slack->ears), &slack->self, ear_now_ms(slack->ears),
                    channel, message, &frame);
    if (slack_hear_is_double(slack, &frame)) {
        return;
    }
    for (size_t i = 0; i < frame.count; i++) {
        ear_event(slack->ears, &slack->adapter, &frame.events[i], (struct ticket){0});
        slack_people_meet(slack, frame.events[i].who.id);
    }
}

static void add_thread(struct slack_catchup *catchup, const char *ts)
{
    for (size_t i = 0; i < catchup->thread_count; i++) {
        if (text_equal(catchup->threads[i], ts)) {
            return;
        }
    }
    if (catchup->thread_count < CATCHUP_THREADS) {
        catchup->threads[catchup->thread_count++] = arena_copy(catchup->arena, ts);
    }
}

/* A message under which something was said while nobody listened. */
static void look_for_thread(struct slack_catchup *catchup, struct json_slice message)
{
    struct arena *arena = ear_arena(catchup->slack->ears);
    const char *latest =
        json_slice_text(arena, json_scan_member(message, "latest_reply"));
    const char *ts = json_slice_text(arena, json_scan_member(message, "ts"));

    if (ts != NULL && latest != NULL && slack_past_is_before(catchup->since, latest)) {
        add_thread(catchup, ts);
    }
}

/* How far back the pages have come: what is between that and `since` is missing. */
static void note_reached(struct slack_catchup *catchup, struct json_slice message)
{
    const char *ts = json_slice_text(ear_arena(catchup->slack->ears),
                                     json_scan_member(message, "ts"));

    if (ts != NULL &&
        (catchup->reached == NULL || slack_past_is_before(ts, catchup->reached))) {
        catchup->reached = arena_copy(catchup->arena, ts);
    }
}

void slack_past_hear(struct slack_catchup *catchup, struct json_slice messages)
{
    struct json_slice page[CATCHUP_PAGE + 1], cursor = {0};
    size_t count = 0;

    while (count < CATCHUP_PAGE + 1 && json_scan_next(messages, &cursor)) {
        page[count++] = cursor;
    }
    for (size_t i = 0; i < count; i++) {
        /* Slack gives the newest first; people spoke the other way round. */
        struct json_slice one = page[catchup->is_in_threads ? i : count - 1 - i];

        hear_one(catchup, one);
        if (!catchup->is_in_threads) {
            look_for_thread(catchup, one);
            note_reached(catchup, one);
        }
    }
    catchup->is_limited = catchup->following != NULL && count <= CATCHUP_LIMITED;
}

void slack_past_removed(struct slack_catchup *catchup)
{
    struct slack *slack = catchup->slack;
    struct arena *arena = ear_arena(slack->ears);
    const char *channel = slack_past_place(catchup)->channel;
    struct chat_event event = {
        .kind = CHAT_REMOVED,
        .id = arena_printf(arena, "removed:%s:%s", channel, catchup->since),
        .at_ms = ear_now_ms(slack->ears),
        .place = {.adapter = "slack", .channel = channel},
        .who = {.id = ""},
    };

    ear_event(slack->ears, &slack->adapter, &event, (struct ticket){0});
}
