/* Briefs for others than who is asked to take command: who covers during a break, and
 * who comes late. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/brief.h"
#include "bot/pause.h"
#include "bot/roles.h"
#include "bot/say.h"

bool brief_cover(struct turn *turn, const struct incident *incident,
                 const struct offer *offer, const struct pause *pause,
                 struct note **note, struct err *err)
{
    const char *roles;
    bool leads;

    if (!pause_roles(turn, incident->id, pause->person_id, &roles, &leads, err)) {
        return false;
    }
    *note = say_note(
        turn, "%s asks you to cover for %s in %s %s: %s. %s or %s",
        say_person(turn, pause->person_id), time_span(turn->arena, pause->length_ms),
        say_ref(turn, incident), note_words(turn->arena, incident->title),
        leads ? PHRASE("you would lead meanwhile") : roles,
        note_command(turn->arena, "accept"), note_command(turn->arena, "decline"));
    if (!brief_record(turn, incident, offer->to_id, *note, err)) {
        return false;
    }
    brief_answers(turn, incident, *note);
    return true;
}

/* " marek leads since 02:48 CET.", or how to, where nobody does. */
static bool leader_say(struct turn *turn, const struct incident *incident,
                       const char **words, struct err *err)
{
    struct hold *hold;
    const char *leaderless;

    if (!hold_find(turn->store, incident->id, role_commander(turn), &hold, err)) {
        return false;
    }
    if (hold != NULL) {
        *words = arena_printf(turn->arena, " %s leads since %s.",
                              say_person(turn, hold->person_id),
                              say_when(turn, hold->from_ms));
        return true;
    }
    if (!role_say_leaderless(turn, incident, &leaderless, err)) {
        return false;
    }
    *words =
        arena_printf(turn->arena, " %s: %s", text_sentence(turn->arena, leaderless),
                     note_command(turn->arena, "lead"));
    return true;
}

/* "inc-42 orders stuck, checkout. marek leads since 02:48 CET." */
bool brief_catchup(struct turn *turn, const struct incident *incident,
                   int64_t reader_id, struct note **note, struct err *err)
{
    const char *service =
        incident->service == NULL
            ? ""
            : arena_printf(turn->arena, ", %s",
                           note_words(turn->arena, incident->service));
    const char *leads = "";

    if (incident_is_open(incident) && !leader_say(turn, incident, &leads, err)) {
        return false;
    }
    *note = say_note(turn, "%s %s%s.%s", say_ref(turn, incident),
                     note_words(turn->arena, incident->title), service, leads);
    return brief_record(turn, incident, reader_id, *note, err);
}
