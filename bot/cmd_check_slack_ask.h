/* One question to Slack, and all that came back: for cmd_check_slack*.c alone. */
#pragma once

#include "bot/base/arena.h"
#include "bot/base/json_scan.h"
#include "bot/config.h"

struct slack_reply {
    const char *why;        /* NULL: Slack said ok; else what is wrong, for people */
    const char *error;      /* Slack's word for it; "" where it said none */
    struct json_slice body; /* absent: no JSON */
    const char *scopes;     /* the token's, "chat:write,commands"; "" where not said */
    const char *date;       /* when it says it answered; "" where it does not */
};

/* Calls `method` with the token, which never comes out again. */
struct slack_reply check_slack_ask(struct arena *arena, const struct config *config,
                                   const char *method, const char *token,
                                   const char *form);
