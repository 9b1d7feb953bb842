#include <jansson.h>

#include "adapters/slack_blocks.h"
#include "adapters/slack_write.h"
#include "bot/base/text.h"
#include "tests/unit/adapters/slack_check.h"
#include "tests/unit/adapters/write_action.h"

static struct action make_action(enum action_kind kind)
{
    return make_action_to(kind, "C1", "U1");
}

static void post__is_blocks__when_a_card(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_POST);

    note_heading(action.note, "inc-7 db <down>: active");
    note_line(action.note, "Started %s.", note_time(arena, AT_MS, "Europe/Oslo"));
    note_line(action.note, "%s leads, %s helps. %s", note_mention(arena, 1, "tove"),
              note_mention(arena, 2, "jo & co"), note_command(arena, "status <x>"));
    note_context(action.note, "Tasks: none.");
    note_context(action.note, "Next: none.");
    note_choice(action.note, "Lead", "lead inc-7");
    note_choice(action.note, "Can't", "cant inc-7 2");
    note_bind(action.note, external, "U1");
    assert_string_equal(
        slack_write_post(arena, &action, "C1"),
        "{\"channel\":\"C1\",\"text\":\"inc-7 db &lt;down&gt;: active\",\"blocks\":["
        "{\"type\":\"header\",\"text\":{\"type\":\"plain_text\",\"text\":"
        "\"inc-7 db <down>: active\",\"emoji\":false}},"
        "{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":"
        "\"Started <!date^1795317030^{time}|04:10 CET>.\\n<@U1> leads, jo &amp; co "
        "helps. `/incident status &lt;x&gt;`\",\"verbatim\":true}},"
        "{\"type\":\"context\",\"elements\":[{\"type\":\"mrkdwn\",\"text\":"
        "\"Tasks: none.\",\"verbatim\":true},{\"type\":\"mrkdwn\",\"text\":"
        "\"Next: none.\",\"verbatim\":true}]},"
        "{\"type\":\"actions\",\"elements\":[{\"type\":\"button\",\"text\":{\"type\":"
        "\"plain_text\",\"text\":\"Lead\",\"emoji\":false},\"action_id\":\"choice_5\","
        "\"value\":\"lead inc-7\"},{\"type\":\"button\",\"text\":{\"type\":"
        "\"plain_text\",\"text\":\"Can't\",\"emoji\":false},\"action_id\":"
        "\"choice_6\",\"value\":\"cant inc-7 2\"}]}],"
        "\"unfurl_links\":false,\"unfurl_media\":false,\"metadata\":{\"event_type\":"
        "\"muster_post\",\"event_payload\":{\"row\":\"17\",\"made\":"
        "\"1795317030000\"}}}");
}

static void post__is_seen_in_thread_and_channel__when_a_reply(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_DIRECT);

    action.thread = "16.1";
    note_line(action.note, "Type %s", note_command(arena, "ack"));
    const char *body = slack_write_post(arena, &action, "U1");
    assert_non_null(strstr(body, "{\"channel\":\"U1\",\"thread_ts\":\"16.1\","
                                 "\"reply_broadcast\":true,\"text\":"
                                 "\"Type `ack`\",\"blocks\":"));
}

static void heading__is_bold__when_it_rings(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_AMEND);

    note_heading(action.note, "For %s", note_mention(arena, 1, "tove"));
    note_bind(action.note, external, "U1");
    assert_string_equal(slack_write_update(arena, &action, "C1", "17.1"),
                        "{\"channel\":\"C1\",\"ts\":\"17.1\",\"text\":\"For <@U1>\","
                        "\"blocks\":[{\"type\":\"section\",\"text\":{\"type\":"
                        "\"mrkdwn\",\"text\":\"*For <@U1>*\",\"verbatim\":true}}]}");
}

static void heading__keeps_its_header__when_a_command_follows(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_AMEND);

    note_heading(action.note, "3 of 7, moments. All: %s",
                 note_command(arena, "timeline all"));
    assert_non_null(strstr(
        slack_write_update(arena, &action, "C1", "17.1"),
        "\"blocks\":[{\"type\":\"header\",\"text\":{\"type\":"
        "\"plain_text\",\"text\":\"3 of 7, moments\",\"emoji\":"
        "false}},{\"type\":\"section\",\"text\":{\"type\":"
        "\"mrkdwn\",\"text\":\"All: `/incident timeline all`\",\"verbatim\":true}}]"));
}

static void channel__is_a_link__when_it_is_known(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_POST);

    note_line(action.note, "Join: %s, %s", note_channel(arena, 1, "inc-1-a"),
              note_channel(arena, 2, "inc-2-<b>"));
    note_bind(action.note, external, "C1");
    assert_string_equal(slack_write_line(arena, action.note->blocks[0].text, false),
                        "Join: <#C1>, #inc-2-&lt;b&gt;");
    note_bind(action.note, external, "C1> <!channel");
    assert_string_equal(slack_write_line(arena, action.note->blocks[0].text, false),
                        "Join: #inc-1-a, #inc-2-&lt;b&gt;");
}

static void time__names_the_day__when_it_is_another(void **state)
{
    (void)state;
    const char *line = note_moment(arena, AT_MS, "Sun 22 November, 04:10 CET");

    assert_string_equal(
        slack_write_line(arena, line, false),
        "<!date^1795317030^{date_short_pretty}, {time}|Sun 22 November, "
        "04:10 CET>");
}

static void time__is_words_alone__when_they_are_many(void **state)
{
    (void)state;
    char words[2001];
    struct note *note = note_create(arena);

    memset(words, '&', sizeof(words) - 1);
    words[sizeof(words) - 1] = '\0';
    note_context(note, "%s", note_moment(arena, 1000, words));
    assert_true(check_body(slack_write_response(arena, note, NULL)));
}

static void words__ring_nobody__when_typed_by_people(void **state)
{
    (void)state;
    assert_string_equal(slack_write_line(arena, "<!channel> & <@U1>", false),
                        "&lt;!channel&gt; &amp; &lt;@U1&gt;");
}

/* What is taken as it stands has no links but those that are said. */
static void link__is_one__when_words_hold_it(void **state)
{
    (void)state;
    assert_string_equal(
        slack_write_line(arena, "see https://x.example/a?b=1&c=2. (http://y)", false),
        "see <https://x.example/a?b=1&amp;c=2>. (<http://y>)");
    assert_string_equal(slack_write_line(arena, "https://w.example/A_(b)!", false),
                        "<https://w.example/A_(b)>!");
    assert_string_equal(slack_write_line(arena, "https:// http://a|<b>", false),
                        "https:// <http://a>|&lt;b&gt;");
}

static void link__is_left_alone__when_it_could_not_be_cut(void **state)
{
    (void)state;
    char link[700] = "https://";

    memset(link + 8, 'a', 600);
    assert_string_equal(slack_write_line(arena, link, false), link);
}

static void blocks__keep_limits__when_note_is_odd(void **state)
{
    (void)state;
    struct text long_words;

    text_init(&long_words, arena);
    for (int i = 0; i < 2700; i++) {
        text_add(&long_words, "&");
    }
    for (int heading = 0; heading < 2; heading++) {
        struct note *note = note_create(arena);

        note_heading(note, "%s", heading == 0 ? "" : long_words.data);
        for (int i = 0; i < 60; i++) {
            note_line(note, "%d", i);
            note_context(note, "small");
            note_choice(note, "Yes", "ack %d", i);
        }
        note_context(note, "%s", long_words.data);
        note_choice(note, "", "ack");
        json_t *blocks = slack_blocks(arena, note, false);
        assert_in_range(json_array_size(blocks), 1, 50);
        assert_true(check_blocks(blocks));
        json_decref(blocks);
    }
}

static void assert_kept(const struct note *note)
{
    json_t *blocks = slack_blocks(arena, note, false);

    assert_true(json_array_size(blocks) > 0);
    assert_true(check_blocks(blocks));
    json_decref(blocks);
}

static const char *letters(size_t count)
{
    char *word = arena_alloc(arena, count + 1);

    memset(word, 'a', count);
    word[count] = '\0';
    return word;
}

/* One more than Slack takes, of each. */
static void blocks__keep_limits__when_just_over(void **state)
{
    (void)state;
    struct note *heading = note_create(arena), *context = note_create(arena),
                *choice = note_create(arena);

    note_heading(heading, "%s", letters(CHECK_HEADER_MOST + 1));
    assert_kept(heading);
    for (int i = 0; i < 11; i++) {
        note_context(context, "small");
    }
    assert_kept(context);
    note_line(choice, "one of two");
    note_choice(choice, letters(CHECK_LABEL_MOST + 1), "ack 1");
    note_choice(choice, "Yes", "%s", letters(CHECK_VALUE_MOST + 1));
    assert_kept(choice);
}

/* Sixty short ones fit a message's bytes, but not its blocks. */
static void headings__become_lines__when_there_are_too_many(void **state)
{
    (void)state;
    struct note *note = note_create(arena);

    for (int i = 0; i < 60; i++) {
        note_heading(note, "%d", i);
    }
    json_t *blocks = slack_blocks(arena, note, false);
    assert_true(check_blocks(blocks));
    json_decref(blocks);
}

static void cut__leaves_whole_pieces__when_text_is_long(void **state)
{
    (void)state;
    assert_int_equal(slack_blocks_fit("ab&lt;c", 4), 2);
    assert_int_equal(slack_blocks_fit("ab&lt;c", 6), 6);
    assert_int_equal(slack_blocks_fit("ab<@U1> x", 6), 2);
    assert_int_equal(slack_blocks_fit("\xc3\xa9\xc3\xa9", 3), 2);
    assert_int_equal(slack_blocks_fit("", 3), 0);
}

static void private_answer__is_ephemeral__whichever_way(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_WHISPER);
    note_line(action.note, "hi");
    assert_string_equal(
        slack_write_ephemeral(arena, &action),
        "{\"channel\":\"C1\",\"user\":\"U1\",\"text\":\"hi\",\"blocks\":"
        "[{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":"
        "\"hi\",\"verbatim\":true}}]}");
    assert_string_equal(slack_write_response(arena, action.note, NULL),
                        "{\"response_type\":\"ephemeral\",\"replace_original\":false,"
                        "\"delete_original\":false,\"text\":\"hi\",\"blocks\":[{"
                        "\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":"
                        "\"hi\",\"verbatim\":true}}]}");
}

static void channel__is_made__when_asked(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_OPEN_CHANNEL);
    struct text topic;

    action.private = true;
    assert_string_equal(slack_write_create(arena, &action, "inc-7-db"),
                        "{\"name\":\"inc-7-db\",\"is_private\":true}");
    assert_string_equal(slack_write_purpose(arena, "C1", &action),
                        "{\"channel\":\"C1\",\"purpose\":\"The channel of inc-7 "
                        "(Muster, 1795317030000)\"}");
    text_init(&topic, arena);
    for (int i = 0; i < 300; i++) {
        text_add(&topic, "\xc3\xa9");
    }
    const char *body = slack_write_topic(arena, "C1", topic.data);
    assert_int_equal(strlen(body), strlen("{\"channel\":\"C1\",\"topic\":\"...\"}") +
                                       (size_t)2 * 247);
}

static void ack__is_small__when_nothing_is_said(void **state)
{
    (void)state;
    assert_string_equal(slack_write_ack(arena, "e1", NULL), "{\"envelope_id\":\"e1\"}");
    assert_string_equal(slack_write_ack(arena, "e1", "Not \"recorded\""),
                        "{\"envelope_id\":\"e1\",\"payload\":{\"response_type\":"
                        "\"ephemeral\",\"text\":\"Not \\\"recorded\\\"\"}}");
}

static void form__is_encoded__when_read(void **state)
{
    (void)state;
    assert_string_equal(
        slack_write_form(arena, "cursor", "dXNl=&cjo", "limit", "200", NULL),
        "cursor=dXNl%3D%26cjo&limit=200");
    assert_string_equal(slack_write_moment(arena, AT_MS + 5), "1795317030.005000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(post__is_blocks__when_a_card),
        cmocka_unit_test(post__is_seen_in_thread_and_channel__when_a_reply),
        cmocka_unit_test(heading__is_bold__when_it_rings),
        cmocka_unit_test(heading__keeps_its_header__when_a_command_follows),
        cmocka_unit_test(channel__is_a_link__when_it_is_known),
        cmocka_unit_test(time__names_the_day__when_it_is_another),
        cmocka_unit_test(time__is_words_alone__when_they_are_many),
        cmocka_unit_test(words__ring_nobody__when_typed_by_people),
        cmocka_unit_test(link__is_one__when_words_hold_it),
        cmocka_unit_test(link__is_left_alone__when_it_could_not_be_cut),
        cmocka_unit_test(blocks__keep_limits__when_note_is_odd),
        cmocka_unit_test(blocks__keep_limits__when_just_over),
        cmocka_unit_test(headings__become_lines__when_there_are_too_many),
        cmocka_unit_test(cut__leaves_whole_pieces__when_text_is_long),
        cmocka_unit_test(private_answer__is_ephemeral__whichever_way),
        cmocka_unit_test(channel__is_made__when_asked),
        cmocka_unit_test(ack__is_small__when_nothing_is_said),
        cmocka_unit_test(form__is_encoded__when_read),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
