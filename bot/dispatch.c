#include "bot/dispatch.h"

#include <string.h>

#include "bot/aloud.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/channel.h"
#include "bot/choice.h"
#include "bot/command.h"
#include "bot/dispatch_line.h"
#include "bot/dispatch_wordless.h"
#include "bot/gesture.h"
#include "bot/plain_yes.h"
#include "bot/recorder.h"
#include "bot/release.h"
#include "bot/retro.h"
#include "bot/say.h"
#include "bot/talk.h"
#include "bot/wording_hint.h"
#include "bot/words.h"
#include "store/inbox.h"

#define KIB                  1024
#define LATE_WORTH_A_WORD_MS TIME_MINUTE_MS

/* One event on its way: who, where, and the command line in it, if any. */
struct hearing {
    const struct chat_event *event;
    struct person *speaker;
    struct incident *incident; /* of the channel; NULL: of none */
    const char *line;          /* NULL: no command */
    const char *zone;
};

/* The record must know what was chosen, not what the button was called: a private verb
 * leaves no name. */
static bool name_choice(struct turn *turn, struct hearing *hearing)
{
    struct chat_event *event = ARENA_NEW(turn->arena, struct chat_event);

    *event = *hearing->event;
    event->kind = CHAT_CHOSE;
    event->choice = hearing->line;
    hearing->event = event;
    return true;
}

/* In a direct conversation the prefix may be left out, and backticks are no part of
 * it. */
static const char *direct_line(struct turn *turn, const char *text)
{
    const char *line = text_or(words_out_of_code(turn->arena, text), text);

    return text_or(words_after_prefix(line), line);
}

/* Sets hearing->line where the event is a command. */
static bool find_words(struct turn *turn, struct hearing *hearing, struct err *err)
{
    const struct chat_event *event = hearing->event;

    switch (event->kind) {
    case CHAT_COMMAND: hearing->line = text_or(event->text, ""); return true;
    case CHAT_CHOSE:
        return choice_line(turn, event, &hearing->line, err) &&
               name_choice(turn, hearing);
    case CHAT_REACTED:
        return choice_marked(turn, event, &hearing->line, err) &&
               (hearing->line == NULL || name_choice(turn, hearing));
    case CHAT_SAID:
        if (event->is_remark) {
            return true;
        }
        hearing->line = words_after_prefix(text_or(event->text, ""));
        if (hearing->line == NULL && event->place.is_direct) {
            hearing->line = direct_line(turn, text_or(event->text, ""));
        }
        return true;
    case CHAT_EDITED:
    case CHAT_DELETED:
    case CHAT_UNREACTED:
    case CHAT_JOINED:
    case CHAT_LEFT:
    case CHAT_FILE:
    case CHAT_RENAMED:
    case CHAT_INVITED:
    case CHAT_REMOVED:
    case CHAT_RETURNED:
    case CHAT_MOVED:
    case CHAT_KEPT:
    case CHAT_VISITED:
    case CHAT_REKEYED:
    case CHAT_SEALED: return true;
    }
    return true;
}

/* What was on its way may still bear an id that the channel had before. */
static bool find_incident(struct turn *turn, struct hearing *hearing, struct err *err)
{
    const struct chat_event *heard = hearing->event;
    const struct chat_place *place = &heard->place;

    if (place->is_direct) {
        return true;
    }
    if (!incident_find_channel(turn->store, place->adapter, place->channel,
                               &hearing->incident, err) ||
        (hearing->incident == NULL && !channel_present(turn, &hearing->event, err))) {
        return false;
    }
    place = &hearing->event->place;
    return hearing->event == heard ||
           incident_find_channel(turn->store, place->adapter, place->channel,
                                 &hearing->incident, err);
}

/* Talk in an incident's channel: most of what is heard. */
static bool is_talk(const struct hearing *hearing)
{
    return hearing->event->kind == CHAT_SAID && hearing->event->message != NULL &&
           hearing->incident != NULL && hearing->line == NULL;
}

/* It was claimed when its channel was nobody's. */
static bool is_file_again(const struct hearing *hearing)
{
    return hearing->event->kind == CHAT_FILE && hearing->event->message != NULL &&
           hearing->event->is_again && hearing->incident != NULL;
}

/* The same event may come again. Of talk the entry on the timeline is claim enough, so
 * that a message is one row, not two. */
static bool claim_event(struct turn *turn, const struct hearing *hearing, bool *is_new,
                        struct err *err)
{
    const struct chat_event *event = hearing->event;

    if (is_talk(hearing) || is_file_again(hearing)) {
        const struct inbox_message message = talk_message(event);
        return inbox_look(turn->store, &message, is_new, err);
    }
    return inbox_claim(turn->store, event->place.adapter, event->id, turn->now_ms,
                       is_new, err);
}

/* Heard once for each gesture, too, however many messages tell of it. */
static bool claim(struct turn *turn, const struct hearing *hearing, bool *is_new,
                  struct err *err)
{
    if (!claim_event(turn, hearing, is_new, err)) {
        return false;
    }
    if (is_talk(hearing)) {
        *is_new = !gesture_is_double(turn, hearing->event) && *is_new;
        return true;
    }
    if (!*is_new || (hearing->incident == NULL && hearing->line == NULL)) {
        return true;
    }
    return gesture_claim(turn, hearing->event, is_new, err);
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
                     &hearing->speaker, err)) {
        return false;
    }
    /* Times are read and said in the speaker's zone: it matters to commands alone. */
    if (hearing->line != NULL && !person_zone(turn->store, hearing->speaker->id,
                                              event->place.adapter, &zone, err)) {
        return false;
    }
    hearing->zone = zone != NULL ? zone : turn_zone(turn);
    return true;
}

/* Does it show that somebody takes part? Who deletes is often nobody named. */
static bool takes_part(enum chat_kind kind)
{
    return kind != CHAT_LEFT && kind != CHAT_DELETED && kind != CHAT_RENAMED;
}

/* Whoever speaks in an open incident's channel is in; into a private one only by
 * invitation. */
static bool count_in(struct turn *turn, const struct hearing *hearing, bool *is_member,
                     struct err *err)
{
    const struct incident *incident = hearing->incident;
    bool is_new;

    if (incident->is_private || !takes_part(hearing->event->kind)) {
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

/* Not a member, in a private incident's channel: recorded, and refused in private. */
static bool refuse_outsider(struct turn *turn, const struct hearing *hearing,
                            struct err *err)
{
    struct command_call *call = make_call(turn, hearing);

    return say_private(
        turn, call, say_note(turn, "This place is by invitation. Nothing was changed."),
        err);
}

/* What was too long is kept in part: whoever wrote it must know. */
static bool tell_cut(struct turn *turn, const struct hearing *hearing, struct err *err)
{
    const struct chat_event *event = hearing->event;

    if (event->full_bytes <= 0) {
        return true;
    }
    return say_private_at(
        turn, event, hearing->speaker,
        say_note(turn,
                 "Your text was %lld KiB long: its first %zu KiB are kept. The rest "
                 "goes into a file, or into several messages.",
                 (long long)(event->full_bytes + KIB - 1) / KIB,
                 strlen(text_or(event->text, "")) / KIB),
        err);
}

/* What is past is as if never said. */
static bool run_line(struct turn *turn, const struct hearing *hearing, struct err *err)
{
    bool is_past = false;

    if (hearing->incident != NULL &&
        !recorder_is_past(turn, hearing->event, &is_past, err)) {
        return false;
    }
    return is_past ||
           (dispatch_line(turn, make_call(turn, hearing), hearing->line, err) &&
            aloud_take_out(turn, hearing->event, hearing->speaker, hearing->incident,
                           hearing->line, err));
}

/* Of what was said before. */
static bool is_change(enum chat_kind kind)
{
    return kind == CHAT_EDITED || kind == CHAT_DELETED;
}

/* Into the incident's timeline; what a changed message had filled in follows it, and
 * who left is free. */
static bool record(struct turn *turn, const struct hearing *hearing, bool *is_member,
                   struct err *err)
{
    const struct chat_event *event = hearing->event;

    return count_in(turn, hearing, is_member, err) &&
           recorder_event(turn, hearing->incident, hearing->speaker, event, err) &&
           (event->kind != CHAT_LEFT ||
            release_who_left(turn, hearing->incident, hearing->speaker, err)) &&
           (!is_change(event->kind) ||
            retro_follow_edit(turn, hearing->incident, hearing->speaker, event, err));
}

/* A command in backticks may be shown to somebody, or pasted to be run. */
static bool answer_code(struct turn *turn, const struct hearing *hearing,
                        struct err *err)
{
    const char *code =
        words_out_of_code(turn->arena, text_or(hearing->event->text, ""));
    const char *line = code == NULL ? NULL : words_after_prefix(code);
    const struct command *command = line == NULL ? NULL : words_verb(line, &line);

    return command == NULL ||
           say_private_at(turn, hearing->event, hearing->speaker,
                          say_note(turn,
                                   "In backticks it is shown, not run. To run it, send "
                                   "it without them: %s",
                                   note_command(turn->arena, "%s", command->name)),
                          err);
}

/* Said by a person to the others in an incident's channel. */
static bool answer_talk(struct turn *turn, const struct hearing *hearing,
                        struct err *err)
{
    const struct chat_event *event = hearing->event;

    return hearing->incident == NULL || event->kind != CHAT_SAID || event->is_remark ||
           (answer_code(turn, hearing, err) &&
            plain_yes_answer(turn, hearing->incident, hearing->speaker, event, err) &&
            wording_answer_kindly(turn, hearing->incident, hearing->speaker,
                                  text_or(event->text, ""), err));
}

/* Heard for the first time. */
static bool take(struct turn *turn, struct hearing *hearing, struct err *err)
{
    bool is_member = true;

    if ((hearing->line == NULL && !choice_early(turn, hearing->event, err)) ||
        !meet(turn, hearing, err)) {
        return false;
    }
    if (hearing->incident != NULL && !record(turn, hearing, &is_member, err)) {
        return false;
    }
    if ((hearing->incident != NULL || hearing->line != NULL) &&
        !tell_cut(turn, hearing, err)) {
        return false;
    }
    if (!is_member) {
        return hearing->line == NULL || refuse_outsider(turn, hearing, err);
    }
    return hearing->line == NULL ? answer_talk(turn, hearing, err)
                                 : run_line(turn, hearing, err);
}

static bool dispatch_words(struct turn *turn, const struct chat_event *event,
                           struct err *err)
{
    struct hearing hearing = {.event = event};
    bool is_new, is_done;

    if (!talk_hear(turn, event, &is_done, err)) {
        return false;
    }
    if (is_done) {
        return true;
    }
    return find_incident(turn, &hearing, err) && find_words(turn, &hearing, err) &&
           claim(turn, &hearing, &is_new, err) &&
           (!is_new || take(turn, &hearing, err));
}

bool dispatch_event(struct turn *turn, const struct chat_event *event, struct err *err)
{
    return dispatch_is_wordless(event->kind) ? dispatch_wordless(turn, event, err)
                                             : dispatch_words(turn, event, err);
}

bool dispatch_apology(struct turn *turn, const struct chat_event *event,
                      struct err *err)
{
    struct hearing hearing = {.event = event};
    struct command_call *call;

    if (dispatch_is_wordless(event->kind)) {
        return true;
    }
    if (!find_incident(turn, &hearing, err) || !find_words(turn, &hearing, err) ||
        !meet(turn, &hearing, err)) {
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
