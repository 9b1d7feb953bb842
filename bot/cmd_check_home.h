/* A homeserver that is being looked at: for cmd_check_matrix.c and cmd_check_rooms.c.
 */
#pragma once

#include "bot/cmd_check.h"
#include "bot/cmd_check_talk.h"

#define CLIENT "/_matrix/client/v3"

struct homeserver {
    struct check *check;
    struct arena *arena;
    const struct config *config;
    struct talk *talk;
    bool is_logged_in; /* by us, for this check */
    const char *user;  /* whole, as the homeserver says */
    const char *server;
};

/* Percent-encoded for a path. */
const char *check_part(const struct homeserver *home, const char *word);
/* NULL where no string stands there. */
const char *check_word(const struct homeserver *home, const struct talk_reply *reply,
                       const char *path);
int64_t check_number(struct json_slice object, const char *name, int64_t otherwise);

/* cmd_check_rooms.c: the space, and where incidents are announced. */
void check_rooms(const struct homeserver *home);
