/*
 * Requests over https on the one loop (libcurl's multi interface): each answered once,
 * by callback, never from inside the call. It knows nothing of any platform, repeats
 * nothing, follows no redirect, and says of every failure whether the request may have
 * arrived.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/net.h"
#include "bot/base/arena.h"
#include "bot/base/err.h"

struct loop;
struct http;
struct http_call;

#define HTTP_TIMEOUT_MS 10000
#define HTTP_BODY_BYTES ((size_t)4 << 20)

struct http_request {
    const char *method;         /* NULL: POST where there is a body, else GET */
    const char *url;            /* https, or http to this machine; may hold a secret */
    const char *authorization;  /* "Bearer ..."; NULL: none. Never repeated anywhere. */
    const char *content_type;   /* of the body */
    const char *const *headers; /* more, as "Name: value", NULL-ended; NULL: none */
    const char *body;           /* NULL: none */
    size_t body_bytes;
    int64_t timeout_ms; /* from send to the last byte; 0: HTTP_TIMEOUT_MS */
    size_t max_bytes;   /* of the answer's body; 0: HTTP_BODY_BYTES */
    bool may_repeat;    /* a mere read: a dead kept-alive connection is replaced */
};

enum http_outcome {
    HTTP_ANSWERED,   /* with any status, 500 too */
    HTTP_REFUSED,    /* we did not try: the URL or the proxy makes no sense */
    HTTP_NO_NAME,    /* the host's name (or the proxy's) was not found */
    HTTP_NO_CONNECT, /* nobody listens there, or the proxy did not let us through */
    HTTP_NO_TRUST,   /* TLS failed: authority, name or protocol */
    HTTP_TIMED_OUT,
    HTTP_LOST,    /* the connection ended before the answer did */
    HTTP_TOO_BIG, /* status is set, the body is not */
};

/* Strings live until the callback returns. */
struct http_answer {
    enum http_outcome outcome;
    bool may_have_arrived;  /* false: the server surely saw nothing of the request */
    int status;             /* 0 where no answer came */
    int64_t retry_after_ms; /* of the header Retry-After, a day at most; 0: none */
    const char *body;       /* NUL behind it; "" unless answered */
    size_t body_bytes;
    const char *problem;    /* for people, without secrets; "" where answered */
    struct http_call *call; /* for http_header */
};

typedef void http_fn(void *arg, const struct http_answer *answer);

/* Fails where the authorities cannot be read. Settings are copied, their strings are
 * not. */
MUST_CHECK bool http_create(struct http **http, struct loop *loop,
                            const struct net_settings *settings, struct err *err);
/* Cancels what is under way. Not from inside an answer's callback. Accepts NULL. */
void http_destroy(struct http *http);

/* Copies all it is given. `fn` is called exactly once, unless cancelled; afterwards
 * (already inside it) the call is gone. */
struct http_call *http_send(struct http *http, const struct http_request *request,
                            http_fn *fn, void *arg);
/* Forgets the call: fn is not called. What was sent may arrive nevertheless. */
void http_cancel(struct http_call *call);

/* A header of an answer, inside its callback: "" where it is absent. */
const char *http_header(const struct http_answer *answer, const char *name);
/* The moment in a header Date, "Fri, 27 Nov 2026 11:55:50 GMT"; 0 where it is none. */
int64_t http_date_ms(const char *date);

/* The sentence for people; `detail` explains a refusal or a lack of trust. */
const char *http_problem(struct arena *arena, enum http_outcome outcome,
                         const char *host, const char *detail);
