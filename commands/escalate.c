/* escalate: the bot chooses whom to wake, and says why. */
#include <string.h>

#include "bot/base/text.h"
#include "bot/paging.h"
#include "bot/say.h"
#include "bot/words.h"

/* Whom the words begin with: "@ruben the db", "to @ruben", "ruben". NULL: with nobody.
 */
static bool find_named(struct turn *turn, const struct command_call *call,
                       const char *why, struct person **person, struct err *err)
{
    struct refusal refusal = {0};
    const char *word;

    *person = NULL;
    why = text_skip(text_starts(why, "to ") ? why + strlen("to ") : why);
    word = words_first(turn->arena, why);
    return (*word != '@' && !text_starts(word, "<@") &&
            *text_skip(why + strlen(word)) != '\0') ||
           words_person(turn, call, word, person, &refusal, err);
}

/* Who names somebody does not want another one woken. */
static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    const char *why = call->args[0].is_given ? call->args[0].text : NULL;
    struct person *named;

    if (!find_named(turn, call, text_or(why, ""), &named, err)) {
        return false;
    }
    if (named == NULL || named->id == call->speaker->id) {
        return paging_escalate(turn, call, why, err);
    }
    return say_private(
        turn, call,
        say_note(turn,
                 "Nobody is paged yet. To page %s: %s. Whom I choose: %s, without a "
                 "name first.",
                 say_person(turn, named->id),
                 note_command(turn->arena, "page @%s WHY", named->handle),
                 note_command(turn->arena, "escalate WHY")),
        err);
}

const struct command escalate_command = {
    .name = "escalate",
    .summary = "get help: I choose by duty, skill and tie, and say why",
    .example = "escalate the database is full",
    .stage = STAGE_HELP,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "WHY", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
               .run = run}},
};
