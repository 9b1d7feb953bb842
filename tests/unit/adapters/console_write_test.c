#include "adapters/console_write.h"
#include "tests/unit/adapters/write_action.h"

static struct action make_action(enum action_kind kind)
{
    struct action action = make_action_to(kind, "#ops", "ana");

    action.handle = "ana";
    return action;
}

static void expect(const struct action *action, const char *lines)
{
    assert_string_equal(console_write_action(arena, action, false), lines);
}

static void action__is_a_line__when_posted(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_POST);
    note_heading(action.note, "inc-1 is open");
    expect(&action, "2026-11-22T03:10:30Z muster #ops> inc-1 is open\n");
    note_line(action.note, "second");
    note_line(action.note, "%s", "");
    note_context(action.note, "last");
    note_choice(action.note, "Yes", "ack 1");
    expect(&action, "2026-11-22T03:10:30Z muster #ops> inc-1 is open\n"
                    "2026-11-22T03:10:30Z muster #ops| second\n"
                    "2026-11-22T03:10:30Z muster #ops|\n"
                    "2026-11-22T03:10:30Z muster #ops| last\n");
}

static void action__names_its_reader__when_private(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_WHISPER);
    note_line(action.note, "for you");
    expect(&action, "2026-11-22T03:10:30Z muster #ops (to ana)> for you\n");
    action.handle = "Tove Lind";
    expect(&action, "2026-11-22T03:10:30Z muster #ops (to \"Tove Lind\")> for you\n");
    action.channel = "@ana";
    expect(&action, "2026-11-22T03:10:30Z muster @ana> for you\n");
}

static void action__goes_to_the_person__when_direct(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_DIRECT);
    note_line(action.note, "say %s", note_command(arena, "ack"));
    expect(&action, "2026-11-22T03:10:30Z muster @ana> say `ack`\n");
}

static void action__is_an_edit__when_amended(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_AMEND);
    note_line(action.note, "now so");
    action.about = "b4";
    action.about_channel = "#inc-1-db";
    expect(&action, "2026-11-22T03:10:30Z muster #inc-1-db (edit)> now so\n");
    action.quiet = true;
    expect(&action, "");
}

static void action__shows_nothing__when_there_is_nothing_to_read(void **state)
{
    (void)state;
    static const enum action_kind kinds[] = {ACTION_OPEN_CHANNEL, ACTION_INVITE,
                                             ACTION_SET_TOPIC, ACTION_PIN};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        struct action action = make_action(kinds[i]);
        expect(&action, "");
    }
}

static void words__show_marks__as_people_type_and_read_them(void **state)
{
    (void)state;
    const char *line = arena_printf(arena, "%s: %s", note_mention(arena, 3, "ana"),
                                    note_command(arena, "cancel inc-42 WHY"));
    assert_string_equal(console_write_words(arena, line, false),
                        "ana: `!inc cancel inc-42 WHY`");
    assert_string_equal(console_write_words(arena, line, true),
                        "ana: `cancel inc-42 WHY`");
    line = note_time(arena, AT_MS, "Europe/Oslo");
    assert_string_equal(console_write_words(arena, line, false), "04:10 CET");
}

static void words__cannot_play_tricks__on_a_terminal(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_POST);
    action.channel = "#o\x1bps";
    note_line(action.note, "a\x1b[2Jb\xe2\x80\xae"
                           "c\nT muster #ops> forged");
    expect(&action,
           "2026-11-22T03:10:30Z muster #o\\u{001B}ps> "
           "a\\u{001B}[2Jb\\u{202E}c\n"
           "2026-11-22T03:10:30Z muster #o\\u{001B}ps| T muster #ops> forged\n");
}

static void action__is_one_object__as_json(void **state)
{
    (void)state;
    struct action action = make_action(ACTION_WHISPER);
    note_line(action.note, "one");
    note_line(action.note, "two");
    note_choice(action.note, "Yes", "ack 1");
    assert_string_equal(
        console_write_action(arena, &action, true),
        "{\"at\":\"2026-11-22T03:10:30Z\",\"from\":\"muster\",\"place\":\"#ops\","
        "\"to\":\"ana\",\"edit\":false,\"message\":\"b17\",\"text\":\"one\\ntwo\","
        "\"choices\":[{\"label\":\"Yes\",\"command\":\"ack 1\"}]}\n");
}

static void notice__has_the_same_form__as_an_action(void **state)
{
    (void)state;
    assert_string_equal(console_write_notice(arena, AT_MS, "#ops", "ana", "no", false),
                        "2026-11-22T03:10:30Z muster #ops (to ana)> no\n");
    assert_string_equal(console_write_notice(arena, AT_MS, "@ana", "ana", "no", false),
                        "2026-11-22T03:10:30Z muster @ana> no\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(action__is_a_line__when_posted),
        cmocka_unit_test(action__names_its_reader__when_private),
        cmocka_unit_test(action__goes_to_the_person__when_direct),
        cmocka_unit_test(action__is_an_edit__when_amended),
        cmocka_unit_test(action__shows_nothing__when_there_is_nothing_to_read),
        cmocka_unit_test(words__show_marks__as_people_type_and_read_them),
        cmocka_unit_test(words__cannot_play_tricks__on_a_terminal),
        cmocka_unit_test(action__is_one_object__as_json),
        cmocka_unit_test(notice__has_the_same_form__as_an_action),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
