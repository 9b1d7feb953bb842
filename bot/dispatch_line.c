#include "bot/dispatch_line.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/declaring.h"
#include "bot/incident.h"
#include "bot/late.h"
#include "bot/question.h"
#include "bot/say.h"
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

/* The line that may have been meant, or NULL. */
static const char *guess_line(struct turn *turn, const struct command_call *call,
                              const char *word, const struct command_other *other)
{
    const struct config_level *level = config_level_find(turn->config, word);
    const struct command *near = command_near(word);

    if (other != NULL) {
        return other->line;
    }
    if (level != NULL) {
        return arena_exact(turn->arena,
                           call->incident == NULL ? "declare %s TITLE" : "severity %s",
                           level->name);
    }
    return near == NULL ? NULL : command_usage(turn->arena, near, near->main_form);
}

/* "Did you mean `lead`?"; "ok, coming" was an answer. */
static bool hint(struct turn *turn, const struct command_call *call, const char *line,
                 const char **hinted, bool *is_near, struct err *err)
{
    const struct command_other *other = command_other(line);
    const char *guess = guess_line(turn, call, words_first(turn->arena, line), other);
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
    return is_asked || answer_unknown(turn, call, line, err);
}

/* The same words for a private incident and for a number never given. */
static bool answer_no_such(struct turn *turn, struct command_call *call, int64_t id,
                           struct err *err)
{
    return say_private(turn, call,
                       say_note(turn,
                                "There is no %s that you can see. Those you can: %s",
                                words_reference_said(turn->arena, id),
                                note_command(turn->arena, "list")),
                       err);
}

/* "inc-42 orders stuck; inc-43 slow search" */
static const char *names_of(struct turn *turn, const struct incidents *incidents)
{
    struct text list;

    text_init(&list, turn->arena);
    for (size_t i = 0; i < incidents->count; i++) {
        text_addf(&list, "%s%s %s", i == 0 ? "" : "; ",
                  say_ref(turn, incidents->all[i]),
                  note_words(turn->arena, incidents->all[i]->title));
    }
    return list.data;
}

/* What is open is more likely meant than what is over. */
static bool answer_which(struct turn *turn, struct command_call *call,
                         const struct incidents *open, struct err *err)
{
    const struct incidents *mine = open;
    struct incidents over;
    const char *place = text_or(call->event->place.name, PHRASE("This channel"));
    struct note *note;

    if (call->event->place.is_direct) {
        place = PHRASE("A direct message");
    }
    if (open->count == 0) {
        if (!incidents_list(turn->store, INCIDENTS_MINE_RESOLVED, call->speaker->id, 2,
                            &over, err)) {
            return false;
        }
        mine = &over;
    }
    note = say_note(
        turn, "%s belongs to no incident. Name it: %s", place,
        note_command(
            turn->arena, "%s inc-%s%s", call->command->name,
            mine->count == 0
                ? "N"
                : arena_printf(turn->arena, "%lld", (long long)mine->all[0]->id),
            call->command->forms[0].args[0].kind == ARG_INCIDENT ? " inc-N" : ""));
    if (mine->count > 0) {
        note->blocks[0].text = arena_printf(
            turn->arena, "%s. %s: %s.", note->blocks[0].text,
            mine == open ? PHRASE("Open and yours") : PHRASE("Yours, resolved"),
            names_of(turn, mine));
    }
    return say_private(turn, call, note, err);
}

/* Does a bare number right after this verb mean something of its own? */
static bool takes_number(const struct command *command)
{
    for (size_t form = 0; form < command_forms(command); form++) {
        if (command->forms[form].args[0].kind == ARG_NUMBER) {
            return true;
        }
    }
    return false;
}

/* Of `related inc-3` the number is what it is related to; of `related inc-5 inc-3` the
 * first is the incident itself. */
static bool is_argument(const struct command *command, const char *behind)
{
    int64_t id;

    return command->forms[0].args[0].kind == ARG_INCIDENT &&
           !words_reference(&behind, true, &id);
}

/* Does it take words about no incident in particular? `search 503` is not about
 * inc-503.
 */
static bool takes_words(const struct command *command)
{
    return command->scope == COMMAND_ANYWHERE &&
           command->forms[0].args[0].kind == ARG_REST;
}

enum found { FOUND, FOUND_NONE, FOUND_ANSWERED };

/* `inc-42` behind the verb, else the channel's, else the speaker's only open one. */
static bool find_incident(struct turn *turn, struct command_call *call,
                          const char **rest, enum found *found, struct err *err)
{
    bool bare = !call->is_in_channel && !takes_number(call->command) &&
                !takes_words(call->command);
    bool is_visible = false;
    struct incident *named = NULL;
    const char *behind = *rest;
    int64_t id;

    *found = call->incident != NULL ? FOUND : FOUND_NONE;
    if (!words_reference(&behind, bare, &id) || is_argument(call->command, behind)) {
        return true;
    }
    *rest = behind;
    if (!incident_find(turn->store, id, &named, err)) {
        return false;
    }
    if (named != NULL &&
        !incident_is_visible(turn, named, call->speaker->id, &is_visible, err)) {
        return false;
    }
    if (!is_visible) {
        *found = FOUND_ANSWERED;
        return answer_no_such(turn, call, id, err);
    }
    call->is_in_channel = call->incident != NULL && call->incident->id == id;
    call->incident = named;
    *found = FOUND;
    return true;
}

static bool find_only_one(struct turn *turn, struct command_call *call,
                          enum found *found, struct err *err)
{
    struct incidents mine;

    if (!incidents_list(turn->store, INCIDENTS_MINE, call->speaker->id, 4, &mine,
                        err)) {
        return false;
    }
    if (call->event->place.is_direct && mine.count == 1) {
        call->incident = mine.all[0];
        *found = FOUND;
        return true;
    }
    *found = FOUND_ANSWERED;
    return answer_which(turn, call, &mine, err);
}

static bool run_command(struct turn *turn, struct command_call *call, const char *rest,
                        struct err *err)
{
    struct refusal refusal = {0};
    enum found found;
    command_fn *run;

    if (!find_incident(turn, call, &rest, &found, err)) {
        return false;
    }
    if (found == FOUND_NONE && call->command->scope == COMMAND_IN_INCIDENT &&
        !find_only_one(turn, call, &found, err)) {
        return false;
    }
    if (found == FOUND_ANSWERED) {
        return true;
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
    return run_command(turn, call, rest, err);
}
