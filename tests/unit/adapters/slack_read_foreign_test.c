#include "tests/unit/adapters/slack_frames.h"

static void words__run_nothing__when_somebody_from_outside_says_them(void **state)
{
    (void)state;
    const char *json = EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U9\","
                             "\"user_team\":\"T9\",\"text\":\"<@U0BOT> declare x\","
                             "\"ts\":\"17.1\"}");
    struct slack_frame frame;

    expect_event(json, "said C1:17.1 at 17100 by T9/U9 in C1 message 17.1: <@U0BOT> "
                       "declare x\n");
    read_bytes(json, strlen(json), &frame);
    assert_true(frame.events[0].is_remark);
}

#define FROM_TEAM(fields)                                                              \
    EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\"," fields           \
          "\"text\":\"hi\",\"ts\":\"17.1\"}")

/* Whoever has the same id in another team is somebody else. */
static void person__is_known_by_team_and_id__when_from_outside(void **state)
{
    (void)state;
    static const char ours[] = "said C1:17.1 at 17100 by U1 in C1 message 17.1: hi\n";
    static const char theirs[] =
        "said C1:17.1 at 17100 by T9/U1 in C1 message 17.1: hi\n";

    expect_event(FROM_TEAM(""), ours);
    expect_event(FROM_TEAM("\"team\":\"T1\","), ours);
    expect_event(FROM_TEAM("\"team\":\"T9\",\"user_team\":\"T1\","), ours);
    expect_event(FROM_TEAM("\"team\":\"E1\","), ours); /* a company, not a team */
    expect_event(FROM_TEAM("\"team\":\"T9\","), theirs);
    expect_event(FROM_TEAM("\"team\":\"T1\",\"user_team\":\"T9\","), theirs);
    /* Slack tells their name, which it may refuse when asked. */
    expect_event(FROM_TEAM("\"user_team\":\"T9\",\"user_profile\":{\"display_name\":"
                           "\"\",\"name\":\"eve\",\"real_name\":\"Eve Holm\"},"),
                 "said C1:17.1 at 17100 by T9/U1(eve) in C1 message 17.1: hi\n");
    expect_event(EVENT("{\"type\":\"message\",\"subtype\":\"message_changed\","
                       "\"channel\":\"C1\",\"message\":{\"user\":\"U1\",\"team\":"
                       "\"T9\",\"text\":\"ho\",\"ts\":\"17.1\"},\"previous_message\":"
                       "{\"text\":\"hi\"},\"event_ts\":\"18.1\"}"),
                 "edited Ev1 at 18100 by T9/U1 in C1 message 17.1: ho\n");
    expect_event(EVENT("{\"type\":\"member_joined_channel\",\"user\":\"U1\",\"team\":"
                       "\"T9\",\"channel\":\"C1\",\"event_ts\":\"18.1\"}"),
                 "joined Ev1 at 18100 by T9/U1 in C1\n");
    expect_event(
        EVENT("{\"type\":\"reaction_added\",\"user\":\"U1\",\"user_team\":\"T9\","
              "\"reaction\":\"pushpin\",\"item\":{\"type\":\"message\",\"channel\":"
              "\"C1\",\"ts\":\"17.1\"},\"event_ts\":\"18.1\"}"),
        "reacted Ev1 at 18100 by T9/U1 in C1 message 17.1: pushpin\n");
}

/* Also where Slack does not say that the channel is shared. */
static void mark__says_nothing__when_somebody_from_outside_sets_it(void **state)
{
    (void)state;
    struct slack_frame frame;
    const char *json =
        EVENT("{\"type\":\"reaction_added\",\"user\":\"U1\",\"user_team\":\"T9\","
              "\"reaction\":\"white_check_mark\",\"item\":{\"type\":\"message\","
              "\"channel\":\"C1\",\"ts\":\"17.1\"},\"event_ts\":\"18.1\"}");

    read_bytes(json, strlen(json), &frame);
    assert_int_equal(frame.count, 1);
    assert_true(frame.events[0].is_remark);
}

#define INSTALLED(team, is_company)                                                    \
    "{\"envelope_id\":\"e1\",\"type\":\"events_api\",\"payload\":{\"event_id\":"       \
    "\"Ev1\","                                                                         \
    "\"team_id\":\"T9\",\"authorizations\":[{\"team_id\":\"" team                      \
    "\",\"is_enterprise_install\":" is_company "}],\"event\":{\"type\":\"message\","   \
    "\"channel\":\"C1\",\"user\":\"U1\",\"text\":\"hi\",\"ts\":\"17.1\"}}}"
#define TYPED(team)                                                                    \
    "{\"envelope_id\":\"e1\",\"type\":\"slash_commands\",\"payload\":{\"team_id\":"    \
    "\"" team "\",\"is_enterprise_install\":\"false\",\"channel_id\":\"C1\","          \
    "\"trigger_id\":\"t\","                                                            \
    "\"user_id\":\"U1\",\"text\":\"list\"}}"

/* The same ids are other people there. */
static void nothing__is_heard__when_another_workspace_has_the_app(void **state)
{
    static const char hi[] = "said C1:17.1 at 17100 by U1 in C1 message 17.1: hi\n";
    struct slack_frame frame;

    (void)state;
    expect_frame(INSTALLED("T9", "false"), "e1", "");
    expect_frame(INSTALLED("T1", "false"), "e1", hi);
    expect_frame(INSTALLED("T9", "true"), "e1", hi); /* for a whole company */
    expect_frame(TYPED("T9"), "e1", "");
    expect_frame(TYPED("T1"), "e1", "command t at 1795317030000 by U1 in C1: list\n");
    read_bytes(TYPED("T9"), strlen(TYPED("T9")), &frame);
    assert_false(frame.is_odd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words__run_nothing__when_somebody_from_outside_says_them),
        cmocka_unit_test(person__is_known_by_team_and_id__when_from_outside),
        cmocka_unit_test(mark__says_nothing__when_somebody_from_outside_sets_it),
        cmocka_unit_test(nothing__is_heard__when_another_workspace_has_the_app),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
