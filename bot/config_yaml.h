/*
 * A YAML file on its way through libcyaml: reading it, saying at which line something
 * is wrong. libcyaml keeps no lines of what it has loaded, so a line is found again by
 * the key and the words that stand behind it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"
#include "bot/base/err.h"

struct cyaml_schema_value;

struct config_yaml {
    struct arena *arena;
    const char *path; /* for what is said of it */
    const char *bytes;
    size_t length_bytes;
};

/* ERR_GONE: it is not there. At most 4 MiB. */
MUST_CHECK bool config_yaml_read(struct arena *arena, const char *path,
                                 struct config_yaml *yaml, struct err *err);

/* Likewise, of a file that is read more than once: a pipe, which would wait for ever or
 * be empty the second time, is refused without being opened. */
MUST_CHECK bool config_yaml_read_regular(struct arena *arena, const char *path,
                                         struct config_yaml *yaml, struct err *err);

/* By the schema, whose top must be a pointer to a mapping: *data is NULL for an empty
 * file, and goes back with config_yaml_free. ERR_BROKEN: "FILE:LINE: what is wrong". */
MUST_CHECK bool config_yaml_load(const struct config_yaml *yaml,
                                 const struct cyaml_schema_value *schema, void **data,
                                 struct err *err);
void config_yaml_free(const struct cyaml_schema_value *schema, void *data);

/* True: no text in it holds a NUL (what is behind it would be lost). */
MUST_CHECK bool config_yaml_has_no_nul(const struct config_yaml *yaml, struct err *err);

/* The line of the nth (from 1) `value` that stands under `key`; of the key itself where
 * value is NULL. 0 where it is not found. */
size_t config_yaml_line(const struct config_yaml *yaml, const char *key,
                        const char *value, size_t nth);

/* "FILE:LINE: why"; false, as err_set. */
bool config_yaml_refuse(const struct config_yaml *yaml, size_t line, struct err *err,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));

/* "FILE:LINE: KEY: "VALUE" is WHAT", of the first such line. */
bool config_yaml_refuse_value(const struct config_yaml *yaml, const char *key,
                              const char *value, const char *what, struct err *err);

/* Does a line say `key: []`? */
bool config_yaml_is_empty_list(const struct config_yaml *yaml, const char *key);

/* A span of a second at least; or with may_be_none "none", "never" and "0", which are
 * 0.
 */
bool config_yaml_span(const char *word, bool may_be_none, int64_t *span_ms);
/* Letters, digits, hyphens and low lines; what people can type as one word. */
bool config_yaml_is_plain(const char *word);
