/* Whose invitations are taken, and what becomes of us where we are put out. */
#include "tests/wire/matrix_syncs.h"

#define INC "!inc:x"

/* `more`: of the room's state, in front. */
static void invite_into(struct matrix_peer *peer, const char *room, const char *more,
                        const char *who)
{
    char rooms[1000];

    snprintf(rooms, sizeof(rooms),
             "{\"invite\":{\"%s\":{\"invite_state\":{\"events\":[%s{\"type\":"
             "\"m.room.member\",\"state_key\":\"" PEER_ME "\",\"sender\":\"%s\","
             "\"content\":{\"membership\":\"invite\"}}]}}}}",
             room, more, who);
    matrix_peer_sync(peer, rooms);
}

static void invite(struct matrix_peer *peer, const char *room, const char *who)
{
    invite_into(peer, room, "", who);
}

static void invitation__is_taken_or_declined__by_whose_it_is(void **state)
{
    struct matrix_peer *peer = start(state);

    invite(peer, "!a:x", "@ana:x");
    invite(peer, "!b:x", "@eve:evil.x");
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_calls(peer, "POST /_matrix/client/v3/join/%21a%3Ax"),
                     1);
    assert_int_equal(
        matrix_peer_calls(peer, "POST /_matrix/client/v3/rooms/%21b%3Ax/leave"), 1);
}

/* Whoever we do not trust makes no room one of the two of us. */
static void invitation__makes_no_conversation__when_not_trusted(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_sync(
        peer, "{\"invite\":{\"!b:x\":{\"invite_state\":{\"events\":[{\"type\":"
              "\"m.room.member\",\"state_key\":\"" PEER_ME
              "\",\"sender\":\"@eve:evil.x\",\"content\":{\"membership\":\"invite\","
              "\"is_direct\":true}}]}}}}");
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_calls(peer, "/rooms/%21b%3Ax/leave"), 1);
    assert_int_equal(matrix_peer_number(peer, "SELECT COUNT(*) FROM memory WHERE name "
                                              "= 'with !b:x'"),
                     0);
}

/* Servers in the settings come on top of the own one. */
static void invitation__is_taken__when_of_our_own_people(void **state)
{
    static const char *servers[] = {"partner.x"};
    struct matrix_peer *peer = *state;

    peer->config->matrix.servers = servers;
    peer->config->matrix.server_count = 1;
    start(state);
    invite(peer, "!a:x", "@ana:x");
    invite(peer, "!p:x", "@pia:partner.x");
    invite(peer, "!b:x", "@eve:evil.x");
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_calls(peer, "/join/%21a%3Ax"), 1);
    assert_int_equal(matrix_peer_calls(peer, "/join/%21p%3Ax"), 1);
    assert_int_equal(matrix_peer_calls(peer, "/rooms/%21b%3Ax/leave"), 1);
}

/* Into an encrypted room: we stay out, say why in private, and write nothing there. */
static void invitation__is_declined__when_the_room_is_encrypted(void **state)
{
    struct matrix_peer *peer = start(state);

    invite_into(peer, "!a:x",
                "{\"type\":\"m.room.encryption\",\"state_key\":\"\",\"sender\":"
                "\"@ana:x\",\"content\":{}},",
                "@ana:x");
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_calls(peer, "/join/"), 0);
    assert_int_equal(matrix_peer_calls(peer, "/rooms/%21a%3Ax/leave"), 1);
    assert_int_equal(matrix_peer_calls(peer, "/rooms/%21a%3Ax/send/"), 0);
    assert_int_equal(matrix_peer_sent(peer, "I can't read encrypted rooms"), 1);
    assert_int_equal(
        matrix_peer_number(peer, "SELECT COUNT(*) FROM memory WHERE name = 'sealed "
                                 "!a:x' AND value = '1'"),
        1);
}

#define FORGED                                                                         \
    "{\"type\":\"m.room.member\",\"state_key\":\"" PEER_ME "\",\"sender\":\"@ana:x\"," \
    "\"content\":{\"membership\":\"invite\"}}"

/* The inviter's homeserver says that one of our own people did it. No homeserver tells
 * which of the two is true, and they stand in any order. */
static void invitation__is_nobodys__when_two_people_are_named(void **state)
{
    struct matrix_peer *peer = start(state);
    char rooms[1000];

    invite_into(peer, "!b:x", FORGED ",", "@eve:evil.x");
    snprintf(
        rooms, sizeof(rooms),
        "{\"invite\":{\"!c:x\":{\"invite_state\":{\"events\":[{\"type\":"
        "\"m.room.member\",\"state_key\":\"" PEER_ME
        "\",\"sender\":\"@eve:evil.x\",\"content\":{\"membership\":\"invite\"}},%s]}"
        "}}}",
        FORGED);
    matrix_peer_sync(peer, rooms);
    invite(peer, "!a:x", "@ana:x");
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_calls(peer, "/join/"), 1);
    assert_int_equal(matrix_peer_calls(peer, "/join/%21a%3Ax"), 1);
    assert_int_equal(matrix_peer_calls(peer, "/rooms/%21b%3Ax/leave"), 1);
    assert_int_equal(matrix_peer_calls(peer, "/rooms/%21c%3Ax/leave"), 1);
}

/* Who names people of the own one means those, and not all of it. */
static void invitation__is_declined__when_others_of_our_own_are_named(void **state)
{
    static const char *users[] = {"@ana:x"};
    struct matrix_peer *peer = *state;

    peer->config->matrix.users = users;
    peer->config->matrix.user_count = 1;
    start(state);
    invite(peer, "!a:x", "@ana:x");
    invite(peer, "!b:x", "@bo:x");
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_calls(peer, "/join/%21a%3Ax"), 1);
    assert_int_equal(matrix_peer_calls(peer, "/rooms/%21b%3Ax/leave"), 1);
}

/* Nobody who was thrown out comes back by itself, not after a restart either. */
static void kick__is_heard__and_we_stay_out(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_room(peer, INC, NULL, NULL, message("$1", "one"));
    matrix_peer_sync(
        peer, "{\"leave\":{\"" INC "\":{\"state\":{\"events\":[]},\"timeline\":{"
              "\"events\":[{\"type\":\"m.room.member\",\"event_id\":\"$kick\","
              "\"sender\":\"@a:x\",\"state_key\":\"" PEER_ME
              "\",\"origin_server_ts\":1795351233000,\"unsigned\":{\"membership\":"
              "\"leave\",\"prev_content\":{\"membership\":\"join\"}},\"content\":{"
              "\"membership\":\"leave\"}}]}}}}");
    matrix_peer_await(peer, is_idle);
    assert_int_equal(
        matrix_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE text LIKE '%was "
                                 "taken out of the channel%'"),
        1);
    matrix_peer_restart(peer);
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_calls(peer, "POST /_matrix/client/v3/join"), 0);
    assert_int_equal(
        matrix_peer_number(peer, "SELECT COUNT(*) FROM memory WHERE name = 'out of " INC
                                 "' AND value = '1'"),
        1);
    invite(peer, INC, "@ana:x");
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_calls(peer, "POST /_matrix/client/v3/join"), 1);
    assert_int_equal(
        matrix_peer_number(peer, "SELECT COUNT(*) FROM memory WHERE name = 'out of " INC
                                 "' AND value = ''"),
        1);
}

/* Older than the first start, and never told of again. */
static void invitation__is_declined__when_it_waited(void **state)
{
    struct matrix_peer *peer = *state;

    peer->first = "{\"invite\":{\"!b:x\":{\"invite_state\":{\"events\":[{\"type\":"
                  "\"m.room.member\",\"state_key\":\"" PEER_ME
                  "\",\"sender\":\"@eve:evil.x\",\"content\":{\"membership\":"
                  "\"invite\"}}]}}}}";
    start(state);
    assert_int_equal(
        matrix_peer_calls(peer, "POST /_matrix/client/v3/rooms/%21b%3Ax/leave"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PEER_TEST(invitation__is_taken_or_declined__by_whose_it_is),
        PEER_TEST(kick__is_heard__and_we_stay_out),
        PEER_TEST(invitation__is_nobodys__when_two_people_are_named),
        PEER_TEST(invitation__is_declined__when_others_of_our_own_are_named),
        PEER_TEST(invitation__makes_no_conversation__when_not_trusted),
        PEER_TEST(invitation__is_taken__when_of_our_own_people),
        PEER_TEST(invitation__is_declined__when_it_waited),
        PEER_TEST(invitation__is_declined__when_the_room_is_encrypted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
