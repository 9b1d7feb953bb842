/* From a row to what an adapter is asked to do, or why it is asked for nothing. */
#include "bot/deliver.h"
#include "bot/note.h"
#include "store/outbox.h"
#include "tests/store/fresh.h"

#define NOW_MS 100000

static struct outbox_row row_of(const char *kind, const char *body)
{
    return (struct outbox_row){.adapter = "slack",
                               .lane = "a",
                               .kind = kind,
                               .place = "C1",
                               .body = body,
                               .created_ms = NOW_MS};
}

static struct outbox_row *put(struct store *store, struct outbox_row row)
{
    struct outbox_row *found;

    MUST(outbox_put(store, &row, &err));
    MUST(outbox_find(store, row.id, &found, &err));
    return found;
}

static struct outbox_row *find(struct store *store, int64_t id)
{
    struct outbox_row *found;

    MUST(outbox_find(store, id, &found, &err));
    return found;
}

static struct action *bind(struct store *store, const struct outbox_row *row)
{
    struct turn turn = {.arena = store->arena, .store = store, .now_ms = NOW_MS};
    struct action *action;

    MUST(deliver_bind(&turn, row, &action, &err));
    return action;
}

static void wish__is_buried__when_it_makes_no_sense(void **state)
{
    struct store *store = *state;
    const struct outbox_row *odd_body = put(store, row_of("post", "no json"));
    const struct outbox_row *odd_kind = put(store, row_of("hum", "{}"));

    assert_null(bind(store, odd_body));
    assert_null(bind(store, odd_kind));
    assert_string_equal(find(store, odd_body->id)->buried_why,
                        "the row makes no sense");
    assert_string_equal(find(store, odd_kind->id)->buried_why,
                        "the row makes no sense");
}

/* It would change, or pin, nothing that anybody sees. */
static void change__is_buried__when_its_message_never_got_out(void **state)
{
    struct store *store = *state;
    const struct outbox_row *message = put(store, row_of("post", "{}"));
    struct outbox_row change = row_of("amend", "{}");
    bool is_settled;

    change.about_row = message->id;
    MUST(outbox_bury(store, message->id, "refused", NOW_MS, &is_settled, &err));
    change.id = put(store, change)->id;
    assert_null(bind(store, find(store, change.id)));
    assert_string_equal(find(store, change.id)->buried_why,
                        "the message it is about never got out");
}

/* Nor with a hole where they should be named. */
static void message__is_not_sent__when_those_it_names_can_not_be_looked_up(void **state)
{
    struct store *store = *state;
    struct turn turn = {.arena = store->arena, .store = store, .now_ms = NOW_MS};
    struct note *note = note_create(store->arena);
    struct action action = {.kind = ACTION_POST, .note = note}, *bound;
    int64_t ana = fresh_person(store, "ana");
    struct outbox_row *row;

    note_line(note, "%s of %s", note_mention(store->arena, ana, "ana"),
              note_channel(store->arena, fresh_incident(store, ana), "#inc-1"));
    row = put(store, row_of("post", action_to_json(store->arena, &action)));
    for (int64_t calls = 1; calls <= 2; calls++) {
        struct err err;

        db_fail_after(store->db, calls);
        assert_false(deliver_bind(&turn, row, &bound, &err));
        assert_int_equal(err.kind, ERR_AGAIN);
        assert_null(bound);
    }
    assert_non_null(bind(store, row));
}

/* It names a channel that is not open yet: once, it waits for it. */
static void message__waits_once__for_the_channel_it_names(void **state)
{
    struct store *store = *state;
    struct turn turn = {.arena = store->arena, .store = store, .now_ms = NOW_MS};
    struct note *note = note_create(store->arena);
    struct action action = {.kind = ACTION_POST, .note = note}, *bound;
    struct incident incident = fresh_incident_by(fresh_person(store, "ana"));
    struct outbox_row *row;
    bool is_whole = false;

    incident.adapter = "slack";
    MUST(incident_insert(store, &incident, &err));
    note_line(note, "%s, %s", note_channel(store->arena, incident.id, "#inc-1"),
              note_channel(store->arena, incident.id, "#inc-1"));
    row = put(store, row_of("post", action_to_json(store->arena, &action)));
    for (int64_t n = 1; !is_whole; n++) {
        struct err err;

        db_fail_after(store->db, n);
        is_whole = deliver_bind(&turn, row, &bound, &err);
        assert_int_equal(is_whole, db_is_to_fail(store->db));
        assert_null(bound);
        db_fail_after(store->db, 0);
    }
    row = find(store, row->id);
    assert_int_equal(row->due_ms, NOW_MS + 500);
    assert_non_null(bind(store, row));
}

static void invite(struct store *store, int64_t incident_id, const char *adapter,
                   const char *handle, const char *account)
{
    struct outbox_row row = row_of("invite", "{}");

    row.adapter = adapter;
    row.incident_id = incident_id;
    row.person_id = fresh_person(store, handle);
    if (account != NULL) {
        MUST(person_link(store, row.person_id, adapter, account, &err));
    }
    (void)put(store, row);
}

static void channel__opens_with_those_who_wait__on_the_same_platform(void **state)
{
    struct store *store = *state;
    struct outbox_row open = row_of("open-channel", "{}");
    const struct action *action;

    open.incident_id = fresh_incident(store, fresh_person(store, "dee"));
    invite(store, open.incident_id, "slack", "ana", "U1");
    invite(store, open.incident_id, "slack", "bo", NULL);
    invite(store, open.incident_id, "matrix", "cy", "@cy:example.org");
    action = bind(store, put(store, open));
    assert_non_null(action);
    assert_int_equal(action->person_count, 1);
    assert_string_equal(action->people[0], "U1");
}

/* An answer to what nobody asked changes nothing. */
static void outcome__is_nothing__when_there_is_no_such_wish(void **state)
{
    struct store *store = *state;
    struct turn turn = {.arena = store->arena, .store = store, .now_ms = NOW_MS};

    MUST(deliver_settle(&turn, 77, &(struct outcome){.kind = OUTCOME_DONE}, &err));
    MUST(deliver_opened(
        &turn, "slack",
        &(struct ear_opening){.action_id = 77, .created_ms = NOW_MS, .channel = "C1"},
        &err));
    assert_int_equal(fresh_number(store, "SELECT COUNT(*) FROM outbox"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(wish__is_buried__when_it_makes_no_sense),
        FRESH_TEST(change__is_buried__when_its_message_never_got_out),
        FRESH_TEST(message__is_not_sent__when_those_it_names_can_not_be_looked_up),
        FRESH_TEST(message__waits_once__for_the_channel_it_names),
        FRESH_TEST(channel__opens_with_those_who_wait__on_the_same_platform),
        FRESH_TEST(outcome__is_nothing__when_there_is_no_such_wish),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
