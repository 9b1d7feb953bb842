/* Requests to a homeserver, one after the other: for `muster check` alone. */
#pragma once

#include "bot/base/arena.h"
#include "bot/base/err.h"
#include "bot/base/json_scan.h"
#include "bot/config.h"

struct talk;

struct talk_reply {
    int status;          /* 0: no answer came */
    const char *errcode; /* "M_FORBIDDEN"; "" where none was said */
    const char *why;  /* of what is no success, for people, without secrets; else "" */
    const char *date; /* when it says it answered; "" where it does not */
    struct json_slice body; /* absent: no JSON */
};

MUST_CHECK bool talk_create(struct talk **talk, struct arena *arena,
                            const struct config *config, struct err *err);
void talk_destroy(struct talk *talk); /* accepts NULL */

/* From now on with this token. */
void talk_as(struct talk *talk, const char *token);
const struct talk_reply *talk_get(struct talk *talk, const char *path);
const struct talk_reply *talk_post(struct talk *talk, const char *path,
                                   const char *body);
