/*
 * One line a fact, in logfmt, on standard error: `at=… level=info what="socket open"
 * id=7`. Lines carry ids and counts, never what people said, never a secret.
 */
#pragma once

enum log_level { LOG_INFO, LOG_WARN, LOG_ERROR };

/* Lines below `level` are dropped; the default is LOG_INFO. */
void log_set_level(enum log_level level);

/* `what` is a constant sentence; `format` adds key=value pairs (values with %q-like
 * quoting are the caller's affair: use numbers and ids). Control, bidi and invisible
 * characters are written as \u{..}. */
void log_line(enum log_level level, const char *what, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#define log_info(...)  log_line(LOG_INFO, __VA_ARGS__)
#define log_warn(...)  log_line(LOG_WARN, __VA_ARGS__)
#define log_error(...) log_line(LOG_ERROR, __VA_ARGS__)
