#include "adapters/matrix_html.h"

#include <string.h>

#define USER_BYTES 255

static const char *entity_of(char letter)
{
    switch (letter) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\n': return "<br>";
    default: return NULL;
    }
}

static void add_escaped(struct text *out, const char *bytes, size_t length_bytes)
{
    size_t plain = 0; /* how much of what was looked at is not written yet */

    for (size_t i = 0; i < length_bytes; i++) {
        const char *entity = entity_of(bytes[i]);

        if (entity == NULL) {
            plain += 1;
            continue;
        }
        text_add_n(out, bytes + i - plain, plain);
        text_add(out, entity);
        plain = 0;
    }
    text_add_n(out, bytes + length_bytes - plain, plain);
}

bool matrix_is_user(const char *user)
{
    return user != NULL && *user == '@' && strchr(user, ':') != NULL &&
           strlen(user) <= USER_BYTES;
}

static bool is_room(const char *room)
{
    return *room == '!' && strlen(room) <= USER_BYTES;
}

/* A pill: clients show it as the person's or the room's name. A room's id need not say
 * by which server it is found. */
static void add_link(struct text *out, const struct note_mark *mark, const char *server)
{
    const char *id =
        arena_copy_n(out->arena, text_or(mark->external, ""), mark->external_bytes);

    if (mark->kind == NOTE_MARK_CHANNEL ? !is_room(id) : !matrix_is_user(id)) {
        add_escaped(out, mark->text, mark->length_bytes);
        return;
    }
    text_add(out, "<a href=\"https://matrix.to/#/");
    text_add_percent(out, id);
    if (mark->kind == NOTE_MARK_CHANNEL) {
        text_add(out, "?via=");
        text_add_percent(out, server);
    }
    text_add(out, "\">");
    add_escaped(out, mark->text, mark->length_bytes);
    text_add(out, "</a>");
}

/* What stands in backquotes is code, as clients make of it when it is typed. */
static void add_words(struct text *out, const char *words, size_t length_bytes)
{
    const char *end = words + length_bytes;

    while (words < end) {
        const char *open = memchr(words, '`', (size_t)(end - words));
        const char *close =
            open == NULL ? NULL : memchr(open + 1, '`', (size_t)(end - open - 1));

        if (close == NULL) {
            break;
        }
        add_escaped(out, words, (size_t)(open - words));
        text_add(out, "<code>");
        add_escaped(out, open + 1, (size_t)(close - open - 1));
        text_add(out, "</code>");
        words = close + 1;
    }
    add_escaped(out, words, (size_t)(end - words));
}

static void add_html_mark(struct text *out, const struct note_mark *mark,
                          const char *server, bool is_direct)
{
    switch (mark->kind) {
    case NOTE_MARK_TEXT: add_words(out, mark->text, mark->length_bytes); return;
    case NOTE_MARK_TIME: add_escaped(out, mark->text, mark->length_bytes); return;
    case NOTE_MARK_COMMAND:
        text_add(out, is_direct ? "<code>" : "<code>!inc ");
        add_escaped(out, mark->text, mark->length_bytes);
        text_add(out, "</code>");
        return;
    case NOTE_MARK_PERSON:
    case NOTE_MARK_CHANNEL: add_link(out, mark, server); return;
    }
}

static char *line_html(struct arena *arena, const char *line, const char *server,
                       bool is_direct)
{
    struct note_mark mark;
    struct text out;

    text_init(&out, arena);
    while (note_next_mark(&line, &mark)) {
        add_html_mark(&out, &mark, server, is_direct);
    }
    return out.data;
}

static char *line_plain(struct arena *arena, const char *line, bool is_direct)
{
    struct note_mark mark;
    struct text out;

    text_init(&out, arena);
    while (note_next_mark(&line, &mark)) {
        bool is_command = mark.kind == NOTE_MARK_COMMAND;

        text_add(&out, !is_command ? NULL : is_direct ? "`" : "`!inc ");
        text_add_n(&out, mark.text, mark.length_bytes);
        text_add(&out, is_command ? "`" : NULL);
    }
    return out.data;
}

/* There are no buttons: a check mark stands for a choice. */
static const char *choice_line(struct arena *arena, const struct note *note)
{
    const struct note_block *block = note == NULL ? NULL : note_marked(note);

    return block == NULL || text_is_empty(block->text)
               ? NULL
               : arena_printf(arena, "Or react \u2705: %s.",
                              line_plain(arena, block->text, true));
}

static void add_line(struct text *out, const char *mark, const char *line)
{
    if (!text_is_empty(line)) {
        text_add(out, out->length_bytes > 0 ? mark : NULL);
        text_add(out, line);
    }
}

char *matrix_plain_note(struct arena *arena, const struct note *note, bool is_direct)
{
    struct text out;

    text_init(&out, arena);
    for (size_t i = 0; note != NULL && i < note->count; i++) {
        const struct note_block *block = &note->blocks[i];

        if (block->kind != NOTE_CHOICE) {
            add_line(&out, "\n", line_plain(arena, block->text, is_direct));
        }
    }
    add_line(&out, "\n", choice_line(arena, note));
    return out.data;
}

static const char *html_block(struct arena *arena, const struct note_block *block,
                              const char *server, bool is_direct)
{
    const char *line = line_html(arena, block->text, server, is_direct);

    if (block->kind == NOTE_HEADING && !text_is_empty(line)) {
        return arena_printf(arena, "<strong>%s</strong>", line);
    }
    return line;
}

char *matrix_html_note(struct arena *arena, const struct note *note, const char *server,
                       bool is_direct)
{
    const char *choice = choice_line(arena, note);
    struct text out;

    text_init(&out, arena);
    for (size_t i = 0; note != NULL && i < note->count; i++) {
        if (note->blocks[i].kind != NOTE_CHOICE) {
            add_line(&out, "<br>",
                     html_block(arena, &note->blocks[i], server, is_direct));
        }
    }
    if (choice != NULL) {
        text_add(&out, out.length_bytes > 0 ? "<br>" : NULL);
        add_escaped(&out, choice, strlen(choice));
    }
    return out.data;
}
