/*
 * A login by password, always as the same device: what a transaction id was used for is
 * remembered for the device. Homeservers ration logins (Synapse: five, then one in 333
 * s), so we ration them ourselves before they do.
 */
#include <string.h>

#include "adapters/matrix_session.h"
#include "bot/base/json.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define LOGIN_MS    (333 * TIME_SECOND_MS)
#define LOGIN_BURST 4

static const char no_passwords[] =
    "the homeserver takes no passwords (OAuth 2.0 only): make a session for the bot "
    "there, and give its token as MATRIX_ACCESS_TOKEN";

bool matrix_login_is_possible(void)
{
    struct arena *arena = arena_create();
    const char *password = NULL;
    struct err err;
    /* One that can't be read is found out about at the login. */
    bool is_possible = !secret_find(arena, "MATRIX_PASSWORD", &password, &err) ||
                       !text_is_empty(password);

    arena_destroy(arena);
    return is_possible;
}

static void on_login(void *arg, const struct matrix_answer *answer);

/* How long until the next login may be tried; it takes its place at once. */
static int64_t take_ration(struct matrix_session *session)
{
    int64_t now_ms = time_steady_ms();
    int64_t wait_ms;

    session->logins_ms = session->logins_ms < now_ms ? now_ms : session->logins_ms;
    wait_ms = session->logins_ms - now_ms - LOGIN_BURST * LOGIN_MS;
    session->logins_ms += LOGIN_MS;
    return wait_ms > 0 ? wait_ms : 0;
}

static char *write_login(struct arena *arena, const struct config_matrix *settings,
                         const char *password)
{
    return json_write(arena, json_pack("{s:s, s:{s:s, s:s}, s:s, s:s, s:s, s:b}",
                                       "type", "m.login.password", "identifier", "type",
                                       "m.id.user", "user", settings->user, "password",
                                       password, "device_id", settings->device,
                                       "initial_device_display_name", "Muster",
                                       "refresh_token", 1));
}

static void login(struct matrix_session *session)
{
    struct matrix *matrix = session->matrix;
    const struct config_matrix *settings = &matrix->config->matrix;
    struct arena *arena = arena_create();
    const char *password = NULL;
    struct err err;

    if (settings->user == NULL) {
        matrix_refuse(matrix, "matrix.user is not set: whose is MATRIX_PASSWORD?");
    } else if (!secret_find(arena, "MATRIX_PASSWORD", &password, &err)) {
        matrix_refuse(matrix, err.text);
    } else {
        struct matrix_ask ask = {
            .method = "POST",
            .path = "/_matrix/client/v3/login",
            .body = write_login(arena, settings,
                                text_clean(arena, text_or(password, ""),
                                           strlen(text_or(password, "")))),
            .limiter = MATRIX_LOGINS,
            .is_open = true};

        matrix_call(matrix, &ask, on_login, session);
    }
    arena_destroy(arena);
}

static void login_in_time(struct matrix_session *session)
{
    matrix_session_later(session, login, take_ration(session));
}

static void refuse_login(struct matrix_session *session, const char *errcode)
{
    struct matrix *matrix = session->matrix;

    if (text_equal(errcode, "M_UNRECOGNIZED")) {
        matrix_refuse(matrix, no_passwords);
    } else {
        matrix_refuse(matrix, arena_printf(matrix->arena,
                                           "the homeserver does not let %s in by "
                                           "MATRIX_PASSWORD: %s",
                                           matrix->config->matrix.user, errcode));
    }
}

static void on_login(void *arg, const struct matrix_answer *answer)
{
    struct matrix_session *session = arg;
    struct arena *arena = arena_create();
    const char *user =
        json_slice_text(arena, json_scan_member(answer->body, "user_id"));
    const char *token = matrix_token_read(arena, answer->body);

    if (answer->kind == OUTCOME_DONE && user != NULL && token != NULL) {
        text_replace(&session->user, user);
        text_replace(&session->refresh, NULL);
        matrix_token_take(session, answer->body);
    } else if (answer->kind == OUTCOME_NEVER && *answer->errcode != '\0') {
        refuse_login(session, answer->errcode);
    } else {
        matrix_session_again(session, login_in_time,
                             text_or(answer->why, "a login without a token"),
                             answer->wait_ms);
    }
    arena_destroy(arena);
}

static bool has_password_flow(struct json_slice flows)
{
    struct json_slice flow = {0};

    while (json_scan_next(flows, &flow)) {
        if (json_slice_is(json_scan_member(flow, "type"), "m.login.password")) {
            return true;
        }
    }
    return false;
}

static void on_flows(void *arg, const struct matrix_answer *answer)
{
    struct matrix_session *session = arg;
    struct json_slice flows = json_scan_member(answer->body, "flows");
    bool is_told = answer->kind == OUTCOME_DONE && flows.data != NULL;

    if (is_told && has_password_flow(flows)) {
        login_in_time(session);
    } else if (is_told || text_equal(answer->errcode, "M_UNRECOGNIZED")) {
        matrix_refuse(session->matrix, no_passwords);
    } else {
        matrix_session_again(session, matrix_login_start,
                             text_or(answer->why, "the homeserver names no logins"),
                             answer->wait_ms);
    }
}

void matrix_login_start(struct matrix_session *session)
{
    struct matrix_ask ask = {
        .method = "GET", .path = "/_matrix/client/v3/login", .is_open = true};

    matrix_call(session->matrix, &ask, on_flows, session);
}
