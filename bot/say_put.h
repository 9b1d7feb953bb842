/* What the files of bot/say.h share: a wish into its row. */
#pragma once

#include "bot/action.h"
#include "bot/turn.h"
#include "store/incidents.h"
#include "store/outbox.h"

#define SAY_UNKEPT_LANE "s" /* lanes of rows that are emptied once they are done */

/* Queues one action; the row has everything but kind and body. */
MUST_CHECK bool say_put(struct turn *turn, struct outbox_row *row,
                        const struct action *action, struct err *err);
/* A row in the incident's lane, for its channel. */
struct outbox_row say_incident_row(struct turn *turn, const struct incident *incident);
