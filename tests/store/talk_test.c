#include "store/incidents.h"
#include "store/people.h"
#include "store/talk.h"
#include "tests/store/fresh.h"

/* Ana, by U1, is in an incident with the channel C1. */
static int64_t ana_in_channel(struct store *store)
{
    struct person *ana;
    int64_t incident_id;
    bool is_new;

    MUST(person_meet(store, &(struct account){.adapter = "slack", .external = "U1"},
                     &ana, &err));
    incident_id = fresh_incident(store, ana->id);
    MUST(db_run(store->db, NULL, NULL, &err,
                "UPDATE incidents SET adapter = 'slack', channel = 'C1' WHERE id = $1",
                DB_ARGS(DB_INT(incident_id))));
    MUST(member_add(store, incident_id, ana->id, 1000, &is_new, &err));
    return incident_id;
}

static struct talk *find(struct store *store, const char *external, const char *channel,
                         const char *event, const char *message)
{
    struct talk *talk = NULL;
    MUST(talk_find(
        store,
        &(struct inbox_message){
            .adapter = "slack", .event = event, .channel = channel, .message = message},
        external, &talk, &err));
    return talk;
}

static void
talk_find__finds_nothing__when_somebody_is_unknown_or_elsewhere(void **state)
{
    struct store *store = *state;

    (void)ana_in_channel(store);
    assert_non_null(find(store, "U1", "C1", "Ev1", "m1"));
    assert_null(find(store, "U2", "C1", "Ev1", "m1"));
    assert_null(find(store, "U1", "C2", "Ev1", "m1"));
}

static void talk_find__finds_nothing__when_they_have_left(void **state)
{
    struct store *store = *state;
    int64_t incident_id = ana_in_channel(store);

    MUST(member_leave(store, incident_id,
                      find(store, "U1", "C1", "Ev1", "m1")->person_id, 2000, &err));
    assert_null(find(store, "U1", "C1", "Ev1", "m1"));
}

static void talk_find__says_it_was_heard__when_the_event_was_claimed(void **state)
{
    struct store *store = *state;
    bool is_new;

    (void)ana_in_channel(store);
    MUST(inbox_claim(store, "slack", "Ev2", 1000, &is_new, &err));
    assert_true(find(store, "U1", "C1", "Ev2", "m2")->is_heard);
    assert_false(find(store, "U1", "C1", "Ev3", "m3")->is_heard);
}

static void talk_find__gives_the_end_of_the_chain__when_there_are_entries(void **state)
{
    struct store *store = *state;
    struct entry entry = {
        .incident_id = ana_in_channel(store), .kind = "note", .text = "hello"};
    struct chain_tail tail;
    struct talk *talk;
    bool is_new;

    MUST(timeline_insert(store, &entry, &is_new, &err));
    MUST(chain_tail_get(store, entry.incident_id, &tail, &err));
    talk = find(store, "U1", "C1", "Ev1", "m1");
    assert_int_equal(talk->incident_id, entry.incident_id);
    assert_int_equal(talk->tail.n, 1);
    assert_string_equal(talk->tail.hash, tail.hash);
    assert_true(talk->is_nameless); /* U1 is all we know */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(talk_find__finds_nothing__when_somebody_is_unknown_or_elsewhere),
        FRESH_TEST(talk_find__finds_nothing__when_they_have_left),
        FRESH_TEST(talk_find__says_it_was_heard__when_the_event_was_claimed),
        FRESH_TEST(talk_find__gives_the_end_of_the_chain__when_there_are_entries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
