/* What a sync left out, and what nobody recorded, is read up: once, and all of it. */
#include "adapters/matrix_inner.h"
#include "bot/ears_inner.h"
#include "tests/wire/matrix_syncs.h"

#define INC "!inc:x"

/* Nine lines, of which the sync has the last one. */
static void leave_gap(struct matrix_peer *peer)
{
    matrix_peer_incident(peer, INC);
    say_history(peer, 0, 9);
    matrix_peer_room(peer, INC, NULL, "h8", message("$h8", "line 8"));
}

static void gap__is_read_up(void **state)
{
    struct matrix_peer *peer = start(state);

    leave_gap(peer);
    matrix_peer_await(peer, has_no_gap);
    matrix_peer_assert_said(peer, 0, 9);
}

/* What was said up to the moment we were put out is on the record. */
static void gap__is_read_up__when_we_were_put_out_behind_it(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    say_history(peer, 0, 5);
    matrix_peer_sync(
        peer, "{\"leave\":{\"" INC "\":{\"timeline\":{\"limited\":true,\"prev_batch\":"
              "\"h5\",\"events\":[{\"type\":\"m.room.member\",\"event_id\":\"$kick\","
              "\"sender\":\"@a:x\",\"state_key\":\"" PEER_ME
              "\",\"origin_server_ts\":1795351233000,\"unsigned\":{\"prev_content\":{"
              "\"membership\":\"join\"}},\"content\":{\"membership\":\"leave\"}}]}}}}");
    matrix_peer_await(peer, has_no_gap);
    matrix_peer_assert_said(peer, 0, 5);
}

/* Two commands that a sync left out, and its last line; killed before they are read
 * up. The severity as it is at the end. */
static const char *play_commands(struct matrix_peer *peer, const char *last)
{
    static char severity[20];
    struct db_rows rows;
    struct err err;

    matrix_peer_incident(peer, INC);
    matrix_peer_history(peer, message("$x0", "!inc severity sev4 who knows"));
    matrix_peer_history(peer, message("$x1", "!inc severity sev1 all is lost"));
    say_history(peer, 1, 3);
    matrix_peer_history(peer, message("$h4", last));
    matrix_peer_fault(peer, "/messages", PEER_HANG, 1);
    matrix_peer_room(peer, INC, NULL, "h4", message("$h4", last));
    matrix_peer_await(peer, hangs);
    matrix_peer_restart(peer);
    matrix_peer_await(peer, has_no_gap);
    if (!store_run(&peer->store, &rows, &err, "SELECT severity FROM incidents",
                   DB_NO_ARGS)) {
        fail_msg("%s", err.text);
    }
    snprintf(severity, sizeof(severity), "%s", db_text(&rows, 0, 0));
    return severity;
}

static void command__is_run__when_left_out(void **state)
{
    struct matrix_peer *peer = start(state);

    assert_string_equal(play_commands(peer, "what now?"), "sev1");
    assert_int_equal(matrix_peer_number(peer, "SELECT COUNT(*) FROM late_commands"), 0);
}

/* The newer word would be undone by the older one. */
static void command__is_not_run__when_overtaken_by_another(void **state)
{
    struct matrix_peer *peer = start(state);

    assert_string_equal(play_commands(peer, "!inc severity sev3 it is not"), "sev3");
    matrix_peer_assert_said(peer, 1, 3);
    assert_int_equal(matrix_peer_number(peer, "SELECT COUNT(*) FROM late_commands"), 2);
}

static bool has_given_up(struct matrix_peer *peer)
{
    return peer->fault_times == 0 && has_no_gap(peer) &&
           matrix_peer_said(peer, "line 10") == 1;
}

/* Over the maximum: less is asked for; where even that is too much, the gap is left, or
 * it would stand in the way of the others for ever. */
static void gap__is_read_up__when_a_page_is_too_big(void **state)
{
    static char huge[40002];
    struct matrix_peer *peer = *state;

    memset(huge, ' ', sizeof(huge) - 1);
    ((struct matrix *)peer->ears->adapters[0])->sync_bytes = sizeof(huge) - 2;
    start(state);
    matrix_peer_refuse(peer, "/messages", 200, huge, 1);
    leave_gap(peer);
    matrix_peer_await(peer, has_no_gap);
    matrix_peer_assert_said(peer, 0, 9);
    assert_int_equal(matrix_peer_calls(peer, "&limit=100"), 4);
    assert_int_equal(matrix_peer_calls(peer, "&limit=5&"), 1);
    matrix_peer_refuse(peer, "/messages", 200, huge, 2);
    matrix_peer_history(peer, message("$h9", "line 9"));
    matrix_peer_room(peer, INC, NULL, "h10", message("$h10", "line 10"));
    matrix_peer_await(peer, has_given_up);
    assert_int_equal(matrix_peer_said(peer, "line 9"), 0);
}

/* Of a room we came into: our own coming in lies in what was left out, and what was
 * said before it is none of our affair. */
static void gap__begins_with_us__when_we_came_in_it(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    say_history(peer, 0, 3);
    matrix_peer_history(
        peer, "{\"type\":\"m.room.member\",\"event_id\":\"$join\",\"sender\":\"" PEER_ME
              "\",\"state_key\":\"" PEER_ME "\",\"origin_server_ts\":1795351233000,"
              "\"content\":{\"membership\":\"join\"}}");
    say_history(peer, 3, 6);
    matrix_peer_room(peer, INC,
                     "{\"type\":\"m.room.create\",\"event_id\":\"$create\",\"sender\":"
                     "\"@a:x\",\"state_key\":\"\",\"content\":{}}",
                     "h6", message("$h5", "line 5"));
    matrix_peer_await(peer, has_no_gap);
    matrix_peer_assert_said(peer, 3, 6);
    assert_int_equal(matrix_peer_said(peer, "line 0"), 0);
    assert_int_equal(matrix_peer_said(peer, "line 2"), 0);
}

/* Killed with two pages read and the third on its way: nothing twice, nothing lost, and
 * none of the two pages asked for again. */
static void gap__is_read_up__over_a_restart_in_its_middle(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_fault(peer, "/messages", PEER_HANG, 1);
    peer->fault_after = 2;
    leave_gap(peer);
    matrix_peer_await(peer, hangs);
    matrix_peer_restart(peer);
    matrix_peer_await(peer, has_no_gap);
    matrix_peer_assert_said(peer, 0, 9);
    assert_int_equal(matrix_peer_calls(peer, "from=s0"), 0);
    assert_int_equal(matrix_peer_calls(peer, "/messages?dir=f"), 2 + 1 + 2);
}

/* Killed before its first page came, when only the sync was recorded. */
static void gap__is_read_up__over_a_restart_before_its_first_page(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_fault(peer, "/messages", PEER_HANG, 1);
    leave_gap(peer);
    matrix_peer_await(peer, hangs);
    matrix_peer_restart(peer);
    matrix_peer_await(peer, has_no_gap);
    matrix_peer_assert_said(peer, 0, 9);
}

static bool has_asked_page_again(struct matrix_peer *peer)
{
    return matrix_peer_calls(peer, "/messages") > 2;
}

/* A page that is not recorded is asked for again. */
static void gap__is_read_up__when_store_fails_in_its_middle(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_fault(peer, "/messages", PEER_HANG, 1);
    peer->fault_after = 1;
    leave_gap(peer);
    matrix_peer_await(peer, hangs);
    db_fail_after(peer->store.db, 2);
    matrix_peer_release(peer);
    matrix_peer_await(peer, has_asked_page_again);
    matrix_peer_await(peer, has_no_gap);
    matrix_peer_assert_said(peer, 0, 9);
}

static bool has_asked_twice(struct matrix_peer *peer)
{
    return peer->asked[0] > 1;
}

/* Nothing recorded, nothing acked: the same place is asked for again, and whoever waits
 * is told. */
static void sync__is_asked_for_again__when_store_fails(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    db_fail_after(peer->store.db, 4); /* inside the turn; the first ones only look */
    matrix_peer_room(peer, INC, NULL, NULL,
                     events(message("$1", "one"), message("$2", "!incident help"),
                            message("$3", "!incident help")));
    matrix_peer_await(peer, has_asked_twice);
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_said(peer, "one"), 1);
    assert_int_equal(matrix_peer_sent(peer, "Not recorded yet"), 1);
    assert_int_equal(matrix_peer_calls(peer, "/send/m.room.message"), 3);
}

/* There nothing is said in plain words, not even that. */
static void not_recorded__is_not_said__where_encrypted(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_room_sealed((struct matrix *)peer->ears->adapters[0], INC);
    matrix_peer_await(peer, is_idle);
    db_fail_after(peer->store.db, 4);
    matrix_peer_room(
        peer, INC, NULL, NULL,
        events(message("$1", "one"), message("$2", "!incident help"), NULL));
    matrix_peer_await(peer, has_asked_twice);
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_said(peer, "one"), 1);
    assert_int_equal(matrix_peer_calls(peer, "/rooms/%21inc%3Ax/send/"), 0);
}

static bool has_said_two(struct matrix_peer *peer)
{
    return is_idle(peer) && matrix_peer_said(peer, "two") == 1;
}

/* Taken for a first start, it would skip what was said meanwhile, and for ever. */
static void place__is_waited_for__when_store_cant_be_read(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_room(peer, INC, NULL, NULL, message("$1", "one"));
    matrix_peer_await(peer, is_idle);
    matrix_peer_fault(peer, "whoami", PEER_HANG, 1);
    matrix_peer_restart(peer);
    matrix_peer_await(peer, hangs);
    matrix_peer_room(peer, INC, NULL, NULL, message("$2", "two"));
    db_fail_after(peer->store.db, 1);
    matrix_peer_release(peer);
    matrix_peer_await(peer, has_said_two);
    assert_int_equal(matrix_peer_calls(peer, "filter=%7B"), 1); /* the first ever */
}

/* The homeserver was put back to an older state: what open incidents missed is read up
 * from the last line known; a room without an incident is begun anew. */
static void place__is_found_again__when_homeserver_lost_it(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    say_history(peer, 0, 3);
    matrix_peer_room(peer, INC, NULL, NULL, message("$h2", "line 2"));
    matrix_peer_await(peer, is_idle);
    matrix_peer_number(peer, "UPDATE memory SET value = 'garbage' WHERE name = 'since' "
                             "RETURNING 1");
    say_history(peer, 3, 10);
    matrix_peer_restart(peer);
    matrix_peer_await(peer, has_no_gap);
    matrix_peer_assert_said(peer, 2, 10);
    assert_int_equal(matrix_peer_said(peer, "line 0"), 0);
    assert_int_equal(matrix_peer_sent(peer, "I lost my place"), 1);
    matrix_peer_room(peer, INC, NULL, NULL, message("$h10", "line 10"));
    matrix_peer_await(peer, is_idle);
    matrix_peer_assert_said(peer, 2, 11);
}

static bool has_told_all(struct matrix_peer *peer)
{
    return peer->poll != NULL && peer->poll_at == peer->sync_count;
}

/* Those invited with its making may talk in a room before the bot knows it is made. */
static void talk__is_recorded__before_its_room_is_known_to_be_made(void **state)
{
    struct matrix_peer *peer = start(state);
    char room[60], create[400];

    matrix_peer_fault(peer, "/state/m.room.encryption", PEER_HANG, 1);
    matrix_peer_room(peer, "!ops:x", NULL, NULL,
                     message("$1", "!inc declare db is down"));
    matrix_peer_await(peer, hangs);
    snprintf(room, sizeof(room), "!made%ld:x",
             strtol(strstr(peer->hung_path, "made") + strlen("made"), NULL, 10));
    snprintf(
        create, sizeof(create),
        "{\"type\":\"m.room.create\",\"event_id\":\"$made\",\"sender\":\"" PEER_ME
        "\",\"state_key\":\"\",\"content\":{\"io.github.muster.op\":\"%lld.%lld\"}}",
        (long long)matrix_peer_number(
            peer, "SELECT id FROM outbox WHERE kind = 'open-channel'"),
        (long long)matrix_peer_number(
            peer, "SELECT created_ms FROM outbox WHERE kind = 'open-channel'"));
    matrix_peer_room(peer, room, create, NULL, message("$2", "line 1"));
    matrix_peer_await(peer, has_told_all);
    matrix_peer_assert_said(peer, 1, 2);
    matrix_peer_release(peer);
    matrix_peer_await(peer, is_idle);
    assert_int_equal(
        matrix_peer_number(
            peer, "SELECT COUNT(*) FROM incidents WHERE channel LIKE '!made%'"),
        1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PEER_TEST(gap__is_read_up),
        PEER_TEST(gap__is_read_up__when_we_were_put_out_behind_it),
        PEER_TEST(command__is_run__when_left_out),
        PEER_TEST(command__is_not_run__when_overtaken_by_another),
        PEER_TEST(gap__is_read_up__when_a_page_is_too_big),
        PEER_TEST(gap__begins_with_us__when_we_came_in_it),
        PEER_TEST(gap__is_read_up__over_a_restart_before_its_first_page),
        PEER_TEST(gap__is_read_up__over_a_restart_in_its_middle),
        PEER_TEST(gap__is_read_up__when_store_fails_in_its_middle),
        PEER_TEST(sync__is_asked_for_again__when_store_fails),
        PEER_TEST(not_recorded__is_not_said__where_encrypted),
        PEER_TEST(place__is_waited_for__when_store_cant_be_read),
        PEER_TEST(place__is_found_again__when_homeserver_lost_it),
        PEER_TEST(talk__is_recorded__before_its_room_is_known_to_be_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
