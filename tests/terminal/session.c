#include "tests/terminal/session.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <poll.h>
#include <pty.h>

#include "bot/base/time.h"

#define DEADLINE_MS 60000

static const char settings[] = "nudges:\n  task_silent: 1s\n";

static void become_console(const char *folder, const char *term, bool no_colour,
                           bool is_named)
{
    char path[96];
    (void)snprintf(path, sizeof(path), "%s/muster.yaml", folder);
    (void)setenv("XDG_STATE_HOME", folder, 1);
    (void)setenv("HOME", folder, 1);
    (void)setenv("TERM", term, 1);
    (void)setenv("LC_ALL", "C.UTF-8", 1);
    (void)unsetenv("MUSTER_STORE");
    (void)unsetenv("NO_COLOR");
    if (no_colour) {
        (void)setenv("NO_COLOR", "1", 1);
    }
    (void)execl(MUSTER_BINARY, "muster", "console", "--config", path,
                is_named ? "--as" : (char *)NULL, "ana", (char *)NULL);
    _exit(127);
}

void session_start(struct session *session, const char *term, bool no_colour)
{
    struct winsize size = {.ws_row = SCREEN_ROWS, .ws_col = SCREEN_COLUMNS};
    char path[96];
    *session = (struct session){.folder = "/tmp/muster-terminal-XXXXXX"};
    assert_non_null(mkdtemp(session->folder));
    (void)snprintf(path, sizeof(path), "%s/muster.yaml", session->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs(settings, file);
    assert_int_equal(fclose(file), 0);
    session->pid = forkpty(&session->fd, NULL, NULL, &size);
    assert_true(session->pid >= 0);
    if (session->pid == 0) {
        become_console(session->folder, term, no_colour, true);
    }
    session_await(session, "1 ana #ops>");
}

void session_restart(struct session *session, const char *prompt)
{
    struct winsize size = {.ws_row = SCREEN_ROWS, .ws_col = SCREEN_COLUMNS};
    int status;
    assert_int_equal(kill(session->pid, SIGKILL), 0);
    assert_int_equal(waitpid(session->pid, &status, 0), session->pid);
    (void)close(session->fd);
    session->screen = (struct screen){0};
    session->pid = forkpty(&session->fd, NULL, NULL, &size);
    assert_true(session->pid >= 0);
    if (session->pid == 0) {
        become_console(session->folder, "vt100", false, false);
    }
    session_await(session, prompt);
}

void session_type(struct session *session, const char *keys)
{
    assert_int_equal(write(session->fd, keys, strlen(keys)), (ssize_t)strlen(keys));
}

/* Takes what it prints within `wait_ms`. False: nothing came, or it has ended. */
static bool read_some(struct session *session, int wait_ms)
{
    char bytes[4096];
    struct pollfd asked = {.fd = session->fd, .events = POLLIN};
    ssize_t length =
        poll(&asked, 1, wait_ms) > 0 ? read(session->fd, bytes, sizeof(bytes)) : 0;
    if (length <= 0) {
        return false;
    }
    screen_feed(&session->screen, bytes, (size_t)length);
    session->raw = realloc(session->raw, session->raw_bytes + (size_t)length + 1);
    assert_non_null(session->raw);
    memcpy(session->raw + session->raw_bytes, bytes, (size_t)length);
    session->raw_bytes += (size_t)length;
    session->raw[session->raw_bytes] = '\0';
    return true;
}

bool session_shows(const struct session *session, const char *words)
{
    char row[4 * SCREEN_COLUMNS + 1];
    for (size_t i = 0; i < SCREEN_ROWS; i++) {
        screen_row(&session->screen, i, row, sizeof(row));
        if (strstr(row, words)) {
            return true;
        }
    }
    return false;
}

static void print_screen(const struct session *session)
{
    char row[4 * SCREEN_COLUMNS + 1];
    for (size_t i = 0; i < SCREEN_ROWS; i++) {
        screen_row(&session->screen, i, row, sizeof(row));
        print_message("|%s\n", row);
    }
}

void session_await(struct session *session, const char *words)
{
    int64_t deadline_ms = time_steady_ms() + DEADLINE_MS;
    while (!session_shows(session, words)) {
        if (time_steady_ms() > deadline_ms) {
            print_screen(session);
            fail_msg("not seen: %s", words);
        }
        (void)read_some(session, 100);
    }
}

void session_await_line(struct session *session, const char *line)
{
    int64_t deadline_ms = time_steady_ms() + DEADLINE_MS;
    char row[4 * SCREEN_COLUMNS + 1];
    for (;;) {
        bool is_moving = read_some(session, 200);
        screen_row(&session->screen, session->screen.row, row, sizeof(row));
        if (!is_moving && strcmp(row, line) == 0) {
            return;
        }
        if (time_steady_ms() > deadline_ms) {
            print_screen(session);
            fail_msg("the cursor's row is not: %s", line);
        }
    }
}

int session_end(struct session *session)
{
    int status = 0;
    char command[96];
    int64_t deadline_ms = time_steady_ms() + DEADLINE_MS;
    while (waitpid(session->pid, &status, WNOHANG) == 0) {
        (void)read_some(session, 50);
        if (time_steady_ms() > deadline_ms) {
            fail_msg("it does not end");
        }
    }
    while (read_some(session, 0)) {
    }
    (void)close(session->fd);
    free(session->raw);
    (void)snprintf(command, sizeof(command), "rm -r '%s'", session->folder);
    assert_int_equal(system(command), 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
