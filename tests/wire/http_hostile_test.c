/* Answers no decent server gives: numbers that mean nothing, bodies and heads without
 * end, a little that unpacks to very much. Each is told of in one of the ways http.h
 * names, in time. */
#include "tests/wire/http_fixture.h"

#define OK   "HTTP/1.1 200 OK\r\n"
#define MANY 1000000

static const char *says;
static size_t says_bytes;

static void on_request(void *arg, struct server_peer *peer,
                       const struct server_request *request)
{
    struct http_fixture *fixture = arg;
    (void)request;
    fixture->requests++;
    server_write(peer, says, says_bytes);
}

static void serve(struct http_fixture *fixture)
{
    static const struct server_script script = {.request = on_request};
    struct server_settings settings = {.authority = NULL};
    struct net_settings net = {.proxy = "", .no_proxy = ""};
    fixture->server = server_create(fixture->wire.loop, &settings, &script, fixture);
    http_fixture_connect(fixture, &net);
}

static enum http_outcome get_bytes(struct http_fixture *fixture, const char *answer,
                                   size_t length)
{
    says = answer;
    says_bytes = length;
    fixture->awaited = fixture->answers + 1;
    http_fixture_get(
        fixture, wire_url(&fixture->wire, "http", "127.0.0.1", fixture->server, "/"),
        500);
    assert_int_equal(fixture->requests, fixture->answers);
    return fixture->answer.outcome;
}

static enum http_outcome get(struct http_fixture *fixture, const char *answer)
{
    return get_bytes(fixture, answer, strlen(answer));
}

static void http__tells_how_long_to_wait__when_the_number_is_odd(void **state)
{
    static const struct {
        const char *value;
        int64_t wait_ms;
    } odd[] = {
        {"9223372036854775807", 86400000},
        {"Fri, 31 Dec 9999 23:59:59 GMT", 86400000},
        {"Sun, 06 Nov 1994 08:49:37 GMT", 0},
        {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
        {"-9223372036854775808", 0},
        {"-1", 0},
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
        assert_int_equal(get(fixture, answer), HTTP_ANSWERED);
        assert_int_equal(fixture->answer.retry_after_ms, odd[i].wait_ms);
    }
}

static void http__ends__when_an_answer_is_odd(void **state)
{
    static const struct {
        enum http_outcome outcome;
        const char *answer;
    } odd[] = {
        {HTTP_LOST, "just words, no head\r\n\r\n"},
        {HTTP_LOST, "HTTP/1.1 -1 Odd\r\nContent-Length: 0\r\n\r\n"},
        {HTTP_LOST, OK "Content-Length: -5\r\n\r\nxxxxx"},
        {HTTP_LOST, OK "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx"},
        {HTTP_LOST, OK "Transfer-Encoding: chunked\r\n\r\nzz\r\nx"},
        {HTTP_LOST, OK "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nxxxxx"},
        {HTTP_LOST, OK "Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip\r\n"
                       "Content-Length: 5\r\n\r\nxxxxx"},
        {HTTP_TIMED_OUT, OK "Content-Length: 99999999999999999999\r\n\r\nxxxxx"},
        {HTTP_TIMED_OUT, OK "Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\nx"},
        {HTTP_TIMED_OUT, "HTTP/1.1 100 Go on\r\n\r\nHTTP/1.1 103 Hints\r\n\r\n"},
        {HTTP_ANSWERED, "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n"},
    };
    struct http_fixture *fixture = *state;
    serve(fixture);
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        assert_int_equal(get(fixture, odd[i].answer), odd[i].outcome);
        assert_string_equal(fixture->body, "");
    }
}

static void http__ends__when_a_head_has_no_end(void **state)
{
    struct http_fixture *fixture = *state;
    char *head = malloc(MANY);
    size_t at = strlen(OK);
    assert_non_null(head);
    serve(fixture);
    memset(head, 'x', MANY);
    for (size_t i = 0; i < at; i++) {
        head[i] = OK[i];
    }
    assert_int_equal(get_bytes(fixture, head, MANY), HTTP_LOST); /* one header */
    while (at + 20 < MANY) {
        at += (size_t)sprintf(head + at, "And: so on\r\n");
    }
    assert_int_equal(get_bytes(fixture, head, at), HTTP_LOST); /* many */
    free(head);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HTTP_TEST(http__tells_how_long_to_wait__when_the_number_is_odd),
        HTTP_TEST(http__ends__when_an_answer_is_odd),
        HTTP_TEST(http__ends__when_a_head_has_no_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
