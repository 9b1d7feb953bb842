#include "bot/words_unread.h"

#include <ctype.h>
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/say.h"
#include "bot/words_value.h"

#define SHOWN_RUNES 40
#define WORDS_AHEAD 4 /* "in a couple of hours" */

static bool is_unit(const char *at)
{
    static const char *const units[] = {"min",  "mins",  "minute", "minutes",
                                        "hour", "hours", "day",    "days",
                                        "week", "weeks", "half",   NULL};

    return words_stand_any(at, units);
}

/* Is one of the next few words a unit of time? "in 3 regions" holds none. */
static bool holds_unit(const char *at)
{
    for (int word = 0; word < WORDS_AHEAD && *at != '\0'; word++) {
        if (words_stand_at(at, "last") || words_stand_at(at, "past")) {
            return false;
        }
        if (is_unit(at)) {
            return true;
        }
        at = text_skip(at + words_length(at));
    }
    return false;
}

/* "10m", "25:99", "2026-13-40", and a number that ends the line. */
static bool begins_like_time(const char *at)
{
    size_t digits = strspn(at, "0123456789");
    int64_t span_ms;

    return digits > 0 && (time_take_span(&at, &span_ms) || at[digits] == ':' ||
                          at[digits] == '-' || *text_skip(at + digits) == '\0');
}

static bool looks_like_time(const char *at, const char *after)
{
    if (*at == '\0') {
        return false;
    }
    if ((*at == '-' || *at == '+') && isdigit((unsigned char)at[1])) {
        return true;
    }
    if (text_same(after, "due")) {
        return !words_stand_at(at, "to");
    }
    return begins_like_time(at) || holds_unit(at);
}

/* "2.41", "14h30", "25:99", "12/03", "2026-13-40"; "5xx" and "5.2.1" are none. */
static bool is_clock(const char *at)
{
    size_t digits = strspn(at, "0123456789");
    size_t more;

    if (digits == 0 || at[digits] == '\0') {
        return false;
    }
    more = strspn(at + digits + 1, "0123456789");
    return (strchr(":-/", at[digits]) != NULL && more > 0) ||
           (strchr(".hH", at[digits]) != NULL && more == 2 &&
            digits + 1 + more == words_length(at));
}

/* "3pm", "3 pm", "20 minutes ago", "2 o'clock". */
static bool is_counted(const char *at)
{
    static const char *const behind[] = {"am", "pm", "o'clock", "ago", NULL};
    size_t digits = strspn(at, "0123456789");
    const char *next = text_skip(at + digits);
    int64_t span_ms;

    return digits > 0 &&
           (words_stand_any(next, behind) ||
            (time_take_span(&at, &span_ms) && words_stand_at(text_skip(at), "ago")));
}

/* "29 dec 20:10", "dec 29" */
static bool is_dated(const char *at)
{
    const char *next = text_skip(at + words_length(at));

    return (isdigit((unsigned char)*at) && time_is_month(next)) ||
           (isdigit((unsigned char)*next) && time_is_month(at));
}

bool words_are_like_past(const char *at)
{
    static const char *const before[] = {"at", "around", "about", "since", NULL};
    static const char *const days[] = {
        "yesterday",    "today",          "tonight",  "last night",
        "this morning", "noon",           "midnight", "half past",
        "this evening", "this afternoon", NULL};

    if (words_stand_any(at, before)) {
        at = text_skip(at + words_length(at));
    }
    return is_clock(at) || is_counted(at) || is_dated(at) || words_stand_any(at, days);
}

/* The last place is meant: "look in the logs in 10m please". */
static const char *find_in(struct turn *turn, const char *words, const char *after)
{
    const char *found = NULL;

    for (const char *at = words; *at != '\0'; at = text_skip(at + words_length(at))) {
        const char *behind = words_past(at, after);

        if (behind != NULL && looks_like_time(behind, after)) {
            found = at;
        }
    }
    return found == NULL ? NULL : text_brief(turn->arena, found, SHOWN_RUNES);
}

/* "at 4:10" of "mitigated by a rollback at 4:10"; NULL: the words end with no time. */
static const char *find_last(struct turn *turn, const struct command_call *call,
                             const char *words)
{
    for (const char *at = words; *at != '\0'; at = text_skip(at + words_length(at))) {
        const char *end = at;
        int64_t at_ms;

        if ((words_stand_at(at, "at") || words_stand_at(at, "since")) &&
            time_read(&end, call->zone, turn->now_ms, false, &at_ms) && *end == '\0') {
            return at;
        }
    }
    return NULL;
}

const char *words_unread(struct turn *turn, const struct command_call *call,
                         const struct command_arg *args)
{
    if (args[0].kind == ARG_TIME && !call->args[0].is_given && call->args[1].is_given) {
        return find_last(turn, call, call->args[1].text);
    }
    for (size_t i = 1; i < COMMAND_ARGS && args[i].kind != ARG_END; i++) {
        if (args[i].kind == ARG_WHEN && args[i].after != NULL &&
            !call->args[i].is_given && args[i - 1].kind == ARG_REST &&
            call->args[i - 1].is_given) {
            return find_in(turn, call->args[i - 1].text, args[i].after);
        }
    }
    return NULL;
}

/* An "in 10m" is read at the end of a line; an option's time is a past one. */
static const char *form_of(const char *unread)
{
    return words_stand_at(unread, "in")
               ? PHRASE("It goes last in the line: in 10m, in 2h, in 3d.")
           : text_starts(unread, "--")
               ? PHRASE("Like: 14:05, yesterday 14:05, 2026-12-01 14:05, 10 min ago.")
               : PHRASE("Like: 10m, 14:05, friday, 2026-12-01.");
}

/* Of what happened: the moment is set, and it is not the one in the words. */
static struct note *note_last(struct turn *turn, const struct command_call *call)
{
    return say_note(
        turn, "\"%s\" was taken as words: the time goes first. %s",
        note_words(turn->arena, call->unread),
        note_command(turn->arena, "%s", command_usage(turn->arena, call->command, 0)));
}

bool words_tell_unread(struct turn *turn, const struct command_call *call,
                       struct err *err)
{
    if (call->unread == NULL) {
        return true;
    }
    return say_private(
        turn, call,
        call->command->forms[0].args[0].kind == ARG_TIME
            ? note_last(turn, call)
            : say_note(turn, "\"%s\" is no time I can use, so no time was set. %s",
                       note_words(turn->arena, call->unread), form_of(call->unread)),
        err);
}

/* What begins with a prefix and a verb behind the first word of a message, on the same
 * line or a later one; NULL: nothing does. */
static const struct command *find_second(const char *text)
{
    const char *at = text_skip(text);
    const struct command *found = NULL;
    const char *line, *rest;

    while (found == NULL && *at != '\0') {
        at = text_skip(at + words_length(at));
        line = words_after_prefix(at);
        found = line == NULL ? NULL : words_verb(line, &rest);
    }
    return found;
}

bool words_tell_second(struct turn *turn, const struct command_call *call,
                       struct err *err)
{
    const struct command *second = find_second(text_or(call->event->text, ""));

    return second == NULL ||
           say_private(
               turn, call,
               say_note(turn,
                        "One message, one command: %s in it was taken as words. "
                        "Send it by itself.",
                        note_command(turn->arena, "%s", second->name)),
               err);
}
