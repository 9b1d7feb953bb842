/* Moments as a test writes them. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bot/base/time.h"

#define OSLO     "Europe/Oslo"
#define NEW_YORK "America/New_York"

/* The moment of an RFC 3339 stamp. */
static inline int64_t at(const char *stamp)
{
    int64_t at_ms = TIME_NONE;

    if (!time_read_stamp(stamp, &at_ms)) {
        fail_msg("no stamp: %s", stamp);
    }
    return at_ms;
}
