#include "tests/wire/http_fixture.h"

static void http__refuses_a_certificate_of_another_name(void **state)
{
    struct http_fixture *fixture = *state;
    http_fixture_start(fixture, true);
    http_fixture_get(
        fixture, wire_url(&fixture->wire, "https", "evil.test", fixture->server, "/"),
        0);
    assert_int_equal(fixture->answer.outcome, HTTP_NO_TRUST);
    assert_false(fixture->answer.may_have_arrived);
    assert_int_equal(fixture->requests, 0);
    assert_non_null(strstr(fixture->problem, "no trust in evil.test: SSL"));
}

static void http__refuses_an_unknown_authority(void **state)
{
    struct http_fixture *fixture = *state;
    struct net_settings settings = {.proxy = ""};
    http_fixture_serve(fixture, "good.test");
    http_fixture_connect(fixture, &settings);
    http_fixture_get(
        fixture, wire_url(&fixture->wire, "https", "good.test", fixture->server, "/"),
        0);
    assert_int_equal(fixture->answer.outcome, HTTP_NO_TRUST);
    assert_false(fixture->answer.may_have_arrived);
    assert_int_equal(fixture->requests, 0);
}

static void http__tells_a_missing_authority_file_at_once(void **state)
{
    struct http_fixture *fixture = *state;
    struct net_settings settings = {.ca_file = "/nowhere/authority.pem"};
    struct err err;
    assert_false(http_create(&fixture->http, fixture->wire.loop, &settings, &err));
    assert_int_equal(err.kind, ERR_GONE);
    assert_non_null(strstr(err.text, "/nowhere/authority.pem"));
}

static void http__takes_the_second_address_when_the_first_refuses(void **state)
{
    struct http_fixture *fixture = *state;
    http_fixture_start(fixture, true);
    server_destroy(fixture->server);
    http_fixture_serve(fixture, "two.test");
    http_fixture_get(
        fixture, wire_url(&fixture->wire, "https", "two.test", fixture->server, "/"),
        0);
    assert_int_equal(fixture->answer.outcome, HTTP_ANSWERED);
}

static void http__follows_no_redirect(void **state)
{
    struct http_fixture *fixture = *state;
    http_fixture_start(fixture, false);
    fixture->status = 302;
    fixture->retry_headers = "Location: http://127.0.0.1:1/steal\r\n";
    http_fixture_post(fixture, "/");
    assert_int_equal(fixture->answer.outcome, HTTP_ANSWERED);
    assert_int_equal(fixture->answer.status, 302);
    assert_int_equal(fixture->requests, 1);
}

static void http__is_sure_nothing_was_sent_when_nobody_listens(void **state)
{
    struct http_fixture *fixture = *state;
    char url[64];
    http_fixture_start(fixture, false);
    snprintf(url, sizeof(url), "http://127.0.0.1:%u/hook/secret", wire_dead_port());
    http_fixture_get(fixture, url, 0);
    assert_int_equal(fixture->answer.outcome, HTTP_NO_CONNECT);
    assert_false(fixture->answer.may_have_arrived);
    assert_string_equal(fixture->problem, "could not connect to 127.0.0.1");
}

static void http__is_sure_nothing_was_sent_when_no_name_is_found(void **state)
{
    struct http_fixture *fixture = *state;
    http_fixture_start(fixture, false);
    http_fixture_get(fixture, "https://none.test/", 0);
    assert_int_equal(fixture->answer.outcome, HTTP_NO_NAME);
    assert_false(fixture->answer.may_have_arrived);
}

static void http__gives_up_on_a_black_hole(void **state)
{
    struct http_fixture *fixture = *state;
    char url[64];
    int fds[3];
    http_fixture_start(fixture, false);
    snprintf(url, sizeof(url), "http://127.0.0.1:%u/",
             wire_full_port("127.0.0.1", 0, fds));
    http_fixture_get(fixture, url, 200);
    wire_close_full(fds);
    assert_int_equal(fixture->answer.outcome, HTTP_TIMED_OUT);
    assert_false(fixture->answer.may_have_arrived);
}

static void http__does_not_wait_for_a_look_up_given_up(void **state)
{
    struct http_fixture *fixture = *state;
    http_fixture_start(fixture, false);
    http_fixture_get(fixture, "https://slow.test/",
                     200); /* the run's deadline is the test */
    assert_int_equal(fixture->answer.outcome, HTTP_TIMED_OUT);
    assert_false(fixture->answer.may_have_arrived);
    names_release();
}

static void http__does_not_know_when_the_answer_is_lost(void **state)
{
    struct http_fixture *fixture = *state;
    http_fixture_start(fixture, false);
    fixture->cut_at = 1;
    http_fixture_post(fixture, "/");
    assert_int_equal(fixture->answer.outcome, HTTP_LOST);
    assert_true(fixture->answer.may_have_arrived);
    assert_int_equal(fixture->requests, 1);
}

static void http__does_not_know_when_the_answer_is_late(void **state)
{
    struct http_fixture *fixture = *state;
    struct http_request request = {.body = "x", .body_bytes = 1, .timeout_ms = 200};
    http_fixture_start(fixture, false);
    fixture->says = NULL;
    request.url = wire_url(&fixture->wire, "http", "127.0.0.1", fixture->server, "/");
    http_send(fixture->http, &request, http_fixture_answered, fixture);
    wire_run(&fixture->wire);
    assert_int_equal(fixture->answer.outcome, HTTP_TIMED_OUT);
    assert_true(fixture->answer.may_have_arrived);
}

/* The second request rides on the kept connection; curl would repeat it by itself. */
static void http__sends_no_post_twice_by_itself(void **state)
{
    struct http_fixture *fixture = *state;
    http_fixture_start(fixture, false);
    http_fixture_post(fixture, "/first");
    fixture->awaited = 2;
    fixture->cut_at = 2;
    http_fixture_post(fixture, "/second");
    assert_int_equal(fixture->requests, 2);
    assert_int_equal(fixture->answer.outcome, HTTP_LOST);
    assert_true(fixture->answer.may_have_arrived);
}

static void http__repeats_a_read_on_a_dead_connection(void **state)
{
    struct http_fixture *fixture = *state;
    struct http_request request = {.may_repeat = true};
    http_fixture_start(fixture, false);
    http_fixture_post(fixture, "/first");
    fixture->awaited = 2;
    fixture->cut_at = 2;
    request.url = wire_url(&fixture->wire, "http", "127.0.0.1", fixture->server, "/");
    http_send(fixture->http, &request, http_fixture_answered, fixture);
    wire_run(&fixture->wire);
    assert_int_equal(fixture->requests, 3);
    assert_int_equal(fixture->answer.outcome, HTTP_ANSWERED);
}

static void http__refuses_a_body_over_the_limit(void **state)
{
    struct http_fixture *fixture = *state;
    struct http_request request = {.max_bytes = 10};
    http_fixture_start(fixture, false);
    request.url = wire_url(&fixture->wire, "http", "127.0.0.1", fixture->server, "/");
    http_send(fixture->http, &request, http_fixture_answered, fixture);
    wire_run(&fixture->wire);
    assert_int_equal(fixture->answer.outcome, HTTP_TOO_BIG);
    assert_int_equal(fixture->answer.status, 200);
    assert_string_equal(fixture->body, "");
    request.max_bytes = strlen(fixture->says);
    fixture->awaited = 2;
    http_send(fixture->http, &request, http_fixture_answered, fixture);
    wire_run(&fixture->wire);
    assert_int_equal(fixture->answer.outcome, HTTP_ANSWERED);
}

static void http__sends_plain_text_to_no_other_machine(void **state)
{
    struct http_fixture *fixture = *state;
    http_fixture_start(fixture, false);
    http_fixture_get(fixture, "http://good.test/hook/secret", 0);
    assert_int_equal(fixture->answer.outcome, HTTP_REFUSED);
    assert_false(fixture->answer.may_have_arrived);
    assert_non_null(strstr(fixture->problem, "good.test is another machine"));
    assert_null(strstr(fixture->problem, "secret"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HTTP_TEST(http__refuses_a_certificate_of_another_name),
        HTTP_TEST(http__refuses_an_unknown_authority),
        HTTP_TEST(http__tells_a_missing_authority_file_at_once),
        HTTP_TEST(http__takes_the_second_address_when_the_first_refuses),
        HTTP_TEST(http__follows_no_redirect),
        HTTP_TEST(http__is_sure_nothing_was_sent_when_nobody_listens),
        HTTP_TEST(http__is_sure_nothing_was_sent_when_no_name_is_found),
        HTTP_TEST(http__gives_up_on_a_black_hole),
        HTTP_TEST(http__does_not_wait_for_a_look_up_given_up),
        HTTP_TEST(http__does_not_know_when_the_answer_is_lost),
        HTTP_TEST(http__does_not_know_when_the_answer_is_late),
        HTTP_TEST(http__sends_no_post_twice_by_itself),
        HTTP_TEST(http__repeats_a_read_on_a_dead_connection),
        HTTP_TEST(http__refuses_a_body_over_the_limit),
        HTTP_TEST(http__sends_plain_text_to_no_other_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
