/*
 * people.yaml: people, teams, skills, buddies, services and a rota, read through
 * libcyaml and put into the store in the turn that is given. What a file no longer
 * names is retired, never deleted.
 */
#pragma once

#include "bot/base/err.h"
#include "bot/turn.h"

/* ERR_BROKEN: "FILE:LINE: what is wrong"; nothing is kept of such a file. */
MUST_CHECK bool directory_load(struct turn *turn, const char *path, struct err *err);
