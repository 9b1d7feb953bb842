/* Each kind of argument, read from the line. */
#include "bot/words_value.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/incident.h"
#include "bot/say.h"

#define NUMBER_LIMIT 999999999999999 /* nothing was ever given a larger one */

size_t words_length(const char *at)
{
    size_t length = 0;

    while (!text_word_ends(at + length)) {
        length++;
    }
    return length;
}

const char *words_take(struct arena *arena, const char **cursor)
{
    const char *at = text_skip(*cursor);
    size_t quote = words_quote_length(at);
    const char *begin = at + quote, *end = begin;

    while (quote > 0 && *end != '\0' && words_quote_length(end) == 0) {
        end++;
    }
    if (quote > 0 && *end != '\0') {
        *cursor = text_skip(end + words_quote_length(end));
        return arena_copy_n(arena, begin, (size_t)(end - begin));
    }
    if (*at == '\0') {
        return NULL;
    }
    *cursor = text_skip(at + words_length(at));
    return arena_copy_n(arena, at, words_length(at));
}

bool words_stand_at(const char *at, const char *word)
{
    return text_starts(at, word) && text_word_ends(at + strlen(word));
}

const char *words_past(const char *at, const char *word)
{
    return words_stand_at(at, word) ? text_skip(at + strlen(word)) : NULL;
}

bool words_stand_any(const char *at, const char *const *words)
{
    while (*words != NULL && !words_stand_at(at, *words)) {
        words++;
    }
    return *words != NULL;
}

void reading_refuse(struct reading *reading, const char *format, const char *word)
{
    struct arena *arena = reading->turn->arena;
    const char *shown = note_words(arena, text_brief(arena, word, 40));
    struct text text;
    const char *slot;

    format = phrase_of(format);
    slot = strstr(format, "{}"); /* another text may leave it out */
    text_init(&text, arena);
    text_add_n(&text, format, slot == NULL ? strlen(format) : (size_t)(slot - format));
    if (slot != NULL) {
        text_add(&text, shown);
        text_add(&text, slot + 2);
    }
    reading->why = text.data;
}

static bool is_mention(const char *word)
{
    return word != NULL && (*word == '@' || text_starts(word, "<@"));
}

bool reading_is_last(const struct reading *reading)
{
    return reading->next + 1 >= COMMAND_ARGS ||
           reading->args[reading->next + 1].kind == ARG_END;
}

/* "release @bo?" is no order: the sign is left over, as with a blank before it. */
static const char *behind_person(const char *at, bool is_optional)
{
    return !is_optional && at[-1] == '?' && *text_skip(at) == '\0' ? at - 1 : at;
}

/* "@bo" of "handoff to @bo". */
static const char *behind_to(const char *at)
{
    return text_or(words_past(at, "to"), at);
}

static bool read_person(struct reading *reading, struct command_value *value)
{
    bool is_optional = (reading->args[reading->next].flags & ARG_OPTIONAL) != 0;
    const char *at = is_optional ? reading->cursor : behind_to(reading->cursor);
    const char *word = words_take(reading->turn->arena, &at);
    struct refusal refusal = {0};

    if (word == NULL ||
        (is_optional && !is_mention(word) && !reading_is_last(reading))) {
        return false;
    }
    if (!words_person(reading->turn, reading->call, word, &value->person, &refusal,
                      reading->err)) {
        reading->has_failed = true;
        return false;
    }
    if (value->person == NULL) {
        if (!is_optional || is_mention(word)) {
            reading->why = text_or(refusal.text, PHRASE("I know nobody of that name."));
            reading->has_failed =
                (reading->args[reading->next].flags & ARG_HERE) != 0 &&
                !is_mention(word) &&
                !words_add_here(reading->turn, reading->call, &reading->why,
                                reading->err);
        }
        return false;
    }
    value->text = word;
    reading->cursor = behind_person(at, is_optional);
    return true;
}

/* What people call them, where the settings have no such role. */
static const char *role_find(const struct config *config, const char *word)
{
    static const struct {
        const char *said, *role;
    } short_ones[] = {{"comm", "communications"},
                      {"comms", "communications"},
                      {"communication", "communications"},
                      {"communicator", "communications"},
                      {"ic", "commander"}};
    const char *role = config_role_find(config, word);

    for (size_t i = 0; role == NULL && i < sizeof(short_ones) / sizeof(short_ones[0]);
         i++) {
        if (text_same(short_ones[i].said, word)) {
            role = config_role_find(config, short_ones[i].role);
        }
    }
    return role;
}

static bool read_role(struct reading *reading, struct command_value *value)
{
    struct arena *arena = reading->turn->arena;
    const struct config *config = reading->turn->config;
    const char *at = reading->cursor;
    const char *word = words_take(arena, &at);
    struct text names;

    value->text = word == NULL ? NULL : role_find(config, word);
    if (value->text != NULL) {
        reading->cursor = at;
        return true;
    }
    if (word != NULL) {
        text_init(&names, arena);
        for (size_t i = 0; i < config->role_count; i++) {
            text_addf(&names, "%s%s", i == 0 ? "" : ", ", config->roles[i]);
        }
        reading_refuse(reading, "\"{}\" is not a role.", word);
        reading->why = arena_printf(arena, "%s Roles: %s.", reading->why, names.data);
    }
    return false;
}

/* "3" of "ack task 3", "done no. 3": other words behind the verb may be a result. */
static const char *behind_kind(const char *at)
{
    static const char *const kinds[] = {"task", "page", "nr",     "nr.",
                                        "no",   "no.",  "number", NULL};
    const char *behind = text_skip(at + words_length(at));

    return words_stand_any(at, kinds) &&
                   isdigit((unsigned char)behind[*behind == '#' ? 1 : 0])
               ? behind
               : at;
}

/* "ack 2, on it": a mark behind it is not of it. */
static bool read_number(struct reading *reading, struct command_value *value)
{
    const char *at = behind_kind(reading->cursor);
    const char *word = words_take(reading->turn->arena, &at);
    const char *begin;
    long long number;
    char *end;

    if (word == NULL) {
        return false;
    }
    begin = *word == '#' ? word + 1 : word;
    number = strtoll(begin, &end, 10);
    if (end[strspn(end, ",.:;!")] != '\0' || end == begin || number < 0) {
        reading_refuse(reading, "\"{}\" is not a number.", word);
        return false;
    }
    value->number = number > NUMBER_LIMIT ? NUMBER_LIMIT : number;
    value->text = arena_copy_n(reading->turn->arena, word, (size_t)(end - word));
    reading->cursor = at;
    return true;
}

/* The same words for one they may not know of and for a number never given. */
static bool read_incident(struct reading *reading, struct command_value *value)
{
    struct turn *turn = reading->turn;
    const char *at = reading->cursor;
    struct incident *found = NULL;
    bool is_visible = false;
    int64_t id;

    if (!words_reference(&at, true, &id)) {
        if (*reading->cursor != '\0') {
            reading_refuse(reading, "\"{}\" is no incident. Like: inc-42.",
                           reading->cursor);
        }
        return false;
    }
    if (!incident_find(turn->store, id, &found, reading->err) ||
        (found != NULL && !incident_is_visible(turn, found, reading->call->speaker->id,
                                               &is_visible, reading->err))) {
        reading->has_failed = true;
        return false;
    }
    if (!is_visible) {
        reading->why = arena_printf(turn->arena, "There is no %s that you can see.",
                                    words_reference_said(turn->arena, id));
        return false;
    }
    value->incident = found;
    value->number = id;
    reading->cursor = at;
    return true;
}

/* "payments" of "oncall for payments?" and of "page payments, we need you" */
static bool read_word(struct reading *reading, struct command_value *value)
{
    struct arena *arena = reading->turn->arena;
    bool is_optional = (reading->args[reading->next].flags & ARG_OPTIONAL) != 0;
    size_t length;

    if (is_optional) {
        reading->cursor = text_or(words_past(reading->cursor, "for"), reading->cursor);
    }
    value->text = words_take(arena, &reading->cursor);
    length = value->text == NULL ? 0 : strlen(value->text);
    if (length > 1 && !is_mention(value->text) &&
        strchr(reading->call->command->is_look ? ".,;:!?" : ".,;:!",
               value->text[length - 1]) != NULL) {
        value->text = arena_copy_n(arena, value->text, length - 1);
    }
    return value->text != NULL;
}

bool reading_value(struct reading *reading, enum arg_kind kind,
                   struct command_value *value)
{
    switch (kind) {
    case ARG_PERSON: return read_person(reading, value);
    case ARG_ROLE: return read_role(reading, value);
    case ARG_SEVERITY: return reading_level(reading, value);
    case ARG_NUMBER: return read_number(reading, value);
    case ARG_INCIDENT: return read_incident(reading, value);
    case ARG_WORD: return read_word(reading, value);
    case ARG_CHOICE: return reading_choice(reading, value);
    case ARG_TIME: return reading_time(reading, value, false);
    case ARG_WHEN: return reading_time(reading, value, true);
    case ARG_REST: return reading_rest(reading, value);
    case ARG_FLAG:
    case ARG_OPTION:
    case ARG_END: return false;
    }
    return false;
}
