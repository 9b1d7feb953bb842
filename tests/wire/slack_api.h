/* The Web API of the scripted Slack: for slack_peer.c. */
#pragma once

#include <jansson.h>

#include "tests/wire/server.h"

void slack_api_answer(void *arg, struct server_peer *connection,
                      const struct server_request *request);

/* The arguments of a call, written as JSON or as a form; a new object. */
json_t *slack_api_args(const struct server_request *request);
