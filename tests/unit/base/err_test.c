#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "bot/base/err.h"

static void set__fills_and_is_false__when_something_fails(void **state)
{
    (void)state;
    struct err err = {0};
    assert_false(err_set(&err, ERR_GONE, "no incident %d", 42));
    assert_int_equal(err.kind, ERR_GONE);
    assert_string_equal(err.text, "no incident 42");
    assert_false(err_set(NULL, ERR_AGAIN, "nobody listens"));
}

static void set__cuts__when_the_text_is_long(void **state)
{
    (void)state;
    struct err err = {0};
    assert_false(err_set(&err, ERR_BROKEN, "%0500d", 1));
    assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
}

static void set__wraps__when_the_old_text_is_an_argument(void **state)
{
    (void)state;
    struct err err = {0};
    (void)err_set(&err, ERR_DENIED, "disk is full");
    (void)err_set(&err, err.kind, "cannot write: %s", err.text);
    assert_int_equal(err.kind, ERR_DENIED);
    assert_string_equal(err.text, "cannot write: disk is full");
}

/* The child's standard error comes back through the pipe. */
static int child_status(int number, char *said, size_t said_bytes)
{
    int ends[2], status = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        (void)signal(SIGABRT, SIG_DFL);
        (void)dup2(ends[1], STDERR_FILENO);
        INSIST(number == 1);
        _exit(0);
    }
    (void)close(ends[1]);
    ssize_t count = read(ends[0], said, said_bytes - 1);
    said[count > 0 ? count : 0] = '\0';
    (void)close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void insist__aborts_and_says_where__when_it_does_not_hold(void **state)
{
    (void)state;
    char said[256];
    int status = child_status(2, said, sizeof(said));
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    assert_non_null(strstr(said, "err_test.c:"));
    assert_non_null(strstr(said, "number == 1"));
    status = child_status(1, said, sizeof(said));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_string_equal(said, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(set__fills_and_is_false__when_something_fails),
        cmocka_unit_test(set__cuts__when_the_text_is_long),
        cmocka_unit_test(set__wraps__when_the_old_text_is_an_argument),
        cmocka_unit_test(insist__aborts_and_says_where__when_it_does_not_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
