#include "store/covers.h"
#include "store/offers.h"
#include "store/services.h"
#include "tests/store/fresh.h"

static struct cover insert(struct store *store, int64_t person_id, int64_t to_ms)
{
    struct cover cover = {
        .person_id = person_id, .from_ms = 1000, .to_ms = to_ms, .made_ms = 900};

    MUST(service_renew(store, "checkout", NULL, &cover.service_id, &err));
    MUST(cover_insert(store, &cover, &err));
    assert_int_equal(cover.state, COVER_OPEN);
    return cover;
}

static void cover_take__is_the_firsts__when_two_say_yes(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove"), wen = fresh_person(store, "wen");
    int64_t bo = fresh_person(store, "bo");
    struct cover cover = insert(store, tove, 5000), *found;
    bool taken;

    MUST(cover_take(store, cover.id, wen, 1500, &taken, &err));
    assert_true(taken);
    MUST(cover_take(store, cover.id, bo, 1500, &taken, &err));
    assert_false(taken);
    MUST(cover_withdraw(store, cover.id, 1600, &taken, &err));
    assert_false(taken);
    MUST(cover_find(store, cover.id, &found, &err));
    assert_int_equal(found->state, COVER_TAKEN);
    assert_int_equal(found->cover_id, wen);
    assert_int_equal(found->settled_ms, 1500);
    assert_int_equal(found->to_ms, 5000);
}

static void covers_of__leaves_out_what_is_over(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove");
    struct cover open = insert(store, tove, 5000), gone = insert(store, tove, 6000);
    struct covers covers;
    bool moved;

    (void)insert(store, tove, 2000);
    (void)insert(store, fresh_person(store, "wen"), 7000);
    MUST(cover_withdraw(store, gone.id, 1500, &moved, &err));
    assert_true(moved);
    MUST(covers_of(store, tove, 2000, &covers, &err));
    assert_int_equal(covers.count, 1);
    assert_int_equal(covers.all[0].id, open.id);
}

static void offers_about__lists_all_of_a_row__whatever_became_of_them(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove"), wen = fresh_person(store, "wen");
    struct offer offer = {.kind = "cover",
                          .from_id = tove,
                          .to_id = wen,
                          .subject = 7,
                          .made_ms = 100,
                          .ends_ms = TIME_NONE};
    struct cover *cover;
    struct offers offers;
    bool settled;

    MUST(offer_insert(store, &offer, &err));
    MUST(offer_settle(store, offer.id, OFFER_DECLINED, 200, &settled, &err));
    MUST(offers_about(store, "cover", 7, &offers, &err));
    assert_int_equal(offers.count, 1);
    assert_int_equal(offers.all[0].subject, 7);
    assert_int_equal(offers.all[0].state, OFFER_DECLINED);
    MUST(offers_about(store, "cover", 8, &offers, &err));
    assert_int_equal(offers.count, 0);
    MUST(cover_find(store, 7, &cover, &err));
    assert_null(cover);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(cover_take__is_the_firsts__when_two_say_yes),
        FRESH_TEST(covers_of__leaves_out_what_is_over),
        FRESH_TEST(offers_about__lists_all_of_a_row__whatever_became_of_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
