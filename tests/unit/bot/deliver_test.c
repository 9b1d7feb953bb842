/* When a wish is tried again. */
#include "bot/base/time.h"
#include "bot/deliver.h"
#include "store/outbox.h"
#include "tests/store/fresh.h"

#define NOW_MS 100000

static void backoff__is_quadratic__up_to_its_cap(void **state)
{
    (void)state;
    assert_int_equal(deliver_again_ms(0, 0, 0), TIME_SECOND_MS);
    assert_int_equal(deliver_again_ms(0, 1, 0), TIME_SECOND_MS);
    assert_int_equal(deliver_again_ms(0, 2, 0), 4 * TIME_SECOND_MS);
    assert_int_equal(deliver_again_ms(0, 3, 0), 9 * TIME_SECOND_MS);
    assert_int_equal(deliver_again_ms(0, 18, 0), 5 * TIME_MINUTE_MS);
    assert_int_equal(deliver_again_ms(0, INT64_MAX, 0), 5 * TIME_MINUTE_MS);
}

/* Each "not now" of a busy platform would else make the next wait longer. */
static void wait__is_what_the_platform_asked__however_often(void **state)
{
    (void)state;
    assert_int_equal(deliver_again_ms(5000, 1, 6000), 6000);
    assert_int_equal(deliver_again_ms(5000, 9, 6000), 6000);
    assert_int_equal(deliver_again_ms(5000, 9, 60 * TIME_MINUTE_MS),
                     60 * TIME_MINUTE_MS);
}

/* Tried at NOW_MS, and to be tried again. */
static int64_t put_off(struct store *store, const char *lane, int64_t not_before_ms)
{
    struct turn turn = {.arena = store->arena, .store = store, .now_ms = NOW_MS};
    struct outbox_row row = {.adapter = "slack",
                             .lane = lane,
                             .kind = "post",
                             .place = "C1",
                             .body = "{}",
                             .created_ms = NOW_MS};

    MUST(outbox_put(store, &row, &err));
    MUST(deliver_settle(
        &turn, row.id,
        &(struct outcome){.kind = OUTCOME_AGAIN, .not_before_ms = not_before_ms},
        &err));
    return row.id;
}

static struct outbox_rows claim_at(struct store *store, int64_t now_ms)
{
    struct outbox_rows rows;

    MUST(outbox_claim(store,
                      &(struct outbox_claim){.adapter = "slack",
                                             .claimer = "me",
                                             .now_ms = now_ms,
                                             .until_ms = now_ms + TIME_MINUTE_MS,
                                             .limit = 9},
                      &rows, &err));
    return rows;
}

static void wait__is_over_at_once__when_the_link_is_back(void **state)
{
    struct store *store = *state;
    int64_t ours = put_off(store, "a", 0);
    struct outbox_rows rows;

    assert_int_equal(claim_at(store, NOW_MS + 1).count, 0);
    MUST(outbox_hasten(store, "matrix", NOW_MS + 1, &err));
    assert_int_equal(claim_at(store, NOW_MS + 1).count, 0);
    MUST(outbox_hasten(store, "slack", NOW_MS + 1, &err));
    rows = claim_at(store, NOW_MS + 1);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.all[0].id, ours);
    assert_false(rows.all[0].is_unsure);
}

static void wait__goes_on__when_the_platform_asked_for_it(void **state)
{
    struct store *store = *state;
    int64_t theirs = put_off(store, "a", NOW_MS + TIME_MINUTE_MS), due_ms;
    struct outbox_rows rows;

    MUST(outbox_hasten(store, "slack", NOW_MS + 1, &err));
    assert_int_equal(claim_at(store, NOW_MS + TIME_MINUTE_MS - 1).count, 0);
    MUST(outbox_earliest(store, "slack", false, &due_ms, &err));
    assert_int_equal(due_ms, NOW_MS + TIME_MINUTE_MS);
    rows = claim_at(store, NOW_MS + TIME_MINUTE_MS);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.all[0].id, theirs);
    assert_int_equal(rows.all[0].attempts, 1); /* nobody let a claim run out */
    assert_false(rows.all[0].is_unsure);
}

/* "Not now" says nothing of the try before it, whose answer was lost. */
static void doubt__stays__when_a_later_answer_is_not_now(void **state)
{
    struct store *store = *state;
    struct turn turn = {.arena = store->arena, .store = store, .now_ms = NOW_MS};
    int64_t row_id = put_off(store, "a", 0);
    struct outbox_row *row;

    MUST(deliver_settle(&turn, row_id, &(struct outcome){.kind = OUTCOME_UNKNOWN},
                        &err));
    MUST(deliver_settle(&turn, row_id, &(struct outcome){.kind = OUTCOME_AGAIN}, &err));
    MUST(outbox_find(store, row_id, &row, &err));
    assert_true(row->is_unsure);
}

/* Which channel was made, told before the answer is in: that of the very wish alone. */
static void opening__is_believed__of_the_wish_it_answers(void **state)
{
    struct store *store = *state;
    struct turn turn = {.arena = store->arena, .store = store, .now_ms = NOW_MS};
    int64_t incident_id = fresh_incident(store, fresh_person(store, "ana"));
    struct outbox_row post = {.adapter = "slack",
                              .lane = "i",
                              .kind = "post",
                              .incident_id = incident_id,
                              .body = "{}",
                              .created_ms = NOW_MS};
    struct outbox_row open = post;
    struct incident *incident;
    struct ear_opening of_post, of_other_store, right;
    bool settled;

    open.kind = "open-channel";
    MUST(outbox_put(store, &post, &err));
    MUST(outbox_put(store, &open, &err));
    of_post = (struct ear_opening){
        .action_id = post.id, .created_ms = NOW_MS, .channel = "C0"};
    right = of_other_store = of_post;
    of_other_store.action_id = right.action_id = open.id;
    of_other_store.created_ms = NOW_MS - 1;
    MUST(deliver_opened(&turn, "slack", &of_post, &err));
    MUST(deliver_opened(&turn, "slack", &of_other_store, &err));
    MUST(deliver_opened(&turn, "matrix", &right, &err));
    MUST(incident_find(store, incident_id, &incident, &err));
    assert_null(incident->channel);
    right.channel = "C1";
    MUST(deliver_opened(&turn, "slack", &right, &err));
    right.channel = "C2";
    MUST(deliver_opened(&turn, "slack", &right, &err));
    MUST(incident_find(store, incident_id, &incident, &err));
    assert_string_equal(incident->channel, "C1");
    MUST(incident_set_channel(store, incident_id, NULL, NULL, &err));
    MUST(outbox_settle(store, open.id, "C1", NOW_MS, &settled, &err));
    MUST(deliver_opened(&turn, "slack", &right, &err));
    MUST(incident_find(store, incident_id, &incident, &err));
    assert_null(incident->channel);
}

/* Each call fails once: what was to be done is not half done, and who asked hears it.
 */
static void wish__says_so__when_the_store_fails(void **state)
{
    struct store *store = *state;
    struct turn turn = {.arena = store->arena, .store = store, .now_ms = NOW_MS};
    const struct outcome later = {.kind = OUTCOME_AGAIN, .not_before_ms = NOW_MS + 9};
    struct outbox_row open = {.adapter = "slack",
                              .lane = "i",
                              .kind = "open-channel",
                              .body = "{}",
                              .created_ms = NOW_MS};
    struct ear_opening opening = {.created_ms = NOW_MS, .channel = "C1"};

    open.incident_id = fresh_incident(store, fresh_person(store, "ana"));
    MUST(outbox_put(store, &open, &err));
    opening.action_id = open.id;
    for (int64_t n = 1; n <= 6; n++) {
        struct err err;
        bool ok;

        db_fail_after(store->db, n <= 3 ? n : n - 3);
        ok = n <= 3 ? deliver_settle(&turn, open.id, &later, &err)
                    : deliver_opened(&turn, "slack", &opening, &err);
        assert_int_equal(ok, db_is_to_fail(store->db));
        db_fail_after(store->db, 0);
        assert_true(ok || err.kind == ERR_AGAIN);
    }
    MUST(deliver_settle(&turn, open.id, &later, &err));
    MUST(deliver_opened(&turn, "slack", &opening, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(backoff__is_quadratic__up_to_its_cap),
        cmocka_unit_test(wait__is_what_the_platform_asked__however_often),
        FRESH_TEST(wish__says_so__when_the_store_fails),
        FRESH_TEST(wait__is_over_at_once__when_the_link_is_back),
        FRESH_TEST(wait__goes_on__when_the_platform_asked_for_it),
        FRESH_TEST(doubt__stays__when_a_later_answer_is_not_now),
        FRESH_TEST(opening__is_believed__of_the_wish_it_answers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
