/*
 * A rota as it is read: its order, when it is handed over, who is on duty in the weeks
 * to come, and the gaps in it. Who is on duty at a moment is bot/duty.h's affair.
 */
#pragma once

#include "bot/command.h"
#include "store/services.h"

/* One service, or the gaps of all: answers the speaker. */
MUST_CHECK bool rota_show(struct turn *turn, const struct command_call *call,
                          const struct service *service, struct err *err);
MUST_CHECK bool rota_show_all(struct turn *turn, const struct command_call *call,
                              struct err *err);
