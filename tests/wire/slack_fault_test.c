/* Nothing lost, nothing posted twice: whatever the network and Slack do. */
#include "bot/base/time.h"
#include "tests/wire/slack_state.h"

/* No post of ours is there twice: rows are told apart by their metadata. */
static void assert_all_once(struct slack_peer *peer)
{
    assert_int_equal(
        slack_peer_number(peer,
                          "SELECT COUNT(*) FROM outbox WHERE buried_why IS NOT NULL"),
        0);
    for (size_t i = 0; i < peer->post_count; i++) {
        for (size_t j = 0; j < i; j++) {
            assert_true(peer->posts[i].row[0] == '\0' ||
                        strcmp(peer->posts[i].row, peer->posts[j].row) != 0);
        }
    }
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM outbox WHERE kind "
                                             "IN ('post', 'direct')"),
                     peer->post_count - slack_peer_calls(peer, "chat.postEphemeral"));
}

/* One declared incident with a fault on the way. */
static struct slack_peer *declare_with(void **state, const char *method,
                                       enum slack_fault fault, int times)
{
    struct slack_peer *peer = slack_start(state);

    peer->fault_method = method;
    peer->fault = fault;
    peer->fault_times = times;
    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
    assert_int_equal(peer->fault_times, 0);
    return peer;
}

static void post__is_there_once__when_answer_is_dropped(void **state)
{
    struct slack_peer *peer =
        declare_with(state, "chat.postMessage", FAULT_DROP_AFTER, 1);

    assert_all_once(peer);
    assert_true(slack_peer_calls(peer, "conversations.history") > 0);
}

static void post__is_there_once__when_it_never_arrived(void **state)
{
    assert_all_once(declare_with(state, "chat.postMessage", FAULT_DROP_BEFORE, 1));
}

static void post__is_there_once__when_answered_500(void **state)
{
    assert_all_once(declare_with(state, "chat.postMessage", FAULT_500_AFTER, 1));
}

static void post__is_there_once__when_refused_500(void **state)
{
    assert_all_once(declare_with(state, "chat.postMessage", FAULT_500, 1));
}

/* Only a 200 says that it did not happen. */
static void post__is_there_once__when_a_gateway_answers_like_slack(void **state)
{
    struct slack_peer *peer = *state;

    peer->oops = "{\"error\":\"upstream_reset\"}";
    assert_all_once(declare_with(state, "chat.postMessage", FAULT_500_AFTER, 1));
}

static void post__waits__when_told_to(void **state)
{
    int64_t began_ms = time_steady_ms();
    struct slack_peer *peer = declare_with(state, "chat.postMessage", FAULT_429, 1);

    assert_all_once(peer);
    assert_true(time_steady_ms() - began_ms >= 1000);
}

static void channel__is_there_once__when_answer_is_dropped(void **state)
{
    struct slack_peer *peer =
        declare_with(state, "conversations.create", FAULT_DROP_AFTER, 1);

    assert_int_equal(peer->room_count, 1);
    assert_non_null(strstr(peer->rooms[0].purpose, "inc-1"));
    assert_all_once(peer);
}

static bool is_opened(struct slack_peer *peer)
{
    return slack_peer_number(peer, "SELECT COUNT(*) FROM incidents WHERE channel IS "
                                   "NOT NULL") == 1;
}

/* In a big workspace the list of all is long, and must be waited for: the bot's own
 * channels are few. */
static void channel__is_known_again__when_the_list_of_all_must_wait(void **state)
{
    struct slack_peer *peer = *state;

    peer->storms[0] = (struct slack_storm){
        .method = "conversations.list", .times = 1000, .wait_s = 31};
    slack_start(state);
    peer->fault_method = "conversations.create";
    peer->fault = FAULT_DROP_AFTER;
    peer->fault_times = 1;
    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, is_opened);
    assert_int_equal(peer->room_count, 1);
}

/* A channel of that name, but not for this incident. */
static bool is_held(struct slack_peer *peer)
{
    return peer->held != NULL;
}

/* A yes that does not say to what: it is asked for again. */
static void channel__is_made__when_the_answer_names_none(void **state)
{
    struct slack_peer *peer = slack_start(state);

    peer->fault_method = "conversations.create";
    peer->fault = FAULT_HELD;
    peer->fault_times = 1;
    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, is_held);
    server_answer(peer->held, 200, "", "{\"ok\":true}");
    slack_peer_await(peer, slack_is_first_done);
    assert_int_equal(peer->room_count, 1);
    assert_int_equal(slack_count(peer, "incidents WHERE channel = 'C0INC1'"), 1);
}

static void channel__gets_another_name__when_taken(void **state)
{
    struct slack_peer *peer = slack_start(state);

    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
    snprintf(peer->rooms[1].name, sizeof(peer->rooms[1].name), "inc-2-disk-full");
    snprintf(peer->rooms[1].id, sizeof(peer->rooms[1].id), "C0OLD");
    snprintf(peer->rooms[1].purpose, sizeof(peer->rooms[1].purpose), "long ago");
    peer->room_count = 2;
    peer->ack_count = 0;
    slack_peer_slash(peer, "e1", "t2", "declare sev2 disk full");
    slack_peer_await(peer, slack_is_first_done);
    assert_int_equal(peer->room_count, 3);
    assert_string_equal(peer->rooms[2].name, "inc-2-disk-full-2");
}

/* Without groups:read no list has private channels in it: whose the name is shows the
 * one of the public ones. */
static void channel__gets_another_name__when_public_ones_alone_are_listed(void **state)
{
    struct slack_peer *peer = slack_start(state);

    snprintf(peer->rooms[0].name, sizeof(peer->rooms[0].name), "inc-1-db-is-down");
    snprintf(peer->rooms[0].id, sizeof(peer->rooms[0].id), "C0OLD");
    snprintf(peer->rooms[0].purpose, sizeof(peer->rooms[0].purpose), "long ago");
    peer->room_count = 1;
    peer->lists_public_only = true;
    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
    assert_int_equal(peer->room_count, 2);
    assert_string_equal(peer->rooms[1].name, "inc-1-db-is-down-2");
    assert_int_equal(slack_buried_rows(peer), 0);
}

/* Ten stores that began anew in one workspace, each with an incident of this title. */
static void channel__gets_a_word__when_all_numbers_are_taken(void **state)
{
    struct slack_peer *peer = slack_start(state);
    const char *name;

    for (int i = 0; i < 12; i++) {
        struct slack_peer_room *room = &peer->rooms[i];

        snprintf(room->name, sizeof(room->name),
                 i == 0 ? "inc-1-db-is-down" : "inc-1-db-is-down-%d", i + 1);
        snprintf(room->id, sizeof(room->id), "C0OLD%d", i);
        snprintf(room->purpose, sizeof(room->purpose), "long ago");
    }
    peer->room_count = 12;
    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
    assert_int_equal(peer->room_count, 13);
    name = peer->rooms[12].name;
    assert_int_equal(strncmp(name, "inc-1-db-is-down-", 17), 0);
    assert_int_equal(strlen(name), 17 + 8);
}

static void incident__goes_on__when_workspace_lacks_methods(void **state)
{
    assert_all_once(declare_with(state, "pins.add", FAULT_UNKNOWN_METHOD, 1));
}

static bool is_e2_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e2") > 0;
}

static bool is_e3_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e3") > 0;
}

static int64_t said(struct slack_peer *peer)
{
    return slack_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE kind = 'said'");
}

/* The ack may be lost with the socket: the event comes again on the next. */
static void event__is_heard_once__when_socket_is_cut(void **state)
{
    struct slack_peer *peer = declare_with(state, "", FAULT_NONE, 0);

    slack_peer_say(peer, "e2", "C0INC1", "1795351233.1", "it is the disk");
    slack_peer_await(peer, is_e2_acked);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, slack_has_two_sockets);
    slack_peer_say(peer, "e3", "C0INC1", "1795351233.1", "it is the disk");
    slack_peer_await(peer, is_e3_acked);
    assert_int_equal(said(peer), 1);
}

static bool has_heard_past(struct slack_peer *peer)
{
    return said(peer) == 2;
}

/* Said while nobody listened, and never delivered: read up, once. */
static void message__is_read_up__when_said_in_a_gap(void **state)
{
    struct slack_peer *peer = declare_with(state, "", FAULT_NONE, 0);

    snprintf(peer->said, sizeof(peer->said),
             "{\"type\":\"message\",\"user\":\"U2\",\"text\":\"second\",\"ts\":"
             "\"1795351234.2\"},{\"type\":\"message\",\"user\":\"U2\",\"text\":"
             "\"first\",\"ts\":\"1795351233.2\"}");
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, has_heard_past);
    slack_peer_say(peer, "e3", "C0INC1", "1795351234.2", "second");
    slack_peer_await(peer, is_e3_acked);
    assert_int_equal(said(peer), 2);
}

static bool has_asked_history(struct slack_peer *peer)
{
    return slack_peer_calls(peer, "conversations.history") > 0;
}

static bool has_failed(struct slack_peer *peer)
{
    return !db_is_to_fail(peer->store.db);
}

/* Two pages, at the second try. */
static void read_up(void **state, enum slack_fault fault, int store_calls)
{
    struct slack_peer *peer = declare_with(state, "", FAULT_NONE, 0);

    snprintf(peer->said, sizeof(peer->said),
             "{\"type\":\"message\",\"user\":\"U2\",\"text\":\"second\",\"ts\":"
             "\"1795351234.2\"},{\"type\":\"message\",\"user\":\"U2\",\"text\":"
             "\"first\",\"ts\":\"1795351233.2\"}");
    peer->post_count = 0; /* of ours, nothing is heard */
    peer->fault_method = "conversations.history";
    peer->fault = fault;
    peer->fault_times = 1;
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, has_asked_history);
    db_fail_after(peer->store.db, store_calls);
    slack_peer_await(peer, has_failed);
    slack_peer_await(peer, has_heard_past);
}

static void gap__is_read_up__when_told_to_wait(void **state)
{
    read_up(state, FAULT_429, 0);
}

static void gap__is_read_up__when_an_answer_is_lost(void **state)
{
    read_up(state, FAULT_DROP_AFTER, 0);
}

static void gap__is_read_up__when_store_fails(void **state)
{
    read_up(state, FAULT_429, 5);
}

/* Make before break: the first is read and acked on until the second is live. */
static void socket__is_replaced__before_it_is_left(void **state)
{
    struct slack_peer *peer = slack_start(state);
    struct server_peer *first = slack_peer_socket(peer);
    const char *warning = "{\"type\":\"disconnect\",\"reason\":\"warning\"}";
    const char *odd = "{\"envelope_id\":\"e2\",\"type\":\"novelty\"}";

    wire_run_ms(&peer->wire, 50);
    server_send(first, warning, strlen(warning));
    server_send(first, warning, strlen(warning));
    slack_peer_await(peer, slack_has_two_sockets);
    assert_false(peer->is_gone[0]);
    server_send(first, odd, strlen(odd));
    slack_peer_await(peer, is_e2_acked);
    assert_int_equal(peer->ack_sockets[0], 0);
    slack_peer_await(peer, slack_has_left_first);
    assert_int_equal(peer->socket_count, 2);
    slack_peer_send(peer, "{\"envelope_id\":\"e3\",\"type\":\"novelty\"}");
    slack_peer_await(peer, is_e3_acked);
    assert_int_equal(peer->ack_sockets[1], 1);
}

/* Connected means hello seen: too many is waited out, not stormed against. */
static void socket__waits_long__when_too_many(void **state)
{
    struct slack_peer *peer = *state;

    peer->is_mute = true;
    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    slack_peer_send(peer,
                    "{\"type\":\"disconnect\",\"reason\":\"too_many_websockets\"}");
    slack_peer_await(peer, slack_has_left_first);
    wire_run_ms(&peer->wire, 2500);
    assert_int_equal(peer->socket_count, 1);
}

static void socket__is_opened_again__when_url_is_refused(void **state)
{
    struct slack_peer *peer = *state;

    peer->fault_method = "apps.connections.open";
    peer->fault = FAULT_500;
    peer->fault_times = 2;
    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    assert_int_equal(slack_peer_calls(peer, "apps.connections.open"), 3);
}

/* Slack's own troubles are no wrong token: it goes on trying. */
static void socket__is_opened_again__when_slack_says_internal_error(void **state)
{
    struct slack_peer *peer = *state;

    peer->fault_method = "apps.connections.open";
    peer->fault = FAULT_ERROR;
    peer->fault_error = "internal_error";
    peer->fault_times = 2;
    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    assert_int_equal(slack_peer_calls(peer, "apps.connections.open"), 3);
    assert_int_equal(ears_exit_status(peer->ears), 0);
}

static void envelope__is_heard__when_frames_are_split(void **state)
{
    struct slack_peer *peer = slack_start(state);
    const char *odd = "{\"envelope_id\":\"e2\",\"type\":\"novelty\",\"more\":\"xyz\"}";

    server_send_split(slack_peer_socket(peer), odd, strlen(odd), 7, 3);
    slack_peer_await(peer, is_e2_acked);
}

#define FAULT_TEST(name)                                                               \
    cmocka_unit_test_setup_teardown(name, slack_setup, slack_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FAULT_TEST(post__is_there_once__when_answer_is_dropped),
        FAULT_TEST(post__is_there_once__when_it_never_arrived),
        FAULT_TEST(post__is_there_once__when_answered_500),
        FAULT_TEST(post__is_there_once__when_refused_500),
        FAULT_TEST(post__is_there_once__when_a_gateway_answers_like_slack),
        FAULT_TEST(post__waits__when_told_to),
        FAULT_TEST(channel__is_there_once__when_answer_is_dropped),
        FAULT_TEST(channel__is_known_again__when_the_list_of_all_must_wait),
        FAULT_TEST(channel__is_made__when_the_answer_names_none),
        FAULT_TEST(channel__gets_another_name__when_taken),
        FAULT_TEST(channel__gets_another_name__when_public_ones_alone_are_listed),
        FAULT_TEST(channel__gets_a_word__when_all_numbers_are_taken),
        FAULT_TEST(incident__goes_on__when_workspace_lacks_methods),
        FAULT_TEST(event__is_heard_once__when_socket_is_cut),
        FAULT_TEST(message__is_read_up__when_said_in_a_gap),
        FAULT_TEST(gap__is_read_up__when_told_to_wait),
        FAULT_TEST(gap__is_read_up__when_an_answer_is_lost),
        FAULT_TEST(gap__is_read_up__when_store_fails),
        FAULT_TEST(socket__is_replaced__before_it_is_left),
        FAULT_TEST(socket__waits_long__when_too_many),
        FAULT_TEST(socket__is_opened_again__when_url_is_refused),
        FAULT_TEST(socket__is_opened_again__when_slack_says_internal_error),
        FAULT_TEST(envelope__is_heard__when_frames_are_split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
