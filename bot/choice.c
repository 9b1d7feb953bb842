#include "bot/choice.h"

#include "bot/action.h"
#include "bot/adapter.h"
#include "bot/base/text.h"
#include "bot/words.h"
#include "store/outbox.h"

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
    if (!outbox_find_ref(turn->store, event->place.adapter, event->message, &row,
                         err)) {
        return false;
    }
    if (row != NULL && action_from_json(turn->arena, row->body, &action)) {
        *note = action.note;
    }
    *said = row;
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

    return !text_equal(row->kind, action_kind_name(ACTION_POST)) ||
           text_equal(channel, place->channel);
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
    if (!text_same(text_or(event->text, ""), CHOICE_MARK)) {
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
