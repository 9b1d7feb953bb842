/* The body of an answer as it grows, up to its limit: for http.c only. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct http_body {
    char *bytes; /* NUL behind them; NULL: none came */
    size_t length, capacity, max;
};

/* False: it would be longer than `max`; nothing was added. */
bool http_body_add(struct http_body *body, const char *bytes, size_t length);
