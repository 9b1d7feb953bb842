/* A room that is said to be a conversation with one person, and is none. */
#include "tests/wire/matrix_syncs.h"

#define GROUP "!group:x"
#define JOINED                                                                         \
    "{\"type\":\"m.room.create\",\"state_key\":\"\",\"sender\":\"@a:x\",\"event_id\":" \
    "\"$c\",\"content\":{}}"
#define COMING(id, user, membership)                                                   \
    "{\"type\":\"m.room.member\",\"event_id\":\"" id "\",\"sender\":\"@a:x\","         \
    "\"state_key\":\"" user "\",\"origin_server_ts\":1795351233000,\"content\":{"      \
    "\"membership\":\"" membership "\"}}"

static void invite_direct(struct matrix_peer *peer)
{
    matrix_peer_sync(peer,
                     "{\"invite\":{\"" GROUP "\":{\"invite_state\":{\"events\":[{"
                     "\"type\":\"m.room.member\",\"state_key\":\"" PEER_ME
                     "\",\"sender\":\"@a:x\",\"content\":{\"membership\":\"invite\","
                     "\"is_direct\":true}}]}}}}");
    matrix_peer_await(peer, is_idle);
}

/* We come in; so many are there, or it is not said. */
static void come_in(struct matrix_peer *peer, const char *summary)
{
    char rooms[1000];

    snprintf(rooms, sizeof(rooms),
             "{\"join\":{\"" GROUP "\":{%s\"state\":{\"events\":[" JOINED
             "]},\"timeline\":{\"events\":[" COMING("$j", PEER_ME,
                                                    "join") "],\"limited\":false}}}}",
             summary);
    matrix_peer_sync(peer, rooms);
    matrix_peer_await(peer, is_idle);
}

/* How many answers a line gets that is a command in a conversation alone. */
static size_t answers_to(struct matrix_peer *peer, const char *id, const char *who)
{
    size_t before = matrix_peer_sent(peer, "Something is wrong?");

    matrix_peer_room(peer, GROUP, NULL, NULL, matrix_peer_message(id, who, "help"));
    matrix_peer_await(peer, is_idle);
    return matrix_peer_sent(peer, "Something is wrong?") - before;
}

static void line__is_a_command__when_nobody_else_is_there(void **state)
{
    struct matrix_peer *peer = start(state);

    invite_direct(peer);
    come_in(peer,
            "\"summary\":{\"m.joined_member_count\":2,\"m.invited_member_count\":0},");
    assert_int_equal(answers_to(peer, "$1", "@a:x"), 1);
    assert_int_equal(answers_to(peer, "$2", "@b:x"), 0);
    assert_true(matrix_peer_calls(peer, "/rooms/%21group%3Ax/send/") > 0);
}

static void line__is_no_command__when_three_were_there(void **state)
{
    struct matrix_peer *peer = start(state);

    invite_direct(peer);
    come_in(peer,
            "\"summary\":{\"m.joined_member_count\":2,\"m.invited_member_count\":1},");
    assert_int_equal(answers_to(peer, "$1", "@a:x"), 0);
    matrix_peer_restart(peer);
    matrix_peer_await(peer, is_idle);
    assert_int_equal(answers_to(peer, "$2", "@a:x"), 0);
}

/* Where a sync does not count them, the members are asked for. */
static void line__is_no_command__when_three_are_found(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_refuse(peer, "/members?", 200,
                       "{\"chunk\":[" COMING("$1", PEER_ME, "join") "," COMING(
                           "$2", "@a:x", "join") "," COMING("$3", "@b:x", "join") "]}",
                       1);
    invite_direct(peer);
    come_in(peer, "");
    assert_int_equal(answers_to(peer, "$4", "@a:x"), 0);
}

static void line__is_no_command__when_a_third_was_asked_in(void **state)
{
    struct matrix_peer *peer = start(state);

    invite_direct(peer);
    come_in(peer, "");
    assert_int_equal(answers_to(peer, "$1", "@a:x"), 1);
    matrix_peer_room(peer, GROUP, NULL, NULL, COMING("$2", "@b:x", "invite"));
    matrix_peer_await(peer, is_idle);
    assert_int_equal(answers_to(peer, "$3", "@a:x"), 0);
    matrix_peer_restart(peer);
    matrix_peer_await(peer, is_idle);
    assert_int_equal(answers_to(peer, "$4", "@a:x"), 0);
}

/* A bot that answers what is said to it, and never a notice. */
static void answer__is_a_notice__when_typed_in_a_conversation(void **state)
{
    struct matrix_peer *peer = start(state);

    invite_direct(peer);
    come_in(peer, "");
    for (int i = 0; i < 5; i++) {
        char id[20];

        snprintf(id, sizeof(id), "$e%d", i);
        matrix_peer_room(peer, GROUP, NULL, NULL,
                         matrix_peer_message(id, "@a:x", "I did not understand"));
        matrix_peer_await(peer, is_idle);
    }
    assert_int_equal(matrix_peer_sent(peer, "No verb"), 3);
    assert_int_equal(matrix_peer_sent(peer, "m.notice"), 3);
    assert_int_equal(matrix_peer_sent(peer, "m.text"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PEER_TEST(line__is_a_command__when_nobody_else_is_there),
        PEER_TEST(line__is_no_command__when_three_were_there),
        PEER_TEST(line__is_no_command__when_three_are_found),
        PEER_TEST(line__is_no_command__when_a_third_was_asked_in),
        PEER_TEST(answer__is_a_notice__when_typed_in_a_conversation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
