#include "bot/hesitation.h"

#include <string.h>

#include "bot/base/text.h"
#include "bot/say.h"
#include "bot/words.h"

/* Behind the doubt that begins the words; NULL: none does. */
static const char *behind(const char *at, const char *const *doubts)
{
    for (; *doubts != NULL; doubts++) {
        const char *end = at + strlen(*doubts);

        if (text_starts(at, *doubts) &&
            (text_word_ends(end) || strchr(WORDS_SIGNS "?", *end) != NULL)) {
            return end;
        }
    }
    return NULL;
}

bool hesitation_is(const char *words)
{
    static const char *const doubts[] = {"not yet",      "not now",      "not sure yet",
                                         "can't yet",    "cant yet",     "don't yet",
                                         "dont yet",     "wait for",     "wait until",
                                         "almost done",  "almost there", "nearly done",
                                         "nearly there", "until",        "unless",
                                         "in a minute",  "in a moment",  "in a bit",
                                         "maybe",        "perhaps",      NULL};
    /* No more than that: "can't reproduce it", "wait times are normal" are reasons. */
    static const char *const alone[] = {"don't",
                                        "don\xe2\x80\x99t",
                                        "dont",
                                        "can't",
                                        "can\xe2\x80\x99t",
                                        "cant",
                                        "wait",
                                        "almost",
                                        "nearly",
                                        "soon",
                                        "later",
                                        "not sure",
                                        "not quite",
                                        "not really",
                                        "not fully",
                                        NULL};
    const char *at = words_behind_courtesy(text_or(words, ""), false);
    const char *end = behind(at, alone);
    size_t length = strlen(at);

    return behind(at, doubts) != NULL ||
           (end != NULL && (*end == '\0' || strchr(WORDS_SIGNS "?", *end) != NULL)) ||
           (length > 0 && at[length - 1] == '?');
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
