/* What is no message: reactions, comings and goings, slash commands, buttons. */
#include <string.h>

#include "adapters/slack_read_inner.h"
#include "bot/base/text.h"

static void read_reaction(struct slack_reading *reading, struct json_slice event,
                          enum chat_kind kind)
{
    const char *team = slack_reading_id(reading, event, "user_team");
    const char *name = slack_reading_id(reading, event, "reaction");
    struct chat_event *heard;

    if (name == NULL || slack_reading_is_ours(reading, event) ||
        !json_slice_is(json_scan_path(event, "item.type"), "message")) {
        return;
    }
    heard = slack_reading_add(reading, kind,
                              slack_reading_id(reading, event, "item.channel"));
    if (heard == NULL) {
        return;
    }
    heard->who.id =
        slack_reading_person(reading, slack_reading_id(reading, event, "user"), team);
    heard->place.is_direct = *heard->place.channel == 'D';
    heard->message = slack_reading_id(reading, event, "item.ts");
    /* Slack hardly says whose it is: where people from outside read, it may be theirs.
     */
    heard->is_remark = reading->is_shared || slack_reading_is_stranger(reading, team);
    /* "pushpin::skin-tone-2" is a pushpin. */
    heard->text =
        arena_copy_n(reading->arena, name,
                     strstr(name, "::") == NULL ? strlen(name)
                                                : (size_t)(strstr(name, "::") - name));
    if (text_equal(heard->text, "heavy_check_mark")) {
        heard->text = "white_check_mark";
    }
}

/* A pin is a pushpin for all to see. Whoever takes it off takes off the mark of who put
 * it there; ours, of the headline, marks nothing. */
static void read_pin(struct slack_reading *reading, struct json_slice event,
                     enum chat_kind kind)
{
    const char *user = slack_reading_id(reading, event, "user");
    const char *owner = slack_reading_id(reading, event, "item.created_by");
    const char *message = slack_reading_id(reading, event, "item.message.ts");
    struct chat_event *heard;

    owner = text_or(owner, user);
    if (message == NULL || slack_reading_is_ours(reading, event) ||
        text_equal(owner, reading->self->user)) {
        return;
    }
    heard = slack_reading_add(reading, kind,
                              slack_reading_id(reading, event, "channel_id"));
    if (heard != NULL) {
        heard->who.id = kind == CHAT_UNREACTED ? owner : user;
        heard->message = message;
        heard->text = "pushpin";
    }
}

/* It is us who come or go, by the hand of whom `actor` names. Slack does not always say
 * who did it: then nobody did. */
static void read_us(struct slack_reading *reading, struct json_slice event,
                    enum chat_kind kind, const char *actor)
{
    struct chat_event *heard =
        slack_reading_add(reading, kind, slack_reading_id(reading, event, "channel"));

    if (heard != NULL) {
        heard->who.id = text_or(slack_reading_id(reading, event, actor), "");
    }
}

static void read_removed(struct slack_reading *reading, struct json_slice event)
{
    read_us(reading, event, CHAT_REMOVED, "actor_id");
}

static void read_member(struct slack_reading *reading, struct json_slice event,
                        enum chat_kind kind)
{
    struct chat_event *heard;

    if (slack_reading_is_ours(reading, event)) {
        if (kind == CHAT_LEFT) {
            read_removed(reading, event);
        } else {
            read_us(reading, event, CHAT_RETURNED, "inviter");
        }
        return;
    }
    heard =
        slack_reading_add(reading, kind, slack_reading_id(reading, event, "channel"));
    if (heard != NULL) {
        heard->who.id =
            slack_reading_person(reading, slack_reading_id(reading, event, "user"),
                                 slack_reading_id(reading, event, "team"));
    }
}

static void read_rename(struct slack_reading *reading, struct json_slice event)
{
    const char *name = slack_reading_id(reading, event, "channel.name");
    struct chat_event *heard = NULL;

    if (name != NULL) {
        heard = slack_reading_add(reading, CHAT_RENAMED,
                                  slack_reading_id(reading, event, "channel.id"));
    }
    if (heard != NULL) {
        heard->who.id = "USLACKBOT"; /* Slack does not say who it was */
        heard->text = name;
    }
}

/* When a channel is shared with another company, or becomes public or private. */
static void read_rekeyed(struct slack_reading *reading, struct json_slice event)
{
    const char *channel = slack_reading_id(reading, event, "new_channel_id");
    struct chat_event *heard = NULL;

    if (channel != NULL) {
        heard = slack_reading_add(reading, CHAT_REKEYED,
                                  slack_reading_id(reading, event, "old_channel_id"));
    }
    if (heard != NULL) {
        heard->who.id = "USLACKBOT";
        heard->text = channel;
    }
}

void slack_read_event(struct slack_reading *reading, struct json_slice event)
{
    struct json_slice type = json_scan_member(event, "type");
    int64_t at_ms = slack_ts_ms(slack_reading_id(reading, event, "event_ts"));

    if (at_ms != 0) {
        reading->event_ms = at_ms;
    }
    if (json_slice_is(type, "reaction_added")) {
        read_reaction(reading, event, CHAT_REACTED);
    } else if (json_slice_is(type, "reaction_removed")) {
        read_reaction(reading, event, CHAT_UNREACTED);
    } else if (json_slice_is(type, "pin_added")) {
        read_pin(reading, event, CHAT_REACTED);
    } else if (json_slice_is(type, "pin_removed")) {
        read_pin(reading, event, CHAT_UNREACTED);
    } else if (json_slice_is(type, "member_joined_channel")) {
        read_member(reading, event, CHAT_JOINED);
    } else if (json_slice_is(type, "member_left_channel")) {
        read_member(reading, event, CHAT_LEFT);
    } else if (json_slice_is(type, "channel_left") ||
               json_slice_is(type, "group_left")) {
        read_removed(reading, event);
    } else if (json_slice_is(type, "channel_rename") ||
               json_slice_is(type, "group_rename")) {
        read_rename(reading, event);
    } else if (json_slice_is(type, "channel_id_changed")) {
        read_rekeyed(reading, event);
    } else if (json_slice_is(type, "app_home_opened")) {
        slack_read_home(reading, event);
    }
}

/* Slack calls a direct message's channel "directmessage"; all of them begin with D. */
void slack_reading_place(const struct slack_reading *reading, struct chat_event *event,
                         const char *name)
{
    event->place.is_direct =
        text_equal(name, "directmessage") || *event->place.channel == 'D';
    if (name != NULL && !event->place.is_direct && !text_equal(name, "privategroup")) {
        event->place.name = arena_printf(reading->arena, "#%s", name);
    }
}

void slack_read_slash(struct slack_reading *reading)
{
    struct json_slice payload = reading->payload;
    struct chat_event *event;

    reading->frame->is_slash = !slack_reading_is_elsewhere(reading, payload);
    if (!reading->frame->is_slash) {
        return;
    }
    event = slack_reading_add(reading, CHAT_COMMAND,
                              slack_reading_id(reading, payload, "channel_id"));
    if (event == NULL) {
        return;
    }
    event->id = event->trigger = slack_reading_id(reading, payload, "trigger_id");
    if (event->id == NULL) {
        event->id = reading->frame->envelope;
    }
    event->who.id = slack_reading_id(reading, payload, "user_id");
    event->who.name = slack_reading_id(reading, payload, "user_name");
    slack_reading_place(reading, event,
                        slack_reading_id(reading, payload, "channel_name"));
    slack_reading_text(reading, event, json_scan_member(payload, "text"));
    reading->frame->response_url = slack_reading_id(reading, payload, "response_url");
}

static void read_choice(struct slack_reading *reading, struct json_slice action)
{
    struct json_slice payload = reading->payload;
    const char *choice =
        json_slice_text(reading->arena, json_scan_member(action, "value"));
    const char *channel = slack_reading_id(reading, payload, "channel.id");
    const char *at = slack_reading_id(reading, action, "action_ts");
    struct chat_event *event;
    bool is_page;

    if (channel == NULL) {
        channel = slack_reading_id(reading, payload, "container.channel_id");
    }
    is_page = channel == NULL &&
              slack_reading_id(reading, payload, "container.view_id") != NULL;
    if (is_page) {
        channel = slack_reading_id(reading, payload, "user.id");
    }
    event = choice == NULL ? NULL : slack_reading_add(reading, CHAT_CHOSE, channel);
    if (event == NULL) {
        return;
    }
    event->choice = choice;
    event->message = slack_reading_id(reading, payload, "container.message_ts");
    if (event->message == NULL) {
        event->message = slack_reading_id(reading, payload, "message.ts");
    }
    event->who.id = slack_reading_id(reading, payload, "user.id");
    event->who.name = slack_reading_id(reading, payload, "user.name");
    if (event->who.name == NULL) {
        event->who.name = slack_reading_id(reading, payload, "user.username");
    }
    event->place.thread = slack_reading_id(reading, payload, "container.thread_ts");
    if (text_equal(event->place.thread, event->message)) {
        event->place.thread = NULL; /* others hang under it, it hangs nowhere */
    }
    slack_reading_place(reading, event,
                        slack_reading_id(reading, payload, "channel.name"));
    event->place.is_direct |= is_page;
    event->trigger = slack_reading_id(reading, payload, "trigger_id");
    event->id =
        arena_printf(reading->arena, "%s:%s:%s:%s", text_or(event->who.id, ""),
                     text_or(event->message, ""),
                     text_or(slack_reading_id(reading, action, "action_id"), ""),
                     at != NULL ? at : reading->frame->envelope);
    if (slack_ts_ms(at) != 0) {
        event->at_ms = slack_ts_ms(at);
    }
}

static void read_choices(struct slack_reading *reading)
{
    struct json_slice cursor = {0};

    reading->frame->response_url =
        slack_reading_id(reading, reading->payload, "response_url");
    while (json_scan_next(json_scan_member(reading->payload, "actions"), &cursor)) {
        read_choice(reading, cursor);
    }
}

void slack_read_interactive(struct slack_reading *reading)
{
    struct json_slice type = json_scan_member(reading->payload, "type");

    /* Buttons are seen, and pressed, by everybody in a shared channel. */
    if (slack_reading_is_stranger(
            reading, slack_reading_id(reading, reading->payload, "user.team_id"))) {
        return;
    }
    reading->frame->is_choice = true;
    if (json_slice_is(type, "block_actions")) {
        read_choices(reading);
    } else if (json_slice_is(type, "view_submission")) {
        slack_read_submission(reading);
    } else if (json_slice_is(type, "shortcut")) {
        slack_read_shortcut(reading);
    } else if (json_slice_is(type, "message_action")) {
        slack_read_keep(reading);
    }
}
