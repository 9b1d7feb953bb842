/* list: incidents, private ones only for their members. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/command.h"
#include "bot/incident.h"
#include "bot/say.h"
#include "bot/severity.h"

#define LIST_LIMIT 20

static enum incident_filter filter_of(const struct command_call *call)
{
    const char *word = text_or(call->args[0].text, "open");

    return text_same(word, "all")    ? INCIDENTS_ALL
           : text_same(word, "mine") ? INCIDENTS_MINE
                                     : INCIDENTS_OPEN;
}

static void add_line(struct turn *turn, struct note *note,
                     const struct incident *incident)
{
    note_line(note, "%s %s: %s, %s%s%s, declared %s. %s", say_ref(turn, incident),
              note_words(turn->arena, incident->title),
              incident_state_words(incident->state), severity_words(turn, incident),
              incident->service == NULL ? "" : ", ",
              note_words(turn->arena, incident->service),
              say_when(turn, incident->declared_ms), say_link(turn, incident));
}

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct incidents incidents;
    struct note *note;

    if (!incidents_list(turn->store, filter_of(call), call->speaker->id, LIST_LIMIT + 1,
                        &incidents, err)) {
        return false;
    }
    if (incidents.count == 0) {
        note = say_note(turn, "No %sincident. To open one: %s",
                        filter_of(call) == INCIDENTS_ALL ? "" : PHRASE("open "),
                        note_command(turn->arena, "declare TITLE"));
        return say_private(turn, call, note, err);
    }
    note = note_create(turn->arena);
    for (size_t i = 0; i < incidents.count && i < LIST_LIMIT; i++) {
        add_line(turn, note, incidents.all[i]);
    }
    if (incidents.count > LIST_LIMIT) {
        note_line(note, "And older ones: name one, like %s",
                  note_command(turn->arena, "status inc-N"));
    }
    return say_private(turn, call, note, err);
}

const struct command list_command = {
    .name = "list",
    .summary = "incidents: open ones, all, or those you are in",
    .example = "list mine",
    .stage = STAGE_START,
    .scope = COMMAND_ANYWHERE,
    .is_look = true,
    .forms = {{
        .args = {{.name = "which",
                  .kind = ARG_CHOICE,
                  .flags = ARG_OPTIONAL,
                  .words = "open all mine"}},
        .run = run,
    }},
};
