/*
 * Whom a level of severity brings in, and whether it wakes them: as the settings have
 * it, besides whoever is paged by hand. Into private incidents it brings nobody.
 */
#pragma once

#include "bot/note.h"
#include "bot/turn.h"
#include "store/incidents.h"

/* After the severity became what stands in `incident`: invites whoever it is to bring
 * in and is not in yet, and adds a line to the note where there is something to say. */
MUST_CHECK bool severity_reach(struct turn *turn, const struct incident *incident,
                               struct note *note, struct err *err);
