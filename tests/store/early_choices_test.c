#include "store/early_choices.h"
#include "store/outbox.h"
#include "tests/store/fresh.h"

static void early_choice__is_as_it_was_kept__until_it_is_deleted(void **state)
{
    struct store *store = *state;
    struct early_choice mark = {.adapter = "wire",
                                .channel = "C1",
                                .message = "M1",
                                .event = "E1",
                                .external = "U1",
                                .at_ms = 10,
                                .held_ms = 20,
                                .last_row = 7};
    struct early_choice press = mark, *found;

    press.is_direct = true;
    press.choice = "accept inc-1";
    MUST(early_choice_insert(store, &mark, &err));
    MUST(early_choice_insert(store, &press, &err));
    MUST(early_choice_find(store, mark.id, &found, &err));
    assert_null(found->choice);
    assert_false(found->is_direct);
    assert_int_equal(found->last_row, 7);
    MUST(early_choice_find(store, press.id, &found, &err));
    assert_string_equal(found->choice, "accept inc-1");
    assert_string_equal(found->external, "U1");
    assert_true(found->is_direct);
    assert_int_equal(found->at_ms + found->held_ms, 30);
    MUST(early_choice_delete(store, press.id, &err));
    MUST(early_choice_find(store, press.id, &found, &err));
    assert_null(found);
    MUST(early_choice_find(store, mark.id, &found, &err));
    assert_non_null(found);
}

static struct outbox_row put(struct store *store)
{
    struct outbox_row row = {.adapter = "wire",
                             .lane = "a",
                             .kind = "post",
                             .body = "{}",
                             .created_ms = 1,
                             .due_ms = 1};

    MUST(outbox_put(store, &row, &err));
    return row;
}

static int64_t under_way(struct store *store, const char *adapter, int64_t last)
{
    int64_t row_id;

    MUST(outbox_under_way(store, adapter, last, &row_id, &err));
    return row_id;
}

static void under_way__is_what_was_tried__until_its_outcome(void **state)
{
    struct store *store = *state;
    struct outbox_row tried = put(store), killed = put(store);
    bool is_settled;

    assert_int_equal(under_way(store, "wire", 0), 0);
    MUST(outbox_again(store, tried.id, 50, false, &err));
    assert_int_equal(under_way(store, "wire", 0), tried.id);
    assert_int_equal(under_way(store, "cable", 0), 0);
    MUST(store_run(store, NULL, &err, "UPDATE outbox SET unsure = 1 WHERE id = $1",
                   DB_ARGS(DB_INT(killed.id))));
    assert_int_equal(under_way(store, "wire", 0), killed.id);
    assert_int_equal(under_way(store, "wire", tried.id), tried.id);
    MUST(outbox_settle(store, tried.id, "ref", 60, &is_settled, &err));
    assert_int_equal(under_way(store, "wire", tried.id), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(early_choice__is_as_it_was_kept__until_it_is_deleted),
        FRESH_TEST(under_way__is_what_was_tried__until_its_outcome),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
