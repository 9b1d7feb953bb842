/* The typed reading of a line: one form after the other, argument by argument. */
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/note.h"
#include "bot/words_unread.h"
#include "bot/words_value.h"

#define UNREAD_RUNES 40

/* "--started 25:99" */
static void note_unread(struct reading *reading, const struct command_arg *arg)
{
    struct arena *arena = reading->turn->arena;
    const char *word = reading->cursor;

    if (arg->value == ARG_TIME) {
        reading->call->unread = text_brief(
            arena,
            arena_printf(arena, "--%s %.*s", arg->name, (int)words_length(word), word),
            UNREAD_RUNES);
    }
}

/* The line without the words of one flag or option that stands in it. */
static void take_flag(struct reading *reading, const struct command_arg *arg,
                      struct command_value *value)
{
    struct arena *arena = reading->turn->arena;
    const char *line = reading->cursor;
    bool is_lenient = text_equal(arg->name, reading->call->command->private_flag);

    for (const char *at = line; *at != '\0'; at = text_skip(at + words_length(at))) {
        const char *before = line;
        size_t length = words_flag_length(at, arg->name, is_lenient);

        if (length == 0) {
            continue;
        }
        reading->cursor = text_skip(at + length);
        value->is_given =
            arg->kind == ARG_FLAG || reading_value(reading, arg->value, value);
        if (!value->is_given && (arg->flags & ARG_LENIENT) != 0) {
            note_unread(reading, arg);
            reading->why = NULL;
            reading->cursor = line;
            return;
        }
        if (!value->is_given && reading->why == NULL) {
            reading->why = arena_printf(arena, "--%s lacks its value.", arg->name);
        }
        reading->cursor =
            arena_printf(arena, "%.*s%s", (int)(at - before), before, reading->cursor);
        return;
    }
}

static void take_flags(struct reading *reading)
{
    for (size_t i = 0; i < COMMAND_ARGS && reading->args[i].kind != ARG_END; i++) {
        const struct command_arg *arg = &reading->args[i];

        if (arg->kind == ARG_FLAG || arg->kind == ARG_OPTION) {
            reading->next = i;
            take_flag(reading, arg, &reading->call->args[i]);
        }
    }
    reading->cursor = text_skip(reading->cursor);
}

/* "-1" */
static bool is_below_zero(const char *at)
{
    size_t length = words_length(at);

    return length > 1 && *at == '-' && strspn(at + 1, "0123456789") == length - 1;
}

/* What stands at `at` is not the argument. May the command do without it? */
static bool does_without(struct reading *reading, const struct command_arg *arg,
                         const char *at)
{
    if ((arg->flags & ARG_OPTIONAL) == 0) {
        return false;
    }
    if ((arg->kind == ARG_TIME && words_are_like_past(at)) ||
        (arg->kind == ARG_NUMBER && is_below_zero(at))) {
        return false; /* the words behind it must not swallow it */
    }
    if (!reading->has_failed && (reading->why == NULL || !reading_is_last(reading)) &&
        arg->kind != ARG_PERSON) {
        reading->why = NULL;
        return true;
    }
    return reading->why == NULL && !reading->has_failed;
}

static bool is_courtesy(const char *at, bool may_ask)
{
    static const char *const words[] = {"please", "pls", "plz", "thanks",
                                        "thx",    "now", ""};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        size_t length = strlen(words[i]);

        if (text_starts(at, words[i]) &&
            length + strspn(at + length, may_ask ? WORDS_SIGNS "?" : WORDS_SIGNS) ==
                words_length(at)) {
            return true;
        }
    }
    return false;
}

const char *words_behind_courtesy(const char *at, bool may_ask)
{
    at = text_skip(at);
    while (*at != '\0' && is_courtesy(at, may_ask)) {
        at = text_skip(at + words_length(at));
    }
    return at;
}

/* "update in ?" asks what to write, "done 3 ?" whether it is. A title may be "???". */
static bool is_asking(const struct reading *reading, const char *at)
{
    return reading->next > 0 && reading->args[reading->next].kind == ARG_REST &&
           strchr(at, '?') != NULL && at[strspn(at, WORDS_SIGNS "? ")] == '\0';
}

/* False: this form does not fit, reading->why may say why. */
static bool read_arg(struct reading *reading)
{
    const struct command_arg *arg = &reading->args[reading->next];
    struct command_value *value = &reading->call->args[reading->next];
    const char *before = reading->cursor;
    bool is_optional = (arg->flags & ARG_OPTIONAL) != 0;
    bool may_ask = reading->call->command->is_look;
    size_t lead = reading_lead(arg, before);

    if (arg->kind == ARG_FLAG || arg->kind == ARG_OPTION) {
        return true;
    }
    if (arg->after != NULL && lead == 0) {
        reading->why = is_optional ? NULL
                                   : arena_printf(reading->turn->arena,
                                                  "\"%s\" is missing.", arg->after);
        return is_optional;
    }
    reading->cursor = text_skip(before + lead);
    if (is_optional && arg->kind != ARG_TIME &&
        *words_behind_courtesy(before, may_ask) == '\0') {
        return true; /* "resolve now, please" gives no reason, "oncall now" no service
                      */
    }
    value->is_given = !is_asking(reading, reading->cursor) &&
                      reading_value(reading, arg->kind, value);
    if (value->is_given) {
        return true;
    }
    reading->cursor = before;
    if (does_without(reading, arg, before)) {
        return true;
    }
    if (reading->why == NULL && !is_optional) {
        struct arena *arena = reading->turn->arena;

        reading->why = arena_printf(arena, "%s is missing.",
                                    text_sentence(arena, command_arg_said(arena, arg)));
    }
    return false;
}

static bool read_form(struct reading *reading)
{
    memset(reading->call->args, 0, sizeof(reading->call->args));
    reading->call->unread = NULL;
    take_flags(reading);
    reading->line = reading->cursor;
    reading->next = 0;
    if (reading->why != NULL || reading->has_failed) {
        return false;
    }
    while (reading->next < COMMAND_ARGS &&
           reading->args[reading->next].kind != ARG_END) {
        if (!read_arg(reading)) {
            return false;
        }
        reading->next += 1;
    }
    if (*words_behind_courtesy(reading->cursor, reading->call->command->is_look) !=
        '\0') {
        reading_refuse(reading, "\"{}\" is more than I can use here.", reading->cursor);
        return false;
    }
    return true;
}

/* `best` is the form that came furthest. */
static void explain(const struct reading *best, size_t form, struct refusal *refusal)
{
    const struct command_call *call = best->call;
    struct turn *turn = best->turn;
    const char *undone = phrase_of(text_or(call->command->forms[form].undone,
                                           PHRASE_LATER("Nothing was changed.")));
    const char *usage =
        text_or(best->instead, command_usage(turn->arena, call->command, form));
    bool is_level = best->is_level && best->why != NULL && call->incident != NULL;

    refusal->text =
        arena_printf(turn->arena, "%s %s%s%s%s%s",
                     text_or(best->why, PHRASE("That is not how it is written.")),
                     is_level ? "" : undone, is_level ? "" : " ",
                     note_command(turn->arena, "%s", usage),
                     is_level ? PHRASE(". It is still ") : "",
                     is_level ? call->incident->severity : "");
    if (is_level) {
        refusal->text = arena_printf(turn->arena, "%s.", refusal->text);
    }
}

bool words_read(struct turn *turn, struct command_call *call, const char *rest,
                command_fn **run, struct refusal *refusal, struct err *err)
{
    const struct command *command = call->command;
    struct reading best = {.turn = turn, .call = call};
    size_t best_form = 0;

    for (size_t form = 0; form < command_forms(command); form++) {
        struct reading reading = {
            .turn = turn,
            .call = call,
            .args = command->forms[form].args,
            .cursor = text_skip(rest),
            .err = err,
        };

        if (read_form(&reading)) {
            call->unread =
                text_or(call->unread, words_unread(turn, call, reading.args));
            *run = command->forms[form].run;
            return true;
        }
        if (reading.has_failed) {
            return false;
        }
        if (best.why == NULL || reading.next > best.next ||
            (reading.next == best.next && form == command->main_form &&
             reading.args[0].kind != ARG_END)) {
            best = reading;
            best_form = form;
        }
    }
    explain(&best, best_form, refusal);
    return true;
}
