/* Reading up where it does not go well: refused, failing, too long, nowhere to begin.
 */
#include "tests/wire/matrix_syncs.h"

#define INC "!inc:x"
#define OPS "!ops:x"

/* So many lines, of which the sync has the last one. */
static void leave_gap(struct matrix_peer *peer, const char *room, int lines)
{
    char id[20], text[20], place[20];

    say_history(peer, 0, lines);
    snprintf(place, sizeof(place), "h%d", lines - 1);
    snprintf(id, sizeof(id), "$h%d", lines - 1);
    snprintf(text, sizeof(text), "line %d", lines - 1);
    matrix_peer_room(peer, room, NULL, place, message(id, text));
    matrix_peer_await(peer, has_no_gap);
}

/* Nobody says where it ends, so it is read up to now. */
static void gap__is_read_up__when_its_end_is_not_told(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    say_history(peer, 0, 5);
    matrix_peer_room(peer, INC, NULL, "", message("$h4", "line 4"));
    matrix_peer_await(peer, has_no_gap);
    matrix_peer_assert_said(peer, 0, 5);
}

static void gap__is_left__when_we_may_not_read_it(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_refuse(peer, "/messages", 403, "{\"errcode\":\"M_FORBIDDEN\"}", 1000);
    leave_gap(peer, INC, 5);
    assert_int_equal(matrix_peer_calls(peer, "/messages"), 1);
    matrix_peer_assert_said(peer, 4, 5);
}

static void gap__is_asked_for_again__when_the_homeserver_fails(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_refuse(peer, "/messages", 500, "{\"errcode\":\"M_UNKNOWN\"}", 1);
    leave_gap(peer, INC, 5);
    matrix_peer_assert_said(peer, 0, 5);
}

/* The page waits for the new token, and nothing is logged in anew. */
static void gap__is_read_up__when_logged_out_softly_in_it(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_refuse(peer, "/messages", 401,
                       "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"soft_logout\":true}", 1);
    peer->fault_after = 1;
    leave_gap(peer, INC, 7);
    matrix_peer_assert_said(peer, 0, 7);
    assert_int_equal(peer->refreshes, 1);
    assert_int_equal(peer->logins, 1);
}

/* A gateway's page that says all is well holds no page of history. */
static void gap__is_asked_for_again__when_the_answer_is_no_json(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_refuse(peer, "/messages", 200, "<html>Please log in</html>", 1);
    leave_gap(peer, INC, 5);
    matrix_peer_assert_said(peer, 0, 5);
}

/* Nor does a sound one that says nothing of any: it is no end either. */
static void gap__is_asked_for_again__when_the_answer_is_no_page(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_refuse(peer, "/messages", 200, "{\"status\":\"maintenance\"}", 1);
    leave_gap(peer, INC, 5);
    matrix_peer_assert_said(peer, 0, 5);
}

/* Pages are of two. */
static void gap__is_read_up__when_long_and_an_incidents(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    leave_gap(peer, INC, 25);
    matrix_peer_assert_said(peer, 0, 25);
}

static void gap__is_left__when_long_and_no_incidents(void **state)
{
    struct matrix_peer *peer = start(state);

    leave_gap(peer, OPS, 25);
    assert_int_equal(matrix_peer_calls(peer, "/messages"), 10);
}

/* Its pages lead nowhere: the same place is named again and again. */
static void gap__is_left__when_the_homeserver_stands_still(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_refuse(peer, "/messages", 200, "{\"chunk\":[],\"end\":\"h9\"}", 1000);
    leave_gap(peer, INC, 3);
    assert_int_equal(matrix_peer_calls(peer, "/messages"), 2);
}

/* Nothing of it is on the record, and what was said before we came does not belong
 * there. */
static void lost_place__is_found_at_our_coming__when_no_line_is_known(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_room(peer, OPS, NULL, NULL, message("$1", "one"));
    matrix_peer_await(peer, is_idle);
    say_history(peer, 0, 3);
    matrix_peer_history(
        peer, "{\"type\":\"m.room.member\",\"event_id\":\"$join\",\"sender\":\"" PEER_ME
              "\",\"state_key\":\"" PEER_ME "\",\"origin_server_ts\":1795351233000,"
              "\"content\":{\"membership\":\"join\"}}");
    say_history(peer, 3, 6);
    matrix_peer_number(peer, "UPDATE memory SET value = 'garbage' WHERE name = 'since' "
                             "RETURNING 1");
    matrix_peer_restart(peer);
    matrix_peer_await(peer, has_no_gap);
    matrix_peer_assert_said(peer, 3, 6);
    assert_int_equal(matrix_peer_said(peer, "line 0"), 0);
    assert_int_equal(matrix_peer_said(peer, "line 2"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PEER_TEST(gap__is_read_up__when_its_end_is_not_told),
        PEER_TEST(gap__is_left__when_we_may_not_read_it),
        PEER_TEST(gap__is_asked_for_again__when_the_homeserver_fails),
        PEER_TEST(gap__is_read_up__when_logged_out_softly_in_it),
        PEER_TEST(gap__is_asked_for_again__when_the_answer_is_no_json),
        PEER_TEST(gap__is_asked_for_again__when_the_answer_is_no_page),
        PEER_TEST(gap__is_read_up__when_long_and_an_incidents),
        PEER_TEST(gap__is_left__when_long_and_no_incidents),
        PEER_TEST(gap__is_left__when_the_homeserver_stands_still),
        PEER_TEST(lost_place__is_found_at_our_coming__when_no_line_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
