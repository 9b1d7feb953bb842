/* Free words of a line: up to its end, or to where a later argument begins. */
#include <ctype.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/recorder.h"
#include "bot/words_value.h"

/* "by 14:05", "by 14h05" and "by friday" are a time, "by 10m" is how much. */
static bool stands_by(const char *at)
{
    const char *behind = words_past(at, "by");
    int64_t span_ms;

    return behind != NULL &&
           (!time_take_span(&behind, &span_ms) || isdigit((unsigned char)*behind));
}

size_t reading_lead(const struct command_arg *arg, const char *at)
{
    if (arg->after != NULL && words_stand_at(at, arg->after)) {
        return strlen(arg->after);
    }
    if (text_equal(arg->after, "in") && words_stand_at(at, "within")) {
        return strlen("within");
    }
    if (text_equal(arg->after, "until") && words_stand_at(at, "till")) {
        return strlen("till");
    }
    return (arg->flags & ARG_BY) != 0 && stands_by(at) ? strlen("by") : 0;
}

/* Does the word of an argument behind the one at `i` stand at `at`? */
static bool leads_on(const struct reading *reading, size_t i, const char *at)
{
    for (i += 1; i < COMMAND_ARGS && reading->args[i].kind != ARG_END; i++) {
        if (reading_lead(&reading->args[i], at) > 0) {
            return true;
        }
    }
    return false;
}

/* May a time that began at `at` be an argument, with `behind` behind it? "in 10m" is
 * one at the end of the line, "in 10m, please", too; "by friday morning" is a word of
 * the text. */
static bool when_ends(const struct reading *reading, size_t i, const char *at,
                      const char *behind)
{
    const struct command_arg *arg = &reading->args[i];
    bool is_last = i + 1 >= COMMAND_ARGS || arg[1].kind == ARG_END;

    return *words_behind_courtesy(behind, false) == '\0' ||
           (!is_last &&
            (words_stand_at(at, arg->after) || leads_on(reading, i, behind)));
}

/* Does the rest of the line at `at` begin a later argument? Its `after` word, and what
 * fits it. */
static bool begins_later(const struct reading *reading, const char *at)
{
    for (size_t i = reading->next + 1;
         i < COMMAND_ARGS && reading->args[i].kind != ARG_END; i++) {
        const struct command_arg *arg = &reading->args[i];
        struct command_value when = {0};
        size_t lead = reading_lead(arg, at);
        const char *behind = text_skip(at + lead);

        if (lead == 0) {
            continue;
        }
        if (arg->kind != ARG_WHEN && *behind != '\0') {
            return true;
        }
        if (arg->kind == ARG_WHEN && reading_takes_when(reading, arg, &behind, &when) &&
            when_ends(reading, i, at, text_skip(behind))) {
            return true;
        }
    }
    return false;
}

/* How long the dash with a blank before it is that ends the text; 0: none does. */
static size_t dash_length(const char *text, size_t length)
{
    static const char *const dashes[] = {" -", " --", " \xe2\x80\x93", " \xe2\x80\x94"};

    for (size_t i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++) {
        size_t dash = strlen(dashes[i]);

        if (length > dash && strncmp(text + length - dash, dashes[i], dash) == 0) {
            return dash;
        }
    }
    return 0;
}

/* A comma or a dash before what goes on, as in "look at the logs, in 15m", is of
 * neither. */
static size_t rest_length(const char *from, const char *at)
{
    size_t length = (size_t)(at - from);

    while (*at != '\0' && length > 0 && strchr(" ,;", from[length - 1]) != NULL) {
        length--;
    }
    return *at == '\0' ? length : length - dash_length(from, length);
}

/* Whom it mentions is named as on the timeline: by its words what became of a command
 * is found again when that is deleted or edited. */
bool reading_rest(struct reading *reading, struct command_value *value)
{
    struct turn *turn = reading->turn;
    const char *at = reading->cursor;
    const char *text;

    while (*at != '\0' && !begins_later(reading, at)) {
        at = text_skip(at + words_length(at));
    }
    text = text_trim(turn->arena, arena_copy_n(turn->arena, reading->cursor,
                                               rest_length(reading->cursor, at)));
    if (!recorder_name_people(turn, reading->call->event->place.adapter, text,
                              &value->text, reading->err)) {
        reading->has_failed = true;
        return false;
    }
    reading->cursor = at;
    return *value->text != '\0';
}
