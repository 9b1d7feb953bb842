/* Who overtakes whom in a lane. */
#include "store/outbox.h"
#include "tests/store/fresh.h"

#define NOW_MS ((int64_t)100000)

static int64_t put(struct store *store, const char *kind)
{
    struct outbox_row row = {.adapter = "console",
                             .lane = "a",
                             .kind = kind,
                             .place = "#ops",
                             .body = "{}",
                             .created_ms = 1000};
    MUST(outbox_put(store, &row, &err));
    return row.id;
}

/* The only row that may leave now; 0: none. */
static int64_t claim(struct store *store)
{
    struct outbox_rows rows;
    struct outbox_claim claim = {.adapter = "console",
                                 .claimer = "me",
                                 .limit = 10,
                                 .now_ms = NOW_MS,
                                 .until_ms = NOW_MS + 30000};
    MUST(outbox_claim(store, &claim, &rows, &err));
    assert_true(rows.count <= 1);
    return rows.count == 0 ? 0 : rows.all[0].id;
}

static void settle(struct store *store, int64_t id)
{
    bool settled = false;
    MUST(outbox_settle(store, id, "m1", NOW_MS, &settled, &err));
    assert_true(settled);
}

/* Untried it keeps its turn; put off, it holds up nothing but its kind. */
static void
outbox_claim__passes_what_was_put_off__when_nothing_rests_on_it(void **state)
{
    struct store *store = *state;
    int64_t topic = put(store, "set-topic");
    int64_t post = put(store, "post");
    int64_t newer = put(store, "set-topic");
    assert_int_equal(claim(store), topic);
    assert_int_equal(claim(store), 0);
    MUST(outbox_again(store, topic, NOW_MS + 60000, false, &err));
    assert_int_equal(claim(store), post);
    settle(store, post);
    assert_int_equal(claim(store), 0);
    int64_t later = put(store, "post");
    assert_int_equal(claim(store), later); /* behind the newer topic, too */
    settle(store, later);
    settle(store, topic);
    assert_int_equal(claim(store), newer);
}

static void outbox_claim__keeps_the_order__when_a_post_was_put_off(void **state)
{
    struct store *store = *state;
    int64_t post = put(store, "post");
    put(store, "pin");
    assert_int_equal(claim(store), post);
    MUST(outbox_again(store, post, NOW_MS + 60000, false, &err));
    assert_int_equal(claim(store), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(outbox_claim__passes_what_was_put_off__when_nothing_rests_on_it),
        FRESH_TEST(outbox_claim__keeps_the_order__when_a_post_was_put_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
