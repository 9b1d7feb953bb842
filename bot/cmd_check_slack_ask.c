#include "bot/cmd_check_slack_ask.h"

#include <string.h>

#include "adapters/http.h"
#include "adapters/net.h"
#include "bot/base/text.h"
#include "bot/loop.h"

#define ASK_MS 10000

struct question {
    struct loop *loop;
    struct arena *arena;
    struct slack_reply reply;
};

static const char *verdict(struct question *question, int status)
{
    struct slack_reply *reply = &question->reply;

    if (reply->body.data == NULL) {
        return arena_printf(question->arena,
                            "status %d, and no JSON: is the API URL right?", status);
    }
    if (json_slice_flag(json_scan_member(reply->body, "ok"), false)) {
        return NULL;
    }
    return arena_printf(question->arena, "Slack says %s",
                        text_or(reply->error, "no, without a reason"));
}

static void on_answer(void *arg, const struct http_answer *answer)
{
    struct question *question = arg;
    struct arena *arena = question->arena;
    struct slack_reply *reply = &question->reply;

    reply->error = "";
    reply->scopes = "";
    reply->date = "";
    if (answer->outcome != HTTP_ANSWERED) {
        reply->why = arena_copy(arena, answer->problem);
    } else {
        if (json_scan_is_sound(answer->body, answer->body_bytes)) {
            reply->body.data = arena_copy_n(arena, answer->body, answer->body_bytes);
            reply->body.length_bytes = answer->body_bytes;
        }
        reply->error =
            text_or(json_slice_text(arena, json_scan_member(reply->body, "error")), "");
        reply->scopes = arena_copy(arena, http_header(answer, "x-oauth-scopes"));
        reply->date = arena_copy(arena, http_header(answer, "date"));
        reply->why = verdict(question, answer->status);
    }
    loop_stop(question->loop);
}

static void ask(struct question *question, struct http *http, const char *url,
                const char *token, const char *form)
{
    struct http_request request = {
        .url = url,
        .authorization = arena_printf(question->arena, "Bearer %s", token),
        .content_type = "application/x-www-form-urlencoded",
        .body = form,
        .body_bytes = strlen(form),
        .timeout_ms = ASK_MS,
    };

    (void)http_send(http, &request, on_answer, question);
    loop_run(question->loop);
}

/* The base may be written with or without its last slash. */
static const char *url_of(struct arena *arena, const struct config *config,
                          const char *method)
{
    const char *base = config->slack.api_url;
    size_t length = strlen(base);
    bool has_slash = length > 0 && base[length - 1] == '/';

    return arena_printf(arena, "%s%s%s", base, has_slash ? "" : "/", method);
}

struct slack_reply check_slack_ask(struct arena *arena, const struct config *config,
                                   const char *method, const char *token,
                                   const char *form)
{
    struct net_settings settings = {.ca_file = config->ca_file, .proxy = config->proxy};
    struct question question = {.arena = arena,
                                .reply = {.error = "", .scopes = "", .date = ""}};
    struct http *http = NULL;
    struct err err;

    if (!loop_create(&question.loop, &err)) {
        question.reply.why = arena_copy(arena, err.text);
        return question.reply;
    }
    if (http_create(&http, question.loop, &settings, &err)) {
        ask(&question, http, url_of(arena, config, method), token, form);
    } else {
        question.reply.why = arena_copy(arena, err.text);
    }
    http_destroy(http);
    loop_destroy(question.loop);
    return question.reply;
}
