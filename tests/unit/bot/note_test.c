/* Lines of a note as they are put together. */
#include "bot/note.h"
#include "tests/unit/one_arena.h"

static void is_line(const char *words, const char *expected)
{
    struct note *note = note_create(arena);

    note_line(note, "%s", words);
    assert_string_equal(note->blocks[0].text, expected);
}

static void note_line__has_one_stop__when_words_end_in_their_own(void **state)
{
    (void)state;
    is_line("Why: a whole batch?. Next", "Why: a whole batch? Next");
    is_line("Why: a whole batch?. wen leads", "Why: a whole batch? wen leads");
    is_line("Why: at last!.", "Why: at last!");
    is_line("ana: all is well.. Not over", "ana: all is well. Not over");
    is_line("ana: all is well..", "ana: all is well.");
    is_line("one?. Two.. Three.. Four", "one? Two. Three. Four");
    is_line("ana: so it goes.... Next", "ana: so it goes... Next");
    is_line(arena_printf(arena, "well.. %s", note_command(arena, "lead")),
            arena_printf(arena, "well. %s", note_command(arena, "lead")));
    is_line(note_command(arena, "note is it?. no"),
            note_command(arena, "note is it?. no"));
}

static void note_line__leaves_the_words__when_it_is_no_end(void **state)
{
    static const char *const lines[] = {
        "hmm.. not sure",
        "\"found it: a callback in ...\" Take the pin off",
        "found it: a callback in ... Take the pin off",
        "a?.b.c and a..b",
        "\"what?.\" is quoted",
        ".",
        "?.x",
        "",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        is_line(lines[i], lines[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(note_line__has_one_stop__when_words_end_in_their_own),
        cmocka_unit_test(note_line__leaves_the_words__when_it_is_no_end),
    };

    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
