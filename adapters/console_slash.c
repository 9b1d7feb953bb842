/*
 * Lines at a terminal that begin with a slash and are no command of the bot: who and
 * where one is, marks, edits, deletions.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/console_editor.h"
#include "adapters/console_place.h"
#include "adapters/console_read.h"
#include "adapters/console_screen.h"
#include "adapters/console_terminal_inner.h"
#include "bot/base/text.h"
#include "bot/words.h"

const char console_slash_help[] =
    "  /as NAME          be somebody else            /go #channel   be somewhere else\n"
    "  /go @muster       talk to the bot alone       /react EMOJI N, /edit N TEXT, "
    "/delete N\n"
    "  /quit             leave                       /react again takes it off\n"
    "  Commands of the bot: help\n";

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
        console_terminal_tell(
            terminal, arena_printf(ear_arena(terminal->console->ears),
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
        console_terminal_tell(terminal,
                              "Only who wrote it can do that. To be them: /as NAME");
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
    if (length == 0 || length >= CONSOLE_WORD_BYTES || !is_whole) {
        console_terminal_tell(terminal, "/as NAME: one word, or several in quotes.");
        return;
    }
    if (length == strlen(CONSOLE_BOT) && text_starts(rest, CONSOLE_BOT)) {
        console_terminal_tell(terminal, "That is the bot. Anybody else: /as NAME");
        return;
    }
    (void)snprintf(terminal->who, sizeof(terminal->who), "%.*s", (int)length, rest);
    console_terminal_prompt(terminal);
}

/* Any channel will do, it is there once somebody is; a slip of the hand is named. */
static void do_go(struct console_terminal *terminal, const char *rest)
{
    struct console *console = terminal->console;
    bool is_direct = strcmp(rest, CONSOLE_DIRECT) == 0;
    bool is_person = *rest == '@' && !is_direct;
    const char *found;
    if (*rest == '\0' || is_person || strpbrk(rest, " \t") ||
        strlen(rest) + 1 >= CONSOLE_WORD_BYTES) {
        console_terminal_tell(terminal,
                              "/go #channel, or /go @muster to talk to the bot alone.");
        return;
    }
    arena_reset(console->arena);
    found = console_place_find(console, rest);
    console_terminal_go(terminal, text_or(found, rest));
    if (!found && !is_direct && strcmp(terminal->where, CONSOLE_HOME) != 0) {
        console_terminal_tell(terminal, arena_printf(ear_arena(console->ears),
                                                     "No open incident is in %s.",
                                                     terminal->where));
    }
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
        console_terminal_tell(terminal, arena_printf(arena, "%s is off %s again.",
                                                     line.argument, number));
    }
    console_terminal_hear(terminal, &line, about);
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
        console_terminal_tell(
            terminal, "/edit N TEXT: what it shall say. To take it away: /delete N");
    } else if (about) {
        console_terminal_hear(terminal, &line, about);
    }
}

static void do_delete(struct console_terminal *terminal, const char *rest)
{
    const struct console_shown *about = find_own(terminal, rest, "/delete N");
    struct console_line line = {.event = CHAT_DELETED, .text = ""};
    if (about) {
        console_terminal_hear(terminal, &line, about);
    }
}

static void do_help(struct console_terminal *terminal, const char *rest)
{
    (void)terminal;
    (void)rest;
    console_editor_say(console_slash_help);
}

static void do_quit(struct console_terminal *terminal, const char *rest)
{
    (void)rest;
    console_terminal_quit(terminal);
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

bool console_slash_obey(struct console_terminal *terminal, const char *line)
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
        console_terminal_tell(
            terminal, "Not sent: there is no such word here. Those there are: /help");
        return true;
    }
    return false;
}
