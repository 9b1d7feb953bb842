/* call: a link to talk, made from the template in the settings. */
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/command.h"
#include "bot/say.h"

#define SLOT "{ref}"

static const char *link_of(struct turn *turn, const struct incident *incident)
{
    const char *ref = say_ref(turn, incident);
    const char *at = turn->config->call;
    const char *slot;
    struct text text;

    text_init(&text, turn->arena);
    while ((slot = strstr(at, SLOT)) != NULL) {
        text_add_n(&text, at, (size_t)(slot - at));
        text_add(&text, ref);
        at = slot + strlen(SLOT);
    }
    text_add(&text, at);
    return text.data;
}

/* Pinned on first use; later the same link, for whoever asks. */
static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    const struct incident *incident = call->incident;
    struct note *note;
    int64_t row = 0;

    if (text_is_empty(turn->config->call)) {
        note =
            say_note(turn, "No link to talk is set up: `call:` in the settings makes "
                           "one. Nothing was changed.");
        return say_private(turn, call, note, err);
    }
    note = say_note(turn, "To talk about %s: %s", say_ref(turn, incident),
                    note_words(turn->arena, link_of(turn, incident)));
    if (incident->call_row != 0) {
        return say_private(turn, call, note, err);
    }
    return say_incident(turn, incident, note, &row, err) &&
           incident_set_call(turn->store, incident->id, row, err) &&
           say_pin(turn, incident, row, PHRASE("Call"), err) &&
           (call->is_in_channel || say_private(turn, call, note, err));
}

const struct command call_command = {
    .name = "call",
    .summary = "a link to talk, pinned on first use",
    .stage = STAGE_HELP,
    .scope = COMMAND_IN_INCIDENT,
    .is_look = true,
    .forms = {{.run = run}},
};
