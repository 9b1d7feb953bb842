#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "adapters/console_input.h"
#include "adapters/console_read.h"

/* A pipe that is being read, and the end that writes into it. */
struct source {
    int ends[2];
    struct console_input *input;
    struct console_raw raw;
    struct err err;
};

static int source_setup(void **state)
{
    struct source *source = calloc(1, sizeof(*source));
    assert_non_null(source);
    assert_int_equal(pipe(source->ends), 0);
    source->input = console_input_create(source->ends[0]);
    *state = source;
    return 0;
}

static int source_teardown(void **state)
{
    struct source *source = *state;
    console_input_destroy(source->input);
    (void)close(source->ends[0]);
    (void)close(source->ends[1]);
    free(source);
    return 0;
}

static void put(struct source *source, const char *bytes, size_t length)
{
    assert_int_equal(write(source->ends[1], bytes, length), (ssize_t)length);
}

static enum console_input_state next(struct source *source)
{
    return console_input_next(source->input, &source->raw, &source->err);
}

static void expect_line(struct source *source, const char *bytes, size_t length)
{
    assert_int_equal(next(source), CONSOLE_INPUT_LINE);
    assert_int_equal(source->raw.length_bytes, length);
    assert_int_equal(source->raw.total_bytes, length);
    assert_memory_equal(source->raw.bytes, bytes, length);
}

static void input__waits__until_a_line_is_whole(void **state)
{
    struct source *source = *state;
    assert_int_equal(next(source), CONSOLE_INPUT_WAIT);
    put(source, "on", 2);
    assert_int_equal(next(source), CONSOLE_INPUT_WAIT);
    put(source, "e\n\ntwo\nth", 9);
    expect_line(source, "one", 3);
    expect_line(source, "", 0);
    expect_line(source, "two", 3);
    assert_int_equal(next(source), CONSOLE_INPUT_WAIT);
}

static void input__hands_out_the_rest__at_the_end(void **state)
{
    struct source *source = *state;
    put(source, "one\nla\0st", 9);
    (void)close(source->ends[1]);
    expect_line(source, "one", 3);
    expect_line(source, "la\0st", 5);
    assert_int_equal(next(source), CONSOLE_INPUT_END);
    assert_int_equal(next(source), CONSOLE_INPUT_END);
}

static void input__has_no_line__where_nothing_is(void **state)
{
    struct source *source = *state;
    (void)close(source->ends[1]);
    assert_int_equal(next(source), CONSOLE_INPUT_END);
}

static void input__keeps_the_begin__of_a_line_too_long(void **state)
{
    struct source *source = *state;
    static char many[4096];
    memset(many, 'x', sizeof(many));
    size_t written = 0;
    for (; written < 2 * CONSOLE_LINE_BYTES; written += sizeof(many)) {
        put(source, many, sizeof(many));
        assert_int_equal(next(source), CONSOLE_INPUT_WAIT);
    }
    put(source, "\nshort\n", 7);
    assert_int_equal(next(source), CONSOLE_INPUT_LINE);
    assert_int_equal(source->raw.length_bytes, CONSOLE_LINE_BYTES);
    assert_int_equal(source->raw.total_bytes, written);
    expect_line(source, "short", 5);
}

static void input__says_why__when_it_cannot_be_read(void **state)
{
    (void)state;
    struct console_raw raw;
    struct err err = {0};
    int folder = open("/", O_RDONLY | O_DIRECTORY);
    struct console_input *input = console_input_create(folder);
    assert_int_equal(console_input_next(input, &raw, &err), CONSOLE_INPUT_BROKEN);
    assert_non_null(strstr(err.text, "directory"));
    console_input_destroy(input);
    (void)close(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(input__waits__until_a_line_is_whole,
                                        source_setup, source_teardown),
        cmocka_unit_test_setup_teardown(input__hands_out_the_rest__at_the_end,
                                        source_setup, source_teardown),
        cmocka_unit_test_setup_teardown(input__has_no_line__where_nothing_is,
                                        source_setup, source_teardown),
        cmocka_unit_test_setup_teardown(input__keeps_the_begin__of_a_line_too_long,
                                        source_setup, source_teardown),
        cmocka_unit_test(input__says_why__when_it_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
