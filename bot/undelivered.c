#include "bot/undelivered.h"

#include "bot/action.h"
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/channel.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "store/incidents.h"

/* Whoever declared was told of a channel, and whoever leads waits for it. */
static bool no_channel(struct turn *turn, const struct incident *incident,
                       const char *why, struct err *err)
{
    const char *ref = say_ref(turn, incident);
    struct person *lead = NULL;
    struct note *note =
        say_note(turn, "%s has no channel: %s. What I would say there, nobody sees.",
                 ref, note_words(turn->arena, why));

    note_line(
        note,
        "The incident goes on by commands that name it, here or elsewhere: %s, %s",
        note_command(turn->arena, "status %s", ref),
        note_command(turn->arena, "note %s TEXT", ref));
    note_line(note, "For the next one, whoever runs this chat can allow me to make "
                    "channels.");
    if (!role_holder(turn, incident->id, NULL, &lead, err) ||
        !channel_tell_lead(turn, incident, note, err)) {
        return false;
    }
    return lead == NULL || lead->id == incident->declared_by ||
           say_direct(turn, incident, incident->declared_by, note, NULL, err);
}

/* Of no incident: that it could not be said either is no news for the record. */
static bool not_let_in(struct turn *turn, const struct incident *incident,
                       const struct outbox_row *row, const char *why, struct err *err)
{
    struct note *note =
        say_note(turn, "I could not bring you into %s, the channel of %s: %s.",
                 channel_name(turn, incident), say_ref(turn, incident),
                 note_words(turn->arena, why));

    note_line(note, "%s",
              incident->is_private ? PHRASE("Somebody who is in it can let you in.")
                                   : PHRASE("You can join it yourself."));
    return say_direct_on(turn, incident->adapter, row->person_id, note, err);
}

bool undelivered_refused(struct turn *turn, const struct outbox_row *row,
                         const char *why, struct err *err)
{
    struct incident *incident = NULL;

    if (!incident_find(turn->store, row->incident_id, &incident, err)) {
        return false;
    }
    if (incident == NULL) {
        return true;
    }
    if (text_equal(row->kind, action_kind_name(ACTION_OPEN_CHANNEL))) {
        return no_channel(turn, incident, why, err);
    }
    return !text_equal(row->kind, action_kind_name(ACTION_INVITE)) ||
           not_let_in(turn, incident, row, why, err);
}
