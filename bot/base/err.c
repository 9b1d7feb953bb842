#include "bot/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

bool err_set(struct err *err, enum err_kind kind, const char *format, ...)
{
    /* A caller that wants only the verdict passes NULL. */
    if (!err) {
        return false;
    }
    struct err fresh = {.kind = kind};
    va_list args;
    va_start(args, format);
    if (vsnprintf(fresh.text, sizeof(fresh.text), format, args) < 0) {
        fresh.text[0] = '\0';
    }
    va_end(args);
    *err = fresh;
    return false;
}

void err_bug(const char *file, int line, const char *what)
{
    (void)fprintf(stderr, "%s:%d: this must not happen: %s\n", file, line, what);
    abort();
}
