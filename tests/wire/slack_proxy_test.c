/* Networks as they are: an authority of the house and a proxy, for both libraries; and
 * a proxy that goes away. */
#include <unistd.h>

#include "tests/wire/slack_state.h"

/* The name is known to the proxy alone: none of it went there directly. */
static struct slack_peer *declare(bool by_environment)
{
    struct slack_peer *peer =
        slack_peer_create_proxied("slack.elsewhere.test", by_environment);

    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
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

/* ---- the proxy goes away */

static FILE *logged; /* in the place of standard error */
static int kept;

static void log_begin(void)
{
    logged = tmpfile();
    kept = dup(2);
    assert_non_null(logged);
    assert_true(dup2(fileno(logged), 2) >= 0);
}

/* Lines about the platform that say `state`. */
static size_t log_end(const char *state)
{
    char line[2048];
    size_t count = 0;

    fflush(stderr);
    assert_true(dup2(kept, 2) >= 0);
    close(kept);
    rewind(logged);
    while (fgets(line, sizeof(line), logged) != NULL) {
        count +=
            strstr(line, "what=\"platform\"") != NULL && strstr(line, state) != NULL;
    }
    fclose(logged);
    return count;
}

static bool is_refused(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e2") > 0 && peer->storms[0].refused > 0;
}

static bool has_been_tried(struct slack_peer *peer)
{
    return peer->accepted_count > 1;
}

static bool is_back(struct slack_peer *peer)
{
    return slack_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE text = "
                                   "'said meanwhile'") == 1 &&
           slack_peer_number(peer,
                             "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL") == 0;
}

/* An incident with something to say, which did not get out before the proxy went. */
static struct slack_peer *lose_the_proxy(void)
{
    struct slack_peer *peer = declare(false);

    snprintf(peer->said, sizeof(peer->said),
             "{\"type\":\"message\",\"user\":\"U2\",\"text\":\"said meanwhile\","
             "\"ts\":\"%ld.000001\"}",
             peer->clock_s + 1);
    peer->storms[0] =
        (struct slack_storm){.method = "chat.postMessage", .times = 1, .wait_s = 1};
    slack_peer_send(peer,
                    "{\"envelope_id\":\"e2\",\"type\":\"slash_commands\",\"payload\":"
                    "{\"command\":\"/incident\",\"text\":\"severity sev1\","
                    "\"user_id\":\"U1\",\"channel_id\":\"C0INC1\",\"trigger_id\":"
                    "\"t2\"}}");
    slack_peer_await(peer, is_refused);
    slack_peer_leave(peer);
    peer->accepted_count = 0;
    return peer;
}

/* The hour in short: tries grow rare (how rare over an hour is slack_door's test),
 * nobody gives up, it is said once, and all is there once when the proxy is back. */
static void road__is_found_again__when_the_proxy_was_gone(void **state)
{
    struct slack_peer *peer = lose_the_proxy();

    (void)state;
    log_begin();
    slack_peer_await(peer, has_been_tried);
    wire_run_ms(&peer->wire, 2000);
    assert_in_range(peer->accepted_count, 2, 12);
    assert_int_equal(ears_exit_status(peer->ears), 0);
    assert_int_equal(slack_peer_posts(peer, "Severity: sev1"), 0);
    assert_true(slack_peer_number(
                    peer, "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL") > 0);
    assert_int_equal(log_end("state=down"), 1);
    log_begin();
    peer->is_away = false;
    slack_peer_await(peer, slack_has_two_sockets);
    slack_peer_await(peer, is_back);
    assert_int_equal(log_end("state=up"), 1);
    assert_int_equal(slack_peer_posts(peer, "Severity: sev1"), 1);
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
