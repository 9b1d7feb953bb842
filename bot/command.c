#include "bot/command.h"

#include <string.h>
#include <strings.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"

#define NEAR_LETTERS  3 /* at most so many wrong, fewer in a short word */
#define BEGUN_LETTERS 3 /* so many of a verb are a beginning */
#define NUMBER_SHOWN  40
#define CHOICES_BYTES 40 /* longer lists of words go by their name */

size_t command_forms(const struct command *command)
{
    size_t count = 0;

    while (count < COMMAND_FORMS && command->forms[count].run != NULL) {
        count += 1;
    }
    return count;
}

const char *command_summary(const struct command *command, size_t form)
{
    return phrase_of(text_or(command->forms[form].summary, command->summary));
}

bool command_listed(const struct command *command, size_t place, size_t *form)
{
    size_t at = 0;

    *form = command->main_form;
    for (size_t i = 0; i < command_forms(command) && at < place; i++) {
        if (i != command->main_form && !command->forms[i].is_variant) {
            *form = i;
            at += 1;
        }
    }
    return at == place;
}

int64_t command_number(const struct command_value *value)
{
    return value->is_given && value->number == 0 ? -1 : value->number;
}

const char *command_number_typed(struct arena *arena, const struct command_value *value,
                                 int64_t n)
{
    if (value->is_given && value->text != NULL && command_number(value) == n) {
        return text_brief(arena, *value->text == '#' ? value->text + 1 : value->text,
                          NUMBER_SHOWN);
    }
    return arena_printf(arena, "%lld", (long long)(n < 0 ? 0 : n));
}

const struct command *command_find(const char *name)
{
    for (size_t i = 0; command_table[i] != NULL; i++) {
        if (text_same(command_table[i]->name, name)) {
            return command_table[i];
        }
    }
    return NULL;
}

/* `--service S`, `--started TIME` */
static void add_option(struct text *usage, const struct command_arg *arg)
{
    text_addf(usage, "--%s ", arg->name);
    if (arg->value == ARG_TIME) {
        text_add(usage, "TIME");
    } else {
        text_addf(usage, "%.1s", text_sentence(usage->arena, arg->name));
    }
}

/* "one two three" -> "one·two·three" */
static void add_choices(struct text *usage, const char *words)
{
    size_t length = strcspn(words, " ");

    text_add_n(usage, words, length);
    while (words[length] == ' ') {
        words += length + 1;
        length = strcspn(words, " ");
        text_add(usage, "·");
        text_add_n(usage, words, length);
    }
}

const char *command_choices(struct arena *arena, const char *words)
{
    struct text list;

    text_init(&list, arena);
    while (*words != '\0') {
        size_t length = strcspn(words, " ");
        const char *next = words + length + strspn(words + length, " ");
        bool is_last = *next == '\0';

        if (list.length_bytes > 0) {
            text_add(&list, is_last ? PHRASE(" or ") : ", ");
        }
        text_add_n(&list, words, length);
        words = next;
    }
    return list.data;
}

const char *command_arg_said(struct arena *arena, const struct command_arg *arg)
{
    static const char *const said[] = {
        [ARG_PERSON] = PHRASE_LATER("a name"),
        [ARG_ROLE] = PHRASE_LATER("a role"),
        [ARG_SEVERITY] = PHRASE_LATER("a level"),
        [ARG_INCIDENT] = PHRASE_LATER("an incident"),
        [ARG_TIME] = PHRASE_LATER("a time"),
        [ARG_WHEN] = PHRASE_LATER("a time"),
        [ARG_OPTION] = NULL,
    };

    if (arg->said != NULL) {
        return phrase_of(arg->said);
    }
    if (arg->kind == ARG_CHOICE) {
        return command_choices(arena, arg->words);
    }
    if (arg->kind == ARG_NUMBER) {
        return arena_printf(arena, "the number %s", arg->name);
    }
    return said[arg->kind] == NULL ? arg->name : phrase_of(said[arg->kind]);
}

bool command_arg_is_short(const struct command_arg *arg)
{
    return arg->kind == ARG_CHOICE && strlen(arg->words) <= CHOICES_BYTES;
}

static void add_arg_name(struct text *usage, const struct command_arg *arg)
{
    if (arg->kind == ARG_FLAG) {
        text_addf(usage, "--%s", arg->name);
    } else if (arg->kind == ARG_OPTION) {
        add_option(usage, arg);
    } else if (command_arg_is_short(arg)) {
        add_choices(usage, arg->words);
    } else {
        text_add(usage, arg->name);
    }
}

static void add_arg(struct text *usage, const struct command_arg *arg)
{
    bool is_optional = ((arg->flags & ARG_OPTIONAL) != 0 && arg->name[0] != '[') ||
                       arg->kind == ARG_FLAG || arg->kind == ARG_OPTION;

    text_add(usage, is_optional ? " [" : " ");
    if (arg->after != NULL) {
        text_addf(usage, "%s ", arg->after);
    }
    add_arg_name(usage, arg);
    text_add(usage, is_optional ? "]" : "");
}

const char *command_usage(struct arena *arena, const struct command *command,
                          size_t form)
{
    struct text usage;

    text_init(&usage, arena);
    text_add(&usage, command->name);
    for (size_t i = 0; i < COMMAND_ARGS && command->forms[form].args[i].kind != ARG_END;
         i++) {
        add_arg(&usage, &command->forms[form].args[i]);
    }
    return usage.data;
}

/* `sev` begins "severity", and "acknowledge" begins with `ack`. */
static bool is_begun(const char *name, const char *word)
{
    return strlen(word) >= BEGUN_LETTERS && strlen(name) >= BEGUN_LETTERS &&
           (text_starts(name, word) || text_starts(word, name));
}

static const struct command *find_begun(const char *word)
{
    for (size_t i = 0; command_table[i] != NULL; i++) {
        if (is_begun(command_table[i]->name, word)) {
            return command_table[i];
        }
    }
    return NULL;
}

/* The first of two words as a whole: "who" of "who can". */
static const struct command *find_first_word(const char *word)
{
    size_t length = strlen(word);

    for (size_t i = 0; length > 0 && command_table[i] != NULL; i++) {
        const char *name = command_table[i]->name;

        if (text_starts(name, word) && name[length] == ' ') {
            return command_table[i];
        }
    }
    return NULL;
}

const struct command *command_near(const char *word)
{
    const struct command *nearest = find_first_word(word);
    size_t best = (strlen(word) + 2) / 4;

    if (nearest != NULL) {
        return nearest;
    }
    best = best > NEAR_LETTERS ? NEAR_LETTERS : best;
    best = best == 0 ? 1 : best;
    for (size_t i = 0; command_table[i] != NULL; i++) {
        const char *name = command_table[i]->name;
        size_t distance = text_distance(name, word);

        if (strlen(word) == 2 && strlen(name) == 2) {
            continue; /* one letter is half of it: "bo leads" is no "no" */
        }
        if (distance < best || (distance == best && nearest == NULL)) {
            nearest = command_table[i];
            best = distance;
        }
    }
    return nearest != NULL ? nearest : find_begun(word);
}

/* How long the words are that begin the line, where a phone's apostrophe is one, too;
 * 0: they don't. */
static size_t begins_with(const char *line, const char *words)
{
    size_t before = strcspn(words, "'");
    const char *rest = words + before, *at;

    if (strncasecmp(line, words, before) != 0) {
        return 0;
    }
    at = line + before;
    if (*rest == '\'' && text_starts(at, "\xe2\x80\x99")) {
        at += strlen("\xe2\x80\x99");
        rest += 1;
    }
    return text_starts(at, rest) ? (size_t)(at - line) + strlen(rest) : 0;
}

const struct command_other *command_other(const char *line)
{
    line = text_skip(line);
    for (size_t i = 0; command_others[i].words != NULL; i++) {
        size_t length = begins_with(line, command_others[i].words);

        if (length > 0 && strchr(" \t\n\r?.,:!", line[length]) != NULL) {
            return &command_others[i];
        }
    }
    return NULL;
}
