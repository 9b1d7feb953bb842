#include "store/alarms.h"
#include "tests/store/fresh.h"

static void set(struct store *store, const char *kind, int64_t incident_id,
                int64_t person_id, int64_t due_ms)
{
    struct alarm alarm = {.kind = kind,
                          .incident_id = incident_id,
                          .subject = 3,
                          .person_id = person_id,
                          .set_ms = 10,
                          .due_ms = due_ms};
    MUST(alarm_set(store, &alarm, &err));
}

static struct alarm *next(struct store *store, int64_t now_ms)
{
    struct alarm *alarm = NULL;
    MUST(alarm_next_due(store, now_ms, &alarm, &err));
    return alarm;
}

static bool take(struct store *store, const struct alarm *alarm)
{
    bool taken = false;
    MUST(alarm_take(store, alarm, &taken, &err));
    return taken;
}

static int64_t earliest(struct store *store)
{
    int64_t due_ms = 0;
    MUST(alarm_earliest(store, &due_ms, &err));
    return due_ms;
}

static void alarm_next_due__is_the_earliest__when_several_are_due(void **state)
{
    struct store *store = *state;
    assert_true(earliest(store) == TIME_NONE);
    set(store, "late", 1, 0, 300);
    set(store, "tie-a", 1, 0, 200);
    set(store, "tie-b", 1, 0, 200);
    assert_int_equal(earliest(store), 200);
    assert_null(next(store, 199));
    struct alarm *alarm = next(store, 300);
    assert_string_equal(alarm->kind, "tie-a");
    assert_int_equal(alarm->incident_id, 1);
    assert_int_equal(alarm->subject, 3);
    assert_int_equal(alarm->person_id, 0);
    assert_int_equal(alarm->set_ms, 10);
    assert_true(take(store, alarm));
    assert_string_equal(next(store, 300)->kind, "tie-b");
}

static void alarm_set__moves_it__when_it_was_set(void **state)
{
    struct store *store = *state;
    struct alarm *alarm = NULL;
    set(store, "ack", 1, 5, 200);
    struct alarm *seen = next(store, 200);
    set(store, "ack", 1, 5, 400);
    assert_false(take(store, seen));
    assert_int_equal(earliest(store), 400);
    assert_int_equal(fresh_number(store, "SELECT COUNT(*) FROM alarms"), 1);
    set(store, "ack", 1, 6, 300);
    MUST(alarm_find(store, "ack", 1, 3, &alarm, &err));
    assert_int_equal(alarm->person_id, 6);
    MUST(alarm_find(store, "ack", 2, 3, &alarm, &err));
    assert_null(alarm);
    MUST(alarm_set(store,
                   &(struct alarm){.kind = "ack",
                                   .incident_id = 1,
                                   .subject = 3,
                                   .person_id = 6,
                                   .set_ms = 290,
                                   .due_ms = 300},
                   &err));
    assert_int_equal(next(store, 300)->set_ms, 290); /* how long it is now */
}

static void alarm_take__takes_once__when_two_take_it(void **state)
{
    struct store *store = *state;
    set(store, "ack", 1, 0, 200);
    struct alarm *seen = next(store, 200);
    assert_true(take(store, seen));
    assert_false(take(store, seen));
    assert_true(earliest(store) == TIME_NONE);
}

static void alarm_clear__clears_for_everybody__when_named(void **state)
{
    struct store *store = *state;
    set(store, "ack", 1, 5, 200);
    set(store, "ack", 1, 6, 200);
    set(store, "other", 1, 5, 300);
    set(store, "other", 2, 5, 400);
    MUST(alarm_clear(store, "ack", 1, 3, &err));
    assert_int_equal(earliest(store), 300);
    MUST(alarm_clear(store, "other", 1, 3, &err));
    assert_int_equal(earliest(store), 400);
    MUST(alarm_clear(store, "other", 2, 4, &err)); /* of another subject */
    assert_int_equal(earliest(store), 400);
}

static void quiet_until__tells_until_when__when_it_was_asked_for(void **state)
{
    struct store *store = *state;
    int64_t until_ms = 0;
    MUST(quiet_until(store, "update", 1, 5, &until_ms, &err));
    assert_true(until_ms == TIME_NONE);
    MUST(quiet_set(store, "update", 1, 5, 900, &err));
    MUST(quiet_until(store, "update", 1, 5, &until_ms, &err));
    assert_int_equal(until_ms, 900);
    MUST(quiet_set(store, "update", 1, 5, TIME_NONE, &err));
    MUST(quiet_until(store, "update", 1, 5, &until_ms, &err));
    assert_true(until_ms == INT64_MAX);
    MUST(quiet_until(store, "update", 1, 6, &until_ms, &err));
    assert_true(until_ms == TIME_NONE);
}

static const char *last_nudge(struct store *store, int64_t incident_id,
                              int64_t person_id)
{
    struct nudge *nudge = NULL;
    MUST(nudge_last(store, incident_id, person_id, &nudge, &err));
    return nudge == NULL ? NULL : nudge->kind;
}

static void note(struct store *store, const char *kind, int64_t incident_id,
                 int64_t person_id)
{
    struct nudge nudge = {
        .kind = kind, .incident_id = incident_id, .person_id = person_id, .sent_ms = 1};
    MUST(nudge_note(store, &nudge, &err));
}

static void nudge_last__keeps_channel_and_person_apart__when_both_had_one(void **state)
{
    struct store *store = *state;
    assert_null(last_nudge(store, 1, 0));
    note(store, "old", 1, 0);
    note(store, "channel", 1, 0);
    note(store, "first", 1, 5);
    note(store, "second", 2, 5);
    assert_string_equal(last_nudge(store, 1, 0), "channel");
    assert_null(last_nudge(store, 2, 0));
    assert_string_equal(last_nudge(store, 0, 5), "second");
    assert_string_equal(last_nudge(store, 1, 5), "first");
    assert_null(last_nudge(store, 0, 6));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(alarm_next_due__is_the_earliest__when_several_are_due),
        FRESH_TEST(alarm_set__moves_it__when_it_was_set),
        FRESH_TEST(alarm_take__takes_once__when_two_take_it),
        FRESH_TEST(alarm_clear__clears_for_everybody__when_named),
        FRESH_TEST(quiet_until__tells_until_when__when_it_was_asked_for),
        FRESH_TEST(nudge_last__keeps_channel_and_person_apart__when_both_had_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
