#include "adapters/slack_read.h"

#include <string.h>

#include "adapters/slack_read_inner.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

struct chat_event *slack_reading_add(struct slack_reading *reading, enum chat_kind kind,
                                     const char *channel)
{
    struct slack_frame *frame = reading->frame;
    struct chat_event *event;

    if (channel == NULL || frame->count == SLACK_EVENTS) {
        return NULL;
    }
    event = &frame->events[frame->count++];
    *event = (struct chat_event){
        .kind = kind,
        .id = reading->event_id,
        .at_ms = reading->event_ms != 0 ? reading->event_ms : reading->now_ms,
        .place = {.adapter = "slack",
                  .channel = channel,
                  .is_shared = reading->is_shared},
    };
    return event;
}

void slack_reading_drop(struct slack_reading *reading)
{
    reading->frame->count--;
}

const char *slack_reading_as_id(const struct slack_reading *reading,
                                struct json_slice value)
{
    const char *id;

    if (value.data == NULL || value.length_bytes > SLACK_ID_BYTES) {
        return NULL;
    }
    id = json_slice_text(reading->arena, value);
    return id == NULL || *id == '\0' ? NULL : id;
}

const char *slack_reading_id(const struct slack_reading *reading,
                             struct json_slice object, const char *path)
{
    return slack_reading_as_id(reading, json_scan_path(object, path));
}

void slack_reading_text(const struct slack_reading *reading, struct chat_event *event,
                        struct json_slice text)
{
    char *escaped = json_slice_text(reading->arena, text);
    size_t fit = escaped == NULL ? 0 : text_fit(escaped, SLACK_TEXT_BYTES);

    if (escaped == NULL) {
        event->text = "";
        return;
    }
    if (escaped[fit] != '\0') {
        event->full_bytes = (int64_t)strlen(escaped);
        escaped[fit] = '\0';
    }
    event->text = slack_text_plain(reading->arena, escaped);
}

static bool same_id(struct json_slice value, const char *id)
{
    return id != NULL && json_slice_is(value, id);
}

bool slack_reading_is_self(const struct slack_reading *reading, struct json_slice user,
                           struct json_slice bot, struct json_slice app)
{
    return same_id(user, reading->self->user) || same_id(bot, reading->self->bot) ||
           same_id(app, reading->self->app);
}

bool slack_reading_is_ours(const struct slack_reading *reading, struct json_slice from)
{
    static const char *const names[] = {"user", "bot_id", "app_id"};
    struct json_slice found[3];

    json_scan_members(from, names, 3, found);
    return slack_reading_is_self(reading, found[0], found[1], found[2]);
}

bool slack_reading_is_stranger(const struct slack_reading *reading, const char *team)
{
    return team != NULL && reading->self->team != NULL &&
           !text_equal(team, reading->self->team);
}

const char *slack_reading_person(const struct slack_reading *reading, const char *id,
                                 const char *team)
{
    return id != NULL && slack_reading_is_stranger(reading, team)
               ? arena_printf(reading->arena, "%s/%s", team, id)
               : id;
}

const char *slack_foreign_id(const char *account)
{
    const char *slash = account == NULL ? NULL : strchr(account, '/');

    return slash == NULL ? NULL : slash + 1;
}

void slack_reading_command(const struct slack_reading *reading,
                           struct chat_event *event)
{
    const char *user = reading->self->user;
    const char *at = event->text + strspn(event->text, " \t\n");
    size_t length = user == NULL ? 0 : strlen(user);

    if (length == 0 || strncmp(at, "<@", 2) != 0 ||
        strncmp(at + 2, user, length) != 0 || at[2 + length] != '>') {
        return;
    }
    event->kind = CHAT_COMMAND;
    at += length + 3;
    event->text = at + strspn(at, " \t\n:,");
}

bool slack_reading_is_elsewhere(const struct slack_reading *reading,
                                struct json_slice install)
{
    struct json_slice company = json_scan_member(install, "is_enterprise_install");

    return !json_slice_flag(company, false) && !json_slice_is(company, "true") &&
           slack_reading_is_stranger(reading,
                                     slack_reading_id(reading, install, "team_id"));
}

/* An id that may stand in our ack as it is: no quote, no escape. */
static bool is_plain(const char *id)
{
    id += strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                     "0123456789-_.:");

    return *id == '\0';
}

/* Of the minute it names no more events are sent. */
static void read_rate_limited(struct slack_reading *reading)
{
    struct json_slice minute =
        json_scan_member(reading->payload, "minute_rate_limited");
    int64_t until_ms = reading->now_ms + TIME_MINUTE_MS;
    int64_t at_s = 0;

    if (json_slice_number(minute, &at_s) && at_s > 0 &&
        at_s < reading->now_ms / TIME_SECOND_MS) {
        until_ms = at_s * TIME_SECOND_MS + TIME_MINUTE_MS;
    }
    reading->frame->held_until_ms = until_ms;
}

static void read_event_callback(struct slack_reading *reading)
{
    static const char *const names[] = {"event",      "event_id",
                                        "event_time", "is_ext_shared_channel",
                                        "type",       "authorizations"};
    struct json_slice found[6];
    struct json_slice type, install = {0};
    int64_t time_s = 0;

    json_scan_members(reading->payload, names, 6, found);
    if (json_scan_next(found[5], &install) &&
        slack_reading_is_elsewhere(reading, install)) {
        return;
    }
    reading->event_id = slack_reading_as_id(reading, found[1]);
    reading->is_shared = json_slice_flag(found[3], false);
    if (json_slice_number(found[2], &time_s) && time_s > 0 &&
        time_s < INT64_C(1) << 40) {
        reading->event_ms = time_s * TIME_SECOND_MS;
    }
    type = json_scan_member(found[0], "type");
    if (json_slice_is(found[4], "app_rate_limited")) {
        read_rate_limited(reading); /* comes without an event */
        return;
    }
    reading->frame->is_odd = type.data == NULL;
    if (json_slice_is(type, "message") || json_slice_is(type, "app_mention")) {
        slack_read_message(reading, found[0]);
    } else {
        slack_read_event(reading, found[0]);
    }
}

/* Events without an id can't be told from their repetition; people who did nothing
 * nameable are nobody. Such an event is none. */
static void drop_incomplete(struct slack_frame *frame)
{
    size_t kept = 0;

    for (size_t i = 0; i < frame->count; i++) {
        const struct chat_event *event = &frame->events[i];

        if (event->id != NULL && event->who.id != NULL) {
            frame->events[kept++] = *event;
        }
    }
    frame->count = kept;
}

static void read_envelope(struct slack_reading *reading, struct json_slice type)
{
    struct slack_frame *frame = reading->frame;

    frame->kind = SLACK_FRAME_ENVELOPE;
    if (json_slice_is(type, "events_api")) {
        read_event_callback(reading);
    } else if (json_slice_is(type, "slash_commands")) {
        slack_read_slash(reading);
    } else if (json_slice_is(type, "interactive")) {
        slack_read_interactive(reading);
    } else {
        frame->is_odd = true;
    }
    drop_incomplete(frame);
    frame->is_odd = frame->is_odd || reading->payload.data == NULL ||
                    (frame->is_slash && frame->count == 0);
}

static void read_hello(const struct slack_reading *reading, struct json_slice frame)
{
    struct json_slice life =
        json_scan_path(frame, "debug_info.approximate_connection_time");

    reading->frame->kind = SLACK_FRAME_HELLO;
    if (!json_slice_number(life, &reading->frame->life_s)) {
        reading->frame->life_s = 0;
    }
    if (!json_slice_number(json_scan_member(frame, "num_connections"),
                           &reading->frame->connections) ||
        reading->frame->connections < 0) {
        reading->frame->connections = 0;
    }
}

static void read_frame(struct slack_reading *reading, struct json_slice frame)
{
    static const char *const names[] = {"type", "envelope_id", "payload",
                                        "retry_attempt"};
    struct json_slice found[4];
    int64_t attempt = 0;

    json_scan_members(frame, names, 4, found);
    reading->payload = found[2];
    reading->frame->envelope = slack_reading_as_id(reading, found[1]);
    if (reading->frame->envelope != NULL && !is_plain(reading->frame->envelope)) {
        reading->frame->envelope = NULL;
    }
    reading->frame->is_retry = json_slice_number(found[3], &attempt) && attempt > 0;
    if (json_slice_is(found[0], "hello")) {
        read_hello(reading, frame);
    } else if (json_slice_is(found[0], "disconnect")) {
        reading->frame->kind = SLACK_FRAME_DISCONNECT;
        reading->frame->reason =
            text_or(slack_reading_id(reading, frame, "reason"), "");
    } else if (reading->frame->envelope != NULL) {
        read_envelope(reading, found[0]);
    }
}

void slack_read(struct arena *arena, const struct slack_self *self, int64_t now_ms,
                const char *bytes, size_t length_bytes, struct slack_frame *frame)
{
    struct slack_reading reading = {
        .arena = arena, .self = self, .frame = frame, .now_ms = now_ms};
    struct json_slice slice = {bytes, length_bytes};

    bool is_sound = json_scan_is_sound(bytes, length_bytes);

    memset(frame, 0, sizeof(*frame));
    if (!is_sound) {
        /* One bad byte in a text must not lose what was said. */
        slice.data = text_clean(arena, bytes, length_bytes);
        slice.length_bytes = strlen(slice.data);
        is_sound = json_scan_is_sound(slice.data, slice.length_bytes);
    }
    if (is_sound) {
        read_frame(&reading, slice);
        return;
    }
    frame->envelope = slack_reading_id(&reading, slice, "envelope_id");
    if (frame->envelope != NULL && !is_plain(frame->envelope)) {
        frame->envelope = NULL;
    }
    frame->is_odd = frame->envelope != NULL;
}

void slack_read_past(struct arena *arena, const struct slack_self *self, int64_t now_ms,
                     const char *channel, struct json_slice message,
                     struct slack_frame *frame)
{
    struct slack_reading reading = {.arena = arena,
                                    .self = self,
                                    .frame = frame,
                                    .now_ms = now_ms,
                                    .channel = channel,
                                    .is_past = true};

    memset(frame, 0, sizeof(*frame));
    frame->kind = SLACK_FRAME_ENVELOPE;
    if (!slack_read_comings(&reading, message)) {
        slack_read_message(&reading, message);
        slack_read_marks(&reading, message);
    }
    drop_incomplete(frame);
}
