/* What Slack has beside messages: there where it can be, and never in the way. */
#include "tests/wire/slack_state.h"

static struct slack_peer *declare(void **state, const char *method,
                                  enum slack_fault fault)
{
    slack_fault_once(*state, method, fault);
    return slack_declare(state);
}

static void bookmark__is_done_without__when_not_allowed(void **state)
{
    struct slack_peer *peer = declare(state, "bookmarks.add", FAULT_NOT_ALLOWED);

    assert_int_equal(slack_peer_calls(peer, "bookmarks.add"), 1);
    assert_string_equal(peer->bookmark, "");
    assert_int_equal(slack_buried_rows(peer), 0);
}

static void pin__is_done_without__when_tokens_may_not(void **state)
{
    struct slack_peer *peer = declare(state, "pins.add", FAULT_TOKEN_TYPE);

    assert_int_equal(slack_peer_calls(peer, "pins.add"), 1);
    assert_int_equal(slack_buried_rows(peer), 0);
}

static void bookmark__is_made_later__when_slack_asks_to_wait(void **state)
{
    struct slack_peer *peer = declare(state, "bookmarks.add", FAULT_429);

    assert_int_equal(slack_peer_calls(peer, "pins.add"), 1);
    assert_int_equal(slack_peer_calls(peer, "bookmarks.add"), 2);
    assert_non_null(strstr(peer->bookmark, "C0INC1 Headline https://acme.test/"));
}

static bool is_said(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e2") > 0 &&
           slack_peer_number(peer, "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL "
                                   "AND kind <> 'bookmark'") == 0;
}

/* Slack would have it wait for long: the next update goes out all the same. */
static void incident__goes_on__when_its_bookmark_waits(void **state)
{
    struct slack_peer *peer = *state;

    peer->fault_method = "bookmarks.add";
    peer->fault = FAULT_429;
    peer->fault_times = 1000;
    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_slash(peer, "e2", "t2", "update inc-1 in we look at it");
    slack_peer_await(peer, is_said);
    assert_true(slack_peer_calls(peer, "bookmarks.add") > 0);
    assert_string_equal(peer->bookmark, "");
    assert_int_equal(
        slack_peer_number(peer, "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL AND "
                                "kind = 'bookmark'"),
        1);
}

static int64_t waiting(struct slack_peer *peer, const char *kinds)
{
    return slack_peer_number(peer, arena_printf(peer->config->arena,
                                                "SELECT COUNT(*) FROM outbox WHERE "
                                                "done_ms IS NULL AND kind %s",
                                                kinds));
}

static bool is_title_put_off(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e2") > 0 &&
           waiting(peer, "= 'set-topic' AND attempts > 0") == 1;
}

static bool is_all_else_done(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e4") > 0 && waiting(peer, "= 'pin'") == 1 &&
           waiting(peer, "= 'amend'") > 0 && waiting(peer, "= 'set-topic'") == 1 &&
           waiting(peer, "NOT IN ('pin', 'amend', 'set-topic', 'bookmark')") == 0;
}

/* Each told to wait for long: what is said goes out all the same, and of the topics the
 * newest is kept. */
static void incident__goes_on__when_topic_pin_and_card_wait(void **state)
{
    struct slack_peer *peer = *state;

    peer->storms[0] =
        (struct slack_storm){.method = "pins.add", .times = 1000, .wait_s = 31};
    peer->storms[1] = (struct slack_storm){
        .method = "conversations.setTopic", .times = 1000, .wait_s = 31};
    peer->fault_method = "chat.update";
    peer->fault = FAULT_429;
    peer->fault_times = 1000;
    peer->wait_s = 31;
    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_slash(peer, "e2", "t2", "title inc-1 the disk is full");
    slack_peer_await(peer, is_title_put_off);
    slack_peer_slash(peer, "e3", "t3", "title inc-1 the disk is broken");
    slack_peer_slash(peer, "e4", "t4", "update inc-1 in we look at it");
    slack_peer_await(peer, is_all_else_done);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM outbox WHERE kind = "
                                             "'set-topic' AND body LIKE '%broken%'"),
                     1);
}

static void bookmark__is_not_made_twice__when_an_answer_was_lost(void **state)
{
    struct slack_peer *peer = declare(state, "bookmarks.add", FAULT_DROP_AFTER);

    assert_int_equal(slack_peer_calls(peer, "bookmarks.add"), 1);
    assert_non_null(strstr(peer->bookmark, "C0INC1 Headline https://acme.test/"));
}

/* Nine posts to one channel, a second each: drafted once. */
static int setup_draft(void **state)
{
    struct slack_peer *peer;

    (void)slack_setup(state);
    peer = declare(state, NULL, FAULT_NONE);
    slack_peer_slash(peer, "e2", "t2", "resolve inc-1 the disk was full");
    slack_peer_slash(peer, "e3", "t3", "retro inc-1");
    slack_peer_await(peer, slack_is_third_done);
    return 0;
}

static char drafted[24];

/* The same file once more, with what the test has set up since; what is typed has the
 * courier look. Nothing was called before. */
static void draft_on(struct slack_peer *peer)
{
    static int drafts;
    struct err err;

    peer->call_count = peer->post_count = 0;
    *peer->file_channel = '\0';
    snprintf(drafted, sizeof(drafted), "d%d", ++drafts);
    assert_true(
        store_run(&peer->store, NULL, &err,
                  "INSERT INTO outbox (adapter, lane, kind, incident_id, body, "
                  "created_ms, due_ms) SELECT adapter, lane, kind, incident_id, "
                  "body, $1, $1 FROM outbox WHERE kind = 'upload' LIMIT 1",
                  DB_ARGS(DB_INT(ear_now_ms(peer->ears)))));
    slack_peer_slash(peer, drafted, drafted, "help");
}

static bool is_drafted(struct slack_peer *peer)
{
    return slack_peer_acks(peer, drafted) > 0 && slack_is_idle(peer);
}

static struct slack_peer *draft(void **state, const char *method,
                                enum slack_fault fault)
{
    struct slack_peer *peer = *state;

    slack_fault_once(peer, method, fault);
    peer->unseen = 0;
    draft_on(peer);
    slack_peer_await(peer, is_drafted);
    return peer;
}

static void retrospective__is_a_file__when_drafted(void **state)
{
    struct slack_peer *peer = *state;

    assert_string_equal(peer->file, "retrospective-inc-1.md");
    assert_string_equal(peer->file_channel, "C0INC1");
    assert_non_null(strstr(peer->file_text, "db is down"));
}

static void file__is_done_without__when_not_allowed(void **state)
{
    struct slack_peer *peer =
        draft(state, "files.getUploadURLExternal", FAULT_UNKNOWN_METHOD);

    assert_string_equal(peer->file_channel, "");
    assert_int_equal(slack_buried_rows(peer), 0);
}

/* The first two calls show nothing: what became of them does not matter. */
static void file__is_shown_once__when_an_answer_was_lost(void **state)
{
    struct slack_peer *peer =
        draft(state, "files.getUploadURLExternal", FAULT_500_AFTER);

    assert_int_equal(slack_peer_calls(peer, "files.completeUploadExternal"), 1);
    assert_string_equal(peer->file_channel, "C0INC1");
}

static bool is_said_aloud(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e3") > 0;
}

static bool is_pinned(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e4") > 0 && slack_is_idle(peer);
}

static bool is_unpinned(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e5") > 0 && slack_is_idle(peer);
}

static void pin(struct slack_peer *peer, const char *envelope, const char *type,
                const char *user)
{
    char frame[500];

    snprintf(
        frame, sizeof(frame),
        "{\"envelope_id\":\"%s\",\"type\":\"events_api\",\"payload\":{\"event_id\":"
        "\"%s\",\"event\":{\"type\":\"%s\",\"user\":\"%s\",\"channel_id\":\"C0INC1\","
        "\"item\":{\"type\":\"message\",\"created_by\":\"U1\",\"message\":{\"ts\":"
        "\"1795351233.000100\"}}}}}",
        envelope, envelope, type, user);
    slack_peer_send(peer, frame);
}

static void message__is_a_key_moment__while_it_is_pinned(void **state)
{
    struct slack_peer *peer = declare(state, NULL, FAULT_NONE);

    slack_peer_say(peer, "e3", "C0INC1", "1795351233.000100", "it is the disk");
    slack_peer_await(peer, is_said_aloud);
    pin(peer, "e4", "pin_added", "U1");
    slack_peer_await(peer, is_pinned);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM timeline_pins"), 1);
    assert_int_equal(slack_peer_posts(peer, "Key moment"), 1);
    pin(peer, "e5", "pin_removed", "U2");
    slack_peer_await(peer, is_unpinned);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM timeline_pins"), 0);
}

static size_t files_shown(struct slack_peer *peer)
{
    size_t count = 0;

    for (size_t i = 0; i < peer->post_count; i++) {
        count += peer->posts[i].file[0] != '\0' ? 1 : 0;
    }
    return count;
}

/* The third call shows it: once it took effect it may not be made again. */
static void file__is_looked_for__when_its_showing_was_not_answered(void **state)
{
    struct slack_peer *peer =
        draft(state, "files.completeUploadExternal", FAULT_DROP_AFTER);

    assert_int_equal(files_shown(peer), 1);
    assert_int_equal(slack_peer_calls(peer, "files.completeUploadExternal"), 1);
    assert_int_equal(slack_buried_rows(peer), 0);
}

static void file__is_sent_again__when_its_showing_came_to_nothing(void **state)
{
    struct slack_peer *peer = draft(state, "files.completeUploadExternal", FAULT_500);

    assert_int_equal(files_shown(peer), 1);
    assert_int_equal(slack_peer_calls(peer, "files.completeUploadExternal"), 2);
}

static bool is_asked_for(struct slack_peer *peer)
{
    return slack_peer_calls(peer, "files.info") > 0;
}

/* A draft whose file Slack does not show at once, though it says yes. */
static struct slack_peer *draft_unseen(void **state, int unseen)
{
    struct slack_peer *peer = *state;

    peer->unseen = unseen;
    draft_on(peer);
    slack_peer_await(peer, is_asked_for);
    return peer;
}

static void file__is_waited_for__until_it_is_shown(void **state)
{
    struct slack_peer *peer = draft_unseen(state, 2);

    slack_peer_await(peer, is_drafted);
    assert_int_equal(slack_peer_calls(peer, "files.info"), 3);
    assert_int_equal(slack_peer_calls(peer, "files.completeUploadExternal"), 1);
}

static bool is_asked_often(struct slack_peer *peer)
{
    return slack_peer_calls(peer, "files.info") >= 4;
}

static bool is_sought(struct slack_peer *peer)
{
    return slack_peer_calls(peer, "conversations.history") > 0 && slack_is_idle(peer);
}

/* Then it is looked for where it should be, before it is sent anew. */
static void file__is_looked_for__when_slack_does_not_say_where_it_is(void **state)
{
    struct slack_peer *peer = draft_unseen(state, 1000);

    slack_peer_await(peer, is_asked_often);
    slack_peer_await(peer, is_sought);
    assert_int_equal(slack_peer_calls(peer, "files.info"), 6);
    assert_int_equal(files_shown(peer), 1);
    assert_int_equal(slack_peer_calls(peer, "files.completeUploadExternal"), 1);
    assert_int_equal(slack_buried_rows(peer), 0);
}

static void file__is_taken_as_shown__when_we_may_not_ask(void **state)
{
    struct slack_peer *peer = *state;

    slack_says(peer, "files.info", "missing_scope", 1);
    (void)draft_unseen(state, 1000);
    slack_peer_await(peer, is_drafted);
    assert_int_equal(slack_peer_calls(peer, "files.info"), 1);
    assert_int_equal(slack_buried_rows(peer), 0);
}

#define COMFORT_TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, slack_setup, slack_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMFORT_TEST(bookmark__is_done_without__when_not_allowed),
        COMFORT_TEST(pin__is_done_without__when_tokens_may_not),
        COMFORT_TEST(bookmark__is_made_later__when_slack_asks_to_wait),
        COMFORT_TEST(incident__goes_on__when_its_bookmark_waits),
        COMFORT_TEST(incident__goes_on__when_topic_pin_and_card_wait),
        COMFORT_TEST(bookmark__is_not_made_twice__when_an_answer_was_lost),
        COMFORT_TEST(message__is_a_key_moment__while_it_is_pinned),
    };
    const struct CMUnitTest files[] = {
        cmocka_unit_test(retrospective__is_a_file__when_drafted),
        cmocka_unit_test(file__is_done_without__when_not_allowed),
        cmocka_unit_test(file__is_shown_once__when_an_answer_was_lost),
        cmocka_unit_test(file__is_looked_for__when_its_showing_was_not_answered),
        cmocka_unit_test(file__is_sent_again__when_its_showing_came_to_nothing),
        cmocka_unit_test(file__is_waited_for__until_it_is_shown),
        cmocka_unit_test(file__is_looked_for__when_slack_does_not_say_where_it_is),
        cmocka_unit_test(file__is_taken_as_shown__when_we_may_not_ask),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    return failed + cmocka_run_group_tests(files, setup_draft, slack_teardown);
}
