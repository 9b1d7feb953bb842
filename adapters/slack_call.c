/* One request to the Web API: paced, held at closed gates, its answer put into one of
 * four outcomes. */
#include <stdio.h>
#include <string.h>

#include "adapters/slack_inner.h"
#include "bot/base/json_scan.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/config.h"

#define PACE_MS       TIME_SECOND_MS /* chat.postMessage: one a second and channel */
#define PACE_BURST_MS (3 * TIME_SECOND_MS)  /* short bursts are allowed */
#define WAIT_MS       (30 * TIME_SECOND_MS) /* a 429 that does not say how long */
#define WORD_BYTES    64                    /* of an error */

struct slack_call {
    struct slack *slack;
    struct slack_call *next;
    struct arena *arena; /* holds this struct as well */
    struct slack_ask ask;
    slack_call_fn *fn;
    void *arg;
    struct http_call *http;
    struct loop_timer *timer;
};

/* Of any method: the token itself is no good. */
static bool is_token_lost(const char *error)
{
    static const char *const words[] = {
        "not_authed",    "invalid_auth",           "account_inactive", "token_revoked",
        "token_expired", "user_removed_from_team", "team_disabled",    NULL};

    return text_is_one_of(error, words);
}

bool slack_error_is_lack(const char *error)
{
    static const char *const words[] = {"unknown_method",
                                        "missing_scope",
                                        "method_not_supported_for_channel_type",
                                        "restricted_action",
                                        "not_allowed",
                                        "not_allowed_token_type",
                                        "no_permission",
                                        NULL};

    return text_is_one_of(error, words);
}

/* "May have partly succeeded", says Slack of the first two. */
static bool is_unsure(const char *error)
{
    static const char *const words[] = {"internal_error", "fatal_error",
                                        "request_timeout", "service_unavailable", NULL};

    return text_is_one_of(error, words);
}

void slack_complain(struct slack *slack, const char *method, const char *error)
{
    char complaint[128];

    (void)snprintf(complaint, sizeof(complaint), "%s %s", method, error);
    for (size_t i = 0; i < SLACK_COMPLAINTS; i++) {
        if (slack->complaints[i] == NULL) {
            slack->complaints[i] = arena_copy(slack->arena, complaint);
            log_warn("slack refuses, worked around", "method=%s error=%s", method,
                     error);
            return;
        }
        if (text_equal(slack->complaints[i], complaint)) {
            return;
        }
    }
}

void slack_refuse(struct slack *slack, const char *why)
{
    slack_socket_stop(slack);
    ear_state(slack->ears, &slack->adapter, ADAPTER_REFUSED, why);
}

static struct slack_gate *gate_of(struct slack *slack, const char *method)
{
    struct slack_gate *free_gate = &slack->gates[0];

    for (size_t i = 0; i < SLACK_METHODS; i++) {
        if (text_equal(slack->gates[i].method, method)) {
            return &slack->gates[i];
        }
        if (slack->gates[i].method == NULL) {
            free_gate = &slack->gates[i];
            break;
        }
    }
    *free_gate = (struct slack_gate){.method = method};
    return free_gate;
}

static void call_free(struct slack_call *call)
{
    struct slack_call **link = &call->slack->calls;

    while (*link != call) {
        link = &(*link)->next;
    }
    *link = call->next;
    loop_forget(call->slack->loop, call);
    loop_timer_destroy(call->timer);
    arena_destroy(call->arena);
}

static void call_end(struct slack_call *call, const struct slack_answer *answer)
{
    call->fn(call->arg, answer);
    call_free(call);
}

/* What a 5xx says in JSON may be a gateway's word, and not the reason of a "no". */
static void read_refusal(struct slack_call *call, int status, const char *error,
                         struct slack_answer *answer)
{
    answer->error = error;
    answer->why = arena_printf(call->arena, "Slack says %s", error);
    answer->kind = OUTCOME_NEVER;
    if (is_unsure(error) || status >= 500) {
        answer->kind = OUTCOME_UNKNOWN;
    } else if (is_token_lost(error)) {
        answer->kind = OUTCOME_AGAIN;
        answer->wait_ms = 5 * TIME_MINUTE_MS;
    }
}

/* Of several calls on their way at once each is told its own time: the longest holds.
 */
static void gate_close(struct slack *slack, const char *method, int64_t wait_ms)
{
    struct slack_gate *gate = gate_of(slack, method);
    int64_t until_ms = time_steady_ms() + wait_ms;

    gate->until_ms = gate->until_ms > until_ms ? gate->until_ms : until_ms;
}

/* By the status, or in the words of a 200. */
static bool is_told_to_wait(const struct http_answer *http, const char *error)
{
    return http->status == 429 || text_equal(error, "ratelimited") ||
           text_equal(error, "rate_limited");
}

/* A plain word, fit for the log and for people: whoever answers in Slack's place may
 * say anything. NULL: there is none. */
static const char *read_error(struct arena *arena, struct json_slice body)
{
    const char *word = json_slice_text(arena, json_scan_member(body, "error"));

    if (word == NULL || (strlen(word) <= WORD_BYTES &&
                         word[strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789_"
                                           "ABCDEFGHIJKLMNOPQRSTUVWXYZ.:-")] == '\0')) {
        return word;
    }
    return "an_unreadable_error";
}

/* Slack's "no" is mostly a 200; bodies of a 5xx may be anything. */
static void read_body(struct slack_call *call, const struct http_answer *http,
                      struct slack_answer *answer)
{
    struct json_slice body = {http->body, http->body_bytes};
    bool is_json = json_scan_is_sound(body.data, body.length_bytes);
    const char *error = is_json ? read_error(call->arena, body) : NULL;

    if (is_told_to_wait(http, error)) {
        answer->kind = OUTCOME_AGAIN;
        answer->error = "ratelimited";
        answer->why = "Slack asked to wait";
        answer->wait_ms = http->retry_after_ms > 0 ? http->retry_after_ms : WAIT_MS;
        gate_close(call->slack, call->ask.method, answer->wait_ms);
    } else if (is_json && json_slice_flag(json_scan_member(body, "ok"), false)) {
        answer->kind = OUTCOME_DONE;
        answer->body = body;
    } else if (error != NULL) {
        read_refusal(call, http->status, error, answer);
    } else if (call->ask.url != NULL && http->status == 200) {
        answer->kind = OUTCOME_DONE;
    } else if (http->status >= 400 && http->status < 500) {
        answer->kind = call->ask.url != NULL ? OUTCOME_NEVER : OUTCOME_AGAIN;
        answer->why = arena_printf(call->arena, "status %d", http->status);
    } else {
        answer->kind = OUTCOME_UNKNOWN;
        answer->why = arena_printf(call->arena, "status %d without an answer of Slack",
                                   http->status);
    }
}

/* Whoever runs the bot must know: it hears by another token, and says nothing. */
static void watch_token(struct slack_call *call, const struct slack_answer *answer)
{
    struct slack *slack = call->slack;
    bool is_lost = is_token_lost(answer->error);

    if (call->ask.is_app || call->ask.url != NULL || is_lost == slack->is_token_lost ||
        (!is_lost && answer->kind != OUTCOME_DONE)) {
        return;
    }
    slack->is_token_lost = is_lost;
    if (is_lost) {
        log_error("slack takes the bot's token no more, nothing can be said",
                  "why=\"%s\"", slack_door_refusal(call->arena, false, answer->error));
    } else {
        log_info("slack takes the bot's token again", "method=%s", call->ask.method);
    }
}

static void call_answered(void *arg, const struct http_answer *http)
{
    struct slack_call *call = arg;
    struct slack_answer answer = {.error = "", .why = ""};

    call->http = NULL;
    if (http->outcome == HTTP_ANSWERED) {
        read_body(call, http, &answer);
    } else {
        answer.kind = http->may_have_arrived ? OUTCOME_UNKNOWN : OUTCOME_AGAIN;
        answer.is_too_big = http->outcome == HTTP_TOO_BIG;
        answer.why = http->problem;
    }
    if (answer.kind != OUTCOME_DONE) {
        log_info("slack call", "method=%s outcome=%d error=%s", call->ask.method,
                 (int)answer.kind, answer.error);
    }
    watch_token(call, &answer);
    call_end(call, &answer);
}

static void call_send(void *arg)
{
    struct slack_call *call = arg;
    const struct slack_ask *ask = &call->ask;
    struct slack *slack = call->slack;
    struct http_request request = {
        .method = "POST",
        .url = ask->url != NULL
                   ? ask->url
                   : arena_printf(call->arena, "%s%s", slack->api_url, ask->method),
        .content_type = ask->type != NULL ? ask->type
                        : ask->is_form    ? "application/x-www-form-urlencoded"
                                          : "application/json; charset=utf-8",
        .body = ask->body,
        .body_bytes = strlen(ask->body),
        .timeout_ms = slack->config->answer_ms,
        .may_repeat = ask->is_form,
    };

    if (ask->url == NULL) {
        request.authorization =
            ask->is_app ? slack->app_authorization : slack->bot_authorization;
    }
    call->http = http_send(slack->http, &request, call_answered, call);
}

/* The method rests: nothing is sent, so the answer is sure. */
static void call_hold(void *arg)
{
    struct slack_call *call = arg;
    struct slack_gate *gate = gate_of(call->slack, call->ask.method);
    struct slack_answer answer = {.kind = OUTCOME_AGAIN,
                                  .error = "ratelimited",
                                  .why = "Slack asked to wait",
                                  .wait_ms = gate->until_ms - time_steady_ms()};

    answer.wait_ms = answer.wait_ms > 0 ? answer.wait_ms : 1;
    call_end(call, &answer);
}

/* While it waited for its room, the method may have been told to rest. */
static void call_paced(void *arg)
{
    struct slack_call *call = arg;

    if (gate_of(call->slack, call->ask.method)->until_ms > time_steady_ms()) {
        call_hold(call);
    } else {
        call_send(call);
    }
}

/* How long a post must wait for its room; takes its place in the row. */
static int64_t take_pace(struct slack *slack, const char *room)
{
    int64_t now_ms = time_steady_ms();
    int64_t *pace_ms = &slack->paces_ms[text_hash(room) % SLACK_ROOMS];
    int64_t wait_ms;

    if (room == NULL) {
        return 0;
    }
    *pace_ms = *pace_ms < now_ms ? now_ms : *pace_ms;
    wait_ms = *pace_ms - now_ms - PACE_BURST_MS;
    *pace_ms += PACE_MS;
    return wait_ms > 0 ? wait_ms : 0;
}

void slack_call(struct slack *slack, const struct slack_ask *ask, slack_call_fn *fn,
                void *arg)
{
    struct arena *arena = arena_create();
    struct slack_call *call = ARENA_NEW(arena, struct slack_call);
    int64_t wait_ms;

    *call = (struct slack_call){.slack = slack,
                                .next = slack->calls,
                                .arena = arena,
                                .ask = *ask,
                                .fn = fn,
                                .arg = arg};
    call->ask.body = arena_copy(arena, text_or(ask->body, ""));
    call->ask.url = arena_copy(arena, ask->url);
    call->ask.room = NULL;
    slack->calls = call;
    if (gate_of(slack, ask->method)->until_ms > time_steady_ms()) {
        loop_soon(slack->loop, call_hold, call);
        return;
    }
    wait_ms = take_pace(slack, ask->room);
    if (wait_ms == 0) {
        call_send(call);
        return;
    }
    call->timer = loop_timer_create(slack->loop, call_paced, call);
    loop_timer_set(call->timer, wait_ms);
}

void slack_call_stop(struct slack *slack)
{
    while (slack->calls != NULL) {
        if (slack->calls->http != NULL) {
            http_cancel(slack->calls->http);
        }
        call_free(slack->calls);
    }
}
