/*
 * Tokens that the homeserver renews. New ones are kept before their first use: the
 * homeserver takes the old ones back at that moment, and what is not kept by then is
 * lost with the process.
 */
#include <string.h>

#include "adapters/matrix_session.h"
#include "bot/base/json.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define LIFE_CAP_MS (3650 * TIME_DAY_MS)

static bool is_kept_for_us(const struct matrix *matrix, struct arena *arena,
                           json_t *kept)
{
    return text_equal(json_text(arena, kept, "homeserver"), matrix->base_url) &&
           text_equal(json_text(arena, kept, "device_id"),
                      matrix->config->matrix.device) &&
           matrix_session_is_ours(matrix, json_text(arena, kept, "user_id"));
}

static void load(struct matrix_session *session, const char *secret)
{
    struct matrix *matrix = session->matrix;
    struct arena *arena = arena_create();
    json_t *kept = json_parse(secret, strlen(secret));

    if (kept != NULL && is_kept_for_us(matrix, arena, kept)) {
        text_replace(&session->user, json_text(arena, kept, "user_id"));
        text_replace(&session->token, json_text(arena, kept, "access_token"));
        text_replace(&session->refresh, json_text(arena, kept, "refresh_token"));
        session->expires_ms = json_number(kept, "expires", 0);
    } else {
        log_warn("the kept session is another one's, so not used", "platform=matrix");
    }
    json_decref(kept);
    arena_destroy(arena);
}

bool matrix_token_load(struct matrix_session *session)
{
    struct matrix *matrix = session->matrix;
    const char *secret;
    struct err err;

    if (!ear_secret(matrix->ears, &matrix->adapter, &secret, &err)) {
        log_error("the kept session can't be read", "platform=matrix why=\"%s\"",
                  err.text);
        return false;
    }
    if (secret != NULL) {
        load(session, secret);
    }
    return true;
}

static const char *write_secret(const struct matrix_session *session,
                                struct arena *arena)
{
    const struct matrix *matrix = session->matrix;
    json_t *kept = json_pack(
        "{s:s, s:s, s:s, s:s, s:I}", "homeserver", matrix->base_url, "device_id",
        matrix->config->matrix.device, "user_id", session->user, "access_token",
        session->token, "expires", (json_int_t)session->expires_ms);

    if (session->refresh != NULL) {
        json_object_set_new(kept, "refresh_token", json_string(session->refresh));
    }
    return json_write(arena, kept);
}

static void keep(struct matrix_session *session)
{
    struct matrix *matrix = session->matrix;
    struct arena *arena = arena_create();
    struct err err;

    if (ear_keep_secret(matrix->ears, &matrix->adapter, write_secret(session, arena),
                        &err)) {
        matrix_session_whoami(session);
    } else {
        log_error("new tokens not kept, so not used yet", "why=\"%s\"", err.text);
        matrix_session_again(session, keep, "the session can't be kept", 0);
    }
    arena_destroy(arena);
}

static int64_t read_expiry(const struct matrix *matrix, struct json_slice body)
{
    int64_t life_ms = 0;

    if (!json_slice_number(json_scan_member(body, "expires_in_ms"), &life_ms) ||
        life_ms <= 0) {
        return 0;
    }
    return ear_now_ms(matrix->ears) + (life_ms < LIFE_CAP_MS ? life_ms : LIFE_CAP_MS);
}

const char *matrix_token_read(struct arena *arena, struct json_slice body)
{
    const char *token = json_slice_text(arena, json_scan_member(body, "access_token"));

    return text_is_empty(token) || strpbrk(token, "\r\n") != NULL ? NULL : token;
}

void matrix_token_take(struct matrix_session *session, struct json_slice body)
{
    struct arena *arena = arena_create();
    const char *refresh =
        json_slice_text(arena, json_scan_member(body, "refresh_token"));

    text_replace(&session->token, matrix_token_read(arena, body));
    if (refresh != NULL) {
        text_replace(&session->refresh, refresh);
    }
    session->expires_ms = read_expiry(session->matrix, body);
    session->is_bare = false;
    arena_destroy(arena);
    keep(session);
}

static void on_refresh(void *arg, const struct matrix_answer *answer)
{
    struct matrix_session *session = arg;
    struct arena *arena = arena_create();
    bool is_spent = *answer->errcode != '\0' && answer->wait_ms == 0 &&
                    answer->status >= 400 && answer->status < 500;

    if (answer->kind == OUTCOME_DONE &&
        matrix_token_read(arena, answer->body) != NULL) {
        matrix_token_take(session, answer->body);
    } else if (is_spent) {
        log_info("the session is not renewed", "errcode=%s", answer->errcode);
        text_replace(&session->refresh, NULL);
        matrix_session_lost(session);
    } else {
        /* A lost answer is no harm: the old one is good until the new one is used. */
        matrix_session_again(session, matrix_token_refresh, answer->why,
                             answer->wait_ms);
    }
    arena_destroy(arena);
}

void matrix_token_refresh(struct matrix_session *session)
{
    struct arena *arena = arena_create();
    struct matrix_ask ask = {
        .method = "POST",
        .path = "/_matrix/client/v3/refresh",
        .body =
            json_write(arena, json_pack("{s:s}", "refresh_token", session->refresh)),
        .is_open = true};

    matrix_call(session->matrix, &ask, on_refresh, session);
    arena_destroy(arena);
}
