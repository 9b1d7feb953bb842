/* The part of incident.h that only reads: who can see it, words for a state, moments.
 */
#include "bot/base/phrase.h"
#include "bot/base/time.h"
#include "bot/incident.h"
#include "store/timeline.h"

bool incident_is_visible(struct turn *turn, const struct incident *incident,
                         int64_t person_id, bool *is_visible, struct err *err)
{
    *is_visible = true;
    return !incident->is_private ||
           member_is(turn->store, incident->id, person_id, is_visible, err);
}

const char *incident_state_words(enum incident_state state)
{
    static const char *const words[] = {
        [INCIDENT_SUSPECTED] = PHRASE_LATER("suspected"),
        [INCIDENT_ACTIVE] = PHRASE_LATER("active"),
        [INCIDENT_MITIGATED] = PHRASE_LATER("mitigated"),
        [INCIDENT_RESOLVED] = PHRASE_LATER("resolved"),
        [INCIDENT_REVIEWED] = PHRASE_LATER("reviewed"),
        [INCIDENT_CANCELLED] = PHRASE_LATER("cancelled"),
    };

    return phrase_of(words[state]);
}

int64_t incident_hit_until_ms(const struct incident *incident)
{
    return incident->normal_ms != TIME_NONE      ? incident->normal_ms
           : incident->mitigated_ms != TIME_NONE ? incident->mitigated_ms
                                                 : incident->resolved_ms;
}

/* A cancelled one has no such moment of its own: the record has it. */
bool incident_closed_ms(struct store *store, const struct incident *incident,
                        int64_t *at_ms, struct err *err)
{
    struct entries states;

    *at_ms = incident_is_open(incident) ? TIME_NONE : incident->resolved_ms;
    if (incident_is_open(incident) || *at_ms != TIME_NONE) {
        return true;
    }
    if (!timeline_select(store, incident->id, "state", &states, err)) {
        return false;
    }
    for (size_t i = 0; i < states.count; i++) {
        *at_ms = states.all[i].at_ms > *at_ms ? states.all[i].at_ms : *at_ms;
    }
    return true;
}
