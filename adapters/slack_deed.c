/* One action on its way: which calls it takes, and what is told of it in the end. */
#include <string.h>

#include "adapters/slack_form.h"
#include "adapters/slack_inner.h"
#include "adapters/slack_write.h"
#include "bot/base/json.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

static void deed_free(struct slack_deed *deed)
{
    struct slack_deed **link = &deed->slack->deeds;

    while (*link != deed) {
        link = &(*link)->next;
    }
    *link = deed->next;
    loop_forget(deed->slack->loop, deed);
    loop_timer_destroy(deed->timer);
    arena_destroy(deed->arena);
}

void slack_deed_end(struct slack_deed *deed, const struct outcome *outcome)
{
    ear_outcome(deed->slack->ears, &deed->slack->adapter, deed->action.id, outcome);
    deed_free(deed);
}

/* Clocks differ, and ours may have been set since: an hour is looked back at least. */
int64_t slack_deed_since_ms(const struct slack_deed *deed)
{
    int64_t now_ms = ear_now_ms(deed->slack->ears);
    int64_t made_ms = deed->action.created_ms;

    return made_ms - TIME_MINUTE_MS < now_ms - TIME_HOUR_MS ? made_ms - TIME_MINUTE_MS
                                                            : now_ms - TIME_HOUR_MS;
}

void slack_deed_call(struct slack_deed *deed, const char *method, const char *body,
                     slack_call_fn *fn)
{
    struct slack_ask ask = {.method = method, .body = body};

    deed->method = method;
    slack_call(deed->slack, &ask, fn, deed);
}

static void on_joined(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;

    (void)answer; /* the post tells whether it helped */
    slack_deed_post(deed);
}

/* A reference says where it is, unless that is the channel it was sent to. */
static const char *ref_of(struct slack_deed *deed, struct json_slice body)
{
    const char *ts = json_slice_text(deed->arena, json_scan_member(body, "ts"));
    const char *channel =
        json_slice_text(deed->arena, json_scan_member(body, "channel"));

    if (ts == NULL || channel == NULL || text_equal(channel, deed->action.channel)) {
        return ts;
    }
    return arena_printf(deed->arena, "%s:%s", channel, ts);
}

static void on_posted(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;

    if (answer->kind == OUTCOME_DONE) {
        slack_deed_done(deed, ref_of(deed, answer->body), NULL);
    } else if (text_equal(answer->error, "not_in_channel") && !deed->has_joined) {
        deed->has_joined = true;
        slack_deed_call(deed, "conversations.join",
                        json_write_words(deed->arena, "channel", deed->channel, NULL),
                        on_joined);
    } else if (answer->kind == OUTCOME_NEVER && deed->action.thread != NULL) {
        deed->action.thread = NULL; /* locked, or nothing may hang there */
        slack_deed_post(deed);
    } else if (answer->kind != OUTCOME_NEVER || !slack_whisper_instead(deed)) {
        slack_probe_forget(deed, answer);
        slack_deed_fail(deed, answer);
    }
}

void slack_deed_post(struct slack_deed *deed)
{
    struct slack_ask ask = {
        .method = "chat.postMessage",
        .body = slack_write_post(deed->arena, &deed->action, deed->channel),
        .room = deed->channel,
    };

    deed->method = ask.method;
    slack_call(deed->slack, &ask, on_posted, deed);
}

static void post_or_probe(struct slack_deed *deed)
{
    if (deed->action.unsure) {
        slack_probe(deed);
    } else {
        slack_deed_post(deed);
    }
}

void slack_deed_try(struct slack_deed *deed)
{
    slack_share_gate(deed, post_or_probe);
}

/* "D1:17.1" names its channel itself. */
static void find_about(struct slack_deed *deed)
{
    const char *about = deed->action.about;
    const char *colon = about == NULL ? NULL : strchr(about, ':');

    deed->about = text_or(about, "");
    deed->channel =
        text_or(text_or(deed->action.about_channel, deed->action.channel), "");
    if (colon != NULL) {
        deed->channel = arena_copy_n(deed->arena, about, (size_t)(colon - about));
        deed->about = colon + 1;
    }
}

static void amend(struct slack_deed *deed)
{
    slack_deed_call(
        deed, "chat.update",
        slack_write_update(deed->arena, &deed->action, deed->channel, deed->about),
        slack_deed_simple);
}

static void start_about(struct slack_deed *deed)
{
    find_about(deed);
    if (deed->action.kind == ACTION_AMEND) {
        slack_share_gate(deed, amend);
    } else if (deed->action.kind == ACTION_BOOKMARK) {
        slack_pin_bookmark(deed);
    } else {
        slack_pin_start(deed);
    }
}

/* The settings may name a channel by an id it had before. */
static const char *present(struct slack_deed *deed, const char *channel)
{
    struct slack *slack = deed->slack;

    return arena_copy(deed->arena, ear_present(slack->ears, &slack->adapter, channel));
}

static void start_post(struct slack_deed *deed)
{
    deed->channel = deed->action.kind == ACTION_DIRECT
                        ? deed->action.person
                        : present(deed, deed->action.channel);
    if (*deed->channel == '#') {
        slack_room_resolve(deed);
    } else {
        slack_deed_try(deed);
    }
}

static void set_topic(struct slack_deed *deed)
{
    slack_deed_call(deed, "conversations.setTopic",
                    slack_write_topic(deed->arena, deed->channel, deed->action.topic),
                    slack_deed_simple);
}

static void start_member(struct slack_deed *deed)
{
    if (deed->action.kind == ACTION_INVITE) {
        slack_deed_call(deed, "conversations.invite",
                        json_write_words(deed->arena, "channel", deed->action.channel,
                                         "users", deed->action.person, NULL),
                        slack_deed_simple);
        return;
    }
    deed->channel = deed->action.channel;
    slack_share_gate(deed, set_topic);
}

/* A trigger lasts three seconds and opens one window: there is no second try. */
static void on_form(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;
    struct outcome outcome = {.kind = OUTCOME_NEVER, .why = "the form did not open"};

    if (answer->kind == OUTCOME_DONE) {
        slack_deed_done(deed, NULL, NULL);
    } else {
        slack_deed_end(deed, &outcome);
    }
}

static void deed_incomplete(void *arg);

static void start_form(struct slack_deed *deed)
{
    const struct form *form = form_from_json(deed->arena, deed->action.form);

    if (form == NULL) {
        loop_soon(deed->slack->loop, deed_incomplete, deed);
        return;
    }
    slack_deed_call(deed, "views.open",
                    slack_form_open(deed->arena, deed->action.trigger, form), on_form);
}

/* Does the action say what its kind needs? */
static bool is_complete(const struct action *action)
{
    switch (action->kind) {
    case ACTION_OPEN_CHANNEL: return action->name != NULL;
    case ACTION_INVITE:
    case ACTION_WHISPER: return action->channel != NULL && action->person != NULL;
    case ACTION_SET_TOPIC:
    case ACTION_POST: return action->channel != NULL;
    case ACTION_AMEND:
    case ACTION_PIN: return action->about != NULL;
    case ACTION_BOOKMARK: return action->about != NULL && action->name != NULL;
    case ACTION_HOME:
    case ACTION_DIRECT: return action->person != NULL;
    case ACTION_FORM: return action->form != NULL && action->trigger != NULL;
    case ACTION_JOIN:
    case ACTION_LEAVE:
    case ACTION_REDACT: return false;
    case ACTION_CANVAS:
    case ACTION_UPLOAD:
        return action->channel != NULL && !text_is_empty(action->file_text) &&
               action->name != NULL;
    }
    return false;
}

static void deed_incomplete(void *arg)
{
    struct outcome outcome = {.kind = OUTCOME_NEVER, .why = "it says not where"};

    slack_deed_end(arg, &outcome);
}

/* Nothing of an incident is for people from outside, alone or not. */
static void deed_foreign(void *arg)
{
    struct outcome outcome = {.kind = OUTCOME_NEVER,
                              .why = "they are of another workspace"};

    slack_deed_end(arg, &outcome);
}

/* Slack may take it all the same: whoever pages them would wait for an answer. */
static void deed_gone(void *arg)
{
    struct slack_deed *deed = arg;

    slack_deed_fail(deed, &(struct slack_answer){.kind = OUTCOME_NEVER,
                                                 .error = "user_disabled",
                                                 .why = ""});
}

void slack_deed_start(struct slack *slack, const struct action *action)
{
    struct arena *arena = arena_create();
    struct slack_deed *deed = ARENA_NEW(arena, struct slack_deed);

    *deed = (struct slack_deed){.slack = slack, .next = slack->deeds, .arena = arena};
    slack->deeds = deed;
    action_copy(arena, &deed->action, action);
    if (!is_complete(action)) {
        loop_soon(slack->loop, deed_incomplete, deed);
        return;
    }
    if (slack_foreign_id(action->person) != NULL) {
        loop_soon(slack->loop, deed_foreign, deed);
        return;
    }
    if (action->kind == ACTION_DIRECT && slack_people_is_gone(slack, action->person)) {
        loop_soon(slack->loop, deed_gone, deed);
        return;
    }
    switch (action->kind) {
    case ACTION_OPEN_CHANNEL: slack_room_open(deed); return;
    case ACTION_INVITE:
    case ACTION_SET_TOPIC: start_member(deed); return;
    case ACTION_POST:
    case ACTION_DIRECT: start_post(deed); return;
    case ACTION_AMEND:
    case ACTION_BOOKMARK:
    case ACTION_PIN: start_about(deed); return;
    case ACTION_WHISPER: slack_whisper(deed); return;
    case ACTION_FORM: start_form(deed); return;
    case ACTION_HOME:
        slack_deed_call(deed, "views.publish", slack_form_home(arena, &deed->action),
                        slack_deed_simple);
        return;
    case ACTION_UPLOAD: slack_upload_start(deed); return;
    case ACTION_CANVAS: slack_canvas_start(deed); return;
    case ACTION_JOIN:
    case ACTION_LEAVE:
    case ACTION_REDACT: return;
    }
}

void slack_deed_follow(struct slack *slack, const char *formerly)
{
    for (struct slack_deed *deed = slack->deeds; deed != NULL; deed = deed->next) {
        deed->is_rekeyed = deed->is_rekeyed || text_equal(deed->channel, formerly) ||
                           text_equal(deed->action.channel, formerly);
    }
}

void slack_deed_stop(struct slack *slack)
{
    while (slack->deeds != NULL) {
        deed_free(slack->deeds);
    }
}
