#include "tests/unit/adapters/slack_frames.h"

static void message__is_said__when_plain(void **state)
{
    (void)state;
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"channel_type\":"
                       "\"channel\",\"user\":\"U1\",\"text\":\"db is &lt;down&gt; "
                       "&amp;amp; \\u00e9\",\"ts\":\"1795351233.000100\",\"event_ts\":"
                       "\"1795351233.000100\"}"),
                 "said C1:1795351233.000100 at 1795351233000 by U1 in C1 message "
                 "1795351233.000100: db is <down> &amp; \xc3\xa9\n");
}

/* "/me restarts the queue" */
static void message__is_said__when_it_tells_what_its_author_does(void **state)
{
    (void)state;
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"me_message\",\"channel\":\"C1\","
              "\"user\":\"U1\",\"text\":\"restarts the queue\",\"ts\":\"17.1\"}"),
        "said C1:17.1 at 17100 by U1 in C1 message 17.1: restarts the queue\n");
}

static void message__keeps_thread__when_reply(void **state)
{
    (void)state;
    expect_event(EVENT("{\"type\":\"message\",\"subtype\":\"thread_broadcast\","
                       "\"channel\":\"C1\",\"user\":\"U1\",\"text\":\"x\",\"ts\":"
                       "\"17.25\",\"thread_ts\":\"16.1\"}"),
                 "said C1:17.25 at 17250 by U1 in C1 under 16.1 message 17.25: x\n");
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\","
                       "\"text\":\"x\",\"ts\":\"16.1\",\"thread_ts\":\"16.1\"}"),
                 "said C1:16.1 at 16100 by U1 in C1 message 16.1: x\n");
}

static void message__is_direct__when_im(void **state)
{
    (void)state;
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"D1\",\"channel_type\":"
                       "\"im\",\"user\":\"U1\",\"text\":\"list\",\"ts\":\"17.1\"}"),
                 "said D1:17.1 at 17100 by U1 in D1 direct message 17.1: list\n");
}

static void mention__is_command__when_first(void **state)
{
    (void)state;
    const char *line = "command C1:17.1 at 17100 by U1 in C1 message 17.1: lead\n";
    expect_event(EVENT("{\"type\":\"app_mention\",\"channel\":\"C1\",\"user\":\"U1\","
                       "\"text\":\"<@U0BOT> lead\",\"ts\":\"17.1\"}"),
                 line);
    /* The message event of the same post has the same id, so it is heard once. */
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\","
                       "\"text\":\" <@U0BOT|muster>: lead\",\"ts\":\"17.1\"}"),
                 line);
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\","
                       "\"text\":\"thanks <@U0BOT>\",\"ts\":\"17.1\"}"),
                 "said C1:17.1 at 17100 by U1 in C1 message 17.1: thanks <@U0BOT>\n");
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\","
                       "\"text\":\"<@U0BOT>\",\"ts\":\"17.1\"}"),
                 "command C1:17.1 at 17100 by U1 in C1 message 17.1: \n");
}

static void message__is_dropped__when_our_own(void **state)
{
    (void)state;
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U0BOT\","
                       "\"text\":\"x\",\"ts\":\"17.1\"}"),
                 "");
    expect_event(EVENT("{\"type\":\"message\",\"subtype\":\"bot_message\",\"channel\":"
                       "\"C1\",\"bot_id\":\"B0BOT\",\"text\":\"x\",\"ts\":\"17.1\"}"),
                 "");
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U9\","
                       "\"app_id\":\"A1\",\"text\":\"x\",\"ts\":\"17.1\"}"),
                 "");
}

static void message__is_said__when_from_another_bot(void **state)
{
    (void)state;
    expect_event(
        EVENT(
            "{\"type\":\"message\",\"subtype\":\"bot_message\",\"channel\":\"C1\","
            "\"bot_id\":\"B7\",\"username\":\"grafana\",\"text\":\"\",\"attachments\":"
            "[{\"fallback\":\"CPU &gt; 90\"},{\"text\":\"on db1\"}],\"ts\":\"17.1\"}"),
        "said C1:17.1 at 17100 by B7(grafana) in C1 message 17.1: CPU > 90\non db1\n");
    /* As it reads once it is edited. */
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"bot_id\":\"B7\","
                       "\"text\":\"firing\",\"attachments\":[{\"text\":\"db1\"}],"
                       "\"ts\":\"17.1\"}"),
                 "said C1:17.1 at 17100 by B7 in C1 message 17.1: firing\ndb1\n");
}

#define BLOCKS                                                                         \
    "\"blocks\":[{\"type\":\"header\",\"text\":{\"text\":\"CPU &gt; 90\"}},{\"type\":" \
    "\"section\",\"fields\":[{\"text\":\"db1\"},7,{\"text\":null}]},{\"type\":"        \
    "\"context\","                                                                     \
    "\"elements\":[{\"type\":\"image\"},{\"text\":\"since 5 "                          \
    "min\"}]},{\"type\":\"actions\","                                                  \
    "\"elements\":[{\"text\":{\"text\":\"Silence\"}}]},{\"type\":\"rich_text\","       \
    "\"elements\":[{\"elements\":[{\"text\":\"see the graph\"}]}]}]"

static void message__is_said__when_it_is_made_of_blocks(void **state)
{
    (void)state;
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"bot_id\":\"B7\","
                       "\"text\":\"\"," BLOCKS ",\"ts\":\"17.1\"}"),
                 "said C1:17.1 at 17100 by B7 in C1 message 17.1: CPU > 90\ndb1\nsince "
                 "5 min\nsee the graph\n");
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"bot_id\":\"B7\","
                       "\"text\":\"\",\"attachments\":[{\"fallback\":\"[no preview "
                       "available]\"," BLOCKS "}],\"ts\":\"17.1\"}"),
                 "said C1:17.1 at 17100 by B7 in C1 message 17.1: CPU > 90\ndb1\nsince "
                 "5 min\nsee the graph\n");
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"bot_id\":\"B7\","
                       "\"text\":\"it is hot\"," BLOCKS ",\"ts\":\"17.1\"}"),
                 "said C1:17.1 at 17100 by B7 in C1 message 17.1: it is hot\n");
}

/* An alert may begin with anything. */
static void words__run_nothing__when_another_bot_says_them(void **state)
{
    (void)state;
    const char *json = EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U7\","
                             "\"bot_id\":\"B7\",\"text\":\"<@U0BOT> resolve\","
                             "\"ts\":\"17.1\"}");
    struct slack_frame frame;

    expect_event(json, "said C1:17.1 at 17100 by U7 in C1 message 17.1: <@U0BOT> "
                       "resolve\n");
    read_bytes(json, strlen(json), &frame);
    assert_true(frame.events[0].is_remark);
}

static void message__is_ignored__when_housekeeping(void **state)
{
    (void)state;
    expect_event(EVENT("{\"type\":\"message\",\"subtype\":\"channel_topic\","
                       "\"channel\":\"C1\",\"user\":\"U1\",\"text\":\"x\",\"ts\":"
                       "\"17.1\"}"),
                 "");
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"message\":{\"user\":"
                       "\"U1\",\"text\":\"x\"},\"ts\":\"17.1\"}"),
                 "");
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\","
                       "\"text\":\"x\"}"),
                 "");
    expect_event(EVENT("{\"type\":\"team_join\",\"user\":{\"id\":\"U1\"}}"), "");
    expect_event(EVENT("[1,2]"), "");
}

static void edit__is_heard__when_text_changed(void **state)
{
    (void)state;
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"message_changed\",\"hidden\":true,"
              "\"channel\":\"C1\",\"ts\":\"18.1\",\"event_ts\":\"18.1\",\"message\":{"
              "\"user\":\"U1\",\"text\":\"new\",\"ts\":\"17.1\",\"edited\":{\"user\":"
              "\"U1\",\"ts\":\"18.5\"}},\"previous_message\":{\"user\":\"U1\",\"text\":"
              "\"old\",\"ts\":\"17.1\"}}"),
        "edited C1:17.1:18.5 at 18500 by U1 in C1 message 17.1: new\n");
    /* A link unfolded: the text is what it was. */
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"message_changed\",\"channel\":"
              "\"C1\",\"ts\":\"18.1\",\"message\":{\"user\":\"U1\",\"text\":\"old\","
              "\"ts\":\"17.1\"},\"previous_message\":{\"user\":\"U1\",\"text\":\"old\","
              "\"ts\":\"17.1\"}}"),
        "");
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"message_changed\",\"channel\":"
              "\"C1\",\"ts\":\"18.1\",\"message\":{\"user\":\"U0BOT\",\"text\":\"new\","
              "\"ts\":\"17.1\"},\"previous_message\":{\"text\":\"old\"}}"),
        "");
}

#define ALERT(now, before)                                                             \
    EVENT("{\"type\":\"message\",\"subtype\":\"message_changed\",\"channel\":"         \
          "\"C1\",\"ts\":\"18.1\",\"event_ts\":\"18.1\",\"message\":{\"bot_id\":"      \
          "\"B7\",\"username\":\"grafana\"," now                                       \
          ",\"ts\":\"17.1\"},\"previous_message\":{\"bot_id\":\"B7\"," before          \
          ",\"ts\":\"17.1\"}}")

/* An alert says that it is over where it said that it began: not in its text. */
static void edit__is_heard__when_only_attachments_changed(void **state)
{
    (void)state;
    expect_event(ALERT("\"text\":\"\",\"attachments\":[{\"fallback\":\"resolved\"}]",
                       "\"text\":\"\",\"attachments\":[{\"fallback\":\"firing\"}]"),
                 "edited Ev1 at 18100 by B7(grafana) in C1 message 17.1: resolved\n");
    expect_event(
        ALERT("\"text\":\"CPU\",\"attachments\":[{\"text\":\"resolved\"}]",
              "\"text\":\"CPU\",\"attachments\":[{\"text\":\"firing\"}]"),
        "edited Ev1 at 18100 by B7(grafana) in C1 message 17.1: CPU\nresolved\n");
    /* A link in it unfolded. */
    expect_event(ALERT("\"text\":\"CPU\",\"attachments\":[{\"text\":\"Graphs\","
                       "\"from_url\":\"https://g.test\"}]",
                       "\"text\":\"CPU\""),
                 "");
}

static void deletion__is_heard__when_message_deleted(void **state)
{
    (void)state;
    const char *gone = "deleted C1:17.1:gone at 18100 by U1 in C1 message 17.1\n"
                       "deleted C1:17.1:F1:gone at 18100 by U1 in C1 message 17.1:F1\n";

    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"message_deleted\",\"channel\":"
              "\"C1\",\"ts\":\"18.1\",\"event_ts\":\"18.1\",\"deleted_ts\":\"17.1\","
              "\"previous_message\":{\"user\":\"U1\",\"text\":\"old\",\"ts\":\"17.1\","
              "\"files\":[{\"id\":\"F1\"}]}}"),
        gone);
    /* A thread's first message leaves a tombstone. */
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"message_changed\",\"channel\":"
              "\"C1\",\"ts\":\"18.1\",\"event_ts\":\"18.1\",\"message\":{\"subtype\":"
              "\"tombstone\",\"user\":\"USLACKBOT\",\"text\":\"This message was "
              "deleted.\",\"ts\":\"17.1\"},\"previous_message\":{\"user\":\"U1\","
              "\"text\":\"old\",\"ts\":\"17.1\",\"files\":[{\"id\":\"F1\"}]}}"),
        gone);
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"message_deleted\",\"channel\":"
              "\"C1\",\"event_ts\":\"18.1\",\"deleted_ts\":\"17.1\"}"),
        "deleted C1:17.1:gone at 18100 by USLACKBOT in C1 message 17.1\n");
    /* Nothing was said with the file. */
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"message_deleted\",\"channel\":"
              "\"C1\",\"ts\":\"18.1\",\"event_ts\":\"18.1\",\"deleted_ts\":\"17.1\","
              "\"previous_message\":{\"user\":\"U1\",\"text\":\"\",\"ts\":\"17.1\","
              "\"files\":[{\"id\":\"F1\"}]}}"),
        "deleted C1:17.1:F1:gone at 18100 by U1 in C1 message 17.1:F1\n");
}

static void deletion__is_nothing__when_it_was_ours(void **state)
{
    (void)state;
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"message_deleted\",\"channel\":"
              "\"C1\",\"ts\":\"18.1\",\"event_ts\":\"18.1\",\"deleted_ts\":\"17.1\","
              "\"previous_message\":{\"bot_id\":\"B0BOT\",\"text\":\"x\",\"ts\":"
              "\"17.1\"}}"),
        "");
}

static void file__is_heard__when_shared(void **state)
{
    (void)state;
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"file_share\",\"channel\":\"C1\","
              "\"user\":\"U1\",\"text\":\"see\",\"ts\":\"17.1\",\"files\":[{\"id\":"
              "\"F1\",\"name\":\"g.png\",\"permalink\":\"https://x/F1\"},{\"id\":"
              "\"F2\"}]}"),
        "said C1:17.1 at 17100 by U1 in C1 message 17.1: see\n"
        "file C1:17.1:F1 at 17100 by U1 in C1 message 17.1:F1 file g.png at "
        "https://x/F1\n"
        "file C1:17.1:F2 at 17100 by U1 in C1 message 17.1:F2\n");
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"file_share\",\"channel\":\"C1\","
              "\"user\":\"U1\",\"text\":\"\",\"ts\":\"17.1\",\"files\":[{\"id\":"
              "\"F1\",\"name\":\"g.png\"}]}"),
        "file C1:17.1:F1 at 17100 by U1 in C1 message 17.1:F1 file g.png\n");
}

#define FILES_CHANGED(now)                                                             \
    EVENT("{\"type\":\"message\",\"subtype\":\"message_changed\",\"channel\":"         \
          "\"C1\",\"ts\":\"18.1\",\"event_ts\":\"18.1\",\"message\":{\"user\":"        \
          "\"U1\",\"text\":\"see\",\"ts\":\"17.1\",\"files\":[" now                    \
          "]},\"previous_message\":{\"user\":\"U1\",\"text\":\"see\",\"ts\":"          \
          "\"17.1\",\"files\":[{\"id\":\"F1\"},{\"id\":\"F2\"},{\"id\":\"F3\","        \
          "\"mode\":\"tombstone\"}]}}")

/* Shared by mistake and taken out again; the message stays. */
static void file__is_gone__when_it_alone_is_deleted(void **state)
{
    (void)state;
    const char *gone = "deleted C1:17.1:F1:gone at 18100 by U1 in C1 message 17.1:F1\n";

    expect_event(
        FILES_CHANGED("{\"id\":\"F1\",\"mode\":\"tombstone\"},{\"id\":\"F2\"}"), gone);
    expect_event(FILES_CHANGED("{\"id\":\"F2\"}"), gone);
    expect_event(FILES_CHANGED("{\"id\":\"F1\"},{\"id\":\"F2\"}"), "");
    /* It was gone before the bot heard of it. */
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"file_share\",\"channel\":\"C1\","
              "\"user\":\"U1\",\"text\":\"see\",\"ts\":\"17.1\",\"files\":[{\"id\":"
              "\"F1\",\"mode\":\"tombstone\"}]}"),
        "said C1:17.1 at 17100 by U1 in C1 message 17.1: see\n");
}

static void reaction__loses_skin_tone__when_added(void **state)
{
    (void)state;
    expect_event(
        EVENT("{\"type\":\"reaction_added\",\"user\":\"U1\",\"reaction\":"
              "\"pushpin::skin-tone-2\",\"item\":{\"type\":\"message\",\"channel\":"
              "\"C1\",\"ts\":\"17.1\"},\"event_ts\":\"18.1\"}"),
        "reacted Ev1 at 18100 by U1 in C1 message 17.1: pushpin\n");
    expect_event(
        EVENT("{\"type\":\"reaction_removed\",\"user\":\"U1\",\"reaction\":\"eyes\","
              "\"item\":{\"type\":\"message\",\"channel\":\"C1\",\"ts\":\"17.1\"}}"),
        "unreacted Ev1 at 1795351233000 by U1 in C1 message 17.1: eyes\n");
    expect_event(
        EVENT("{\"type\":\"reaction_added\",\"user\":\"U1\",\"reaction\":"
              "\"heavy_check_mark\",\"item\":{\"type\":\"message\",\"channel\":"
              "\"C1\",\"ts\":\"17.1\"},\"event_ts\":\"18.1\"}"),
        "reacted Ev1 at 18100 by U1 in C1 message 17.1: white_check_mark\n");
    expect_event(EVENT("{\"type\":\"reaction_added\",\"user\":\"U1\",\"reaction\":"
                       "\"eyes\",\"item\":{\"type\":\"file\",\"file\":\"F1\"}}"),
                 "");
}

static void people__come_and_go__when_members_change(void **state)
{
    (void)state;
    expect_event(EVENT("{\"type\":\"member_joined_channel\",\"user\":\"U1\","
                       "\"channel\":\"C1\",\"event_ts\":\"18.1\"}"),
                 "joined Ev1 at 18100 by U1 in C1\n");
    expect_event(EVENT("{\"type\":\"member_left_channel\",\"user\":\"U1\","
                       "\"channel\":\"C1\",\"event_ts\":\"18.1\"}"),
                 "left Ev1 at 18100 by U1 in C1\n");
    expect_event(EVENT("{\"type\":\"member_joined_channel\",\"user\":\"U0BOT\","
                       "\"channel\":\"C1\",\"inviter\":\"U1\",\"event_ts\":\"18.1\"}"),
                 "returned Ev1 at 18100 by U1 in C1\n");
    expect_event(EVENT("{\"type\":\"channel_rename\",\"channel\":{\"id\":\"C1\","
                       "\"name\":\"inc-7-db\"},\"event_ts\":\"18.1\"}"),
                 "renamed Ev1 at 18100 by USLACKBOT in C1: inc-7-db\n");
    expect_event(EVENT("{\"type\":\"channel_id_changed\",\"old_channel_id\":\"G1\","
                       "\"new_channel_id\":\"C1\",\"event_ts\":\"18.1\"}"),
                 "rekeyed Ev1 at 18100 by USLACKBOT in G1: C1\n");
    expect_event(EVENT("{\"type\":\"channel_id_changed\",\"old_channel_id\":\"G1\","
                       "\"event_ts\":\"18.1\"}"),
                 "");
}

#define PINNED(type, user, by)                                                         \
    EVENT("{\"type\":\"" type "\",\"user\":\"" user                                    \
          "\",\"channel_id\":\"C1\",\"item\":{"                                        \
          "\"type\":\"message\",\"created_by\":\"" by                                  \
          "\",\"message\":{\"ts\":\"17.1\"}},"                                         \
          "\"event_ts\":\"18.1\"}")

static void pin__is_a_pushpin__when_a_person_puts_it(void **state)
{
    (void)state;
    expect_event(PINNED("pin_added", "U1", "U1"),
                 "reacted Ev1 at 18100 by U1 in C1 message 17.1: pushpin\n");
    /* Whoever takes it off: the mark is of who put it there. */
    expect_event(PINNED("pin_removed", "U2", "U1"),
                 "unreacted Ev1 at 18100 by U1 in C1 message 17.1: pushpin\n");
}

static void pin__is_nothing__when_it_is_ours(void **state)
{
    (void)state;
    expect_event(PINNED("pin_added", "U0BOT", "U0BOT"), "");
    expect_event(PINNED("pin_removed", "U2", "U0BOT"), "");
    expect_event(EVENT("{\"type\":\"pin_added\",\"user\":\"U1\",\"channel_id\":\"C1\","
                       "\"item\":{\"type\":\"file\"}}"),
                 "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(message__is_said__when_plain),
        cmocka_unit_test(message__is_said__when_it_tells_what_its_author_does),
        cmocka_unit_test(message__keeps_thread__when_reply),
        cmocka_unit_test(message__is_direct__when_im),
        cmocka_unit_test(mention__is_command__when_first),
        cmocka_unit_test(message__is_dropped__when_our_own),
        cmocka_unit_test(message__is_said__when_from_another_bot),
        cmocka_unit_test(message__is_said__when_it_is_made_of_blocks),
        cmocka_unit_test(words__run_nothing__when_another_bot_says_them),
        cmocka_unit_test(message__is_ignored__when_housekeeping),
        cmocka_unit_test(pin__is_a_pushpin__when_a_person_puts_it),
        cmocka_unit_test(pin__is_nothing__when_it_is_ours),
        cmocka_unit_test(edit__is_heard__when_text_changed),
        cmocka_unit_test(edit__is_heard__when_only_attachments_changed),
        cmocka_unit_test(deletion__is_heard__when_message_deleted),
        cmocka_unit_test(deletion__is_nothing__when_it_was_ours),
        cmocka_unit_test(file__is_heard__when_shared),
        cmocka_unit_test(file__is_gone__when_it_alone_is_deleted),
        cmocka_unit_test(reaction__loses_skin_tone__when_added),
        cmocka_unit_test(people__come_and_go__when_members_change),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
