/*
 * Commands read too late to be run. They wait here until their speaker is told of all
 * of them at once, and are gone then.
 */
#pragma once

#include "store/store.h"

struct late_command {
    int64_t person_id;
    const char *adapter;
    int64_t at_ms; /* when it was typed */
    const char *line;
};
struct late_commands {
    struct late_command *all;
    size_t count;
};

MUST_CHECK bool late_command_insert(struct store *store,
                                    const struct late_command *command,
                                    struct err *err);
/* Takes out those of a person, in the order they were typed. */
MUST_CHECK bool late_commands_take(struct store *store, int64_t person_id,
                                   struct late_commands *commands, struct err *err);
