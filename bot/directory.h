/*
 * people.yaml: people, teams, skills, buddies, services and a rota, read through
 * libcyaml and put into the store in the turn that is given. What a file no longer
 * names is retired, never deleted; what people said of themselves in chat stays.
 */
#pragma once

#include <stddef.h>

#include "bot/base/err.h"
#include "bot/directory_file.h"
#include "bot/turn.h"

/* ERR_BROKEN: "FILE:LINE: what is wrong"; nothing is kept of such a file. */
MUST_CHECK bool directory_load(struct turn *turn, const char *path, struct err *err);

/* The same of bytes, for the tests. */
MUST_CHECK bool directory_read(struct turn *turn, const char *path, const char *bytes,
                               size_t length_bytes, struct err *err);

/* Whether directory_load would take it, and all that is wrong with it; touches no
 * store. */
MUST_CHECK bool directory_look(struct arena *arena, const char *path,
                               struct directory_faults *faults);
