#include "adapters/console_read.h"

#include <string.h>

#include "bot/base/text.h"

#define NAME_BYTES 200

static const char *const how_a_line_goes =
    "after the time come a name, a channel and `>`: 03:10 ana #ops> what is said";

/* What stands between the channel and the mark. */
struct verb {
    const char *word;
    enum chat_kind event;
    bool has_target, has_argument, has_text;
};

static const struct verb verbs[] = {
    {"reply", CHAT_SAID, .has_target = true, .has_text = true},
    {"edit", CHAT_EDITED, .has_target = true, .has_text = true},
    {"delete", CHAT_DELETED, .has_target = true},
    {"react", CHAT_REACTED, .has_target = true, .has_argument = true},
    {"unreact", CHAT_UNREACTED, .has_target = true, .has_argument = true},
    {"choose", CHAT_CHOSE, .has_target = true, .has_argument = true, .has_text = true},
    {"file", CHAT_FILE, .has_text = true},
    {"join", CHAT_JOINED, .has_text = false},
    {"leave", CHAT_LEFT, .has_text = false},
};
#define VERBS (sizeof(verbs) / sizeof(verbs[0]))

static const struct verb plain = {"", CHAT_SAID, .has_text = true};

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static void skip_blanks(const char **cursor)
{
    while (is_blank(**cursor)) {
        (*cursor)++;
    }
}

/* Takes what comes before one of the bytes in `ends` or the end of the line. */
static const char *take_until(struct arena *arena, const char **cursor,
                              const char *ends)
{
    size_t length = strcspn(*cursor, ends);
    const char *word = arena_copy_n(arena, *cursor, length);
    *cursor += length;
    return word;
}

/* Takes a word of the head and the blanks behind it; "" where none is left. */
static const char *take_word(struct arena *arena, const char **cursor)
{
    const char *word = take_until(arena, cursor, " \t>|");
    skip_blanks(cursor);
    return word;
}

static bool take_name(struct arena *arena, const char **cursor, const char **name,
                      struct err *err)
{
    if (**cursor == '"') {
        (*cursor)++;
        *name = text_trim(arena, take_until(arena, cursor, "\""));
        if (**cursor != '"') {
            return err_set(err, ERR_BROKEN, "the name has no closing quote");
        }
        (*cursor)++;
    } else {
        *name = take_until(arena, cursor, " \t");
    }
    skip_blanks(cursor);
    if (text_is_empty(*name) || strlen(*name) > NAME_BYTES) {
        return err_set(err, ERR_BROKEN, "%s",
                       **name ? "the name is too long" : how_a_line_goes);
    }
    return true;
}

static bool take_channel(struct arena *arena, const char **cursor, const char **channel,
                         struct err *err)
{
    *channel = take_word(arena, cursor);
    if (text_same(*channel, CONSOLE_DIRECT)) {
        *channel = CONSOLE_DIRECT;
        return true;
    }
    if (**channel == '@') {
        return err_set(err, ERR_BROKEN,
                       "a direct message goes to the bot alone: " CONSOLE_DIRECT);
    }
    if (**channel != '#' || !(*channel)[1]) {
        return err_set(err, ERR_BROKEN, "%s", how_a_line_goes);
    }
    if (strlen(*channel) > NAME_BYTES) {
        return err_set(err, ERR_BROKEN, "the name of the channel is too long");
    }
    return true;
}

static bool take_label(struct arena *arena, const char **cursor, const char **label,
                       struct err *err)
{
    if (**cursor != '[') {
        return true;
    }
    (*cursor)++;
    *label = take_until(arena, cursor, "]> \t");
    bool is_fine = **cursor == ']' && **label && strlen(*label) <= NAME_BYTES &&
                   strcmp(*label, "^") != 0;
    if (!is_fine) {
        return err_set(err, ERR_BROKEN, "a label is a word in brackets: [m1]");
    }
    (*cursor)++;
    skip_blanks(cursor);
    return true;
}

static bool at_mark(const char *cursor)
{
    return *cursor == '>' || *cursor == '|';
}

/* The verb at the cursor with its words; `plain` where the mark stands there already.
 */
static const struct verb *take_verb(struct arena *arena, const char **cursor,
                                    struct console_line *line)
{
    const struct verb *verb = at_mark(*cursor) ? &plain : NULL;
    const char *word = verb ? "" : take_word(arena, cursor);
    for (size_t i = 0; i < VERBS && !verb; i++) {
        verb = text_same(word, verbs[i].word) ? &verbs[i] : NULL;
    }
    if (verb && verb->has_target) {
        line->target = take_word(arena, cursor);
    }
    if (verb && verb->has_argument) {
        line->argument = text_trim(arena, take_until(arena, cursor, ">|"));
    }
    return verb;
}

static bool verb_is_whole(const struct verb *verb, const struct console_line *line)
{
    return (!verb->has_target || *line->target) &&
           (!verb->has_argument || *line->argument);
}

static bool read_verb(struct arena *arena, const char **cursor,
                      struct console_line *line, struct err *err)
{
    const struct verb *verb = take_verb(arena, cursor, line);
    if (!verb) {
        return err_set(err, ERR_BROKEN,
                       "between channel and `>` goes one of: reply, edit, delete, "
                       "react, unreact, choose, file, join, leave");
    }
    if (!verb_is_whole(verb, line)) {
        return err_set(err, ERR_BROKEN, "%s needs a label%s: %s m1%s>", verb->word,
                       verb->has_argument ? " and a word" : "", verb->word,
                       verb->has_argument ? " pushpin" : "");
    }
    if (!at_mark(*cursor)) {
        return err_set(err, ERR_BROKEN, "%s", how_a_line_goes);
    }
    line->event = verb->event;
    line->kind = **cursor == '|' ? CONSOLE_LINE_MORE : CONSOLE_LINE_EVENT;
    (*cursor)++;
    if (!verb->has_text && !text_is_empty(*cursor)) {
        return err_set(err, ERR_BROKEN, "nothing may follow %s", verb->word);
    }
    return true;
}

static void read_text(struct arena *arena, const char *rest, size_t lost_bytes,
                      struct console_line *line)
{
    if (*rest == ' ') {
        rest++;
    }
    size_t length = strlen(rest);
    size_t fit = text_fit(rest, CONSOLE_TEXT_BYTES);
    line->text = rest;
    if (fit < length || lost_bytes > 0) {
        line->text = arena_copy_n(arena, rest, fit);
        line->full_bytes = (int64_t)(length + lost_bytes);
    }
}

/* Everything behind the time. What the bot said in another run is passed over, so that
 * a transcript may hold its answers. */
static bool read_deed(struct arena *arena, const char *at, size_t lost_bytes,
                      struct console_line *line, struct err *err)
{
    if (!take_name(arena, &at, &line->name, err)) {
        return false;
    }
    if (text_same(line->name, CONSOLE_BOT)) {
        line->kind = CONSOLE_LINE_EMPTY;
        return true;
    }
    bool is_read = take_channel(arena, &at, &line->channel, err) &&
                   take_label(arena, &at, &line->label, err) &&
                   read_verb(arena, &at, line, err);
    if (is_read) {
        read_text(arena, at, lost_bytes, line);
    }
    return is_read;
}

bool console_read_line(struct arena *arena, const char *bytes, size_t length_bytes,
                       size_t total_bytes, struct console_line *line, struct err *err)
{
    static const char byte_order_mark[] = "\xef\xbb\xbf";
    *line = (struct console_line){.text = ""};
    if (length_bytes > 0 && bytes[length_bytes - 1] == '\r') {
        length_bytes--;
        total_bytes--;
    }
    const char *at = text_clean(arena, bytes, length_bytes);
    if (strncmp(at, byte_order_mark, 3) == 0) {
        at += 3;
    }
    skip_blanks(&at);
    if (!*at || *at == '#') {
        return true;
    }
    if (!console_stamp_take(&at, &line->stamp, err)) {
        return false;
    }
    if (*at == '.' && text_is_empty(at + 1)) {
        line->kind = CONSOLE_LINE_PASS;
        return true;
    }
    return read_deed(arena, at, total_bytes - length_bytes, line, err);
}
