/* Slack and Matrix served by one bot from one store: an incident lives where it was
 * declared, a person may have an account on each, trouble of one is not the other's. */
#include "adapters/matrix.h"
#include "adapters/matrix_inner.h"
#include "store/people.h"
#include "tests/wire/matrix_peer.h"
#include "tests/wire/slack_peer.h"

#define OPS "!ops:x"

struct both {
    struct slack_peer *slack;
    struct matrix_peer *matrix;
};

static struct both both;

static int setup(void **state)
{
    struct config *config;
    struct err err;

    (void)state;
    both.slack = slack_peer_create(NULL, "127.0.0.1");
    both.matrix = matrix_peer_beside(both.slack->wire.loop);
    config = both.slack->config;
    config->matrix.homeserver_url = arena_printf(config->arena, "http://127.0.0.1:%u",
                                                 server_port(both.matrix->server));
    config->matrix.user = "muster";
    if (!ears_add(both.slack->ears, &matrix_adapter, &err)) {
        fail_msg("%s", err.text);
    }
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    server_destroy(both.matrix->server);
    slack_peer_destroy(both.slack);
    matrix_peer_forget(both.matrix);
    return 0;
}

static bool are_up(struct slack_peer *slack)
{
    return slack->socket_count > 0 && both.matrix->poll != NULL;
}

static void start(void)
{
    slack_peer_start(both.slack);
    slack_peer_await(both.slack, are_up);
}

static int64_t count(const char *sql)
{
    return slack_peer_number(both.slack, sql);
}

static bool is_quiet(void)
{
    return count("SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL") == 0;
}

static bool slack_is_answered(struct slack_peer *slack)
{
    return slack_peer_acks(slack, "e1") > 0 && is_quiet();
}

static bool matrix_is_answered(struct slack_peer *slack)
{
    (void)slack;
    return both.matrix->poll != NULL &&
           both.matrix->poll_at == both.matrix->sync_count && is_quiet();
}

static void slack_says(const char *line)
{
    slack_peer_slash(both.slack, "e1", "t1", line);
    slack_peer_await(both.slack, slack_is_answered);
}

static void matrix_says(const char *id, const char *line)
{
    matrix_peer_room(both.matrix, OPS, NULL, NULL,
                     matrix_peer_message(id, "@a:x", line));
    slack_peer_await(both.slack, matrix_is_answered);
}

/* Alice of Slack is @a:x on Matrix. */
static void link_accounts(void)
{
    struct store *store = &both.slack->store;
    struct arena *arena = arena_create(), *before = store->arena;
    int64_t id;
    struct err err;

    store->arena = arena;
    if (!db_begin(store->db, &err) || !person_insert(store, "alice", &id, &err) ||
        !person_link(store, id, "slack", "U1", &err) ||
        !person_link(store, id, "matrix", "@a:x", &err) ||
        !db_commit(store->db, &err)) {
        fail_msg("%s", err.text);
    }
    store->arena = before;
    arena_destroy(arena);
}

static void incident__lives__where_it_was_declared(void **state)
{
    (void)state;
    start();
    slack_says("declare db is down");
    assert_int_equal(both.slack->room_count, 1);
    assert_int_equal(matrix_peer_calls(both.matrix, "createRoom"), 0);
    assert_int_equal(matrix_peer_calls(both.matrix, "/send/"), 0);
    matrix_says("$1", "!inc declare fonts are odd");
    assert_int_equal(both.slack->room_count, 1);
    assert_true(matrix_peer_calls(both.matrix, "createRoom") > 0);
    assert_true(matrix_peer_sent(both.matrix, "fonts are odd") > 0);
    assert_int_equal(slack_peer_posts(both.slack, "inc-2"), 0);
    assert_int_equal(matrix_peer_sent(both.matrix, "db is down"), 0);
    assert_int_equal(count("SELECT COUNT(*) FROM incidents WHERE adapter = 'slack' "
                           "AND channel LIKE 'C0%'"),
                     1);
    assert_int_equal(count("SELECT COUNT(*) FROM incidents WHERE adapter = 'matrix' "
                           "AND channel LIKE '!made%'"),
                     1);
    assert_int_equal(count("SELECT COUNT(*) FROM outbox WHERE buried_why IS NOT NULL"),
                     0);
}

/* On the one as on the other: an incident of theirs is theirs on both. */
static void person__is_one__with_an_account_on_each(void **state)
{
    (void)state;
    link_accounts();
    start();
    slack_says("declare salaries leaked --private");
    matrix_says("$1", "!inc list mine");
    assert_true(matrix_peer_sent(both.matrix, "salaries leaked") > 0);
    assert_int_equal(count("SELECT COUNT(*) FROM people"), 1);
}

/* A stranger of the other platform learns nothing of it. */
static void private__stays_so__across_platforms(void **state)
{
    (void)state;
    start();
    slack_says("declare salaries leaked --private");
    matrix_says("$1", "!inc list all");
    matrix_says("$2", "!inc status inc-1");
    assert_int_equal(matrix_peer_sent(both.matrix, "salaries"), 0);
    assert_true(matrix_peer_sent(both.matrix, "There is no inc-1 that you can see") >
                0);
}

static bool is_refused(struct slack_peer *slack)
{
    (void)slack;
    return matrix_peer_calls(both.matrix, "GET /_matrix/client/v3/login") > 0 &&
           both.slack->socket_count > 0;
}

static void slack__goes_on__when_matrix_refuses_us(void **state)
{
    (void)state;
    both.matrix->is_oauth = true;
    slack_peer_start(both.slack);
    slack_peer_await(both.slack, is_refused);
    slack_says("declare db is down");
    assert_int_equal(both.slack->room_count, 1);
    assert_int_equal(ears_exit_status(both.slack->ears), 0);
}

static void matrix__goes_on__when_slack_is_away(void **state)
{
    (void)state;
    start();
    slack_peer_leave(both.slack);
    matrix_says("$1", "!inc declare fonts are odd");
    assert_true(matrix_peer_sent(both.matrix, "fonts are odd") > 0);
}

static bool ten_wait(struct slack_peer *slack)
{
    (void)slack;
    return count("SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL") == 10 &&
           matrix_peer_calls(both.matrix, "createRoom") == MATRIX_RUNNING;
}

static bool slack_has_room(struct slack_peer *slack)
{
    return slack_peer_acks(slack, "e1") > 0 && slack->room_count == 1;
}

/* As many of its deeds are under way as may be, and none ends. */
static void slack__goes_on__when_the_homeserver_hangs(void **state)
{
    (void)state;
    start();
    matrix_peer_fault(both.matrix, "createRoom", PEER_HANG, 1000);
    for (int i = 0; i < 10; i++) {
        char id[20], who[20];

        snprintf(id, sizeof(id), "$%d", i);
        snprintf(who, sizeof(who), "@a%d:x", i);
        matrix_peer_room(both.matrix, OPS, NULL, NULL,
                         matrix_peer_message(id, who, "!inc list"));
    }
    slack_peer_await(both.slack, ten_wait);
    slack_peer_slash(both.slack, "e1", "t1", "declare db is down");
    slack_peer_await(both.slack, slack_has_room);
    assert_true(count("SELECT COUNT(*) FROM outbox WHERE adapter = 'matrix' AND "
                      "done_ms IS NULL") == 10);
}

#define BOTH_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH_TEST(incident__lives__where_it_was_declared),
        BOTH_TEST(person__is_one__with_an_account_on_each),
        BOTH_TEST(private__stays_so__across_platforms),
        BOTH_TEST(slack__goes_on__when_matrix_refuses_us),
        BOTH_TEST(matrix__goes_on__when_slack_is_away),
        BOTH_TEST(slack__goes_on__when_the_homeserver_hangs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
