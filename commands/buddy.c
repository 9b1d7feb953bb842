/* buddy: someone one may ask without shame. */
#include "bot/buddy.h"

#include "bot/base/text.h"
#include "bot/command.h"
#include "bot/say.h"
#include "store/buddies.h"

/* Those who may ask one by the directory's word alone: nobody has to be. */
static bool add_one_sided(struct turn *turn, const struct command_call *call,
                          struct note *note, struct err *err)
{
    struct people people;

    if (!buddies_one_sided(turn->store, call->speaker->id, &people, err)) {
        return false;
    }
    for (size_t i = 0; i < people.count; i++) {
        const char *who = note_words(turn->arena, people.all[i].handle);

        note_line(note, "By the directory you are %s's buddy. Rather not: %s", who,
                  note_command(turn->arena, "buddy @%s", people.all[i].handle));
    }
    return true;
}

/* One's buddies in order, and one's mentor. */
static bool list(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct people buddies;
    struct text text;
    struct note *note;

    if (!buddies_of(turn->store, call->speaker->id, &buddies, err)) {
        return false;
    }
    text_init(&text, turn->arena);
    for (size_t i = 0; i < buddies.count; i++) {
        text_addf(&text, "%s%s", i == 0 ? "" : ", ",
                  note_words(turn->arena, buddies.all[i].handle));
    }
    note = buddies.count == 0
               ? say_note(turn, "No buddy yet: someone you may ask without shame. %s",
                          note_command(turn->arena, "buddy @who"))
               : say_note(turn, "Your %s: %s. To ask: %s",
                          buddies.count == 1 ? "buddy" : "buddies", text.data,
                          note_command(turn->arena, "ask QUESTION"));
    if (!add_one_sided(turn, call, note, err)) {
        return false;
    }
    if (call->speaker->mentor_id != 0) {
        note_line(note, "Your mentor: %s.", say_person(turn, call->speaker->mentor_id));
    }
    return say_private(turn, call, note, err);
}

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    if (!call->args[0].is_given) {
        return list(turn, call, err);
    }
    return buddy_offer(turn, call, call->args[0].person, err);
}

const struct command buddy_command = {
    .name = "buddy",
    .summary = "someone to ask without shame: yours, or offer to be one",
    .stage = STAGE_HELP,
    .scope = COMMAND_ANYWHERE,
    .forms = {{.args = {{.name = "@who", .kind = ARG_PERSON, .flags = ARG_OPTIONAL}},
               .run = run}},
};
