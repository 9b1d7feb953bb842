#include "store/offers.h"
#include "tests/store/fresh.h"

static int64_t insert(struct store *store, const char *kind, int64_t incident_id,
                      int64_t from_id, int64_t to_id)
{
    struct offer offer = {.kind = kind,
                          .incident_id = incident_id,
                          .from_id = from_id,
                          .to_id = to_id,
                          .note = "please",
                          .made_ms = 2000,
                          .ends_ms = TIME_NONE};
    MUST(offer_insert(store, &offer, &err));
    assert_int_equal(offer.state, OFFER_OPEN);
    return offer.id;
}

static bool settle(struct store *store, int64_t id, enum offer_state state)
{
    bool settled = false;
    MUST(offer_settle(store, id, state, 3000, &settled, &err));
    return settled;
}

static size_t count_to(struct store *store, int64_t to_id, int64_t incident_id)
{
    struct offers offers;
    MUST(offers_to(store, to_id, incident_id, &offers, &err));
    return offers.count;
}

static void offer_find__gives_back_all__when_it_was_inserted(void **state)
{
    struct store *store = *state;
    struct offer *offer;
    int64_t ana = fresh_person(store, "ana");
    int64_t bo = fresh_person(store, "bo");
    int64_t id = insert(store, "handoff", fresh_incident(store, ana), ana, bo);
    MUST(offer_find(store, id, &offer, &err));
    assert_non_null(offer);
    assert_string_equal(offer->kind, "handoff");
    assert_string_equal(offer->note, "please");
    assert_int_equal(offer->from_id, ana);
    assert_int_equal(offer->to_id, bo);
    assert_int_equal(offer->ends_ms, TIME_NONE);
    assert_int_equal(offer->settled_ms, TIME_NONE);
    MUST(offer_find(store, id + 1, &offer, &err));
    assert_null(offer);
}

static void offer_settle__settles_once__when_two_answers_come(void **state)
{
    struct store *store = *state;
    struct offer *offer;
    int64_t ana = fresh_person(store, "ana");
    int64_t bo = fresh_person(store, "bo");
    int64_t id = insert(store, "handoff", fresh_incident(store, ana), ana, bo);
    assert_true(settle(store, id, OFFER_DECLINED));
    assert_false(settle(store, id, OFFER_ACCEPTED));
    MUST(offer_find(store, id, &offer, &err));
    assert_int_equal(offer->state, OFFER_DECLINED);
    assert_int_equal(offer->settled_ms, 3000);
}

static void offers_to__holds_what_waits__when_some_are_settled(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t bo = fresh_person(store, "bo");
    int64_t one = fresh_incident(store, ana);
    int64_t two = fresh_incident(store, ana);
    int64_t first = insert(store, "handoff", one, ana, bo);
    (void)insert(store, "lead", two, ana, bo);
    (void)insert(store, "buddy", 0, ana, bo);
    assert_int_equal(count_to(store, bo, 0), 3);
    assert_int_equal(count_to(store, bo, one), 1);
    assert_int_equal(count_to(store, ana, 0), 0);
    assert_true(settle(store, first, OFFER_LAPSED));
    assert_int_equal(count_to(store, bo, one), 0);
    assert_int_equal(count_to(store, bo, 0), 2);
}

static void offers_of__looks_at_the_kind__when_one_is_given(void **state)
{
    struct store *store = *state;
    struct offers offers;
    int64_t ana = fresh_person(store, "ana");
    int64_t bo = fresh_person(store, "bo");
    int64_t id = fresh_incident(store, ana);
    int64_t first = insert(store, "handoff", id, ana, bo);
    (void)insert(store, "lead", id, bo, ana);
    MUST(offers_of(store, id, "handoff", &offers, &err));
    assert_int_equal(offers.count, 1);
    assert_int_equal(offers.all[0].id, first);
    MUST(offers_of(store, id, NULL, &offers, &err));
    assert_int_equal(offers.count, 2);
    MUST(offers_of(store, id + 1, NULL, &offers, &err));
    assert_int_equal(offers.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(offer_find__gives_back_all__when_it_was_inserted),
        FRESH_TEST(offer_settle__settles_once__when_two_answers_come),
        FRESH_TEST(offers_to__holds_what_waits__when_some_are_settled),
        FRESH_TEST(offers_of__looks_at_the_kind__when_one_is_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
