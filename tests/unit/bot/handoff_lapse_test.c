#include "bot/config.h"
#include "bot/handoff.h"
#include "bot/note.h"
#include "store/holds.h"
#include "store/offers.h"
#include "store/outbox.h"
#include "tests/store/fresh.h"

#define NOW_MS 1773283680000

/* Whoever leads on may count on the other by now, and look elsewhere. */
static void handoff_lapse__rings_for_who_leads_on__when_nobody_took_it(void **state)
{
    struct store *store = *state;
    struct config *config = config_create();
    struct turn turn = {
        .arena = store->arena, .store = store, .config = config, .now_ms = NOW_MS};
    int64_t marek = fresh_person(store, "marek");
    int64_t incident_id = fresh_incident(store, marek);
    struct hold hold = {.incident_id = incident_id,
                        .role = "commander",
                        .person_id = marek,
                        .from_ms = NOW_MS - TIME_HOUR_MS};
    struct offer offer = {.kind = "handoff",
                          .incident_id = incident_id,
                          .from_id = marek,
                          .to_id = fresh_person(store, "wen"),
                          .made_ms = NOW_MS - 10 * TIME_MINUTE_MS,
                          .ends_ms = NOW_MS};
    struct alarm alarm = {
        .kind = "handoff-lapse", .incident_id = incident_id, .due_ms = NOW_MS};
    struct db_rows rows;
    bool begun;

    MUST(hold_begin(store, &hold, &begun, &err));
    MUST(offer_insert(store, &offer, &err));
    alarm.subject = offer.id;
    MUST(handoff_lapse_alarm.run(&turn, &alarm, 0, &err));
    MUST(store_run(store, &rows, &err, "SELECT body FROM outbox", DB_NO_ARGS));
    assert_int_equal(rows.count, 1);
    assert_non_null(
        strstr(db_text(&rows, 0, 0), note_mention(store->arena, marek, "marek")));
    config_destroy(config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(handoff_lapse__rings_for_who_leads_on__when_nobody_took_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
