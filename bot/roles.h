/*
 * Who holds which role in an incident: lead, give, hand over with a brief, release. One
 * commander at a time; holds are kept with start and end.
 */
#pragma once

#include "bot/command.h"
#include "bot/turn.h"
#include "store/incidents.h"

/* The holder of a role now, NULL where nobody is. role NULL: the commander's. */
MUST_CHECK bool role_holder(struct turn *turn, int64_t incident_id, const char *role,
                            struct person **person, struct err *err);
/* Who is to be asked about informing others: communications, else the commander, else
 * who declared. */
MUST_CHECK bool role_informer(struct turn *turn, const struct incident *incident,
                              struct person **person, struct err *err);
