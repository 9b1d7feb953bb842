#include "store/chain.h"
#include "store/former.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "store/timeline.h"
#include "tests/store/fresh.h"

static int64_t incident_in(struct store *store, const char *channel)
{
    struct incident incident = fresh_incident_by(fresh_person(store, "ana"));

    incident.adapter = "slack";
    incident.channel = channel;
    MUST(incident_insert(store, &incident, &err));
    return incident.id;
}

static struct entry entry_of(int64_t incident_id, const char *channel,
                             const char *message)
{
    return (struct entry){.incident_id = incident_id,
                          .kind = "said",
                          .text = message,
                          .adapter = "slack",
                          .channel = channel,
                          .message = message,
                          .thread = "t1"};
}

/* Its number; 0 where it was known already. */
static int64_t say(struct store *store, int64_t incident_id, const char *channel,
                   const char *message)
{
    struct entry entry = entry_of(incident_id, channel, message);
    bool is_new;

    MUST(timeline_insert(store, &entry, &is_new, &err));
    return is_new ? entry.n : 0;
}

static void rename_to(struct store *store, const char *from, const char *to)
{
    MUST(former_put(
        store, &(struct former){.adapter = "slack", .formerly = from, .channel = to},
        &err));
}

static const char *now(struct store *store, const char *channel)
{
    const char *found = NULL;

    MUST(former_find(store, "slack", channel, &found, &err));
    return found;
}

static void message__is_one_entry__when_its_channel_has_another_id(void **state)
{
    struct store *store = *state;
    int64_t id = incident_in(store, "G1");
    struct entry *entry = NULL;

    assert_int_equal(say(store, id, "G1", "m1"), 1);
    rename_to(store, "G1", "C1");
    assert_int_equal(say(store, id, "C1", "m1"), 0);
    assert_int_equal(say(store, id, "C1", "m2"), 2);
    assert_int_equal(say(store, id, "C2", "m1"), 3); /* another channel */
    MUST(timeline_find_message(store, "slack", "C1", "m1", &entry, &err));
    assert_non_null(entry);
    assert_string_equal(entry->channel, "G1");
}

static void channel__is_read_up_from_where_it_was__when_it_has_another_id(void **state)
{
    struct store *store = *state;
    int64_t id = incident_in(store, "G1");
    struct timeline_threads threads;
    const char *last = NULL;

    (void)say(store, id, "G1", "m1");
    rename_to(store, "G1", "C1");
    MUST(timeline_last_message(store, "slack", "C1", &last, &err));
    assert_string_equal(last, "m1");
    MUST(timeline_threads(store, "slack", "C1", 10, &threads, &err));
    assert_int_equal(threads.count, 1);
}

static void ids__all_lead_to_the_present_one__when_it_changes_again(void **state)
{
    struct store *store = *state;
    int64_t id = incident_in(store, "G1");
    struct incident *incident = NULL;

    assert_null(now(store, "G1"));
    rename_to(store, "G1", "C1");
    (void)say(store, id, "C1", "m1");
    rename_to(store, "C1", "C2");
    assert_string_equal(now(store, "G1"), "C2");
    assert_string_equal(now(store, "C1"), "C2");
    assert_null(now(store, "C2"));
    MUST(incident_find_channel(store, "slack", "C2", &incident, &err));
    assert_int_equal(incident->id, id);
    rename_to(store, "C2", "G1"); /* and back */
    assert_null(now(store, "G1"));
    assert_string_equal(now(store, "C2"), "G1");
    assert_int_equal(say(store, id, "G1", "m1"), 0);
}

/* Each link holds the id its entry was recorded under. */
static void chain__is_sound__when_a_channel_has_another_id(void **state)
{
    struct store *store = *state;
    int64_t id = incident_in(store, "G1");
    struct chain_report report;

    (void)say(store, id, "G1", "m1");
    rename_to(store, "G1", "C1");
    (void)say(store, id, "C1", "m2");
    MUST(chain_verify(store, NULL, NULL, &report, &err));
    assert_int_equal(report.entries, 2);
    assert_int_equal(report.faults, 0);
}

static void what_was_heard__is_known__when_its_channel_has_another_id(void **state)
{
    struct store *store = *state;
    bool is_new;

    MUST(inbox_claim(store, "slack", "G1:m1", 1000, &is_new, &err));
    MUST(inbox_claim(store, "slack", "G11:m1", 1000, &is_new, &err));
    rename_to(store, "G1", "C1");
    MUST(inbox_claim(store, "slack", "C1:m1", 1000, &is_new, &err));
    assert_false(is_new);
    MUST(inbox_claim(store, "slack", "G1:m1", 1000, &is_new, &err));
    assert_false(is_new); /* delivered again by the old one */
    MUST(inbox_claim(store, "slack", "C11:m1", 1000, &is_new, &err));
    assert_true(is_new); /* G11 is another channel */
}

static void answer__goes_to_the_present_id__when_it_waits(void **state)
{
    struct store *store = *state;
    struct outbox_row row = {
        .adapter = "slack", .lane = "cG1", .kind = "post", .place = "G1", .body = "{}"};
    struct outbox_row said = row;
    struct outbox_row *found = NULL;
    bool is_settled;

    MUST(outbox_put(store, &row, &err));
    MUST(outbox_put(store, &said, &err));
    MUST(outbox_settle(store, said.id, "G1:17.1", 1000, &is_settled, &err));
    rename_to(store, "G1", "C1");
    MUST(outbox_find(store, row.id, &found, &err));
    assert_string_equal(found->place, "C1");
    MUST(outbox_find(store, said.id, &found, &err));
    assert_string_equal(found->ref, "C1:17.1");
}

/* A program that begins has not looked yet. */
static void former_is_any__is_known_again__behind_a_restart(void **state)
{
    struct store *store = *state;
    bool is_any;

    MUST(former_is_any(store, &is_any, &err));
    assert_false(is_any);
    MUST(former_put(store, &(struct former){"slack", "G0", "C0"}, &err));
    store->former = FORMER_UNSEEN;
    MUST(former_is_any(store, &is_any, &err));
    assert_true(is_any);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(former_is_any__is_known_again__behind_a_restart),
        FRESH_TEST(message__is_one_entry__when_its_channel_has_another_id),
        FRESH_TEST(channel__is_read_up_from_where_it_was__when_it_has_another_id),
        FRESH_TEST(ids__all_lead_to_the_present_one__when_it_changes_again),
        FRESH_TEST(chain__is_sound__when_a_channel_has_another_id),
        FRESH_TEST(what_was_heard__is_known__when_its_channel_has_another_id),
        FRESH_TEST(answer__goes_to_the_present_id__when_it_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
