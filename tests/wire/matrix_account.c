/* The account of the scripted homeserver: logins, tokens, and whose they are. */
#include "tests/wire/matrix_peer.h"

static json_t *new_tokens(struct matrix_peer *peer)
{
    json_t *tokens;

    peer->tokens += 1;
    snprintf(peer->access, sizeof(peer->access), "a%d", peer->tokens);
    tokens = json_pack("{s:s, s:s, s:s}", "user_id", PEER_ME, "access_token",
                       peer->access, "device_id", "MUSTER");
    if (!peer->has_no_refresh) {
        snprintf(peer->refresh, sizeof(peer->refresh), "r%d", peer->tokens);
        json_object_set_new(tokens, "refresh_token", json_string(peer->refresh));
    }
    if (peer->life_ms > 0) {
        json_object_set_new(tokens, "expires_in_ms", json_integer(peer->life_ms));
    }
    return tokens;
}

static void serve_login(struct matrix_peer *peer, struct server_peer *connection,
                        const char *body)
{
    json_t *login = json_loads(body, 0, NULL);
    const char *type = NULL, *user = NULL, *password = NULL, *device = NULL;

    assert_int_equal(json_unpack(login, "{s:s, s:{s:s}, s:s, s:s}", "type", &type,
                                 "identifier", "user", &user, "password", &password,
                                 "device_id", &device),
                     0);
    peer->logins += 1;
    assert_string_equal(type, "m.login.password");
    assert_string_equal(device,
                        peer->config == NULL ? "MUSTER" : peer->config->matrix.device);
    assert_true(
        json_is_true(json_object_get(login, "refresh_token"))); /* or none comes */
    if (strcmp(user, "muster") != 0 || strcmp(password, "pw") != 0) {
        matrix_api_refuse(connection, 403, "M_FORBIDDEN");
    } else {
        matrix_api_answer_json(connection, new_tokens(peer));
    }
    json_decref(login);
}

static void serve_flows(struct matrix_peer *peer, struct server_peer *connection)
{
    matrix_api_answer(connection, 200,
                      peer->is_oauth
                          ? "{\"flows\":[{\"type\":\"m.login.sso\"}]}"
                          : "{\"flows\":[{\"type\":\"m.login.token\"},{\"type\":"
                            "\"m.login.password\"}]}");
}

/* The one given with the last token, or the one before as long as that is not used. */
static void serve_refresh(struct matrix_peer *peer, struct server_peer *connection,
                          const char *body)
{
    json_t *wish = json_loads(body, 0, NULL);
    const char *token = json_string_value(json_object_get(wish, "refresh_token"));

    assert_non_null(token);
    peer->refreshes += 1;
    if (strcmp(token, peer->refresh) != 0 && strcmp(token, peer->spent) != 0) {
        matrix_api_refuse(connection, 403, "M_FORBIDDEN");
    } else {
        snprintf(peer->spent, sizeof(peer->spent), "%s", token);
        matrix_api_answer_json(connection, new_tokens(peer));
    }
    json_decref(wish);
}

void matrix_account_whoami(struct matrix_peer *peer, struct server_peer *connection)
{
    json_t *self =
        json_pack("{s:s, s:b}", "user_id", PEER_ME, "is_guest", (int)peer->is_guest);

    if (!peer->has_no_device) {
        json_object_set_new(self, "device_id", json_string("MUSTER"));
    }
    matrix_api_answer_json(connection, self);
}

void matrix_account_serve(struct matrix_peer *peer, struct server_peer *connection,
                          const char *call, const char *body)
{
    if (matrix_api_is(call, "GET /_matrix/client/versions")) {
        matrix_api_answer(connection, 200, "{\"versions\":[\"v1.1\",\"v1.12\"]}");
    } else if (matrix_api_is(call, "GET /_matrix/client/v3/login")) {
        serve_flows(peer, connection);
    } else if (matrix_api_is(call, "POST /_matrix/client/v3/login")) {
        serve_login(peer, connection, body);
    } else {
        serve_refresh(peer, connection, body);
    }
}
