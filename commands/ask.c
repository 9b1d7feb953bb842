/* ask: a private question, to one's buddy where nobody is named. */
#include <string.h>

#include "bot/question.h"
#include "bot/say.h"
#include "bot/words.h"

/* Whose handle the question begins with: "bo: has it", "bo has it". NULL: nobody's. */
static bool find_handle(struct turn *turn, const struct command_call *call,
                        struct person **person, struct err *err)
{
    const char *word = words_first(turn->arena, call->args[1].text);

    *person = NULL;
    word = arena_copy_n(turn->arena, word, strcspn(word, WORDS_SIGNS "?"));
    return call->args[0].is_given || *word == '\0' ||
           person_find_handle(turn->store, word, person, err);
}

/* A private question to the wrong person can't be taken back: "will it hold" may be
 * meant for will. */
static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct person *named;

    if (!find_handle(turn, call, &named, err)) {
        return false;
    }
    if (named != NULL && named->id != call->speaker->id) {
        return say_private(
            turn, call,
            say_note(turn,
                     "Is it for %s? Nobody was asked. To ask %s: %s. Else begin with "
                     "another word.",
                     say_person(turn, named->id), say_person(turn, named->id),
                     note_command(turn->arena, "ask @%s QUESTION", named->handle)),
            err);
    }
    return question_ask(turn, call,
                        call->args[0].is_given ? call->args[0].person : NULL,
                        call->args[1].text, err);
}

const struct command ask_command = {
    .name = "ask",
    .summary = "ask somebody in private; without a name, your buddy",
    .example = "ask @bo has the queue ever been this long?",
    .stage = STAGE_HELP,
    .scope = COMMAND_ANYWHERE,
    .is_private = true,
    .forms = {{.args = {{.name = "@who", .kind = ARG_PERSON, .flags = ARG_OPTIONAL},
                        {.name = "QUESTION", .kind = ARG_REST}},
               .undone = "Nobody was asked.",
               .run = run}},
};
