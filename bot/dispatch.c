#include "bot/dispatch.h"

#include <string.h>

#include "bot/action.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/command.h"
#include "bot/incident.h"
#include "bot/question.h"
#include "bot/recorder.h"
#include "bot/say.h"
#include "bot/words.h"
#include "store/outbox.h"

#define LATE_WORTH_A_WORD_MS TIME_MINUTE_MS
#define LATE_LIMIT_MS        (15 * TIME_MINUTE_MS)

/* One event on its way: who, where, and the command line in it, if any. */
struct hearing {
    const struct chat_event *event;
    struct person *speaker;
    struct incident *incident; /* of the channel; NULL: of none */
    const char *line;          /* NULL: no command */
    const char *zone;
};

/* The line of a button: the one its message offered under that word, else the word
 * itself. */
static bool find_choice(struct turn *turn, const struct chat_event *event,
                        const char **line, struct err *err)
{
    struct outbox_row *row = NULL;
    struct action action = {0};

    *line = event->choice;
    if (event->message == NULL || event->choice == NULL) {
        return true;
    }
    if (!outbox_find_ref(turn->store, event->place.adapter, event->message, &row,
                         err)) {
        return false;
    }
    if (row == NULL || !action_from_json(turn->arena, row->body, &action) ||
        action.note == NULL) {
        return true;
    }
    for (size_t i = 0; i < action.note->count; i++) {
        const struct note_block *block = &action.note->blocks[i];

        if (block->kind == NOTE_CHOICE &&
            (text_same(block->text, event->choice) ||
             text_same(words_first(turn->arena, block->choice), event->choice))) {
            *line = block->choice;
        }
    }
    return true;
}

/* The record must know what was chosen, not what the button was called: a private verb
 * leaves no name. */
static bool name_choice(struct turn *turn, struct hearing *hearing)
{
    struct chat_event *event = ARENA_NEW(turn->arena, struct chat_event);

    *event = *hearing->event;
    event->choice = hearing->line;
    hearing->event = event;
    return true;
}

/* Sets hearing->line where the event is a command. */
static bool find_line(struct turn *turn, struct hearing *hearing, struct err *err)
{
    const struct chat_event *event = hearing->event;

    switch (event->kind) {
    case CHAT_COMMAND: hearing->line = text_or(event->text, ""); return true;
    case CHAT_CHOSE:
        return find_choice(turn, event, &hearing->line, err) &&
               name_choice(turn, hearing);
    case CHAT_SAID:
        hearing->line = words_after_prefix(text_or(event->text, ""));
        if (hearing->line == NULL && event->place.is_direct) {
            hearing->line = text_or(event->text, "");
        }
        return true;
    case CHAT_EDITED:
    case CHAT_DELETED:
    case CHAT_REACTED:
    case CHAT_UNREACTED:
    case CHAT_JOINED:
    case CHAT_LEFT:
    case CHAT_FILE:
    case CHAT_RENAMED: return true;
    }
    return true;
}

static bool meet(struct turn *turn, struct hearing *hearing, struct err *err)
{
    const struct chat_event *event = hearing->event;
    const char *zone = NULL;

    if (!person_meet(turn->store,
                     &(struct account){.adapter = event->place.adapter,
                                       .external = event->who.id,
                                       .name = event->who.name,
                                       .zone = event->who.zone},
                     &hearing->speaker, err) ||
        !person_zone(turn->store, hearing->speaker->id, event->place.adapter, &zone,
                     err)) {
        return false;
    }
    hearing->zone = zone != NULL ? zone : turn_zone(turn);
    return event->place.is_direct ||
           incident_find_channel(turn->store, event->place.adapter,
                                 event->place.channel, &hearing->incident, err);
}

/* Whoever speaks in an open incident's channel is in; into a private one only by
 * invitation. */
static bool count_in(struct turn *turn, const struct hearing *hearing, bool *is_member,
                     struct err *err)
{
    const struct incident *incident = hearing->incident;
    bool is_new;

    if (incident->is_private || hearing->event->kind == CHAT_LEFT) {
        return member_is(turn->store, incident->id, hearing->speaker->id, is_member,
                         err);
    }
    *is_member = true;
    return member_add(turn->store, incident->id, hearing->speaker->id, turn->now_ms,
                      &is_new, err);
}

static struct command_call *make_call(struct turn *turn, const struct hearing *hearing)
{
    struct command_call *call = ARENA_NEW(turn->arena, struct command_call);
    int64_t late_ms = turn->now_ms - hearing->event->at_ms;

    call->event = hearing->event;
    call->speaker = hearing->speaker;
    call->incident = hearing->incident;
    call->is_in_channel = hearing->incident != NULL;
    call->zone = hearing->zone;
    call->late_ms = late_ms > LATE_WORTH_A_WORD_MS ? late_ms : 0;
    return call;
}

static bool answer_unknown(struct turn *turn, struct command_call *call,
                           const char *line, struct err *err)
{
    const char *word = words_first(turn->arena, line);
    const struct command *near = command_near(word);
    const char *kept = call->is_in_channel
                           ? " Nothing was changed; your line is on the timeline."
                           : "";
    struct note *note;

    if (text_is_empty(line)) {
        note = say_note(turn, "A verb is missing. What there is: %s",
                        note_command(turn->arena, "help"));
    } else if (near == NULL) {
        note = say_note(turn, "No verb \"%s\". What there is: %s.%s",
                        note_words(turn->arena, text_brief(turn->arena, word, 40)),
                        note_command(turn->arena, "help"), kept);
    } else {
        note = say_note(
            turn, "No verb \"%s\". Did you mean %s?%s",
            note_words(turn->arena, text_brief(turn->arena, word, 40)),
            note_command(turn->arena, "%s", command_usage(turn->arena, near, 0)), kept);
    }
    return say_private(turn, call, note, err);
}

/* The same words for a private incident and for a number never given. */
static bool answer_no_such(struct turn *turn, struct command_call *call, int64_t id,
                           struct err *err)
{
    return say_private(
        turn, call,
        say_note(turn, "There is no inc-%lld that you can see. Those you can: %s",
                 (long long)id, note_command(turn->arena, "list")),
        err);
}

static bool answer_which(struct turn *turn, struct command_call *call, const char *verb,
                         const struct incidents *mine, struct err *err)
{
    const char *place = text_or(call->event->place.name, "This channel");
    struct note *note;

    if (call->event->place.is_direct) {
        place = "A direct message";
    }
    note = say_note(turn, "%s belongs to no incident. Name it: %s", place,
                    note_command(turn->arena, "%s inc-%s", verb,
                                 mine->count == 0
                                     ? "N"
                                     : arena_printf(turn->arena, "%lld",
                                                    (long long)mine->all[0]->id)));
    if (mine->count > 0) {
        struct text list;

        text_init(&list, turn->arena);
        for (size_t i = 0; i < mine->count; i++) {
            text_addf(&list, "%s%s %s", i == 0 ? "" : "; ", say_ref(turn, mine->all[i]),
                      note_words(turn->arena, mine->all[i]->title));
        }
        note->blocks[0].text = arena_printf(turn->arena, "%s. Open and yours: %s.",
                                            note->blocks[0].text, list.data);
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

enum found { FOUND, FOUND_NONE, FOUND_ANSWERED };

/* `inc-42` behind the verb, else the channel's, else the speaker's only open one. */
static bool find_incident(struct turn *turn, struct command_call *call,
                          const char **rest, enum found *found, struct err *err)
{
    bool bare = !call->is_in_channel && !takes_number(call->command);
    bool is_visible = false;
    struct incident *named = NULL;
    int64_t id;

    *found = call->incident != NULL ? FOUND : FOUND_NONE;
    if (!words_reference(rest, bare, &id)) {
        return true;
    }
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
    return answer_which(turn, call, call->command->name, &mine, err);
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
    return run(turn, call, err);
}

static bool refuse_late(struct turn *turn, struct command_call *call, const char *line,
                        struct err *err)
{
    return say_private(
        turn, call,
        say_note(
            turn,
            "Typed at %s, read only now, so not run: %s. Still wanted? Say it again.",
            say_when(turn, call->event->at_ms), note_command(turn->arena, "%s", line)),
        err);
}

/* A direct message that is no verb may be the answer to a question asked in private. */
static bool try_answer(struct turn *turn, struct command_call *call, const char *line,
                       bool *is_answer, struct err *err)
{
    *is_answer = false;
    return !call->event->place.is_direct || call->event->kind != CHAT_SAID ||
           question_answer(turn, call, line, is_answer, err);
}

static bool run_line(struct turn *turn, const struct hearing *hearing, struct err *err)
{
    struct command_call *call = make_call(turn, hearing);
    const char *rest = NULL;
    bool is_answer = false;

    call->command = words_verb(hearing->line, &rest);
    if (call->command == NULL) {
        if (!try_answer(turn, call, hearing->line, &is_answer, err)) {
            return false;
        }
        return is_answer || answer_unknown(turn, call, hearing->line, err);
    }
    if (call->late_ms > LATE_LIMIT_MS) {
        return refuse_late(turn, call, hearing->line, err);
    }
    return run_command(turn, call, rest, err);
}

/* Not a member, in a private incident's channel: recorded, and refused in private. */
static bool refuse_outsider(struct turn *turn, const struct hearing *hearing,
                            struct err *err)
{
    struct command_call *call = make_call(turn, hearing);

    return say_private(
        turn, call, say_note(turn, "This place is by invitation. Nothing was changed."),
        err);
}

bool dispatch_event(struct turn *turn, const struct chat_event *event, struct err *err)
{
    struct hearing hearing = {.event = event};
    bool is_member = true;

    if (!meet(turn, &hearing, err) || !find_line(turn, &hearing, err)) {
        return false;
    }
    if (hearing.incident != NULL) {
        if (!count_in(turn, &hearing, &is_member, err) ||
            !recorder_event(turn, hearing.incident, hearing.speaker, hearing.event,
                            err)) {
            return false;
        }
    }
    if (!is_member) {
        return hearing.line == NULL || refuse_outsider(turn, &hearing, err);
    }
    return hearing.line == NULL || run_line(turn, &hearing, err);
}

bool dispatch_apology(struct turn *turn, const struct chat_event *event,
                      struct err *err)
{
    struct hearing hearing = {.event = event};
    struct command_call *call;

    if (!meet(turn, &hearing, err) || !find_line(turn, &hearing, err)) {
        return false;
    }
    if (hearing.line == NULL) {
        return true;
    }
    call = make_call(turn, &hearing);
    return say_private(
        turn, call,
        say_note(turn,
                 "That did not work, by a fault of mine. Nothing was changed. "
                 "The log has it under event %s.",
                 event->id),
        err);
}
