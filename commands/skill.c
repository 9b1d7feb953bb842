/* skill: what somebody knows. A name adds it, the same name again takes it away. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/command.h"
#include "bot/say.h"
#include "store/skills.h"

#define SKILL_MAX_BYTES 80

static bool list(struct turn *turn, const struct command_call *call,
                 const struct person *who, struct err *err)
{
    bool is_me = who->id == call->speaker->id;
    const char *name = is_me ? PHRASE("You") : say_person(turn, who->id);
    struct skills skills;
    struct note *note;
    const char *how;
    struct text text;

    if (!skills_of(turn->store, who->id, &skills, err)) {
        return false;
    }
    text_init(&text, turn->arena);
    for (size_t i = 0; i < skills.count; i++) {
        text_addf(&text, "%s%s", i == 0 ? "" : ", ",
                  note_words(turn->arena, skills.all[i]));
    }
    how = is_me ? note_command(turn->arena, "skill NAME")
                : note_command(turn->arena, "skill @%s NAME", who->handle);
    note = skills.count == 0
               ? say_note(turn, "No skill of %s is noted yet. Add one: %s",
                          is_me ? PHRASE("yours") : name, how)
               : say_note(turn, "%s %s %s. Add one, or take it away: %s", name,
                          is_me ? PHRASE("know") : PHRASE("knows"), text.data, how);
    return say_private(turn, call, note, err);
}

/* Others may note it, and then they say so. */
static bool tell_them(struct turn *turn, const struct command_call *call,
                      const struct person *who, const char *name, bool is_new,
                      struct err *err)
{
    if (who->id == call->speaker->id) {
        return true;
    }
    return say_direct_by(turn, call, who->id,
                         say_note(turn, "%s noted that you %s %s. Not so: %s",
                                  say_person(turn, call->speaker->id),
                                  is_new ? PHRASE("know") : PHRASE("don't know"),
                                  note_words(turn->arena, name),
                                  note_command(turn->arena, "skill %s", name)),
                         err);
}

static bool toggle(struct turn *turn, const struct command_call *call,
                   const struct person *who, const char *name, struct err *err)
{
    bool is_me = who->id == call->speaker->id;
    struct note *note;
    bool is_new, was_there;
    const char *undo =
        is_me ? note_command(turn->arena, "skill %s", name)
              : note_command(turn->arena, "skill @%s %s", who->handle, name);

    if (!skill_add(turn->store, who->id, name, false, &is_new, err) ||
        (!is_new && !skill_remove(turn->store, who->id, name, &was_there, err))) {
        return false;
    }
    note = is_new ? say_note(turn, "Noted: %s %s %s. Take it away: %s",
                             is_me ? PHRASE("you") : say_person(turn, who->id),
                             is_me ? PHRASE("know") : PHRASE("knows"),
                             note_words(turn->arena, name), undo)
                  : say_note(turn, "Taken away from what %s: %s. Add it again: %s",
                             is_me ? PHRASE("you know")
                                   : arena_printf(turn->arena, "%s knows",
                                                  say_person(turn, who->id)),
                             note_words(turn->arena, name), undo);
    return say_private(turn, call, note, err) &&
           tell_them(turn, call, who, name, is_new, err);
}

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    const struct person *who =
        call->args[0].is_given ? call->args[0].person : call->speaker;
    const char *name;

    if (!call->args[1].is_given) {
        return list(turn, call, who, err);
    }
    name = text_lower(turn->arena, text_trim(turn->arena, call->args[1].text));
    if (text_fit(name, SKILL_MAX_BYTES) < text_fit(name, SKILL_MAX_BYTES + 4)) {
        return say_private(
            turn, call,
            say_note(turn, "A skill is a word or two. Nothing was changed."), err);
    }
    return toggle(turn, call, who, name, err);
}

const struct command skill_command = {
    .name = "skill",
    .summary = "what somebody knows; a name adds it, again takes it away",
    .example = "skill postgres",
    .stage = STAGE_HELP,
    .scope = COMMAND_ANYWHERE,
    .is_look = true,
    .forms = {{.args = {{.name = "@who", .kind = ARG_PERSON, .flags = ARG_OPTIONAL},
                        {.name = "NAME", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
               .run = run}},
};
