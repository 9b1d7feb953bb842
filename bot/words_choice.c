/* One of a few words. Where it is none of them, what was typed may be what follows. */
#include <string.h>

#include "bot/base/text.h"
#include "bot/say.h"
#include "bot/words_value.h"

#define KEPT_BYTES 400 /* longer words are not said back */

/* A slip of the fingers, and not the first word of what follows. */
static bool is_nearly(const char *choice, const char *word)
{
    return text_distance(choice, word) <= strlen(word) / 4;
}

/* "update we are on it": which of two was left out, and the words are kept for the
 * line that says it. */
static void ask_choice(struct reading *reading)
{
    struct arena *arena = reading->turn->arena;
    const struct command_arg *arg = &reading->args[reading->next];
    const char *words = arg->words;

    reading->why =
        arena_printf(arena, "%s?", text_sentence(arena, command_choices(arena, words)));
    if (strlen(reading->cursor) > KEPT_BYTES || strchr(reading->cursor, '`') != NULL) {
        return;
    }
    reading->instead = arena_exact(
        arena, "%s %.*s%.*s %s", reading->call->command->name,
        (int)(reading->cursor - reading->line), reading->line, (int)strcspn(words, " "),
        words, note_words(arena, reading->cursor));
}

static bool asks_choice(const struct reading *reading, bool is_near)
{
    const struct command_arg *arg = &reading->args[reading->next];

    return !is_near && command_arg_is_short(arg) && strchr(arg->words, ' ') != NULL &&
           !reading_is_last(reading) && arg[1].kind == ARG_REST &&
           ((arg->flags | arg[1].flags) & ARG_OPTIONAL) == 0;
}

/* "in out" → "in, out" */
static const char *list_choices(struct arena *arena, const char *words)
{
    struct text list;

    text_init(&list, arena);
    for (const char *at = words; *at != '\0'; at++) {
        text_add_n(&list, *at == ' ' ? "," : "", *at == ' ' ? 1 : 0);
        text_add_n(&list, at, 1);
    }
    return list.data;
}

/* Which of the words it is, "in:" and "in." being "in"; -1: none. */
static int place_of(struct arena *arena, const char *words, const char *word)
{
    size_t length = strlen(word);
    int place = 0;

    length -= length > 1 && strchr(":,.!", word[length - 1]) != NULL ? 1 : 0;
    for (const char *at = text_or(words, ""); *at != '\0'; place++) {
        const char *name = words_take(arena, &at);

        if (strlen(name) == length && text_starts(word, name)) {
            return place;
        }
    }
    return -1;
}

static const char *name_at(struct arena *arena, const char *words, int place)
{
    const char *name = NULL;

    for (int i = 0; i <= place; i++) {
        name = words_take(arena, &words);
    }
    return name;
}

static bool is_near_any(struct arena *arena, const char *words, const char *word)
{
    bool is_near = false;

    while (*words != '\0') {
        is_near = is_nearly(words_take(arena, &words), word) || is_near;
    }
    return is_near;
}

bool reading_choice(struct reading *reading, struct command_value *value)
{
    struct arena *arena = reading->turn->arena;
    const struct command_arg *arg = &reading->args[reading->next];
    const char *words = arg->words;
    const char *at = reading->cursor;
    const char *word = words_take(arena, &at);
    int place;

    if (word == NULL) {
        return false;
    }
    place = place_of(arena, words, word);
    place = place < 0 ? place_of(arena, arg->also, word) : place;
    if (place >= 0) {
        value->text = name_at(arena, words, place);
        reading->cursor = at;
        return true;
    }
    if (asks_choice(reading, is_near_any(arena, words, word))) {
        ask_choice(reading);
        return false;
    }
    reading_refuse(reading, "\"{}\" is none of: ", word);
    reading->why =
        arena_printf(arena, "%s%s.", reading->why, list_choices(arena, words));
    return false;
}
