/* The Web API of the scripted Slack: for slack_peer.c. */
#pragma once

#include <jansson.h>

#include "tests/wire/server.h"

void slack_api_answer(void *arg, struct server_peer *connection,
                      const struct server_request *request);

/* The arguments of a call, written as JSON or as a form; a new object. */
json_t *slack_api_args(const struct server_request *request);
/* One of them; "" where it is not given. */
const char *slack_api_arg(json_t *args, const char *name);

/* conversations.history and conversations.replies, a page of slack_peer's `said`. */
struct slack_peer;
json_t *slack_api_history(struct slack_peer *peer, json_t *args);
json_t *slack_api_replies(struct slack_peer *peer, json_t *args);

/* conversations.setTopic, conversations.invite, pins.add, bookmarks.add, chat.update.
 */
json_t *slack_api_topic(struct slack_peer *peer, json_t *args);
json_t *slack_api_invite(struct slack_peer *peer, json_t *args);
json_t *slack_api_pin(struct slack_peer *peer, json_t *args);
json_t *slack_api_bookmark(struct slack_peer *peer, json_t *args);
json_t *slack_api_update(struct slack_peer *peer, json_t *args);
/* conversations.canvases.create, canvases.edit, files.info of a canvas. */
json_t *slack_api_canvas(struct slack_peer *peer, json_t *args);
json_t *slack_api_canvas_edit(struct slack_peer *peer, json_t *args);
json_t *slack_api_file(struct slack_peer *peer, json_t *args);

/* Is this call of a storm? Then it is answered by slack_storm_answer. */
bool slack_storm_meets(struct slack_peer *peer, const char *method);
void slack_storm_answer(struct slack_peer *peer, struct server_peer *connection,
                        const char *method);
