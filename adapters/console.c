#include "adapters/console.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <poll.h>

#include "adapters/console_inner.h"
#include "adapters/console_write.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/loop.h"

#define NOTE_BYTES ((size_t)1024 * 1024)

/* An action that happened; its outcome is told in the next iteration. */
struct console_said {
    struct console_said *next;
    struct console *console;
    int64_t action_id;
    bool is_done;
    char *ref;              /* what it made, or NULL */
    char *channel, *person; /* where it is the bot's last message, or NULL */
};

static struct console_options chosen = {
    .input = STDIN_FILENO, .output = STDOUT_FILENO, .acks = -1};

void console_set_options(const struct console_options *options)
{
    chosen = *options;
}

bool console_is_virtual(void)
{
    return !chosen.is_terminal;
}

bool console_put(int fd, const char *bytes, size_t length_bytes)
{
    while (length_bytes > 0) {
        ssize_t written = write(fd, bytes, length_bytes);
        if (written < 0 && errno == EAGAIN) {
            struct pollfd asked = {.fd = fd, .events = POLLOUT};
            (void)poll(&asked, 1, -1);
        } else if (written < 0 && errno != EINTR) {
            return false;
        }
        if (written > 0) {
            bytes += written;
            length_bytes -= (size_t)written;
        }
    }
    return true;
}

bool console_told_add(struct console_told **told, const char *person, int64_t now_ms)
{
    struct console_told *one = *told;
    while (one && strcmp(one->person, person) != 0) {
        one = one->next;
    }
    if (one && now_ms - one->at_ms < TIME_MINUTE_MS) {
        return false;
    }
    if (!one) {
        size_t length_bytes = strlen(person) + 1;
        one = calloc(1, sizeof(*one) + length_bytes);
        INSIST(one);
        memcpy(one->person, person, length_bytes);
        one->next = *told;
        *told = one;
    }
    one->at_ms = now_ms;
    return true;
}

void console_told_destroy(struct console_told *told)
{
    while (told) {
        struct console_told *next = told->next;
        free(told);
        told = next;
    }
}

static bool console_create(struct adapter **adapter, const struct config *config,
                           struct ears *ears, struct loop *loop, struct err *err)
{
    (void)config;
    if (chosen.acks >= 0 && fcntl(chosen.acks, F_GETFD) < 0) {
        return err_set(err, ERR_BROKEN, "--acks %d: %s", chosen.acks, strerror(errno));
    }
    struct console *console = calloc(1, sizeof(*console));
    INSIST(console);
    console->adapter.kind = &console_adapter;
    console->ears = ears;
    console->loop = loop;
    console->options = chosen;
    console->arena = arena_create();
    if (chosen.is_terminal) {
        console->terminal = console_terminal_create(console);
    } else {
        console->script = console_script_create(console);
    }
    *adapter = &console->adapter;
    return true;
}

static void on_unread(void *arg)
{
    struct console *console = arg;
    (void)fprintf(stderr, "muster: the store can't be read. Nothing was done.\n");
    ear_finished(console->ears, &console->adapter, 1);
}

static void console_start(struct adapter *adapter)
{
    struct console *console = (struct console *)adapter;
    bool resume = console->options.resume && console->script;
    if (!console_memory_init(&console->memory, console->ears, adapter, resume)) {
        loop_soon(console->loop, on_unread, console);
        return;
    }
    if (console->terminal) {
        console_terminal_start(console->terminal);
    } else {
        console_script_start(console->script);
    }
}

static void console_settle(struct adapter *adapter, struct ticket ticket,
                           bool committed)
{
    struct console *console = (struct console *)adapter;
    if (console->is_stopped) {
        return;
    }
    if (console->terminal) {
        console_terminal_settle(console->terminal, ticket, committed);
    } else {
        console_script_settle(console->script, committed);
    }
}

static void said_destroy(struct console *console, struct console_said *said)
{
    struct console_said **at = &console->said;
    while (*at != said) {
        at = &(*at)->next;
    }
    *at = said->next;
    free(said->ref);
    free(said->channel);
    free(said->person);
    free(said);
}

static void tell_outcome(void *arg)
{
    struct console_said *said = arg;
    struct console *console = said->console;
    struct outcome outcome = {
        .kind = said->is_done ? OUTCOME_DONE : OUTCOME_AGAIN,
        .ref = said->ref,
        .name = said->ref && *said->ref == '#' ? said->ref : NULL,
    };
    if (!console->is_stopped) {
        if (said->is_done && said->channel) {
            console_memory_said(&console->memory, said->channel, said->person,
                                said->action_id);
        }
        if (console->terminal) {
            console_terminal_told(console->terminal);
        }
        ear_outcome(console->ears, &console->adapter, said->action_id, &outcome);
    }
    said_destroy(console, said);
}

/* What an action leaves behind: a channel, or a message that `^` can name. */
static void note_traces(struct arena *arena, struct console_said *said,
                        const struct action *action)
{
    switch (action->kind) {
    case ACTION_OPEN_CHANNEL: {
        const char *name = text_or(action->name, "unnamed");
        said->ref = text_keep(*name == '#' ? name : arena_printf(arena, "#%s", name));
        return;
    }
    case ACTION_WHISPER: said->person = text_keep(action->person); break;
    case ACTION_POST:
    case ACTION_DIRECT: break;
    case ACTION_AMEND:
    case ACTION_INVITE:
    case ACTION_SET_TOPIC:
    case ACTION_PIN:
    case ACTION_JOIN:
    case ACTION_LEAVE:
    case ACTION_REDACT:
    case ACTION_FORM:
    case ACTION_CANVAS:
    case ACTION_BOOKMARK:
    case ACTION_HOME:
    case ACTION_UPLOAD: return;
    }
    said->ref = text_keep(console_message_id(arena, action->id));
    said->channel =
        text_keep(action->kind == ACTION_DIRECT
                      ? arena_printf(arena, "@%s", text_or(action->person, "somebody"))
                      : action->channel);
}

static bool show(struct console *console, const struct action *action)
{
    if (console->terminal) {
        return console_terminal_show(console->terminal, action);
    }
    const char *lines =
        console_write_action(console->arena, action, console->options.as_json);
    return console_put(console->options.output, lines, strlen(lines));
}

static void console_perform(struct adapter *adapter, const struct action *action)
{
    struct console *console = (struct console *)adapter;
    if (console->is_stopped) {
        return;
    }
    struct console_said *said = calloc(1, sizeof(*said));
    INSIST(said);
    arena_reset(console->arena);
    said->console = console;
    said->action_id = action->id;
    said->next = console->said;
    console->said = said;
    note_traces(console->arena, said, action);
    said->is_done = show(console, action);
    if (!said->is_done && console->script) {
        console_script_give_up(console->script);
    }
    loop_soon(console->loop, tell_outcome, said);
}

static void console_stop(struct adapter *adapter)
{
    struct console *console = (struct console *)adapter;
    if (!console->is_stopped && console->terminal) {
        console_terminal_stop(console->terminal);
    }
    console->is_stopped = true;
}

static void console_destroy(struct adapter *adapter)
{
    struct console *console = (struct console *)adapter;
    if (!console) {
        return;
    }
    while (console->said) {
        struct console_said *said = console->said;
        loop_forget(console->loop, said);
        said_destroy(console, said);
    }
    loop_forget(console->loop, console);
    console_script_destroy(console->script);
    console_terminal_destroy(console->terminal);
    console_memory_finish(&console->memory);
    arena_destroy(console->arena);
    free(console);
}

/* One message after the other, so that after a crash at most one is said twice. */
const struct adapter_kind console_adapter = {
    .name = "console",
    .traits = ADAPTER_VIRTUAL_TIME | ADAPTER_BY_HANDLE,
    .max_note_bytes = NOTE_BYTES,
    .max_running = 1,
    .create = console_create,
    .start = console_start,
    .settle = console_settle,
    .perform = console_perform,
    .stop = console_stop,
    .destroy = console_destroy,
};
