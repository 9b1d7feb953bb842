#include "bot/dispatch_incident.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/say.h"
#include "bot/words.h"

#define REFUSED_RUNES 500

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

/* Those who are in see that somebody tried; whoever tried sees no difference. */
static bool record_refused(struct turn *turn, const struct command_call *call,
                           const struct incident *incident, struct err *err)
{
    const char *text = text_or(call->event->choice, text_or(call->event->text, ""));
    const char *line = text_or(words_after_prefix(text), text);
    bool is_private = words_are_private(line);
    const char *what = is_private
                           ? "not in it"
                           : arena_exact(turn->arena, "not in it: %s",
                                         text_brief(turn->arena, line, REFUSED_RUNES));

    return recorder_fact(turn, incident,
                         &(struct fact){.person_id = is_private ? 0 : call->speaker->id,
                                        .kind = "refused",
                                        .text = what},
                         NULL, err);
}

/* `inc-42` behind the verb. */
static bool take_reference(struct turn *turn, struct command_call *call,
                           const char **rest, bool *is_answered, struct err *err)
{
    bool bare = !call->is_in_channel && !takes_number(call->command) &&
                !takes_words(call->command);
    bool is_visible = false;
    struct incident *named = NULL;
    const char *behind = *rest;
    int64_t id;

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
        *is_answered = true;
        return (named == NULL || record_refused(turn, call, named, err)) &&
               answer_no_such(turn, call, id, err);
    }
    call->is_in_channel = call->incident != NULL && call->incident->id == id;
    call->incident = named;
    return true;
}

static bool take_only_one(struct turn *turn, struct command_call *call,
                          bool *is_answered, struct err *err)
{
    struct incidents mine;

    if (!incidents_list(turn->store, INCIDENTS_MINE, call->speaker->id, 4, &mine,
                        err)) {
        return false;
    }
    if (call->event->place.is_direct && mine.count == 1) {
        call->incident = mine.all[0];
        return true;
    }
    *is_answered = true;
    return answer_which(turn, call, &mine, err);
}

bool dispatch_incident(struct turn *turn, struct command_call *call, const char **rest,
                       bool *is_answered, struct err *err)
{
    *is_answered = false;
    return take_reference(turn, call, rest, is_answered, err) &&
           (*is_answered || call->incident != NULL ||
            call->command->scope != COMMAND_IN_INCIDENT ||
            take_only_one(turn, call, is_answered, err));
}
