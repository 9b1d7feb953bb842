/* Forms, shortcuts and the bot's own page: heard like lines, opened as wishes. */
#include "tests/wire/slack_state.h"

static bool is_fourth_done(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e4") > 0 && slack_is_idle(peer);
}

/* Somebody's act in a window of Slack's. */
static void act(struct slack_peer *peer, const char *envelope, const char *rest)
{
    char frame[1500];

    snprintf(frame, sizeof(frame),
             "{\"envelope_id\":\"%s\",\"type\":\"interactive\",\"payload\":{\"user\":{"
             "\"id\":\"U1\",\"username\":\"alice\",\"team_id\":\"T1\"},\"trigger_id\":"
             "\"t-%s\",%s}}",
             envelope, envelope, rest);
    slack_peer_send(peer, frame);
}

static void submit(struct slack_peer *peer, const char *envelope)
{
    act(peer, envelope,
        "\"type\":\"view_submission\",\"view\":{\"id\":\"V1\",\"hash\":\"h1\","
        "\"callback_id\":\"form\",\"private_metadata\":\"{\\\"verb\\\":\\\"declare\\\","
        "\\\"place\\\":\\\"C0OPS\\\"}\",\"state\":{\"values\":{\"0\":{\"answer\":{"
        "\"selected_option\":{\"value\":\"sev2\"}}},\"1\":{\"answer\":{\"value\":\"db "
        "is down\"}},\"4\":{\"--private\":{\"selected_options\":[{\"value\":\"yes\"}]}}"
        "}}}");
}

static void form__opens__when_command_is_bare(void **state)
{
    struct slack_peer *peer = slack_start(state);

    slack_peer_slash(peer, "e1", "t1", "");
    slack_peer_await(peer, slack_is_first_done);
    assert_int_equal(slack_peer_calls(peer, "views.open"), 1);
    assert_non_null(strstr(peer->view, "\"trigger_id\":\"t1\""));
    assert_non_null(strstr(peer->view, "What is wrong?"));
    assert_non_null(strstr(peer->view, "C0OPS"));
    assert_int_equal(peer->post_count, 0);
}

/* The trigger lasts three seconds: what can't be opened now is never tried again. */
static void words__are_said__when_form_comes_too_late(void **state)
{
    struct slack_peer *peer = slack_start(state);

    peer->fault_method = "views.open";
    peer->fault = FAULT_DROP_BEFORE;
    peer->fault_times = 1;
    slack_peer_slash(peer, "e1", "t1", "");
    slack_peer_await(peer, slack_is_first_done);
    assert_int_equal(slack_peer_calls(peer, "views.open"), 1);
    assert_int_equal(slack_peer_posts(peer, "The form did not open in time."), 1);
    assert_true(peer->posts[0].is_private);
    assert_string_equal(peer->posts[0].channel, "C0OPS");
}

static void incident__is_declared_once__when_form_is_submitted(void **state)
{
    struct slack_peer *peer = slack_start(state);

    submit(peer, "e1");
    slack_peer_await(peer, slack_is_first_done);
    assert_string_equal(peer->acks[0], "{\"envelope_id\":\"e1\"}");
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM incidents WHERE "
                                             "title = 'db is down' AND severity = "
                                             "'sev2' AND private = 1"),
                     1);
    submit(peer, "e2");
    slack_peer_await(peer, slack_is_second_done);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM incidents"), 1);
}

static bool is_told(struct slack_peer *peer)
{
    return peer->ack_count > 0;
}

static void form__stays_open__when_store_fails(void **state)
{
    struct slack_peer *peer = slack_start(state);

    wire_run_ms(&peer->wire, 50);
    db_fail_after(peer->store.db, 1);
    submit(peer, "e1");
    slack_peer_await(peer, is_told);
    assert_non_null(strstr(peer->acks[0], "\"response_action\":\"errors\""));
    assert_non_null(
        strstr(peer->acks[0], "{\"0\":\"Not recorded, please say it again"));
}

/* What was typed into it must not be gone without a word. */
static void form__stays_open__when_it_makes_no_sense(void **state)
{
    struct slack_peer *peer = slack_start(state);

    act(peer, "e1",
        "\"type\":\"view_submission\",\"view\":{\"id\":\"V1\",\"callback_id\":"
        "\"form\",\"private_metadata\":\"{\",\"state\":{\"values\":{\"1\":{\"answer\":"
        "{\"value\":\"db is down\"}}}}}");
    slack_peer_await(peer, is_told);
    assert_non_null(strstr(peer->acks[0], "\"response_action\":\"errors\""));
    assert_non_null(strstr(peer->acks[0], "{\"1\":\"I can't read this form any more."));
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM incidents"), 0);
}

/* A title is a title: what it looks like changes no other field. */
static void title__is_taken_as_it_is__when_it_looks_like_flags(void **state)
{
    struct slack_peer *peer = slack_start(state);

    act(peer, "e1",
        "\"type\":\"view_submission\",\"view\":{\"id\":\"V1\",\"hash\":\"h1\","
        "\"callback_id\":\"form\",\"private_metadata\":\"{\\\"verb\\\":\\\"declare\\\","
        "\\\"place\\\":\\\"C0OPS\\\"}\",\"state\":{\"values\":{\"1\":{\"answer\":{"
        "\"value\":\"sev1 --private  was lost --service mail\"}}}}}");
    slack_peer_await(peer, slack_is_first_done);
    assert_int_equal(slack_peer_number(peer,
                                       "SELECT COUNT(*) FROM incidents WHERE title = "
                                       "'sev1 --private  was lost --service mail' AND "
                                       "private = 0 AND severity = 'unknown'"),
                     1);
}

static void form__opens__when_shortcut_is_chosen(void **state)
{
    struct slack_peer *peer = slack_start(state);

    act(peer, "e1", "\"type\":\"shortcut\",\"callback_id\":\"declare\"");
    slack_peer_await(peer, slack_is_first_done);
    assert_int_equal(slack_peer_calls(peer, "views.open"), 1);
    assert_non_null(strstr(peer->view, "\"trigger_id\":\"t-e1\""));
}

static void keep(struct slack_peer *peer, const char *envelope, const char *channel)
{
    char rest[400];

    snprintf(rest, sizeof(rest),
             "\"type\":\"message_action\",\"callback_id\":\"keep\",\"channel\":{\"id\":"
             "\"%s\",\"name\":\"ops\"},\"message\":{\"user\":\"U7\",\"ts\":"
             "\"1600000000.000100\",\"text\":\"it is the disk\"}",
             channel);
    act(peer, envelope, rest);
}

/* Who said it, where, what, and when. */
static int64_t notes(struct slack_peer *peer)
{
    return slack_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE kind = 'note' "
                                   "AND text = 'tove in #ops: it is the disk' "
                                   "AND at_ms = 1600000000000");
}

static void message__is_an_entry__when_kept_from_elsewhere(void **state)
{
    struct slack_peer *peer = slack_start(state);

    keep(peer, "e1", "C0OPS");
    slack_peer_await(peer, slack_is_first_done);
    assert_int_equal(slack_peer_posts(peer, "You are in no open incident"), 1);
    slack_peer_slash(peer, "e2", "t2", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_second_done);
    keep(peer, "e3", "C0OPS");
    slack_peer_await(peer, slack_is_third_done);
    assert_int_equal(notes(peer), 1);
    assert_int_equal(slack_peer_posts(peer, "Kept on the timeline of inc-1"), 1);
}

static bool is_kept(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e2") > 0 &&
           slack_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE kind = 'note' "
                                   "AND text LIKE '% in #ops: it is the disk'") == 1;
}

/* Slack shows an error after three seconds. */
static void message__is_an_entry__when_nobody_says_who_wrote_it(void **state)
{
    struct slack_peer *peer = slack_start(state);

    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
    peer->fault_method = "users.info";
    peer->fault = FAULT_SILENT;
    peer->fault_times = 1000;
    keep(peer, "e2", "C0OPS");
    slack_peer_await(peer, is_kept);
}

static bool is_asked_about(struct slack_peer *peer)
{
    return peer->held != NULL;
}

static bool is_kept_and_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e2") > 0;
}

/* Slack does not repeat it, and takes the ack on any connection of the app. */
static void message__is_acked__when_its_socket_is_gone(void **state)
{
    struct slack_peer *peer = slack_start(state);

    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
    peer->fault_method = "users.info";
    peer->fault = FAULT_HELD;
    peer->fault_times = 1;
    keep(peer, "e2", "C0OPS");
    slack_peer_await(peer, is_asked_about);
    slack_peer_send(peer, "{\"type\":\"disconnect\",\"reason\":\"warning\"}");
    slack_peer_await(peer, slack_has_two_sockets);
    server_cut(peer->sockets[0]);
    slack_peer_await(peer, is_kept_and_acked);
    assert_int_equal(peer->ack_sockets[peer->ack_count - 1], 1);
}

static bool is_paged(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e2") > 0 && slack_is_idle(peer);
}

/* And whoever is named in a command, at once answered. */
static void card__has_the_name__when_somebody_unknown_is_paged(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    slack_peer_slash(peer, "e2", "t2", "page inc-1 <@U7|x> the db");
    slack_peer_await(peer, is_paged);
    assert_int_equal(slack_peer_posts(peer, "Page 1: tove, by chat"), 1);
    assert_int_equal(slack_count(peer, "timeline WHERE text LIKE '%U7%'"), 0);
}

static void speaker__has_their_name__when_unknown_as_they_declare(void **state)
{
    struct slack_peer *peer = slack_start(state);
    char ts[40];

    snprintf(ts, sizeof(ts), "%ld.000001", peer->clock_s);
    slack_peer_send(peer,
                    arena_printf(peer->config->arena,
                                 "{\"envelope_id\":\"e1\",\"type\":\"events_api\","
                                 "\"payload\":{\"event_id\":\"E1\",\"event\":{"
                                 "\"type\":\"app_mention\",\"channel\":\"C0OPS\","
                                 "\"user\":\"U7\",\"text\":\"<@U0BOT> declare "
                                 "db is down\",\"ts\":\"%s\"}}}",
                                 ts));
    slack_peer_await(peer, slack_is_first_done);
    assert_int_equal(
        slack_peer_posts(peer, "inc-1 db is down. Active, severity unknown. Raised by "
                               "tove at "),
        1);
}

static void message__is_a_key_moment__when_kept_in_its_channel(void **state)
{
    struct slack_peer *peer = slack_start(state);

    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
    slack_peer_say(peer, "e2", "C0INC1", "1600000000.000100", "it is the disk");
    slack_peer_await(peer, slack_is_second_done);
    keep(peer, "e3", "C0INC1");
    slack_peer_await(peer, slack_is_third_done);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM timeline_pins"), 1);
    assert_int_equal(notes(peer), 0);
    assert_int_equal(slack_peer_posts(peer, "Key moment"), 1);
}

static void button_asks__which_timeline__when_in_several(void **state)
{
    struct slack_peer *peer = slack_start(state);

    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_slash(peer, "e2", "t2", "declare sev3 mail is slow");
    slack_peer_await(peer, slack_is_second_done);
    keep(peer, "e3", "C0OPS");
    slack_peer_await(peer, slack_is_third_done);
    assert_int_equal(slack_peer_posts(peer, "On whose timeline?"), 1);
    assert_int_equal(notes(peer), 0);
    /* The first that was ever heard of its author: they were asked about before. */
    assert_non_null(strstr(peer->whisper, "\"at inc-2 2020-09-13T12:26:40.000Z tove in "
                                          "#ops: it is the disk\""));
    act(peer, "e4",
        "\"type\":\"block_actions\",\"channel\":{\"id\":\"C0OPS\"},\"actions\":[{"
        "\"action_id\":\"choice_1\",\"value\":\"at inc-1 2020-09-13T12:26:40.000Z "
        "tove in #ops: it is the disk\"}]");
    slack_peer_await(peer, is_fourth_done);
    assert_int_equal(notes(peer), 1);
}

static void page__shows_what_is_open__when_visited(void **state)
{
    struct slack_peer *peer = slack_start(state);

    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
    slack_peer_send(peer,
                    "{\"envelope_id\":\"e2\",\"type\":\"events_api\",\"payload\":{"
                    "\"event_id\":\"Ev2\",\"event\":{\"type\":\"app_home_opened\","
                    "\"user\":\"U1\",\"channel\":\"D1\",\"tab\":\"home\",\"event_ts\":"
                    "\"1795351233.000100\"}}}");
    slack_peer_await(peer, slack_is_second_done);
    assert_int_equal(slack_peer_calls(peer, "views.publish"), 1);
    assert_non_null(strstr(peer->view, "\"user_id\":\"U1\""));
    assert_non_null(strstr(peer->view, "inc-1 db is down: active"));
    assert_non_null(strstr(peer->view, "Your follow-ups"));
    act(peer, "e3",
        "\"type\":\"block_actions\",\"container\":{\"type\":\"view\",\"view_id\":"
        "\"V1\"},\"actions\":[{\"action_id\":\"choice_9\",\"value\":\" \"}]");
    slack_peer_await(peer, slack_is_third_done);
    assert_non_null(strstr(peer->view, "\"trigger_id\":\"t-e3\""));
}

#define FORM_TEST(name)                                                                \
    cmocka_unit_test_setup_teardown(name, slack_setup, slack_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FORM_TEST(form__opens__when_command_is_bare),
        FORM_TEST(words__are_said__when_form_comes_too_late),
        FORM_TEST(incident__is_declared_once__when_form_is_submitted),
        FORM_TEST(form__stays_open__when_store_fails),
        FORM_TEST(form__stays_open__when_it_makes_no_sense),
        FORM_TEST(title__is_taken_as_it_is__when_it_looks_like_flags),
        FORM_TEST(form__opens__when_shortcut_is_chosen),
        FORM_TEST(message__is_an_entry__when_kept_from_elsewhere),
        FORM_TEST(message__is_an_entry__when_nobody_says_who_wrote_it),
        FORM_TEST(message__is_acked__when_its_socket_is_gone),
        FORM_TEST(card__has_the_name__when_somebody_unknown_is_paged),
        FORM_TEST(speaker__has_their_name__when_unknown_as_they_declare),
        FORM_TEST(message__is_a_key_moment__when_kept_in_its_channel),
        FORM_TEST(button_asks__which_timeline__when_in_several),
        FORM_TEST(page__shows_what_is_open__when_visited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
