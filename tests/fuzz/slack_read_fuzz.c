/*
 * Any bytes as a frame of Socket Mode: what comes out has what every event must have,
 * and an envelope that can stand in an ack as it is.
 */
#include <string.h>

#include "adapters/slack_read.h"
#include "bot/base/err.h"
#include "bot/base/json_scan.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"

static void string_check(struct arena *arena, const char *string)
{
    INSIST(string == NULL ||
           text_equal(string, text_clean(arena, string, strlen(string))));
}

static void event_check(struct arena *arena, const struct chat_event *event)
{
    INSIST(event->id != NULL && event->who.id != NULL && event->place.channel != NULL);
    INSIST(event->kind != CHAT_SAID || event->message != NULL);
    string_check(arena, event->text);
    string_check(arena, event->choice);
    string_check(arena, event->who.name);
    string_check(arena, event->file_name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    const struct slack_self self = {.user = "U0BOT", .bot = "B0BOT", .app = "A1"};
    struct json_slice slice = {(const char *)data, size};
    struct slack_frame frame;

    slack_read(arena, &self, 1, slice.data, size, &frame);
    INSIST(frame.envelope == NULL || strpbrk(frame.envelope, "\"\\\n") == NULL);
    for (size_t i = 0; i < frame.count; i++) {
        event_check(arena, &frame.events[i]);
    }
    if (json_scan_is_sound(slice.data, size)) {
        slack_read_past(arena, &self, 1, "C1", slice, &frame);
        for (size_t i = 0; i < frame.count; i++) {
            event_check(arena, &frame.events[i]);
        }
    }
    arena_destroy(arena);
    return 0;
}
