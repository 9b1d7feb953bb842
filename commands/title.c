/* title: a better name; the channel keeps its own. */
#include "bot/command.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/say.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct incident now = *call->incident;
    const char *was = now.title;

    now.title = call->args[0].text;
    return incident_update(turn->store, &now, err) &&
           recorder_fact(turn, &now,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = "title",
                                        .text = arena_printf(
                                            turn->arena, "title \"%s\" (was \"%s\")",
                                            now.title, was)},
                         NULL, err) &&
           say_made(turn, call,
                    say_note(turn, "Title: %s (was %s). The channel keeps its name.",
                             note_words(turn->arena, now.title),
                             note_words(turn->arena, was)),
                    err) &&
           say_topic(turn, &now, incident_topic(turn, &now), err) &&
           incident_refresh(turn, now.id, err);
}

const struct command title_command = {
    .name = "title",
    .summary = "give it a better title",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "TEXT", .kind = ARG_REST}}, .run = run}},
};
