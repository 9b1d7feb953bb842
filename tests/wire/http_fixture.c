#include "tests/wire/http_fixture.h"

void http_fixture_answered(void *arg, const struct http_answer *answer)
{
    struct http_fixture *fixture = arg;
    fixture->answer = *answer;
    snprintf(fixture->body, sizeof(fixture->body), "%s", answer->body);
    snprintf(fixture->problem, sizeof(fixture->problem), "%s", answer->problem);
    snprintf(fixture->type, sizeof(fixture->type), "%s",
             http_header(answer, "content-type"));
    assert_int_equal(strlen(answer->body), answer->body_bytes);
    if (++fixture->answers == fixture->awaited) {
        wire_done(&fixture->wire);
    }
}

static void on_request(void *arg, struct server_peer *peer,
                       const struct server_request *request)
{
    struct http_fixture *fixture = arg;
    fixture->peer = peer;
    fixture->requests++;
    snprintf(fixture->heard, sizeof(fixture->heard), "%s %s\n%s", request->method,
             request->path, request->head);
    snprintf(fixture->heard_body, sizeof(fixture->heard_body), "%s", request->body);
    server_header(request, "Authorization", fixture->authorization,
                  sizeof(fixture->authorization));
    if (fixture->requests == fixture->cut_at) {
        server_cut(peer);
    } else if (fixture->says != NULL) {
        server_answer(peer, fixture->status, fixture->retry_headers, fixture->says);
    }
}

const struct server_script http_fixture_script = {.request = on_request};

void http_fixture_serve(struct http_fixture *fixture, const char *name)
{
    struct server_settings settings = {
        .authority = name == NULL ? NULL : fixture->wire.authority,
        .name = name,
    };
    fixture->server =
        server_create(fixture->wire.loop, &settings, &http_fixture_script, fixture);
}

void http_fixture_connect(struct http_fixture *fixture,
                          const struct net_settings *settings)
{
    struct err err;
    assert_true(http_create(&fixture->http, fixture->wire.loop, settings, &err));
}

int http_fixture_setup(void **state)
{
    struct http_fixture *fixture = calloc(1, sizeof(*fixture));
    wire_init(&fixture->wire);
    fixture->awaited = 1;
    fixture->status = 200;
    fixture->says = "{\"ok\":true}";
    fixture->retry_headers = "Content-Type: application/json\r\n";
    *state = fixture;
    return 0;
}

int http_fixture_teardown(void **state)
{
    struct http_fixture *fixture = *state;
    http_destroy(fixture->http);
    server_destroy(fixture->server);
    wire_finish(&fixture->wire);
    free(fixture);
    return 0;
}

void http_fixture_start(struct http_fixture *fixture, bool is_tls)
{
    struct net_settings settings = {.proxy = "", .no_proxy = ""};
    settings.ca_file = is_tls ? authority_file(fixture->wire.authority) : NULL;
    http_fixture_serve(fixture, is_tls ? "good.test" : NULL);
    http_fixture_connect(fixture, &settings);
}

void http_fixture_get(struct http_fixture *fixture, const char *url, int64_t timeout_ms)
{
    struct http_request request = {.url = url, .timeout_ms = timeout_ms};
    http_send(fixture->http, &request, http_fixture_answered, fixture);
    wire_run(&fixture->wire);
}

void http_fixture_post(struct http_fixture *fixture, const char *path)
{
    struct http_request request = {
        .url = wire_url(&fixture->wire, "http", "127.0.0.1", fixture->server, path),
        .authorization = "Bearer xoxb-secret",
        .content_type = "application/json; charset=utf-8",
        .body = "{\"text\":\"hi\"}",
        .body_bytes = 13,
    };
    http_send(fixture->http, &request, http_fixture_answered, fixture);
    wire_run(&fixture->wire);
}
