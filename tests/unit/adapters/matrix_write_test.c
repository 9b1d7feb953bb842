#include <jansson.h>

#include "adapters/matrix_write.h"
#include "bot/base/text.h"
#include "tests/unit/adapters/matrix_check.h"
#include "tests/unit/adapters/write_action.h"

#define MARK "\"io.github.muster.row\":\"17.1795317030000\""

static struct action make_action(enum action_kind kind)
{
    struct action action = make_action_to(kind, "!r:x", "@tove:x");

    action.about = "$e";
    return action;
}

static void message__is_a_notice__when_a_card(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_POST);

    note_heading(action.note, "inc-7 db <down>: active");
    note_line(action.note, "Started %s. \"late\" & odd",
              note_time(arena, AT_MS, "Europe/Oslo"));
    note_line(action.note, "To lead: %s", note_command(arena, "lead <x>"));
    note_context(action.note, "Tasks: none.");
    assert_string_equal(
        matrix_write_message(arena, &action, "x", false),
        "{\"msgtype\":\"m.notice\",\"body\":\"inc-7 db <down>: active\\nStarted 04:10 "
        "CET. \\\"late\\\" & odd\\nTo lead: `!inc lead <x>`\\nTasks: none.\","
        "\"format\":\"org.matrix.custom.html\",\"formatted_body\":"
        "\"<strong>inc-7 db &lt;down&gt;: active</strong><br>Started 04:10 CET. "
        "&quot;late&quot; &amp; odd<br>To lead: <code>!inc lead &lt;x&gt;</code><br>"
        "Tasks: none.\",\"m.mentions\":{}," MARK "}");
}

static void words__are_code__when_in_backquotes(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_POST);

    note_line(action.note, "Tell me, `cant 1`, `a<b`. One alone: `");
    assert_string_equal(matrix_write_message(arena, &action, "x", false),
                        "{\"msgtype\":\"m.notice\",\"body\":"
                        "\"Tell me, `cant 1`, `a<b`. One alone: `\","
                        "\"format\":\"org.matrix.custom.html\",\"formatted_body\":"
                        "\"Tell me, <code>cant 1</code>, <code>a&lt;b</code>. "
                        "One alone: `\",\"m.mentions\":{}," MARK "}");
}

static void message__is_bare__when_html_says_no_more(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_POST);

    note_line(action.note, "Kept.");
    assert_string_equal(matrix_write_message(arena, &action, "x", false),
                        "{\"msgtype\":\"m.notice\",\"body\":\"Kept.\","
                        "\"m.mentions\":{}," MARK "}");
}

static void message__rings__when_somebody_is_named_to_be(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_POST);

    note_line(action.note, "Task 2, %s (not %s): %s.", note_mention(arena, 1, "tove"),
              note_mention(arena, 2, "jo & co"), note_mention(arena, 1, "tove"));
    note_choice(action.note, "Yes", "ack inc-7 2");
    note_choice(action.note, "Can't", "cant inc-7 2");
    note_bind(action.note, external, "@tove:x");
    assert_string_equal(
        matrix_write_message(arena, &action, "x", false),
        "{\"msgtype\":\"m.text\",\"body\":\"Task 2, tove (not jo & co): tove.\\n"
        "Or react \u2705: Yes.\",\"format\":\"org.matrix.custom.html\","
        "\"formatted_body\":\"Task 2, <a href=\\\"https://matrix.to/#/%40tove%3Ax\\\">"
        "tove</a> (not jo &amp; co): <a href=\\\"https://matrix.to/#/%40tove%3Ax\\\">"
        "tove</a>.<br>Or react \u2705: Yes.\","
        "\"m.mentions\":{\"user_ids\":[\"@tove:x\"]}," MARK "}");
}

/* What was asked for in a conversation; a page there rings. */
static void message__rings_nobody__when_it_answers_a_line(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_DIRECT);

    note_line(action.note, "No incident is open.");
    action.is_answer = true;
    assert_string_equal(matrix_write_message(arena, &action, "x", true),
                        "{\"msgtype\":\"m.notice\",\"body\":\"No incident is open.\","
                        "\"m.mentions\":{}," MARK "}");
    action.is_answer = false;
    assert_string_equal(matrix_write_message(arena, &action, "x", true),
                        "{\"msgtype\":\"m.text\",\"body\":\"No incident is open.\","
                        "\"m.mentions\":{\"user_ids\":[\"@tove:x\"]}," MARK "}");
}

static void message__leads_to_a_room__when_it_is_known(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_POST);

    note_line(action.note, "Join: %s, %s", note_channel(arena, 1, "inc-1-a"),
              note_channel(arena, 2, "inc-2-<b>"));
    note_bind(action.note, external, "!r:x");
    assert_string_equal(
        matrix_write_message(arena, &action, "x", false),
        "{\"msgtype\":\"m.notice\",\"body\":\"Join: #inc-1-a, #inc-2-<b>\",\"format\":"
        "\"org.matrix.custom.html\",\"formatted_body\":\"Join: <a href=\\\"https://"
        "matrix.to/#/%21r%3Ax?via=x\\\">#inc-1-a</a>, "
        "#inc-2-&lt;b&gt;\",\"m.mentions\":{}," MARK "}");
}

static void message__names_no_check_mark__when_the_choice_ends_something(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_POST);

    note_line(action.note, "Page 4: ruben, by chat.");
    note_choice(action.note, "Not needed", "done inc-7 4");
    assert_string_equal(matrix_write_message(arena, &action, "x", false),
                        "{\"msgtype\":\"m.notice\",\"body\":\"Page 4: ruben, by "
                        "chat.\",\"m.mentions\":{}," MARK "}");
}

static void message__rings_nobody__when_an_id_is_none(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_POST);

    note_line(action.note, "Hello <@tove:x> @room \uFDD0p1|tove|tove\uFDD1");
    assert_string_equal(
        matrix_write_message(arena, &action, "x", false),
        "{\"msgtype\":\"m.notice\",\"body\":\"Hello <@tove:x> @room tove\",\"format\":"
        "\"org.matrix.custom.html\",\"formatted_body\":\"Hello &lt;@tove:x&gt; @room "
        "tove\",\"m.mentions\":{}," MARK "}");
}

static void message__rings_and_shows_bare_verbs__when_direct(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_DIRECT);

    note_line(action.note, "Coming: %s.", note_command(arena, "ack"));
    assert_string_equal(
        matrix_write_message(arena, &action, "x", true),
        "{\"msgtype\":\"m.text\",\"body\":\"Coming: `ack`.\",\"format\":"
        "\"org.matrix.custom.html\",\"formatted_body\":\"Coming: <code>ack</code>.\","
        "\"m.mentions\":{\"user_ids\":[\"@tove:x\"]}," MARK "}");
}

static void message__replies_beside_the_thread__when_an_answer(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_POST);

    action.thread = "$t";
    action.answers = "$line";
    action.channel = action.about_channel = "!here:x";
    note_line(action.note, "ana leads.");
    assert_string_equal(
        matrix_write_message(arena, &action, "x", false),
        "{\"msgtype\":\"m.notice\",\"body\":\"ana leads.\",\"m.mentions\":{},"
        "\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":\"$line\"}}," MARK "}");
}

static void message__is_no_reply__when_the_line_stayed_in_another_room(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_POST);

    action.answers = "$line";
    action.channel = action.about_channel = "!here:x";
    note_line(action.note, "ana leads.");
    assert_non_null(
        strstr(matrix_write_message(arena, &action, "x", false), "m.relates_to"));
    action.channel = "!fresh:x";
    assert_null(
        strstr(matrix_write_message(arena, &action, "x", false), "m.relates_to"));
}

/* A whisper is read in the direct room and typed in the incident's. */
static void message__keeps_the_prefix__when_whispered(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_WHISPER);
    const char *body;

    note_line(action.note, "You lead. Who is missing? %s",
              note_command(arena, "page SERVICE WHY"));
    body = matrix_write_message(arena, &action, "x", true);
    assert_non_null(strstr(body, "\"msgtype\":\"m.text\",\"body\":\"You lead. Who is "
                                 "missing? `!inc page SERVICE WHY`\\nTo be typed in "
                                 "the room of inc-7.\""));
    assert_non_null(strstr(body, "\"m.mentions\":{},"));
    action.incident_id = 0;
    assert_null(strstr(matrix_write_message(arena, &action, "x", true), "To be typed"));
}

static void edit__rings_nobody_anew__when_it_names_somebody(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_AMEND);

    note_heading(action.note, "Task 2, %s", note_mention(arena, 1, "tove"));
    note_bind(action.note, external, "@tove:x");
    assert_string_equal(
        matrix_write_edit(arena, &action, "x", false),
        "{\"msgtype\":\"m.text\",\"body\":\"* Task 2, tove\",\"m.mentions\":{},"
        "\"m.new_content\":{\"msgtype\":\"m.text\",\"body\":\"Task 2, tove\","
        "\"format\":\"org.matrix.custom.html\",\"formatted_body\":\"<strong>Task 2, "
        "<a href=\\\"https://matrix.to/#/%40tove%3Ax\\\">tove</a></strong>\","
        "\"m.mentions\":{\"user_ids\":[\"@tove:x\"]}},\"m.relates_to\":{\"rel_type\":"
        "\"m.replace\",\"event_id\":\"$e\"}," MARK "}");
}

/* The worst a note can hold: what grows most in HTML, in JSON, in both. */
static void message__fits__when_the_words_grow(void **state)
{
    static const char *const pieces[] = {"&", "\"", "\\", "<", "\001", "\u00e9", "x"};

    (void)state;
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        struct action action = make_action(ACTION_AMEND);
        struct text words;

        text_init(&words, arena);
        while (words.length_bytes < 5 * MATRIX_NOTE_BYTES) {
            text_add(&words, pieces[i]);
        }
        note_line(action.note, "%.*s", (int)text_fit(words.data, MATRIX_NOTE_BYTES),
                  words.data);
        assert_true(check_message(matrix_write_edit(arena, &action, "x", false)));
        note_line(action.note, "%s", words.data);
        assert_true(check_message(matrix_write_edit(arena, &action, "x", false)));
        assert_true(check_message(matrix_write_message(arena, &action, "x", false)));
    }
}

/* An event's limit is 65,536 bytes with its head: words of each length go well under
 * it.
 */
static void message__fits__at_any_length(void **state)
{
    (void)state;
    for (size_t length = MATRIX_NOTE_BYTES / 3; length < MATRIX_NOTE_BYTES;
         length += 100) {
        struct action action = make_action(ACTION_AMEND);
        struct text words;

        text_init(&words, arena);
        while (words.length_bytes < length) {
            text_add(&words, "\"");
        }
        note_line(action.note, "%s", words.data);
        assert_in_range(strlen(matrix_write_edit(arena, &action, "x", false)), length,
                        60 * 1024);
    }
}

static void message__keeps_its_html__when_of_ordinary_words(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_AMEND);

    for (size_t i = 0; i < MATRIX_NOTE_BYTES / 50; i++) {
        note_line(action.note, "Known (task 2): \"212 paid orders\" wait & wait. %s",
                  note_command(arena, "ack"));
    }
    assert_non_null(
        strstr(matrix_write_edit(arena, &action, "x", false), "formatted_body"));
}

static void message__has_words__when_the_note_has_none(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_POST);

    assert_true(check_message(matrix_write_message(arena, &action, "x", false)));
    action.note = NULL;
    assert_true(check_message(matrix_write_message(arena, &action, "x", false)));
}

static void file__names_its_size__when_uploaded(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_UPLOAD);

    action.name = "inc-7.md";
    assert_string_equal(
        matrix_write_file(arena, &action, "mxc://x/y", 12),
        "{\"msgtype\":\"m.file\",\"body\":\"inc-7.md\",\"filename\":\"inc-7.md\","
        "\"url\":\"mxc://x/y\",\"info\":{\"mimetype\":\"text/markdown\",\"size\":12},"
        "\"m.mentions\":{}," MARK "}");
}

static void part__is_encoded__when_it_stands_in_a_path(void **state)
{
    (void)state;
    assert_string_equal(matrix_write_part(arena, "#a/b:x?\u00e9"),
                        "%23a%2Fb%3Ax%3F%C3%A9");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(message__is_a_notice__when_a_card),
        cmocka_unit_test(words__are_code__when_in_backquotes),
        cmocka_unit_test(message__is_bare__when_html_says_no_more),
        cmocka_unit_test(message__rings__when_somebody_is_named_to_be),
        cmocka_unit_test(message__rings_nobody__when_it_answers_a_line),
        cmocka_unit_test(message__leads_to_a_room__when_it_is_known),
        cmocka_unit_test(message__names_no_check_mark__when_the_choice_ends_something),
        cmocka_unit_test(message__rings_nobody__when_an_id_is_none),
        cmocka_unit_test(message__rings_and_shows_bare_verbs__when_direct),
        cmocka_unit_test(message__replies_beside_the_thread__when_an_answer),
        cmocka_unit_test(message__is_no_reply__when_the_line_stayed_in_another_room),
        cmocka_unit_test(message__keeps_the_prefix__when_whispered),
        cmocka_unit_test(edit__rings_nobody_anew__when_it_names_somebody),
        cmocka_unit_test(message__fits__when_the_words_grow),
        cmocka_unit_test(message__fits__at_any_length),
        cmocka_unit_test(message__keeps_its_html__when_of_ordinary_words),
        cmocka_unit_test(message__has_words__when_the_note_has_none),
        cmocka_unit_test(file__names_its_size__when_uploaded),
        cmocka_unit_test(part__is_encoded__when_it_stands_in_a_path),
    };

    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
