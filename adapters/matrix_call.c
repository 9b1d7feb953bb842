/*
 * One request to the homeserver: held at closed limiters, kept back while there is no
 * session, its answer put into one of four outcomes. An errcode is the homeserver's
 * word; a status without one is some gateway's, which may or may not have handed the
 * request on.
 */
#include <stdlib.h>
#include <string.h>

#include "adapters/matrix_inner.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define WAIT_MS        (5 * TIME_SECOND_MS)  /* a 429 that does not say how long */
#define WAIT_CAP_MS    (10 * TIME_MINUTE_MS) /* Synapse says 333 s at most */
#define PATIENCE_MS    TIME_MINUTE_MS        /* for a session */
#define RENEWALS       3                     /* of the session, for one request */
#define BACKOFF_CAP_MS TIME_MINUTE_MS
#define WORD_BYTES     64 /* of an errcode */

struct matrix_call {
    struct matrix *matrix;
    struct matrix_call *next;
    struct arena *arena; /* holds this struct as well */
    struct matrix_ask ask;
    matrix_call_fn *fn;
    void *arg;
    struct http_call *http;
    struct loop_timer *patience; /* NULL: it does not wait for a session */
    const char *token;           /* what it was sent with */
    int renewals;
};

static void call_free(struct matrix_call *call)
{
    struct matrix_call **link = &call->matrix->calls;

    while (*link != call) {
        link = &(*link)->next;
    }
    *link = call->next;
    loop_forget(call->matrix->loop, call);
    loop_timer_destroy(call->patience);
    arena_destroy(call->arena);
}

static void call_end(struct matrix_call *call, const struct matrix_answer *answer)
{
    bool is_mere_no = answer->status == 404 && text_equal(call->ask.method, "GET");

    if (answer->kind != OUTCOME_DONE && !is_mere_no) {
        log_info("matrix call", "method=%s limiter=%d outcome=%d status=%d errcode=%s",
                 call->ask.method, (int)call->ask.limiter, (int)answer->kind,
                 answer->status, answer->errcode);
    }
    call->fn(call->arg, answer);
    call_free(call);
}

void matrix_call_cancel(struct matrix_call *call)
{
    if (call->http != NULL) {
        http_cancel(call->http);
    }
    call_free(call);
}

/* Of somebody or something of another homeserver ours answers with that one's words:
 * they may be about anybody, and they may be lies. */
static bool asks_others(const struct matrix_call *call)
{
    enum matrix_limiter limiter = call->ask.limiter;

    return limiter == MATRIX_INVITES || limiter == MATRIX_CREATIONS ||
           limiter == MATRIX_JOINS || strstr(call->ask.path, "/v3/profile/") != NULL ||
           strstr(call->ask.path, "/v3/directory/room/") != NULL;
}

/* Our account is no more. */
static bool is_over(const struct matrix_call *call, const char *errcode)
{
    return text_equal(errcode, "M_USER_DEACTIVATED") && !asks_others(call);
}

/* It is about us, not about what was asked, and may pass. */
static bool is_trouble(const struct matrix_call *call, const char *errcode)
{
    static const char *const words[] = {"M_USER_LOCKED", "M_USER_SUSPENDED",
                                        "M_RESOURCE_LIMIT_EXCEEDED",
                                        "M_CONSENT_NOT_GIVEN", NULL};

    return text_is_one_of(errcode, words) || is_over(call, errcode);
}

static bool is_token_refused(const char *errcode)
{
    static const char *const words[] = {"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", NULL};

    return text_is_one_of(errcode, words);
}

/* A plain word, fit for a log, or "". */
static const char *read_errcode(struct arena *arena, struct json_slice body)
{
    const char *word = json_slice_text(arena, json_scan_member(body, "errcode"));

    if (word == NULL || strlen(word) > WORD_BYTES ||
        word[strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                          "0123456789._-")] != '\0') {
        return "";
    }
    return word;
}

/* The header first; the member of the body is what older servers say. */
static int64_t read_wait_ms(const struct http_answer *http, struct json_slice body)
{
    int64_t wait_ms = http->retry_after_ms;

    if (wait_ms <= 0 &&
        (!json_slice_number(json_scan_member(body, "retry_after_ms"), &wait_ms) ||
         wait_ms <= 0)) {
        wait_ms = WAIT_MS;
    }
    return wait_ms < WAIT_CAP_MS ? wait_ms : WAIT_CAP_MS;
}

/* It may have been carried out. What only reads is as good as not sent. */
static enum outcome_kind lost_kind(const struct matrix_call *call)
{
    return text_equal(call->ask.method, "GET") ? OUTCOME_AGAIN : OUTCOME_UNKNOWN;
}

/* Invitations are rationed by whom they are for, and where another homeserver has a say
 * the ration may be its own: one that must wait holds up no other. */
static void read_limit(struct matrix_call *call, const struct http_answer *http,
                       struct json_slice body, struct matrix_answer *answer)
{
    enum matrix_limiter limiter = call->ask.limiter;

    answer->kind = OUTCOME_AGAIN;
    answer->why = "the homeserver asked to wait";
    answer->wait_ms = read_wait_ms(http, body);
    if (limiter != MATRIX_FREE && limiter != MATRIX_INVITES &&
        limiter != MATRIX_JOINS && !call->ask.is_for_others) {
        call->matrix->gates_ms[limiter] = time_steady_ms() + answer->wait_ms;
    }
}

static void read_refusal(struct matrix_call *call, struct matrix_answer *answer)
{
    answer->why = arena_printf(call->arena, "the homeserver says %s", answer->errcode);
    if (is_trouble(call, answer->errcode)) {
        answer->kind = OUTCOME_AGAIN;
        answer->wait_ms = call->matrix->trouble_ms;
    } else if (is_token_refused(answer->errcode)) {
        answer->kind = OUTCOME_AGAIN;
    } else {
        answer->kind = answer->status >= 500 ? lost_kind(call) : OUTCOME_NEVER;
    }
}

/* No word of the homeserver: somebody stands in between, or it fell over. */
static void read_noise(struct matrix_call *call, struct matrix_answer *answer)
{
    bool is_refused = answer->status >= 300 && answer->status < 500;

    if (answer->status == 413) {
        answer->why = "a gateway before the homeserver finds it too large";
        answer->kind = OUTCOME_NEVER;
        return;
    }
    answer->why = arena_printf(
        call->arena, "status %d without an answer of the homeserver", answer->status);
    answer->kind = is_refused ? OUTCOME_AGAIN : lost_kind(call);
}

static void read_answered(struct matrix_call *call, const struct http_answer *http,
                          struct matrix_answer *answer)
{
    struct json_slice body = {http->body, http->body_bytes};
    bool is_fine = http->status >= 200 && http->status < 300;
    bool is_raw = is_fine && call->ask.is_raw;
    bool is_sound = is_raw || json_scan_is_sound(body.data, body.length_bytes);

    answer->status = http->status;
    answer->body = is_sound ? body : (struct json_slice){0};
    answer->errcode =
        is_sound && !is_fine ? read_errcode(call->arena, body) : answer->errcode;
    if (http->status == 429 || text_equal(answer->errcode, "M_LIMIT_EXCEEDED")) {
        read_limit(call, http, answer->body, answer);
    } else if (is_sound && is_fine) {
        answer->kind = OUTCOME_DONE;
    } else if (*answer->errcode != '\0') {
        read_refusal(call, answer);
    } else {
        read_noise(call, answer);
    }
}

static void call_send(struct matrix_call *call);
static void call_wait(struct matrix_call *call);

/* The session is renewed once, whoever is the first to hear that the token is over. */
static void call_renew(struct matrix_call *call, const struct matrix_answer *answer)
{
    struct matrix *matrix = call->matrix;
    bool is_newer = matrix->authorization != NULL &&
                    !text_equal(matrix->authorization, call->token);

    call->renewals += 1;
    if (is_newer) {
        call_send(call);
        return;
    }
    call_wait(call);
    if (matrix->authorization != NULL) {
        matrix_session_renew(
            matrix,
            json_slice_flag(json_scan_member(answer->body, "soft_logout"), false));
    }
}

/* The platform with it; what was asked waits for another start. */
static void call_end_for_good(struct matrix_call *call,
                              const struct matrix_answer *answer)
{
    struct matrix *matrix = call->matrix;

    call_end(call, answer);
    matrix_refuse(matrix, "the homeserver says M_USER_DEACTIVATED");
}

static void on_answer(void *arg, const struct http_answer *http)
{
    struct matrix_call *call = arg;
    struct matrix_answer answer = {.errcode = "", .why = ""};

    call->http = NULL;
    if (http->outcome == HTTP_ANSWERED) {
        read_answered(call, http, &answer);
    } else {
        answer.is_too_big = http->outcome == HTTP_TOO_BIG;
        answer.status = answer.is_too_big ? http->status : 0;
        answer.kind = http->may_have_arrived ? lost_kind(call) : OUTCOME_AGAIN;
        answer.why = http->problem;
    }
    if (is_token_refused(answer.errcode) && asks_others(call)) {
        matrix_session_doubt(call->matrix);
        call_end(call, &answer);
    } else if (is_token_refused(answer.errcode) && !call->ask.is_open &&
               call->renewals < RENEWALS) {
        call_renew(call, &answer);
    } else if (is_over(call, answer.errcode)) {
        call_end_for_good(call, &answer);
    } else {
        call_end(call, &answer);
    }
}

static void call_send(struct matrix_call *call)
{
    struct matrix *matrix = call->matrix;
    const struct matrix_ask *ask = &call->ask;
    bool is_get = text_equal(ask->method, "GET");
    struct http_request request = {
        .method = ask->method,
        .url = arena_printf(call->arena, "%s%s", matrix->base_url, ask->path),
        .authorization = ask->is_open ? ask->authorization : matrix->authorization,
        .content_type = ask->body == NULL ? NULL : ask->content_type,
        .body = ask->body,
        .body_bytes = ask->body_bytes,
        .timeout_ms = ask->timeout_ms,
        .max_bytes = ask->max_bytes,
        .may_repeat = ask->may_repeat || is_get,
    };

    loop_timer_destroy(call->patience);
    call->patience = NULL;
    call->token = arena_copy(call->arena, request.authorization);
    call->http = http_send(matrix->http, &request, on_answer, call);
}

static void on_impatience(void *arg)
{
    struct matrix_call *call = arg;
    struct matrix_answer answer = {.kind = OUTCOME_AGAIN,
                                   .errcode = "",
                                   .why = "there is no session with the homeserver"};

    call_end(call, &answer);
}

static void call_wait(struct matrix_call *call)
{
    call->patience = loop_timer_create(call->matrix->loop, on_impatience, call);
    loop_timer_set(call->patience, PATIENCE_MS);
}

void matrix_call_resume(struct matrix *matrix)
{
    for (struct matrix_call *call = matrix->calls; call != NULL; call = call->next) {
        if (call->patience != NULL) {
            call_send(call);
        }
    }
}

/* A message's limiter counts creations and invitations as well. */
static int64_t gate_of(const struct matrix *matrix, enum matrix_limiter limiter)
{
    int64_t gate_ms = matrix->gates_ms[limiter];
    int64_t messages_ms = matrix->gates_ms[MATRIX_MESSAGES];
    bool is_counted = limiter == MATRIX_CREATIONS || limiter == MATRIX_INVITES;

    return is_counted && messages_ms > gate_ms ? messages_ms : gate_ms;
}

/* The limiter rests: nothing is sent, so the answer is sure. */
static void call_hold(void *arg)
{
    struct matrix_call *call = arg;
    int64_t wait_ms = gate_of(call->matrix, call->ask.limiter) - time_steady_ms();
    struct matrix_answer answer = {.kind = OUTCOME_AGAIN,
                                   .errcode = "M_LIMIT_EXCEEDED",
                                   .why = "the homeserver asked to wait",
                                   .wait_ms = wait_ms > 0 ? wait_ms : 1};

    call_end(call, &answer);
}

static struct matrix_call *call_create(struct matrix *matrix,
                                       const struct matrix_ask *ask)
{
    struct arena *arena = arena_create();
    struct matrix_call *call = ARENA_NEW(arena, struct matrix_call);

    *call = (struct matrix_call){
        .matrix = matrix, .next = matrix->calls, .arena = arena, .ask = *ask};
    call->ask.method = arena_copy(arena, ask->method);
    call->ask.path = arena_copy(arena, ask->path);
    call->ask.authorization = arena_copy(arena, ask->authorization);
    call->ask.content_type =
        arena_copy(arena, text_or(ask->content_type, "application/json"));
    if (ask->body != NULL) {
        call->ask.body_bytes =
            ask->body_bytes > 0 ? ask->body_bytes : strlen(ask->body);
        call->ask.body = arena_copy_n(arena, ask->body, call->ask.body_bytes);
    }
    matrix->calls = call;
    return call;
}

struct matrix_call *matrix_call(struct matrix *matrix, const struct matrix_ask *ask,
                                matrix_call_fn *fn, void *arg)
{
    struct matrix_call *call = call_create(matrix, ask);

    call->fn = fn;
    call->arg = arg;
    if (gate_of(matrix, ask->limiter) > time_steady_ms()) {
        loop_soon(matrix->loop, call_hold, call);
    } else if (matrix->authorization == NULL && !ask->is_open) {
        call_wait(call);
    } else {
        call_send(call);
    }
    return call;
}

void matrix_call_stop(struct matrix *matrix)
{
    while (matrix->calls != NULL) {
        matrix_call_cancel(matrix->calls);
    }
}

int64_t matrix_backoff_ms(unsigned failures)
{
    int64_t wait_ms = TIME_SECOND_MS;

    for (unsigned i = 1; i < failures && wait_ms < BACKOFF_CAP_MS; i++) {
        wait_ms *= 2;
    }
    wait_ms = wait_ms < BACKOFF_CAP_MS ? wait_ms : BACKOFF_CAP_MS;
    return wait_ms / 2 + (int64_t)random() % (wait_ms / 2 + 1);
}
