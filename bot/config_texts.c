#include "bot/config_texts.h"

#include <stdio.h>
#include <string.h>

#include <cyaml/cyaml.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/config_yaml.h"

struct file {
    struct file_text {
        char *say, *as;
    } * texts;
    uint64_t texts_count;
};

#define NEEDED(name)                                                                   \
    CYAML_FIELD_STRING_PTR(#name, CYAML_FLAG_POINTER, struct file_text, name, 1,       \
                           CYAML_UNLIMITED)

static const cyaml_schema_field_t text_fields[] = {
    NEEDED(say),
    NEEDED(as),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t text_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct file_text, text_fields),
};
static const cyaml_schema_field_t file_fields[] = {
    CYAML_FIELD_SEQUENCE("texts", CYAML_FLAG_POINTER, struct file, texts, &text_schema,
                         0, CYAML_UNLIMITED),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t file_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER_NULL, struct file, file_fields),
};

/* Said twice, one of the two would be in vain. */
static bool is_first(const struct config_yaml *yaml, const struct file *file, size_t at,
                     struct err *err)
{
    const char *say = file->texts[at].say;

    for (size_t i = 0; i < at; i++) {
        if (strcmp(file->texts[i].say, say) == 0) {
            return config_yaml_refuse(yaml, config_yaml_line(yaml, "say", say, 2), err,
                                      "\"%s\" stands here a second time",
                                      text_brief(yaml->arena, say, 60));
        }
    }
    return true;
}

/* Found only where it is asked for: it takes a walk through the file. */
static size_t line_of(const struct config_yaml *yaml, const struct file_text *text)
{
    return config_yaml_line(yaml, "say", text->say, 1);
}

static bool take_text(const struct config_yaml *yaml, struct arena *arena,
                      const struct file_text *text, struct phrase *phrase,
                      struct err *err)
{
    if (!phrase_is_known(text->say)) {
        return config_yaml_refuse(
            yaml, line_of(yaml, text), err,
            "\"%s\" is no text of mine: muster check --texts lists them",
            text_brief(yaml->arena, text->say, 60));
    }
    *phrase = (struct phrase){.from = arena_copy(arena, text->say),
                              .to = text_clean(arena, text->as, strlen(text->as))};
    if (!phrase_fits(phrase->from, phrase->to)) {
        return config_yaml_refuse(yaml, line_of(yaml, text), err,
                                  "\"%s\" does not take the values of \"%s\"",
                                  text_brief(yaml->arena, text->as, 60),
                                  text_brief(yaml->arena, text->say, 60));
    }
    return true;
}

static bool take_file(const struct config_yaml *yaml, struct arena *arena,
                      const struct file *file, struct err *err)
{
    struct phrase *phrases = ARENA_ARRAY(arena, struct phrase, file->texts_count + 1);

    for (uint64_t i = 0; i < file->texts_count; i++) {
        if (!is_first(yaml, file, i, err) ||
            !take_text(yaml, arena, &file->texts[i], &phrases[i], err)) {
            return false;
        }
    }
    phrase_use(phrases, file->texts_count);
    return true;
}

bool config_texts_load(struct arena *arena, const char *path, struct err *err)
{
    struct config_yaml yaml;
    void *file;
    bool is_taken;

    if (!config_yaml_read(arena, path, &yaml, err) ||
        !config_yaml_load(&yaml, &file_schema, &file, err)) {
        return false;
    }
    is_taken = file == NULL || take_file(&yaml, arena, file, err);
    config_yaml_free(&file_schema, file);
    return is_taken;
}

/* As a YAML string in double quotes. */
static const char *quoted(struct arena *arena, const char *string)
{
    struct text text;

    text_init(&text, arena);
    text_add(&text, "\"");
    for (const char *at = string; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\') {
            text_add(&text, "\\");
        }
        if (*at == '\n') {
            text_add(&text, "\\n");
        } else {
            text_add_n(&text, at, 1);
        }
    }
    text_add(&text, "\"");
    return text.data;
}

void config_texts_list(struct arena *arena)
{
    phrase_use(NULL, 0); /* what it says by itself */
    printf("# Say something else: keep the entries you change, and their %%s in order "
           "or by "
           "number (%%2$s).\ntexts:\n");
    for (size_t i = 0; phrase_table[i] != NULL; i++) {
        const char *text = quoted(arena, phrase_table[i]);

        printf("  - say: %s\n    as:  %s\n", text, text);
    }
}
