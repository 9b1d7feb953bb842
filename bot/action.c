#include "bot/action.h"

#include <string.h>

#include <jansson.h>

#include "bot/base/json.h"

static const char *const kind_names[ACTION_KINDS] = {
    [ACTION_OPEN_CHANNEL] = "open-channel",
    [ACTION_INVITE] = "invite",
    [ACTION_SET_TOPIC] = "set-topic",
    [ACTION_POST] = "post",
    [ACTION_AMEND] = "amend",
    [ACTION_PIN] = "pin",
    [ACTION_WHISPER] = "whisper",
    [ACTION_DIRECT] = "direct",
    [ACTION_JOIN] = "join",
    [ACTION_LEAVE] = "leave",
    [ACTION_REDACT] = "redact",
    [ACTION_UPLOAD] = "upload",
    [ACTION_FORM] = "form",
    [ACTION_HOME] = "home",
    [ACTION_BOOKMARK] = "bookmark",
    [ACTION_CANVAS] = "canvas",
};

const char *action_kind_name(enum action_kind kind)
{
    return kind_names[kind];
}

bool action_kind_from_name(const char *name, enum action_kind *kind)
{
    for (size_t i = 0; i < ACTION_KINDS; i++) {
        if (strcmp(kind_names[i], name) == 0) {
            *kind = (enum action_kind)i;
            return true;
        }
    }
    return false;
}

bool action_is(const char *name, enum action_kind kind)
{
    return strcmp(kind_names[kind], name) == 0;
}

static void put_text(json_t *object, const char *name, const char *text)
{
    if (text != NULL) {
        json_object_set_new(object, name, json_string(text));
    }
}

char *action_to_json(struct arena *arena, const struct action *action)
{
    json_t *object = json_object();

    put_text(object, "name", action->name);
    put_text(object, "topic", action->topic);
    put_text(object, "thread", action->thread);
    put_text(object, "answers", action->answers);
    put_text(object, "file", action->file_text);
    put_text(object, "form", action->form);
    put_text(object, "trigger", action->trigger);
    put_text(object, "about", action->about);
    put_text(object, "about_channel", action->about_channel);
    if (action->private) {
        json_object_set_new(object, "private", json_true());
    }
    if (action->quiet) {
        json_object_set_new(object, "quiet", json_true());
    }
    if (action->is_answer) {
        json_object_set_new(object, "answer", json_true());
    }
    if (action->note != NULL) {
        put_text(object, "note", note_to_json(arena, action->note));
    }
    return json_write(arena, object);
}

bool action_from_json(struct arena *arena, const char *json, struct action *action)
{
    json_t *object = json_parse(json, strlen(json));
    const char *note = json_string_value(json_object_get(object, "note"));
    bool is_fine = json_is_object(object);

    action->name = json_text(arena, object, "name");
    action->topic =
        arena_copy(arena, json_string_value(json_object_get(object, "topic")));
    action->thread = json_text(arena, object, "thread");
    action->answers = json_text(arena, object, "answers");
    action->file_text =
        arena_copy(arena, json_string_value(json_object_get(object, "file")));
    action->form =
        arena_copy(arena, json_string_value(json_object_get(object, "form")));
    action->trigger = json_text(arena, object, "trigger");
    action->about = json_text(arena, object, "about");
    action->about_channel = json_text(arena, object, "about_channel");
    action->private = json_flag(object, "private", false);
    action->quiet = json_flag(object, "quiet", false);
    action->is_answer = json_flag(object, "answer", false);
    action->note = note == NULL ? NULL : note_from_json(arena, note);
    is_fine = is_fine && (note == NULL || action->note != NULL);
    json_decref(object);
    return is_fine;
}

static struct note *note_copy(struct arena *arena, const struct note *note)
{
    struct note *copy;

    if (note == NULL) {
        return NULL;
    }
    copy = note_create(arena);
    for (size_t i = 0; i < note->count; i++) {
        note_repeat(copy, &note->blocks[i], note->blocks[i].text);
    }
    return copy;
}

void action_copy(struct arena *arena, struct action *copy, const struct action *action)
{
    *copy = *action;
    copy->channel = arena_copy(arena, action->channel);
    copy->person = arena_copy(arena, action->person);
    copy->handle = arena_copy(arena, action->handle);
    copy->thread = arena_copy(arena, action->thread);
    copy->answers = arena_copy(arena, action->answers);
    copy->about = arena_copy(arena, action->about);
    copy->about_channel = arena_copy(arena, action->about_channel);
    copy->name = arena_copy(arena, action->name);
    copy->topic = arena_copy(arena, action->topic);
    copy->file_text = arena_copy(arena, action->file_text);
    copy->form = arena_copy(arena, action->form);
    copy->trigger = arena_copy(arena, action->trigger);
    for (size_t i = 0; i < action->person_count; i++) {
        copy->people[i] = arena_copy(arena, action->people[i]);
    }
    copy->note = note_copy(arena, action->note);
}
