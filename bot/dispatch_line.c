#include "bot/dispatch_line.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/declaring.h"
#include "bot/dispatch_incident.h"
#include "bot/help.h"
#include "bot/incident.h"
#include "bot/late.h"
#include "bot/question.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "bot/severity.h"
#include "bot/waiting_way.h"
#include "bot/words.h"
#include "bot/words_unread.h"
#include "store/memory.h"

#define LATE_LIMIT_MS (15 * TIME_MINUTE_MS)
#define UNKNOWN_MAX   3  /* lines that are no command, answered to one person... */
#define MEANT_MAX     10 /* ...of those that were meant for the bot, for certain... */
#define UNKNOWN_MS    TIME_MINUTE_MS /* ...in so long */

/* Typed with the prefix, as a slash command or behind a mention: who tries in a hurry
 * tries often. */
static bool is_meant(const struct command_call *call)
{
    return call->event->kind == CHAT_COMMAND ||
           words_after_prefix(text_or(call->event->text, "")) != NULL;
}

/* Another bot would take each answer for a line to be answered. *left: how many more,
 * this one included; 0: none. */
static bool spend_answer(struct turn *turn, const struct command_call *call, int *left,
                         struct err *err)
{
    int most = is_meant(call) ? MEANT_MAX : UNKNOWN_MAX;
    const char *name =
        arena_printf(turn->arena, "no verb p%lld", (long long)call->speaker->id);
    const char *known = NULL;
    char *end = NULL;
    long long since_ms = 0, count = 0;

    if (!memory_find(turn->store, "bot", name, &known, err)) {
        return false;
    }
    if (known != NULL) {
        since_ms = strtoll(known, &end, 10);
        count = strtoll(end, NULL, 10);
    }
    if (turn->now_ms - since_ms >= UNKNOWN_MS || turn->now_ms < since_ms) {
        since_ms = turn->now_ms;
        count = 0;
    }
    *left = count < most ? (int)(most - count) : 0;
    return *left == 0 ||
           memory_set(turn->store, "bot", name,
                      arena_printf(turn->arena, "%lld %lld", since_ms, count + 1), err);
}

/* "sev1", "sev 1". */
static const struct config_level *find_level(struct turn *turn, const char *line,
                                             const char *word)
{
    const struct config_level *level = config_level_find(turn->config, word);
    const char *behind = text_skip(text_skip(line) + strlen(word));

    return level != NULL
               ? level
               : config_level_find(turn->config,
                                   arena_printf(turn->arena, "%s%s", word,
                                                words_first(turn->arena, behind)));
}

/* "leed?": the verb that was mistyped, without the signs behind it. */
static const struct command *find_near(struct turn *turn, const char *word)
{
    size_t length = strlen(word);

    while (length > 1 && strchr(WORDS_SIGNS "?", word[length - 1]) != NULL) {
        length--;
    }
    return command_near(arena_copy_n(turn->arena, word, length));
}

/* "inc-1 status", "4 done": the verb goes first. NULL: it is not that. */
static const char *turned_round(struct turn *turn, const char *line)
{
    const char *rest = line;
    const struct command *command;
    int64_t id;

    if (!words_reference(&rest, true, &id) ||
        (command = words_verb(rest, &rest)) == NULL) {
        return NULL;
    }
    line = text_skip(line);
    return arena_exact(turn->arena,
                       strspn(line, "0123456789") > 0 ? "%s %lld" : "%s inc-%lld",
                       command->name, (long long)id);
}

/* The line that may have been meant, or NULL. */
static const char *guess_line(struct turn *turn, const struct command_call *call,
                              const char *line, const struct command_other *other)
{
    const char *word = words_first(turn->arena, line);
    const struct config_level *level = find_level(turn, line, word);
    const struct command *near = find_near(turn, word);

    if (other != NULL) {
        return other->line;
    }
    if (*word == '@' || text_starts(word, "<@")) {
        return "task @who WHAT"; /* "@bo restart it" */
    }
    if (level != NULL) {
        return arena_exact(turn->arena,
                           call->incident == NULL ? "declare %s TITLE" : "severity %s",
                           level->name);
    }
    return near == NULL ? turned_round(turn, line)
                        : command_usage(turn->arena, near, near->main_form);
}

/* "Did you mean `lead`?"; "ok, coming" was an answer. */
static bool hint(struct turn *turn, const struct command_call *call, const char *line,
                 const char **hinted, bool *is_near, struct err *err)
{
    const struct command_other *other = command_other(line);
    const char *guess = guess_line(turn, call, line, other);
    const char *way = NULL;

    *is_near = other != NULL || guess != NULL;
    if (!*is_near && !waiting_way(turn, call, &way, err)) {
        return false;
    }
    *hinted = guess != NULL   ? arena_printf(turn->arena, "Did you mean %s?",
                                             note_command(turn->arena, "%s", guess))
              : other != NULL ? arena_printf(turn->arena, "%s.", phrase_of(other->how))
              : way != NULL   ? arena_printf(turn->arena, "%s.", way)
                              : arena_printf(turn->arena, "What there is: %s.",
                                             note_command(turn->arena, "help"));
    return true;
}

static bool answer_unknown(struct turn *turn, struct command_call *call,
                           const char *line, struct err *err)
{
    const struct command_other *other = command_other(line);
    const char *word = other != NULL ? other->words : words_first(turn->arena, line);
    const char *kept =
        call->is_in_channel
            ? PHRASE(" Nothing was changed; your line is on the timeline.")
            : "";
    bool is_near = false;
    const char *hinted = NULL;
    struct note *note;
    int left = MEANT_MAX;

    if (!hint(turn, call, line, &hinted, &is_near, err) ||
        (!is_near && !spend_answer(turn, call, &left, err))) {
        return false;
    }
    if (left == 0) {
        return true;
    }
    note = text_is_empty(line)
               ? say_note(turn, "A verb is missing. What there is: %s",
                          note_command(turn->arena, "help"))
               : say_note(turn, "No verb \"%s\". %s%s",
                          note_words(turn->arena, text_brief(turn->arena, word, 40)),
                          hinted, kept);
    if (left == 1) {
        note_line(note, "%s", PHRASE("More like it I leave unanswered for a minute."));
    }
    return say_private(turn, call, note, err);
}

/* Nothing at all was typed: the platform may have a form for it. */
static bool answer_no_verb(struct turn *turn, struct command_call *call,
                           const char *line, struct err *err)
{
    bool is_asked = false;

    if (text_is_empty(line) && !declaring_ask(turn, call, &is_asked, err)) {
        return false;
    }
    return is_asked || answer_unknown(turn, call, words_behind_please(line), err);
}

/* "resolve?", "lead now?", "duplicate-of inc-3?" are no orders: who asks wants to know
 * what it would do. */
static bool is_question(const struct command_call *call, const char *line,
                        const char *rest)
{
    int64_t id;

    if (call->command->forms[0].args[0].kind == ARG_INCIDENT) {
        (void)words_reference(&rest, true, &id);
    }
    return !call->command->is_look && strchr(line, '?') != NULL &&
           *words_behind_courtesy(rest, true) == '\0';
}

/* "severity?", "lead?" want to know how it is: " inc-1 is active, sev2; tove leads." */
static bool state_words(struct turn *turn, const struct incident *incident,
                        const char **words, struct err *err)
{
    const char *leads = "";
    struct person *leader;

    if (incident_is_open(incident)) {
        if (!role_holder(turn, incident->id, NULL, &leader, err) ||
            (leader == NULL && !role_say_leaderless(turn, incident, &leads, err))) {
            return false;
        }
        leads =
            arena_printf(turn->arena, "; %s",
                         leader == NULL ? leads
                                        : arena_printf(turn->arena, "%s leads",
                                                       say_person(turn, leader->id)));
    }
    *words = arena_printf(turn->arena, " %s is %s, %s%s.", say_ref(turn, incident),
                          incident_state_words(incident->state),
                          severity_words(turn, incident), leads);
    return true;
}

static bool explain_verb(struct turn *turn, struct command_call *call, struct err *err)
{
    struct note *note = help_for(turn, call, call->command->name);
    const char *state = "";

    if (call->command->scope == COMMAND_IN_INCIDENT &&
        !state_words(turn, call->incident, &state, err)) {
        return false;
    }
    note_line(note, "Nothing was changed.%s", state);
    return say_private(turn, call, note, err);
}

static bool run_command(struct turn *turn, struct command_call *call, const char *line,
                        const char *rest, struct err *err)
{
    struct refusal refusal = {0};
    bool is_answered;
    command_fn *run;

    if (!dispatch_incident(turn, call, &rest, &is_answered, err)) {
        return false;
    }
    if (is_answered) {
        return true;
    }
    if (is_question(call, line, rest)) {
        return explain_verb(turn, call, err);
    }
    if (!words_read(turn, call, rest, &run, &refusal, err)) {
        return false;
    }
    if (refusal.text != NULL) {
        return say_refusal(turn, call, &refusal, err);
    }
    if (call->late_ms > 0 &&
        !say_private(turn, call,
                     say_note(turn, "Typed at %s, read only now. It runs as of now.",
                              say_when(turn, call->event->at_ms)),
                     err)) {
        return false;
    }
    return run(turn, call, err) && words_tell_unread(turn, call, err) &&
           words_tell_second(turn, call, err);
}

/* A direct message that is no verb may be the answer to a question asked in private. */
static bool try_answer(struct turn *turn, struct command_call *call, const char *line,
                       bool *is_answer, struct err *err)
{
    *is_answer = false;
    return !call->event->place.is_direct || call->event->kind != CHAT_SAID ||
           question_answer(turn, call, line, is_answer, err);
}

/* As the verb is named, not "well, it depends" nor "about to look". */
static bool is_as_named(const char *line, const char *name)
{
    line = text_skip(line);
    return strncasecmp(line, name, strlen(name)) == 0 &&
           text_word_ends(line + strlen(name));
}

/* "no idea", "try the worker": more likely said to whoever asked than to the bot. */
static bool reads_as_talk(const struct command_call *call, const char *line,
                          const char *rest)
{
    bool is_talk = call->command->is_talk && !isdigit((unsigned char)*rest) &&
                   !text_starts(rest, "inc-");

    return (is_talk || !is_as_named(line, call->command->name)) &&
           words_after_prefix(text_or(call->event->text, "")) == NULL;
}

bool dispatch_line(struct turn *turn, struct command_call *call, const char *line,
                   struct err *err)
{
    const char *rest = NULL;
    bool is_answer = false;

    call->command = words_verb(line, &rest);
    if ((call->command == NULL || reads_as_talk(call, line, rest)) &&
        !try_answer(turn, call, line, &is_answer, err)) {
        return false;
    }
    if (is_answer) {
        return true;
    }
    if (call->command == NULL) {
        return answer_no_verb(turn, call, line, err);
    }
    if (call->late_ms > LATE_LIMIT_MS || call->event->is_unordered) {
        return late_add(turn, call, line, err);
    }
    return run_command(turn, call, line, rest, err);
}
