#include "bot/base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "bot/base/text.h"

/* Longer facts are cut: a line stays one write, whole among those of other programs. */
#define LOG_FACT_BYTES 1024

static enum log_level log_least = LOG_INFO;

static const char *level_name(enum log_level level)
{
    switch (level) {
    case LOG_INFO: return "info";
    case LOG_WARN: return "warn";
    case LOG_ERROR: return "error";
    }
    return "none";
}

void log_set_level(enum log_level level)
{
    log_least = level;
}

static void stamp_write(char *stamp, size_t size_bytes)
{
    struct timespec now = {0};
    struct tm parts = {0};
    (void)clock_gettime(CLOCK_REALTIME, &now);
    (void)gmtime_r(&now.tv_sec, &parts);
    char second[32];
    (void)strftime(second, sizeof(second), "%Y-%m-%dT%H:%M:%S", &parts);
    (void)snprintf(stamp, size_bytes, "%s.%03ldZ", second, now.tv_nsec / 1000000);
}

/* Control characters would let a value forge a line or play with a terminal, and so
 * would what turns the direction of the words. */
static void fact_write(struct text *line, const char *fact)
{
    fact = text_shown(line->arena, text_clean(line->arena, fact, strlen(fact)));
    for (; *fact != '\0'; fact++) {
        if (*fact == '\n' || *fact == '\t') {
            text_addf(line, "\\u{%04X}", (unsigned)*fact);
        } else {
            text_add_n(line, fact, 1);
        }
    }
}

void log_line(enum log_level level, const char *what, const char *format, ...)
{
    if (level < log_least) {
        return;
    }
    char fact[LOG_FACT_BYTES];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(fact, sizeof(fact), format, args);
    va_end(args);
    char stamp[64];
    stamp_write(stamp, sizeof(stamp));

    struct arena *arena = arena_create();
    struct text line;
    text_init(&line, arena);
    text_addf(&line, "at=%s level=%s what=\"%s\"", stamp, level_name(level), what);
    if (length > 0) {
        text_add(&line, " ");
        fact_write(&line, fact);
    }
    text_add(&line, "\n");
    (void)fwrite(line.data, 1, line.length_bytes, stderr);
    (void)fflush(stderr);
    arena_destroy(arena);
}
