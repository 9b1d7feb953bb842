#include "bot/wishes.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/say.h"
#include "store/alarms.h"
#include "store/switches.h"

static const struct {
    const char *name;
    const char *again; /* the command that switches it on */
    bool is_on;        /* where nobody touched it */
    const char *what, *when_on, *when_off;
} wishes[] = {
    [WISH_CHECK_IN] = {"check-in", "snooze 1m", true,
                       PHRASE_LATER("The word on the day after"),
                       PHRASE_LATER("I ask how you are, and nobody else hears it."),
                       PHRASE_LATER("I don't ask how you are.")},
    [WISH_KINDNESS] = {"kindness", "kindness on", false,
                       PHRASE_LATER("The kind word after self-blame"),
                       PHRASE_LATER(
                           "I answer you, and only you, where you blame yourself."),
                       PHRASE_LATER("I say nothing of it.")},
    [WISH_WORDING] = {"wording", "wording on", true,
                      PHRASE_LATER("The wording check of drafts"),
                      PHRASE_LATER(
                          "I tell you, and only you, where a draft blames somebody."),
                      PHRASE_LATER("I say nothing about words.")},
};

const char *wish_name(enum wish wish)
{
    return wishes[wish].name;
}

bool wish_find(const char *name, enum wish *wish)
{
    for (int i = 0; i < WISHES; i++) {
        if (text_equal(wishes[i].name, name)) {
            *wish = (enum wish)i;
            return true;
        }
    }
    return false;
}

bool wish_holds(struct turn *turn, int64_t person_id, enum wish wish, bool *holds,
                struct err *err)
{
    bool is_set;

    if (!switch_find(turn->store, person_id, wish_name(wish), &is_set, holds, err)) {
        return false;
    }
    *holds = is_set ? *holds : wishes[wish].is_on;
    return true;
}

bool wish_set(struct turn *turn, int64_t person_id, enum wish wish, bool is_on,
              struct err *err)
{
    return switch_set(turn->store, person_id, wish_name(wish), is_on, err);
}

bool wish_note(struct turn *turn, int64_t incident_id, int64_t person_id,
               enum wish wish, struct err *err)
{
    const struct nudge nudge = {
        .kind = wish_name(wish),
        .incident_id = incident_id,
        .person_id = person_id,
        .sent_ms = turn->now_ms,
    };

    return nudge_note(turn->store, &nudge, err);
}

static bool told(struct turn *turn, const struct command_call *call, enum wish wish,
                 bool is_on, struct err *err)
{
    const char *change = is_on ? arena_exact(turn->arena, "%s off", wish_name(wish))
                               : wishes[wish].again;

    return say_private(
        turn, call,
        say_note(turn, "%s is %s for you: %s To change it: %s",
                 phrase_of(wishes[wish].what), is_on ? PHRASE("on") : PHRASE("off"),
                 phrase_of(is_on ? wishes[wish].when_on : wishes[wish].when_off),
                 note_command(turn->arena, "%s", change)),
        err);
}

bool wish_switch(struct turn *turn, const struct command_call *call, enum wish wish,
                 const char *word, struct err *err)
{
    bool is_on = text_equal(word, "on");

    if (word == NULL) {
        return wish_holds(turn, call->speaker->id, wish, &is_on, err) &&
               told(turn, call, wish, is_on, err);
    }
    return wish_set(turn, call->speaker->id, wish, is_on, err) &&
           told(turn, call, wish, is_on, err);
}

bool wish_end(struct turn *turn, const struct command_call *call, enum wish wish,
              struct err *err)
{
    return wish_set(turn, call->speaker->id, wish, false, err) &&
           told(turn, call, wish, false, err);
}
