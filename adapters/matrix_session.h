/*
 * The session's parts among themselves; for matrix_session.c (which token, and whose),
 * matrix_token.c (kept, renewed) and matrix_login.c (by password) only. It is one chain
 * of steps: each ends in another step, now or later, in `adopt`, or in matrix_refuse.
 */
#pragma once

#include "adapters/matrix_inner.h"

typedef void matrix_step_fn(struct matrix_session *session);

struct matrix_session {
    struct matrix *matrix;
    struct loop_timer *timer;
    matrix_step_fn *step; /* the timer's */
    char *user, *token, *refresh;
    char *fresh;        /* "Bearer ..." on its way to be in use */
    char *bearer;       /* in use; matrix->authorization is this one or NULL */
    int64_t expires_ms; /* 0: nobody said */
    int64_t adopted_ms; /* steady */
    int64_t logins_ms;  /* steady: what the logins so far have used up of their limit */
    unsigned failures;
    bool is_busy; /* a step is under way, or one waits for its turn */
    bool is_bare; /* the token is MATRIX_ACCESS_TOKEN */
    bool has_tried_bare, is_started;
};

void matrix_session_later(struct matrix_session *session, matrix_step_fn *step,
                          int64_t wait_ms);
/* Once more after a while that grows; where nothing works meanwhile, the bot hears why.
 */
void matrix_session_again(struct matrix_session *session, matrix_step_fn *step,
                          const char *why, int64_t at_least_ms);
/* Is this the user of the settings? */
bool matrix_session_is_ours(const struct matrix *matrix, const char *user);

/* Asks whose the token is; it is in use from its answer on. */
void matrix_session_whoami(struct matrix_session *session);
/* The token is no good: the next way to another one. */
void matrix_session_lost(struct matrix_session *session);

/* ---- matrix_token.c */

/* What is kept of the last session, if it is ours. False: it can't be told. */
MUST_CHECK bool matrix_token_load(struct matrix_session *session);
/* In the answer to a login or a refresh; NULL: none that fits a request's head. */
const char *matrix_token_read(struct arena *arena, struct json_slice body);
/* Out of such an answer that has one; kept, then asked who it is. */
void matrix_token_take(struct matrix_session *session, struct json_slice body);
void matrix_token_refresh(struct matrix_session *session);

/* ---- matrix_login.c */

bool matrix_login_is_possible(void);
void matrix_login_start(struct matrix_session *session);
