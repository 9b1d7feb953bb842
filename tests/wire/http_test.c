#include "tests/wire/http_fixture.h"

static void http__posts_and_reads_the_answer(void **state)
{
    struct http_fixture *fixture = *state;
    char type[64];
    http_fixture_start(fixture, false);
    http_fixture_post(fixture, "/api/chat.postMessage");
    assert_int_equal(fixture->answer.outcome, HTTP_ANSWERED);
    assert_true(fixture->answer.may_have_arrived);
    assert_int_equal(fixture->answer.status, 200);
    assert_string_equal(fixture->body, "{\"ok\":true}");
    assert_string_equal(fixture->type, "application/json");
    assert_string_equal(fixture->problem, "");
    assert_int_equal(fixture->answer.retry_after_ms, 0);
    assert_non_null(strstr(fixture->heard, "POST /api/chat.postMessage\n"));
    assert_string_equal(fixture->heard_body, "{\"text\":\"hi\"}");
    assert_string_equal(fixture->authorization, "Bearer xoxb-secret");
    struct server_request heard = {.head = strchr(fixture->heard, '\n') + 1};
    assert_true(server_header(&heard, "Content-Type", type, sizeof(type)));
    assert_string_equal(type, "application/json; charset=utf-8");
    assert_false(server_header(&heard, "Expect", type, sizeof(type)));
}

static void http__keeps_the_connection_for_the_next_request(void **state)
{
    struct http_fixture *fixture = *state;
    http_fixture_start(fixture, false);
    for (int i = 1; i <= 3; i++) {
        fixture->awaited = i;
        http_fixture_post(fixture, "/");
    }
    assert_int_equal(fixture->requests, 3);
    assert_int_equal(server_accepted(fixture->server), 1);
}

static void http__answers_over_tls_when_the_authority_is_known(void **state)
{
    struct http_fixture *fixture = *state;
    http_fixture_start(fixture, true);
    http_fixture_get(
        fixture, wire_url(&fixture->wire, "https", "good.test", fixture->server, "/"),
        0);
    assert_string_equal(fixture->problem, "");
    assert_int_equal(fixture->answer.outcome, HTTP_ANSWERED);
    assert_string_equal(fixture->body, "{\"ok\":true}");
}

static void http__reads_retry_after(void **state)
{
    struct http_fixture *fixture = *state;
    http_fixture_start(fixture, false);
    fixture->status = 429;
    fixture->retry_headers = "Retry-After: 30\r\n";
    fixture->says = "{\"ok\":false,\"error\":\"ratelimited\"}";
    http_fixture_post(fixture, "/api/conversations.create");
    assert_int_equal(fixture->answer.outcome, HTTP_ANSWERED);
    assert_int_equal(fixture->answer.status, 429);
    assert_int_equal(fixture->answer.retry_after_ms, 30000);
    assert_string_equal(fixture->body, "{\"ok\":false,\"error\":\"ratelimited\"}");
}

static void http__reaches_https_by_the_proxy(void **state)
{
    struct http_fixture *fixture = *state;
    char proxy[64];
    struct server_settings serving = {
        .authority = fixture->wire.authority, .name = "good.test", .is_proxy = true};
    fixture->server =
        server_create(fixture->wire.loop, &serving, &http_fixture_script, fixture);
    snprintf(proxy, sizeof(proxy), "http://me:p%%40ss@127.0.0.1:%u",
             server_port(fixture->server));
    struct net_settings settings = {.ca_file = authority_file(fixture->wire.authority),
                                    .proxy = proxy,
                                    .no_proxy = ""};
    http_fixture_connect(fixture, &settings);
    http_fixture_get(fixture, "https://good.test:444/", 0);
    assert_string_equal(fixture->problem, "");
    assert_int_equal(fixture->answer.outcome, HTTP_ANSWERED);
    assert_string_equal(server_connect_line(fixture->server),
                        "good.test:444 Basic bWU6cEBzcw=="); /* me:p@ss */
}

static void on_never(void *arg, const struct http_answer *answer)
{
    (void)arg, (void)answer;
    fail_msg("a cancelled request was answered");
}

static void http__forgets_what_is_cancelled(void **state)
{
    struct http_fixture *fixture = *state;
    struct http_request request = {.body = "x", .body_bytes = 1};
    http_fixture_start(fixture, false);
    request.url = wire_url(&fixture->wire, "http", "127.0.0.1", fixture->server, "/");
    http_cancel(http_send(fixture->http, &request, on_never, fixture));
    request.url = "ftp://refused/";
    http_cancel(http_send(fixture->http, &request, on_never, fixture));
    http_fixture_post(fixture, "/");
    assert_int_equal(fixture->answers, 1);
}

static void on_chain(void *arg, const struct http_answer *answer)
{
    struct http_fixture *fixture = arg;
    struct http_request request = {.url = fixture->wire.url};
    assert_int_equal(answer->outcome, HTTP_ANSWERED);
    http_send(fixture->http, &request, http_fixture_answered, fixture);
}

static void http__sends_again_from_inside_an_answer(void **state)
{
    struct http_fixture *fixture = *state;
    struct http_request request = {0};
    http_fixture_start(fixture, false);
    request.url = wire_url(&fixture->wire, "http", "127.0.0.1", fixture->server, "/");
    http_send(fixture->http, &request, on_chain, fixture);
    wire_run(&fixture->wire);
    assert_int_equal(fixture->requests, 2);
}

/* The http_fixture_teardown ends in uv_loop_close == 0, or aborts; the leak checker
 * sees the rest.
 */
static void http__ends_with_requests_under_way(void **state)
{
    struct http_fixture *fixture = *state;
    struct http_request request = {.body = "x", .body_bytes = 1};
    http_fixture_start(fixture, false);
    http_fixture_post(fixture, "/");
    fixture->says = NULL;
    request.url = wire_url(&fixture->wire, "http", "127.0.0.1", fixture->server, "/");
    for (int i = 0; i < 3; i++) {
        http_send(fixture->http, &request, on_never, fixture);
    }
    request.url = "https://two.test:1/";
    http_send(fixture->http, &request, on_never, fixture);
    request.url = "ftp://refused/";
    http_send(fixture->http, &request, on_never, fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HTTP_TEST(http__posts_and_reads_the_answer),
        HTTP_TEST(http__keeps_the_connection_for_the_next_request),
        HTTP_TEST(http__answers_over_tls_when_the_authority_is_known),
        HTTP_TEST(http__reads_retry_after),
        HTTP_TEST(http__reaches_https_by_the_proxy),
        HTTP_TEST(http__forgets_what_is_cancelled),
        HTTP_TEST(http__sends_again_from_inside_an_answer),
        HTTP_TEST(http__ends_with_requests_under_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
