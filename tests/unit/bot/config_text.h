/* Settings read from a text in a test. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bot/config.h"

static inline struct config *read_text(const char *text)
{
    struct config *config = NULL;
    struct err err;

    if (!config_read(&config, "/etc/muster/m.yaml", text, strlen(text), &err)) {
        fail_msg("%s", err.text);
    }
    return config;
}

static inline void refused(const char *text, const char *why)
{
    struct config *config = NULL;
    struct err err;

    assert_false(config_read(&config, "m.yaml", text, strlen(text), &err));
    assert_string_equal(err.text, why);
    assert_int_equal(err.kind, ERR_BROKEN);
    assert_null(config);
}
