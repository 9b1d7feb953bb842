/* page: wake a person, or whoever is on duty for a service. */
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/candidates.h"
#include "bot/paging.h"
#include "bot/say.h"
#include "bot/words.h"

static bool is_mention(const char *word)
{
    return *word == '@' || text_starts(word, "<@");
}

static bool refuse(struct turn *turn, const struct command_call *call, const char *why,
                   struct err *err)
{
    const char *near = NULL;

    if (!is_mention(call->args[0].text) &&
        !candidates_near_service(turn, call->args[0].text, &near, err)) {
        return false;
    }
    if (near != NULL) {
        why = arena_printf(turn->arena, "%s Services near: %s.", why, near);
    }
    return say_private(
        turn, call,
        say_note(turn, "%s Nobody was paged. %s", why,
                 note_command(turn->arena, "%s",
                              command_usage(turn->arena, call->command, 0))),
        err);
}

/* "@bo and @cy come": whoever typed it may think that cy is paged, too. */
static bool tell_one(struct turn *turn, const struct command_call *call,
                     struct err *err)
{
    const char *why = text_or(call->args[1].text, "");

    why += strspn(why, ",&+ ");
    if (text_same(words_first(turn->arena, why), "and")) {
        why = text_skip(why + strlen("and"));
    }
    return !is_mention(why) ||
           say_private(turn, call,
                       say_note(turn,
                                "One page, one name: the first. A line for each: %s",
                                note_command(turn->arena, "page @who WHY")),
                       err);
}

/* A service goes before a person of the same name, unless it is a mention. */
static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    const char *word = call->args[0].text;
    const char *why = call->args[1].is_given ? call->args[1].text : NULL;
    struct refusal refusal = {0};
    struct person *person = NULL;
    const char *name = NULL;
    int64_t service_id = 0;

    if (!is_mention(word) && !candidates_service(turn, word, &service_id, &name, err)) {
        return false;
    }
    if (service_id != 0) {
        return paging_service(turn, call, service_id, name, why, err) &&
               tell_one(turn, call, err);
    }
    if (!words_person(turn, call, word, &person, &refusal, err)) {
        return false;
    }
    if (person == NULL) {
        return refuse(turn, call,
                      text_or(refusal.text, PHRASE("I know nobody of that name.")),
                      err);
    }
    return paging_person(turn, call, person, why, err) &&
           (person->id == call->speaker->id || tell_one(turn, call, err));
}

const struct command page_command = {
    .name = "page",
    .summary = "wake somebody, or whoever is on duty for a service",
    .example = "page @bo the database is full",
    .stage = STAGE_HELP,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "@who·SERVICE",
                         .kind = ARG_WORD,
                         .said = PHRASE_LATER("a name or a service")},
                        {.name = "WHY", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
               .undone = "Nobody was paged.",
               .run = run}},
};
