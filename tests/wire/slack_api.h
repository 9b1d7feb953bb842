/* The Web API of the scripted Slack: for slack_peer.c. */
#pragma once

#include "tests/wire/server.h"

void slack_api_answer(void *arg, struct server_peer *connection,
                      const struct server_request *request);
