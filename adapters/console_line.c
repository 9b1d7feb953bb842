#include "adapters/console_line.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <editline/readline.h>
#include <termios.h>
#include <uv.h>

#include "adapters/console_editor.h"
#include "bot/base/err.h"
#include "bot/base/text.h"

struct console_watch {
    uv_poll_t poll;
    struct loop *loop;
    int fd;
    bool is_open, is_on;
    loop_fn *ready;
    void *arg;
};

struct console_watch *console_watch_create(struct loop *loop, int fd, loop_fn *ready,
                                           void *arg)
{
    struct console_watch *watch = calloc(1, sizeof(*watch));
    INSIST(watch);
    watch->loop = loop;
    watch->fd = fd;
    watch->ready = ready;
    watch->arg = arg;
    return watch;
}

static void poll_ready(uv_poll_t *poll, int status, int events)
{
    struct console_watch *watch = poll->data;
    (void)status;
    (void)events;
    watch->ready(watch->arg);
}

/* libuv makes the descriptor non-blocking, for everybody who shares it, and leaves it
 * so. We ask before we read and don't need that. */
static void open_poll(struct console_watch *watch)
{
    int flags = fcntl(watch->fd, F_GETFL);
    INSIST(uv_poll_init(loop_uv(watch->loop), &watch->poll, watch->fd) == 0);
    (void)fcntl(watch->fd, F_SETFL, flags);
    watch->poll.data = watch;
    watch->is_open = true;
}

void console_watch_start(struct console_watch *watch)
{
    if (!watch->is_open) {
        open_poll(watch);
    }
    if (!watch->is_on) {
        INSIST(uv_poll_start(&watch->poll, UV_READABLE | UV_DISCONNECT, poll_ready) ==
               0);
        watch->is_on = true;
    }
}

void console_watch_stop(struct console_watch *watch)
{
    if (watch->is_on) {
        (void)uv_poll_stop(&watch->poll);
        watch->is_on = false;
    }
}

static void watch_closed(uv_handle_t *handle)
{
    free(handle->data);
}

void console_watch_destroy(struct console_watch *watch)
{
    if (watch && watch->is_open) {
        uv_close((uv_handle_t *)&watch->poll, watch_closed);
    } else {
        free(watch);
    }
}

#define HISTORY_LINES 500

/* The library has one editor a program, so has this file. */
static struct {
    struct loop *loop;
    struct console_watch *watch;
    console_editor_fn *fn;
    void *arg;
    char *history, *prompt;
    bool is_on;
    bool is_handling; /* a line was finished; the library still holds it */
    bool is_over;     /* that line is dealt with: libedit 3.1 would show it once more */
    bool can_move;    /* the terminal obeys cursor movements */
    bool has_before;  /* `before` holds how the terminal was set */
    struct termios before;
    uv_signal_t resized, continued;
} editor;

size_t console_editor_columns(void)
{
    struct winsize size = {0};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static size_t screen_columns(void)
{
    size_t columns = console_editor_columns();
    return columns > 0 ? columns : 80;
}

/* How many rows the cursor stands below the begin of the prompt. */
static size_t rows_below_prompt(void)
{
    size_t point = rl_point < 0 ? 0 : (size_t)rl_point;
    char *before = rl_line_buffer ? strndup(rl_line_buffer, point) : NULL;
    size_t columns = text_columns(editor.prompt ? editor.prompt : "") +
                     text_columns(before ? before : "");
    free(before);
    return columns / screen_columns();
}

/* Takes prompt and line off the screen; the cursor is where the prompt began. */
static void clear_line(void)
{
    if (!editor.can_move) {
        (void)printf("\n");
        return;
    }
    size_t rows = rows_below_prompt();
    if (rows > 0) {
        (void)printf("\033[%zuA", rows);
    }
    (void)printf("\r\033[J");
    (void)fflush(stdout);
}

/* With each line: we may be ended without a word. */
static void write_history_file(void)
{
    if (editor.history) {
        (void)write_history(editor.history);
        (void)chmod(editor.history, 0600);
    }
}

/* Tab completes nothing: names of files are no words of a chat. */
static char **complete_nothing(const char *text, int start, int end)
{
    (void)text;
    (void)start;
    (void)end;
    rl_attempted_completion_over = 1;
    return NULL;
}

static void line_ready(char *line)
{
    if (line && *line) {
        add_history(line);
        write_history_file();
    }
    editor.is_handling = true;
    editor.fn(editor.arg, line);
    editor.is_handling = false;
    editor.is_over = true;
    free(line);
}

static void show_again(void *arg)
{
    (void)arg;
    if (editor.is_on && editor.is_over) {
        editor.is_over = false;
        rl_callback_handler_remove();
        (void)printf(editor.can_move ? "\r\033[J" : "\r");
        rl_callback_handler_install(editor.prompt, line_ready);
    } else if (editor.is_on && editor.can_move) {
        clear_line();
        rl_forced_update_display();
    }
}

static void key_ready(void *arg)
{
    (void)arg;
    rl_callback_read_char();
    if (editor.is_on && (editor.is_over || rl_end == 0)) {
        loop_soon(editor.loop, show_again, &editor);
    }
    if (editor.is_over) { /* libedit keeps the old one until the next key */
        rl_point = rl_end = 0;
    }
}

static void read_history_file(void)
{
    if (editor.history) {
        int fd = open(editor.history, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        if (fd >= 0) {
            (void)close(fd);
        }
        (void)read_history(editor.history);
    }
}

/* Ctrl-C clears the line, so it must come as a key and not as a signal. */
static void take_interrupt_key(void)
{
    editor.has_before = tcgetattr(STDIN_FILENO, &editor.before) == 0;
    if (editor.has_before) {
        struct termios without = editor.before;
        without.c_cc[VINTR] = _POSIX_VDISABLE;
        (void)tcsetattr(STDIN_FILENO, TCSADRAIN, &without);
    }
}

static void screen_changed(uv_signal_t *handle, int signal_number)
{
    (void)handle;
    if (signal_number == SIGCONT) {
        rl_prep_terminal(1);
    } else {
        rl_resize_terminal();
    }
    loop_soon(editor.loop, show_again, &editor);
}

static void watch_screen(uv_signal_t *handle, int signal_number)
{
    INSIST(uv_signal_init(loop_uv(editor.loop), handle) == 0);
    INSIST(uv_signal_start(handle, screen_changed, signal_number) == 0);
}

void console_editor_start(struct loop *loop, const char *history, console_editor_fn *fn,
                          void *arg)
{
    const char *term = getenv("TERM");
    editor.can_move = term && *term && strcmp(term, "dumb") != 0;
    editor.loop = loop;
    editor.fn = fn;
    editor.arg = arg;
    editor.history = text_keep(history);
    editor.is_on = true;
    take_interrupt_key();
    watch_screen(&editor.resized, SIGWINCH);
    watch_screen(&editor.continued, SIGCONT);
    rl_catch_signals = 0; /* they are the loop's */
    rl_readline_name = "muster";
    rl_attempted_completion_function = complete_nothing;
    using_history();
    stifle_history(HISTORY_LINES);
    read_history_file();
    rl_callback_handler_install(editor.prompt ? editor.prompt : "> ", line_ready);
    (void)rl_parse_and_bind("bind ^C em-kill-line");
    editor.watch = console_watch_create(loop, STDIN_FILENO, key_ready, NULL);
    console_watch_start(editor.watch);
}

void console_editor_stop(void)
{
    if (!editor.is_on) {
        return;
    }
    editor.is_on = false;
    loop_forget(editor.loop, &editor);
    console_watch_stop(editor.watch);
    console_watch_destroy(editor.watch);
    rl_callback_handler_remove();
    if (editor.has_before) {
        (void)tcsetattr(STDIN_FILENO, TCSADRAIN, &editor.before);
    }
    uv_close((uv_handle_t *)&editor.resized, NULL);
    uv_close((uv_handle_t *)&editor.continued, NULL);
    write_history_file();
    free(editor.history);
    free(editor.prompt);
    editor.history = editor.prompt = NULL;
    (void)fputs("\n", stdout);
    (void)fflush(stdout);
}

void console_editor_prompt(const char *prompt)
{
    text_replace(&editor.prompt, prompt);
    if (editor.is_on) {
        rl_set_prompt(editor.prompt);
        loop_soon(editor.loop, show_again, &editor);
    }
}

void console_editor_say(const char *lines)
{
    bool is_typing = editor.is_on && !editor.is_handling;
    if (is_typing) {
        clear_line();
    }
    (void)printf("%s%s", editor.can_move ? "\r\033[J" : "\r", lines);
    (void)fflush(stdout);
    if (is_typing) {
        rl_forced_update_display();
    } else if (editor.is_on) {
        loop_soon(editor.loop, show_again, &editor);
    }
}
