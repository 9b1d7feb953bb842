/*
 * Events of Matrix, and what is to be read from them: one line a news, one more for its
 * second event. For the tests of matrix_read.c and what it calls.
 */
#pragma once

#include <stdio.h>

#include "adapters/matrix_read.h"
#include "bot/base/text.h"
#include "tests/unit/one_arena.h"

#define ROOM "!r:x.org"

static const struct matrix_self self = {
    .user = "@muster:x.org", .device = "DEV", .name = "Incident Bot"};

static inline void add_if(struct text *out, const char *before, const char *value,
                          const char *after)
{
    if (value != NULL) {
        text_addf(out, "%s%s%s", before, value, after);
    }
}

static inline void describe_event(struct text *out, const struct chat_event *event)
{
    static const char *const kinds[] = {
        "said",    "edited",  "deleted", "reacted", "unreacted",
        "command", "chose",   "joined",  "left",    "file",
        "renamed", "invited", "removed", "moved",   "sealed",
    };

    text_addf(out, "%s %s at %lld by %s", kinds[event->kind], event->id,
              (long long)event->at_ms, event->who.id);
    add_if(out, "(", event->who.name, ")");
    assert_string_equal(event->place.adapter, "matrix");
    assert_string_equal(event->place.channel, ROOM);
    text_addf(out, "%s%s%s", event->place.is_direct ? " direct" : "",
              event->place.is_sealed ? " sealed" : "",
              event->is_remark ? " remark" : "");
    add_if(out, " under ", event->place.thread, "");
    add_if(out, " message ", event->message, "");
    add_if(out, ": ", event->text, "");
    add_if(out, " file ", event->file_name, "");
    add_if(out, " at ", event->file_link, "");
    text_add(out, "\n");
}

static inline void describe(struct text *out, const struct matrix_news *news)
{
    static const char *const kinds[] = {"odd",    "",       "echo",  "joined",
                                        "moved",  "sealed", "power", "unreadable",
                                        "person", "made"};

    text_addf(out, "%s%s", news->is_spoilt ? "spoilt " : "",
              news->is_before_join ? "before " : "");
    if (news->kind == MATRIX_NEWS_ODD) {
        text_add(out, "odd\n");
        return;
    }
    if (news->kind != MATRIX_NEWS_EVENT) {
        text_addf(out, "%s%s%s %s by %s", kinds[news->kind],
                  news->transaction == NULL ? "" : " ", text_or(news->transaction, ""),
                  news->event.id, news->event.who.id);
        add_if(out, "(", news->event.who.name, ")");
        add_if(out, ": ", news->event.text, "");
        text_add(out, "\n");
        return;
    }
    describe_event(out, &news->event);
    if (news->has_extra) {
        describe_event(out, &news->extra);
    }
}

/* A copy exactly as long: ASan sees a read beyond. */
static inline struct json_slice slice_of(const char *json)
{
    size_t length = strlen(json);
    char *copy = malloc(length + 1);

    assert_non_null(copy);
    memcpy(copy, json, length + 1);
    return (struct json_slice){copy, length};
}

static inline void expect_in(bool is_direct, const char *json, const char *expected)
{
    struct json_slice slice = slice_of(json);
    struct matrix_news news;
    struct text out;

    matrix_read_event(arena, &self, ROOM, is_direct, slice, &news);
    free((void *)slice.data);
    text_init(&out, arena);
    describe(&out, &news);
    assert_string_equal(out.data, expected);
}

static inline void expect(const char *json, const char *expected)
{
    expect_in(false, json, expected);
}

/* An event of Ana's with further members; a message of hers with a content. */
#define EVENT(type, members)                                                           \
    "{\"type\":\"" type "\",\"sender\":\"@ana:x.org\",\"event_id\":\"$e\","            \
    "\"origin_server_ts\":1795317030000," members "}"
#define CONTENT(content)    EVENT("m.room.message", "\"content\":{" content "}")
#define TEXT(body)          CONTENT("\"msgtype\":\"m.text\",\"body\":\"" body "\"")
#define TEXT_AND(body, and) CONTENT("\"msgtype\":\"m.text\",\"body\":\"" body "\"," and)
#define HTML(html)                                                                     \
    "\"format\":\"org.matrix.custom.html\",\"formatted_body\":\"" html "\""
#define HEAD "$e at 1795317030000 by @ana:x.org"
