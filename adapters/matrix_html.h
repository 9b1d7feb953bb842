/*
 * A note as Matrix shows it: lines as plain text and as HTML. Pure. Of the tags that
 * the specification allows, four are used: strong, code, br and a.
 */
#pragma once

#include <stdbool.h>

#include "bot/base/text.h"
#include "bot/note.h"

/* All lines of a note; what a check mark under it chooses stands at the end. `server`:
 * ours, by which the rooms it names are found. */
char *matrix_html_note(struct arena *arena, const struct note *note, const char *server,
                       bool is_direct);
char *matrix_plain_note(struct arena *arena, const struct note *note, bool is_direct);

/* Is this a user id that a server takes? */
bool matrix_is_user(const char *user);
