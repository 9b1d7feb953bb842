/*
 * An incident's room goes on as another one. Between our coming there and the outcome
 * that says whose it is now, people talk.
 */
#include "tests/wire/matrix_syncs.h"

#define INC   "!inc:x"
#define FRESH "!fresh:x"
#define JOIN                                                                           \
    "{\"type\":\"m.room.member\",\"event_id\":\"$join\",\"sender\":\"" PEER_ME         \
    "\",\"state_key\":\"" PEER_ME "\",\"origin_server_ts\":1795351233000,"             \
    "\"content\":{\"membership\":\"join\"}}"
#define STONE                                                                          \
    "{\"type\":\"m.room.tombstone\",\"event_id\":\"$stone\",\"sender\":\"@a:x\","      \
    "\"state_key\":\"\",\"origin_server_ts\":1795351233000,"                           \
    "\"content\":{\"body\":\"moved\",\"replacement_room\":\"" FRESH "\"}}"
#define PICTURE                                                                        \
    "{\"type\":\"m.room.message\",\"event_id\":\"$picture\",\"sender\":\"@a:x\","      \
    "\"origin_server_ts\":1795351233000,\"content\":{\"msgtype\":\"m.image\","         \
    "\"body\":\"graph.png\",\"url\":\"mxc://x/graph\"}}"
#define STEP_SHORT 17

static bool is_left; /* the call that fails was not reached */

static bool has_heard_all(struct matrix_peer *peer)
{
    return peer->poll != NULL && peer->poll_at == peer->sync_count;
}

/* What the homeserver knows of both, and what is said in the new one. */
static void move_there(struct matrix_peer *peer)
{
    matrix_peer_start(peer);
    matrix_peer_await(peer, is_idle);
    matrix_peer_incident(peer, INC);
    json_object_set_new(peer->states, "%21inc%3Ax",
                        json_pack("[o]", json_loads(STONE, 0, NULL)));
    json_object_set_new(peer->states, "%21fresh%3Ax",
                        json_pack("[{s:s, s:s, s:s, s:{s:{s:s}}}]", "type",
                                  "m.room.create", "state_key", "", "sender", "@a:x",
                                  "content", "predecessor", "room_id", INC));
    say_history(peer, 0, 2);
    matrix_peer_history(peer, JOIN);
    say_history(peer, 2, 4);
    matrix_peer_history(peer, PICTURE);
    matrix_peer_history(peer, message("$raise", "!incident severity sev1"));
}

static void talk_there(struct matrix_peer *peer)
{
    matrix_peer_room(peer, FRESH, NULL, NULL,
                     message("$raise", "!incident severity sev1"));
    matrix_peer_room(
        peer, FRESH, NULL, NULL,
        events(message("$h2", "line 2"), message("$h3", "line 3"), PICTURE));
}

/* The room is entered, and looked at before anything is moved there. */
static void talk_while_following(struct matrix_peer *peer)
{
    move_there(peer);
    matrix_peer_fault(peer, "/state/m.room.encryption", PEER_HANG, 1);
    matrix_peer_room(peer, INC, NULL, NULL, STONE);
    matrix_peer_await(peer, hangs);
    talk_there(peer);
    matrix_peer_await(peer, has_heard_all);
}

static void assert_followed(struct matrix_peer *peer)
{
    matrix_peer_await(peer, is_at_rest);
    is_left = db_is_to_fail(peer->store.db);
    db_fail_after(peer->store.db, 0);
    matrix_peer_assert_said(peer, 2, 4);
    assert_int_equal(matrix_peer_said(peer, "line 1"), 0);
    assert_int_equal(
        matrix_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE kind = 'file'"),
        1);
    assert_int_equal(matrix_peer_number(peer, "SELECT COUNT(*) FROM incidents "
                                              "WHERE severity = 'sev1'"),
                     1);
}

static void follow(struct matrix_peer *peer)
{
    matrix_peer_release(peer);
    assert_followed(peer);
}

static bool is_in(struct matrix_peer *peer)
{
    return matrix_peer_calls(peer, "/join/%21fresh") == 1 &&
           matrix_peer_number(peer, "SELECT COUNT(*) FROM outbox WHERE kind = 'join' "
                                    "AND done_ms IS NULL AND attempts > 0") == 1;
}

/* We are in the room, and have to ask once more before it is known whose it is. */
static void come_in(struct matrix_peer *peer)
{
    move_there(peer);
    matrix_peer_refuse(peer, "/state/m.room.encryption", 502, "{}", 1);
    matrix_peer_room(peer, INC, NULL, NULL, STONE);
    matrix_peer_await(peer, is_in);
}

static void words__are_read_up__when_the_bot_has_to_ask_once_more(void **state)
{
    struct matrix_peer *peer = *state;

    come_in(peer);
    talk_there(peer);
    assert_followed(peer);
}

static void words__are_read_up__when_the_bot_ends_before_it_asks_once_more(void **state)
{
    struct matrix_peer *peer = *state;

    come_in(peer);
    peer->poll = NULL;
    talk_there(peer);
    matrix_peer_restart(peer);
    assert_followed(peer);
}

static void words__are_read_up__when_said_while_the_incident_moves(void **state)
{
    talk_while_following(*state);
    follow(*state);
}

static void words__are_read_up__when_a_call_of_the_store_fails_then(void **state)
{
    int step = getenv("MUSTER_LONG") != NULL ? 1 : STEP_SHORT;

    (void)state;
    is_left = false;
    for (int64_t n = 1; !is_left; n += step) {
        struct matrix_peer *peer = matrix_peer_create();

        print_message("store call %d\n", (int)n);
        talk_while_following(peer);
        db_fail_after(peer->store.db, n);
        follow(peer);
        matrix_peer_destroy(peer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PEER_TEST(words__are_read_up__when_said_while_the_incident_moves),
        PEER_TEST(words__are_read_up__when_the_bot_has_to_ask_once_more),
        PEER_TEST(words__are_read_up__when_the_bot_ends_before_it_asks_once_more),
        cmocka_unit_test(words__are_read_up__when_a_call_of_the_store_fails_then),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
