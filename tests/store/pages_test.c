#include "store/page_calls.h"
#include "store/pages.h"
#include "tests/store/fresh.h"

/* tove pages; ruben, then pia are called. */
struct stage {
    int64_t tove, ruben, pia, incident_id;
    struct page page;
};

static void call(struct store *store, const struct stage *stage, int64_t person_id)
{
    struct page_call row = {.incident_id = stage->incident_id,
                            .n = 1,
                            .person_id = person_id,
                            .reason = "on call",
                            .round = 1,
                            .sent_ms = 100};

    MUST(page_call_insert(store, &row, &err));
    assert_true(row.id > 0);
}

static struct stage set_stage(struct store *store)
{
    struct stage stage = {.tove = fresh_person(store, "tove"),
                          .ruben = fresh_person(store, "ruben"),
                          .pia = fresh_person(store, "pia")};

    stage.incident_id = fresh_incident(store, stage.tove);
    stage.page = (struct page){.incident_id = stage.incident_id,
                               .n = 1,
                               .asker_id = stage.tove,
                               .why = "callbacks",
                               .is_escalation = true,
                               .made_ms = 100};
    MUST(page_insert(store, &stage.page, &err));
    call(store, &stage, stage.ruben);
    MUST(page_calls_silence(store, &stage.page, &err));
    call(store, &stage, stage.pia);
    return stage;
}

static struct page *found(struct store *store, const struct stage *stage)
{
    struct page *page = NULL;

    MUST(page_find(store, stage->incident_id, 1, &page, &err));
    assert_non_null(page);
    return page;
}

static void check_calls(struct store *store, const struct stage *stage,
                        enum page_call_state ruben, enum page_call_state pia)
{
    struct page_calls calls;

    MUST(page_calls_list(store, &stage->page, &calls, &err));
    assert_int_equal(calls.count, 2);
    assert_string_equal(calls.all[0].handle, "ruben");
    assert_int_equal(calls.all[0].state, ruben);
    assert_int_equal(calls.all[1].state, pia);
}

static void page_answer__stops_it_once__when_two_say_yes(void **state)
{
    struct store *store = *state;
    struct stage stage = set_stage(store);
    bool first;

    check_calls(store, &stage, PAGE_CALL_SILENT, PAGE_CALL_WAITING);
    MUST(page_answer(store, &stage.page, stage.ruben, 200, &first, &err));
    assert_true(first);
    check_calls(store, &stage, PAGE_CALL_COMING, PAGE_CALL_OVER);
    MUST(page_answer(store, &stage.page, stage.pia, 300, &first, &err));
    assert_false(first);
    assert_int_equal(found(store, &stage)->state, PAGE_ANSWERED);
    assert_string_equal(found(store, &stage)->answerer, "ruben");
    assert_int_equal(found(store, &stage)->answered_ms, 200);
    check_calls(store, &stage, PAGE_CALL_COMING, PAGE_CALL_COMING);
}

static void page_call_decline__moves_once__when_a_call_waits(void **state)
{
    struct store *store = *state;
    struct stage stage = set_stage(store);
    bool moved;

    MUST(page_call_decline(store, &stage.page, stage.tove, 200, &moved, &err));
    assert_false(moved);
    MUST(page_call_decline(store, &stage.page, stage.pia, 200, &moved, &err));
    assert_true(moved);
    MUST(page_call_decline(store, &stage.page, stage.pia, 300, &moved, &err));
    assert_false(moved);
    check_calls(store, &stage, PAGE_CALL_SILENT, PAGE_CALL_DECLINED);
    assert_int_equal(found(store, &stage)->state, PAGE_OPEN);
}

static void page_withdraw__ends_the_calls__when_it_is_open(void **state)
{
    struct store *store = *state;
    struct stage stage = set_stage(store);
    bool moved, first;

    MUST(page_withdraw(store, &stage.page, 200, &moved, &err));
    assert_true(moved);
    check_calls(store, &stage, PAGE_CALL_OVER, PAGE_CALL_OVER);
    MUST(page_answer(store, &stage.page, stage.pia, 300, &first, &err));
    assert_false(first);
    MUST(page_withdraw(store, &stage.page, 400, &moved, &err));
    assert_false(moved);
    assert_int_equal(found(store, &stage)->state, PAGE_WITHDRAWN);
}

static void pages_of__lists_what_waits__when_the_person_was_called(void **state)
{
    struct store *store = *state;
    struct stage stage = set_stage(store);
    struct pages pages;
    bool moved;

    MUST(pages_of(store, stage.ruben, 0, &pages, &err));
    assert_int_equal(pages.count, 1); /* silent, but an answer still counts */
    MUST(pages_of(store, stage.tove, 0, &pages, &err));
    assert_int_equal(pages.count, 0);
    MUST(pages_asked_by(store, stage.tove, stage.incident_id, &pages, &err));
    assert_int_equal(pages.count, 1);
    assert_true(pages.all[0].is_escalation);
    assert_string_equal(pages.all[0].asker, "tove");
    MUST(page_call_decline(store, &stage.page, stage.ruben, 200, &moved, &err));
    MUST(pages_of(store, stage.ruben, 0, &pages, &err));
    assert_int_equal(pages.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(page_answer__stops_it_once__when_two_say_yes),
        FRESH_TEST(page_call_decline__moves_once__when_a_call_waits),
        FRESH_TEST(page_withdraw__ends_the_calls__when_it_is_open),
        FRESH_TEST(pages_of__lists_what_waits__when_the_person_was_called),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
