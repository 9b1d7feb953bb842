#include "bot/choice.h"

#include "bot/action.h"
#include "bot/adapter.h"
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/early.h"
#include "bot/say.h"
#include "bot/words.h"
#include "store/incidents.h"

/* What was sent to a person, not to a channel, may be known by the channel, too, where
 * a platform names its messages anew in each. */
bool choice_row(struct turn *turn, const struct chat_event *event,
                struct outbox_row **row, struct err *err)
{
    const struct chat_place *place = &event->place;

    *row = NULL;
    return (!place->is_direct ||
            outbox_find_ref(
                turn->store, place->adapter,
                arena_exact(turn->arena, "%s:%s", place->channel, event->message), row,
                err)) &&
           (*row != NULL ||
            outbox_find_ref(turn->store, place->adapter, event->message, row, err));
}

/* What a message of ours says now; *note NULL: it is none of ours, or nothing is known
 * of it any more. */
static bool find_note(struct turn *turn, const struct chat_event *event,
                      const struct outbox_row **said, const struct note **note,
                      struct err *err)
{
    struct outbox_row *row = NULL;
    struct action action = {0};

    *note = NULL;
    if (event->message == NULL) {
        return true;
    }
    if (!choice_row(turn, event, &row, err)) {
        return false;
    }
    if (row != NULL && action_from_json(turn->arena, row->body, &action)) {
        *note = action.note;
    }
    *said = row;
    return true;
}

bool choice_reminder(struct turn *turn, const struct command_call *call,
                     struct choice_reminder *reminder, struct err *err)
{
    const struct chat_event *event = call->event;
    const struct note *note;

    *reminder = (struct choice_reminder){0};
    if (event->kind != CHAT_CHOSE) {
        return true;
    }
    if (!find_note(turn, event, &reminder->row, &note, err)) {
        return false;
    }
    for (size_t i = 0; note != NULL && i < note->count; i++) {
        const struct note_block *block = &note->blocks[i];

        if (block->kind == NOTE_CHOICE && text_equal(block->choice, event->choice)) {
            reminder->name = block->about;
            reminder->is_nameless = block->about == NULL;
        }
    }
    return true;
}

bool choice_line(struct turn *turn, const struct chat_event *event, const char **line,
                 struct err *err)
{
    const struct outbox_row *row;
    const struct note *note;

    *line = event->choice;
    if (event->choice == NULL) {
        return true;
    }
    if (!find_note(turn, event, &row, &note, err)) {
        return false;
    }
    for (size_t i = 0; note != NULL && i < note->count; i++) {
        const struct note_block *block = &note->blocks[i];

        if (block->kind == NOTE_CHOICE &&
            (text_same(block->text, event->choice) ||
             text_same(words_first(turn->arena, block->choice), event->choice))) {
            *line = block->choice;
        }
    }
    return true;
}

/* Some platforms name their messages anew in each channel. */
static bool is_there(const struct outbox_row *row, const struct chat_place *place)
{
    const char *channel = row->place != NULL ? row->place : row->incident_channel;

    return !action_is(row->kind, ACTION_POST) || text_equal(channel, place->channel);
}

static bool is_yes(struct turn *turn, const char *line)
{
    const char *verb = words_first(turn->arena, line);

    return text_same(verb, "ack") || text_same(verb, "accept");
}

bool choice_marked(struct turn *turn, const struct chat_event *event, const char **line,
                   struct err *err)
{
    const struct outbox_row *row;
    const struct note *note;
    const struct note_block *first;

    *line = NULL;
    if (event->is_remark || !text_same(text_or(event->text, ""), CHOICE_MARK)) {
        return true;
    }
    if (!find_note(turn, event, &row, &note, err)) {
        return false;
    }
    first = note == NULL || !is_there(row, &event->place) ? NULL : note_marked(note);
    if (first != NULL &&
        (turn_has_trait(turn, event->place.adapter, ADAPTER_NO_BUTTONS) ||
         is_yes(turn, first->choice))) {
        *line = first->choice;
    }
    return true;
}

bool choice_early(struct turn *turn, const struct chat_event *event, struct err *err)
{
    struct outbox_row *row;

    if (event->kind != CHAT_REACTED || event->is_remark || event->message == NULL ||
        !text_same(text_or(event->text, ""), CHOICE_MARK)) {
        return true;
    }
    return choice_row(turn, event, &row, err) &&
           (row != NULL || early_hold(turn, event, err));
}

static bool is_reminder(const struct note *note)
{
    for (size_t i = 0; i < note->count; i++) {
        if (note->blocks[i].kind == NOTE_CHOICE &&
            text_starts(note->blocks[i].choice, "snooze ")) {
            return true;
        }
    }
    return false;
}

/* What was asked, with what was chosen instead of the choices; NULL: that was none of
 * them. */
static struct note *answered(struct turn *turn, const struct command_call *call,
                             const struct note *note, const char *who)
{
    const char *chosen = NULL;
    struct note *kept;

    for (size_t i = 0; i < note->count; i++) {
        const struct note_block *block = &note->blocks[i];

        if (block->kind == NOTE_CHOICE &&
            text_equal(block->choice, call->event->choice)) {
            chosen = block->text;
        }
    }
    if (chosen == NULL) {
        return NULL;
    }
    kept = note_without_choices(note);
    note_context(kept, "%s chose %s at %s.", note_words(turn->arena, who),
                 note_words(turn->arena, chosen), say_clock(turn, turn->now_ms));
    return kept;
}

bool choice_taken(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct incident *incident = NULL;
    const struct outbox_row *row = NULL;
    const struct note *note;
    struct note *kept;
    bool is_direct;

    if (call->event->kind != CHAT_CHOSE) {
        return true;
    }
    if (!find_note(turn, call->event, &row, &note, err)) {
        return false;
    }
    if (row == NULL) {
        return call->event->message == NULL || early_hold(turn, call->event, err);
    }
    is_direct = note != NULL && action_is(row->kind, ACTION_DIRECT);
    if (note == NULL || !(is_direct || is_reminder(note))) {
        return true;
    }
    kept =
        answered(turn, call, note, is_direct ? PHRASE("You") : call->speaker->handle);
    return kept == NULL ||
           (incident_find(turn->store, row->incident_id, &incident, err) &&
            (incident == NULL || say_amend(turn, incident, row->id, kept, true, err)));
}
