#include <stdlib.h>
#include <string.h>

#include "bot/base/time.h"
#include "tests/unit/bot/config_text.h"

static void same_text(const char *a, const char *b)
{
    assert_int_equal(a == NULL, b == NULL);
    if (a != NULL) {
        assert_string_equal(a, b);
    }
}

static void unit__example_holds_the_defaults(void **state)
{
    struct config *defaults = config_create();
    struct config *config = NULL;
    struct err err;

    (void)state;
    if (!config_load(&config, MUSTER_SOURCE_DIR "/muster.example.yaml", &err)) {
        fail_msg("%s", err.text);
    }
    same_text(config->store, defaults->store);
    same_text(config->announce, defaults->announce);
    same_text(config->announce_outside, defaults->announce_outside);
    same_text(config->call, defaults->call);
    same_text(config->directory, defaults->directory);
    same_text(config->proxy, defaults->proxy);
    same_text(config->ca_file, defaults->ca_file);
    same_text(config->slack.api_url, defaults->slack.api_url);
    assert_false(config->has_slack);
    assert_false(config->has_matrix);
    same_text(config->time_zone, "UTC");
    assert_int_equal(config->level_count, defaults->level_count);
    for (size_t i = 0; i < config->level_count; i++) {
        same_text(config->levels[i].name, defaults->levels[i].name);
        assert_int_equal(config->levels[i].update_ms, defaults->levels[i].update_ms);
        assert_int_equal(config->levels[i].from, defaults->levels[i].from);
        assert_int_equal(config->levels[i].wakes, defaults->levels[i].wakes);
        assert_int_equal(config->levels[i].invite_count, 0);
    }
    assert_int_equal(config->journey_count, defaults->journey_count);
    assert_int_equal(config->role_count, defaults->role_count);
    for (size_t i = 0; i < config->role_count; i++) {
        same_text(config->roles[i], defaults->roles[i]);
    }
    assert_memory_equal(&config->nudges, &defaults->nudges, sizeof(config->nudges));
    config_destroy(config);
    config_destroy(defaults);
}

static void unit__config_takes_what_is_set(void **state)
{
    struct config *config =
        read_text("time_zone: Europe/Oslo\nannounce: '#alarms'\nstore: muster.db\n"
                  "directory: /srv/people.yaml\ncall: https://meet.example/{ref}\n"
                  "roles: [liaison, Scribe]\n"
                  "nudges: {quiet: none, page_unanswered: 90s, page_rounds: 5}\n"
                  "severities:\n  - {name: high, update: 1h30m}\n  - {name: low}\n");

    (void)state;
    assert_string_equal(config->time_zone, "Europe/Oslo");
    assert_string_equal(config->announce, "#alarms");
    assert_string_equal(config->store, "/etc/muster/muster.db");
    assert_string_equal(config->directory, "/srv/people.yaml");
    assert_int_equal(config->role_count, 4);
    assert_string_equal(config->roles[0], "commander");
    assert_string_equal(config->roles[3], "liaison");
    assert_int_equal(config->nudges.quiet_ms, 0);
    assert_int_equal(config->nudges.page_unanswered_ms, 90 * TIME_SECOND_MS);
    assert_int_equal(config->nudges.page_rounds, 5);
    assert_int_equal(config->nudges.task_silent_ms, 2 * TIME_MINUTE_MS);
    assert_int_equal(config->level_count, 3);
    assert_string_equal(config->levels[0].name, "unknown");
    assert_int_equal(config->levels[1].update_ms, 90 * TIME_MINUTE_MS);
    assert_int_equal(config->levels[2].update_ms, 0);
    config_destroy(config);
}

static void unit__config_takes_matrix(void **state)
{
    struct config *config = read_text(
        "matrix:\n  homeserver_url: https://hs.example/\n  user: '@bot:hs.example'\n"
        "  allowed_servers: [hs.example, 'b.example:8448', '[::1]']\n"
        "  allowed_users: ['@ana:c.example']\n  space: rooms\n  space_join: server\n");

    (void)state;
    assert_true(config->has_matrix);
    assert_string_equal(config->matrix.homeserver_url, "https://hs.example/");
    assert_string_equal(config->matrix.user, "@bot:hs.example");
    assert_int_equal(config->matrix.server_count, 3);
    assert_string_equal(config->matrix.servers[1], "b.example:8448");
    assert_int_equal(config->matrix.user_count, 1);
    assert_string_equal(config->matrix.users[0], "@ana:c.example");
    assert_string_equal(config->matrix.space, "rooms");
    assert_string_equal(config->matrix.device, "MUSTER");
    assert_true(config->matrix.space_is_open);
    config_destroy(config);
    config = read_text("matrix: {user: bot}\n");
    assert_string_equal(config->matrix.user, "bot");
    assert_string_equal(config->matrix.space, "incident-space");
    assert_false(config->matrix.space_is_open);
    config_destroy(config);
}

static void unit__config_names_the_line__when_matrix_is_wrong(void **state)
{
    (void)state;
    refused("matrix:\n  homeserver_url: hs.example\n",
            "m.yaml:2: homeserver_url: \"hs.example\" is no URL like "
            "https://matrix.example");
    refused("matrix:\n  user: '@bot'\n",
            "m.yaml:2: user: \"@bot\" is no user like \"@muster:example.org\"");
    refused("matrix:\n  space: '#rooms:hs'\n",
            "m.yaml:2: space: \"#rooms:hs\" is no alias without its # and its server");
    refused("matrix:\n  space_join: public\n",
            "m.yaml:2: space_join: \"public\" is neither invite nor server");
    refused("matrix:\n  allowed_servers: [a.example, '*']\n",
            "m.yaml:2: allowed_servers: \"*\" is no server like example.org");
    refused("matrix:\n  allowed_users: [ana]\n",
            "m.yaml:2: allowed_users: \"ana\" is no user like \"@ana:example.org\"");
}

static void unit__config_is_default__when_the_file_says_nothing(void **state)
{
    struct config *defaults = config_create();

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        static const char *const texts[] = {"", "# only\n", "nudges:\nroles:\n"};
        struct config *config = read_text(texts[i]);

        assert_int_equal(config->level_count, defaults->level_count);
        assert_int_equal(config->role_count, 3);
        assert_memory_equal(&config->nudges, &defaults->nudges, sizeof(config->nudges));
        config_destroy(config);
    }
    config_destroy(defaults);
}

static void unit__config_names_the_line__when_a_key_is_unknown(void **state)
{
    (void)state;
    refused("store: a\n\nbogus: 3\n", "m.yaml:3: unknown key \"bogus\"");
    refused("# bogus: 3\nstore: bogus\nnudges:\n  quiet: 5m\n  bogus: 3\n",
            "m.yaml:5: unknown key \"bogus\"");
    refused("store: a\ncall: b\nstore: c\n",
            "m.yaml:3: \"store\" stands here a second time");
}

static void unit__config_names_the_line__when_a_type_is_wrong(void **state)
{
    (void)state;
    refused("store: a\ncall: [a, b]\n", "m.yaml:2: one word is expected here");
    refused("store: a\nroles: commander\n", "m.yaml:2: a list is expected here");
    refused("nudges: 3\n", "m.yaml:1: keys with values are expected here");
    refused("severities:\n  - {update: 3m}\n", "m.yaml:2: \"name\" is missing");
}

static void unit__config_names_the_line__when_a_value_is_none(void **state)
{
    (void)state;
    refused("store: a\ntime_zone: Europe/Olso\n",
            "m.yaml:2: time_zone: \"Europe/Olso\" is no zone that is known here, like "
            "Europe/Oslo");
    refused("nudges:\n  task_silent: 5m\n  quiet: 5 minutes\n",
            "m.yaml:3: quiet: \"5 minutes\" is no span like 5m or 1h30m, nor none");
    refused("nudges: {page_unanswered: none}\n",
            "m.yaml:1: page_unanswered: \"none\" is no span like 5m or 1h30m");
    refused("nudges: {page_rounds: 0}\n",
            "m.yaml:1: page_rounds: \"0\" is no number from 1 to 20");
    refused("severities:\n- name: a\n- name: b\n- name: a\n",
            "m.yaml:4: severity \"a\" stands here a second time");
    refused("roles:\n- a\n- b c\n", "m.yaml:3: roles: \"b c\" is no single plain word");
}

static void unit__config_names_the_line__when_it_is_no_yaml(void **state)
{
    struct config *config = NULL;
    struct err err;
    static const char text[] = "store: a\n\n  call: b\n";

    (void)state;
    assert_false(config_read(&config, "m.yaml", text, strlen(text), &err));
    assert_int_equal(strncmp(err.text, "m.yaml:3: no YAML: ", 19), 0);
    refused("store: a\n---\nstore: b\n", "m.yaml:1: a second document begins");
    refused("call: &x b\nstore: *x\n", "m.yaml:2: an alias (*name) can't be used here");
}

static void unit__config_load_says_so__when_there_is_no_file(void **state)
{
    struct config *config = NULL;
    struct err err;

    (void)state;
    assert_false(config_load(&config, "/nowhere/m.yaml", &err));
    assert_int_equal(err.kind, ERR_GONE);
    assert_string_equal(err.text,
                        "can't read /nowhere/m.yaml: No such file or directory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unit__example_holds_the_defaults),
        cmocka_unit_test(unit__config_takes_what_is_set),
        cmocka_unit_test(unit__config_takes_matrix),
        cmocka_unit_test(unit__config_names_the_line__when_matrix_is_wrong),
        cmocka_unit_test(unit__config_is_default__when_the_file_says_nothing),
        cmocka_unit_test(unit__config_names_the_line__when_a_key_is_unknown),
        cmocka_unit_test(unit__config_names_the_line__when_a_type_is_wrong),
        cmocka_unit_test(unit__config_names_the_line__when_a_value_is_none),
        cmocka_unit_test(unit__config_names_the_line__when_it_is_no_yaml),
        cmocka_unit_test(unit__config_load_says_so__when_there_is_no_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
