/*
 * Which state of an incident may follow which: one table, pure. Who asks and what is
 * recorded is bot/incident.c's affair.
 */
#pragma once

#include "store/incidents.h"

/* NULL: it may. Else a sentence for the person: what it is now and what is possible. */
const char *lifecycle_may_not(enum incident_state from, enum incident_state to);
