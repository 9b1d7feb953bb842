/* What is done to a channel or to a message: kept as "C1 17.1 words", the latest. */
#include "tests/wire/slack_api.h"
#include "tests/wire/slack_peer.h"

static json_t *fine(void)
{
    return json_pack("{s:b}", "ok", 1);
}

json_t *slack_api_topic(struct slack_peer *peer, json_t *args)
{
    snprintf(peer->topic, sizeof(peer->topic), "%s %s", slack_api_arg(args, "channel"),
             slack_api_arg(args, "topic"));
    return fine();
}

json_t *slack_api_invite(struct slack_peer *peer, json_t *args)
{
    snprintf(peer->invited, sizeof(peer->invited), "%s %s",
             slack_api_arg(args, "channel"), slack_api_arg(args, "users"));
    return fine();
}

json_t *slack_api_pin(struct slack_peer *peer, json_t *args)
{
    snprintf(peer->pinned, sizeof(peer->pinned), "%s %s",
             slack_api_arg(args, "channel"), slack_api_arg(args, "timestamp"));
    return fine();
}

json_t *slack_api_update(struct slack_peer *peer, json_t *args)
{
    snprintf(peer->changed, sizeof(peer->changed), "%s %s %s",
             slack_api_arg(args, "channel"), slack_api_arg(args, "ts"),
             slack_api_arg(args, "text"));
    return fine();
}

json_t *slack_api_bookmark(struct slack_peer *peer, json_t *args)
{
    snprintf(peer->bookmark, sizeof(peer->bookmark), "%s %s %s",
             slack_api_arg(args, "channel_id"), slack_api_arg(args, "title"),
             slack_api_arg(args, "link"));
    return fine();
}
