#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <regex.h>

#include "bot/base/log.h"

static int saved_error;
static char said[8192];

/* Standard error goes to a file while lines are written. */
static void said_begin(void)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    saved_error = dup(STDERR_FILENO);
    assert_true(dup2(fileno(file), STDERR_FILENO) >= 0);
    (void)fclose(file);
}

static void said_end(void)
{
    (void)lseek(STDERR_FILENO, 0, SEEK_SET);
    ssize_t count = read(STDERR_FILENO, said, sizeof(said) - 1);
    said[count > 0 ? count : 0] = '\0';
    assert_true(dup2(saved_error, STDERR_FILENO) >= 0);
    (void)close(saved_error);
}

static void line__is_logfmt__when_written(void **state)
{
    (void)state;
    regex_t form;
    assert_int_equal(
        regcomp(&form,
                "^at=[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z level=warn "
                "what=\"socket open\" id=7 kind=slack\n$",
                REG_EXTENDED),
        0);
    said_begin();
    log_warn("socket open", "id=%d kind=%s", 7, "slack");
    said_end();
    assert_int_equal(regexec(&form, said, 0, NULL, 0), 0);
    regfree(&form);
}

static void line__ends_behind_what__when_there_are_no_facts(void **state)
{
    (void)state;
    said_begin();
    log_info("started", "%s", "");
    said_end();
    assert_non_null(strstr(said, " level=info what=\"started\"\n"));
}

static void line__stays_one_line__when_a_value_holds_controls(void **state)
{
    (void)state;
    said_begin();
    log_error("odd", "name=%s", "a\nat=forged\x1b[2J\x7f\xC2\x85\xC3\xA9\xE2\x80\xAE");
    said_end();
    assert_non_null(strstr(said,
                           "name=a\\u{000A}at=forged\\u{001B}[2J\\u{007F}\\u{0085}"
                           "\xC3\xA9\\u{202E}\n"));
    assert_ptr_equal(strchr(said, '\n'), said + strlen(said) - 1);
}

static void line__is_cut__when_the_facts_are_long(void **state)
{
    (void)state;
    said_begin();
    log_info("long", "%05000d", 1);
    said_end();
    assert_true(strlen(said) < 1200);
    assert_int_equal(said[strlen(said) - 1], '\n');
}

static void line__is_dropped__when_below_the_level(void **state)
{
    (void)state;
    said_begin();
    log_set_level(LOG_ERROR);
    log_warn("quiet", "id=%d", 1);
    log_error("loud", "id=%d", 2);
    log_set_level(LOG_INFO);
    said_end();
    assert_null(strstr(said, "quiet"));
    assert_non_null(strstr(said, "level=error what=\"loud\" id=2\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line__is_logfmt__when_written),
        cmocka_unit_test(line__ends_behind_what__when_there_are_no_facts),
        cmocka_unit_test(line__stays_one_line__when_a_value_holds_controls),
        cmocka_unit_test(line__is_cut__when_the_facts_are_long),
        cmocka_unit_test(line__is_dropped__when_below_the_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
