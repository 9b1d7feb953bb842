/* Answers no decent server gives: numbers that mean nothing, bodies and heads without
 * end, a little that unpacks to very much. Each is answered in time, in one of the
 * ways http.h names, and never with more than was asked for. */
#include "tests/wire/http_fixture.h"

static const char *head;

static void on_request(void *arg, struct server_peer *peer,
                       const struct server_request *request)
{
    struct http_fixture *fixture = arg;
    (void)request;
    fixture->requests++;
    server_write(peer, head, strlen(head));
}

static const struct server_script script = {.request = on_request};

static void serve(struct http_fixture *fixture)
{
    struct server_settings settings = {.authority = NULL};
    struct net_settings net = {.proxy = "", .no_proxy = ""};
    fixture->server = server_create(fixture->wire.loop, &settings, &script, fixture);
    http_fixture_connect(fixture, &net);
}

static void get(struct http_fixture *fixture, const char *answer)
{
    head = answer;
    fixture->awaited = fixture->answers + 1;
    http_fixture_get(
        fixture, wire_url(&fixture->wire, "http", "127.0.0.1", fixture->server, "/"),
        1000);
    fprintf(stderr, "%.60s...: outcome %d status %d retry %lld problem %s\n", answer,
            (int)fixture->answer.outcome, fixture->answer.status,
            (long long)fixture->answer.retry_after_ms, fixture->problem);
}

static void http__reads_how_long_to_wait__when_the_number_is_odd(void **state)
{
    static const struct {
        const char *value;
        int64_t wait_ms;
    } odd[] = {
        {"-9223372036854775808", 0}, {"-1", 0},
        {"9223372036854775807", 86400000},
        {"99999999999999999999999", 86400000},
        {"Fri, 31 Dec 9999 23:59:59 GMT", 86400000},
        {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
        {"Sun, 06 Nov 1994 08:49:37 GMT", 0},
        {"soon", 0},
        {"", 0},
    };
    struct http_fixture *fixture = *state;
    char answer[200];
    serve(fixture);
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        snprintf(answer, sizeof(answer),
                 "HTTP/1.1 429 Wait\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n",
                 odd[i].value);
        get(fixture, answer);
        if (fixture->answer.retry_after_ms != odd[i].wait_ms) fprintf(stderr, "DIFFERS\n");
    }
}

static void http__ends_in_time__when_an_answer_is_odd(void **state)
{
    struct http_fixture *fixture = *state;
    serve(fixture);
    get(fixture, "just words, no head\r\n\r\n");
    get(fixture, "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nxxxxx");
    get(fixture, "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nxxxxx");
    get(fixture, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nxxxxx");
    get(fixture, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nxxxxx");
    get(fixture, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\nxxxxx");
    get(fixture, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nxxxxx");
    get(fixture, "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, gzip, gzip, gzip, gzip, gzip, gzip, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n");
    get(fixture, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nxxxxx");
    get(fixture, "HTTP/1.1 200 OK\r\nContent-Encoding: no-such\r\nContent-Length: 5\r\n\r\nxxxxx");
    get(fixture, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n");
    get(fixture, "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n");
    get(fixture, "HTTP/1.1 -1 Odd\r\nContent-Length: 0\r\n\r\n");
    get(fixture, "HTTP/1.1 407 Proxy\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n");
    get(fixture, "HTTP/1.1 401 No\r\nWWW-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n");
    get(fixture, "HTTP/2 200\r\nContent-Length: 0\r\n\r\n");
    get(fixture, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nDate: Fri, 31 Dec 9999 23:59:59 GMT\r\n\r\n");
}

static void http__ends_in_time__when_a_head_has_no_end(void **state)
{
    struct http_fixture *fixture = *state;
    char *many = malloc(1000000 + 100);
    serve(fixture);
    memcpy(many, "HTTP/1.1 200 OK\r\nX: ", 20);
    memset(many + 20, 'x', 1000000);
    many[1000020] = 0;
    get(fixture, many);
    size_t at = 17;
    while (at < 999000) at += (size_t)sprintf(many + at, "X-Header-Of-Some-Length: yes and so on and on and on\r\n");
    get(fixture, many);
    free(many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HTTP_TEST(http__reads_how_long_to_wait__when_the_number_is_odd),
        HTTP_TEST(http__ends_in_time__when_an_answer_is_odd),
        HTTP_TEST(http__ends_in_time__when_a_head_has_no_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
