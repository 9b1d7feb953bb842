#include "tests/store/folder.h"
#include "tests/store/fresh.h"
#include "tests/store/older.h"

static struct incident *get(struct store *store, int64_t id)
{
    struct incident *incident = NULL;
    MUST(incident_find(store, id, &incident, &err));
    assert_non_null(incident);
    return incident;
}

static int64_t insert_private(struct store *store, int64_t person_id)
{
    struct incident incident = fresh_incident_by(person_id);
    incident.is_private = true;
    MUST(incident_insert(store, &incident, &err));
    return incident.id;
}

static void move(struct store *store, int64_t id, enum incident_state to)
{
    bool moved = false;
    MUST(incident_move(store, id, get(store, id)->state, to, &moved, &err));
    assert_true(moved);
}

static void join(struct store *store, int64_t incident_id, int64_t person_id)
{
    bool is_new = false;
    MUST(member_add(store, incident_id, person_id, 2000, &is_new, &err));
    assert_true(is_new);
}

static void incident_insert__fills_the_number_in__when_a_name_holds_it(void **state)
{
    struct store *store = *state;
    struct incident incident = fresh_incident_by(fresh_person(store, "ana"));
    MUST(incident_insert(store, &incident, &err));
    assert_string_equal(incident.channel_name, "inc-1-checkout-fails");
    assert_string_equal(get(store, incident.id)->channel_name, "inc-1-checkout-fails");
    incident.channel_name = "war-room";
    MUST(incident_insert(store, &incident, &err));
    assert_int_equal(incident.id, 2);
    assert_string_equal(get(store, 2)->channel_name, "war-room");
}

static void incident_insert__keeps_everything__when_read_back(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    MUST(db_script(store->db,
                   "INSERT INTO services (name, name_key) VALUES ('Orders', 'orders')",
                   &err));
    struct incident incident = fresh_incident_by(ana);
    incident.state = INCIDENT_SUSPECTED;
    incident.severity_why = "money";
    incident.severity_by_judgement = true;
    incident.severity_person_id = ana;
    incident.is_drill = true;
    incident.service_id = 1;
    incident.started_ms = 1;
    incident.detected_ms = 2;
    incident.mitigated_ms = 3;
    incident.normal_ms = 4;
    incident.resolved_ms = 5;
    incident.detected_how = "alert";
    incident.resolved_text = "rolled back";
    MUST(incident_insert(store, &incident, &err));
    struct incident *read = get(store, incident.id);
    assert_string_equal(read->title, "Checkout fails");
    assert_int_equal(read->state, INCIDENT_SUSPECTED);
    assert_string_equal(read->severity, "sev2");
    assert_string_equal(read->severity_why, "money");
    assert_true(read->severity_by_judgement);
    assert_int_equal(read->severity_person_id, ana);
    assert_false(read->is_private);
    assert_true(read->is_drill);
    assert_string_equal(read->service, "Orders");
    assert_int_equal(read->declared_by, ana);
    assert_int_equal(read->declared_ms, 1000);
    assert_int_equal(read->started_ms, 1);
    assert_int_equal(read->detected_ms, 2);
    assert_int_equal(read->mitigated_ms, 3);
    assert_int_equal(read->normal_ms, 4);
    assert_int_equal(read->resolved_ms, 5);
    assert_string_equal(read->detected_how, "alert");
    assert_string_equal(read->resolved_text, "rolled back");
    assert_string_equal(read->adapter, "console");
    assert_null(read->channel);
    assert_int_equal(read->headline_row, 0);
}

static void incident_move__moves_once__when_two_move_it(void **state)
{
    struct store *store = *state;
    bool moved = false;
    int64_t id = fresh_incident(store, fresh_person(store, "ana"));
    MUST(incident_move(store, id, INCIDENT_ACTIVE, INCIDENT_MITIGATED, &moved, &err));
    assert_true(moved);
    MUST(incident_move(store, id, INCIDENT_ACTIVE, INCIDENT_RESOLVED, &moved, &err));
    assert_false(moved);
    assert_int_equal(get(store, id)->state, INCIDENT_MITIGATED);
}

static void incident_is_open__is_true__when_it_is_not_over(void **state)
{
    (void)state;
    const bool open[] = {
        [INCIDENT_SUSPECTED] = true, [INCIDENT_ACTIVE] = true,
        [INCIDENT_MITIGATED] = true, [INCIDENT_RESOLVED] = false,
        [INCIDENT_REVIEWED] = false, [INCIDENT_CANCELLED] = false,
    };
    for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++) {
        struct incident incident = {.state = (enum incident_state)i};
        assert_int_equal(incident_is_open(&incident), open[i]);
    }
    assert_string_equal(incident_state_name(INCIDENT_CANCELLED), "cancelled");
}

static void incident_update__leaves_state_and_channel__when_it_changes(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t id = fresh_incident(store, ana);
    MUST(incident_set_channel(store, id, "C1", "renamed", &err));
    MUST(incident_set_headline(store, id, 7, &err));
    MUST(incident_set_call(store, id, 8, &err));
    struct incident changed = *get(store, id);
    changed.title = "Payments fail";
    changed.severity = "sev1";
    changed.severity_by_judgement = true;
    changed.mitigated_ms = 44;
    changed.state = INCIDENT_CANCELLED;
    changed.channel = "C9";
    changed.headline_row = 99;
    MUST(incident_update(store, &changed, &err));
    struct incident *read = get(store, id);
    assert_string_equal(read->title, "Payments fail");
    assert_string_equal(read->severity, "sev1");
    assert_true(read->severity_by_judgement);
    assert_int_equal(read->mitigated_ms, 44);
    assert_int_equal(read->state, INCIDENT_ACTIVE);
    assert_string_equal(read->channel, "C1");
    assert_string_equal(read->channel_name, "renamed");
    assert_int_equal(read->headline_row, 7);
    assert_int_equal(read->call_row, 8);
}

static void incident_set_channel__keeps_the_name__when_none_is_given(void **state)
{
    struct store *store = *state;
    struct incident *incident = NULL;
    int64_t id = fresh_incident(store, fresh_person(store, "ana"));
    MUST(incident_set_channel(store, id, "C1", NULL, &err));
    assert_string_equal(get(store, id)->channel_name, "inc-1-checkout-fails");
    MUST(incident_find_channel(store, "console", "C1", &incident, &err));
    assert_int_equal(incident->id, id);
    MUST(incident_find_channel(store, "slack", "C1", &incident, &err));
    assert_null(incident);
    MUST(incident_find(store, id + 1, &incident, &err));
    assert_null(incident);
}

static void incident_next_n__counts_for_each__when_several_count(void **state)
{
    struct store *store = *state;
    struct err refusal = {.kind = ERR_NONE};
    int64_t n = 0;
    int64_t ana = fresh_person(store, "ana");
    int64_t first = fresh_incident(store, ana);
    int64_t second = fresh_incident(store, ana);
    MUST(incident_next_n(store, first, &n, &err));
    assert_int_equal(n, 1);
    MUST(incident_next_n(store, first, &n, &err));
    assert_int_equal(n, 2);
    MUST(incident_next_n(store, second, &n, &err));
    assert_int_equal(n, 1);
    MUST(incident_next_factor(store, first, &n, &err));
    assert_int_equal(n, 1);
    assert_false(incident_next_n(store, 99, &n, &refusal));
    assert_int_equal(refusal.kind, ERR_GONE);
}

static void incidents_list__hides_private_ones__when_one_is_no_member(void **state)
{
    struct store *store = *state;
    struct incidents list;
    int64_t ana = fresh_person(store, "ana");
    int64_t bo = fresh_person(store, "bo");
    int64_t shown = fresh_incident(store, ana);
    int64_t hidden = insert_private(store, ana);
    join(store, hidden, ana);
    MUST(incidents_list(store, INCIDENTS_OPEN, bo, 10, &list, &err));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.all[0]->id, shown);
    MUST(incidents_list(store, INCIDENTS_ALL, 0, 10, &list, &err));
    assert_int_equal(list.count, 1);
    MUST(incidents_list(store, INCIDENTS_ALL, ana, 10, &list, &err));
    assert_int_equal(list.count, 2);
    assert_int_equal(list.all[0]->id, hidden);
    MUST(incidents_list(store, INCIDENTS_ALL, ana, 1, &list, &err));
    assert_int_equal(list.count, 1);
    MUST(member_leave(store, hidden, ana, 3000, &err));
    MUST(incidents_list(store, INCIDENTS_OPEN, ana, 10, &list, &err));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.all[0]->id, shown);
}

static void incidents_list__shows_open_or_mine__when_asked_for(void **state)
{
    struct store *store = *state;
    struct incidents list;
    int64_t ana = fresh_person(store, "ana");
    int64_t over = fresh_incident(store, ana);
    int64_t mine = fresh_incident(store, ana);
    int64_t other = fresh_incident(store, ana);
    join(store, over, ana);
    join(store, mine, ana);
    move(store, over, INCIDENT_RESOLVED);
    MUST(incidents_list(store, INCIDENTS_OPEN, ana, 10, &list, &err));
    assert_int_equal(list.count, 2);
    assert_int_equal(list.all[0]->id, other);
    assert_int_equal(list.all[1]->id, mine);
    MUST(incidents_list(store, INCIDENTS_MINE, ana, 10, &list, &err));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.all[0]->id, mine);
    MUST(incidents_list(store, INCIDENTS_ALL, ana, 10, &list, &err));
    assert_int_equal(list.count, 3);
}

static void incidents_on_service__leaves_out_private_ones__when_listing(void **state)
{
    struct store *store = *state;
    struct incidents list;
    int64_t ana = fresh_person(store, "ana");
    MUST(db_script(store->db,
                   "INSERT INTO services (name, name_key) VALUES ('Orders', 'orders')",
                   &err));
    struct incident incident = fresh_incident_by(ana);
    incident.service_id = 1;
    MUST(incident_insert(store, &incident, &err));
    int64_t first = incident.id;
    MUST(incident_insert(store, &incident, &err));
    int64_t second = incident.id;
    MUST(incident_insert(store, &incident, &err));
    move(store, incident.id, INCIDENT_CANCELLED);
    incident.is_private = true;
    MUST(incident_insert(store, &incident, &err));
    (void)fresh_incident(store, ana);
    MUST(incidents_on_service(store, 1, second, &list, &err));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.all[0]->id, first);
}

static void incidents_open_on__holds_private_ones__when_it_is_the_platform(void **state)
{
    struct store *store = *state;
    struct incidents list;
    int64_t ana = fresh_person(store, "ana");
    int64_t hidden = insert_private(store, ana);
    move(store, fresh_incident(store, ana), INCIDENT_RESOLVED);
    struct incident incident = fresh_incident_by(ana);
    incident.adapter = "slack";
    MUST(incident_insert(store, &incident, &err));
    MUST(incidents_open_on(store, "console", 10, &list, &err));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.all[0]->id, hidden);
}

static void opened__is_the_last_return__when_the_store_is_older(void **state)
{
    const char *path = folder_path(*state, "old.db");
    struct incident *found;
    struct store store;
    struct err wrong;

    older_open(&store, path, "reopened");
    store.arena = arena_create();
    int64_t ana = fresh_person(&store, "ana");
    assert_int_equal(fresh_incident(&store, ana), 1);
    assert_int_equal(fresh_incident(&store, ana), 2);
    MUST(
        db_script(store.db,
                  "INSERT INTO timeline (incident_id, n, at_ms, recorded_ms, kind, "
                  "person_id, text) VALUES (1, 1, 3000, 3000, 'state', 1, 'reopened'), "
                  "(1, 2, 5000, 5000, 'state', 1, 'reopened: again'), "
                  "(1, 3, 6000, 6000, 'state', 1, 'resolved'), "
                  "(2, 1, 7000, 7000, 'note', 1, 'reopened the window')",
                  &err));
    arena_destroy(store.arena);
    store_close(&store);
    assert_int_equal(store_open(&store, path, &wrong), STORE_OK);
    store.arena = arena_create();
    MUST(incident_find(&store, 1, &found, &err));
    assert_int_equal(incident_opened_ms(found), 5000);
    MUST(incident_find(&store, 2, &found, &err));
    assert_int_equal(incident_opened_ms(found), found->declared_ms);
    arena_destroy(store.arena);
    store_close(&store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(incident_insert__fills_the_number_in__when_a_name_holds_it),
        FRESH_TEST(incident_insert__keeps_everything__when_read_back),
        FRESH_TEST(incident_move__moves_once__when_two_move_it),
        cmocka_unit_test(incident_is_open__is_true__when_it_is_not_over),
        FRESH_TEST(incident_update__leaves_state_and_channel__when_it_changes),
        FRESH_TEST(incident_set_channel__keeps_the_name__when_none_is_given),
        FRESH_TEST(incident_next_n__counts_for_each__when_several_count),
        FRESH_TEST(incidents_list__hides_private_ones__when_one_is_no_member),
        FRESH_TEST(incidents_list__shows_open_or_mine__when_asked_for),
        FRESH_TEST(incidents_on_service__leaves_out_private_ones__when_listing),
        FRESH_TEST(incidents_open_on__holds_private_ones__when_it_is_the_platform),
        cmocka_unit_test_setup_teardown(
            opened__is_the_last_return__when_the_store_is_older, folder_setup,
            folder_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
