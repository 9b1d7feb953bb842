/*
 * muster check, for Matrix: asks the homeserver what the bot will need of it. With a
 * password it logs in as a device of its own, and out again, so that a running bot
 * keeps its session.
 */
#include <string.h>

#include "adapters/matrix_write.h"
#include "bot/base/json.h"
#include "bot/base/text.h"
#include "bot/cmd_check_home.h"

#define DEVICE "MUSTERCHECK"

const char *check_part(const struct homeserver *home, const char *word)
{
    return matrix_write_part(home->arena, word);
}

const char *check_word(const struct homeserver *home, const struct talk_reply *reply,
                       const char *path)
{
    return json_slice_text(home->arena, json_scan_path(reply->body, path));
}

int64_t check_number(struct json_slice object, const char *name, int64_t otherwise)
{
    int64_t number;

    return json_slice_number(json_scan_member(object, name), &number) ? number
                                                                      : otherwise;
}

static void tell_of_encryption(const struct homeserver *home,
                               struct json_slice features)
{
    static const char *const kinds[] = {"private", "trusted_private", "public"};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        const char *name =
            arena_printf(home->arena, "io.element.e2ee_forced.%s", kinds[i]);

        if (json_slice_flag(json_scan_member(features, name), false)) {
            check_fault(home->check,
                        "matrix: the homeserver encrypts new rooms by itself (%s); the "
                        "bot could read nothing there. Ask its admin for "
                        "encryption_enabled_by_default_for_room_type: off",
                        kinds[i]);
            return;
        }
    }
    check_fine(home->check, "matrix: the homeserver encrypts no room unasked");
}

/* False: there is no homeserver to go on with. */
static bool look_at_server(const struct homeserver *home)
{
    const struct talk_reply *reply = talk_get(home->talk, "/_matrix/client/versions");
    struct json_slice versions = json_scan_member(reply->body, "versions");
    struct json_slice cursor = {0};
    const char *newest = NULL;

    while (json_scan_next(versions, &cursor)) {
        newest = json_slice_text(home->arena, cursor);
    }
    if (*reply->why != '\0' || newest == NULL) {
        check_fault(home->check,
                    "matrix: %s: %s. Is homeserver_url the address that clients use?",
                    home->config->matrix.homeserver_url,
                    text_or(reply->why, "it names no version"));
        return false;
    }
    check_fine(home->check, "matrix: the homeserver answers (up to %s)", newest);
    check_clock(home->check, "matrix", "the homeserver's", reply->date);
    tell_of_encryption(home, json_scan_member(reply->body, "unstable_features"));
    return true;
}

static bool has_flow(struct json_slice flows, const char *type)
{
    struct json_slice cursor = {0};

    while (json_scan_next(flows, &cursor)) {
        if (json_slice_is(json_scan_member(cursor, "type"), type)) {
            return true;
        }
    }
    return false;
}

static bool look_at_flows(const struct homeserver *home)
{
    const struct talk_reply *reply = talk_get(home->talk, CLIENT "/login");
    bool is_oauth_only = text_equal(reply->errcode, "M_UNRECOGNIZED");

    if (*reply->why != '\0' && !is_oauth_only) {
        check_fault(home->check, "matrix: kinds of login: %s. Try again later",
                    reply->why);
        return false;
    }
    if (is_oauth_only ||
        !has_flow(json_scan_member(reply->body, "flows"), "m.login.password")) {
        check_fault(home->check,
                    "matrix: the homeserver takes no password%s. Ask its admin for a "
                    "token (mas-cli manage issue-compatibility-token) and set "
                    "MATRIX_ACCESS_TOKEN instead of MATRIX_PASSWORD",
                    is_oauth_only ? ", only OAuth" : "");
        return false;
    }
    return true;
}

static bool log_in(struct homeserver *home, const char *password)
{
    json_t *login = json_pack(
        "{s:s, s:{s:s, s:s}, s:s, s:s, s:s}", "type", "m.login.password", "identifier",
        "type", "m.id.user", "user", home->config->matrix.user, "password", password,
        "device_id", DEVICE, "initial_device_display_name", "muster check");
    const struct talk_reply *reply =
        talk_post(home->talk, CLIENT "/login", json_write(home->arena, login));
    const char *token = check_word(home, reply, "access_token");

    if (reply->status == 429) {
        check_fault(home->check,
                    "matrix: too many logins; the homeserver asks to wait %lld s",
                    (long long)(check_number(reply->body, "retry_after_ms", 0) / 1000));
        return false;
    }
    if (*reply->why != '\0' || token == NULL) {
        check_fault(home->check,
                    "matrix: MATRIX_PASSWORD: %s. Look at matrix.user and the password",
                    text_or(reply->why, "no token came"));
        return false;
    }
    check_fine(home->check, "matrix: MATRIX_PASSWORD is taken");
    talk_as(home->talk, token);
    home->is_logged_in = true;
    return true;
}

static bool secret(const struct homeserver *home, const char *name, const char **value)
{
    struct err err;

    if (!secret_find(home->arena, name, value, &err)) {
        check_fault(home->check, "matrix: %s: %s", name, err.text);
        return false;
    }
    return true;
}

static bool enter(struct homeserver *home)
{
    const char *password = NULL;
    const char *token = NULL;

    if (!secret(home, "MATRIX_PASSWORD", &password) ||
        !secret(home, "MATRIX_ACCESS_TOKEN", &token)) {
        return false;
    }
    if (token != NULL) {
        talk_as(home->talk, token);
        return true;
    }
    if (password == NULL) {
        check_fault(home->check,
                    "matrix: MATRIX_PASSWORD is not set. Put it into the environment "
                    "or $CREDENTIALS_DIRECTORY/MATRIX_PASSWORD");
        return false;
    }
    if (home->config->matrix.user == NULL) {
        check_fault(home->check, "matrix: user is not set. Name it under matrix: in "
                                 "the settings, as @muster:example.org");
        return false;
    }
    return look_at_flows(home) && log_in(home, password);
}

/* The settings may name the whole id, or what stands before the colon. */
static bool is_expected(const struct homeserver *home)
{
    const char *wanted = home->config->matrix.user;
    const char *local = home->user + 1;

    return wanted == NULL || text_equal(wanted, home->user) ||
           (*wanted != '@' && strlen(wanted) == strcspn(local, ":") &&
            strncmp(wanted, local, strlen(wanted)) == 0);
}

static bool look_who_we_are(struct homeserver *home)
{
    const struct talk_reply *reply = talk_get(home->talk, CLIENT "/account/whoami");
    bool has_device = check_word(home, reply, "device_id") != NULL;
    const char *user = check_word(home, reply, "user_id");

    if (*reply->why != '\0' || user == NULL || strchr(user, ':') == NULL) {
        check_fault(home->check,
                    "matrix: the token is not taken: %s. Log in anew and set the new "
                    "one",
                    text_or(reply->why, "the homeserver names no user"));
        return false;
    }
    home->user = user;
    home->server = strchr(user, ':') + 1;
    if (!has_device) {
        check_fault(home->check,
                    "matrix: MATRIX_ACCESS_TOKEN has no device (an admin made it): "
                    "messages could come twice. Use a token of an ordinary login");
    } else if (!is_expected(home)) {
        check_fault(home->check, "matrix: the token is of %s, matrix.user says %s",
                    user, home->config->matrix.user);
    } else {
        check_fine(home->check, "matrix: the bot is %s", user);
    }
    return true;
}

static void look_at_name(const struct homeserver *home)
{
    const struct talk_reply *reply =
        talk_get(home->talk, arena_printf(home->arena, CLIENT "/profile/%s",
                                          check_part(home, home->user)));
    const char *name = check_word(home, reply, "displayname");

    if (text_is_empty(name)) {
        check_note(home->check, "matrix: the bot has no display name; people see %s",
                   home->user);
    } else {
        check_fine(home->check, "matrix: people see it as \"%s\"", name);
    }
}

/* Nobody but an admin can read an override. */
static void look_at_limits(const struct homeserver *home)
{
    const char *path =
        arena_printf(home->arena, "/_synapse/admin/v1/users/%s/override_ratelimit",
                     check_part(home, home->user));
    const struct talk_reply *reply = talk_get(home->talk, path);

    if (*reply->why == '\0' &&
        check_number(reply->body, "messages_per_second", -1) == 0) {
        check_fine(home->check, "matrix: the bot has no rate limits");
        return;
    }
    check_note(
        home->check,
        "matrix: rate limits can't be seen from here. A Synapse as it comes lets "
        "10 messages out at once, then one in 5 s: pages may wait. Ask its admin "
        "to lift them: POST %s "
        "{\"messages_per_second\":0,\"burst_count\":0}",
        path);
}

static void look_round(struct homeserver *home)
{
    if (!look_at_server(home) || !enter(home)) {
        return;
    }
    if (look_who_we_are(home)) {
        look_at_name(home);
        look_at_limits(home);
        check_rooms(home);
    }
    if (home->is_logged_in) {
        (void)talk_post(home->talk, CLIENT "/logout", "{}");
    }
}

void check_matrix(struct check *check)
{
    struct homeserver home = {
        .check = check,
        .arena = check->options->arena,
        .config = check->options->config,
    };
    struct err err;

    if (!home.config->has_matrix) {
        check_fine(check, "matrix: not set up. For it: matrix: in the settings, and "
                          "MATRIX_PASSWORD");
        return;
    }
    if (home.config->matrix.homeserver_url == NULL) {
        check_fault(check,
                    "matrix: homeserver_url is not set. Name it under matrix: in "
                    "the settings, as https://matrix.example.org");
        return;
    }
    if (talk_create(&home.talk, home.arena, home.config, &err)) {
        look_round(&home);
    } else {
        check_fault(check, "matrix: %s", err.text);
    }
    talk_destroy(home.talk);
}
