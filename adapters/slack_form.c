#include "adapters/slack_form.h"

#include <string.h>

#include <jansson.h>

#include "adapters/slack_blocks.h"
#include "bot/base/json.h"
#include "bot/base/text.h"

#define TITLE_BYTES  24
#define OPTION_BYTES 75
#define HINT_BYTES   150
#define LABEL_BYTES  150

static json_t *plain(struct arena *arena, const char *text, size_t max_bytes)
{
    const char *fit = arena_copy_n(arena, text, text_fit(text, max_bytes));

    return json_pack("{s:s, s:s, s:b}", "type", "plain_text", "text", fit, "emoji", 0);
}

static json_t *option(struct arena *arena, const char *words, const char *value)
{
    return json_pack("{s:o, s:s}", "text", plain(arena, words, OPTION_BYTES), "value",
                     value);
}

static const char *action_of(const struct form_field *field)
{
    return text_or(field->flag, SLACK_FORM_PLAIN);
}

static json_t *line_element(struct arena *arena, const struct form_field *field)
{
    return json_pack("{s:s, s:s, s:o}", "type", "plain_text_input", "action_id",
                     action_of(field), "placeholder",
                     plain(arena, field->hint, HINT_BYTES));
}

static json_t *select_element(struct arena *arena, const struct form_field *field)
{
    json_t *options = json_array();

    for (size_t i = 0; i < field->word_count; i++) {
        /* A value that had to be cut would choose something else. */
        if (!text_is_empty(field->words[i]) &&
            strlen(field->words[i]) <= OPTION_BYTES) {
            json_array_append_new(options,
                                  option(arena, field->words[i], field->words[i]));
        }
    }
    return json_pack("{s:s, s:s, s:o, s:o}", "type", "static_select", "action_id",
                     action_of(field), "placeholder",
                     plain(arena, field->hint, HINT_BYTES), "options", options);
}

static json_t *tick_element(struct arena *arena, const struct form_field *field)
{
    return json_pack("{s:s, s:s, s:[o]}", "type", "checkboxes", "action_id",
                     action_of(field), "options", option(arena, field->hint, "yes"));
}

static json_t *element_of(struct arena *arena, const struct form_field *field)
{
    switch (field->kind) {
    case FORM_LINE: return line_element(arena, field);
    case FORM_ONE_OF: return select_element(arena, field);
    case FORM_TICK: return tick_element(arena, field);
    }
    return NULL;
}

static json_t *block_of(struct arena *arena, const struct form_field *field)
{
    return json_pack("{s:s, s:s, s:b, s:o, s:o}", "type", "input", "block_id",
                     arena_printf(arena, "%lld", (long long)field->at), "optional",
                     field->is_needed ? 0 : 1, "label",
                     plain(arena, field->label, LABEL_BYTES), "element",
                     element_of(arena, field));
}

char *slack_form_open(struct arena *arena, const char *trigger, const struct form *form)
{
    json_t *blocks = json_array();
    const char *behind = json_write(
        arena, json_pack("{s:s, s:s}", "verb", form->verb, "place", form->place));

    for (size_t i = 0; i < form->count; i++) {
        json_array_append_new(blocks, block_of(arena, &form->fields[i]));
    }
    return json_write(
        arena, json_pack("{s:s, s:{s:s, s:s, s:s, s:o, s:o, s:o, s:o}}", "trigger_id",
                         trigger, "view", "type", "modal", "callback_id",
                         SLACK_FORM_CALLBACK, "private_metadata", behind, "title",
                         plain(arena, form->title, TITLE_BYTES), "submit",
                         plain(arena, form->submit, TITLE_BYTES), "close",
                         plain(arena, "Cancel", TITLE_BYTES), "blocks", blocks));
}

char *slack_form_home(struct arena *arena, const struct action *action)
{
    return json_write(arena, json_pack("{s:s, s:{s:s, s:o}}", "user_id", action->person,
                                       "view", "type", "home", "blocks",
                                       slack_blocks(arena, action->note, false)));
}

char *slack_form_ack(struct arena *arena, const char *envelope, const char *block,
                     const char *words)
{
    return json_write(arena, json_pack("{s:s, s:{s:s, s:{s:s}}}", "envelope_id",
                                       envelope, "payload", "response_action", "errors",
                                       "errors", block, words));
}
