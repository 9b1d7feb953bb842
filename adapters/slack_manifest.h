/*
 * What the app must be allowed in Slack, and what each is good for: the one list that
 * the manifest is printed from and `muster check` compares with. Pure.
 */
#pragma once

#include <stdbool.h>

#include "bot/base/arena.h"

struct slack_need {
    const char *name; /* of a scope, or of an event */
    const char *loss; /* what is lost without it, as a sentence's end */
    bool is_optional; /* the bot works around its absence */
};

/* Alphabetical, ended by one without a name. */
extern const struct slack_need slack_scopes[];
extern const struct slack_need slack_events[];

/* Of the global and of the message shortcut. */
#define SLACK_SHORTCUT_DECLARE "declare"
#define SLACK_SHORTCUT_KEEP    "keep"

/* To paste where Slack makes an app "from a manifest": JSON, a member a line. */
char *slack_manifest(struct arena *arena);
