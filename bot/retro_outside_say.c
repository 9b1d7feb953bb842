/* The outside version on its way: read by a person, then sent by a person. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/retro.h"
#include "bot/retro_answers.h"
#include "bot/retro_outside.h"
#include "bot/say.h"

#define FACT "retro"

static bool compose(struct turn *turn, const struct incident *incident,
                    struct retro_outside *outside, struct retro_record *record,
                    struct err *err)
{
    struct people people;

    if (!people_all(turn->store, &people, err) ||
        !retro_record_load(turn->store, turn->config, incident, record, err)) {
        return false;
    }
    *outside = retro_outside_compose(record, &people);
    return true;
}

/* What it says, to be compared with what was read. */
static const char *words_of(struct turn *turn, const struct note *note)
{
    struct text text;

    text_init(&text, turn->arena);
    for (size_t i = 0; i < note->count; i++) {
        text_addf(&text, "%s\n", note->blocks[i].text);
    }
    return text.data;
}

static struct note *draft_of(struct turn *turn, const struct incident *incident,
                             const struct note *note)
{
    struct note *draft = note_create(turn->arena);
    const char *what = arena_printf(turn->arena, "%sOutside version of %s, draft. ",
                                    incident->is_drill ? PHRASE("A drill. ") : "",
                                    say_ref(turn, incident));

    for (size_t i = 0; i < note->count; i++) {
        note_line(draft, "%s%s", i > 0 ? "" : what, note->blocks[i].text);
    }
    return draft;
}

static bool show(struct turn *turn, const struct command_call *call,
                 const struct retro_outside *outside, struct err *err)
{
    return retro_show_outside(turn->store, call->incident->id,
                              words_of(turn, outside->note), err) &&
           say_here(turn, call, draft_of(turn, call->incident, outside->note), err) &&
           say_private(turn, call, outside->left_out, err);
}

bool retro_say_outside(struct turn *turn, const struct command_call *call,
                       struct err *err)
{
    struct retro_outside outside;
    struct retro_record record;

    return compose(turn, call->incident, &outside, &record, err) &&
           show(turn, call, &outside, err);
}

static bool refuse(struct turn *turn, const struct command_call *call, const char *why,
                   struct err *err)
{
    return say_private(turn, call, say_note(turn, "%s Nothing was published.", why),
                       err);
}

/* Why it can't go out whatever it says; NULL: it can. */
static const char *why_not(struct turn *turn, const struct incident *incident)
{
    if (incident->is_drill) {
        return PHRASE("This is a drill.");
    }
    if (incident->is_private) {
        return arena_printf(turn->arena, "%s is private.", say_ref(turn, incident));
    }
    if (incident_is_open(incident)) {
        return arena_printf(turn->arena, "It is not resolved yet. %s is %s.",
                            say_ref(turn, incident),
                            incident_state_words(incident->state));
    }
    return text_is_empty(turn->config->announce_outside)
               ? PHRASE("The settings name no channel for it (announce_outside).")
               : NULL;
}

static const char *ask_for_answers(struct turn *turn, const struct retro_record *record)
{
    return arena_printf(
        turn->arena, "%s: %s Not known is an answer, too: %s.",
        note_words(turn->arena, text_or(record->informer, "somebody")),
        text_or(retro_questions_unanswered(turn->arena, &record->answers), ""),
        note_command(turn->arena, "retro messages data lost no, private data seen no, "
                                  "money wrong no"));
}

static bool send(struct turn *turn, const struct command_call *call,
                 const struct retro_outside *outside, struct err *err)
{
    const struct incident *incident = call->incident;
    const char *place = turn->config->announce_outside;

    return say_channel(turn, incident, place, outside->note, err) &&
           retro_publish_outside(turn->store, incident->id, call->speaker->id,
                                 turn->now_ms, err) &&
           recorder_fact(turn, incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = FACT,
                                        .text = "outside version published"},
                         NULL, err) &&
           say_made(turn, call,
                    say_note(turn,
                             "Outside version of %s published at %s, %s: %s. To add to "
                             "it: %s",
                             say_ref(turn, incident), say_when(turn, turn->now_ms),
                             say_person(turn, call->speaker->id), place,
                             note_command(turn->arena, "update out TEXT")),
                    err);
}

/* What goes out is what somebody has read, to the letter. */
bool retro_send_outside(struct turn *turn, const struct command_call *call,
                        struct err *err)
{
    const char *no = why_not(turn, call->incident);
    struct retro_outside outside;
    struct retro_record record;
    struct retro *retro;

    if (no != NULL) {
        return refuse(turn, call, no, err);
    }
    if (!compose(turn, call->incident, &outside, &record, err) ||
        !retro_find(turn->store, call->incident->id, &retro, err)) {
        return false;
    }
    if (outside.unanswered > 0) {
        return refuse(turn, call, ask_for_answers(turn, &record), err);
    }
    if (retro == NULL ||
        !text_equal(retro->outside_text, words_of(turn, outside.note))) {
        return refuse(
                   turn, call,
                   retro == NULL || retro->outside_text == NULL
                       ? PHRASE("Please read it first; it is here now.")
                       : PHRASE("It has changed since it was read; as it is now, it is "
                                "here."),
                   err) &&
               show(turn, call, &outside, err);
    }
    return send(turn, call, &outside, err);
}
