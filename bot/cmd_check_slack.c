/*
 * muster check, for Slack: are the tokens what they should be, of one app, and allowed
 * what the bot needs; and what Slack does not tell, so that a person must look.
 */
#include <string.h>

#include "adapters/slack_manifest.h"
#include "bot/base/text.h"
#include "bot/cmd_check.h"
#include "bot/cmd_check_slack_ask.h"

struct look {
    struct check *check;
    struct arena *arena;
    const char *app_token, *bot_token; /* NULL: none to ask with */
    const char *app;                   /* the app's id; NULL: not known */
};

/* Does it hold a blank? Then it was pasted with something around it. */
static bool is_whole(const char *token)
{
    return token[strcspn(token, " \t\r\n")] == '\0';
}

/* The kind of a token, by how it begins; the token's own text never comes out. */
static const char *kind_of(const char *token)
{
    static const struct {
        const char *prefix, *kind;
    } kinds[] = {
        {"xoxb-", "a bot token"},
        {"xapp-", "an app-level token"},
        {"xoxp-", "a user's token"},
        {"xoxe", "a token that rotates (that can't be switched off: make a new app)"},
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strncmp(token, kinds[i].prefix, strlen(kinds[i].prefix)) == 0) {
            return kinds[i].kind;
        }
    }
    return "no token of Slack's";
}

/* NULL: there is none that could be asked with, and it was said why. */
static const char *find_token(const struct look *look, const char *name,
                              const char *prefix)
{
    const char *token;
    struct err err;

    if (!secret_find(look->arena, name, &token, &err)) {
        check_fault(look->check, "slack: %s: %s", name, err.text);
    } else if (token == NULL) {
        check_fault(look->check,
                    "slack: %s is not set. Put it into the environment or "
                    "$CREDENTIALS_DIRECTORY/%s",
                    name, name);
    } else if (strncmp(token, prefix, strlen(prefix)) != 0) {
        check_fault(look->check, "slack: %s is %s: the one meant begins with %s", name,
                    kind_of(token), prefix);
    } else if (!is_whole(token)) {
        check_fault(look->check, "slack: %s has blanks in it: paste it alone", name);
    } else {
        return token;
    }
    return NULL;
}

static struct slack_reply ask(const struct look *look, const char *method,
                              const char *token, const char *form)
{
    return check_slack_ask(look->arena, look->check->options->config, method, token,
                           form);
}

static const char *word(const struct look *look, struct json_slice body,
                        const char *path)
{
    return json_slice_text(look->arena, json_scan_path(body, path));
}

static void refused(const struct look *look, const char *name, const char *method,
                    const struct slack_reply *reply)
{
    check_fault(look->check,
                "slack: %s: %s (%s). Make a new one, or look at the network", name,
                reply->why, method);
}

static void look_at_app_token(const struct look *look)
{
    const char *method = "apps.connections.open";
    struct slack_reply reply = ask(look, method, look->app_token, "");

    if (reply.why == NULL) {
        check_fine(look->check, "slack: SLACK_APP_TOKEN is taken (%s)", method);
    } else if (text_equal(reply.error, "missing_scope")) {
        check_fault(look->check, "slack: SLACK_APP_TOKEN lacks the scope "
                                 "connections:write. Make a new one with it");
    } else {
        refused(look, "SLACK_APP_TOKEN", method, &reply);
    }
}

/* Is `name` one of "a,b,c"? */
static bool has_scope(const char *scopes, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = scopes; *at != '\0'; at += strspn(at, ", ")) {
        size_t here = strcspn(at, ", ");

        if (here == length && strncmp(at, name, length) == 0) {
            return true;
        }
        at += here;
    }
    return false;
}

static void look_at_scopes(const struct look *look, const char *scopes)
{
    size_t missing = 0;

    if (text_is_empty(scopes)) {
        check_note(look->check, "slack: the API names no scopes of the token");
        return;
    }
    for (const struct slack_need *need = slack_scopes; need->name != NULL; need++) {
        if (has_scope(scopes, need->name)) {
            continue;
        }
        missing++;
        if (need->is_optional) {
            check_note(look->check, "slack: without the scope %s %s", need->name,
                       need->loss);
        } else {
            check_fault(look->check,
                        "slack: the scope %s is missing: %s. Add it, install the app "
                        "anew",
                        need->name, need->loss);
        }
    }
    if (missing == 0) {
        check_fine(look->check, "slack: all scopes are there");
    }
}

/* An app-level token names its app: xapp-1-A0123-... */
static const char *app_of(const struct look *look)
{
    const char *at = look->app_token == NULL ? NULL : strchr(look->app_token + 5, '-');

    return at == NULL || at[1] != 'A'
               ? NULL
               : arena_copy_n(look->arena, at + 1, strcspn(at + 1, "-"));
}

/* Of two apps, the one that connects never hears what is said to the other. */
static void look_at_app(struct look *look, const char *bot)
{
    struct slack_reply reply;
    const char *app;

    look->app = app_of(look);
    if (bot == NULL || look->app == NULL) {
        return;
    }
    reply = ask(look, "bots.info", look->bot_token,
                arena_printf(look->arena, "bot=%s", bot));
    app = word(look, reply.body, "bot.app_id");
    if (app != NULL && !text_equal(app, look->app)) {
        check_fault(look->check,
                    "slack: the tokens are of two apps (%s connects, %s speaks). Take "
                    "both from one",
                    look->app, app);
    }
}

static void look_at_bot_token(struct look *look)
{
    struct slack_reply reply = ask(look, "auth.test", look->bot_token, "");
    const char *bot = word(look, reply.body, "bot_id");

    if (reply.why != NULL) {
        refused(look, "SLACK_BOT_TOKEN", "auth.test", &reply);
        return;
    }
    check_fine(look->check, "slack: SLACK_BOT_TOKEN is taken: %s in %s (%s)",
               text_or(word(look, reply.body, "user"), "the bot"),
               text_or(word(look, reply.body, "team"), "a workspace"),
               text_or(word(look, reply.body, "team_id"), "without an id"));
    check_clock(look->check, "slack", "Slack's", reply.date);
    look_at_scopes(look, reply.scopes);
    look_at_app(look, bot);
}

/* No call tells of these. */
static void tell_the_rest(const struct look *look)
{
    const char *page =
        look->app == NULL
            ? "the app's page"
            : arena_printf(look->arena, "api.slack.com/apps/%s", look->app);
    struct text events;

    text_init(&events, look->arena);
    for (const struct slack_need *need = slack_events; need->name != NULL; need++) {
        text_addf(&events, "%s%s", events.length_bytes == 0 ? "" : ", ", need->name);
    }
    check_note(look->check, "slack: compare on %s, Event Subscriptions, bot events: %s",
               page, events.data);
    check_note(look->check, "slack: look there, too: Socket Mode and Interactivity on; "
                            "Delayed Events on, or what is said while the bot is away "
                            "for over 2 h comes by reading up alone");
}

void check_slack(struct check *check)
{
    struct look look = {.check = check, .arena = check->options->arena};
    const char *token = NULL;
    struct err err;

    if (!check->options->config->has_slack &&
        secret_find(look.arena, "SLACK_BOT_TOKEN", &token, &err) && token == NULL) {
        check_fine(check,
                   "slack: not set up. For it: SLACK_APP_TOKEN and SLACK_BOT_TOKEN");
        return;
    }
    look.app_token = find_token(&look, "SLACK_APP_TOKEN", "xapp-");
    look.bot_token = find_token(&look, "SLACK_BOT_TOKEN", "xoxb-");
    if (look.app_token != NULL) {
        look_at_app_token(&look);
    }
    if (look.bot_token != NULL) {
        look_at_bot_token(&look);
    }
    if (look.app_token != NULL || look.bot_token != NULL) {
        tell_the_rest(&look);
    }
}
