/* The whole road over IPv6: requests and the WebSocket, to an address in brackets and,
 * over TLS, to a name that has no other address. */
#include "tests/wire/slack_state.h"

static void walk(const char *name, const char *address)
{
    struct slack_peer *peer = slack_peer_create(name, address);
    char host[40];

    if (peer == NULL) {
        print_message("skipped: this machine has no ::1\n");
        skip();
    }
    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
    snprintf(host, sizeof(host), "%s:%u", address, server_port(peer->server));
    assert_string_equal(peer->host, host);
    assert_true(slack_peer_posts(peer, "inc-1") > 0);
    slack_peer_destroy(peer);
}

static void road__works__when_slack_is_on_v6(void **state)
{
    (void)state;
    walk(NULL, "[::1]");
}

static void road__works__when_slack_is_on_v6_and_secure(void **state)
{
    (void)state;
    walk("six.test", "six.test");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(road__works__when_slack_is_on_v6),
        cmocka_unit_test(road__works__when_slack_is_on_v6_and_secure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
