#include "bot/aloud.h"

#include "bot/adapter.h"
#include "bot/base/phrase.h"
#include "bot/feeling.h"
#include "bot/say.h"
#include "bot/words.h"

/* What became of it, and how it goes unread. */
static bool tell(struct turn *turn, const struct chat_event *event,
                 const struct person *speaker, const char *line, const char *what,
                 struct err *err)
{
    const char *rest;

    return say_private_at(turn, event, speaker,
                          say_note(turn,
                                   "%s Said to me alone it is never there: `%s` in a "
                                   "direct message.",
                                   what, words_verb(line, &rest)->name),
                          err);
}

bool aloud_take_out(struct turn *turn, const struct chat_event *event,
                    const struct person *speaker, const struct incident *incident,
                    const char *line, struct err *err)
{
    bool is_private = words_are_private(line);

    if (event->place.is_direct || event->kind == CHAT_CHOSE || event->message == NULL ||
        !turn_has_trait(turn, event->place.adapter, ADAPTER_REDACTS)) {
        return true;
    }
    if (incident == NULL) {
        return !is_private || tell(turn, event, speaker, line,
                                   PHRASE("Your line stands there for all to read, "
                                          "until you delete it."),
                                   err);
    }
    if (!is_private && !feeling_is_meant(turn, incident, line, &is_private, err)) {
        return false;
    }
    return !is_private || (say_redact(turn, incident, event, err) &&
                           tell(turn, event, speaker, line,
                                PHRASE("I take your line out of the channel."), err));
}
