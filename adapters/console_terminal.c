/*
 * A person at a terminal. What they type is said by whoever they are now, where they
 * are now; lines that begin with a slash and are no command of the bot are for the
 * terminal.
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
#include "bot/base/err.h"
#include "bot/base/text.h"
#include "bot/words.h"

#define WORD_BYTES    96
#define HISTORY_BYTES 512
#define BOT           (CONSOLE_DIRECT + 1) /* its name, nobody else's */

struct console_terminal {
    struct console *console;
    struct console_screen *screen;
    struct console_told *told;
    char who[WORD_BYTES], where[WORD_BYTES];
    int64_t line; /* of the session */
    bool is_over;
};

static const char help[] =
    "  /as NAME          be somebody else            /go #channel   be somewhere else\n"
    "  /go @muster       talk to the bot alone       /react EMOJI N, /edit N TEXT, "
    "/delete N\n"
    "  /quit             leave                       /react again takes it off\n"
    "  Commands of the bot: help\n";

static void tell(struct console_terminal *terminal, const char *words)
{
    arena_reset(terminal->console->arena);
    console_editor_say(arena_printf(
        terminal->console->arena, "%s\n",
        console_screen_dim(terminal->screen, terminal->console->arena, words)));
}

/* "7 ana #ops> ": the number is what this line will go by. */
static void show_prompt(struct console_terminal *terminal)
{
    char prompt[3 * WORD_BYTES];
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
    if (!name || text_same(name, BOT)) {
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

/* Hands one event up; `line` says what. `about` is the message it is about, which also
 * says where; NULL: it is a message of its own, here. */
static void hear(struct console_terminal *terminal, struct console_line *line,
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
    show_prompt(terminal);
}

static void say(struct console_terminal *terminal, const char *text)
{
    struct arena *arena = ear_arena(terminal->console->ears);
    struct console_line line = {.event = CHAT_SAID,
                                .text = text_clean(arena, text, strlen(text))};
    hear(terminal, &line, NULL);
}

/* The message behind a number; says so where there is none, and how it is typed. */
static const struct console_shown *find_message(struct console_terminal *terminal,
                                                const char *word, const char *usage)
{
    char *end = NULL;
    int64_t number = strtoll(word, &end, 10);
    bool is_number = end != word && (*end == '\0' || *end == ' ');
    const struct console_shown *shown =
        is_number ? console_screen_find(terminal->screen, number) : NULL;
    if (!shown) {
        tell(terminal, arena_printf(ear_arena(terminal->console->ears),
                                    "%s: no message has that number. Numbers stand "
                                    "before each.",
                                    usage));
    }
    return shown;
}

/* The same, where only who wrote it may. */
static const struct console_shown *find_own(struct console_terminal *terminal,
                                            const char *word, const char *usage)
{
    const struct console_shown *shown = find_message(terminal, word, usage);
    if (shown && !text_equal(shown->author, terminal->who)) {
        tell(terminal, "Only who wrote it can do that. To be them: /as NAME");
        return NULL;
    }
    return shown;
}

/* A word, or several in quotes. */
static void do_as(struct console_terminal *terminal, const char *rest)
{
    bool is_quoted = *rest == '"';
    rest += is_quoted || *rest == '@';
    size_t length = strcspn(rest, is_quoted ? "\"" : " \t");
    bool is_whole = rest[length] == (is_quoted ? '"' : '\0') &&
                    text_is_empty(rest + length + is_quoted);
    if (length == 0 || length >= WORD_BYTES || !is_whole) {
        tell(terminal, "/as NAME: one word, or several in quotes.");
        return;
    }
    if (length == strlen(BOT) && text_starts(rest, BOT)) {
        tell(terminal, "That is the bot. Anybody else: /as NAME");
        return;
    }
    (void)snprintf(terminal->who, sizeof(terminal->who), "%.*s", (int)length, rest);
    show_prompt(terminal);
}

static void do_go(struct console_terminal *terminal, const char *rest)
{
    bool has_sign = *rest == '#' || strcmp(rest, CONSOLE_DIRECT) == 0;
    if (*rest == '\0' || strpbrk(rest, " \t") || strlen(rest) + 1 >= WORD_BYTES) {
        tell(terminal, "/go #channel, or /go @muster to talk to the bot alone.");
        return;
    }
    (void)snprintf(terminal->where, sizeof(terminal->where), "%s%s",
                   has_sign ? "" : "#", rest);
    show_prompt(terminal);
}

/* Typed again it comes off, as a click on it would do elsewhere. */
static void do_react(struct console_terminal *terminal, const char *rest)
{
    struct arena *arena = ear_arena(terminal->console->ears);
    size_t length = strcspn(rest, " ");
    const char *number = rest + length + strspn(rest + length, " ");
    const struct console_shown *about =
        find_message(terminal, number, "/react EMOJI N");
    struct console_line line = {.event = CHAT_REACTED,
                                .argument = text_clean(arena, rest, length)};
    if (!about) {
        return;
    }
    if (!console_screen_mark(terminal->screen, strtoll(number, NULL, 10), terminal->who,
                             line.argument)) {
        line.event = CHAT_UNREACTED;
        tell(terminal,
             arena_printf(arena, "%s is off %s again.", line.argument, number));
    }
    hear(terminal, &line, about);
}

static void do_edit(struct console_terminal *terminal, const char *rest)
{
    struct arena *arena = ear_arena(terminal->console->ears);
    const char *text = rest + strcspn(rest, " ");
    const struct console_shown *about = find_own(terminal, rest, "/edit N TEXT");
    struct console_line line = {
        .event = CHAT_EDITED,
        .text = text_trim(arena, text_clean(arena, text, strlen(text)))};
    if (about && *line.text == '\0') {
        tell(terminal, "/edit N TEXT: what it shall say. To take it away: /delete N");
    } else if (about) {
        hear(terminal, &line, about);
    }
}

static void do_delete(struct console_terminal *terminal, const char *rest)
{
    const struct console_shown *about = find_own(terminal, rest, "/delete N");
    struct console_line line = {.event = CHAT_DELETED, .text = ""};
    if (about) {
        hear(terminal, &line, about);
    }
}

static void do_help(struct console_terminal *terminal, const char *rest)
{
    (void)terminal;
    (void)rest;
    console_editor_say(help);
}

static void do_quit(struct console_terminal *terminal, const char *rest)
{
    (void)rest;
    if (!terminal->is_over) {
        terminal->is_over = true;
        console_editor_stop();
        ear_finished(terminal->console->ears, &terminal->console->adapter, 0);
    }
}

static const struct {
    const char *name;
    void (*run)(struct console_terminal *terminal, const char *rest);
} words[] = {{"/as", do_as},     {"/go", do_go},         {"/react", do_react},
             {"/edit", do_edit}, {"/delete", do_delete}, {"/help", do_help},
             {"/quit", do_quit}};

/* "/foo": a slip of the hand, and nothing to be said aloud. "/var/log" is a message. */
static bool is_slip(const char *line, size_t length)
{
    bool is_word = length > 1 && *line == '/';
    for (size_t i = 1; i < length && is_word; i++) {
        char byte = (char)(line[i] | 0x20);
        is_word = byte >= 'a' && byte <= 'z';
    }
    return is_word && !words_after_prefix(line);
}

/* True where the line was for the terminal itself. */
static bool obey(struct console_terminal *terminal, const char *line)
{
    size_t length = strcspn(line, " ");
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strlen(words[i].name) == length &&
            strncmp(words[i].name, line, length) == 0) {
            words[i].run(terminal, line + length + strspn(line + length, " "));
            return true;
        }
    }
    if (is_slip(line, length)) {
        tell(terminal, "Not sent: there is no such word here. Those there are: /help");
        return true;
    }
    return false;
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
        do_quit(terminal, "");
        return;
    }
    line += strspn(line, " \t");
    if (*line == '\0' || obey(terminal, line)) {
        return;
    }
    if (asks_for_help(line) && strcmp(terminal->where, CONSOLE_DIRECT) != 0) {
        console_editor_say(help);
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
    console_place_recall(terminal->console, terminal->who, terminal->where, WORD_BYTES);
    console_screen_go_on(terminal->screen,
                         console_place_count(&terminal->console->memory));
    show_prompt(terminal);
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
        tell(terminal, CONSOLE_NOT_RECORDED);
    }
}

/* Whoever opens a channel wants to be there. */
static void follow(struct console_terminal *terminal, const struct action *action)
{
    const char *name = text_or(action->name, "unnamed");
    char back[WORD_BYTES];
    (void)snprintf(back, sizeof(back), "%s", terminal->where);
    do_go(terminal, name);
    arena_reset(terminal->console->arena);
    tell(terminal,
         arena_printf(ear_arena(terminal->console->ears),
                      "You are in %s now. Back: /go %s", terminal->where, back));
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
        show_prompt(terminal);
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
