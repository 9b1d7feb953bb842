/*
 * What was said in the channels of open incidents while nobody listened: read up once
 * after each gap, one page after the other. It comes with the same ids as events, so
 * whatever Slack delivers again as well is heard once.
 */
#include <string.h>

#include "adapters/slack_inner.h"
#include "adapters/slack_write.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define PAGE      200
#define PAGES_MAX 10

struct slack_catchup {
    struct slack *slack;
    struct arena *arena; /* holds this struct as well */
    struct ear_place *places;
    size_t count, next;
    const char *cursor;
    int pages;
    bool is_stale; /* another gap came meanwhile */
};

static void catchup_step(struct slack_catchup *catchup);

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

/* Slack gives the newest first; people spoke the other way round. */
static void hear_page(struct slack_catchup *catchup, struct json_slice messages)
{
    const char *channel = catchup->places[catchup->next].channel;
    struct json_slice page[PAGE], cursor = {0};
    size_t count = 0;

    while (count < PAGE && json_scan_next(messages, &cursor)) {
        page[count++] = cursor;
    }
    while (count > 0) {
        hear_past(catchup, channel, page[--count]);
    }
}

static void catchup_again(void *arg)
{
    slack_catchup_start(arg);
}

static void catchup_end(struct slack_catchup *catchup)
{
    struct slack *slack = catchup->slack;
    bool is_stale = catchup->is_stale;

    slack->catchup = NULL;
    arena_destroy(catchup->arena);
    if (is_stale) {
        loop_soon(slack->loop, catchup_again, slack);
    }
}

static void on_page(void *arg, const struct slack_answer *answer)
{
    struct slack_catchup *catchup = arg;
    const char *cursor = NULL;

    if (answer->kind == OUTCOME_DONE) {
        hear_page(catchup, json_scan_member(answer->body, "messages"));
        cursor = json_slice_text(
            catchup->arena,
            json_scan_path(answer->body, "response_metadata.next_cursor"));
    } else {
        slack_complain(catchup->slack, "conversations.history", answer->error);
    }
    catchup->cursor = cursor;
    catchup->pages += 1;
    if (text_is_empty(cursor) || catchup->pages >= PAGES_MAX) {
        catchup->cursor = NULL;
        catchup->pages = 0;
        catchup->next += 1;
    }
    catchup_step(catchup);
}

static void catchup_step(struct slack_catchup *catchup)
{
    struct ear_place *place = &catchup->places[catchup->next];
    struct slack_ask ask = {.method = "conversations.history", .is_form = true};
    const char *oldest;

    if (catchup->next >= catchup->count) {
        catchup_end(catchup);
        return;
    }
    /* A file's message id has its own part behind the ts. */
    oldest = text_or(place->last_message, "0");
    oldest = arena_copy_n(catchup->arena, oldest, strcspn(oldest, ":"));
    ask.body =
        slack_write_form(catchup->arena, "channel", place->channel, "oldest", oldest,
                         "limit", "200", "cursor", text_or(catchup->cursor, ""), NULL);
    slack_call(catchup->slack, &ask, on_page, catchup);
}

void slack_catchup_start(struct slack *slack)
{
    struct arena *arena;

    if (slack->catchup != NULL) {
        slack->catchup->is_stale = true;
        return;
    }
    arena = arena_create();
    slack->catchup = ARENA_NEW(arena, struct slack_catchup);
    *slack->catchup = (struct slack_catchup){.slack = slack, .arena = arena};
    slack->catchup->count =
        ear_places(slack->ears, &slack->adapter, arena, &slack->catchup->places);
    catchup_step(slack->catchup);
}

void slack_catchup_stop(struct slack *slack)
{
    if (slack->catchup != NULL) {
        arena_destroy(slack->catchup->arena);
        slack->catchup = NULL;
    }
}
