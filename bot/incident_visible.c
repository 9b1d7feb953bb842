/* Who can see an incident: all, or who was let in. */
#include "bot/incident.h"

bool incident_is_visible(struct turn *turn, const struct incident *incident,
                         int64_t person_id, bool *is_visible, struct err *err)
{
    *is_visible = true;
    return !incident->is_private ||
           member_is(turn->store, incident->id, person_id, is_visible, err);
}
