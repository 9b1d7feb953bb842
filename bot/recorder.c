#include "bot/recorder.h"

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/feeling.h"
#include "bot/say.h"
#include "bot/twin.h"
#include "bot/words.h"
#include "store/inbox.h"

#define PRIVATE_WORD "somebody had a private word with the bot"
#define COMMAND      "command"
#define BRIEF_RUNES  24

/* The command line of an event, as words_are_private wants it; NULL where it is none.
 */
static const char *line_of(const struct chat_event *event)
{
    if (event->is_remark) {
        return NULL;
    }
    return event->kind == CHAT_COMMAND ? text_or(event->text, "")
           : event->kind == CHAT_CHOSE ? text_or(event->choice, "")
                                       : words_after_prefix(text_or(event->text, ""));
}

/* A private verb, or one that would tell whose a feeling is. */
static bool look_private(struct turn *turn, const struct incident *incident,
                         const struct chat_event *event, bool *is, struct err *err)
{
    const char *line = line_of(event);

    *is = line != NULL && words_are_private(line);
    return line == NULL || *is || feeling_is_meant(turn, incident, line, is, err);
}

struct entry recorder_entry(const struct turn *turn, const struct chat_event *event,
                            int64_t incident_id, int64_t person_id)
{
    return (struct entry){
        .incident_id = incident_id,
        .at_ms = event->at_ms,
        .recorded_ms = turn->now_ms,
        .person_id = person_id,
        .adapter = event->place.adapter,
        .channel = event->place.channel,
        .message = event->message,
        .thread = event->place.thread,
        .full_bytes = event->full_bytes,
    };
}

static const char *kind_name(enum chat_kind kind)
{
    return kind == CHAT_JOINED                          ? "joined"
           : kind == CHAT_LEFT                          ? "left"
           : kind == CHAT_FILE                          ? "file"
           : kind == CHAT_COMMAND || kind == CHAT_CHOSE ? COMMAND
                                                        : "said";
}

static const char *text_of(struct turn *turn, const struct person *who,
                           const struct chat_event *event)
{
    switch (event->kind) {
    case CHAT_JOINED: return arena_exact(turn->arena, "%s joined", who->handle);
    case CHAT_LEFT: return arena_exact(turn->arena, "%s left", who->handle);
    case CHAT_FILE:
        return event->file_link == NULL
                   ? text_or(event->file_name, "a file")
                   : arena_printf(turn->arena, "%s %s",
                                  text_or(event->file_name, "a file"),
                                  event->file_link);
    case CHAT_CHOSE: return text_or(event->choice, "");
    case CHAT_COMMAND:
        return arena_printf(turn->arena, "%s%s%s", text_or(event->text, ""),
                            event->words == NULL ? "" : " ", text_or(event->words, ""));
    case CHAT_SAID:
    case CHAT_EDITED:
    case CHAT_DELETED:
    case CHAT_REACTED:
    case CHAT_UNREACTED:
    case CHAT_RENAMED:
    case CHAT_INVITED:
    case CHAT_REMOVED:
    case CHAT_RETURNED:
    case CHAT_MOVED:
    case CHAT_KEPT:
    case CHAT_VISITED:
    case CHAT_REKEYED:
    case CHAT_SEALED: return text_or(event->text, "");
    }
    return "";
}

/* Whoever deletes a private line is not to be named by that: it was heard, and is not
 * on the timeline. */
static bool remember_unnamed(struct turn *turn, const struct chat_event *event,
                             struct err *err)
{
    bool is_new;

    return event->message == NULL || event->kind == CHAT_CHOSE ||
           inbox_claim(turn->store, event->place.adapter, event->message, turn->now_ms,
                       &is_new, err);
}

/* Of a message that was not heard when it was said only the edit is known, and that may
 * be deleted alone: an entry without words, and edited. */
static bool put_edited(struct turn *turn, struct entry *entry,
                       const struct chat_event *event, struct err *err)
{
    const char *text = entry->text;
    struct entry *put;
    bool is_new;

    entry->text = "";
    return timeline_insert(turn->store, entry, &is_new, err) &&
           timeline_find(turn->store, entry->incident_id, entry->n, &put, err) &&
           timeline_edit(turn->store, put, text, event->id, event->at_ms, err);
}

static bool record_said(struct turn *turn, const struct incident *incident,
                        const struct person *who, const struct chat_event *event,
                        struct err *err)
{
    struct entry entry = recorder_entry(turn, event, incident->id, who->id);
    const char *line = line_of(event);
    bool is_new, is_private;

    if (!look_private(turn, incident, event, &is_private, err)) {
        return false;
    }
    entry.kind = line != NULL ? COMMAND : kind_name(event->kind);
    if (event->kind == CHAT_CHOSE) {
        entry.message = NULL; /* the message it stands on is the bot's */
    }
    if (is_private) {
        if (!remember_unnamed(turn, event, err)) {
            return false;
        }
        entry.person_id = 0;
        entry.message = entry.adapter = entry.channel = entry.thread = NULL;
        entry.text = PRIVATE_WORD;
        entry.full_bytes = 0;
    } else if (!recorder_name_people(turn, event->place.adapter,
                                     text_of(turn, who, event), &entry.text, err)) {
        return false;
    }
    return event->kind == CHAT_EDITED && !is_private
               ? put_edited(turn, &entry, event, err)
               : timeline_insert(turn->store, &entry, &is_new, err);
}

bool recorder_find_message(struct turn *turn, const struct chat_event *event,
                           struct entry **entry, struct err *err)
{
    *entry = NULL;
    return event->message == NULL ||
           timeline_find_message(turn->store, event->place.adapter,
                                 event->place.channel, event->message, entry, err);
}

static bool record_edit(struct turn *turn, const struct incident *incident,
                        const struct person *who, const struct chat_event *event,
                        struct err *err)
{
    struct entry *entry;
    const char *text;
    bool is_private;

    if (!recorder_find_message(turn, event, &entry, err)) {
        return false;
    }
    if (entry == NULL && event->is_guess) {
        /* It would take the place of what is still to come, and comes again behind it.
         */
        return inbox_release(turn->store, event->place.adapter, event->id, err);
    }
    if (!look_private(turn, incident, event, &is_private, err)) {
        return false;
    }
    if (entry == NULL) {
        /* Not heard when it was said (or a private line: record_said sees to that). */
        return record_said(turn, incident, who, event, err);
    }
    if (is_private) {
        return true; /* the entry bears a name, and these words may not */
    }
    if (entry->person_id != who->id) {
        return true; /* not every platform looks who may put words into whose mouth */
    }
    if (entry->edited_ms != TIME_NONE && event->at_ms < entry->edited_ms) {
        return true; /* heard late: newer words stand there */
    }
    if (!recorder_name_people(turn, event->place.adapter, text_or(event->text, ""),
                              &text, err)) {
        return false;
    }
    return text_equal(entry->text, text) ||
           (timeline_edit(turn->store, entry, text, event->id, event->at_ms, err) &&
            twin_edit(turn, incident, entry, text, event, err));
}

bool recorder_is_past(struct turn *turn, const struct chat_event *event, bool *is_past,
                      struct err *err)
{
    struct entry *entry;

    *is_past = false;
    if (event->kind != CHAT_SAID && event->kind != CHAT_COMMAND) {
        return true;
    }
    if (!recorder_find_message(turn, event, &entry, err)) {
        return false;
    }
    *is_past = entry != NULL &&
               (entry->deleted_ms != TIME_NONE || !text_equal(entry->kind, COMMAND));
    return true;
}

static bool answer_pin(struct turn *turn, const struct person *who,
                       const struct chat_event *event, const struct entry *entry,
                       struct err *err)
{
    const char *words =
        note_words(turn->arena, text_brief(turn->arena, entry->text, BRIEF_RUNES));
    struct note *note =
        event->kind == CHAT_REACTED
            ? say_note(turn,
                       "Key moment: %s at %s, \"%s\" Take the pin off to unmark it.",
                       text_or(entry->handle, "somebody"), say_when(turn, entry->at_ms),
                       words)
            : say_note(turn, "No key moment any more: \"%s\"", words);

    return say_private_at(turn, event, who, note, err);
}

/* Only the pushpin means something, and only on what is on the timeline. */
static bool record_reaction(struct turn *turn, const struct person *who,
                            const struct chat_event *event, struct err *err)
{
    struct entry *entry;
    bool is_changed;

    if (!text_same(text_or(event->text, ""), RECORDER_PIN)) {
        return true;
    }
    if (!recorder_find_message(turn, event, &entry, err)) {
        return false;
    }
    if (entry == NULL) {
        return true;
    }
    return timeline_pin(turn->store, entry->id, who->id, event->kind == CHAT_REACTED,
                        &is_changed, err) &&
           (!is_changed || answer_pin(turn, who, event, entry, err));
}

static bool record_member(struct turn *turn, const struct incident *incident,
                          const struct person *who, const struct chat_event *event,
                          struct err *err)
{
    struct entry entry = recorder_entry(turn, event, incident->id, who->id);
    bool is_told;

    entry.kind = kind_name(event->kind);
    return recorder_member_told(turn, &entry, &is_told, err) &&
           (is_told || record_said(turn, incident, who, event, err)) &&
           recorder_member_gone(turn, &entry, err);
}

bool recorder_event(struct turn *turn, const struct incident *incident,
                    const struct person *who, const struct chat_event *event,
                    struct err *err)
{
    switch (event->kind) {
    case CHAT_SAID:
    case CHAT_COMMAND:
    case CHAT_CHOSE:
    case CHAT_FILE: return record_said(turn, incident, who, event, err);
    case CHAT_JOINED:
    case CHAT_LEFT: return record_member(turn, incident, who, event, err);
    case CHAT_EDITED: return record_edit(turn, incident, who, event, err);
    case CHAT_DELETED: return recorder_deletion(turn, incident, who, event, err);
    case CHAT_REACTED:
    case CHAT_UNREACTED: return record_reaction(turn, who, event, err);
    case CHAT_RENAMED:
        return incident_set_channel(turn->store, incident->id, incident->channel,
                                    event->text, err);
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
