/*
 * The store fails one call while an incident's room is heard and read up, each of them
 * in turn: in the end all is there, once, and nobody had to say it again.
 */
#include "tests/wire/matrix_syncs.h"

#define INC        "!inc:x"
#define STEP_SHORT 29

struct end {
    int64_t timeline, outbox, buried;
};

static bool is_left; /* the call that fails was not reached */

static void play(struct matrix_peer *peer, int64_t fail_after, struct end *end)
{
    matrix_peer_start(peer);
    matrix_peer_await(peer, is_idle);
    matrix_peer_incident(peer, INC);
    db_fail_after(peer->store.db, fail_after);
    matrix_peer_room(peer, INC, NULL, NULL, message("$1", "one"));
    matrix_peer_room(peer, INC, NULL, NULL, message("$2", "!inc severity sev1"));
    say_history(peer, 0, 7);
    matrix_peer_room(peer, INC, NULL, "h6", message("$h6", "line 6"));
    matrix_peer_room(peer, INC, NULL, NULL, message("$3", "three"));
    matrix_peer_await(peer, is_at_rest);
    is_left = db_is_to_fail(peer->store.db);
    db_fail_after(peer->store.db, 0);
    matrix_peer_assert_said(peer, 0, 7);
    assert_int_equal(matrix_peer_said(peer, "one"), 1);
    assert_int_equal(matrix_peer_said(peer, "three"), 1);
    *end = (struct end){
        .timeline = matrix_peer_number(peer, "SELECT COUNT(*) FROM timeline"),
        .outbox = matrix_peer_number(peer, "SELECT COUNT(*) FROM outbox"),
        .buried = matrix_peer_number(
            peer, "SELECT COUNT(*) FROM outbox WHERE buried_why IS NOT NULL")};
}

static void room__is_whole__when_a_call_of_the_store_fails(void **state)
{
    int step = getenv("MUSTER_LONG") != NULL ? 1 : STEP_SHORT;
    struct matrix_peer *peer = matrix_peer_create();
    struct end wanted, end;

    (void)state;
    play(peer, 0, &wanted);
    matrix_peer_destroy(peer);
    is_left = false;
    for (int64_t n = 1; !is_left; n += step) {
        peer = matrix_peer_create();
        print_message("store call %d\n", (int)n);
        play(peer, n, &end);
        assert_int_equal(end.timeline, wanted.timeline);
        assert_int_equal(end.outbox, wanted.outbox);
        assert_int_equal(end.buried, wanted.buried);
        matrix_peer_destroy(peer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(room__is_whole__when_a_call_of_the_store_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
