/*
 * The retrospective as a file for those who read it elsewhere, where the platform takes
 * files: the Markdown of the export.
 */
#pragma once

#include "bot/turn.h"

#define RETRO_FILE_BYTES ((size_t)256 * 1024)

/* Nothing where the incident's platform takes none. */
MUST_CHECK bool retro_file(struct turn *turn, int64_t incident_id, struct err *err);
