/* invite: brings people in; the only door into a private incident. */
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/incident.h"
#include "bot/say.h"
#include "bot/words_value.h"

#define GUESTS 16 /* of one line */

struct guests {
    int64_t ids[GUESTS];
    size_t count;
};

/* "@bo, @ann and @cy, please": the next name; NULL at the end. */
static const char *next_name(struct turn *turn, const char **at)
{
    const char *word;

    do {
        *at += strspn(*at, " \t\n,&+");
        if (*words_behind_courtesy(*at, false) == '\0') {
            return NULL;
        }
        word = words_take(turn->arena, at);
    } while (text_same(word, "and"));
    return word;
}

/* Named twice is named once. */
static void add(struct guests *guests, int64_t id)
{
    for (size_t i = 0; i < guests->count; i++) {
        if (guests->ids[i] == id) {
            return;
        }
    }
    guests->ids[guests->count++] = id;
}

/* The others that are named; nobody is brought in where one is not known. */
static bool read_more(struct turn *turn, const struct command_call *call,
                      struct guests *guests, struct refusal *refusal, struct err *err)
{
    const char *at = text_or(call->args[1].text, "");
    const char *name = next_name(turn, &at);
    struct person *person;

    while (name != NULL) {
        if (!words_person(turn, call, name, &person, refusal, err)) {
            return false;
        }
        if (person == NULL) {
            return true;
        }
        if (guests->count == GUESTS) {
            refusal->text =
                arena_printf(turn->arena, "%d people in one line at most.", GUESTS);
            return true;
        }
        add(guests, person->id);
        name = next_name(turn, &at);
    }
    return true;
}

static bool bring(struct turn *turn, const struct command_call *call,
                  const struct guests *guests, struct guests *brought,
                  struct guests *there, struct err *err)
{
    for (size_t i = 0; i < guests->count; i++) {
        int64_t id = guests->ids[i];
        struct guests *of;
        bool is_member;

        if (!member_is(turn->store, call->incident->id, id, &is_member, err) ||
            (!is_member && !incident_bring_in(turn, call->incident, id, err))) {
            return false;
        }
        of = is_member ? there : brought;
        of->ids[of->count++] = id;
    }
    return true;
}

static const char *are_in(struct turn *turn, const struct guests *guests)
{
    return arena_printf(turn->arena, "%s %s in",
                        say_people(turn, guests->ids, guests->count),
                        guests->count == 1 ? PHRASE("is") : PHRASE("are"));
}

static bool answer(struct turn *turn, const struct command_call *call,
                   const struct guests *brought, const struct guests *there,
                   struct err *err)
{
    if (there->count > 0 &&
        !say_private(
            turn, call,
            say_note(turn, "%s already.%s", are_in(turn, there),
                     brought->count > 0 ? "" : PHRASE(" Nothing was changed.")),
            err)) {
        return false;
    }
    return brought->count == 0 ||
           say_made(turn, call,
                    say_note(turn, "%s, brought by %s.", are_in(turn, brought),
                             say_person(turn, call->speaker->id)),
                    err);
}

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct guests guests = {.ids = {call->args[0].person->id}, .count = 1};
    struct guests brought = {.count = 0}, there = {.count = 0};
    struct refusal refusal = {0};

    if (!read_more(turn, call, &guests, &refusal, err)) {
        return false;
    }
    if (refusal.text != NULL) {
        return say_private(turn, call,
                           say_note(turn, "%s Nothing was changed. %s", refusal.text,
                                    note_command(turn->arena, "invite @who")),
                           err);
    }
    return bring(turn, call, &guests, &brought, &there, err) &&
           answer(turn, call, &brought, &there, err);
}

const struct command invite_command = {
    .name = "invite",
    .summary = "bring someone in",
    .example = "invite @bo",
    .stage = STAGE_HELP,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "@who", .kind = ARG_PERSON}}, .run = run},
              {.args = {{.name = "@who", .kind = ARG_PERSON},
                        {.name = "@who", .kind = ARG_REST}},
               .is_variant = true,
               .run = run}},
};
