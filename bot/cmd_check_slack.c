#include "bot/cmd_check_slack.h"

#include "adapters/http.h"
#include "adapters/net.h"
#include "bot/base/json.h"
#include "bot/base/text.h"
#include "bot/loop.h"

#define ASK_MS 10000

struct question {
    struct loop *loop;
    struct arena *arena;
    const char *why;
};

static void on_answer(void *arg, const struct http_answer *answer)
{
    struct question *question = arg;
    json_t *said = NULL;

    if (answer->outcome != HTTP_ANSWERED) {
        question->why = arena_copy(question->arena, answer->problem);
    } else if ((said = json_parse(answer->body, answer->body_bytes)) == NULL) {
        question->why = arena_printf(question->arena,
                                     "status %d, and no JSON: is the API "
                                     "URL right?",
                                     answer->status);
    } else if (!json_flag(said, "ok", false)) {
        question->why = arena_printf(
            question->arena, "Slack says %s",
            text_or(json_text(question->arena, said, "error"), "no, without a reason"));
    }
    json_decref(said);
    loop_stop(question->loop);
}

static void ask(struct question *question, struct http *http, const char *base,
                const char *method, const char *token)
{
    struct http_request request = {
        .url = arena_printf(question->arena, "%s%s", base, method),
        .authorization = arena_printf(question->arena, "Bearer %s", token),
        .content_type = "application/x-www-form-urlencoded",
        .body = "",
        .timeout_ms = ASK_MS,
    };

    (void)http_send(http, &request, on_answer, question);
    loop_run(question->loop);
}

const char *check_slack_ask(struct arena *arena, const struct config *config,
                            const char *method, const char *token)
{
    struct net_settings settings = {.ca_file = config->ca_file, .proxy = config->proxy};
    struct question question = {.arena = arena};
    struct http *http = NULL;
    struct err err;

    if (!loop_create(&question.loop, &err)) {
        return arena_copy(arena, err.text);
    }
    if (http_create(&http, question.loop, &settings, &err)) {
        ask(&question, http, config->slack.api_url, method, token);
    } else {
        question.why = arena_copy(arena, err.text);
    }
    http_destroy(http);
    loop_destroy(question.loop);
    return question.why;
}
