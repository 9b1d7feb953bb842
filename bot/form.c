#include "bot/form.h"

#include <string.h>

#include "bot/base/json.h"
#include "bot/base/text.h"

static const char *const kind_names[] = {
    [FORM_LINE] = "line", [FORM_ONE_OF] = "one-of", [FORM_TICK] = "tick"};

static json_t *field_json(const struct form_field *field)
{
    json_t *words = json_array();

    for (size_t i = 0; i < field->word_count; i++) {
        json_array_append_new(words, json_string(field->words[i]));
    }
    return json_pack("{s:s, s:s, s:s, s:s, s:I, s:b, s:o}", "kind",
                     kind_names[field->kind], "flag", field->flag, "label",
                     field->label, "hint", field->hint, "at", (json_int_t)field->at,
                     "needed", (int)field->is_needed, "words", words);
}

char *form_to_json(struct arena *arena, const struct form *form)
{
    json_t *fields = json_array();

    for (size_t i = 0; i < form->count; i++) {
        json_array_append_new(fields, field_json(&form->fields[i]));
    }
    return json_write(arena, json_pack("{s:s, s:s, s:s, s:s, s:o}", "verb", form->verb,
                                       "title", form->title, "submit", form->submit,
                                       "place", form->place, "fields", fields));
}

static const char *word_of(struct arena *arena, json_t *object, const char *name)
{
    return text_or(json_text(arena, object, name), "");
}

static bool read_field(struct arena *arena, json_t *object, struct form_field *field)
{
    const char *kind = word_of(arena, object, "kind");
    json_t *words = json_object_get(object, "words");

    field->kind = text_equal(kind, kind_names[FORM_TICK])     ? FORM_TICK
                  : text_equal(kind, kind_names[FORM_ONE_OF]) ? FORM_ONE_OF
                                                              : FORM_LINE;
    field->flag = word_of(arena, object, "flag");
    field->label = word_of(arena, object, "label");
    field->hint = word_of(arena, object, "hint");
    field->at = json_number(object, "at", -1);
    field->is_needed = json_flag(object, "needed", false);
    for (size_t i = 0; i < json_array_size(words) && i < FORM_WORDS; i++) {
        const char *word = json_string_value(json_array_get(words, i));

        field->words[field->word_count++] = arena_copy(arena, text_or(word, ""));
    }
    return field->at >= 0 && field->at < FORM_FIELDS;
}

static bool read_form(struct arena *arena, json_t *object, struct form *form)
{
    json_t *fields = json_object_get(object, "fields");

    form->verb = word_of(arena, object, "verb");
    form->title = word_of(arena, object, "title");
    form->submit = word_of(arena, object, "submit");
    form->place = word_of(arena, object, "place");
    form->count = json_array_size(fields);
    if (form->count == 0 || form->count > FORM_FIELDS) {
        return false;
    }
    for (size_t i = 0; i < form->count; i++) {
        if (!read_field(arena, json_array_get(fields, i), &form->fields[i])) {
            return false;
        }
    }
    return true;
}

struct form *form_from_json(struct arena *arena, const char *json)
{
    json_t *object = json_parse(json, strlen(json));
    struct form *form = ARENA_NEW(arena, struct form);
    bool is_form = read_form(arena, object, form);

    json_decref(object);
    return is_form ? form : NULL;
}

/* One line of it, and in quotes where a flag's answer has blanks. */
static void add_words(struct text *line, const char *words, bool is_quoted)
{
    if (is_quoted) {
        text_add(line, "\"");
    }
    for (; *words != '\0'; words++) {
        if (text_is_blank(*words)) {
            text_add(line, " ");
        } else if (!is_quoted || *words != '"') {
            text_add_n(line, words, 1);
        }
    }
    if (is_quoted) {
        text_add(line, "\"");
    }
}

char *form_line(struct arena *arena, const char *verb,
                const struct form_answer *answers, size_t count)
{
    struct text line;

    text_init(&line, arena);
    text_add(&line, verb);
    for (size_t i = 0; i < count; i++) {
        const struct form_answer *answer = &answers[i];
        const char *words =
            answer->text == NULL ? NULL : text_trim(arena, answer->text);

        if (answer->is_free || (words != NULL && *words == '\0')) {
            continue;
        }
        if (*answer->flag != '\0') {
            text_addf(&line, " %s", answer->flag);
        }
        if (words != NULL) {
            text_add(&line, " ");
            add_words(&line, words,
                      *answer->flag != '\0' && strpbrk(words, " \t\n") != NULL);
        }
    }
    return line.data;
}

char *form_words(struct arena *arena, const struct form_answer *answers, size_t count)
{
    struct text line;

    text_init(&line, arena);
    for (size_t i = 0; i < count; i++) {
        if (answers[i].is_free && !text_is_empty(answers[i].text)) {
            text_add(&line, line.length_bytes == 0 ? "" : " ");
            add_words(&line, text_trim(arena, answers[i].text), false);
        }
    }
    return line.length_bytes == 0 ? NULL : line.data;
}
