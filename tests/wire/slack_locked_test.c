/* Slack will never let us in: the program ends, and says what to do about it. */
#include <unistd.h>

#include "tests/wire/slack_state.h"

#define APP "apps.connections.open"
#define BOT "auth.test"

struct row {
    const char *method, *error, *advice;
};

static bool is_refused(struct slack_peer *peer)
{
    return ears_exit_status(peer->ears) == 78;
}

static void run(void **state, const struct row *row)
{
    struct slack_peer *peer;

    slack_setup(state);
    peer = *state;
    slack_says(peer, row->method, row->error, 1);
    slack_peer_start(peer);
    slack_peer_await(peer, is_refused);
    assert_int_equal(peer->socket_count, 0);
    slack_teardown(state);
}

/* The line of the log that says so, by a file in the place of standard error. */
static void logged(void **state, const struct row *row, char *line, size_t line_bytes)
{
    FILE *log = tmpfile();
    int kept = dup(2);
    bool is_found = false;

    assert_non_null(log);
    assert_true(dup2(fileno(log), 2) >= 0);
    run(state, row);
    fflush(stderr);
    assert_true(dup2(kept, 2) >= 0);
    close(kept);
    rewind(log);
    while (!is_found && fgets(line, (int)line_bytes, log) != NULL) {
        is_found = strstr(line, "state=refused") != NULL;
    }
    fclose(log);
    assert_true(is_found);
}

static void platform__says_what_to_do__when_it_will_never_be_let_in(void **state)
{
    static const struct row rows[] = {
        {APP, "invalid_auth", "copy it anew from the app's page"},
        {APP, "not_authed", "is there a proxy that takes it away?"},
        {APP, "not_allowed_token_type", "SLACK_APP_TOKEN begins with xapp-"},
        {APP, "token_revoked", "make a new one on the app's page"},
        {APP, "token_expired", "without token rotation"},
        {APP, "account_inactive", "install it there anew"},
        {APP, "user_removed_from_team", "install it there anew"},
        {APP, "team_disabled", "the workspace is switched off"},
        {APP, "no_permission", "ask its administrators to approve it"},
        {APP, "missing_scope", "make a new app-level token with it"},
        {APP, "missing_args", "did not arrive whole"},
        {BOT, "invalid_auth", "copy it anew from the app's page"},
        {BOT, "account_inactive", "install it there anew"},
        {BOT, "team_disabled", "the workspace is switched off"},
    };
    char line[1000];

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        bool is_app = strcmp(rows[i].method, APP) == 0;

        logged(state, &rows[i], line, sizeof(line));
        assert_non_null(
            strstr(line, is_app ? "SLACK_APP_TOKEN: " : "SLACK_BOT_TOKEN: "));
        assert_non_null(strstr(line, rows[i].error));
        assert_non_null(strstr(line, rows[i].advice));
    }
}

static bool has_tried_again(struct slack_peer *peer)
{
    return slack_peer_calls(peer, APP) > 1;
}

/* Of what may pass, the program does not end. */
static void platform__is_tried_again__when_the_error_may_pass(void **state)
{
    struct slack_peer *peer;

    slack_setup(state);
    peer = *state;
    slack_says(peer, APP, "org_login_required", 1);
    slack_peer_start(peer);
    slack_peer_await(peer, has_tried_again);
    slack_peer_await(peer, slack_has_socket);
    assert_int_equal(ears_exit_status(peer->ears), 0);
    slack_teardown(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(platform__says_what_to_do__when_it_will_never_be_let_in),
        cmocka_unit_test(platform__is_tried_again__when_the_error_may_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
