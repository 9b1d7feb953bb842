/*
 * Commands read so late that they are not run. What was missed comes in pages, in turns
 * of their own, so they are gathered in the store; some seconds after the last one
 * whoever typed them is told, in one message.
 */
#pragma once

#include "bot/alarm.h"
#include "bot/command.h"

MUST_CHECK bool late_add(struct turn *turn, struct command_call *call, const char *line,
                         struct err *err);

extern const struct alarm_kind late_alarm; /* "late" */
