/* What Slack has beside messages: there where it can be, and never in the way. */
#include "tests/wire/slack_peer.h"

static int setup(void **state)
{
    *state = slack_peer_create(NULL, "127.0.0.1");
    return 0;
}

static int teardown(void **state)
{
    slack_peer_destroy(*state);
    return 0;
}

static bool is_up(struct slack_peer *peer)
{
    return peer->socket_count > 0;
}

static bool is_idle(struct slack_peer *peer)
{
    return slack_peer_number(peer, "SELECT COUNT(*) FROM outbox WHERE done_ms IS "
                                   "NULL") == 0;
}

static bool is_declared(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e1") > 0 && is_idle(peer);
}

static bool is_drafted(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e3") > 0 && is_idle(peer);
}

static struct slack_peer *declare(void **state, const char *method,
                                  enum slack_fault fault)
{
    struct slack_peer *peer = *state;

    peer->fault_method = method;
    peer->fault = fault;
    peer->fault_times = method == NULL ? 0 : 1;
    slack_peer_start(peer);
    slack_peer_await(peer, is_up);
    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, is_declared);
    return peer;
}

static int64_t buried_rows(struct slack_peer *peer)
{
    return slack_peer_number(
        peer, "SELECT COUNT(*) FROM outbox WHERE buried_why IS NOT NULL");
}

static void bookmark__is_done_without__when_not_allowed(void **state)
{
    struct slack_peer *peer = declare(state, "bookmarks.add", FAULT_UNKNOWN_METHOD);

    assert_int_equal(slack_peer_calls(peer, "bookmarks.add"), 1);
    assert_string_equal(peer->bookmark, "");
    assert_int_equal(buried_rows(peer), 0);
}

static void bookmark__holds_up_nothing__when_slack_asks_to_wait(void **state)
{
    struct slack_peer *peer = declare(state, "bookmarks.add", FAULT_429);

    assert_int_equal(slack_peer_calls(peer, "pins.add"), 1);
    assert_int_equal(slack_peer_calls(peer, "bookmarks.add"), 1);
}

/* The pin was there, so the bookmark may be. */
static void bookmark__is_not_made_twice__when_an_answer_was_lost(void **state)
{
    struct slack_peer *peer = declare(state, "pins.add", FAULT_DROP_AFTER);

    assert_int_equal(slack_peer_calls(peer, "pins.add"), 2);
    assert_int_equal(slack_peer_calls(peer, "bookmarks.add"), 0);
}

static void draft(struct slack_peer *peer)
{
    slack_peer_slash(peer, "e2", "t2", "resolve inc-1 the disk was full");
    slack_peer_slash(peer, "e3", "t3", "retro inc-1");
    slack_peer_await(peer, is_drafted);
}

static void retrospective__is_a_file__when_drafted(void **state)
{
    struct slack_peer *peer = declare(state, NULL, FAULT_NONE);

    draft(peer);
    assert_string_equal(peer->file, "retrospective-inc-1.md");
    assert_string_equal(peer->file_channel, "C0INC1");
    assert_non_null(strstr(peer->file_text, "db is down"));
}

static void file__is_done_without__when_not_allowed(void **state)
{
    struct slack_peer *peer =
        declare(state, "files.getUploadURLExternal", FAULT_UNKNOWN_METHOD);

    draft(peer);
    assert_string_equal(peer->file_channel, "");
    assert_int_equal(buried_rows(peer), 0);
}

/* The first two calls show nothing: what became of them does not matter. */
static void file__is_shown_once__when_an_answer_was_lost(void **state)
{
    struct slack_peer *peer =
        declare(state, "files.getUploadURLExternal", FAULT_500_AFTER);

    draft(peer);
    assert_int_equal(slack_peer_calls(peer, "files.completeUploadExternal"), 1);
    assert_string_equal(peer->file_channel, "C0INC1");
}

#define COMFORT_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMFORT_TEST(bookmark__is_done_without__when_not_allowed),
        COMFORT_TEST(bookmark__holds_up_nothing__when_slack_asks_to_wait),
        COMFORT_TEST(bookmark__is_not_made_twice__when_an_answer_was_lost),
        COMFORT_TEST(retrospective__is_a_file__when_drafted),
        COMFORT_TEST(file__is_done_without__when_not_allowed),
        COMFORT_TEST(file__is_shown_once__when_an_answer_was_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
