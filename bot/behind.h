/*
 * What a channel is told while reading up after a gap takes long; the telling itself is
 * ear_behind (bot/adapter.h).
 */
#pragma once

#include "bot/turn.h"

/* The channel has another id: its message is found by that one. */
MUST_CHECK bool behind_follow(struct turn *turn, const char *adapter,
                              const char *formerly, const char *channel,
                              struct err *err);
