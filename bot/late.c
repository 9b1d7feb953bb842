#include "bot/late.h"

#include "bot/adapter.h"
#include "bot/base/time.h"
#include "bot/say.h"
#include "store/late_commands.h"

#define KIND       "late"
#define PAUSE_MS   (15 * TIME_SECOND_MS) /* behind the last one: then all are in */
#define LINES      10
#define LINE_RUNES 280

static const char *line_words(struct turn *turn, const struct late_command *command)
{
    return note_command(turn->arena, "%s",
                        text_brief(turn->arena, command->line, LINE_RUNES));
}

static struct note *write_one(struct turn *turn, const struct late_command *command)
{
    return say_note(
        turn, "Typed at %s, read only now, so not run: %s. Still wanted? Say it again.",
        say_when(turn, command->at_ms), line_words(turn, command));
}

static struct note *write_all(struct turn *turn, const struct late_commands *commands)
{
    struct note *note = say_note(turn, "Typed while I was away, read only now, so not "
                                       "run. Still wanted? Say it again.");

    for (size_t i = 0; i < commands->count && i < LINES; i++) {
        note_line(note, "%s %s", say_when(turn, commands->all[i].at_ms),
                  line_words(turn, &commands->all[i]));
    }
    if (commands->count > LINES) {
        note_line(note, "And %zu more.", commands->count - LINES);
    }
    return note;
}

/* On the console nothing comes in pages, and each line has its answer at its own time.
 */
static bool comes_alone(struct turn *turn, const struct command_call *call)
{
    return turn_has_trait(turn, call->event->place.adapter, ADAPTER_BY_HANDLE);
}

bool late_add(struct turn *turn, struct command_call *call, const char *line,
              struct err *err)
{
    const struct late_command command = {
        .person_id = call->speaker->id,
        .adapter = call->event->place.adapter,
        .at_ms = call->event->at_ms,
        .line = line,
    };

    if (comes_alone(turn, call)) {
        return say_private(turn, call, write_one(turn, &command), err);
    }
    return late_command_insert(turn->store, &command, err) &&
           alarm_after(turn,
                       &(struct alarm){.kind = KIND, .person_id = call->speaker->id},
                       PAUSE_MS, err);
}

static bool run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                struct err *err)
{
    struct late_commands commands;

    (void)late_ms; /* they say themselves when they were typed */
    if (!late_commands_take(turn->store, alarm->person_id, &commands, err)) {
        return false;
    }
    if (commands.count == 0) {
        return true;
    }
    return say_direct_on(turn, commands.all[0].adapter, alarm->person_id,
                         commands.count == 1 ? write_one(turn, &commands.all[0])
                                             : write_all(turn, &commands),
                         err);
}

const struct alarm_kind late_alarm = {
    .name = KIND,
    .acts = true,
    .run = run,
};
