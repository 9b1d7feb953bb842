#include <stdio.h>
#include <string.h>

#include <glob.h>
#include <jansson.h>
#include <regex.h>

#include "adapters/slack_manifest.h"
#include "bot/base/json.h"
#include "bot/base/text.h"
#include "tests/unit/one_arena.h"

static json_t *parse_manifest(void)
{
    const char *printed = slack_manifest(arena);
    json_t *manifest = json_parse(printed, strlen(printed));

    assert_non_null(manifest);
    return manifest;
}

/* An event without its scope is never sent; one that nobody asked for neither. */
static const struct {
    const char *event, *scope;
} pairs[] = {
    {"app_mention", "app_mentions:read"},
    {"channel_id_changed", "channels:read"},
    {"channel_left", "channels:read"},
    {"channel_rename", "channels:read"},
    {"group_left", "groups:read"},
    {"group_rename", "groups:read"},
    {"message.channels", "channels:history"},
    {"message.groups", "groups:history"},
    {"message.im", "im:history"},
    {"pin_added", "pins:read"},
    {"pin_removed", "pins:read"},
    {"reaction_added", "reactions:read"},
    {"reaction_removed", "reactions:read"},
    {"member_left_channel", "groups:read"},
    {"member_joined_channel", "channels:read"},
    {"app_home_opened", "users:read"}, /* needs none */
};
#define PAIRS (sizeof(pairs) / sizeof(pairs[0]))

/* What the adapter calls, and what Slack's pages say it takes. */
static const struct {
    const char *method, *scopes[4];
} methods[] = {
    {"bookmarks.add", {"bookmarks:write"}},
    {"canvases.edit", {"canvases:write"}},
    {"chat.getPermalink", {NULL}},
    {"chat.postEphemeral", {"chat:write"}},
    {"chat.postMessage", {"chat:write", "chat:write.public"}},
    {"chat.update", {"chat:write"}},
    {"conversations.canvases.create", {"canvases:write"}},
    {"conversations.create", {"channels:manage", "groups:write"}},
    {"conversations.history", {"channels:history", "groups:history", "im:history"}},
    {"conversations.info", {"channels:read", "groups:read", "im:read"}},
    {"conversations.invite", {"channels:manage", "groups:write"}},
    {"conversations.join", {"channels:join"}},
    {"conversations.list", {"channels:read", "groups:read"}},
    {"conversations.open", {"im:write"}},
    {"conversations.replies", {"channels:history", "groups:history", "im:history"}},
    {"conversations.setPurpose", {"channels:manage", "groups:write"}},
    {"conversations.setTopic", {"channels:manage", "groups:write"}},
    {"files.completeUploadExternal", {"files:write"}},
    {"files.getUploadURLExternal", {"files:write"}},
    {"files.info", {"files:read"}},
    {"pins.add", {"pins:write"}},
    {"users.conversations", {"channels:read", "groups:read"}},
    {"users.info", {"users:read"}},
    {"views.open", {"commands"}}, /* its trigger comes of a command or a shortcut */
    {"views.publish", {NULL}},
};
#define METHODS (sizeof(methods) / sizeof(methods[0]))

static bool holds(const struct slack_need *needs, const char *name)
{
    while (needs->name != NULL && !text_equal(needs->name, name)) {
        needs++;
    }
    return needs->name != NULL;
}

static void each_event__has_its_scope__when_subscribed(void **state)
{
    (void)state;
    for (size_t i = 0; i < PAIRS; i++) {
        if (!holds(slack_events, pairs[i].event) ||
            !holds(slack_scopes, pairs[i].scope)) {
            fail_msg("%s: not subscribed to, or without %s", pairs[i].event,
                     pairs[i].scope);
        }
    }
    for (const struct slack_need *event = slack_events; event->name != NULL; event++) {
        bool is_known = false;

        for (size_t i = 0; i < PAIRS; i++) {
            is_known |= text_equal(pairs[i].event, event->name);
        }
        if (!is_known) {
            fail_msg("%s is not in this test", event->name);
        }
    }
}

static bool knows(const char *name, size_t length)
{
    for (size_t i = 0; i < METHODS; i++) {
        if (strlen(methods[i].method) == length &&
            strncmp(methods[i].method, name, length) == 0) {
            return true;
        }
    }
    return false;
}

/* Each name of a method that stands in a file of the adapter. */
static void check_file(const char *path, const regex_t *method)
{
    char source[40000] = "";
    FILE *file = fopen(path, "r");
    const char *at = source;
    regmatch_t found;

    assert_non_null(file);
    assert_in_range(fread(source, 1, sizeof(source) - 1, file), 1, sizeof(source) - 2);
    assert_int_equal(fclose(file), 0);
    for (; regexec(method, at, 1, &found, 0) == 0; at += found.rm_eo) {
        const char *name = at + found.rm_so + 1;
        size_t length = (size_t)(found.rm_eo - found.rm_so) - 2;

        if (!knows(name, length)) {
            fail_msg("%s: %.*s is not in this test", path, (int)length, name);
        }
    }
}

static void each_method__has_its_scopes__when_called(void **state)
{
    (void)state;
    regex_t method;
    glob_t files;

    for (size_t i = 0; i < METHODS; i++) {
        for (size_t j = 0; methods[i].scopes[j] != NULL; j++) {
            if (!holds(slack_scopes, methods[i].scopes[j])) {
                fail_msg("%s: without %s", methods[i].method, methods[i].scopes[j]);
            }
        }
    }
    assert_int_equal(regcomp(&method,
                             "\"(bookmarks|canvases|chat|conversations|files|pins|"
                             "reactions|team|users|views)\\.[A-Za-z.]+\"",
                             REG_EXTENDED),
                     0);
    assert_int_equal(glob("adapters/slack*.c", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        check_file(files.gl_pathv[i], &method);
    }
    globfree(&files);
    regfree(&method);
}

static void check_sorted(const struct slack_need *needs)
{
    assert_non_null(needs->name);
    for (; needs[1].name != NULL; needs++) {
        assert_true(strcmp(needs[0].name, needs[1].name) < 0);
        assert_false(text_is_empty(needs[0].loss));
    }
}

static void lists__are_in_order__when_compared_by_eye(void **state)
{
    (void)state;
    check_sorted(slack_scopes);
    check_sorted(slack_events);
}

/* What Slack refuses to take. */
static void manifest__keeps_limits__when_pasted(void **state)
{
    (void)state;
    json_t *manifest = parse_manifest();
    json_t *shortcuts = json_at(manifest, "features.shortcuts");
    size_t index;
    json_t *shortcut;

    assert_true(strlen(json_text(arena, manifest, "display_information.name")) <= 35);
    assert_int_equal(json_array_size(shortcuts), 2);
    json_array_foreach(shortcuts, index, shortcut)
    {
        assert_in_range(strlen(json_text(arena, shortcut, "name")), 1, 24);
        assert_in_range(strlen(json_text(arena, shortcut, "description")), 1, 150);
    }
    json_decref(manifest);
}

static void manifest__has_all_switches__when_pasted(void **state)
{
    (void)state;
    json_t *manifest = parse_manifest();
    json_t *slash = json_array_get(json_at(manifest, "features.slash_commands"), 0);

    assert_true(json_flag(manifest, "settings.socket_mode_enabled", false));
    assert_true(json_flag(manifest, "settings.interactivity.is_enabled", false));
    assert_false(json_flag(manifest, "settings.token_rotation_enabled", true));
    assert_true(json_flag(manifest, "features.app_home.home_tab_enabled", false));
    assert_true(json_flag(manifest, "features.app_home.messages_tab_enabled", false));
    assert_false(
        json_flag(manifest, "features.app_home.messages_tab_read_only_enabled", true));
    assert_string_equal(json_text(arena, slash, "command"), "/incident");
    assert_true(json_flag(slash, "should_escape", false));
    json_decref(manifest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_event__has_its_scope__when_subscribed),
        cmocka_unit_test(each_method__has_its_scopes__when_called),
        cmocka_unit_test(lists__are_in_order__when_compared_by_eye),
        cmocka_unit_test(manifest__keeps_limits__when_pasted),
        cmocka_unit_test(manifest__has_all_switches__when_pasted),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
