/* The retrospective as the channel's canvas: where it can be, and never in the way. */
#include "tests/wire/slack_state.h"

/* The canvas waits for none of the draft's many posts. */
static bool is_written(struct slack_peer *peer)
{
    return slack_peer_number(peer, "SELECT COUNT(*) FROM outbox WHERE done_ms IS "
                                   "NULL AND kind = 'canvas'") == 0;
}

static bool is_drafted(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e3") > 0 && is_written(peer);
}

static bool is_drafted_again(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e5") > 0 && is_written(peer);
}

/* A whole incident, up to its draft. */
static struct slack_peer *draft(void **state, const char *method,
                                enum slack_fault fault)
{
    struct slack_peer *peer = *state;

    slack_fault_once(peer, method, fault);
    (void)slack_start(state);
    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_slash(peer, "e2", "t2", "resolve inc-1 the disk was full");
    slack_peer_slash(peer, "e3", "t3", "retro inc-1");
    slack_peer_await(peer, is_drafted);
    return peer;
}

static void draft_again(struct slack_peer *peer)
{
    slack_peer_slash(peer, "e4", "t4", "title inc-1 mail is down");
    slack_peer_slash(peer, "e5", "t5", "retro inc-1");
    slack_peer_await(peer, is_drafted_again);
}

static void retrospective__is_a_canvas__when_drafted(void **state)
{
    struct slack_peer *peer = draft(state, NULL, FAULT_NONE);

    assert_string_equal(peer->canvas, "C0INC1 Retrospective of inc-1");
    assert_non_null(strstr(peer->canvas_text, "db is down"));
}

static void canvas__is_written_anew__when_drafted_again(void **state)
{
    struct slack_peer *peer = draft(state, NULL, FAULT_NONE);

    draft_again(peer);
    assert_int_equal(peer->canvases, 1);
    assert_int_equal(slack_peer_calls(peer, "conversations.canvases.create"), 1);
    assert_int_equal(slack_peer_calls(peer, "canvases.edit"), 1);
    assert_non_null(strstr(peer->canvas_text, "mail is down"));
}

static void canvas__is_ours__when_its_making_was_not_answered(void **state)
{
    struct slack_peer *peer =
        draft(state, "conversations.canvases.create", FAULT_DROP_AFTER);

    assert_int_equal(slack_peer_calls(peer, "conversations.canvases.create"), 1);
    assert_int_equal(slack_peer_calls(peer, "canvases.edit"), 1);
    draft_again(peer);
    assert_non_null(strstr(peer->canvas_text, "mail is down"));
}

static void canvas__stays_as_it_is__when_somebody_else_made_it(void **state)
{
    struct slack_peer *peer = *state;

    strcpy(peer->canvas, "C0INC1 our map");
    strcpy(peer->canvas_text, "by hand");
    draft(state, NULL, FAULT_NONE);
    draft_again(peer);
    assert_string_equal(peer->canvas_text, "by hand");
    assert_int_equal(slack_peer_calls(peer, "canvases.edit"), 0);
    assert_int_equal(slack_buried_rows(peer), 0);
}

/* Nor may it be taken for the one whose making was not answered. */
static void canvas__stays_as_it_is__when_it_is_not_sure_whose_it_is(void **state)
{
    struct slack_peer *peer = *state;

    strcpy(peer->canvas, "C0INC1 our map");
    strcpy(peer->canvas_text, "by hand");
    draft(state, "conversations.canvases.create", FAULT_500);
    assert_int_equal(slack_peer_calls(peer, "files.info"), 1);
    assert_int_equal(slack_peer_calls(peer, "canvases.edit"), 0);
    assert_string_equal(peer->canvas_text, "by hand");
}

static void canvas__is_done_without__when_not_allowed(void **state)
{
    struct slack_peer *peer =
        draft(state, "conversations.canvases.create", FAULT_UNKNOWN_METHOD);

    assert_string_equal(peer->canvas, "");
    slack_peer_await(peer, slack_is_idle);
    assert_int_equal(slack_buried_rows(peer), 0);
    assert_string_equal(peer->file_channel, "C0INC1");
}

static bool is_shared_and_drafted(struct slack_peer *peer)
{
    return is_drafted(peer) &&
           slack_count(peer, "outbox WHERE done_ms IS NULL AND kind = 'upload'") == 0;
}

/* Neither as a canvas nor as a file: people from outside read that channel by now. */
static void retrospective__is_not_shown__when_outsiders_came_in(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    slack_peer_send(peer,
                    "{\"envelope_id\":\"e4\",\"type\":\"events_api\",\"payload\":{"
                    "\"event_id\":\"Ev4\",\"is_ext_shared_channel\":true,\"event\":{"
                    "\"type\":\"message\",\"channel\":\"C0INC1\",\"user\":\"U1\","
                    "\"text\":\"hello\",\"ts\":\"1795351233.000100\"}}}");
    slack_peer_slash(peer, "e2", "t2", "resolve inc-1 the disk was full");
    slack_peer_slash(peer, "e3", "t3", "retro inc-1");
    slack_peer_await(peer, is_shared_and_drafted);
    assert_string_equal(peer->canvas, "");
    assert_int_equal(slack_peer_calls(peer, "canvases.edit"), 0);
    assert_int_equal(slack_peer_calls(peer, "files.getUploadURLExternal"), 0);
    assert_int_equal(slack_peer_calls(peer, "files.completeUploadExternal"), 0);
}

static void canvas__is_made_anew__when_somebody_took_it_away(void **state)
{
    struct slack_peer *peer = draft(state, NULL, FAULT_NONE);

    peer->canvas[0] = '\0';
    slack_says(peer, "canvases.edit", "canvas_not_found", 1);
    draft_again(peer);
    assert_int_equal(peer->canvases, 2);
    assert_string_not_equal(peer->canvas, "");
}

#define CANVAS_TEST(name)                                                              \
    cmocka_unit_test_setup_teardown(name, slack_setup, slack_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CANVAS_TEST(retrospective__is_a_canvas__when_drafted),
        CANVAS_TEST(canvas__is_written_anew__when_drafted_again),
        CANVAS_TEST(canvas__is_made_anew__when_somebody_took_it_away),
        CANVAS_TEST(canvas__is_ours__when_its_making_was_not_answered),
        CANVAS_TEST(canvas__stays_as_it_is__when_somebody_else_made_it),
        CANVAS_TEST(canvas__stays_as_it_is__when_it_is_not_sure_whose_it_is),
        CANVAS_TEST(canvas__is_done_without__when_not_allowed),
        CANVAS_TEST(retrospective__is_not_shown__when_outsiders_came_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
