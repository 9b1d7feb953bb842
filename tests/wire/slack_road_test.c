/* The straight road: socket, envelope, commit, ack, channel, posts; and the contract
 * every adapter keeps. */
#include "bot/base/time.h"
#include "store/outbox.h"
#include "store/people.h"
#include "tests/wire/slack_state.h"

/* "C0INC1 17.1" of the headline, and words behind it. */
static const char *headline(struct slack_peer *peer, const char *words)
{
    size_t i = 0;

    while (i < peer->post_count &&
           (strcmp(peer->posts[i].channel, "C0INC1") != 0 ||
            strncmp(peer->posts[i].text, "inc-1 db is down: ", 18) != 0)) {
        i++;
    }
    assert_true(i < peer->post_count);
    return arena_printf(peer->config->arena, "C0INC1 %s%s", peer->posts[i].ts, words);
}

static void incident__is_declared__when_typed(void **state)
{
    struct slack_peer *peer = slack_start(state);

    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
    assert_int_equal(slack_peer_acks(peer, "e1"), 1);
    assert_string_equal(peer->acks[0], "{\"envelope_id\":\"e1\"}");
    assert_int_equal(peer->room_count, 1);
    assert_non_null(strstr(peer->rooms[0].purpose, "inc-1"));
    assert_true(slack_peer_posts(peer, "inc-1") > 0);
    assert_int_equal(slack_peer_calls(peer, "pins.add"), 1);
    assert_string_equal(peer->pinned, headline(peer, ""));
    assert_int_equal(strncmp(peer->bookmark, "C0INC1 Headline ", 16), 0);
    assert_non_null(strstr(peer->bookmark, "/archives/C0INC1/p"));
    assert_int_equal(slack_peer_calls(peer, "conversations.invite"), 1);
    assert_string_equal(peer->invited, "C0INC1 U1");
    assert_int_equal(slack_buried_rows(peer), 0);
    assert_string_equal(server_offence(slack_peer_socket(peer)), "");
}

static const char *topic, *card;

static bool has_topic(struct slack_peer *peer)
{
    return strcmp(peer->topic, topic) == 0 && strcmp(peer->changed, card) == 0;
}

static void topic_and_card__are_kept_current__when_the_incident_changes(void **state)
{
    static const struct {
        const char *line, *words;
    } changes[] = {
        {"severity inc-1 sev1 nobody can pay", " inc-1 db is down: active, sev1"},
        {"title inc-1 mail is down", " inc-1 mail is down: active, sev1"},
        {"mitigated inc-1", " inc-1 mail is down: mitigated, sev1"},
        {"resolve inc-1", " inc-1 mail is down: resolved, sev1"},
    };
    struct slack_peer *peer = slack_declare(state);

    assert_string_equal(peer->topic, "C0INC1 inc-1 db is down: active, sev2");
    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        const char *id = arena_printf(peer->config->arena, "c%zu", i);

        topic = arena_printf(peer->config->arena, "C0INC1%s", changes[i].words);
        card = headline(peer, changes[i].words);
        slack_peer_slash(peer, id, id, changes[i].line);
        slack_peer_await(peer, has_topic);
    }
}

static bool is_told(struct slack_peer *peer)
{
    return peer->ack_count > 0;
}

/* No ack without a commit: the person is told instead, once. */
static void command__is_not_recorded__when_store_fails(void **state)
{
    struct slack_peer *peer = slack_start(state);

    wire_run_ms(&peer->wire, 50);
    db_fail_after(peer->store.db, 1);
    slack_peer_say(peer, "e0", "C0OPS", "17.1", "hello");
    slack_peer_slash(peer, "e1", "t1", "list");
    slack_peer_slash(peer, "e3", "t3", "list");
    slack_peer_await(peer, is_told);
    wire_run_ms(&peer->wire, 100);
    assert_int_equal(peer->ack_count, 1);
    assert_non_null(strstr(peer->acks[0], "Not recorded, please say it again"));
    assert_non_null(strstr(peer->acks[0], "Nothing was changed."));
    assert_int_equal(slack_peer_acks(peer, "e0"), 0);
}

static bool is_said_twice(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e2") > 0 && slack_peer_acks(peer, "e3") > 0 &&
           slack_peer_acks(peer, "e4") > 0;
}

static int64_t entries(struct slack_peer *peer)
{
    return slack_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE kind = 'said'");
}

/* Redelivered in a new envelope, and once more as the mention it also was. */
static void message__is_on_timeline_once__when_redelivered(void **state)
{
    struct slack_peer *peer = slack_start(state);

    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
    slack_peer_say(peer, "e2", peer->rooms[0].id, "1795351233.000100",
                   "it is the disk");
    slack_peer_say(peer, "e3", peer->rooms[0].id, "1795351233.000100",
                   "it is the disk");
    slack_peer_send(peer,
                    "{\"envelope_id\":\"e4\",\"type\":\"events_api\",\"payload\":{"
                    "\"event\":{\"type\":\"app_mention\",\"channel\":\"C0INC1\","
                    "\"user\":\"U1\",\"text\":\"it is the disk\",\"ts\":"
                    "\"1795351233.000100\"}}}");
    slack_peer_await(peer, is_said_twice);
    assert_int_equal(entries(peer), 1);
}

static bool are_odd_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "o1") > 0 && slack_peer_acks(peer, "o2") > 0 &&
           slack_peer_acks(peer, "o3") > 0;
}

/* What Slack would send again for ever. */
static void envelope__is_acked__when_it_makes_no_sense(void **state)
{
    struct slack_peer *peer = slack_start(state);

    slack_peer_send(peer, "UNAUTHENTICATED: cache_error");
    slack_peer_send(peer, "{\"envelope_id\":\"o1\",\"type\":\"novelty\"}");
    slack_peer_send(peer, "{\"envelope_id\":\"o2\",\"type\":\"events_api\",\"pay");
    slack_peer_send(peer, "{\"envelope_id\":\"o3\",\"type\":\"events_api\",\"payload\":"
                          "{\"type\":\"app_rate_limited\"}}");
    slack_peer_await(peer, are_odd_acked);
    assert_int_equal(peer->ack_count, 3);
}

static bool is_chosen(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "b1") > 0 && slack_open_rows(peer) == 0;
}

static void button__runs_its_line__when_pressed(void **state)
{
    struct slack_peer *peer = slack_start(state);
    char press[512];

    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
    /* Pressed now: an old press would not be run any more. */
    snprintf(press, sizeof(press),
             "{\"envelope_id\":\"b1\",\"type\":\"interactive\",\"payload\":{\"type\":"
             "\"block_actions\",\"user\":{\"id\":\"U2\",\"username\":\"bob\"},"
             "\"container\":{\"message_ts\":\"1.1\",\"channel_id\":\"C0INC1\"},"
             "\"channel\":{\"id\":\"C0INC1\"},\"actions\":[{\"action_id\":\"choice_3\","
             "\"value\":\"lead\",\"action_ts\":\"%lld.1\"}]}}",
             (long long)(time_now_ms() / TIME_SECOND_MS));
    slack_peer_send(peer, press);
    slack_peer_await(peer, is_chosen);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM holds"), 1);
}

static bool is_renamed(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "r1") > 0;
}

/* Slack does not say who renamed it: nobody joins the incident by that. */
static void channel__has_its_new_name__when_renamed(void **state)
{
    struct slack_peer *peer = slack_start(state);

    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
    slack_peer_send(peer,
                    "{\"envelope_id\":\"r1\",\"type\":\"events_api\",\"payload\":{"
                    "\"event_id\":\"Ev1\",\"event\":{\"type\":\"channel_rename\","
                    "\"channel\":{\"id\":\"C0INC1\",\"name\":\"inc-1-disk\"}}}}");
    slack_peer_await(peer, is_renamed);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM incidents WHERE "
                                             "channel_name = 'inc-1-disk'"),
                     1);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM members"), 1);
}

/* One row of each kind, as a rule would put it. */
static void put_row(struct slack_peer *peer, const char *kind, const char *body,
                    int64_t person_id, int64_t about_row, int64_t *id)
{
    struct err err;
    struct outbox_row row = {.adapter = "slack",
                             .lane = kind,
                             .kind = kind,
                             .person_id = person_id,
                             .place = "C0OPS",
                             .about_row = about_row,
                             .body = body,
                             .created_ms = clock_now_ms(&peer->clock),
                             .due_ms = 0};

    assert_true(outbox_put(&peer->store, &row, &err));
    *id = row.id;
}

static void each_action__has_one_outcome__when_performed(void **state)
{
    struct slack_peer *peer = *state;
    struct arena *arena = arena_create();
    struct note *note = note_create(arena);
    struct action action = {.note = note, .name = "inc-9", .topic = "nine"};
    struct account account = {.adapter = "slack", .external = "U1", .name = "alice"};
    struct person *person;
    const char *body;
    struct err err;
    int64_t post, id;

    note_line(note, "words");
    body = action_to_json(arena, &action);
    peer->store.arena = arena;
    assert_true(person_meet(&peer->store, &account, &person, &err));
    put_row(peer, "post", body, 0, 0, &post);
    for (int kind = 0; kind < ACTION_KINDS; kind++) {
        bool is_about =
            kind == ACTION_AMEND || kind == ACTION_PIN || kind == ACTION_BOOKMARK;

        put_row(peer, action_kind_name((enum action_kind)kind), body, person->id,
                is_about ? post : 0, &id);
    }
    slack_peer_start(peer);
    slack_peer_await(peer, slack_is_idle);
    /* Rooms to join or leave and lines to redact are not asked of Slack; a file and a
     * canvas without text are none; a form without a trigger is not opened, which is
     * said. */
    assert_int_equal(slack_buried_rows(peer), 6);
    assert_int_equal(slack_peer_posts(peer, "words"), 4);
    assert_int_equal(peer->room_count, 1);
    /* A second stop changes nothing. */
    ears_stop(peer->ears);
    ears_stop(peer->ears);
    arena_destroy(arena);
}

#define BULK 40

static bool is_bulk_on_its_way(struct slack_peer *peer)
{
    return peer->socket_count > 0 && slack_peer_posts(peer, "words") >= 4;
}

static bool is_form_open(struct slack_peer *peer)
{
    return slack_peer_calls(peer, "views.open") == 1;
}

/* Forty lanes want to say something in one channel, where one post a second is let
 * through: a form, whose trigger lasts three, waits for none of them. */
static void form__opens_at_once__when_much_is_to_be_said(void **state)
{
    struct slack_peer *peer = *state;
    struct arena *arena = arena_create();
    struct action action = {.note = note_create(arena)};
    struct err err;

    note_line(action.note, "words");
    for (int i = 0; i < BULK; i++) {
        struct outbox_row row = {.adapter = "slack",
                                 .lane = arena_printf(arena, "lane %d", i),
                                 .kind = "post",
                                 .place = "C0OPS",
                                 .body = action_to_json(arena, &action),
                                 .created_ms = clock_now_ms(&peer->clock)};

        assert_true(outbox_put(&peer->store, &row, &err));
    }
    slack_peer_start(peer);
    slack_peer_await(peer, is_bulk_on_its_way);
    slack_peer_slash(peer, "e1", "t1", "");
    slack_peer_await(peer, is_form_open);
    assert_true(slack_peer_posts(peer, "words") < BULK);
    arena_destroy(arena);
}

static bool is_said_after_the_gap(struct slack_peer *peer)
{
    return peer->socket_count > 1 && slack_peer_posts(peer, "words") > 0 &&
           slack_open_rows(peer) == 0;
}

/* Tried in vain while there was no way to Slack, the next attempt was an hour off. */
static void row__leaves_at_once__when_the_link_is_back(void **state)
{
    struct slack_peer *peer = slack_start(state);
    struct arena *arena = arena_create();
    struct action action = {.note = note_create(arena)};
    struct err err;
    int64_t id;

    note_line(action.note, "words");
    put_row(peer, "post", action_to_json(arena, &action), 0, 0, &id);
    assert_true(outbox_again(&peer->store, id,
                             clock_now_ms(&peer->clock) + TIME_HOUR_MS, false, &err));
    slack_peer_leave(peer);
    peer->is_away = false;
    slack_peer_await(peer, is_said_after_the_gap);
    arena_destroy(arena);
}

/* What a bot that was killed had sent may get there only now. */
static void row__is_not_looked_for_at_once__when_a_former_life_sent_it(void **state)
{
    struct slack_peer *peer = *state;
    struct arena *arena = arena_create();
    struct action action = {.note = note_create(arena)};
    int64_t began_ms = time_steady_ms();
    struct err err;
    int64_t id;

    note_line(action.note, "words");
    put_row(peer, "post", action_to_json(arena, &action), 0, 0, &id);
    assert_true(outbox_again(&peer->store, id, clock_now_ms(&peer->clock), true, &err));
    slack_peer_start(peer);
    slack_peer_await(peer, slack_is_idle);
    assert_int_equal(slack_peer_posts(peer, "words"), 1);
    assert_true(time_steady_ms() - began_ms >= 2 * TIME_SECOND_MS);
    arena_destroy(arena);
}

static bool is_refused(struct slack_peer *peer)
{
    return ears_exit_status(peer->ears) == 78;
}

static void platform__is_refused__when_token_is_wrong(void **state)
{
    struct slack_peer *peer = *state;

    peer->fault_method = "auth.test";
    peer->fault = FAULT_INVALID_AUTH;
    peer->fault_times = 1;
    slack_peer_start(peer);
    slack_peer_await(peer, is_refused);
    assert_int_equal(peer->socket_count, 0);
}

#define ROAD_TEST(name)                                                                \
    cmocka_unit_test_setup_teardown(name, slack_setup, slack_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROAD_TEST(incident__is_declared__when_typed),
        ROAD_TEST(topic_and_card__are_kept_current__when_the_incident_changes),
        ROAD_TEST(command__is_not_recorded__when_store_fails),
        ROAD_TEST(message__is_on_timeline_once__when_redelivered),
        ROAD_TEST(envelope__is_acked__when_it_makes_no_sense),
        ROAD_TEST(button__runs_its_line__when_pressed),
        ROAD_TEST(channel__has_its_new_name__when_renamed),
        ROAD_TEST(each_action__has_one_outcome__when_performed),
        ROAD_TEST(form__opens_at_once__when_much_is_to_be_said),
        ROAD_TEST(row__leaves_at_once__when_the_link_is_back),
        ROAD_TEST(platform__is_refused__when_token_is_wrong),
        ROAD_TEST(row__is_not_looked_for_at_once__when_a_former_life_sent_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
