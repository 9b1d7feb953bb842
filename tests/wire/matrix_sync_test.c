/* What syncs tell is heard once and durably; what is none of our affair is not. */
#include "adapters/matrix_inner.h"
#include "bot/ears_inner.h"
#include "tests/wire/matrix_syncs.h"

#define INC "!inc:x"
#define OPS "!ops:x"
#define JOIN                                                                           \
    "{\"type\":\"m.room.member\",\"event_id\":\"$join\",\"sender\":\"" PEER_ME         \
    "\",\"state_key\":\"" PEER_ME "\",\"origin_server_ts\":1795351233000,\"content\":" \
    "{\"membership\":\"join\"}}"
#define CREATE                                                                         \
    "{\"type\":\"m.room.create\",\"event_id\":\"$create\",\"sender\":\"@a:x\","        \
    "\"state_key\":\"\",\"content\":{}}"

static int64_t heard(struct matrix_peer *peer)
{
    return matrix_peer_number(peer, "SELECT COUNT(*) FROM inbox");
}

static void first_sync__acts_on_nothing(void **state)
{
    struct matrix_peer *peer = *state;
    char first[2000];

    /* Nor on what became of the rooms we are in. */
    snprintf(first, sizeof(first),
             "{\"join\":{\"" OPS "\":{\"state\":{\"events\":["
             "{\"type\":\"m.room.encryption\",\"event_id\":\"$e\",\"sender\":\"@a:x\","
             "\"state_key\":\"\",\"content\":{}},"
             "{\"type\":\"m.room.tombstone\",\"event_id\":\"$t\",\"sender\":\"@a:x\","
             "\"state_key\":\"\",\"content\":{\"replacement_room\":\"!new:x\"}}]},"
             "\"timeline\":{\"events\":[%s],\"limited\":true,"
             "\"prev_batch\":\"h0\"}}}}",
             message("$old", "!incident help"));
    peer->first = first;
    start(state);
    assert_int_equal(heard(peer), 0);
    assert_int_equal(matrix_peer_calls(peer, "/send/"), 0);
    assert_int_equal(matrix_peer_calls(peer, "/messages"), 0);
    assert_int_equal(matrix_peer_number(peer, "SELECT COUNT(*) FROM outbox"), 0);
}

static void command__is_run_once__when_it_comes_twice(void **state)
{
    struct matrix_peer *peer = start(state);
    const char *command = message("$1", "!incident help");

    matrix_peer_room(peer, OPS, NULL, NULL, command);
    matrix_peer_room(peer, OPS, NULL, NULL, command);
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_calls(peer, "/send/m.room.message"), 1);
}

static void message__is_on_timeline_once__when_syncs_overlap(void **state)
{
    struct matrix_peer *peer = start(state);
    const char *one = message("$1", "one"), *two = message("$2", "two");

    matrix_peer_incident(peer, INC);
    matrix_peer_room(peer, INC, NULL, NULL, events(one, two, NULL));
    matrix_peer_room(peer, INC, NULL, NULL, events(two, message("$3", "three"), NULL));
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_said(peer, "one"), 1);
    assert_int_equal(matrix_peer_said(peer, "two"), 1);
    assert_int_equal(matrix_peer_said(peer, "three"), 1);
}

static void place__is_kept__over_a_restart(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_room(peer, INC, NULL, NULL, message("$1", "one"));
    matrix_peer_await(peer, is_idle);
    matrix_peer_restart(peer);
    matrix_peer_room(peer, INC, NULL, NULL, message("$2", "two"));
    matrix_peer_await(peer, is_idle);
    assert_int_equal(peer->asked[0], 1);
    assert_int_equal(peer->asked[1], 2); /* before the restart, and behind it */
    assert_int_equal(matrix_peer_said(peer, "two"), 1);
}

static int64_t kept_place(struct matrix_peer *peer, const char *place)
{
    struct db_rows rows;
    struct err err;

    assert_true(
        store_run(&peer->store, &rows, &err,
                  "SELECT COUNT(*) FROM memory WHERE name = 'since' AND value = $1",
                  DB_ARGS(DB_TEXT(place))));
    return db_int(&rows, 0, 0);
}

static void own_words__cost_no_write(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_room(peer, INC, NULL, NULL, message("$1", "one"));
    matrix_peer_room(peer, INC, NULL, NULL,
                     matrix_peer_message("$2", PEER_ME, "one it is"));
    matrix_peer_await(peer, is_idle);
    assert_int_equal(peer->asked[2], 1);
    assert_int_equal(kept_place(peer, "s1"), 1);
    matrix_peer_restart(peer);
    matrix_peer_room(peer, INC, NULL, NULL, message("$3", "two"));
    matrix_peer_await(peer, is_idle);
    assert_int_equal(kept_place(peer, "s3"), 1);
    assert_int_equal(matrix_peer_said(peer, "one"), 1);
    assert_int_equal(matrix_peer_said(peer, "two"), 1);
}

/* The next sync has what was said before we came, looking like news. */
static void command__is_not_run__when_said_before_we_came(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_room(
        peer, OPS, CREATE, "h0",
        events(message("$1", "!incident help"), JOIN, message("$2", "!incident help")));
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_calls(peer, "/send/m.room.message"), 1);
    assert_int_equal(matrix_peer_calls(peer, "/messages"), 0);
    assert_int_equal(matrix_peer_number(peer,
                                        "SELECT COUNT(*) FROM inbox WHERE event = "
                                        "'$2'"),
                     1);
}

static void command__is_not_run__when_server_says_we_were_away(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_room(
        peer, OPS, NULL, NULL,
        "{\"type\":\"m.room.message\",\"event_id\":\"$1\",\"sender\":\"@a:x\","
        "\"unsigned\":{\"membership\":\"leave\"},\"origin_server_ts\":1795351233000,"
        "\"content\":{\"msgtype\":\"m.text\",\"body\":\"!incident help\"}}");
    matrix_peer_await(peer, is_idle);
    assert_int_equal(heard(peer), 0);
    assert_int_equal(matrix_peer_calls(peer, "/send/m.room.message"), 0);
}

static void filter__is_made_again__when_homeserver_lost_it(void **state)
{
    struct matrix_peer *peer = start(state);

    peer->filters = 7;
    matrix_peer_incident(peer, INC);
    matrix_peer_room(peer, INC, NULL, NULL, message("$1", "one"));
    matrix_peer_await(peer, is_idle);
    assert_int_equal(peer->filters, 8);
    assert_int_equal(matrix_peer_said(peer, "one"), 1);
}

/* As after an update: what is kept under that id is another one. */
static void filter__is_made_again__when_it_says_something_else(void **state)
{
    struct matrix_peer *peer = start(state);

    assert_int_equal(peer->filters, 1);
    (void)matrix_peer_number(peer, "UPDATE memory SET value = '0123456789abcdef f1' "
                                   "WHERE name = 'filter' RETURNING 1");
    matrix_peer_restart(peer);
    matrix_peer_await(peer, is_idle);
    assert_int_equal(peer->filters, 2);
}

static void encryption__is_heard_of__when_it_is_switched_on(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_room(peer, INC, NULL, NULL,
                     "{\"type\":\"m.room.encryption\",\"event_id\":\"$1\",\"sender\":"
                     "\"@a:x\",\"state_key\":\"\",\"origin_server_ts\":1795351233000,"
                     "\"content\":{\"algorithm\":\"m.megolm.v1.aes-sha2\"}}");
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_number(peer,
                                        "SELECT COUNT(*) FROM inbox WHERE event = "
                                        "'$1'"),
                     1);
    matrix_peer_room(peer, INC, NULL, NULL, message("$2", "!incident status"));
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_calls(peer, "/rooms/%21inc%3Ax/send/"), 0);
}

/* One event that no decoder takes spoils nothing else, and is set aside once. */
static void poison(struct matrix_peer *peer, const char *content)
{
    char odd[1000];

    snprintf(odd, sizeof(odd),
             "{\"type\":\"m.room.message\",\"event_id\":\"$odd\",\"sender\":\"@e:x\","
             "\"origin_server_ts\":1795351233000,\"content\":%s}",
             content);
    matrix_peer_room(peer, INC, NULL, NULL,
                     events(message("$1", "one"), odd, message("$2", "two")));
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_said(peer, "one"), 1);
    assert_int_equal(matrix_peer_said(peer, "two"), 1);
}

static void sync__is_heard__when_an_event_has_a_nul_in_a_key(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    poison(peer, "{\"msgtype\":\"m.text\",\"body\":\"x\",\"a\\u0000b\":1}");
    assert_int_equal(matrix_peer_number(peer, "SELECT COUNT(*) FROM memory WHERE name "
                                              "LIKE 'spoilt %' AND value LIKE '$odd%'"),
                     1);
}

/* What was set aside is what somebody wrote, too. */
static void spoilt_event__is_gone__when_redacted(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    poison(peer, "{\"msgtype\":\"m.text\",\"body\":\"x\",\"a\\u0000b\":1}");
    matrix_peer_room(peer, INC, NULL, NULL,
                     "{\"type\":\"m.room.redaction\",\"event_id\":\"$d\",\"sender\":"
                     "\"@e:x\",\"origin_server_ts\":1795351233001,\"redacts\":\"$odd\","
                     "\"content\":{}}");
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_number(peer, "SELECT COUNT(*) FROM memory WHERE value "
                                              "LIKE '$odd%'"),
                     0);
}

static void sync__is_heard__when_an_event_is_nested_deep(void **state)
{
    struct matrix_peer *peer = start(state);
    size_t depth = 3000;
    char *rooms = malloc(2 * depth + 2000), *at = rooms;

    matrix_peer_incident(peer, INC);
    at += sprintf(at, "{\"join\":{\"" INC "\":{\"timeline\":{\"events\":[{\"type\":"
                      "\"m.room.message\",\"event_id\":\"$odd\",\"content\":");
    memset(at, '[', depth);
    memset(at + depth, ']', depth);
    at += 2 * depth;
    sprintf(at, "},%s]}}}}", message("$1", "one"));
    matrix_peer_sync(peer, rooms);
    free(rooms);
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_said(peer, "one"), 1);
}

static void sync__is_heard__when_an_event_is_no_utf8(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    poison(peer, "{\"msgtype\":\"m.text\",\"body\":\"\xff\xfe\"}");
    poison(peer, "{\"msgtype\":\"m.text\",\"body\":\"\\ud800\"}");
}

/* Said in one sync, five hundred lines: several turns, all of it. */
static void sync__is_heard__when_it_is_long(void **state)
{
    struct matrix_peer *peer = start(state);
    size_t room = (size_t)500 * 300;
    char *all = malloc(room), *at = all;

    matrix_peer_incident(peer, INC);
    for (int i = 0; i < 500; i++) {
        char id[20], text[20];

        snprintf(id, sizeof(id), "$h%d", i);
        snprintf(text, sizeof(text), "line %d", i);
        at += snprintf(at, (size_t)(all + room - at), "%s%s", i == 0 ? "" : ",",
                       message(id, text));
    }
    matrix_peer_room(peer, INC, NULL, NULL, all);
    free(all);
    matrix_peer_await(peer, is_idle);
    matrix_peer_assert_said(peer, 0, 500);
    assert_int_equal(peer->asked[0], 1);
}

/* Without saying what it was: only who heard the reaction knows. */
static void reaction__is_taken_back__when_redacted(void **state)
{
    struct matrix_peer *peer = start(state);
    const char *reaction =
        "{\"type\":\"m.reaction\",\"event_id\":\"$r\",\"sender\":\"@a:x\","
        "\"origin_server_ts\":1795351233000,\"content\":{\"m.relates_to\":{\"rel_"
        "type\":"
        "\"m.annotation\",\"event_id\":\"$1\",\"key\":\"\xf0\x9f\x93\x8c\"}}}";
    const char *redaction =
        "{\"type\":\"m.room.redaction\",\"event_id\":\"$d\",\"sender\":\"@a:x\","
        "\"origin_server_ts\":1795351233001,\"redacts\":\"$r\",\"content\":{}}";

    matrix_peer_incident(peer, INC);
    matrix_peer_room(peer, INC, NULL, NULL,
                     events(message("$1", "one"), reaction, NULL));
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_number(peer,
                                        "SELECT COUNT(*) FROM memory WHERE name = "
                                        "'reaction 0' AND value LIKE '$r%'"),
                     1);
    assert_int_equal(matrix_peer_number(peer, "SELECT SUM(pinned) FROM timeline"), 1);
    matrix_peer_restart(peer);
    matrix_peer_room(peer, INC, NULL, NULL, redaction);
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_number(peer, "SELECT SUM(pinned) FROM timeline"), 0);
}

/* Minutes, where a poll is given up after seconds. */
static void first_sync__has_its_time__when_the_account_is_big(void **state)
{
    struct matrix_peer *peer = *state;
    struct matrix *matrix = (struct matrix *)peer->ears->adapters[0];

    matrix->poll_ms = matrix->grace_ms = 50;
    matrix_peer_fault(peer, "/v3/sync", PEER_HANG, 1);
    matrix_peer_start(peer);
    matrix_peer_await(peer, hangs);
    wire_run_ms(&peer->wire, 1500); /* asked again after one second at most */
    assert_int_equal(matrix_peer_calls(peer, "/v3/sync"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PEER_TEST(first_sync__acts_on_nothing),
        PEER_TEST(first_sync__has_its_time__when_the_account_is_big),
        PEER_TEST(command__is_run_once__when_it_comes_twice),
        PEER_TEST(message__is_on_timeline_once__when_syncs_overlap),
        PEER_TEST(place__is_kept__over_a_restart),
        PEER_TEST(own_words__cost_no_write),
        PEER_TEST(command__is_not_run__when_said_before_we_came),
        PEER_TEST(command__is_not_run__when_server_says_we_were_away),
        PEER_TEST(filter__is_made_again__when_homeserver_lost_it),
        PEER_TEST(filter__is_made_again__when_it_says_something_else),
        PEER_TEST(encryption__is_heard_of__when_it_is_switched_on),
        PEER_TEST(sync__is_heard__when_an_event_has_a_nul_in_a_key),
        PEER_TEST(spoilt_event__is_gone__when_redacted),
        PEER_TEST(sync__is_heard__when_an_event_is_nested_deep),
        PEER_TEST(sync__is_heard__when_an_event_is_no_utf8),
        PEER_TEST(sync__is_heard__when_it_is_long),
        PEER_TEST(reaction__is_taken_back__when_redacted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
