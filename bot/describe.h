/*
 * What an incident is called and about: its title, a summary in a few sentences, the
 * service it is on. All of these answer the speaker.
 */
#pragma once

#include "bot/command.h"
#include "store/services.h"

/* The channel keeps its name. */
MUST_CHECK bool describe_title(struct turn *turn, const struct command_call *call,
                               const char *title, struct err *err);
MUST_CHECK bool describe_summary(struct turn *turn, const struct command_call *call,
                                 const char *summary, struct err *err);
/* Names what is open on the service besides. */
MUST_CHECK bool describe_service(struct turn *turn, const struct command_call *call,
                                 const struct service *service, struct err *err);
/* A service outside of incidents, and the list of all. */
MUST_CHECK bool describe_known_service(struct turn *turn,
                                       const struct command_call *call,
                                       const struct service *service, struct err *err);
MUST_CHECK bool describe_services(struct turn *turn, const struct command_call *call,
                                  struct err *err);
