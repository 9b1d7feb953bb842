/* Messages: said, edited, deleted, with files, mentioning us. */
#include "adapters/slack_read_post.h"
#include "bot/base/text.h"

/* Slack itself stands in where it does not say who deleted something. */
#define NOBODY "USLACKBOT"

static const char *const fields[FIELDS] = {
    "subtype", "channel",   "channel_type", "ts",   "event_ts", "thread_ts",
    "user",    "bot_id",    "app_id",       "text", "message",  "previous_message",
    "files",   "user_team", "team"};

static struct post post_of(struct json_slice object)
{
    struct post post = {.object = object};

    json_scan_members(object, fields, FIELDS, post.found);
    return post;
}

static bool is_content(struct json_slice subtype)
{
    static const char *const kinds[] = {"file_share", "thread_broadcast", "me_message",
                                        "bot_message"};

    if (subtype.data == NULL) {
        return true;
    }
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (json_slice_is(subtype, kinds[i])) {
            return true;
        }
    }
    return false;
}

/* Where Slack does not say whose the author is, the team it names is theirs; a company
 * of many workspaces ("E1") says nothing. */
static const char *team_of(const struct slack_reading *reading, const struct post *post)
{
    const char *team = slack_reading_as_id(reading, post->found[FIELD_TEAM]);

    return text_or(slack_reading_as_id(reading, post->found[FIELD_USER_TEAM]),
                   team != NULL && *team == 'T' ? team : NULL);
}

/* Of people from outside Slack tells the name along with what they say; asked for it,
 * it may refuse. */
static const char *name_of(const struct slack_reading *reading, const struct post *post)
{
    static const char *const paths[] = {"user_profile.display_name",
                                        "user_profile.name", "user_profile.real_name"};
    const char *name = NULL;

    for (size_t i = 0; name == NULL && i < sizeof(paths) / sizeof(paths[0]); i++) {
        name = slack_reading_id(reading, post->object, paths[i]);
    }
    return name;
}

struct chat_person slack_post_person(const struct slack_reading *reading,
                                     const struct post *post)
{
    const char *team = team_of(reading, post);
    struct chat_person who = {
        .id = slack_reading_person(
            reading, slack_reading_as_id(reading, post->found[FIELD_USER]), team)};

    if (who.id == NULL) {
        who.id = slack_reading_as_id(reading, post->found[FIELD_BOT]);
        who.name = slack_reading_id(reading, post->object, "username");
        if (who.name == NULL) {
            who.name = slack_reading_id(reading, post->object, "bot_profile.name");
        }
    } else if (slack_reading_is_stranger(reading, team)) {
        who.name = name_of(reading, post);
    }
    return who;
}

static bool is_ours(const struct slack_reading *reading, const struct post *post)
{
    return slack_reading_is_self(reading, post->found[FIELD_USER],
                                 post->found[FIELD_BOT], post->found[FIELD_APP]);
}

struct chat_person slack_reading_author(const struct slack_reading *reading,
                                        struct json_slice message)
{
    struct post post = post_of(message);

    return is_ours(reading, &post) ? (struct chat_person){.name = "the bot"}
                                   : slack_post_person(reading, &post);
}

const char *slack_post_thread(const struct slack_reading *reading,
                              const struct post *post, const char *ts)
{
    const char *thread = slack_reading_as_id(reading, post->found[FIELD_THREAD_TS]);

    return text_equal(thread, ts) ? NULL : thread;
}

struct chat_event *slack_post_event(const struct message *message, enum chat_kind kind,
                                    struct chat_person who)
{
    struct chat_event *event =
        slack_reading_add(message->reading, kind, message->channel);

    if (event != NULL) {
        event->who = who;
        event->place.is_direct = message->is_direct;
    }
    return event;
}

/* Of an alert all that it shows: what it says of itself is often not in its text. */
static void read_words(const struct slack_reading *reading, struct chat_event *event,
                       const struct post *post)
{
    bool is_bot = slack_reading_as_id(reading, post->found[FIELD_BOT]) != NULL;
    const char *attached =
        is_bot ? slack_reading_attached(reading, post->object, true) : "";

    slack_reading_text(reading, event, post->found[FIELD_TEXT]);
    if (text_is_empty(event->text) && text_is_empty(attached)) {
        event->text = slack_reading_attached(reading, post->object, false);
    } else if (text_is_empty(event->text)) {
        event->text = attached;
    } else if (!text_is_empty(attached) && !text_equal(attached, event->text)) {
        event->text = arena_printf(reading->arena, "%s\n%s", event->text, attached);
    }
}

/* How it reads by now, where it was heard before it was edited. */
static void add_edit(const struct message *message, struct chat_person who,
                     const char *ts)
{
    struct slack_reading *reading = message->reading;
    const char *edited = slack_reading_id(reading, message->event.object, "edited.ts");
    struct chat_event *event =
        edited == NULL ? NULL : slack_post_event(message, CHAT_EDITED, who);

    if (event == NULL) {
        return;
    }
    event->id = arena_printf(reading->arena, "%s:%s:%s", message->channel, ts, edited);
    event->at_ms = slack_ts_ms(edited);
    event->message = ts;
    event->place.thread = slack_post_thread(reading, &message->event, ts);
    read_words(reading, event, &message->event);
}

/* What one message said; each of its files is a part of it. */
static void name_gesture(const struct message *message)
{
    struct slack_reading *reading = message->reading;
    const char *client =
        slack_reading_id(reading, message->event.object, "client_msg_id");

    for (size_t i = 0; client != NULL && i < reading->frame->count; i++) {
        struct chat_event *event = &reading->frame->events[i];

        event->gesture = event->kind == CHAT_EDITED || event->kind == CHAT_DELETED
                             ? NULL
                             : arena_printf(reading->arena, "gesture:%s:%s:%zu",
                                            message->channel, client, i);
    }
}

/* app_mention and message tell of the same post: both get the same id. */
static void read_said(const struct message *message)
{
    struct slack_reading *reading = message->reading;
    const char *ts = slack_reading_as_id(reading, message->event.found[FIELD_TS]);
    struct chat_person who = slack_post_person(reading, &message->event);
    struct chat_event *event;

    if (ts == NULL || is_ours(reading, &message->event)) {
        return;
    }
    event = slack_post_event(message, CHAT_SAID, who); /* the first: there is room */
    event->id = arena_printf(reading->arena, "%s:%s", message->channel, ts);
    event->message = ts;
    event->at_ms = slack_ts_ms(ts);
    event->place.thread = slack_post_thread(reading, &message->event, ts);
    read_words(reading, event, &message->event);
    /* What another bot or somebody from outside says is recorded, and runs nothing. */
    event->is_remark =
        slack_reading_as_id(reading, message->event.found[FIELD_BOT]) != NULL ||
        slack_reading_is_stranger(reading, team_of(reading, &message->event));
    if (!event->is_remark) {
        slack_reading_command(reading, event);
    }
    if (text_is_empty(event->text) && event->kind == CHAT_SAID) {
        slack_reading_drop(reading);
    }
    slack_read_files(message, who, ts);
    if (reading->is_past) {
        add_edit(message, who, ts);
    }
    name_gesture(message);
}

/* Then nothing was said: the file is what was heard. */
static bool was_file_alone(const struct slack_reading *reading,
                           const struct post *before)
{
    struct json_slice cursor = {0};

    return json_scan_next(before->found[FIELD_FILES], &cursor) &&
           text_is_empty(json_slice_text(reading->arena, before->found[FIELD_TEXT]));
}

static void read_deleted(const struct message *message, const struct post *before,
                         const char *ts)
{
    const struct slack_reading *reading = message->reading;
    struct chat_person who = slack_post_person(reading, before);

    if (ts == NULL || is_ours(reading, before)) {
        return;
    }
    if (who.id == NULL) {
        who.id = NOBODY;
    }
    if (!was_file_alone(reading, before)) {
        slack_read_message_gone(message, who, ts);
    }
    slack_read_files_deleted(message, who, before, ts);
}

/* A link that unfolds changes nothing that somebody said; another bot may say all it
 * says in what it attaches. */
static bool says_the_same(const struct slack_reading *reading,
                          const struct post *before, const struct post *now)
{
    const char *old = json_slice_text(reading->arena, before->found[FIELD_TEXT]);
    const char *text = json_slice_text(reading->arena, now->found[FIELD_TEXT]);

    if (!text_equal(text_or(old, ""), text_or(text, ""))) {
        return false;
    }
    return slack_reading_as_id(reading, now->found[FIELD_BOT]) == NULL ||
           text_equal(slack_reading_attached(reading, before->object, true),
                      slack_reading_attached(reading, now->object, true));
}

static void read_edit(const struct message *message, const struct post *now,
                      const char *ts)
{
    struct slack_reading *reading = message->reading;
    const char *edited = slack_reading_id(reading, now->object, "edited.ts");
    /* The first: there is room. */
    struct chat_event *event =
        slack_post_event(message, CHAT_EDITED, slack_post_person(reading, now));

    if (edited != NULL) {
        event->id =
            arena_printf(reading->arena, "%s:%s:%s", message->channel, ts, edited);
        event->at_ms = slack_ts_ms(edited);
    }
    event->message = ts;
    event->place.thread = slack_post_thread(reading, now, ts);
    read_words(reading, event, now);
}

/* Also comes where nobody edited (a link unfolds, a thread grows): what it says
 * decides. */
static void read_changed(const struct message *message)
{
    struct slack_reading *reading = message->reading;
    struct post now = post_of(message->event.found[FIELD_MESSAGE]);
    struct post before = post_of(message->event.found[FIELD_PREVIOUS]);
    const char *ts = slack_reading_as_id(reading, now.found[FIELD_TS]);

    if (json_slice_is(now.found[FIELD_SUBTYPE], "tombstone")) {
        read_deleted(message, &before, ts);
        return;
    }
    if (ts == NULL || is_ours(reading, &now)) {
        return;
    }
    if (now.found[FIELD_TEXT].data != NULL && !says_the_same(reading, &before, &now)) {
        read_edit(message, &now, ts);
    }
    slack_read_files_gone(message, &before, &now, ts);
}

void slack_read_message(struct slack_reading *reading, struct json_slice event)
{
    struct message message = {.reading = reading, .event = post_of(event)};
    const struct json_slice *found = message.event.found;
    int64_t at_ms = slack_ts_ms(slack_reading_as_id(reading, found[FIELD_EVENT_TS]));

    message.channel = slack_reading_as_id(reading, found[FIELD_CHANNEL]);
    if (message.channel == NULL) {
        message.channel = reading->channel;
    }
    if (message.channel == NULL) {
        return;
    }
    if (at_ms != 0) {
        reading->event_ms = at_ms;
    }
    message.is_direct = json_slice_is(found[FIELD_CHANNEL_TYPE], "im");
    if (json_slice_is(found[FIELD_SUBTYPE], "message_changed")) {
        read_changed(&message);
    } else if (json_slice_is(found[FIELD_SUBTYPE], "message_deleted")) {
        struct post before = post_of(found[FIELD_PREVIOUS]);

        read_deleted(&message, &before, slack_reading_id(reading, event, "deleted_ts"));
    } else if (reading->is_past && json_slice_is(found[FIELD_SUBTYPE], "tombstone")) {
        read_deleted(&message, &message.event,
                     slack_reading_as_id(reading, found[FIELD_TS]));
    } else if (is_content(found[FIELD_SUBTYPE])) {
        read_said(&message);
    }
}
