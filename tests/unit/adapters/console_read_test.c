#include "adapters/console_read.h"
#include "tests/unit/one_arena.h"

static struct console_line read_whole(const char *bytes, size_t length)
{
    struct console_line line;
    struct err err;
    if (!console_read_line(arena, bytes, length, length, &line, &err)) {
        fail_msg("%.60s: %s", bytes, err.text);
    }
    return line;
}

static struct console_line read_line(const char *words)
{
    return read_whole(words, strlen(words));
}

static struct chat_event read_event(const char *words)
{
    struct console_line line = read_line(words);
    struct chat_event event;
    console_read_event(arena, &line, "1.7", line.target ? "1.3" : NULL, &event);
    return event;
}

static void line__is_passed_over__when_empty_or_a_remark(void **state)
{
    (void)state;
    static const char *const empty[] = {
        "", "  ", "\r", "# 03:10 ana #ops> x", "  # x", "\xef\xbb\xbf# x"};
    for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++) {
        assert_int_equal(read_line(empty[i]).kind, CONSOLE_LINE_EMPTY);
    }
}

static void line__lets_time_pass__when_it_is_a_dot(void **state)
{
    (void)state;
    assert_int_equal(read_line("03:20 .").kind, CONSOLE_LINE_PASS);
    assert_int_equal(read_line("2026-11-22T03:20:00Z . \r").kind, CONSOLE_LINE_PASS);
}

static void line__is_said__in_a_channel(void **state)
{
    (void)state;
    struct console_line line =
        read_line("2026-11-22 03:10:00 ana #ops> it > is | slow");
    assert_int_equal(line.kind, CONSOLE_LINE_EVENT);
    assert_int_equal(line.event, CHAT_SAID);
    assert_string_equal(line.name, "ana");
    assert_string_equal(line.channel, "#ops");
    assert_string_equal(line.text, "it > is | slow");
    assert_null(line.label);
    assert_null(line.target);
    assert_int_equal(line.full_bytes, 0);
}

static void line__keeps_the_words__as_they_were_typed(void **state)
{
    (void)state;
    assert_string_equal(read_line("03:10 ana #ops>no blank").text, "no blank");
    assert_string_equal(read_line("03:10 ana #ops>   two more ").text, "  two more ");
    assert_string_equal(read_line("03:10 ana #ops>").text, "");
    assert_string_equal(read_line("03:10 ana #ops> x\r").text, "x");
}

static void line__takes_a_quoted_name__with_blanks(void **state)
{
    (void)state;
    struct chat_event event = read_event("03:10 \"Tove Lind\" #ops> hello");
    assert_string_equal(event.who.name, "Tove Lind");
    assert_string_equal(event.who.id, "tove lind");
}

static void line__has_a_label__in_brackets(void **state)
{
    (void)state;
    struct console_line line = read_line("03:11 bo #inc-1-db [m1]> looking");
    assert_string_equal(line.label, "m1");
    line = read_line("03:11 bo #inc-1-db [m2] reply m1> which?");
    assert_string_equal(line.label, "m2");
    assert_string_equal(line.target, "m1");
    assert_int_equal(line.event, CHAT_SAID);
}

static void line__goes_on__with_a_bar(void **state)
{
    (void)state;
    struct console_line line = read_line("03:11 bo #inc-1-db| at the > database");
    assert_int_equal(line.kind, CONSOLE_LINE_MORE);
    assert_string_equal(line.text, "at the > database");
}

static void line__is_refused__with_a_reason(void **state)
{
    (void)state;
    static const struct {
        const char *words, *why;
    } bad[] = {
        {"hello", "begins with its time"},
        {"03:10", "begins with its time"},
        {"03:10 ana", "after the time come"},
        {"03:10 ana hello", "after the time come"},
        {"03:10 #ops> hello", "after the time come"},
        {"03:10 ana #> hello", "after the time come"},
        {"03:10 ana #ops hello", "between channel and"},
        {"03:10 ana #ops shout m1> hello", "between channel and"},
        {"03:10 ana #ops edit> hello", "needs a label"},
        {"03:10 ana #ops react m1> hello", "needs a label and a word"},
        {"03:10 ana #ops edit m1 hello", "after the time come"},
        {"03:10 ana #ops delete m1> hello", "nothing may follow"},
        {"03:10 ana #ops []> hello", "a label is"},
        {"03:10 ana #ops [^]> hello", "a label is"},
        {"03:10 ana #ops [m 1]> hello", "a label is"},
        {"03:10 ana @bo> hello", "the bot alone"},
        {"03:10 \"ana #ops> hello", "closing quote"},
        {"03:10 \"\" #ops> hello", "after the time come"},
        {"0000-01-01T00:00:00Z ana #ops> x", "1970 to 9999"},
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct console_line line;
        struct err err;
        size_t length = strlen(bad[i].words);
        if (console_read_line(arena, bad[i].words, length, length, &line, &err)) {
            fail_msg("read: %s", bad[i].words);
        }
        if (!strstr(err.text, bad[i].why)) {
            fail_msg("%s: %s", bad[i].words, err.text);
        }
    }
}

static void line__is_clean__whatever_the_bytes(void **state)
{
    (void)state;
    static const char bytes[] = "03:10 ana #ops> a\0b\xff"
                                "c\xe2\x80\xae";
    struct console_line line = read_whole(bytes, sizeof(bytes) - 1);
    assert_string_equal(line.text, "a\xef\xbf\xbd"
                                   "b\xef\xbf\xbd"
                                   "c\xe2\x80\xae");
}

/* `head`, then `count` times a euro sign. */
static char *euros(const char *head, size_t count)
{
    struct text text;
    text_init(&text, arena);
    text_add(&text, head);
    for (size_t i = 0; i < count; i++) {
        text_add(&text, "\xe2\x82\xac");
    }
    return text.data;
}

static void text__is_cut_at_a_character__when_too_long(void **state)
{
    (void)state;
    struct console_line line = read_line(euros("03:10 ana #ops> ", 90000));
    assert_int_equal(line.full_bytes, 270000);
    assert_int_equal(strlen(line.text), CONSOLE_TEXT_BYTES / 3 * 3);
    line = read_line(euros("03:10 ana #ops> ", 80000));
    assert_int_equal(line.full_bytes, 0);
    assert_int_equal(strlen(line.text), 240000);
}

static void text__tells_its_length__when_the_line_was_dropped_in_part(void **state)
{
    (void)state;
    const char *words = euros("03:10 ana #ops> ", 100000);
    struct console_line line;
    struct err err;
    assert_true(
        console_read_line(arena, words, CONSOLE_LINE_BYTES / 2, 4000016, &line, &err));
    assert_in_range(line.full_bytes, 4000000, 4000002);
}

static void text__grows__with_the_lines_that_go_on(void **state)
{
    (void)state;
    struct console_line first = read_line("03:10 ana #ops> one");
    struct console_line more = read_line("03:10 ana #ops| two");
    struct console_text whole;
    console_text_begin(&whole, arena, &first);
    console_text_more(&whole, &more);
    assert_string_equal(whole.text.data, "one\ntwo");
    assert_int_equal(whole.full_bytes, 0);
}

static void text__is_cut_once__when_lines_go_on_too_long(void **state)
{
    (void)state;
    struct console_line first = read_line(euros("03:10 ana #ops> ", 50000));
    struct console_line more = read_line(euros("03:10 ana #ops| ", 50000));
    struct console_text whole;
    console_text_begin(&whole, arena, &first);
    console_text_more(&whole, &more);
    assert_int_equal(whole.full_bytes, 300001);
    assert_in_range(whole.text.length_bytes, CONSOLE_TEXT_BYTES - 2,
                    CONSOLE_TEXT_BYTES);
    console_text_more(&whole, &more);
    assert_int_equal(whole.full_bytes, 450002);
    assert_in_range(whole.text.length_bytes, CONSOLE_TEXT_BYTES - 2,
                    CONSOLE_TEXT_BYTES);
}

static void event__is_a_message__when_said(void **state)
{
    (void)state;
    struct chat_event event = read_event("03:10 Ana #ops> hello");
    assert_int_equal(event.kind, CHAT_SAID);
    assert_string_equal(event.id, "1.7");
    assert_string_equal(event.message, "1.7");
    assert_string_equal(event.place.channel, "#ops");
    assert_string_equal(event.place.name, "#ops");
    assert_false(event.place.is_direct);
    assert_null(event.place.thread);
    assert_string_equal(event.who.id, "ana");
    assert_string_equal(event.who.name, "Ana");
    event = read_event("03:10 ana #ops reply m1> hello");
    assert_string_equal(event.message, "1.7");
    assert_string_equal(event.place.thread, "1.3");
}

static void event__is_direct__when_told_to_the_bot(void **state)
{
    (void)state;
    struct chat_event event = read_event("03:10 Ana @muster> ack");
    assert_true(event.place.is_direct);
    assert_string_equal(event.place.channel, "@ana");
    assert_string_equal(event.text, "ack");
}

static void event__is_a_command__when_it_begins_with_the_bot(void **state)
{
    (void)state;
    struct chat_event event = read_event("03:10 ana #ops> @Muster: declare db down");
    assert_int_equal(event.kind, CHAT_COMMAND);
    assert_string_equal(event.text, "declare db down");
    assert_string_equal(event.message, "1.7");
    event = read_event("03:10 ana #ops> @muster");
    assert_int_equal(event.kind, CHAT_COMMAND);
    assert_string_equal(event.text, "");
    assert_int_equal(read_event("03:10 ana #ops> @musterer x").kind, CHAT_SAID);
    assert_int_equal(read_event("03:10 ana #ops> hi @muster x").kind, CHAT_SAID);
}

static void event__is_about_another_message__with_a_verb(void **state)
{
    (void)state;
    struct chat_event event = read_event("03:10 ana #ops edit m1> better");
    assert_int_equal(event.kind, CHAT_EDITED);
    assert_string_equal(event.message, "1.3");
    assert_string_equal(event.text, "better");
    event = read_event("03:10 ana #ops delete m1>");
    assert_int_equal(event.kind, CHAT_DELETED);
    event = read_event("03:10 ana #ops react m1 :pushpin:>");
    assert_int_equal(event.kind, CHAT_REACTED);
    assert_string_equal(event.text, "pushpin");
    event = read_event("03:10 ana #ops unreact m1 \xf0\x9f\x93\x8c>");
    assert_int_equal(event.kind, CHAT_UNREACTED);
    assert_string_equal(event.text, "pushpin");
    event = read_event("03:10 ana #ops react m1 \xe2\x9c\x85>");
    assert_string_equal(event.text, "white_check_mark");
    event = read_event("03:10 ana #ops react m1 :heavy_check_mark:>");
    assert_string_equal(event.text, "white_check_mark");
    event = read_event("03:10 ana #ops choose ^ ack 2>");
    assert_int_equal(event.kind, CHAT_CHOSE);
    assert_string_equal(event.choice, "ack 2");
    assert_string_equal(event.message, "1.3");
}

static void event__is_a_file__perhaps_with_a_link(void **state)
{
    (void)state;
    struct chat_event event = read_event("03:10 ana #ops file> my graph.png");
    assert_int_equal(event.kind, CHAT_FILE);
    assert_string_equal(event.file_name, "my graph.png");
    assert_null(event.file_link);
    event = read_event("03:10 ana #ops file> graph.png https://example.org/g.png");
    assert_string_equal(event.file_name, "graph.png");
    assert_string_equal(event.file_link, "https://example.org/g.png");
}

static void event__is_coming_or_going__without_words(void **state)
{
    (void)state;
    assert_int_equal(read_event("03:10 ana #ops join>").kind, CHAT_JOINED);
    assert_int_equal(read_event("03:10 ana #ops leave>").kind, CHAT_LEFT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line__is_passed_over__when_empty_or_a_remark),
        cmocka_unit_test(line__lets_time_pass__when_it_is_a_dot),
        cmocka_unit_test(line__is_said__in_a_channel),
        cmocka_unit_test(line__keeps_the_words__as_they_were_typed),
        cmocka_unit_test(line__takes_a_quoted_name__with_blanks),
        cmocka_unit_test(line__has_a_label__in_brackets),
        cmocka_unit_test(line__goes_on__with_a_bar),
        cmocka_unit_test(line__is_refused__with_a_reason),
        cmocka_unit_test(line__is_clean__whatever_the_bytes),
        cmocka_unit_test(text__is_cut_at_a_character__when_too_long),
        cmocka_unit_test(text__tells_its_length__when_the_line_was_dropped_in_part),
        cmocka_unit_test(text__grows__with_the_lines_that_go_on),
        cmocka_unit_test(text__is_cut_once__when_lines_go_on_too_long),
        cmocka_unit_test(event__is_a_message__when_said),
        cmocka_unit_test(event__is_direct__when_told_to_the_bot),
        cmocka_unit_test(event__is_a_command__when_it_begins_with_the_bot),
        cmocka_unit_test(event__is_about_another_message__with_a_verb),
        cmocka_unit_test(event__is_a_file__perhaps_with_a_link),
        cmocka_unit_test(event__is_coming_or_going__without_words),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
