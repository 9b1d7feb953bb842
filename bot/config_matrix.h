/*
 * The section `matrix:` of muster.yaml: its keys for libcyaml, and what they must look
 * like. For config_file.c only.
 */
#pragma once

#include <stdint.h>

#include <cyaml/cyaml.h>

#include "bot/config.h"
#include "bot/config_yaml.h"

struct file_matrix {
    char *homeserver_url, *user, *device, *space, *space_join;
    char **allowed_servers, **allowed_users;
    uint64_t allowed_servers_count, allowed_users_count;
};
extern const cyaml_schema_field_t config_matrix_fields[];

/* `file` may be NULL: the section is not there. */
MUST_CHECK bool config_matrix_take(const struct config_yaml *yaml,
                                   const struct file_matrix *file,
                                   struct config *config, struct err *err);
