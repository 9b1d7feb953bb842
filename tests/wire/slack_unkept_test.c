/*
 * The store fails one call while a gap is read up, each of them in turn from its first
 * page on: in the end all is there, once, and nothing is left to be read.
 */
#include "store/db_engine.h"
#include "tests/wire/slack_gap.h"

#define STEP_SHORT 4

static bool is_left; /* the call that fails was not reached */

/* What a test asks for itself fails nothing and is not counted. */
static bool unseen(struct slack_peer *peer, bool (*is)(struct slack_peer *peer))
{
    int64_t left = peer->store.db->calls_to_failure;
    bool result;

    peer->store.db->calls_to_failure = 0;
    result = is(peer);
    peer->store.db->calls_to_failure = left;
    return result;
}

static bool is_held(struct slack_peer *peer)
{
    return peer->held != NULL;
}

static bool is_all_read(struct slack_peer *peer)
{
    return said(peer) == 1 && marks(peer) == 0 && slack_is_idle(peer);
}

static bool is_at_rest(struct slack_peer *peer)
{
    return unseen(peer, is_all_read);
}

static void read_up(int64_t fail_after)
{
    void *state;
    struct slack_peer *peer;

    slack_setup(&state);
    peer = declare(&state);
    add_said(peer, "", 1, "w1");
    fault(peer, FAULT_HELD, 1);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_held);
    db_fail_after(peer->store.db, fail_after);
    server_answer(peer->held, 200, "",
                  arena_printf(peer->config->arena, "{\"ok\":true,\"messages\":[%s]}",
                               peer->said));
    slack_peer_await(peer, is_at_rest);
    is_left = db_is_to_fail(peer->store.db);
    db_fail_after(peer->store.db, 0);
    assert_int_equal(slack_buried_rows(peer), 0);
    slack_teardown(&state);
}

static void gap__is_read_up__whichever_call_of_the_store_fails(void **state)
{
    int step = getenv("MUSTER_LONG") != NULL ? 1 : STEP_SHORT;

    (void)state;
    is_left = false;
    for (int64_t n = step == 1 ? 1 : 2; !is_left; n += step) {
        print_message("call %d\n", (int)n);
        read_up(n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gap__is_read_up__whichever_call_of_the_store_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
