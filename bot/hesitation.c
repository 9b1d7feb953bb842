#include "bot/hesitation.h"

#include <string.h>

#include "bot/base/text.h"
#include "bot/say.h"
#include "bot/words_value.h"

bool hesitation_is(const char *words)
{
    static const char *const doubts[] = {
        "not yet", "not now",     "not quite",   "not really", "not sure", "not fully",
        "don't",   "dont",        "can't",       "cant",       "maybe",    "perhaps",
        "wait",    "almost",      "nearly",      "soon",       "later",    "unless",
        "until",   "in a minute", "in a moment", "in a bit",   NULL};
    const char *at = text_skip(text_or(words, ""));
    size_t length = strlen(at);

    return words_stand_any(at, doubts) || (length > 0 && at[length - 1] == '?');
}

bool hesitation_ask(struct turn *turn, const struct command_call *call, struct err *err)
{
    return say_private(
        turn, call,
        say_note(turn,
                 "That reads like not yet. Nothing was changed. Once it is so: %s",
                 note_command(turn->arena, "%s", call->command->name)),
        err);
}
