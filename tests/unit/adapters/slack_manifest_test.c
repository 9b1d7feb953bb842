#include <jansson.h>

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

/* Rests on each other: an event without its scope is never sent. */
static void each_event__has_its_scope__when_subscribed(void **state)
{
    (void)state;
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

    for (const struct slack_need *event = slack_events; event->name != NULL; event++) {
        bool has_scope = false;

        for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
            const struct slack_need *scope = slack_scopes;

            while (scope->name != NULL && !text_equal(scope->name, pairs[i].scope)) {
                scope++;
            }
            has_scope |= text_equal(pairs[i].event, event->name) && scope->name != NULL;
        }
        if (!has_scope) {
            fail_msg("%s: no scope, or not in this test", event->name);
        }
    }
}

static bool is_subscribed(const char *name)
{
    const struct slack_need *event = slack_events;

    while (event->name != NULL && !text_equal(event->name, name)) {
        event++;
    }
    return event->name != NULL;
}

/* What the reader understands is of no use where Slack is not asked to send it. */
static void removal__is_subscribed_to__in_either_kind_of_channel(void **state)
{
    (void)state;
    assert_true(is_subscribed("channel_left"));
    assert_true(is_subscribed("group_left"));
    assert_true(is_subscribed("member_left_channel"));
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
        cmocka_unit_test(removal__is_subscribed_to__in_either_kind_of_channel),
        cmocka_unit_test(lists__are_in_order__when_compared_by_eye),
        cmocka_unit_test(manifest__keeps_limits__when_pasted),
        cmocka_unit_test(manifest__has_all_switches__when_pasted),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
