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

/* It is under way: what it changes must not be changed by what is behind it. */
static void outbox_claim__waits__when_what_was_put_off_is_tried_again(void **state)
{
    struct store *store = *state;
    struct outbox_rows rows;
    struct outbox_claim later = {.adapter = "console",
                                 .claimer = "me",
                                 .limit = 1,
                                 .now_ms = NOW_MS + 1,
                                 .until_ms = NOW_MS + 30000};
    int64_t topic = put(store, "set-topic");
    (void)put(store, "post");
    assert_int_equal(claim(store), topic);
    MUST(outbox_again(store, topic, NOW_MS + 1, false, &err));
    MUST(outbox_claim(store, &later, &rows, &err));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.all[0].id, topic);
    assert_int_equal(claim(store), 0);
}

/* Between our look and our claim: that of two who claim only one gets the row. */
static void outbox_claim__leaves_a_row__when_another_was_quicker(void **state)
{
    struct store *store = *state;
    struct outbox_row row = {.adapter = "console",
                             .kind = "post",
                             .place = "#ops",
                             .body = "{}",
                             .created_ms = 1000};
    static const char *const lanes[] = {"a", "b", "c"};
    for (size_t i = 0; i < 3; i++) {
        row.lane = lanes[i];
        MUST(outbox_put(store, &row, &err));
    }
    MUST(db_script(store->db,
                   "CREATE TRIGGER quicker AFTER UPDATE OF claimed_by ON outbox "
                   "WHEN NEW.lane = 'a' BEGIN "
                   "UPDATE outbox SET claimed_by = 'other', claimed_until_ms = 999999 "
                   "WHERE lane = 'b'; "
                   "UPDATE outbox SET done_ms = 1 WHERE lane = 'c'; END",
                   &err));
    assert_int_equal(claim(store), row.id - 2);
}

static void outbox_replace__changes_the_body__when_the_row_was_put_off(void **state)
{
    struct store *store = *state;
    struct outbox_row like = {
        .adapter = "console", .lane = "a", .kind = "set-topic", .body = "new"};
    struct outbox_row *row;
    bool replaced = true;
    int64_t topic = put(store, "set-topic");
    MUST(outbox_replace(store, &like, &replaced, &err));
    assert_false(replaced); /* what was never tried keeps its turn and its words */
    MUST(outbox_again(store, topic, 1000, false, &err));
    assert_int_equal(claim(store), topic);
    MUST(outbox_replace(store, &like, &replaced, &err));
    assert_false(replaced); /* it is being said */
    MUST(outbox_again(store, topic, 1000, false, &err));
    MUST(outbox_replace(store, &like, &replaced, &err));
    assert_true(replaced);
    MUST(outbox_find(store, topic, &row, &err));
    assert_string_equal(row->body, "new");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(outbox_claim__passes_what_was_put_off__when_nothing_rests_on_it),
        FRESH_TEST(outbox_claim__keeps_the_order__when_a_post_was_put_off),
        FRESH_TEST(outbox_claim__waits__when_what_was_put_off_is_tried_again),
        FRESH_TEST(outbox_claim__leaves_a_row__when_another_was_quicker),
        FRESH_TEST(outbox_replace__changes_the_body__when_the_row_was_put_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
