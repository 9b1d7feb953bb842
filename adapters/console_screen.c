#include "adapters/console_screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapters/console_editor.h"
#include "adapters/console_read.h"
#include "adapters/console_write.h"
#include "bot/base/err.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define NUMBERS 1000
#define INDENT  4

struct console_screen {
    bool has_colour;
    int64_t count;
    struct console_shown shown[NUMBERS]; /* by number modulo NUMBERS */
};

struct console_screen *console_screen_create(void)
{
    struct console_screen *screen = calloc(1, sizeof(*screen));
    const char *term = getenv("TERM");
    const char *no_colour = getenv("NO_COLOR");
    INSIST(screen);
    screen->has_colour = isatty(STDOUT_FILENO) && (!no_colour || *no_colour == '\0') &&
                         term && strcmp(term, "dumb") != 0;
    return screen;
}

static void shown_clear(struct console_shown *shown)
{
    free(shown->message);
    free(shown->place);
    free(shown->author);
    free(shown->marks);
}

void console_screen_destroy(struct console_screen *screen)
{
    if (!screen) {
        return;
    }
    for (size_t i = 0; i < NUMBERS; i++) {
        shown_clear(&screen->shown[i]);
    }
    free(screen);
}

void console_screen_go_on(struct console_screen *screen, int64_t count)
{
    screen->count = count;
}

int64_t console_screen_next(const struct console_screen *screen)
{
    return screen->count + 1;
}

void console_screen_add(struct console_screen *screen, const char *message,
                        const char *place, const char *author)
{
    screen->count += 1;
    struct console_shown *slot = &screen->shown[screen->count % NUMBERS];
    shown_clear(slot);
    *slot = (struct console_shown){text_keep(message), text_keep(place),
                                   text_keep(author), NULL};
}

const struct console_shown *console_screen_find(const struct console_screen *screen,
                                                int64_t number)
{
    bool is_there =
        number > 0 && number <= screen->count && number > screen->count - NUMBERS;
    const struct console_shown *shown =
        is_there ? &screen->shown[number % NUMBERS] : NULL;
    return shown && shown->message ? shown : NULL;
}

bool console_screen_mark(struct console_screen *screen, int64_t number, const char *who,
                         const char *emoji)
{
    struct console_shown *slot = &screen->shown[number % NUMBERS];
    const char *before = text_or(slot->marks, "\n");
    size_t room = strlen(before) + strlen(who) + strlen(emoji) + 3;
    char *mark = calloc(1, room), *marks = calloc(1, room);
    INSIST(mark && marks);
    (void)snprintf(mark, room, "\n%s\t%s\n", who, emoji);
    const char *at = strstr(before, mark);
    if (at) {
        (void)snprintf(marks, room, "%.*s%s", (int)(at - before), before,
                       at + strlen(mark) - 1);
    } else {
        (void)snprintf(marks, room, "%s%s", before, mark + 1);
    }
    free(mark);
    free(slot->marks);
    slot->marks = marks;
    return at == NULL;
}

static const char *paint(const struct console_screen *screen, struct arena *arena,
                         const char *code, const char *words)
{
    return screen->has_colour ? arena_printf(arena, "\033[%sm%s\033[0m", code, words)
                              : words;
}

const char *console_screen_dim(const struct console_screen *screen, struct arena *arena,
                               const char *words)
{
    return paint(screen, arena, "2", words);
}

/* "muster #ops", and who sees it where that is not everybody. */
static const char *head_of(const struct console_screen *screen, struct arena *arena,
                           const struct action *action)
{
    const char *bot = paint(screen, arena, "1;36", "muster");
    const char *handle = text_or(action->handle, "somebody");
    const char *where = text_or(action->channel, text_or(action->about_channel, ""));
    switch (action->kind) {
    case ACTION_WHISPER:
        return arena_printf(arena, "%s %s %s", bot, where,
                            paint(screen, arena, "3;35",
                                  arena_printf(arena, "(only %s sees this)", handle)));
    case ACTION_DIRECT:
        return arena_printf(
            arena, "%s %s", bot,
            paint(screen, arena, "3;35", arena_printf(arena, "to %s alone", handle)));
    case ACTION_AMEND:
        return arena_printf(arena, "%s %s %s", bot, where,
                            console_screen_dim(screen, arena, "(changed)"));
    case ACTION_POST:
    case ACTION_OPEN_CHANNEL:
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
    case ACTION_UPLOAD: break;
    }
    return arena_printf(arena, "%s %s", bot, where);
}

static const char *row_words(const struct console_screen *screen, struct arena *arena,
                             enum note_kind kind, const char *words)
{
    if (kind == NOTE_HEADING) {
        return paint(screen, arena, "1", words);
    }
    return kind == NOTE_CONTEXT ? console_screen_dim(screen, arena, words) : words;
}

/* How many bytes of the words go into one row: whole words, at least one. */
static size_t row_fit(struct arena *arena, const char *words, size_t columns)
{
    size_t taken = strcspn(words, " ");
    for (;;) {
        size_t next = taken + strspn(words + taken, " ");
        next += strcspn(words + next, " ");
        if (next == taken || text_columns(arena_copy_n(arena, words, next)) > columns) {
            return taken;
        }
        taken = next;
    }
}

static void add_block(const struct console_screen *screen, struct text *lines,
                      const struct note_block *block, bool is_direct)
{
    struct arena *arena = lines->arena;
    const char *words = console_write_words(arena, block->text, is_direct);
    size_t columns = console_editor_columns();
    do {
        size_t length =
            columns > INDENT ? row_fit(arena, words, columns - INDENT) : strlen(words);
        text_addf(
            lines, "%*s%s\n", INDENT, "",
            row_words(screen, arena, block->kind, arena_copy_n(arena, words, length)));
        words += length;
        words += strspn(words, " ");
    } while (*words != '\0');
}

const char *console_screen_action(struct console_screen *screen, struct arena *arena,
                                  const struct action *action, int64_t now_ms)
{
    struct text lines;
    bool is_direct = action->kind == ACTION_DIRECT;
    text_init(&lines, arena);
    if (!action->note || action->quiet) {
        return lines.data;
    }
    if (action->kind != ACTION_AMEND) {
        const char *place = is_direct ? CONSOLE_DIRECT : text_or(action->channel, "");
        console_screen_add(screen, console_message_id(arena, action->id),
                           *place == '@' ? CONSOLE_DIRECT : place, NULL);
    }
    const char *number = action->kind == ACTION_AMEND
                             ? "·"
                             : arena_printf(arena, "%lld", (long long)screen->count);
    text_addf(&lines, "%s %s\n",
              console_screen_dim(screen, arena,
                                 arena_printf(arena, "%s %s", number,
                                              time_clock_bare(arena, now_ms, "UTC"))),
              head_of(screen, arena, action));
    for (size_t i = 0; i < action->note->count; i++) {
        const struct note_block *block = &action->note->blocks[i];
        if (block->kind != NOTE_CHOICE) {
            add_block(screen, &lines, block, is_direct);
        }
    }
    return lines.data;
}
