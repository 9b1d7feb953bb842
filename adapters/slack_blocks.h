/*
 * A note as Slack's blocks: heading, sections, small print, buttons; and the one place
 * that knows how text is escaped and where it may be cut. For slack_write.c and
 * slack_form.c.
 */
#pragma once

#include <jansson.h>

#include "bot/base/arena.h"
#include "bot/note.h"

/* A new array. */
json_t *slack_blocks(struct arena *arena, const struct note *note, bool is_direct);

/* The longest prefix in at most max_bytes that cuts no character, no &lt; and no <@ID>.
 */
size_t slack_blocks_fit(const char *mrkdwn, size_t max_bytes);
