/*
 * The connections of Socket Mode. One is live; a new one is opened and greeted before
 * the old one is left. One opening at a time, a deadline on each step, a back-off that
 * only a hello resets. Every callback belongs to one link with a generation of its own,
 * so a late end of an old one starts nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "adapters/slack_inner.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/config.h"

#define HELLO_MS (10 * TIME_SECOND_MS)
#define LEAVE_MS (5 * TIME_SECOND_MS)  /* the old one is still read for so long */
#define SHORT_MS (10 * TIME_SECOND_MS) /* a life that counts as a failure */

static void socket_open(void *arg);

static struct slack_link *link_in(struct slack *slack, enum slack_link_state state)
{
    for (size_t i = 0; i < SLACK_LINKS; i++) {
        if (slack->links[i].state == state) {
            return &slack->links[i];
        }
    }
    return NULL;
}

static bool is_opening(struct slack *slack)
{
    return link_in(slack, LINK_OPENING) != NULL ||
           link_in(slack, LINK_DIALING) != NULL ||
           link_in(slack, LINK_GREETING) != NULL;
}

/* The one way to another connection. */
static void socket_retry(struct slack *slack, int64_t at_least_ms)
{
    int64_t door_ms = slack_door_wait_ms(slack->door);

    at_least_ms = at_least_ms < door_ms ? door_ms : at_least_ms;
    loop_timer_set(slack->retry,
                   slack_door_retry_ms(slack->failures, at_least_ms, random()));
}

static void link_reset(struct slack_link *link)
{
    loop_timer_destroy(link->timer);
    *link = (struct slack_link){.slack = link->slack};
}

static void gap_begin(struct slack *slack)
{
    if (!slack->had_gap) {
        slack->had_gap = true;
        slack->gap_ms = time_steady_ms();
    }
}

/* What an end means depends on what the link was. */
static void link_ended(struct slack_link *link, const char *why, int64_t at_least_ms)
{
    struct slack *slack = link->slack;
    enum slack_link_state state = link->state;
    bool was_short = time_steady_ms() - link->since_ms < SHORT_MS;

    log_info("slack link ended", "link=%lld state=%d why=\"%s\"",
             (long long)link->generation, (int)state, why);
    link_reset(link);
    if (state == LINK_LEAVING) {
        return;
    }
    if (link_in(slack, LINK_LIVE) == NULL) {
        gap_begin(slack);
        ear_state(slack->ears, &slack->adapter, ADAPTER_DOWN, why);
    }
    if (state != LINK_LIVE || was_short) {
        slack->failures += 1;
    }
    if (!is_opening(slack)) {
        socket_retry(slack, at_least_ms);
    }
}

static void link_close(void *arg)
{
    struct slack_link *link = arg;

    if (link->websocket != NULL) {
        websocket_close(link->websocket);
    }
}

static void link_replace(void *arg)
{
    struct slack_link *link = arg;

    if (link->state == LINK_LIVE && !is_opening(link->slack)) {
        socket_open(link->slack);
    }
}

static void link_no_hello(void *arg)
{
    struct slack_link *link = arg;

    websocket_drop(link->websocket);
    link_ended(link, "no hello came", 0);
}

static void link_time(struct slack_link *link, loop_fn *fn, int64_t after_ms)
{
    loop_timer_destroy(link->timer);
    link->timer = loop_timer_create(link->slack->loop, fn, link);
    loop_timer_set(link->timer, after_ms);
}

/* The new one is live; the old one is read for a while, then left in good order. */
static void link_greeted(struct slack_link *link, const struct slack_frame *frame)
{
    struct slack *slack = link->slack;
    struct slack_link *old = link_in(slack, LINK_LIVE);

    if (link->state != LINK_GREETING) {
        return;
    }
    link->state = LINK_LIVE;
    link->since_ms = time_steady_ms();
    slack->failures = 0;
    slack->door = DOOR_OPEN;
    slack_door_count(slack, frame->connections);
    if (old != NULL) {
        old->state = LINK_LEAVING;
        link_time(old, link_close, LEAVE_MS);
    }
    loop_timer_destroy(link->timer);
    link->timer = NULL;
    if (frame->life_s >= slack->config->slack.life_least_s &&
        frame->life_s < TIME_DAY_MS / TIME_SECOND_MS) {
        link_time(link, link_replace, frame->life_s * 900);
    }
    log_info("slack link live", "link=%lld connections=%lld",
             (long long)link->generation, (long long)frame->connections);
    ear_state(slack->ears, &slack->adapter, ADAPTER_UP, NULL);
    if (slack->had_gap) {
        slack->had_gap = false;
        slack_catchup_start(slack, &(struct slack_gap){.since_ms = slack->gap_ms});
    }
}

/* Lets go of all: Slack counts too many, or has switched the app's sockets off. */
static void links_drop(struct slack *slack, enum slack_door door, const char *why)
{
    slack->door = door;
    log_error("slack closed the door", "why=\"%s\" retry_s=%lld", why,
              (long long)(slack_door_wait_ms(door) / TIME_SECOND_MS));
    for (size_t i = 0; i < SLACK_LINKS; i++) {
        if (slack->links[i].state != LINK_NONE) {
            slack->links[i].state = LINK_LEAVING;
            link_close(&slack->links[i]);
        }
    }
    gap_begin(slack);
    ear_state(slack->ears, &slack->adapter, ADAPTER_DOWN, why);
    socket_retry(slack, 0);
}

static void link_dismissed(struct slack_link *link, const char *reason)
{
    if (text_equal(reason, "link_disabled")) {
        links_drop(link->slack, DOOR_DISABLED,
                   "Slack says link_disabled: switch Socket Mode on in the settings of "
                   "the app");
    } else if (text_equal(reason, "too_many_websockets")) {
        links_drop(
            link->slack, DOOR_CROWDED,
            "Slack says too_many_websockets: do other bots run with this token?");
    } else if (link->state == LINK_LIVE) {
        link_replace(link);
    } else if (link->state == LINK_GREETING) {
        link_close(link); /* before it was ever let in: no hello is to come */
    }
}

static void on_message(void *arg, const char *bytes, size_t length_bytes)
{
    struct slack_link *link = arg;

    slack_hear(link->slack, link, bytes, length_bytes);
}

void slack_socket_frame(struct slack_link *link, const struct slack_frame *frame)
{
    if (frame->kind == SLACK_FRAME_HELLO) {
        link_greeted(link, frame);
    } else {
        link_dismissed(link, frame->reason);
    }
}

static void on_opened(void *arg)
{
    struct slack_link *link = arg;

    link->state = LINK_GREETING;
    link_time(link, link_no_hello, HELLO_MS);
}

static void on_closed(void *arg, const struct websocket_end *end)
{
    struct slack_link *link = arg;

    link->websocket = NULL;
    link_ended(link, text_or(end->why, ""), 0);
}

static const struct websocket_events link_events = {
    .opened = on_opened, .message = on_message, .closed = on_closed};

/* This token will never let us in. */
static bool is_locked_out(struct slack *slack, bool is_app,
                          const struct slack_answer *answer)
{
    const char *why = slack_door_refusal(slack->arena, is_app, answer->error);

    if (why != NULL) {
        slack_refuse(slack, why);
    }
    return why != NULL;
}

static void on_url(void *arg, const struct slack_answer *answer)
{
    struct slack_link *link = arg;
    struct slack *slack = link->slack;
    struct arena *arena;
    const char *url;

    if (link->state != LINK_OPENING) {
        link_reset(link);
        return;
    }
    if (answer->kind != OUTCOME_DONE) {
        if (!is_locked_out(slack, true, answer)) {
            link_ended(link, answer->why, answer->wait_ms);
        }
        return;
    }
    arena = arena_create();
    url = json_slice_text(arena, json_scan_member(answer->body, "url"));
    link->state = LINK_DIALING;
    link->websocket =
        websocket_open(slack->websockets, text_or(url, ""), &link_events, link);
    arena_destroy(arena);
}

static void ask_url(struct slack_link *link)
{
    struct slack_ask ask = {
        .method = "apps.connections.open", .body = "", .is_form = true, .is_app = true};

    slack_call(link->slack, &ask, on_url, link);
}

static void learn_self(struct slack *slack, struct json_slice body)
{
    slack->self.user = json_slice_text(slack->arena, json_scan_member(body, "user_id"));
    slack->self.bot = json_slice_text(slack->arena, json_scan_member(body, "bot_id"));
    slack->self.team = json_slice_text(slack->arena, json_scan_member(body, "team_id"));
    log_info("slack knows us", "user=%s team=%s", text_or(slack->self.user, ""),
             text_or(slack->self.team, ""));
}

static void on_self(void *arg, const struct slack_answer *answer)
{
    struct slack_link *link = arg;
    struct slack *slack = link->slack;

    if (answer->kind == OUTCOME_DONE) {
        learn_self(slack, answer->body);
    } else if (is_locked_out(slack, false, answer)) {
        return;
    } else if (!slack_error_is_lack(answer->error)) {
        link_ended(link, answer->why, answer->wait_ms);
        return;
    }
    slack->is_known = true;
    ask_url(link);
}

/* Who we are comes first: without it we would answer ourselves. Nothing else is being
 * opened: whoever asks has seen to that, and then no retry waits. */
static void socket_open(void *arg)
{
    struct slack *slack = arg;
    struct slack_link *link = link_in(slack, LINK_NONE);
    struct slack_ask ask = {.method = "auth.test", .body = "", .is_form = true};

    if (link == NULL) {
        socket_retry(slack, LEAVE_MS);
        return;
    }
    loop_timer_stop(slack->retry);
    link->slack = slack;
    link->state = LINK_OPENING;
    link->generation = ++slack->generation;
    if (slack->is_known) {
        ask_url(link);
    } else {
        slack_call(slack, &ask, on_self, link);
    }
}

void slack_socket_start(struct slack *slack)
{
    for (size_t i = 0; i < SLACK_LINKS; i++) {
        slack->links[i].slack = slack;
    }
    slack->retry = loop_timer_create(slack->loop, socket_open, slack);
    slack->had_gap = true;
    /* Bots that lost Slack at one moment must not all come back at one. */
    srandom((unsigned)text_hash(slack->app_authorization));
    socket_open(slack);
}

void slack_socket_stop(struct slack *slack)
{
    slack->is_stopped = true;
    if (slack->retry != NULL) {
        loop_timer_stop(slack->retry);
    }
    for (size_t i = 0; i < SLACK_LINKS; i++) {
        loop_timer_destroy(slack->links[i].timer);
        slack->links[i].timer = NULL;
        slack->links[i].state = LINK_LEAVING;
        link_close(&slack->links[i]);
    }
}

void slack_socket_ack(struct slack *slack, int64_t generation, const char *ack)
{
    struct slack_link *live = link_in(slack, LINK_LIVE);

    for (size_t i = 0; i < SLACK_LINKS; i++) {
        struct slack_link *link = &slack->links[i];

        if (link->generation == generation &&
            websocket_send(link->websocket, ack, strlen(ack))) {
            return;
        }
    }
    if (live == NULL || live->generation == generation ||
        !websocket_send(live->websocket, ack, strlen(ack))) {
        log_info("ack not sent, it will come again", "link=%lld",
                 (long long)generation);
    }
}
