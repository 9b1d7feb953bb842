/* The part of incident.h about how somebody comes in. */
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/say.h"

bool incident_bring_in(struct turn *turn, const struct incident *incident,
                       int64_t person_id, struct err *err)
{
    bool is_new;

    if (!member_add(turn->store, incident->id, person_id, turn->now_ms, &is_new, err)) {
        return false;
    }
    return !is_new ||
           (say_invite(turn, incident, person_id, err) &&
            recorder_fact(
                turn, incident,
                &(struct fact){.person_id = person_id,
                               .kind = "joined",
                               .text = arena_exact(turn->arena, "%s was brought in",
                                                   say_person(turn, person_id))},
                NULL, err));
}
