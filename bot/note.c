#include "bot/note.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/time.h"

/* U+FDD0 and U+FDD1 in UTF-8. */
#define OPEN       "\xef\xb7\x90"
#define CLOSE      "\xef\xb7\x91"
#define MARK_BYTES 3

struct note *note_create(struct arena *arena)
{
    struct note *note = ARENA_NEW(arena, struct note);

    note->arena = arena;
    return note;
}

static struct note_block *add_block(struct note *note, enum note_kind kind)
{
    if (note->count == note->capacity) {
        size_t capacity = note->capacity == 0 ? 8 : note->capacity * 2;
        struct note_block *blocks =
            ARENA_ARRAY(note->arena, struct note_block, capacity);

        if (note->count > 0) {
            memcpy(blocks, note->blocks, note->count * sizeof(*blocks));
        }
        note->blocks = blocks;
        note->capacity = capacity;
    }
    note->blocks[note->count].kind = kind;
    return &note->blocks[note->count++];
}

/* Does a sentence end here, and nothing or another one follow? */
static bool ends_sentence(const char *at)
{
    return *at == '\0' ||
           (*at == ' ' && (isupper((unsigned char)at[1]) || text_starts(at + 1, OPEN)));
}

/* Is the full stop at text[at] one too many? What people wrote often ends in a mark of
 * its own, and ours comes behind it: "a whole batch?.", "all is well..". */
static bool is_second_stop(const char *text, size_t at)
{
    size_t dots = 1;

    while (dots <= at && text[at - dots] == '.') {
        dots++;
    }
    if (dots == 1) {
        return at > 0 && strchr("?!", text[at - 1]) != NULL &&
               (text[at + 1] == '\0' || text[at + 1] == ' ');
    }
    return (dots == 2 || dots == 4) && ends_sentence(text + at + 1);
}

static void add_text(struct note *note, enum note_kind kind, const char *text)
{
    char *kept = arena_copy(note->arena, text);
    size_t length = 0;
    bool is_marked = false; /* a command stands as it is */

    for (size_t at = 0; text[at] != '\0'; at++) {
        is_marked = text_starts(text + at, OPEN) ||
                    (is_marked && !text_starts(text + at, CLOSE));
        if (text[at] != '.' || is_marked || !is_second_stop(text, at)) {
            kept[length++] = text[at];
        }
    }
    kept[length] = '\0';
    add_block(note, kind)->text = kept;
}

void note_repeat(struct note *note, const struct note_block *block, const char *text)
{
    struct note_block *copy = add_block(note, block->kind);

    copy->text = arena_copy(note->arena, text);
    copy->choice = arena_copy(note->arena, block->choice);
    copy->about = arena_copy(note->arena, block->about);
}

struct note *note_without_choices(const struct note *note)
{
    struct note *kept = note_create(note->arena);

    for (size_t i = 0; i < note->count; i++) {
        if (note->blocks[i].kind != NOTE_CHOICE) {
            note_repeat(kept, &note->blocks[i], note->blocks[i].text);
        }
    }
    return kept;
}

void note_heading(struct note *note, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_text(note, NOTE_HEADING, arena_vprintf(note->arena, format, args));
    va_end(args);
}

void note_line(struct note *note, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_text(note, NOTE_LINE, arena_vprintf(note->arena, format, args));
    va_end(args);
}

void note_context(struct note *note, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_text(note, NOTE_CONTEXT, arena_vprintf(note->arena, format, args));
    va_end(args);
}

void note_choice(struct note *note, const char *label, const char *format, ...)
{
    struct note_block *block = add_block(note, NOTE_CHOICE);
    va_list args;

    block->text = arena_copy(note->arena, phrase_of(label));
    va_start(args, format);
    block->choice = arena_vexact(note->arena, format, args);
    va_end(args);
}

void note_choice_about(struct note *note, const char *about, const char *label,
                       const char *line)
{
    note_choice(note, label, "%s", line);
    note->blocks[note->count - 1].about = arena_copy(note->arena, about);
}

const struct note_block *note_marked(const struct note *note)
{
    for (size_t i = 0; i < note->count; i++) {
        const struct note_block *block = &note->blocks[i];

        if (block->kind == NOTE_CHOICE) {
            return text_starts(block->choice, "done ") ||
                           text_starts(block->choice, "snooze ") ||
                           text_starts(block->choice, "catchup ")
                       ? NULL
                       : block;
        }
    }
    return NULL;
}

const char *note_words(struct arena *arena, const char *text)
{
    char *flat = arena_copy(arena, text_shown(arena, text_or(text, "")));

    for (char *at = flat; *at != '\0'; at++) {
        if (*at == '\n' || *at == '\t') {
            *at = ' ';
        }
    }
    return flat;
}

const char *note_moment(struct arena *arena, int64_t at_ms, const char *fallback)
{
    return arena_exact(arena, OPEN "t%lld|%s" CLOSE, (long long)at_ms, fallback);
}

const char *note_time(struct arena *arena, int64_t at_ms, const char *zone)
{
    return note_moment(arena, at_ms, time_clock(arena, at_ms, zone));
}

const char *note_time_bare(struct arena *arena, int64_t at_ms, const char *zone)
{
    return note_moment(arena, at_ms, time_clock_bare(arena, at_ms, zone));
}

const char *note_command(struct arena *arena, const char *format, ...)
{
    va_list args;
    const char *line;

    va_start(args, format);
    line = arena_vexact(arena, format, args);
    va_end(args);
    return arena_exact(arena, OPEN "c%s" CLOSE, line);
}

const char *note_mention(struct arena *arena, int64_t person_id, const char *handle)
{
    return arena_exact(arena, OPEN "p%lld|%s" CLOSE, (long long)person_id, handle);
}

const char *note_channel(struct arena *arena, int64_t incident_id, const char *name)
{
    return arena_exact(arena, OPEN "h%lld|#%s" CLOSE, (long long)incident_id,
                       note_words(arena, name));
}

/* Those that stand for somebody or something the platform has an id for. */
static char bound_letter(enum note_mark_kind kind)
{
    switch (kind) {
    case NOTE_MARK_PERSON: return 'p';
    case NOTE_MARK_CHANNEL: return 'h';
    case NOTE_MARK_TEXT:
    case NOTE_MARK_TIME:
    case NOTE_MARK_COMMAND: return '\0';
    }
    return '\0';
}

static enum note_mark_kind kind_of(char letter)
{
    switch (letter) {
    case 't': return NOTE_MARK_TIME;
    case 'p': return NOTE_MARK_PERSON;
    case 'h': return NOTE_MARK_CHANNEL;
    default: return NOTE_MARK_COMMAND;
    }
}

/* Fills in the parts of what stands between OPEN and CLOSE. */
static void read_mark(const char *inside, size_t length, struct note_mark *mark)
{
    const char *bar = memchr(inside, '|', length);
    const char *end = inside + length;

    if (strchr("tpch", inside[0]) == NULL) {
        mark->text = inside; /* no mark of ours */
        mark->length_bytes = length;
        return;
    }
    mark->kind = kind_of(inside[0]);
    if (mark->kind == NOTE_MARK_COMMAND || bar == NULL) {
        mark->text = inside + 1;
        mark->length_bytes = length - 1;
        return;
    }
    mark->number = strtoll(inside + 1, NULL, 10);
    mark->text = bar + 1;
    mark->length_bytes = (size_t)(end - bar - 1);
    bar = memchr(mark->text, '|', mark->length_bytes);
    if (bound_letter(mark->kind) != '\0' && bar != NULL) {
        mark->external = bar + 1;
        mark->external_bytes = (size_t)(end - bar - 1);
        mark->length_bytes = (size_t)(bar - mark->text);
    }
}

bool note_next_mark(const char **cursor, struct note_mark *mark)
{
    const char *open = strstr(*cursor, OPEN);
    const char *close = open == NULL ? NULL : strstr(open, CLOSE);

    memset(mark, 0, sizeof(*mark));
    if (**cursor == '\0') {
        return false;
    }
    if (close == NULL || close == open + MARK_BYTES) {
        open = NULL;
    }
    if (open == *cursor) {
        read_mark(open + MARK_BYTES, (size_t)(close - open - MARK_BYTES), mark);
        *cursor = close + MARK_BYTES;
        return true;
    }
    mark->text = *cursor;
    mark->length_bytes = open == NULL ? strlen(*cursor) : (size_t)(open - *cursor);
    *cursor += mark->length_bytes;
    return true;
}

/* One line with the platform's ids in its marks. */
static const char *bind_line(struct arena *arena, const char *line,
                             note_external_fn *external, void *context)
{
    struct text bound;
    struct note_mark mark;
    const char *cursor = line;
    const char *before = line;

    text_init(&bound, arena);
    while (note_next_mark(&cursor, &mark)) {
        char letter = bound_letter(mark.kind);
        const char *id =
            letter == '\0' ? NULL : external(context, mark.kind, mark.number);

        if (id == NULL) {
            text_add_n(&bound, before, (size_t)(cursor - before));
        } else {
            text_addf(&bound, OPEN "%c%lld|%.*s|%s" CLOSE, letter,
                      (long long)mark.number, (int)mark.length_bytes, mark.text, id);
        }
        before = cursor;
    }
    return bound.data;
}

void note_bind(struct note *note, note_external_fn *external, void *context)
{
    for (size_t i = 0; i < note->count; i++) {
        if (strstr(note->blocks[i].text, OPEN "p") != NULL ||
            strstr(note->blocks[i].text, OPEN "h") != NULL) {
            note->blocks[i].text =
                bind_line(note->arena, note->blocks[i].text, external, context);
        }
    }
}

struct parts {
    struct arena *arena;
    struct note **all;
    size_t count, capacity, used_bytes;
};

static void next_part(struct parts *parts)
{
    if (parts->count == parts->capacity) {
        size_t capacity = parts->capacity == 0 ? 4 : parts->capacity * 2;
        struct note **all = ARENA_ARRAY(parts->arena, struct note *, capacity);

        if (parts->count > 0) {
            memcpy(all, parts->all, parts->count * sizeof(struct note *));
        }
        parts->all = all;
        parts->capacity = capacity;
    }
    parts->all[parts->count++] = note_create(parts->arena);
    parts->used_bytes = 0;
}

/* A block longer than a whole part goes on in the next, cut at a character. */
static void split_block(struct parts *parts, const struct note_block *block,
                        size_t max_bytes)
{
    const char *rest = block->text;
    size_t length = strlen(rest);

    while (length > max_bytes) {
        size_t fit = text_fit(rest, max_bytes);

        next_part(parts);
        note_repeat(parts->all[parts->count - 1], block,
                    arena_copy_n(parts->arena, rest, fit));
        rest += fit;
        length -= fit;
    }
    next_part(parts);
    note_repeat(parts->all[parts->count - 1], block, rest);
    parts->used_bytes = length;
}

struct note **note_split(const struct note *note, size_t max_bytes, size_t *count)
{
    struct parts parts = {.arena = note->arena};

    next_part(&parts);
    for (size_t i = 0; i < note->count; i++) {
        const struct note_block *block = &note->blocks[i];
        size_t length = strlen(block->text) + 1;

        if (length > max_bytes) {
            split_block(&parts, block, max_bytes);
            continue;
        }
        if (parts.used_bytes > 0 && parts.used_bytes + length > max_bytes &&
            block->kind != NOTE_CHOICE) {
            next_part(&parts);
        }
        note_repeat(parts.all[parts.count - 1], block, block->text);
        parts.used_bytes += length;
    }
    *count = parts.count;
    return parts.all;
}
