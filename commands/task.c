/* task: one person, one thing to do, one yes. */
#include "bot/task.h"

#include <stdlib.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/say.h"
#include "bot/words.h"

/* Does another name begin what is to be done: "@cy look", "and cy look"? */
static bool begins_name(struct turn *turn, const struct command_call *call,
                        const char *what, struct person **other, struct err *err)
{
    const char *word = words_first(turn->arena, what);
    struct refusal refusal = {0};
    bool is_joined =
        text_same(word, "and") || text_same(word, "or") || text_same(word, "&");

    *other = NULL;
    if (is_joined) {
        word = words_first(turn->arena, what + strlen(word));
    }
    return *word == '\0' || (!is_joined && *word != '@' && !text_starts(word, "<@")) ||
           words_person(turn, call, word, other, &refusal, err);
}

/* "Can one of you look" is nobody's. */
static bool refuse_two(struct turn *turn, const struct command_call *call,
                       struct err *err)
{
    return say_private(
        turn, call,
        say_note(turn, "One task, one name: one line for each. No task was made. %s",
                 note_command(turn->arena, "%s",
                              command_usage(turn->arena, call->command, 0))),
        err);
}

/* A number alone is a task there is: it is offered to somebody else. */
static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    const struct person *person = call->args[0].person;
    const char *what = call->args[1].text;
    int64_t due_ms = call->args[2].is_given ? call->args[2].number : TIME_NONE;
    struct person *other;

    if (!begins_name(turn, call, what, &other, err)) {
        return false;
    }
    if (other != NULL) {
        return refuse_two(turn, call, err);
    }
    if (strlen(what) < 10 && strspn(what, "0123456789") == strlen(what)) {
        return task_give_again(turn, call, person, strtoll(what, NULL, 10), due_ms,
                               err);
    }
    return task_give(turn, call, person, what, due_ms, err);
}

const struct command task_command = {
    .name = "task",
    .summary = "one person, one thing to do; a number offers it anew",
    .example = "task @bo look at the queue in 10m",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "@who", .kind = ARG_PERSON, .flags = ARG_HERE},
                        {.name = "WHAT", .kind = ARG_REST},
                        {.name = "10m",
                         .kind = ARG_WHEN,
                         .flags = ARG_OPTIONAL | ARG_BY,
                         .after = "in"}},
               .undone = "No task was made.",
               .run = run}},
};
