#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>
#include <locale.h>
#include <termios.h>

#include "bot/base/time.h"
#include "tests/terminal/session.h"

#define CTRL_A "\001"
#define CTRL_C "\003"
#define CTRL_D "\004"

static void newcomer__has_an_incident__with_help_alone(void **state)
{
    (void)state;
    struct session session;
    session_start(&session, "vt100", false);
    session_type(&session, "help\r");
    session_await(&session, "!inc declare checkout fails");
    session_type(&session, "!inc declare checkout fails\r");
    session_await(&session, "inc-1 checkout fails is open");
    session_await(&session, "ana #inc-1-checkout-fails>");
    session_type(&session, "!inc lead\r");
    session_await(&session, "ana leads since");
    session_await(&session, "(only ana sees this)");
    session_type(&session, "/quit\r");
    assert_int_equal(session_end(&session), 0);
}

/* The bot speaks of a silent task while a line that wraps is being typed. */
static void line__stays_whole__while_the_bot_speaks(void **state)
{
    (void)state;
    struct session session;
    session_start(&session, "vt100", false);
    session_type(&session, "!inc declare db\r");
    session_await_line(&session, "5 ana #inc-1-db>");
    session_type(&session, "/as bo\r");
    session_type(&session, "here I am\r");
    session_type(&session, "/as ana\r");
    session_await_line(&session, "6 ana #inc-1-db>");
    session_type(&session, "!inc task @bo look\r"
                           "h\xc3\xa4lf a line of \xe6\xbc\xa2\xe5\xad\x97 that goes "
                           "on and on into the next row");
    session_await(&session, "bo has not answered");
    session_await_line(&session, "o the next row");
    assert_true(session_shows(&session,
                              "9 ana #inc-1-db> h\xc3\xa4lf a line of "
                              "\xe6\xbc\xa2\xe5\xad\x97 that goes on and on int"));
    assert_false(session_shows(&session, "8 ana #inc-1-db> h"));
    assert_false(session_shows(&session, "7 ana #inc-1-db> h"));
    session_type(&session, CTRL_A "X");
    session_await_line(&session, "9 ana #inc-1-db> Xh\xc3\xa4lf a line of "
                                 "\xe6\xbc\xa2\xe5\xad\x97 that goes on and on in");
    session_type(&session, "YZ\r");
    session_await_line(&session, "10 ana #inc-1-db>");
    session_type(&session, "/edit 9 better\r");
    session_await_line(&session, "10 ana #inc-1-db>");
    session_type(&session, "/edit 8 not mine\r");
    session_await(&session, "Only who wrote it");
    session_type(&session, "!inc timeline all\r");
    session_await(&session, "better");
    session_await_line(&session, "12 ana #inc-1-db>");
    session_type(&session, CTRL_D);
    assert_int_equal(session_end(&session), 0);
}

static void word__says_how_it_is_typed__when_it_can_not_be_meant(void **state)
{
    (void)state;
    struct session session;
    session_start(&session, "vt100", false);
    session_type(&session, "hello\r");
    session_await_line(&session, "2 ana #ops>");
    session_type(&session, "/react 1 pushpin\r");
    session_await(&session, "/react EMOJI N: no message has that");
    session_type(&session, "/edit\r");
    session_await(&session, "/edit N TEXT: no message has that");
    session_type(&session, "/delete 99\r");
    session_await(&session, "/delete N: no message has that");
    session_type(&session, "/edit 1\r");
    session_await(&session, "/edit N TEXT: what it shall say");
    session_type(&session, "/quit\r");
    assert_int_equal(session_end(&session), 0);
}

static void line__is_cleared__by_ctrl_c(void **state)
{
    (void)state;
    struct session session;
    struct termios during, after;
    session_start(&session, "vt100", false);
    session_type(&session, "never to be said" CTRL_C);
    session_await_line(&session, "1 ana #ops>");
    session_type(&session, "/as bo\r");
    session_await_line(&session, "1 bo #ops>");
    session_type(&session, "/nonsense\r");
    session_await(&session, "Not sent");
    assert_int_equal(tcgetattr(session.fd, &during), 0);
    assert_int_equal(during.c_cc[VINTR], 0);
    session_type(&session, "/quit\r");
    int64_t deadline_ms = time_steady_ms() + 60000;
    do {
        assert_true(time_steady_ms() < deadline_ms);
        assert_int_equal(tcgetattr(session.fd, &after), 0);
    } while (after.c_cc[VINTR] == 0);
    assert_int_equal(session_end(&session), 0);
}

static bool has_colour(const struct session *session)
{
    return strstr(session->raw, "\033[1;36m") || strstr(session->raw, "\033[2m");
}

/* How it prints an answer under these settings. */
static void answer(struct session *session, const char *term, bool no_colour)
{
    session_start(session, term, no_colour);
    session_type(session, "!inc list\r");
    session_await(session, "No open incident");
}

static void colour__is_there__unless_the_environment_says_no(void **state)
{
    (void)state;
    struct session session;
    answer(&session, "vt100", false);
    assert_true(has_colour(&session));
    session_await_line(&session, "3 ana #ops>");
    session_type(&session, CTRL_D);
    assert_int_equal(session_end(&session), 0);
    answer(&session, "vt100", true);
    session_await_line(&session, "3 ana #ops>");
    assert_false(has_colour(&session));
    session_type(&session, CTRL_D);
    assert_int_equal(session_end(&session), 0);
}

static void terminal__gets_no_sequences__when_dumb(void **state)
{
    (void)state;
    struct session session;
    answer(&session, "dumb", false);
    assert_null(strchr(session.raw, '\033'));
    session_type(&session, "/quit\r");
    assert_int_equal(session_end(&session), 0);
}

static void history__is_kept__for_its_owner_alone(void **state)
{
    (void)state;
    struct session session;
    struct stat kept;
    char path[96];
    session_start(&session, "vt100", false);
    session_type(&session, "the first\r");
    session_await_line(&session, "2 ana #ops>");
    session_type(&session, "\033[A");
    session_await_line(&session, "2 ana #ops> the first");
    (void)snprintf(path, sizeof(path), "%s/muster/history", session.folder);
    assert_int_equal(stat(path, &kept), 0);
    assert_int_equal(kept.st_mode & 0777, 0600);
    session_type(&session, CTRL_C);
    session_await_line(&session, "2 ana #ops>");
    session_type(&session, CTRL_D);
    assert_int_equal(session_end(&session), 0);
}

/* Killed, it goes on as the same person in the same place, and knows what was typed. */
static void console__goes_on_where_it_was__when_killed(void **state)
{
    (void)state;
    struct session session;
    session_start(&session, "vt100", false);
    session_type(&session, "/as bo\r");
    session_type(&session, "!inc declare db\r");
    session_await_line(&session, "5 bo #inc-1-db>");
    session_type(&session, "looking\r");
    session_await_line(&session, "6 bo #inc-1-db>");
    session_restart(&session, "6 bo #inc-1-db>");
    session_await(&session, "Open: #inc-1-db. To go there: /go");
    session_type(&session, "\033[A");
    session_await_line(&session, "6 bo #inc-1-db> looking");
    session_type(&session, CTRL_C "/edit 5 done\r"); /* of the other start: not there */
    session_await(&session, "/edit N TEXT: no message has that number");
    session_await_line(&session, "6 bo #inc-1-db>");
    session_type(&session, CTRL_D);
    assert_int_equal(session_end(&session), 0);
}

static void pin__comes_off__when_it_is_set_again(void **state)
{
    (void)state;
    struct session session;
    session_start(&session, "vt100", false);
    session_type(&session, "!inc declare db\r");
    session_await_line(&session, "5 ana #inc-1-db>");
    session_type(&session, "it hangs\r");
    session_await_line(&session, "6 ana #inc-1-db>");
    session_type(&session, "/react pushpin 5\r");
    session_await(&session, "Key moment: ana");
    session_type(&session, "/react pushpin 5\r");
    session_await(&session, "pushpin is off 5 again.");
    session_await(&session, "No key moment any more");
    session_type(&session, "/quit\r");
    assert_int_equal(session_end(&session), 0);
}

static void name_of_the_bot__is_nobodys(void **state)
{
    (void)state;
    struct session session;
    session_start(&session, "vt100", false);
    session_type(&session, "/as muster\r");
    session_await(&session, "That is the bot.");
    session_await_line(&session, "1 ana #ops>");
    session_type(&session, "/quit\r");
    assert_int_equal(session_end(&session), 0);
}

/* The root folder of any machine has an etc. */
static void tab__completes_no_file(void **state)
{
    (void)state;
    struct session session;
    session_start(&session, "vt100", false);
    session_type(&session, "see /et\tX");
    session_await_line(&session, "1 ana #ops> see /etX");
    session_type(&session, CTRL_C CTRL_D);
    assert_int_equal(session_end(&session), 0);
}

/* The screen has 60 columns, four of them before each row of an answer. */
static void answer__breaks_between_words__when_it_is_longer_than_a_row(void **state)
{
    (void)state;
    struct session session;
    session_start(&session, "vt100", false);
    session_type(&session, "!inc declare db\r");
    session_await_line(&session, "5 ana #inc-1-db>");
    session_type(&session,
                 "!inc title caf\xc3\xa9s in \xe6\xbc\xa2\xe5\xad\x97 "
                 "\xe6\xbc\xa2\xe5\xad\x97 \xe6\xbc\xa2\xe5\xad\x97 are shut\r");
    session_await(&session,
                  "    Title: caf\xc3\xa9s in \xe6\xbc\xa2\xe5\xad\x97 "
                  "\xe6\xbc\xa2\xe5\xad\x97 \xe6\xbc\xa2\xe5\xad\x97 are shut "
                  "(was db). The");
    assert_true(session_shows(&session, "    channel keeps its name."));
    session_type(&session, "/quit\r");
    assert_int_equal(session_end(&session), 0);
}

/* Nothing was typed, and the prompt is there as before: a line is still edited, and
 * Ctrl-D still leaves. */
static void prompt__comes_back__when_the_line_is_empty(void **state)
{
    (void)state;
    struct session session;
    session_start(&session, "vt100", false);
    session_type(&session, "\r");
    session_await_line(&session, "1 ana #ops>");
    session_type(&session, "XY" CTRL_A "a");
    session_await_line(&session, "1 ana #ops> aXY");
    session_type(&session, CTRL_C "\r" CTRL_D);
    assert_int_equal(session_end(&session), 0);
}

static void place__is_found_by_number__and_a_slip_is_named(void **state)
{
    (void)state;
    struct session session;
    session_start(&session, "vt100", false);
    session_type(&session, "!inc declare db\r");
    session_await_line(&session, "5 ana #inc-1-db>");
    session_type(&session, "/go ops\r");
    session_await_line(&session, "5 ana #ops>");
    session_type(&session, "/go inc-1\r");
    session_await_line(&session, "5 ana #inc-1-db>");
    session_type(&session, "/go @bo\r");
    session_await(&session, "/go @muster to talk to the bot alone.");
    session_await_line(&session, "5 ana #inc-1-db>");
    session_type(&session, "/go #inc-2\r");
    session_await(&session, "No open incident is in #inc-2.");
    session_type(&session, "quit\r");
    session_await(&session, "Not said. To leave: /quit");
    session_type(&session, "/quit\r");
    assert_int_equal(session_end(&session), 0);
}

int main(void)
{
    (void)setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(newcomer__has_an_incident__with_help_alone),
        cmocka_unit_test(line__stays_whole__while_the_bot_speaks),
        cmocka_unit_test(word__says_how_it_is_typed__when_it_can_not_be_meant),
        cmocka_unit_test(line__is_cleared__by_ctrl_c),
        cmocka_unit_test(colour__is_there__unless_the_environment_says_no),
        cmocka_unit_test(terminal__gets_no_sequences__when_dumb),
        cmocka_unit_test(history__is_kept__for_its_owner_alone),
        cmocka_unit_test(console__goes_on_where_it_was__when_killed),
        cmocka_unit_test(pin__comes_off__when_it_is_set_again),
        cmocka_unit_test(name_of_the_bot__is_nobodys),
        cmocka_unit_test(tab__completes_no_file),
        cmocka_unit_test(answer__breaks_between_words__when_it_is_longer_than_a_row),
        cmocka_unit_test(prompt__comes_back__when_the_line_is_empty),
        cmocka_unit_test(place__is_found_by_number__and_a_slip_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
