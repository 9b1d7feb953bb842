/*
 * What the machine could not do. A function that can fail returns bool (true is
 * success) and takes a struct err last. A rule that says no is not an error: that is a
 * refusal (bot/turn.h).
 */
#pragma once

#include <stdbool.h>

#include <stdnoreturn.h>

#define MUST_CHECK __attribute__((warn_unused_result))

enum err_kind {
    ERR_NONE,
    ERR_AGAIN,  /* may work later: busy, full, unreachable */
    ERR_GONE,   /* it is not there */
    ERR_DENIED, /* it will not be allowed */
    ERR_BROKEN, /* what we read or hold makes no sense */
};

struct err {
    enum err_kind kind;
    char text[240];
};

/*
 * Fills err and returns false: `return err_set(err, ERR_GONE, "no incident %lld", id);`
 * A long text is cut. The arguments may come from err itself; err may be NULL.
 */
bool err_set(struct err *err, enum err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A bug: says where, on standard error, and aborts. */
noreturn void err_bug(const char *file, int line, const char *what);

/* An assertion that stays on in release. */
#define INSIST(condition)                                                              \
    ((condition) ? (void)0 : err_bug(__FILE__, __LINE__, #condition))
