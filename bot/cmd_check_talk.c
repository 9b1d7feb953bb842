#include "bot/cmd_check_talk.h"

#include <string.h>

#include "adapters/http.h"
#include "adapters/net.h"
#include "bot/base/text.h"
#include "bot/loop.h"

#define ASK_MS 10000

struct talk {
    struct arena *arena;
    struct loop *loop;
    struct http *http;
    const char *base;
    const char *authorization; /* NULL: none yet */
    struct talk_reply reply;
};

bool talk_create(struct talk **talk, struct arena *arena, const struct config *config,
                 struct err *err)
{
    struct net_settings settings = {.ca_file = config->ca_file, .proxy = config->proxy};
    const char *url = config->matrix.homeserver_url;
    size_t length = strlen(url);

    *talk = ARENA_NEW(arena, struct talk);
    (*talk)->arena = arena;
    while (length > 0 && url[length - 1] == '/') {
        length--;
    }
    (*talk)->base = arena_copy_n(arena, url, length);
    return loop_create(&(*talk)->loop, err) &&
           http_create(&(*talk)->http, (*talk)->loop, &settings, err);
}

void talk_destroy(struct talk *talk)
{
    if (talk == NULL) {
        return;
    }
    http_destroy(talk->http);
    loop_destroy(talk->loop);
}

void talk_as(struct talk *talk, const char *token)
{
    talk->authorization = arena_printf(talk->arena, "Bearer %s", token);
}

static const char *problem_of(struct talk *talk)
{
    const struct talk_reply *reply = &talk->reply;
    const char *error =
        json_slice_text(talk->arena, json_scan_member(reply->body, "error"));

    if (reply->status / 100 == 2) {
        return reply->body.data != NULL ? "" : "the answer is no JSON";
    }
    if (reply->body.data == NULL) {
        return arena_printf(talk->arena, "status %d, and no JSON", reply->status);
    }
    return arena_printf(talk->arena, "%s (%s, status %d)", text_or(error, "no reason"),
                        text_or(reply->errcode, "without a code"), reply->status);
}

static void on_answer(void *arg, const struct http_answer *answer)
{
    struct talk *talk = arg;
    struct talk_reply *reply = &talk->reply;

    if (answer->outcome == HTTP_ANSWERED) {
        reply->status = answer->status;
        reply->date = arena_copy(talk->arena, http_header(answer, "date"));
        if (json_scan_is_valid(answer->body, answer->body_bytes)) {
            reply->body.data =
                arena_copy_n(talk->arena, answer->body, answer->body_bytes);
            reply->body.length_bytes = answer->body_bytes;
        }
        reply->errcode = text_or(
            json_slice_text(talk->arena, json_scan_member(reply->body, "errcode")), "");
        reply->why = problem_of(talk);
    } else {
        reply->why = arena_copy(talk->arena, answer->problem);
    }
    loop_stop(talk->loop);
}

static const struct talk_reply *ask(struct talk *talk, const char *path,
                                    const char *body)
{
    struct http_request request = {
        .url = arena_printf(talk->arena, "%s%s", talk->base, path),
        .authorization = talk->authorization,
        .content_type = "application/json",
        .body = body,
        .body_bytes = body == NULL ? 0 : strlen(body),
        .timeout_ms = ASK_MS,
        .may_repeat = body == NULL,
    };

    talk->reply = (struct talk_reply){.errcode = "", .why = "", .date = ""};
    (void)http_send(talk->http, &request, on_answer, talk);
    loop_run(talk->loop);
    return &talk->reply;
}

const struct talk_reply *talk_get(struct talk *talk, const char *path)
{
    return ask(talk, path, NULL);
}

const struct talk_reply *talk_post(struct talk *talk, const char *path,
                                   const char *body)
{
    return ask(talk, path, body);
}
