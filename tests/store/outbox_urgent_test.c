/* What somebody waits for leaves before what does not. */
#include "store/outbox.h"
#include "tests/store/fresh.h"

#define NOW_MS   ((int64_t)100000)
#define CLAIM_MS ((int64_t)30000)

static int64_t put(struct store *store, const char *kind)
{
    struct outbox_row row = {.adapter = "console",
                             .lane = kind,
                             .kind = kind,
                             .place = "#ops",
                             .body = "{}",
                             .created_ms = 1000};

    MUST(outbox_put(store, &row, &err));
    return row.id;
}

static struct outbox_rows claim(struct store *store, bool is_urgent)
{
    struct outbox_claim claim = {.adapter = "console",
                                 .claimer = "me",
                                 .now_ms = NOW_MS,
                                 .until_ms = NOW_MS + CLAIM_MS,
                                 .limit = 2,
                                 .is_urgent = is_urgent};
    struct outbox_rows rows;

    MUST(outbox_claim(store, &claim, &rows, &err));
    return rows;
}

static void outbox_claim__takes_forms_first__when_only_urgent_is_asked_for(void **state)
{
    struct store *store = *state;
    struct outbox_rows rows;
    int64_t due_ms = 0;
    int64_t post = put(store, "post");
    int64_t direct = put(store, "direct");
    int64_t whisper = put(store, "whisper");
    int64_t form = put(store, "form");

    rows = claim(store, true);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.all[0].id, form);
    assert_int_equal(rows.all[1].id, direct);
    rows = claim(store, true);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.all[0].id, whisper);
    MUST(db_script(store->db, "UPDATE outbox SET done_ms = 2 WHERE kind <> 'post'",
                   &err));
    MUST(outbox_earliest(store, "console", true, &due_ms, &err));
    assert_int_equal(due_ms, TIME_NONE);
    MUST(outbox_earliest(store, "console", false, &due_ms, &err));
    assert_int_equal(due_ms, 1000);
    assert_int_equal(claim(store, true).count, 0);
    assert_int_equal(claim(store, false).all[0].id, post);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(outbox_claim__takes_forms_first__when_only_urgent_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
