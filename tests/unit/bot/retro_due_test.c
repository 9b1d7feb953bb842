#include "bot/config.h"
#include "bot/note.h"
#include "bot/retro.h"
#include "store/outbox.h"
#include "store/retros.h"
#include "tests/store/fresh.h"

#define NOW_MS 1773283680000

/* Named in words alone, nobody's phone would show it. */
static void retro_due__rings_for_the_owner__when_it_falls_due(void **state)
{
    struct store *store = *state;
    struct config *config = config_create();
    struct turn turn = {
        .arena = store->arena, .store = store, .config = config, .now_ms = NOW_MS};
    int64_t ana = fresh_person(store, "ana");
    int64_t incident_id = fresh_incident(store, ana);
    const struct alarm alarm = {.kind = "retro-due",
                                .incident_id = incident_id,
                                .set_ms = NOW_MS - TIME_DAY_MS,
                                .due_ms = NOW_MS};
    struct db_rows rows;

    MUST(store_run(store, NULL, &err,
                   "UPDATE incidents SET state = 'resolved', resolved_ms = 1",
                   DB_NO_ARGS));
    MUST(retro_plan(store, incident_id, ana, NOW_MS, &err));
    MUST(retro_due_alarm.run(&turn, &alarm, 0, &err));
    MUST(store_run(store, &rows, &err, "SELECT body FROM outbox", DB_NO_ARGS));
    assert_int_equal(rows.count, 1);
    assert_non_null(
        strstr(db_text(&rows, 0, 0), note_mention(store->arena, ana, "ana")));
    config_destroy(config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(retro_due__rings_for_the_owner__when_it_falls_due),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
