/* What the parts of `muster check` share: each tells of one line. For cmd_check*.c
 * only.
 */
#pragma once

#include "bot/options.h"

struct check {
    const struct options *options;
    int status; /* of the gravest fault so far */
};

void check_fine(const struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* No fault, and worth a thought. */
void check_note(const struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void check_fault(struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* cmd_check_clock.c: this machine's against `date`, an HTTP answer's header; where that
 * is none, nothing is told. `whose`: "Slack's". */
void check_clock(struct check *check, const char *platform, const char *whose,
                 const char *date);
/* cmd_check_slack.c */
void check_slack(struct check *check);
/* cmd_check_matrix.c */
void check_matrix(struct check *check);
