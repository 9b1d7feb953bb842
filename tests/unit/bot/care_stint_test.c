#include "bot/care.h"
#include "bot/config.h"
#include "store/holds.h"
#include "store/outbox.h"
#include "tests/store/fresh.h"

/* 2026-03-12 03:48 in Berlin, 10:48 in Singapore. */
#define NIGHT_MS 1773283680000
#define DAY_MS   (NIGHT_MS + 9 * TIME_HOUR_MS)

struct house {
    struct config *config;
    struct turn turn;
    int64_t marek, incident_id;
};

static int64_t add_person(struct store *store, const char *handle, const char *zone)
{
    struct person *person = NULL;
    int64_t id = fresh_person(store, handle);
    MUST(person_find(store, id, &person, &err));
    person->zone = zone;
    person->in_directory = true;
    MUST(person_update(store, person, &err));
    return id;
}

static void add_hold(struct store *store, int64_t incident_id, int64_t person_id,
                     int64_t from_ms)
{
    struct hold hold = {.incident_id = incident_id,
                        .role = "commander",
                        .person_id = person_id,
                        .from_ms = from_ms};
    bool begun;
    MUST(hold_begin(store, &hold, &begun, &err));
    assert_true(begun);
}

/* marek leads since an hour before now_ms. */
static struct house house_make(struct store *store, int64_t now_ms)
{
    struct house house = {.config = config_create()};
    house.config->time_zone = "Europe/Berlin";
    house.turn = (struct turn){.arena = store->arena,
                               .store = store,
                               .config = house.config,
                               .now_ms = now_ms};
    house.marek = add_person(store, "marek", "Europe/Berlin");
    house.incident_id = fresh_incident(store, house.marek);
    add_hold(store, house.incident_id, house.marek, now_ms - TIME_HOUR_MS);
    return house;
}

static void house_run(struct house *house)
{
    struct alarm alarm = {.kind = "commander-long",
                          .incident_id = house->incident_id,
                          .person_id = house->marek,
                          .set_ms = house->turn.now_ms - TIME_HOUR_MS,
                          .due_ms = house->turn.now_ms};
    MUST(care_commander_long_alarm.run(&house->turn, &alarm, 0, &err));
}

/* What was said last, and how much was said. */
static const char *said(struct store *store, size_t *count)
{
    struct db_rows rows;
    MUST(store_run(store, &rows, &err, "SELECT body FROM outbox ORDER BY id DESC",
                   DB_NO_ARGS));
    *count = rows.count;
    return rows.count == 0 ? "" : db_text(&rows, 0, 0);
}

static bool holds(const char *text, const char *words)
{
    return strstr(text, words) != NULL;
}

static void care_stint__names_who_is_awake_and_has_led__when_it_is_night(void **state)
{
    struct store *store = *state;
    struct house house = house_make(store, NIGHT_MS);
    size_t count;
    (void)add_person(store, "ana", "Asia/Singapore");
    int64_t wen = add_person(store, "wen", "Asia/Singapore");
    int64_t jo = add_person(store, "jo", "Europe/Berlin");
    int64_t older = fresh_incident(store, jo);
    struct hold past = {.incident_id = older, .role = "commander", .person_id = jo};
    bool ended;
    add_hold(store, older, jo, 1000);
    MUST(hold_end(store, &past, 2000, &ended, &err));
    add_hold(store, older, wen, 2000);
    house_run(&house);
    const char *text = said(store, &count);
    assert_int_equal(count, 1);
    assert_true(holds(text, "you have led for 60 min, and it is night where you are."));
    assert_true(holds(text, "wen is awake (10:48 in Singapore) and has led before."));
    assert_true(holds(text, "handoff inc-1 @wen"));
    config_destroy(house.config);
}

static void
care_stint__is_never_below_nothing__when_the_clock_was_set_back(void **state)
{
    struct store *store = *state;
    struct house house = house_make(store, NIGHT_MS);
    size_t count;
    house.turn.now_ms -= 2 * TIME_HOUR_MS;
    house_run(&house);
    const char *text = said(store, &count);
    assert_int_equal(count, 1);
    assert_true(holds(text, "you have led for 0 min, and it is night where you are."));
    config_destroy(house.config);
}

static void care_stint__waits_for_the_longer_span__when_it_is_day(void **state)
{
    struct store *store = *state;
    struct house house = house_make(store, DAY_MS);
    struct alarm *alarm;
    size_t count;
    house_run(&house);
    (void)said(store, &count);
    assert_int_equal(count, 0);
    MUST(alarm_find(store, "commander-long", house.incident_id, 0, &alarm, &err));
    assert_non_null(alarm);
    assert_int_equal(alarm->due_ms, DAY_MS + 30 * TIME_MINUTE_MS);
    config_destroy(house.config);
}

static void care_stint__names_no_outsider__when_the_incident_is_private(void **state)
{
    struct store *store = *state;
    struct house house = house_make(store, NIGHT_MS);
    size_t count;
    (void)add_person(store, "wen", "Asia/Singapore");
    MUST(store_run(store, NULL, &err, "UPDATE incidents SET private = 1", DB_NO_ARGS));
    house_run(&house);
    const char *text = said(store, &count);
    assert_int_equal(count, 1);
    assert_false(holds(text, "wen"));
    assert_true(holds(text, "handoff inc-1 @who"));
    config_destroy(house.config);
}

static void care_stint__says_nothing__when_somebody_else_leads_by_now(void **state)
{
    struct store *store = *state;
    struct house house = house_make(store, NIGHT_MS);
    struct hold theirs = {.incident_id = house.incident_id,
                          .role = "commander",
                          .person_id = house.marek};
    size_t count;
    bool ended;
    MUST(hold_end(store, &theirs, NIGHT_MS - 1, &ended, &err));
    add_hold(store, house.incident_id, add_person(store, "wen", NULL), NIGHT_MS - 1);
    house_run(&house);
    (void)said(store, &count);
    assert_int_equal(count, 0);
    config_destroy(house.config);
}

static void care_stint__leaves_the_away_alone__when_it_looks_for_the_next(void **state)
{
    struct store *store = *state;
    struct house house = house_make(store, NIGHT_MS);
    size_t count;
    int64_t wen = add_person(store, "wen", "Asia/Singapore");
    MUST(person_set_away(store, wen, NIGHT_MS + TIME_HOUR_MS, &err));
    house_run(&house);
    assert_false(holds(said(store, &count), "wen"));
    assert_int_equal(count, 1);
    config_destroy(house.config);
}

static void care_stint__keeps_its_time__when_it_is_watched_twice(void **state)
{
    struct store *store = *state;
    struct house house = house_make(store, DAY_MS);
    const struct incident incident = {.id = house.incident_id};
    struct alarm *alarm;
    MUST(care_watch_stint(&house.turn, &incident, &err));
    house.turn.now_ms += 20 * TIME_MINUTE_MS;
    MUST(care_watch_stint(&house.turn, &incident, &err));
    MUST(alarm_find(store, "commander-long", house.incident_id, 0, &alarm, &err));
    assert_non_null(alarm);
    assert_int_equal(alarm->due_ms, DAY_MS + TIME_HOUR_MS);
    config_destroy(house.config);
}

/* When marek is asked first, leading from that moment on; in minutes. */
static int64_t first_look(struct house *house, int64_t at_ms, bool *is_night)
{
    const struct incident incident = {.id = house->incident_id};
    int64_t after_ms = -1;
    house->turn.now_ms = at_ms;
    MUST(care_first_look(&house->turn, &incident, house->marek, is_night, &after_ms,
                         &err));
    return after_ms / TIME_MINUTE_MS;
}

/* 12:48 there is DAY_MS. */
#define THERE(hour, minute)                                                            \
    (DAY_MS + ((hour)-12) * TIME_HOUR_MS + ((minute)-48) * TIME_MINUTE_MS)

static void care_first_look__is_when_it_is_asked__whatever_begins_sooner(void **state)
{
    struct house house = house_make(*state, DAY_MS);
    bool is_night;
    assert_int_equal(first_look(&house, THERE(14, 0), &is_night), 90);
    assert_false(is_night);
    assert_int_equal(first_look(&house, THERE(20, 40), &is_night), 80);
    assert_true(is_night);
    assert_int_equal(first_look(&house, THERE(21, 30), &is_night), 60);
    assert_true(is_night);
    assert_int_equal(first_look(&house, THERE(5, 30), &is_night), 90);
    assert_false(is_night);
    config_destroy(house.config);
}

/* Without the clock of the day there is that of the night, and without both none. */
static void care_first_look__is_in_the_night__when_the_day_is_off(void **state)
{
    struct house house = house_make(*state, DAY_MS);
    struct alarm *alarm;
    bool is_night;
    size_t count;
    house.config->nudges.commander_day_ms = 0;
    assert_int_equal(first_look(&house, THERE(14, 0), &is_night), 480);
    assert_true(is_night);
    house_run(&house);
    (void)said(*state, &count);
    assert_int_equal(count, 0);
    MUST(alarm_find(*state, "commander-long", house.incident_id, 0, &alarm, &err));
    assert_non_null(alarm);
    assert_int_equal(alarm->due_ms, THERE(22, 0));
    house.config->nudges.commander_night_ms = 0;
    assert_int_equal(first_look(&house, THERE(14, 0), &is_night), 0);
    config_destroy(house.config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(care_stint__names_who_is_awake_and_has_led__when_it_is_night),
        FRESH_TEST(care_stint__is_never_below_nothing__when_the_clock_was_set_back),
        FRESH_TEST(care_stint__waits_for_the_longer_span__when_it_is_day),
        FRESH_TEST(care_stint__names_no_outsider__when_the_incident_is_private),
        FRESH_TEST(care_stint__says_nothing__when_somebody_else_leads_by_now),
        FRESH_TEST(care_stint__keeps_its_time__when_it_is_watched_twice),
        FRESH_TEST(care_first_look__is_when_it_is_asked__whatever_begins_sooner),
        FRESH_TEST(care_first_look__is_in_the_night__when_the_day_is_off),
        FRESH_TEST(care_stint__leaves_the_away_alone__when_it_looks_for_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
