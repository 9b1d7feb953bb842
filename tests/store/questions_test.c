#include "store/questions.h"
#include "tests/store/fresh.h"

static int64_t ask(struct store *store, int64_t asker_id, int64_t person_id,
                   const char *text)
{
    struct question question = {
        .asker_id = asker_id, .person_id = person_id, .text = text, .asked_ms = 100};

    MUST(question_insert(store, &question, &err));
    return question.id;
}

static void questions_to__puts_the_waiting_first__when_some_are_answered(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove"), wen = fresh_person(store, "wen");
    int64_t first = ask(store, tove, wen, "first");
    int64_t second = ask(store, tove, wen, "second");
    struct questions questions;

    MUST(question_settle(store, second, true, 200, &err));
    MUST(questions_to(store, wen, 150, &questions, &err));
    assert_int_equal(questions.count, 2);
    assert_int_equal(questions.all[0].id, first);
    assert_string_equal(questions.all[0].asker, "tove");
    assert_true(questions.all[0].answered_ms == TIME_NONE);
    assert_int_equal(questions.all[0].incident_id, 0);
    MUST(questions_to(store, wen, 201, &questions, &err));
    assert_int_equal(questions.count, 1);
    MUST(questions_to(store, tove, 0, &questions, &err));
    assert_int_equal(questions.count, 0);
}

static void questions_from__follow_one__when_it_went_on(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove"), wen = fresh_person(store, "wen");
    int64_t ruben = fresh_person(store, "ruben");
    int64_t first = ask(store, tove, wen, "who knows"), other;
    struct question next = {.asker_id = tove,
                            .person_id = ruben,
                            .with_id = wen,
                            .root_id = first,
                            .text = "who knows",
                            .asked_ms = 200};
    struct questions chain;
    struct question *found;

    other = ask(store, tove, wen, "something else");
    MUST(question_insert(store, &next, &err));
    MUST(questions_from(store, first, &chain, &err));
    assert_int_equal(chain.count, 2);
    assert_int_equal(chain.all[1].person_id, ruben);
    assert_int_equal(chain.all[1].with_id, wen);
    MUST(question_find(store, other, &found, &err));
    assert_string_equal(found->text, "something else");
    assert_int_equal(found->with_id, 0);
    MUST(question_find(store, 99, &found, &err));
    assert_null(found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(questions_to__puts_the_waiting_first__when_some_are_answered),
        FRESH_TEST(questions_from__follow_one__when_it_went_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
