/*
 * Any bytes as the body of a sync, and as one event: what comes out has what every
 * event must have, is clean, and stays within its caps; own words never run.
 */
#include <string.h>

#include "adapters/matrix_read.h"
#include "adapters/matrix_text.h"
#include "bot/base/err.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"

static const struct matrix_self self = {
    .user = "@muster:x.org", .device = "DEV", .name = "Muster"};

static void string_check(struct arena *arena, const char *string)
{
    INSIST(string == NULL ||
           text_equal(string, text_clean(arena, string, strlen(string))));
}

static void frame_check(struct arena *arena, const struct chat_event *event)
{
    INSIST(event->id != NULL && *event->id != '\0');
    INSIST(event->who.id != NULL && matrix_text_is_user(event->who.id));
    INSIST(event->place.channel != NULL && event->at_ms >= 0);
    string_check(arena, event->id);
    string_check(arena, event->who.id);
    string_check(arena, event->who.name);
}

static void event_check(struct arena *arena, const struct chat_event *event)
{
    frame_check(arena, event);
    INSIST(event->kind != CHAT_SAID || event->message != NULL);
    INSIST(event->kind != CHAT_COMMAND || !event->is_remark);
    INSIST(event->kind != CHAT_SAID || strlen(event->text) <= MATRIX_TEXT_BYTES);
    string_check(arena, event->message);
    string_check(arena, event->place.thread);
    string_check(arena, event->text);
    string_check(arena, event->file_name);
}

static void news_check(struct arena *arena, const char *room, struct json_slice slice)
{
    struct matrix_news news;

    matrix_read_event(arena, &self, room, false, slice, &news);
    if (news.kind == MATRIX_NEWS_ODD) {
        return;
    }
    frame_check(arena, &news.event);
    if (news.kind == MATRIX_NEWS_EVENT) {
        event_check(arena, &news.event);
    }
    if (news.has_extra) {
        event_check(arena, &news.extra);
        INSIST(!text_equal(news.extra.id, news.event.id));
    }
    INSIST(!text_equal(news.sender, self.user) || news.event.kind != CHAT_COMMAND);
    if (news.kind == MATRIX_NEWS_EVENT && news.event.kind == CHAT_REACTED) {
        struct chat_event gone = news.event;

        gone.kind = CHAT_DELETED;
        INSIST(
            matrix_read_unreacted(arena, matrix_read_trace(arena, &news.event), &gone));
    }
}

static void rooms_check(struct arena *arena, struct json_slice rooms)
{
    struct json_slice cursor = {0};
    struct matrix_room_news news;

    while (matrix_read_room(arena, rooms, &cursor, &news)) {
        struct json_slice event = {0};
        struct chat_event invited;

        INSIST(news.room != NULL && *news.room != '\0');
        string_check(arena, news.room);
        string_check(arena, news.prev_batch);
        while (json_scan_next(news.timeline, &event)) {
            news_check(arena, news.room, event);
        }
        if (matrix_read_invite(arena, &self, news.room, news.state, &invited)) {
            event_check(arena, &invited);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    struct json_slice slice = {(const char *)data, size};
    struct matrix_body body;

    if (matrix_read_body(arena, slice.data, size, &body)) {
        INSIST(*body.next_batch != '\0');
        string_check(arena, body.next_batch);
        rooms_check(arena, body.joined);
        rooms_check(arena, body.invited);
        rooms_check(arena, body.left);
    }
    news_check(arena, "!r:x.org", slice);
    arena_destroy(arena);
    return 0;
}
