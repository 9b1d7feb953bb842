/*
 * The lists `severities:` and `journeys:` of muster.yaml: their keys for libcyaml, and
 * what they must look like. For config_file.c only.
 */
#pragma once

#include <stdint.h>

#include <cyaml/cyaml.h>

#include "bot/config.h"
#include "bot/config_yaml.h"

struct file_level {
    char *name, *update, *from, *wake;
    char **invite;
    uint64_t invite_count;
};
struct file_journey {
    char *name, *weight;
};
extern const cyaml_schema_value_t config_level_schema;
extern const cyaml_schema_value_t config_journey_schema;

/* None: the defaults stay. */
MUST_CHECK bool config_levels_take(const struct config_yaml *yaml,
                                   const struct file_level *file, uint64_t count,
                                   struct config *config, struct err *err);
MUST_CHECK bool config_journeys_take(const struct config_yaml *yaml,
                                     const struct file_journey *file, uint64_t count,
                                     struct config *config, struct err *err);
