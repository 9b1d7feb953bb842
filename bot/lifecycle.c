#include "bot/lifecycle.h"

#include <stddef.h>

#include "bot/base/phrase.h"

struct step {
    enum incident_state from, to;
};

static const struct step steps[] = {
    {INCIDENT_SUSPECTED, INCIDENT_ACTIVE},   {INCIDENT_SUSPECTED, INCIDENT_MITIGATED},
    {INCIDENT_SUSPECTED, INCIDENT_RESOLVED}, {INCIDENT_SUSPECTED, INCIDENT_CANCELLED},
    {INCIDENT_ACTIVE, INCIDENT_MITIGATED},   {INCIDENT_ACTIVE, INCIDENT_RESOLVED},
    {INCIDENT_ACTIVE, INCIDENT_CANCELLED},   {INCIDENT_MITIGATED, INCIDENT_ACTIVE},
    {INCIDENT_MITIGATED, INCIDENT_RESOLVED}, {INCIDENT_MITIGATED, INCIDENT_CANCELLED},
    {INCIDENT_RESOLVED, INCIDENT_ACTIVE},    {INCIDENT_RESOLVED, INCIDENT_REVIEWED},
    {INCIDENT_REVIEWED, INCIDENT_ACTIVE},    {INCIDENT_CANCELLED, INCIDENT_ACTIVE},
};

const char *lifecycle_may_not(enum incident_state from, enum incident_state to)
{
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        if (steps[i].from == from && steps[i].to == to) {
            return NULL;
        }
    }
    if (from == to) {
        return PHRASE("It is so already.");
    }
    switch (from) {
    case INCIDENT_CANCELLED: return PHRASE("It was cancelled.");
    case INCIDENT_RESOLVED:
    case INCIDENT_REVIEWED: return PHRASE("It is closed.");
    case INCIDENT_SUSPECTED:
    case INCIDENT_ACTIVE:
    case INCIDENT_MITIGATED: return PHRASE("It is not resolved yet.");
    }
    return NULL;
}
