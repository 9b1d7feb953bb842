/* Networks as they are: an authority of the house and a proxy, for both libraries; and
 * a proxy that goes away. */
#include "tests/wire/slack_peer.h"

static bool is_declared(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e1") > 0 &&
           slack_peer_number(peer,
                             "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL") == 0;
}

static bool has_socket(struct slack_peer *peer)
{
    return peer->socket_count > 0;
}

/* The name is known to the proxy alone: none of it went there directly. */
static struct slack_peer *declare(bool by_environment)
{
    struct slack_peer *peer =
        slack_peer_create_proxied("slack.elsewhere.test", by_environment);

    slack_peer_start(peer);
    slack_peer_await(peer, has_socket);
    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, is_declared);
    assert_non_null(strstr(server_connect_line(peer->server), "slack.elsewhere.test:"));
    assert_true(slack_peer_posts(peer, "inc-1") > 0);
    return peer;
}

static void road__goes_by_the_proxy__when_settings_name_it(void **state)
{
    (void)state;
    slack_peer_destroy(declare(false));
}

static void road__goes_by_the_proxy__when_the_environment_names_it(void **state)
{
    (void)state;
    slack_peer_destroy(declare(true));
    unsetenv("https_proxy");
}

static bool has_been_tried(struct slack_peer *peer)
{
    return peer->accepted_count > 1;
}

static bool is_back(struct slack_peer *peer)
{
    return slack_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE text = "
                                   "'said meanwhile'") == 1;
}

/* An hour in short: every attempt fails, nobody gives up, nothing is lost. */
static void road__is_found_again__when_the_proxy_was_gone(void **state)
{
    struct slack_peer *peer = declare(false);

    (void)state;
    snprintf(peer->said, sizeof(peer->said),
             "{\"type\":\"message\",\"user\":\"U2\",\"text\":\"said meanwhile\","
             "\"ts\":\"%ld.000001\"}",
             peer->clock_s + 1);
    slack_peer_leave(peer);
    peer->accepted_count = 0;
    slack_peer_await(peer, has_been_tried);
    assert_int_equal(ears_exit_status(peer->ears), 0);
    peer->is_away = false;
    slack_peer_await(peer, is_back);
    slack_peer_destroy(peer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(road__goes_by_the_proxy__when_settings_name_it),
        cmocka_unit_test(road__goes_by_the_proxy__when_the_environment_names_it),
        cmocka_unit_test(road__is_found_again__when_the_proxy_was_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
