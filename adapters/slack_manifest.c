#include "adapters/slack_manifest.h"

#include <stdlib.h>

#include <jansson.h>

#include "bot/base/err.h"

const struct slack_need slack_scopes[] = {
    {"app_mentions:read", "mentions of the bot are not heard", false},
    {"bookmarks:write", "the headline is no bookmark of its channel", true},
    {"canvases:write", "the retrospective is no canvas of its channel", true},
    {"channels:history", "nothing said in public channels is heard", false},
    {"channels:join", "the bot must be invited into public channels by hand", true},
    {"channels:manage", "incidents get no channel", false},
    {"channels:read",
     "channels are not found by their names, joins and leaves not heard, and it can't "
     "be "
     "seen where people from outside read: there it answers one person alone",
     false},
    {"chat:write", "the bot can say nothing", false},
    {"chat:write.public", "it can say nothing in channels it is not in", true},
    {"commands", "/incident and the shortcuts don't reach it", false},
    {"files:read", "files shown in an incident are not on its timeline", true},
    {"files:write", "the retrospective is not there as a file", true},
    {"groups:history", "nothing said in private channels is heard", false},
    {"groups:read",
     "joins and leaves of private channels are not heard, nor can it be seen where "
     "people "
     "from outside read one: there it answers one person alone",
     false},
    {"groups:write", "private incidents get no channel", false},
    {"im:history", "direct messages to the bot are not heard", false},
    {"im:read", "direct messages to the bot are not heard", false},
    {"im:write", "the bot can write to nobody alone, so nobody is paged", false},
    {"pins:read", "a pin of somebody's marks no key moment", true},
    {"pins:write", "the headline is not pinned", true},
    {"reactions:read", "a pushpin marks no key moment, a check mark is no yes", false},
    {"users:read", "names and time zones of people are not known", false},
    {NULL, NULL, false},
};

const struct slack_need slack_events[] = {
    {"app_home_opened", "App Home stays empty", false},
    {"app_mention", "mentions of the bot are not heard", false},
    {"channel_id_changed",
     "a channel that gets another id, as when it is shared, is lost to its incident",
     false},
    {"channel_left", "that the bot was taken out of a channel is seen late", false},
    {"channel_rename", "an incident's channel is called by its old name", false},
    {"group_left", "likewise of a private one", false},
    {"group_rename", "likewise of a private one", false},
    {"member_joined_channel", "who came in is not on the timeline", false},
    {"member_left_channel", "who left is not on the timeline", false},
    {"message.channels", "nothing said in public channels is heard", false},
    {"message.groups", "nothing said in private channels is heard", false},
    {"message.im", "direct messages to the bot are not heard", false},
    {"pin_added", "a pin marks no key moment", false},
    {"pin_removed", "a pin taken away stays", false},
    {"reaction_added", "a pushpin marks no key moment, a check mark is no yes", false},
    {"reaction_removed", "a pushpin taken away stays", false},
    {NULL, NULL, false},
};

static json_t *names_of(const struct slack_need *needs)
{
    json_t *names = json_array();

    for (; needs->name != NULL; needs++) {
        json_array_append_new(names, json_string(needs->name));
    }
    return names;
}

static json_t *shortcut(const char *name, const char *type, const char *callback,
                        const char *description)
{
    return json_pack("{s:s, s:s, s:s, s:s}", "name", name, "type", type, "callback_id",
                     callback, "description", description);
}

static json_t *features(void)
{
    json_t *home =
        json_pack("{s:b, s:b, s:b}", "home_tab_enabled", 1, "messages_tab_enabled", 1,
                  "messages_tab_read_only_enabled", 0);
    json_t *user =
        json_pack("{s:s, s:b}", "display_name", "muster", "always_online", 1);
    /* With escaping, people and channels in a command come as ids, not as names. */
    json_t *slash = json_pack("{s:s, s:s, s:s, s:b}", "command", "/incident",
                              "description", "Open and run incidents", "usage_hint",
                              "declare checkout fails", "should_escape", 1);

    return json_pack("{s:o, s:o, s:[o], s:[o, o]}", "app_home", home, "bot_user", user,
                     "slash_commands", slash, "shortcuts",
                     shortcut("Declare an incident", "global", SLACK_SHORTCUT_DECLARE,
                              "Asks what is wrong, and opens a channel for it"),
                     shortcut("Add to the timeline", "message", SLACK_SHORTCUT_KEEP,
                              "Keeps this message in the record of an incident"));
}

static json_t *settings(void)
{
    return json_pack("{s:{s:o}, s:{s:b}, s:b, s:b, s:b}", "event_subscriptions",
                     "bot_events", names_of(slack_events), "interactivity",
                     "is_enabled", 1, "org_deploy_enabled", 0, "socket_mode_enabled", 1,
                     "token_rotation_enabled", 0);
}

char *slack_manifest(struct arena *arena)
{
    json_t *manifest =
        json_pack("{s:{s:s, s:s}, s:o, s:{s:{s:o}}, s:o}", "display_information",
                  "name", "Muster", "description", "Runs incidents from chat",
                  "features", features(), "oauth_config", "scopes", "bot",
                  names_of(slack_scopes), "settings", settings());
    char *printed = json_dumps(manifest, JSON_INDENT(2));
    char *copy;

    INSIST(printed != NULL);
    copy = arena_printf(arena, "%s\n", printed);
    free(printed);
    json_decref(manifest);
    return copy;
}
