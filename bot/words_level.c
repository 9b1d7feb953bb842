/* A level: "sev1", "sev 1", "sev2 -> sev1", "from sev2 to sev1". */
#include <string.h>

#include "bot/base/text.h"
#include "bot/say.h"
#include "bot/words_value.h"

#define SAID_RUNES 200

/* "1" of "severity 1 half the shop is hit": the level it is the number of, asked. */
static bool ask_level(struct reading *reading, const char *word, const char *behind)
{
    struct arena *arena = reading->turn->arena;
    const struct config *config = reading->turn->config;
    size_t digits = strspn(word, "0123456789");

    for (size_t i = 0; i < config->level_count && word[digits] == '\0'; i++) {
        const char *name = config->levels[i].name;

        if (digits > 0 && text_same(name + strcspn(name, "0123456789"), word)) {
            reading_refuse(reading, "\"{}\" is not a level.", word);
            reading->why = arena_printf(arena, "%s %s?", reading->why, name);
            reading->instead =
                arena_exact(arena, "%s %s%s%s", reading->call->command->name, name,
                            *behind == '\0' ? "" : " ",
                            note_words(arena, text_brief(arena, behind, SAID_RUNES)));
            return true;
        }
    }
    return false;
}

/* "sev 1" is one word to people. NULL where none stands there. */
static const struct config_level *take_level(struct reading *reading, const char **at)
{
    struct arena *arena = reading->turn->arena;
    const struct config *config = reading->turn->config;
    const char *behind_one = *at;
    const char *one = words_take(arena, &behind_one);
    const char *behind_two = behind_one;
    const char *two = one == NULL ? NULL : words_take(arena, &behind_two);
    const struct config_level *level = NULL;

    if (one != NULL) {
        level = config_level_find(config, one);
        *at = level == NULL ? *at : behind_one;
    }
    if (level == NULL && two != NULL) {
        level = config_level_find(config, arena_printf(arena, "%s %s", one, two));
        *at = level == NULL ? *at : behind_two;
    }
    return level;
}

/* Behind "to" or an arrow, where something stands there; NULL: neither is. A phone
 * makes one dash of two. */
static const char *behind_arrow(const char *at)
{
    static const char *const arrows[] = {
        "->", "=>", "-->", "\xe2\x86\x92", "\xe2\x80\x93>", "\xe2\x80\x94>", NULL};
    const char *behind = text_skip(at + words_length(at));

    return *behind != '\0' && words_stand_any(at, arrows) ? behind : NULL;
}

/* "sev2 -> sev1", "sev2 to sev1": from which to which. NULL: what stands at *at is
 * none; of "sev2 to be sure" the rest is a reason. */
static const struct config_level *take_levels(struct reading *reading, const char **at)
{
    const struct config_level *level = take_level(reading, at);
    const struct config_level *next = NULL;
    const char *arrow = level == NULL ? NULL : behind_arrow(*at);
    const char *to = level == NULL ? NULL : words_past(*at, "to");

    if (arrow != NULL) {
        *at = arrow;
        return take_level(reading, at);
    }
    next = to == NULL ? NULL : take_level(reading, &to);
    *at = next == NULL ? *at : to;
    return next == NULL ? level : next;
}

static void refuse_level(struct reading *reading, const char *at)
{
    struct arena *arena = reading->turn->arena;
    const struct config *config = reading->turn->config;
    const char *word = words_take(arena, &at);
    struct text names;

    text_init(&names, arena);
    for (size_t i = 0; i < config->level_count; i++) {
        text_addf(&names, "%s%s", i == 0 ? "" : ", ", config->levels[i].name);
    }
    reading->is_level = true;
    if (!ask_level(reading, word, at)) {
        reading_refuse(reading, "\"{}\" is not a level.", word);
        reading->why = arena_printf(arena, "%s Levels: %s.", reading->why, names.data);
    }
}

bool reading_level(struct reading *reading, struct command_value *value)
{
    const char *at = reading->cursor;
    const char *behind = text_skip(at + words_length(at));
    const struct config_level *level;

    if (*at == '\0') {
        return false;
    }
    if (*behind != '\0' && (words_stand_at(at, "from") || words_stand_at(at, "to"))) {
        at = behind;
    }
    level = take_levels(reading, &at);
    if (level == NULL) {
        refuse_level(reading, at);
        return false;
    }
    value->text = level->name;
    reading->cursor = at;
    return true;
}
