/* ack: yes to a task, or coming to a page; for somebody reached by phone, too. */
#include <ctype.h>

#include "bot/base/text.h"
#include "bot/paging.h"
#include "bot/say.h"
#include "bot/task.h"
#include "bot/waiting.h"

/* `ack 7 @inez`, or the handle alone; other words behind the number are for people. */
static bool find_who(struct turn *turn, const struct command_call *call,
                     const struct person **who, struct err *err)
{
    struct person *named = NULL;

    *who = call->args[1].is_given ? call->args[1].person : call->speaker;
    if (call->args[1].is_given || !call->args[0].is_given || !call->args[2].is_given) {
        return true;
    }
    if (!person_find_handle(turn->store, call->args[2].text, &named, err)) {
        return false;
    }
    *who = named != NULL ? named : call->speaker;
    return true;
}

static bool say_yes(struct turn *turn, const struct command_call *call, int64_t n,
                    const struct person *who, struct err *err)
{
    struct waiting found;

    if (!waiting_find(turn, call, n, WAITING_YES, &found, err)) {
        return false;
    }
    if (found.task != NULL) {
        return task_say_yes(turn, call, found.incident, found.task, err);
    }
    return found.page == NULL ||
           paging_come(turn, call, found.incident, found.page, who, err);
}

/* `ack 1 2` is a yes to both; what is half numbers and half words is to none. */
static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    const char *text = text_or(call->args[2].text, "");
    int64_t more[WAITING_NUMBERS];
    size_t count = waiting_numbers(text, more);
    const struct person *who;

    if (count == 0 && isdigit((unsigned char)*text)) {
        return say_private(turn, call,
                           say_note(turn,
                                    "Several at once are numbers alone: %s. "
                                    "Nothing was changed.",
                                    note_command(turn->arena, "ack 1 2")),
                           err);
    }
    if (!find_who(turn, call, &who, err) ||
        !say_yes(turn, call, command_number(&call->args[0]), who, err)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (more[i] != call->args[0].number &&
            !say_yes(turn, call, more[i] == 0 ? -1 : more[i], who, err)) {
            return false;
        }
    }
    return true;
}

const struct command ack_command = {
    .name = "ack",
    .summary = "yes to a task, or coming to a page",
    .example = "ack 3",
    .stage = STAGE_HELP,
    .scope = COMMAND_ANYWHERE,
    .forms = {{.args = {{.name = "N", .kind = ARG_NUMBER, .flags = ARG_OPTIONAL},
                        {.name = "@who", .kind = ARG_PERSON, .flags = ARG_OPTIONAL},
                        {.name = "TEXT", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
               .run = run}},
};
