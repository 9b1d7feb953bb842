/* accept: yes to what was offered to you. */
#include <string.h>

#include "bot/base/text.h"
#include "bot/offers.h"
#include "bot/say.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return offer_accept(turn, call, command_number(&call->args[0]), err);
}

/* "accept, go and eat" is a yes. "accept? not now", "accept 2 of them" may be none. */
static bool is_yes(struct turn *turn, const char *words)
{
    static const char *const doubts[] = {
        "no",   "not",  "dont",  "don't", "nope",  "cant",  "can't",  "if",
        "only", "when", "once",  "in",    "later", "soon",  "maybe",  "perhaps",
        "wait", "but",  "after", "what",  "who",   "why",   "how",    "can",
        "is",   "or",   "and",   "for",   "as",    "until", "unless", NULL};
    const char *at = text_skip(words + strspn(words, ",;:.!-"));
    const char *first = arena_copy_n(turn->arena, at, strcspn(at, " \t\r\n,;:.!"));

    return strchr(words, '?') == NULL &&
           (*at == '\0' || strcspn(at, "#@<0123456789") > 0) &&
           !text_is_one_of(first, doubts);
}

static bool run_words(struct turn *turn, const struct command_call *call,
                      struct err *err)
{
    const char *words = text_or(call->args[1].text, "");

    return is_yes(turn, words)
               ? run(turn, call, err)
               : say_private(turn, call,
                             say_note(turn,
                                      "Is that a yes? Nothing was changed. Yes: %s. "
                                      "No: %s",
                                      note_command(turn->arena, "accept"),
                                      note_command(turn->arena, "decline")),
                             err);
}

const struct command accept_command = {
    .name = "accept",
    .summary = "yes to what was offered to you",
    .example = "accept 3",
    .stage = STAGE_LEAD,
    .scope = COMMAND_ANYWHERE,
    .forms = {{.args = {{.name = "N", .kind = ARG_NUMBER, .flags = ARG_OPTIONAL}},
               .run = run},
              {.args = {{.name = "N", .kind = ARG_NUMBER, .flags = ARG_OPTIONAL},
                        {.name = "TEXT", .kind = ARG_REST}},
               .is_variant = true,
               .run = run_words}},
};
