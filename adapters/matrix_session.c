/*
 * Who we are with the homeserver. A token comes from the kept session, else from
 * MATRIX_ACCESS_TOKEN, else from a login by password; it is asked whose it is before
 * anything else is.
 */
#include "adapters/matrix_session.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/matrix_write.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define MARGIN_MS  TIME_MINUTE_MS       /* before a token's end */
#define SETTLED_MS (2 * TIME_SECOND_MS) /* refused or over sooner than that is odd */

static void step_versions(struct matrix_session *session);

static void on_timer(void *arg)
{
    struct matrix_session *session = arg;

    session->is_busy = true;
    session->step(session);
}

void matrix_session_later(struct matrix_session *session, matrix_step_fn *step,
                          int64_t wait_ms)
{
    session->step = step;
    loop_timer_set(session->timer, wait_ms);
}

void matrix_session_again(struct matrix_session *session, matrix_step_fn *step,
                          const char *why, int64_t at_least_ms)
{
    struct matrix *matrix = session->matrix;
    int64_t wait_ms = matrix_backoff_ms(++session->failures);

    if (matrix->authorization == NULL) {
        ear_state(matrix->ears, &matrix->adapter, ADAPTER_DOWN, why);
    }
    matrix_session_later(session, step, wait_ms > at_least_ms ? wait_ms : at_least_ms);
}

bool matrix_session_is_ours(const struct matrix *matrix, const char *user)
{
    const char *ours = matrix->config->matrix.user;
    size_t length = ours == NULL ? 0 : strlen(ours);

    if (user == NULL || *user != '@' || strchr(user, ':') == NULL) {
        return false;
    }
    if (ours == NULL || *ours == '@') {
        return ours == NULL || text_equal(user, ours);
    }
    return strncmp(user + 1, ours, length) == 0 && user[1 + length] == ':';
}

/* ---- which token */

static bool take_bare_token(struct matrix_session *session)
{
    struct arena *arena = arena_create();
    const char *token = NULL;
    struct err err;
    bool has_token = !session->has_tried_bare &&
                     secret_find(arena, "MATRIX_ACCESS_TOKEN", &token, &err) &&
                     !text_is_empty(token);

    session->has_tried_bare = true;
    if (has_token) {
        text_replace(&session->token, token);
        session->is_bare = true;
    }
    arena_destroy(arena);
    return has_token;
}

static void give_up(struct matrix_session *session)
{
    struct matrix *matrix = session->matrix;

    if (matrix->authorization != NULL) {
        log_warn("the session can't be renewed, and lasts as long as it lasts",
                 "platform=matrix");
        session->is_busy = false;
    } else if (session->is_bare) {
        matrix_refuse(matrix, "the homeserver does not take MATRIX_ACCESS_TOKEN (any "
                              "more): give that of an ordinary login that lasts, or "
                              "MATRIX_PASSWORD");
    } else {
        matrix_refuse(matrix,
                      "the session with the homeserver is over: give MATRIX_PASSWORD");
    }
}

static void choose(struct matrix_session *session)
{
    bool is_over = session->expires_ms != 0 &&
                   session->expires_ms <= ear_now_ms(session->matrix->ears);

    if (session->token != NULL && is_over && session->refresh != NULL) {
        matrix_token_refresh(session);
    } else if (session->token != NULL || take_bare_token(session)) {
        matrix_session_whoami(session);
    } else if (matrix_login_is_possible()) {
        matrix_login_start(session);
    } else {
        give_up(session);
    }
}

void matrix_session_lost(struct matrix_session *session)
{
    if (session->refresh != NULL) {
        matrix_token_refresh(session);
        return;
    }
    text_replace(&session->token, NULL);
    session->expires_ms = 0;
    choose(session);
}

/* ---- is there a homeserver at all? */

static void on_versions(void *arg, const struct matrix_answer *answer)
{
    struct matrix_session *session = arg;
    struct json_slice versions = json_scan_member(answer->body, "versions");

    if (answer->kind != OUTCOME_DONE) {
        matrix_session_again(session, step_versions, answer->why, answer->wait_ms);
    } else if (versions.data == NULL || *versions.data != '[') {
        matrix_session_again(session, step_versions,
                             "no Matrix homeserver answers there", 0);
    } else {
        session->failures = 0;
        choose(session);
    }
}

static void step_versions(struct matrix_session *session)
{
    struct matrix_ask ask = {
        .method = "GET", .path = "/_matrix/client/versions", .is_open = true};

    matrix_call(session->matrix, &ask, on_versions, session);
}

/* ---- whose it is */

static void on_name(void *arg, const struct matrix_answer *answer)
{
    struct matrix *matrix = arg;

    if (answer->kind == OUTCOME_DONE) {
        matrix->self.name = json_slice_text(
            matrix->arena, json_scan_member(answer->body, "displayname"));
    }
}

/* For mentions typed by hand; nothing waits for it. */
static void ask_name(struct matrix *matrix)
{
    struct arena *arena = arena_create();
    struct matrix_ask ask = {
        .method = "GET",
        .path = arena_printf(arena, "/_matrix/client/v3/profile/%s/displayname",
                             matrix_write_part(arena, matrix->self.user))};

    matrix_call(matrix, &ask, on_name, matrix);
    arena_destroy(arena);
}

/* Where one token after the other ends at once, its homeserver is not stormed. */
static void plan_refresh(struct matrix_session *session, bool was_short)
{
    int64_t left_ms = session->expires_ms - ear_now_ms(session->matrix->ears);
    int64_t margin_ms = left_ms / 4 < MARGIN_MS ? left_ms / 4 : MARGIN_MS;
    int64_t least_ms = was_short ? SETTLED_MS : 0;

    if (session->refresh != NULL && session->expires_ms != 0) {
        matrix_session_later(session, matrix_token_refresh,
                             left_ms - margin_ms > least_ms ? left_ms - margin_ms
                                                            : least_ms);
    }
}

/* The token is in use from here on. */
static void adopt(struct matrix_session *session)
{
    struct matrix *matrix = session->matrix;
    int64_t now_ms = time_steady_ms();
    bool was_short = session->is_started && now_ms - session->adopted_ms < SETTLED_MS;

    session->failures = 0;
    session->is_busy = false;
    session->adopted_ms = now_ms;
    text_replace(&session->bearer, session->fresh);
    text_replace(&session->fresh, NULL);
    matrix->authorization = session->bearer;
    plan_refresh(session, was_short);
    if (!session->is_started) {
        session->is_started = true;
        ask_name(matrix);
        matrix_sync_start(matrix);
    }
    matrix_call_resume(matrix);
}

/* NULL: fine. */
static const char *find_fault(const struct matrix *matrix, const char *user,
                              const char *device, bool is_guest)
{
    if (is_guest) {
        return "the token is a guest's: the bot needs an account of its own";
    }
    if (device == NULL) {
        return "the token has no device (made by an administrator?), so that what is "
               "sent twice is seen twice: give one of an ordinary login";
    }
    if (!matrix_session_is_ours(matrix, user) ||
        (matrix->self.user != NULL && !text_equal(matrix->self.user, user))) {
        return "the token is not that of the user in the settings (matrix.user)";
    }
    return NULL;
}

static void learn_self(struct matrix *matrix, const char *user, const char *device)
{
    if (matrix->self.user == NULL) {
        matrix->self.user = arena_copy(matrix->arena, user);
        matrix->server = strchr(matrix->self.user, ':') + 1;
    }
    if (!text_equal(matrix->self.device, device)) {
        matrix->self.device = arena_copy(matrix->arena, device);
    }
    log_info("matrix session", "user=%s device=%s", user, device);
}

static void read_self(struct matrix_session *session, struct json_slice body)
{
    struct arena *arena = arena_create();
    const char *user = json_slice_text(arena, json_scan_member(body, "user_id"));
    const char *device = json_slice_text(arena, json_scan_member(body, "device_id"));
    bool is_guest = json_slice_flag(json_scan_member(body, "is_guest"), false);
    const char *fault =
        user == NULL ? NULL : find_fault(session->matrix, user, device, is_guest);

    if (user == NULL) {
        /* Every homeserver says that: this is something in its place. */
        matrix_session_again(session, matrix_session_whoami,
                             "the homeserver does not say whose the token is", 0);
    } else if (fault != NULL) {
        matrix_refuse(session->matrix, fault);
    } else {
        learn_self(session->matrix, user, device);
        adopt(session);
    }
    arena_destroy(arena);
}

static void on_whoami(void *arg, const struct matrix_answer *answer)
{
    struct matrix_session *session = arg;

    if (answer->kind == OUTCOME_DONE) {
        read_self(session, answer->body);
    } else if (answer->status == 401 && *answer->errcode != '\0' &&
               answer->wait_ms == 0) {
        /* The first time at once; a homeserver that goes on so is not stormed. */
        session->failures += 1;
        matrix_session_later(session, matrix_session_lost,
                             (session->failures - 1) * TIME_SECOND_MS);
    } else {
        matrix_session_again(session, matrix_session_whoami, answer->why,
                             answer->wait_ms);
    }
}

void matrix_session_whoami(struct matrix_session *session)
{
    struct arena *arena = arena_create();
    struct matrix_ask ask = {.method = "GET",
                             .path = "/_matrix/client/v3/account/whoami",
                             .is_open = true,
                             .authorization =
                                 arena_printf(arena, "Bearer %s", session->token)};

    text_replace(&session->fresh, ask.authorization);
    matrix_call(session->matrix, &ask, on_whoami, session);
    arena_destroy(arena);
}

/* ---- its life */

void matrix_refuse(struct matrix *matrix, const char *why)
{
    if (matrix->is_refused || matrix->is_stopped) {
        return;
    }
    matrix->is_refused = true;
    matrix->authorization = NULL;
    matrix_session_stop(matrix);
    matrix_sync_stop(matrix);
    ear_state(matrix->ears, &matrix->adapter, ADAPTER_REFUSED, why);
}

/* A session that can't be read is one all the same: another login would spend the
 * homeserver's ration and the old token's life. */
static void step_load(struct matrix_session *session)
{
    if (matrix_token_load(session)) {
        session->failures = 0;
        step_versions(session);
    } else {
        matrix_session_again(session, step_load, "the kept session can't be read", 0);
    }
}

void matrix_session_start(struct matrix *matrix)
{
    struct matrix_session *session = calloc(1, sizeof(*session));

    INSIST(session != NULL);
    srandom((unsigned)ear_now_ms(matrix->ears));
    matrix->session = session;
    session->matrix = matrix;
    session->is_busy = true;
    session->timer = loop_timer_create(matrix->loop, on_timer, session);
    step_load(session);
}

void matrix_session_renew(struct matrix *matrix, bool is_soft_logout)
{
    struct matrix_session *session = matrix->session;
    int64_t wait_ms = session->adopted_ms + SETTLED_MS - time_steady_ms();

    matrix->authorization = NULL;
    if (session->is_busy || matrix->is_refused) {
        return;
    }
    log_info("the session is to be renewed", "soft_logout=%d", (int)is_soft_logout);
    session->is_busy = true;
    matrix_session_later(session, matrix_session_lost, wait_ms > 0 ? wait_ms : 0);
}

static void on_asked_at_home(void *arg, const struct matrix_answer *answer)
{
    (void)arg, (void)answer;
}

void matrix_session_doubt(struct matrix *matrix)
{
    const struct matrix_ask ask = {.method = "GET",
                                   .path = "/_matrix/client/v3/account/whoami"};

    matrix_call(matrix, &ask, on_asked_at_home, NULL);
}

void matrix_session_stop(struct matrix *matrix)
{
    if (matrix->session != NULL) {
        loop_timer_stop(matrix->session->timer);
        matrix->session->is_busy = true;
    }
}

void matrix_session_destroy(struct matrix *matrix)
{
    struct matrix_session *session = matrix->session;

    if (session == NULL) {
        return;
    }
    matrix->session = NULL;
    matrix->authorization = NULL;
    loop_timer_destroy(session->timer);
    text_replace(&session->user, NULL);
    text_replace(&session->token, NULL);
    text_replace(&session->refresh, NULL);
    text_replace(&session->bearer, NULL);
    text_replace(&session->fresh, NULL);
    free(session);
}
