#include "bot/alarm.h"
#include "bot/base/time.h"
#include "bot/config.h"
#include "tests/store/fresh.h"

#define NOW_MS 1773283680000

struct house {
    struct config *config;
    struct turn turn;
    int64_t ana, incident_id;
};

static struct house house_make(struct store *store)
{
    struct house house = {.config = config_create()};

    house.turn = (struct turn){.arena = store->arena,
                               .store = store,
                               .config = house.config,
                               .now_ms = NOW_MS};
    house.ana = fresh_person(store, "ana");
    house.incident_id = fresh_incident(store, house.ana);
    return house;
}

static bool may(struct house *house, const char *kind, int64_t person_id)
{
    struct alarm alarm = {.kind = kind,
                          .incident_id = house->incident_id,
                          .set_ms = house->turn.now_ms - TIME_HOUR_MS,
                          .due_ms = house->turn.now_ms};
    bool may_be = false;

    MUST(nudge_may(&house->turn, &alarm, person_id, &may_be, &err));
    return may_be;
}

static struct alarm *standing(struct house *house, const char *kind)
{
    struct alarm *alarm = NULL;

    MUST(alarm_find(house->turn.store, kind, house->incident_id, 0, &alarm, &err));
    return alarm;
}

static void nudge__waits_a_minute__when_the_channel_just_heard_one(void **state)
{
    struct house house = house_make(*state);
    const struct alarm *alarm;

    assert_true(may(&house, "no-commander", 0));
    house.turn.now_ms += 20 * TIME_SECOND_MS;
    assert_false(may(&house, "severity-unknown", 0));
    alarm = standing(&house, "severity-unknown");
    assert_non_null(alarm);
    assert_int_equal(alarm->due_ms, NOW_MS + TIME_MINUTE_MS);
    /* planned an hour ago: after downtime it is as late as it is */
    assert_int_equal(alarm->set_ms, NOW_MS + 20 * TIME_SECOND_MS - TIME_HOUR_MS);
    house.turn.now_ms = NOW_MS + TIME_MINUTE_MS;
    assert_true(may(&house, "severity-unknown", 0));
    config_destroy(house.config);
}

static void nudge__does_not_wait__when_the_last_one_is_to_come(void **state)
{
    struct house house = house_make(*state);

    assert_true(may(&house, "no-commander", 0));
    house.turn.now_ms -= TIME_HOUR_MS; /* the machine's clock was set back */
    assert_true(may(&house, "severity-unknown", 0));
    config_destroy(house.config);
}

static void nudge__does_not_wait__when_it_goes_to_a_person(void **state)
{
    struct house house = house_make(*state);

    assert_true(may(&house, "no-commander", 0));
    assert_true(may(&house, "task-silent", house.ana));
    assert_true(may(&house, "commander-long", house.ana));
    config_destroy(house.config);
}

static void nudge__comes_no_more__when_it_was_stopped_for_good(void **state)
{
    struct house house = house_make(*state);

    MUST(quiet_set(house.turn.store, "quiet", house.incident_id, 0, TIME_NONE, &err));
    assert_false(may(&house, "quiet", 0));
    assert_null(standing(&house, "quiet"));
    assert_true(may(&house, "no-commander", 0));
    config_destroy(house.config);
}

/* Whatever falls due, and when: a channel never hears two within a minute, and none is
 * lost. Seeds are in the loop, so a failure names its own. */
static void nudge__keeps_a_minute_apart__when_many_fall_due(void **state)
{
    static const char *const kinds[] = {"no-commander", "severity-unknown", "quiet",
                                        "update-due", "task-overdue"};

    for (unsigned seed = 1; seed <= 20; seed++) {
        struct house house;
        int64_t last_ms = 0;
        unsigned dice = seed;
        size_t sent = 0;

        MUST(store_run(*state, NULL, &err, "DELETE FROM nudges", DB_NO_ARGS));
        MUST(store_run(*state, NULL, &err, "DELETE FROM alarms", DB_NO_ARGS));
        house = (struct house){.config = config_create(), .incident_id = seed};
        house.turn = (struct turn){.arena = ((struct store *)*state)->arena,
                                   .store = *state,
                                   .config = house.config,
                                   .now_ms = NOW_MS};
        for (int i = 0; i < 40; i++) {
            dice = dice * 1103515245U + 12345U;
            MUST(alarm_set(*state,
                           &(struct alarm){.kind = kinds[(dice >> 16) % 5],
                                           .incident_id = seed,
                                           .subject = i,
                                           .set_ms = NOW_MS - TIME_HOUR_MS,
                                           .due_ms = NOW_MS + (dice >> 8) % 200000},
                           &err));
        }
        for (;;) {
            struct alarm *alarm = NULL;
            bool taken, may_be;

            MUST(alarm_next_due(*state, INT64_MAX, &alarm, &err));
            if (alarm == NULL) {
                break;
            }
            assert_true(alarm->due_ms >= house.turn.now_ms);
            house.turn.now_ms = alarm->due_ms;
            MUST(alarm_take(*state, alarm, &taken, &err));
            MUST(nudge_may(&house.turn, alarm, 0, &may_be, &err));
            if (may_be) {
                assert_true(last_ms == 0 ||
                            house.turn.now_ms - last_ms >= TIME_MINUTE_MS);
                last_ms = house.turn.now_ms;
                sent++;
            }
        }
        if (sent != 40) {
            fail_msg("seed %u: %zu of 40 were sent", seed, sent);
        }
        config_destroy(house.config);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(nudge__waits_a_minute__when_the_channel_just_heard_one),
        FRESH_TEST(nudge__does_not_wait__when_the_last_one_is_to_come),
        FRESH_TEST(nudge__does_not_wait__when_it_goes_to_a_person),
        FRESH_TEST(nudge__comes_no_more__when_it_was_stopped_for_good),
        FRESH_TEST(nudge__keeps_a_minute_apart__when_many_fall_due),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
