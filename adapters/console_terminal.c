/*
 * A person at a terminal. What they type is said by whoever they are now, where they
 * are now; what lines are for the terminal itself console_slash.c knows.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/console_editor.h"
#include "adapters/console_inner.h"
#include "adapters/console_place.h"
#include "adapters/console_read.h"
#include "adapters/console_screen.h"
#include "adapters/console_terminal_inner.h"
#include "bot/base/err.h"
#include "bot/base/text.h"

#define HISTORY_BYTES 512

void console_terminal_tell(struct console_terminal *terminal, const char *words)
{
    arena_reset(terminal->console->arena);
    console_editor_say(arena_printf(
        terminal->console->arena, "%s\n",
        console_screen_dim(terminal->screen, terminal->console->arena, words)));
}

void console_terminal_prompt(struct console_terminal *terminal)
{
    char prompt[3 * CONSOLE_WORD_BYTES];
    (void)snprintf(prompt, sizeof(prompt), "%lld %s %s> ",
                   (long long)console_screen_next(terminal->screen), terminal->who,
                   terminal->where);
    console_editor_prompt(prompt);
}

struct console_terminal *console_terminal_create(struct console *console)
{
    struct console_terminal *terminal = calloc(1, sizeof(*terminal));
    const char *name = console->options.as;
    INSIST(terminal);
    if (!name) {
        name = getenv("USER");
    }
    terminal->console = console;
    terminal->screen = console_screen_create();
    if (!name || text_same(name, CONSOLE_BOT)) {
        name = "me";
    }
    (void)snprintf(terminal->who, sizeof(terminal->who), "%s", name);
    (void)snprintf(terminal->where, sizeof(terminal->where), "#ops");
    return terminal;
}

void console_terminal_destroy(struct console_terminal *terminal)
{
    if (!terminal) {
        return;
    }
    console_editor_stop();
    console_told_destroy(terminal->told);
    console_screen_destroy(terminal->screen);
    free(terminal);
}

static void keep_place(struct console_terminal *terminal)
{
    console_place_keep(&terminal->console->memory, terminal->who, terminal->where,
                       console_screen_next(terminal->screen) - 1);
}

void console_terminal_hear(struct console_terminal *terminal, struct console_line *line,
                           const struct console_shown *about)
{
    struct console *console = terminal->console;
    struct arena *arena = ear_arena(console->ears);
    struct chat_event event;
    terminal->line += 1;
    const char *id =
        arena_printf(arena, "%lld.%lld", (long long)console->memory.session,
                     (long long)terminal->line);
    line->name = terminal->who;
    line->channel = about ? about->place : terminal->where;
    console_read_event(arena, line, id, about ? about->message : NULL, &event);
    event.at_ms = ear_now_ms(console->ears);
    if (!about) {
        console_screen_add(terminal->screen, id, terminal->where, terminal->who);
    }
    console->memory.clock.now_ms = event.at_ms;
    console_memory_reach(&console->memory, terminal->line);
    keep_place(terminal);
    ear_event(console->ears, &console->adapter, &event,
              (struct ticket){.number = terminal->line});
    console_terminal_prompt(terminal);
}

void console_terminal_go(struct console_terminal *terminal, const char *place)
{
    bool has_sign = *place == '#' || strcmp(place, CONSOLE_DIRECT) == 0;
    (void)snprintf(terminal->where, sizeof(terminal->where), "%s%s",
                   has_sign ? "" : "#", place);
    console_terminal_prompt(terminal);
}

void console_terminal_quit(struct console_terminal *terminal)
{
    if (!terminal->is_over) {
        terminal->is_over = true;
        console_editor_stop();
        ear_finished(terminal->console->ears, &terminal->console->adapter, 0);
    }
}

static void say(struct console_terminal *terminal, const char *text)
{
    struct arena *arena = ear_arena(terminal->console->ears);
    struct console_line line = {.event = CHAT_SAID,
                                .text = text_clean(arena, text, strlen(text))};
    console_terminal_hear(terminal, &line, NULL);
}

/* A newcomer types `help` before they know of any prefix. */
static bool asks_for_help(const char *line)
{
    return text_same(line, "help") || text_same(line, "?");
}

static void line_typed(void *arg, const char *line)
{
    struct console_terminal *terminal = arg;
    if (terminal->is_over) {
        return;
    }
    if (!line) {
        console_terminal_quit(terminal);
        return;
    }
    line += strspn(line, " \t");
    if (*line == '\0' || console_slash_obey(terminal, line)) {
        return;
    }
    if (text_same(line, "quit") || text_same(line, "exit")) {
        console_terminal_tell(terminal, "Not said. To leave: /quit");
        return;
    }
    if (asks_for_help(line) && strcmp(terminal->where, CONSOLE_DIRECT) != 0) {
        console_editor_say(console_slash_help);
        say(terminal, "!inc help");
        return;
    }
    say(terminal, line);
}

/* $XDG_STATE_HOME/muster/history; the folder is the store's, made by it. */
static const char *history_path(char *path, size_t size_bytes)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    if (state && *state == '/') {
        (void)snprintf(path, size_bytes, "%s/muster/history", state);
    } else {
        (void)snprintf(path, size_bytes, "%s/.local/state/muster/history",
                       text_or(home, "."));
    }
    return path;
}

void console_terminal_start(struct console_terminal *terminal)
{
    char path[HISTORY_BYTES];
    console_place_recall(terminal->console, terminal->who, terminal->where,
                         CONSOLE_WORD_BYTES);
    console_screen_go_on(terminal->screen,
                         console_place_count(&terminal->console->memory));
    console_terminal_prompt(terminal);
    arena_reset(terminal->console->arena);
    console_editor_say(arena_printf(
        terminal->console->arena,
        "Muster. You are %s in %s; say what you like. What there is to type: help\n",
        terminal->who, terminal->where));
    console_editor_say(console_place_open(terminal->console));
    console_editor_start(terminal->console->loop, history_path(path, sizeof(path)),
                         line_typed, terminal);
}

void console_terminal_settle(struct console_terminal *terminal, struct ticket ticket,
                             bool committed)
{
    (void)ticket;
    if (!committed && console_told_add(&terminal->told, terminal->who,
                                       ear_now_ms(terminal->console->ears))) {
        console_terminal_tell(terminal, CONSOLE_NOT_RECORDED);
    }
}

/* Whoever opens a channel wants to be there. */
static void follow(struct console_terminal *terminal, const struct action *action)
{
    const char *name = text_or(action->name, "unnamed");
    char back[CONSOLE_WORD_BYTES];
    (void)snprintf(back, sizeof(back), "%s", terminal->where);
    console_terminal_go(terminal, name);
    arena_reset(terminal->console->arena);
    console_terminal_tell(terminal, arena_printf(ear_arena(terminal->console->ears),
                                                 "You are in %s now. Back: /go %s",
                                                 terminal->where, back));
}

bool console_terminal_show(struct console_terminal *terminal,
                           const struct action *action)
{
    if (action->kind == ACTION_OPEN_CHANNEL) {
        follow(terminal, action);
        return true;
    }
    const char *lines =
        console_screen_action(terminal->screen, terminal->console->arena, action,
                              ear_now_ms(terminal->console->ears));
    if (*lines != '\0') {
        console_editor_say(lines);
        console_terminal_prompt(terminal);
    }
    return true;
}

void console_terminal_told(struct console_terminal *terminal)
{
    keep_place(terminal);
}

void console_terminal_stop(struct console_terminal *terminal)
{
    (void)terminal;
    console_editor_stop();
}
