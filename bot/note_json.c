/* The part of bot/note.h that makes JSON of a note, and a note of JSON. */
#include <string.h>

#include <jansson.h>

#include "bot/base/json.h"
#include "bot/note.h"

static const char *const kind_names[] = {
    [NOTE_HEADING] = "heading",
    [NOTE_LINE] = "line",
    [NOTE_CONTEXT] = "context",
    [NOTE_CHOICE] = "choice",
};
#define KINDS (sizeof(kind_names) / sizeof(kind_names[0]))

char *note_to_json(struct arena *arena, const struct note *note)
{
    json_t *blocks = json_array();

    for (size_t i = 0; i < note->count; i++) {
        const struct note_block *block = &note->blocks[i];
        json_t *entry = json_array();

        json_array_append_new(entry, json_string(kind_names[block->kind]));
        json_array_append_new(entry, json_string(block->text));
        if (block->choice != NULL) {
            json_array_append_new(entry, json_string(block->choice));
        }
        if (block->about != NULL) {
            json_array_append_new(entry, json_string(block->about));
        }
        json_array_append_new(blocks, entry);
    }
    return json_write(arena, blocks);
}

static bool read_block(struct note *note, json_t *entry)
{
    const char *name = json_string_value(json_array_get(entry, 0));
    const char *text = json_string_value(json_array_get(entry, 1));
    const char *choice = json_string_value(json_array_get(entry, 2));
    const char *about = json_string_value(json_array_get(entry, 3));

    if (name == NULL || text == NULL) {
        return false;
    }
    for (size_t kind = 0; kind < KINDS; kind++) {
        if (strcmp(kind_names[kind], name) != 0) {
            continue;
        }
        struct note_block block = {
            .kind = (enum note_kind)kind, .choice = choice, .about = about};
        note_repeat(note, &block, text);
        return kind != NOTE_CHOICE || choice != NULL;
    }
    return false;
}

struct note *note_from_json(struct arena *arena, const char *json)
{
    json_t *blocks = json_parse(json, strlen(json));
    struct note *note = note_create(arena);
    bool is_fine = json_is_array(blocks);

    for (size_t i = 0; is_fine && i < json_array_size(blocks); i++) {
        is_fine = read_block(note, json_array_get(blocks, i));
    }
    json_decref(blocks);
    return is_fine ? note : NULL;
}
