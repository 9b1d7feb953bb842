/* who can: people by skill, tie and being awake, each with the reason and the way. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/candidates.h"
#include "bot/say.h"

#define LISTED 4

static void add_line(struct turn *turn, struct note *note,
                     const struct candidate *candidate)
{
    const char *away = candidate->is_awake ? "" : PHRASE("; night there");
    const char *local = candidate->local;
    const char *way = candidate->way == NULL
                          ? ""
                          : arena_printf(turn->arena, " By way of %s.", candidate->way);

    note_line(note, "%s: %s%s%s%s.%s %s", candidate->handle,
              escalation_reasons(turn->arena, candidate, "; "),
              local == NULL ? "" : "; ", text_or(local, ""), away, way,
              candidate->is_awake
                  ? note_command(turn->arena, "ask @%s QUESTION", candidate->handle)
                  : note_command(turn->arena, "page @%s WHY", candidate->handle));
}

/* A house that is new knows little: then whoever is here may. */
static bool tell_nobody(struct turn *turn, const struct command_call *call,
                        struct err *err)
{
    struct note *note =
        say_note(turn,
                 "I know nobody by these words: no skill, service or tie fits. "
                 "To add a skill: %s",
                 note_command(turn->arena, "skill NAME"));

    return candidates_add_here(turn, call->incident, call->speaker->id, note, err) &&
           say_private(turn, call, note, err);
}

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct candidates_wish wish = {
        .incident = call->incident,
        .adapter = call->event->place.adapter,
        .asker_id = call->speaker->id,
        .words = call->args[0].text,
        .to_asker = true,
        .with_way = true,
        .pool = ESCALATION_FITTING,
    };
    struct candidates candidates;
    struct note *note;

    if (!candidates_find(turn, &wish, &candidates, err)) {
        return false;
    }
    if (candidates.count == 0) {
        return tell_nobody(turn, call, err);
    }
    note = note_create(turn->arena);
    for (size_t i = 0; i < candidates.count && i < LISTED; i++) {
        add_line(turn, note, &candidates.all[i]);
    }
    return say_private(turn, call, note, err);
}

const struct command who_can_command = {
    .name = "who can",
    .summary = "people by skill, tie and being awake, each with a reason",
    .example = "who can postgres",
    .stage = STAGE_HELP,
    .scope = COMMAND_ANYWHERE,
    .forms = {{.args = {{.name = "TEXT", .kind = ARG_REST}}, .run = run}},
};
