#include "store/outbox.h"
#include "tests/store/fresh.h"

#define NOW_MS   ((int64_t)100000)
#define CLAIM_MS ((int64_t)30000)

static int64_t put_row(struct store *store, struct outbox_row row)
{
    row.adapter = row.adapter == NULL ? "console" : row.adapter;
    row.lane = row.lane == NULL ? "a" : row.lane;
    row.kind = row.kind == NULL ? "post" : row.kind;
    row.body = row.body == NULL ? "{}" : row.body;
    row.created_ms = row.created_ms == 0 ? 1000 : row.created_ms;
    MUST(outbox_put(store, &row, &err));
    assert_true(row.id > 0);
    return row.id;
}

static int64_t put(struct store *store, const char *lane)
{
    return put_row(store, (struct outbox_row){.lane = lane, .place = "#ops"});
}

static struct outbox_rows claim_at(struct store *store, int64_t now_ms)
{
    struct outbox_rows rows;
    struct outbox_claim claim = {.adapter = "console", .claimer = "me", .limit = 10};
    claim.now_ms = now_ms;
    claim.until_ms = now_ms + CLAIM_MS;
    MUST(outbox_claim(store, &claim, &rows, &err));
    return rows;
}

static void settle(struct store *store, int64_t id, const char *ref)
{
    bool settled = false;
    MUST(outbox_settle(store, id, ref, NOW_MS, &settled, &err));
    assert_true(settled);
}

static int64_t earliest(struct store *store)
{
    int64_t due_ms = 0;
    MUST(outbox_earliest(store, "console", false, &due_ms, &err));
    return due_ms;
}

static void outbox_claim__takes_one_of_each_lane__when_several_wait(void **state)
{
    struct store *store = *state;
    int64_t a1 = put(store, "a");
    int64_t a2 = put(store, "a");
    int64_t b1 = put(store, "b");
    struct outbox_rows rows = claim_at(store, NOW_MS);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.all[0].id, a1);
    assert_int_equal(rows.all[1].id, b1);
    assert_int_equal(claim_at(store, NOW_MS).count, 0);
    settle(store, a1, "m1");
    rows = claim_at(store, NOW_MS);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.all[0].id, a2);
}

static void outbox_claim__keeps_to_adapter_and_limit__when_more_wait(void **state)
{
    struct store *store = *state;
    struct outbox_rows rows;
    (void)put_row(store, (struct outbox_row){.adapter = "slack", .place = "C1"});
    assert_int_equal(earliest(store), TIME_NONE);
    int64_t first = put(store, "z");
    (void)put(store, "y");
    MUST(outbox_claim(store,
                      &(struct outbox_claim){.adapter = "console",
                                             .claimer = "me",
                                             .now_ms = NOW_MS,
                                             .until_ms = NOW_MS + 1,
                                             .limit = 1},
                      &rows, &err));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.all[0].id, first);
}

static void outbox_claim__keeps_the_order__when_the_first_is_due_later(void **state)
{
    struct store *store = *state;
    int64_t first =
        put_row(store, (struct outbox_row){.place = "#ops", .due_ms = NOW_MS + 5000});
    (void)put(store, "a");
    assert_int_equal(claim_at(store, NOW_MS).count, 0);
    assert_int_equal(earliest(store), NOW_MS + 5000);
    struct outbox_rows rows = claim_at(store, NOW_MS + 5000);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.all[0].id, first);
}

static void outbox_claim__joins_in_channel_and_person__when_they_are_known(void **state)
{
    struct store *store = *state;
    struct person *ana = NULL;
    MUST(person_meet(
        store,
        &(struct account){.adapter = "console", .external = "ana", .name = "ana"}, &ana,
        &err));
    int64_t incident = fresh_incident(store, ana->id);
    struct outbox_row row = {.kind = "whisper",
                             .incident_id = incident,
                             .person_id = ana->id,
                             .body = "{\"note\":[]}"};
    (void)put_row(store, row);
    assert_int_equal(claim_at(store, NOW_MS).count, 0);
    assert_true(earliest(store) == TIME_NONE);
    MUST(incident_set_channel(store, incident, "C7", NULL, &err));
    assert_int_equal(earliest(store), 1000);
    struct outbox_rows rows = claim_at(store, NOW_MS);
    assert_int_equal(rows.count, 1);
    assert_string_equal(rows.all[0].incident_channel, "C7");
    assert_string_equal(rows.all[0].person_external, "ana");
    assert_string_equal(rows.all[0].person_handle, "ana");
    assert_string_equal(rows.all[0].body, "{\"note\":[]}");
    assert_null(rows.all[0].place);
    assert_int_equal(rows.all[0].attempts, 0);
    assert_false(rows.all[0].is_unsure);
}

static void outbox_claim__does_not_wait_for_a_channel__when_none_is_needed(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t id = fresh_incident(store, ana);
    (void)put_row(store, (struct outbox_row){
                             .lane = "a", .kind = "open-channel", .incident_id = id});
    (void)put_row(
        store, (struct outbox_row){
                   .lane = "b", .kind = "direct", .incident_id = id, .person_id = ana});
    (void)put_row(store, (struct outbox_row){
                             .lane = "c", .incident_id = id, .place = "#incidents"});
    (void)put_row(store, (struct outbox_row){.lane = "d", .incident_id = id});
    struct outbox_rows rows = claim_at(store, NOW_MS);
    assert_int_equal(rows.count, 3);
    assert_null(rows.all[0].incident_channel);
    assert_null(rows.all[1].person_external);
    assert_string_equal(rows.all[1].person_handle, "ana");
    assert_string_equal(rows.all[2].place, "#incidents");
}

static void outbox_claim__waits_for_the_message__when_a_row_is_about_it(void **state)
{
    struct store *store = *state;
    int64_t post = put(store, "a");
    int64_t pin = put_row(
        store, (struct outbox_row){
                   .lane = "b", .kind = "pin", .place = "#ops", .about_row = post});
    struct outbox_rows rows = claim_at(store, NOW_MS);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.all[0].id, post);
    settle(store, post, "m1");
    rows = claim_at(store, NOW_MS);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.all[0].id, pin);
    assert_string_equal(rows.all[0].about_ref, "m1");
    assert_string_equal(rows.all[0].about_place, "#ops");
}

static void outbox_claim__gives_the_row_without_a_ref__when_it_was_buried(void **state)
{
    struct store *store = *state;
    bool settled = false;
    int64_t post = put(store, "a");
    int64_t amend = put_row(
        store, (struct outbox_row){
                   .lane = "b", .kind = "amend", .place = "#ops", .about_row = post});
    MUST(outbox_bury(store, post, "no such channel", NOW_MS, &settled, &err));
    assert_true(settled);
    struct outbox_rows rows = claim_at(store, NOW_MS);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.all[0].id, amend);
    assert_null(rows.all[0].about_ref);
}

static void outbox_claim__places_what_is_about_a_row__when_it_has_no_place(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t id = fresh_incident(store, ana);
    MUST(incident_set_channel(store, id, "C7", NULL, &err));
    int64_t card = put_row(store, (struct outbox_row){.incident_id = id});
    int64_t direct = put_row(
        store, (struct outbox_row){
                   .lane = "d", .kind = "direct", .incident_id = id, .person_id = ana});
    settle(store, card, "m1");
    settle(store, direct, "m2");
    (void)put_row(store, (struct outbox_row){
                             .kind = "amend", .incident_id = id, .about_row = card});
    (void)put_row(store, (struct outbox_row){.lane = "d",
                                             .kind = "amend",
                                             .incident_id = id,
                                             .about_row = direct});
    struct outbox_rows rows = claim_at(store, NOW_MS);
    assert_int_equal(rows.count, 2);
    assert_string_equal(rows.all[0].about_place, "C7");
    assert_null(rows.all[1].about_place);
}

static void outbox_claim__is_unsure__when_a_claim_ran_out(void **state)
{
    struct store *store = *state;
    int64_t id = put(store, "a");
    assert_int_equal(claim_at(store, NOW_MS).count, 1);
    assert_int_equal(claim_at(store, NOW_MS + CLAIM_MS).count, 0);
    assert_int_equal(earliest(store), NOW_MS + CLAIM_MS + 1);
    struct outbox_rows rows = claim_at(store, NOW_MS + CLAIM_MS + 1);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.all[0].id, id);
    assert_true(rows.all[0].is_unsure);
    assert_int_equal(rows.all[0].attempts, 1);
}

static void outbox_free_claims__frees_those_of_others__when_we_start(void **state)
{
    struct store *store = *state;
    struct outbox_rows rows;
    int64_t tried = put(store, "a");
    MUST(outbox_claim(store,
                      &(struct outbox_claim){.adapter = "console",
                                             .claimer = "dead",
                                             .now_ms = NOW_MS,
                                             .until_ms = NOW_MS + CLAIM_MS,
                                             .limit = 9},
                      &rows, &err));
    int64_t mine = put(store, "b");
    int64_t untried = put(store, "c");
    MUST(outbox_claim(store,
                      &(struct outbox_claim){.adapter = "console",
                                             .claimer = "me",
                                             .now_ms = NOW_MS,
                                             .until_ms = NOW_MS + CLAIM_MS,
                                             .limit = 1},
                      &rows, &err));
    assert_int_equal(rows.all[0].id, mine);
    MUST(outbox_free_claims(store, "me", &err));
    rows = claim_at(store, NOW_MS);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.all[0].id, tried);
    assert_true(rows.all[0].is_unsure);
    assert_int_equal(rows.all[0].attempts, 1);
    assert_int_equal(rows.all[1].id, untried);
    assert_false(rows.all[1].is_unsure);
}

static void outbox_settle__changes_nothing__when_it_was_settled(void **state)
{
    struct store *store = *state;
    bool settled = true;
    struct outbox_row *row = NULL;
    int64_t id = put(store, "a");
    settle(store, id, "m1");
    MUST(outbox_settle(store, id, "m2", NOW_MS + 1, &settled, &err));
    assert_false(settled);
    MUST(outbox_bury(store, id, "late", NOW_MS + 1, &settled, &err));
    assert_false(settled);
    MUST(outbox_again(store, id, NOW_MS + 1, true, &err));
    MUST(outbox_find(store, id, &row, &err));
    assert_string_equal(row->ref, "m1");
    assert_int_equal(row->done_ms, NOW_MS);
    assert_null(row->buried_why);
    assert_int_equal(row->attempts, 0);
    assert_true(earliest(store) == TIME_NONE);
}

static void outbox_again__comes_back_later__when_a_try_failed(void **state)
{
    struct store *store = *state;
    int64_t id = put(store, "a");
    assert_int_equal(claim_at(store, NOW_MS).count, 1);
    MUST(outbox_again(store, id, NOW_MS + 500, false, &err));
    assert_int_equal(claim_at(store, NOW_MS).count, 0);
    assert_int_equal(earliest(store), NOW_MS + 500);
    struct outbox_rows rows = claim_at(store, NOW_MS + 500);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.all[0].attempts, 1);
    assert_false(rows.all[0].is_unsure);
}

static void outbox_find_ref__finds_the_newest__when_a_ref_came_twice(void **state)
{
    struct store *store = *state;
    struct outbox_row *row = NULL;
    int64_t first = put(store, "a");
    int64_t second = put(store, "a");
    settle(store, first, "m1");
    settle(store, second, "m1");
    MUST(outbox_find_ref(store, "console", "m1", &row, &err));
    assert_int_equal(row->id, second);
    MUST(outbox_find_ref(store, "slack", "m1", &row, &err));
    assert_null(row);
}

static void outbox_merge__replaces_the_body__when_nobody_tried_the_row(void **state)
{
    struct store *store = *state;
    bool merged = true;
    struct outbox_row *row = NULL;
    int64_t card = put(store, "a");
    struct outbox_row amend = {
        .lane = "b", .kind = "amend", .place = "#ops", .about_row = card};
    MUST(outbox_merge(store, "amend", card, "1", &merged, &err));
    assert_false(merged);
    int64_t id = put_row(store, amend);
    MUST(outbox_merge(store, "pin", card, "2", &merged, &err));
    assert_false(merged);
    MUST(outbox_merge(store, "amend", card, "3", &merged, &err));
    assert_true(merged);
    MUST(outbox_find(store, id, &row, &err));
    assert_string_equal(row->body, "3");
    settle(store, card, "m1");
    assert_int_equal(claim_at(store, NOW_MS).count, 1);
    MUST(outbox_merge(store, "amend", card, "4", &merged, &err));
    assert_false(merged); /* claimed */
    MUST(outbox_again(store, id, NOW_MS, false, &err));
    MUST(outbox_merge(store, "amend", card, "5", &merged, &err));
    assert_false(merged); /* tried */
    settle(store, id, NULL);
    MUST(outbox_merge(store, "amend", card, "6", &merged, &err));
    assert_false(merged); /* done */
    MUST(outbox_find(store, id, &row, &err));
    assert_string_equal(row->body, "3");
}

static void outbox_forget__empties_bodies__when_they_were_done_long_ago(void **state)
{
    struct store *store = *state;
    struct outbox_row *row = NULL;
    int64_t done = put(store, "a");
    int64_t waiting = put(store, "a");
    settle(store, done, "m1");
    MUST(outbox_forget(store, NOW_MS, &err));
    MUST(outbox_find(store, done, &row, &err));
    assert_string_equal(row->body, "{}");
    MUST(outbox_forget(store, NOW_MS + 1, &err));
    MUST(outbox_find(store, done, &row, &err));
    assert_string_equal(row->body, "");
    assert_string_equal(row->ref, "m1");
    MUST(outbox_find(store, waiting, &row, &err));
    assert_string_equal(row->body, "{}");
}

static void fill_with_done(struct store *store)
{
    MUST(db_script(store->db,
                   "WITH RECURSIVE k (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k "
                   "WHERE n < 100000) INSERT INTO outbox (adapter, lane, kind, place, "
                   "body, created_ms, due_ms, done_ms, ref) SELECT 'console', "
                   "'l' || (n % 50), 'post', '#ops', '', 1, 1, 2, 'm' || n FROM k",
                   &err));
}

/* A scan over 100,000 rows takes milliseconds, and a thousand of them seconds; by the
 * index of what waits it is a moment, of the processor: others may hold that one. */
static void outbox_claim__stays_cheap__when_a_hundred_thousand_are_done(void **state)
{
    struct store *store = *state;
    fill_with_done(store);
    clock_t began = clock();
    for (int i = 0; i < 1000; i++) {
        int64_t id = put(store, "a");
        bool merged = true;
        MUST(outbox_merge(store, "amend", id, "x", &merged, &err));
        assert_false(merged);
        assert_int_equal(earliest(store), 1000);
        assert_int_equal(claim_at(store, NOW_MS).count, 1);
        settle(store, id, NULL);
        arena_reset(store->arena);
    }
    assert_in_range((clock() - began) / (CLOCKS_PER_SEC / 1000), 0, 3000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(outbox_claim__takes_one_of_each_lane__when_several_wait),
        FRESH_TEST(outbox_claim__keeps_to_adapter_and_limit__when_more_wait),
        FRESH_TEST(outbox_claim__keeps_the_order__when_the_first_is_due_later),
        FRESH_TEST(outbox_claim__joins_in_channel_and_person__when_they_are_known),
        FRESH_TEST(outbox_claim__does_not_wait_for_a_channel__when_none_is_needed),
        FRESH_TEST(outbox_claim__waits_for_the_message__when_a_row_is_about_it),
        FRESH_TEST(outbox_claim__gives_the_row_without_a_ref__when_it_was_buried),
        FRESH_TEST(outbox_claim__places_what_is_about_a_row__when_it_has_no_place),
        FRESH_TEST(outbox_claim__is_unsure__when_a_claim_ran_out),
        FRESH_TEST(outbox_free_claims__frees_those_of_others__when_we_start),
        FRESH_TEST(outbox_settle__changes_nothing__when_it_was_settled),
        FRESH_TEST(outbox_again__comes_back_later__when_a_try_failed),
        FRESH_TEST(outbox_find_ref__finds_the_newest__when_a_ref_came_twice),
        FRESH_TEST(outbox_merge__replaces_the_body__when_nobody_tried_the_row),
        FRESH_TEST(outbox_forget__empties_bodies__when_they_were_done_long_ago),
        FRESH_TEST(outbox_claim__stays_cheap__when_a_hundred_thousand_are_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
