#include "adapters/slack.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/slack_inner.h"
#include "adapters/slack_write.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/config.h"

#define RUNNING_MAX 10
#define KEPT_FREE   2

static bool find_token(struct slack *slack, const char *name, const char *prefix,
                       const char **authorization, struct err *err)
{
    const char *token = NULL;

    if (!secret_find(slack->arena, name, &token, err)) {
        return false;
    }
    if (text_is_empty(token)) {
        return err_set(err, ERR_GONE, "%s is not set", name);
    }
    if (strncmp(token, prefix, strlen(prefix)) != 0 || strpbrk(token, " \t\r\n")) {
        return err_set(err, ERR_BROKEN, "%s is no token: one begins with %s", name,
                       prefix);
    }
    *authorization = arena_printf(slack->arena, "Bearer %s", token);
    return true;
}

/* "https://slack.com/api/": with its last slash, and plain text to this machine only.
 */
static bool find_base(struct slack *slack, const char *base, struct err *err)
{
    struct net_url url;
    size_t length = strlen(base);

    if (!net_url_parse(base, &url, err)) {
        return false;
    }
    slack->api_url = arena_printf(slack->arena, "%s%s", base,
                                  length > 0 && base[length - 1] == '/' ? "" : "/");
    return true;
}

static bool connect_wires(struct slack *slack, const struct config *config,
                          struct err *err)
{
    struct net_settings settings = {.ca_file = config->ca_file, .proxy = config->proxy};
    /* Others take 10 and 30 s. On purpose less: a half-open socket costs a responder
     * nine seconds, not half a minute, and any frame counts as life. Slack's own
     * clients notice after 5 to 12 s. A network that stalls that long costs a
     * reconnect. */
    struct websocket_limits limits = {.ping_s = 4, .hangup_s = 9};

    return net_settings_check(&settings, err) &&
           http_create(&slack->http, slack->loop, &settings, err) &&
           websockets_create(&slack->websockets, slack->loop, &settings, &limits, err);
}

static void slack_destroy(struct adapter *adapter)
{
    struct slack *slack = (struct slack *)adapter;

    if (slack == NULL) {
        return;
    }
    adapter->kind->stop(adapter);
    for (size_t i = 0; i < SLACK_LINKS; i++) {
        loop_timer_destroy(slack->links[i].timer);
    }
    loop_timer_destroy(slack->retry);
    loop_forget(slack->loop, slack);
    websockets_destroy(slack->websockets);
    http_destroy(slack->http);
    slack_hear_stop(slack);
    arena_destroy(slack->arena);
    free(slack);
}

static bool slack_create(struct adapter **adapter, const struct config *config,
                         struct ears *ears, struct loop *loop, struct err *err)
{
    struct slack *slack = calloc(1, sizeof(*slack));

    INSIST(slack != NULL);
    slack->adapter.kind = &slack_adapter;
    slack->ears = ears;
    slack->loop = loop;
    slack->began_ms = time_steady_ms();
    slack->arena = arena_create();
    slack->last_ticket = &slack->tickets;
    slack->config = config;
    if (!find_token(slack, "SLACK_APP_TOKEN", "xapp-", &slack->app_authorization,
                    err) ||
        !find_token(slack, "SLACK_BOT_TOKEN", "xoxb-", &slack->bot_authorization,
                    err) ||
        !find_base(slack, config->slack.api_url, err) ||
        !connect_wires(slack, config, err)) {
        slack_destroy(&slack->adapter);
        return false;
    }
    *adapter = &slack->adapter;
    return true;
}

static void slack_start(struct adapter *adapter)
{
    slack_socket_start((struct slack *)adapter);
}

static void slack_settle(struct adapter *adapter, struct ticket ticket, bool committed)
{
    struct slack *slack = (struct slack *)adapter;

    if (!slack_catchup_settle(slack, ticket.number, committed)) {
        slack_hear_settle(slack, ticket.number, committed);
    }
}

static void slack_perform(struct adapter *adapter, const struct action *action)
{
    slack_deed_start((struct slack *)adapter, action);
}

/* What was under way stays unknown to the courier, which looks before it repeats. */
static void slack_stop(struct adapter *adapter)
{
    struct slack *slack = (struct slack *)adapter;

    slack_socket_stop(slack);
    slack_call_stop(slack);
    slack_deed_stop(slack);
    slack_catchup_stop(slack);
    slack_people_stop(slack);
    loop_forget(slack->loop, slack);
}

const struct adapter_kind slack_adapter = {
    .name = "slack",
    .traits = ADAPTER_HAS_FORMS | ADAPTER_TAKES_FILES | ADAPTER_HAS_BOOKMARKS |
              ADAPTER_HAS_CANVASES | ADAPTER_LINKS_BY_ID,
    .max_note_bytes = SLACK_NOTE_BYTES,
    .max_running = RUNNING_MAX,
    .kept_free = KEPT_FREE,
    .create = slack_create,
    .start = slack_start,
    .settle = slack_settle,
    .perform = slack_perform,
    .stop = slack_stop,
    .destroy = slack_destroy,
};
