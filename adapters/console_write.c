#include "adapters/console_write.h"

#include <string.h>

#include <jansson.h>

#include "adapters/console_read.h"
#include "bot/base/json.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

/* Who and where, for a head and for JSON alike. */
struct scene {
    int64_t at_ms;
    const char *message; /* NULL: it cannot be named later */
    const char *place;
    const char *to; /* who alone sees it in a channel, or NULL */
    bool is_edit;
};

const char *console_message_id(struct arena *arena, int64_t action_id)
{
    return arena_printf(arena, "b%lld", (long long)action_id);
}

/* As a transcript has it: in quotes where it holds a blank. */
static const char *shown_name(struct arena *arena, const char *name)
{
    const char *shown = text_shown(arena, text_or(name, "somebody"));
    return strpbrk(shown, " \t\n>|") ? arena_printf(arena, "\"%s\"", shown) : shown;
}

static const char *person_place(struct arena *arena, const struct action *action)
{
    const char *name = text_or(action->handle, action->person);
    return arena_printf(arena, "@%s", shown_name(arena, name));
}

static const char *channel_place(struct arena *arena, const char *channel)
{
    const char *shown = text_shown(arena, text_or(channel, "#unknown"));
    bool has_sign = *shown == '#' || *shown == '@';
    return has_sign ? shown : arena_printf(arena, "#%s", shown);
}

/* Where an action is seen: "#ops", "@ana"; NULL where it makes nothing to be seen. */
static const char *place_of(struct arena *arena, const struct action *action)
{
    switch (action->kind) {
    case ACTION_POST:
    case ACTION_WHISPER: return channel_place(arena, action->channel);
    case ACTION_AMEND:
        if (action->quiet) {
            return NULL;
        }
        /* What was said to one person alone is in no channel. */
        return action->about_channel == NULL && action->person != NULL
                   ? person_place(arena, action)
                   : channel_place(arena,
                                   text_or(action->about_channel, action->channel));
    case ACTION_DIRECT: return person_place(arena, action);
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
    case ACTION_UPLOAD: return NULL;
    }
    return NULL;
}

static void add_mark(struct text *words, const struct note_mark *mark, bool is_direct)
{
    const char *part = arena_copy_n(words->arena, mark->text, mark->length_bytes);
    const char *shown = text_shown(words->arena, part);
    if (mark->kind == NOTE_MARK_COMMAND) {
        text_addf(words, "`%s%s`", is_direct ? "" : "!inc ", shown);
    } else {
        text_add(words, shown);
    }
}

const char *console_write_words(struct arena *arena, const char *line, bool is_direct)
{
    struct text words;
    struct note_mark mark;
    text_init(&words, arena);
    while (note_next_mark(&line, &mark)) {
        add_mark(&words, &mark, is_direct);
    }
    return words.data;
}

/* The lines of a note as words, parted by newlines. */
static const char *note_lines(struct arena *arena, const struct note *note,
                              bool is_direct)
{
    struct text lines;
    text_init(&lines, arena);
    for (size_t i = 0; note && i < note->count; i++) {
        const struct note_block *block = &note->blocks[i];
        if (block->kind == NOTE_CHOICE) {
            continue;
        }
        text_add(&lines, lines.length_bytes > 0 ? "\n" : NULL);
        text_add(&lines, console_write_words(arena, block->text, is_direct));
    }
    return lines.data;
}

/* Everything of a line before its mark. */
static const char *scene_head(struct arena *arena, const struct scene *scene)
{
    struct text head;
    text_init(&head, arena);
    text_addf(&head, "%s " CONSOLE_BOT " %s", time_rfc3339(arena, scene->at_ms),
              scene->place);
    if (scene->to) {
        text_addf(&head, " (to %s)", shown_name(arena, scene->to));
    }
    text_add(&head, scene->is_edit ? " (edit)" : NULL);
    return head.data;
}

static const char *scene_lines(struct arena *arena, const struct scene *scene,
                               const char *lines)
{
    const char *head = scene_head(arena, scene);
    struct text out;
    text_init(&out, arena);
    const char *mark = ">";
    for (bool is_last = false; !is_last; mark = "|") {
        size_t length = strcspn(lines, "\n");
        text_addf(&out, "%s%s%s", head, mark, length > 0 ? " " : "");
        text_add_n(&out, lines, length);
        text_add(&out, "\n");
        is_last = !lines[length];
        lines += length + !is_last;
    }
    return out.data;
}

static json_t *note_choices(struct arena *arena, const struct note *note)
{
    json_t *choices = json_array();
    for (size_t i = 0; note && i < note->count; i++) {
        const struct note_block *block = &note->blocks[i];
        if (block->kind == NOTE_CHOICE) {
            json_t *choice =
                json_pack("{s:s, s:s}", "label", text_shown(arena, block->text),
                          "command", text_shown(arena, block->choice));
            json_array_append_new(choices, choice);
        }
    }
    return choices;
}

static const char *scene_json(struct arena *arena, const struct scene *scene,
                              const char *lines, const struct note *note)
{
    json_t *object =
        json_pack("{s:s, s:s, s:s, s:s?, s:b, s:s?, s:s, s:o}", "at",
                  time_rfc3339(arena, scene->at_ms), "from", CONSOLE_BOT, "place",
                  scene->place, "to", scene->to, "edit", scene->is_edit, "message",
                  scene->message, "text", lines, "choices", note_choices(arena, note));
    return arena_printf(arena, "%s\n", json_write(arena, object));
}

const char *console_write_action(struct arena *arena, const struct action *action,
                                 bool as_json)
{
    struct scene scene = {
        .at_ms = action->created_ms,
        .message = action->kind == ACTION_AMEND ? action->about
                                                : console_message_id(arena, action->id),
        .place = place_of(arena, action),
        .is_edit = action->kind == ACTION_AMEND,
    };
    if (!scene.place) {
        return "";
    }
    bool is_direct = *scene.place == '@';
    if (action->kind == ACTION_WHISPER && !is_direct) {
        scene.to = text_or(action->handle, text_or(action->person, "somebody"));
    }
    const char *lines = note_lines(arena, action->note, is_direct);
    return as_json ? scene_json(arena, &scene, lines, action->note)
                   : scene_lines(arena, &scene, lines);
}

const char *console_write_notice(struct arena *arena, int64_t at_ms,
                                 const char *channel, const char *name,
                                 const char *words, bool as_json)
{
    struct scene scene = {
        .at_ms = at_ms,
        .place = channel_place(arena, channel),
        .to = *channel == '@' ? NULL : name,
    };
    return as_json ? scene_json(arena, &scene, words, NULL)
                   : scene_lines(arena, &scene, words);
}
