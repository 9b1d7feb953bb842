/*
 * Frames of Slack's, and what is to be read from them: one line an event. For the tests
 * of slack_read.c and what it calls.
 */
#pragma once

#include <stdio.h>

#include "adapters/slack_read.h"
#include "bot/base/text.h"
#include "tests/unit/one_arena.h"

/* 2026-11-22T03:10:30Z; Slack's own times below are 1795351233, nine hours later. */
#define NOW_MS ((int64_t)1795317030000)

static const struct slack_self self = {
    .user = "U0BOT", .bot = "B0BOT", .app = "A1", .team = "T1"};

static inline void describe(struct text *out, const struct chat_event *event)
{
    static const char *const kinds[] = {"said",
                                        "edited",
                                        "deleted",
                                        "reacted",
                                        "unreacted",
                                        "command",
                                        "chose",
                                        "joined",
                                        "left",
                                        "file",
                                        "renamed",
                                        "invited",
                                        "removed",
                                        [CHAT_RETURNED] = "returned",
                                        [CHAT_REKEYED] = "rekeyed",
                                        [CHAT_KEPT] = "kept",
                                        [CHAT_VISITED] = "visited"};

    text_addf(out, "%s %s at %lld by %s", kinds[event->kind], event->id,
              (long long)event->at_ms, event->who.id);
    text_addf(out, "%s%s%s", event->who.name == NULL ? "" : "(",
              text_or(event->who.name, ""), event->who.name == NULL ? "" : ")");
    text_addf(out, " in %s%s%s%s", event->place.channel, text_or(event->place.name, ""),
              event->place.is_direct ? " direct" : "",
              event->place.is_shared ? " shared" : "");
    text_addf(out, "%s%s", event->place.thread == NULL ? "" : " under ",
              text_or(event->place.thread, ""));
    text_addf(out, "%s%s", event->message == NULL ? "" : " message ",
              text_or(event->message, ""));
    text_addf(out, "%s%s", event->text == NULL ? "" : ": ", text_or(event->text, ""));
    text_addf(out, "%s%s", event->words == NULL ? "" : " words ",
              text_or(event->words, ""));
    text_addf(out, "%s%s", event->choice == NULL ? "" : " choice ",
              text_or(event->choice, ""));
    text_addf(out, "%s%s", event->file_name == NULL ? "" : " file ",
              text_or(event->file_name, ""));
    text_addf(out, "%s%s\n", event->file_link == NULL ? "" : " at ",
              text_or(event->file_link, ""));
}

static inline void read_bytes(const char *bytes, size_t length,
                              struct slack_frame *frame)
{
    /* An own copy, exactly as long: ASan sees a read beyond. */
    char *copy = malloc(length);

    assert_non_null(copy);
    memcpy(copy, bytes, length);
    slack_read(arena, &self, NOW_MS, copy, length, frame);
    free(copy);
}

static inline void expect_frame(const char *json, const char *envelope,
                                const char *events)
{
    struct slack_frame frame;
    struct text out;

    read_bytes(json, strlen(json), &frame);
    text_init(&out, arena);
    for (size_t i = 0; i < frame.count; i++) {
        describe(&out, &frame.events[i]);
    }
    assert_string_equal(out.data, events);
    if (envelope == NULL) {
        assert_null(frame.envelope);
    } else {
        assert_string_equal(frame.envelope, envelope);
    }
}

#define EVENT(inner)                                                                   \
    "{\"envelope_id\":\"e1\",\"type\":\"events_api\",\"accepts_response_payload\":"    \
    "false,\"retry_attempt\":0,\"payload\":{\"type\":\"event_callback\","              \
    "\"event_id\":\"Ev1\",\"event_time\":1795351233,\"is_ext_shared_channel\":false,"  \
    "\"event\":" inner "}}"

static inline void expect_event(const char *json, const char *events)
{
    expect_frame(json, "e1", events);
}
