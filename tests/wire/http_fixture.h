/*
 * One test of adapters/http.h: a server that answers as `status`, `says` and `cut_at`
 * want, a client, and what came of the last request.
 */
#pragma once

#include "adapters/http.h"
#include "tests/wire/wire.h"

struct http_fixture {
    struct wire wire;
    struct server *server;
    struct http *http;
    struct server_peer *peer; /* of the last request */
    int answers, requests, awaited;
    struct http_answer answer;
    char body[4096], problem[400], type[64], heard[2048], heard_body[512];
    char authorization[64];
    const char *retry_headers;
    int status;
    const char *says;
    int cut_at; /* the request that is cut instead of answered; 0: none */
};

extern const struct server_script http_fixture_script;

void http_fixture_answered(void *arg, const struct http_answer *answer);
void http_fixture_serve(struct http_fixture *fixture, const char *name);
void http_fixture_connect(struct http_fixture *fixture,
                          const struct net_settings *settings);
int http_fixture_setup(void **state);
int http_fixture_teardown(void **state);
void http_fixture_start(struct http_fixture *fixture, bool is_tls);
void http_fixture_get(struct http_fixture *fixture, const char *url,
                      int64_t timeout_ms);
void http_fixture_post(struct http_fixture *fixture, const char *path);

#define HTTP_TEST(name)                                                                \
    cmocka_unit_test_setup_teardown(name, http_fixture_setup, http_fixture_teardown)
