/* Whether Slack lets us in, when we knock again, and who else is in there. */
#include "adapters/slack_inner.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define CROWDED_MS  (60 * TIME_SECOND_MS) /* too_many_websockets */
#define DISABLED_MS (5 * TIME_MINUTE_MS)  /* link_disabled */
#define BACKOFF_MS  TIME_SECOND_MS
#define BACKOFF_CAP (60 * TIME_SECOND_MS)

/* While the door is closed every attempt is a rare one, however the last one ended. */
int64_t slack_door_wait_ms(enum slack_door door)
{
    switch (door) {
    case DOOR_OPEN: return 0;
    case DOOR_CROWDED: return CROWDED_MS;
    case DOOR_DISABLED: return DISABLED_MS;
    }
    return 0;
}

/* Half of it is fixed and half is chance; what we were told to wait is never cut. */
int64_t slack_door_retry_ms(unsigned failures, int64_t at_least_ms, long dice)
{
    int64_t wait_ms = failures == 0 ? 0 : BACKOFF_MS;

    for (unsigned i = 1; i < failures && wait_ms < BACKOFF_CAP; i++) {
        wait_ms *= 2;
    }
    wait_ms = wait_ms < BACKOFF_CAP ? wait_ms : BACKOFF_CAP;
    wait_ms = wait_ms < at_least_ms ? at_least_ms : wait_ms;
    return (at_least_ms > 0 ? wait_ms : wait_ms / 2) +
           (wait_ms == 0 ? 0 : (int64_t)dice % wait_ms / 2);
}

#define INSTALL "install it there anew, and take its new tokens"

const char *slack_door_refusal(struct arena *arena, bool is_app, const char *error)
{
    static const struct {
        const char *error, *advice;
        bool is_of_app; /* the other method does without */
    } known[] = {
        {"invalid_auth", "Slack knows no such token: copy it anew from the app's page",
         false},
        {"not_authed", "no token arrived: is there a proxy that takes it away?", false},
        {"not_allowed_token_type",
         "that is a token of another kind: SLACK_APP_TOKEN begins with xapp-, "
         "SLACK_BOT_TOKEN with xoxb-",
         false},
        {"token_revoked", "the token was taken back: make a new one on the app's page",
         false},
        {"token_expired",
         "the token ran out: make a new one, of an app without token rotation", false},
        {"account_inactive", "the app was taken out of the workspace: " INSTALL, false},
        {"user_removed_from_team", "the bot was taken out of the workspace: " INSTALL,
         false},
        {"team_disabled", "the workspace is switched off: its owners can ask Slack",
         false},
        {"no_permission",
         "the workspace does not let the app in: ask its administrators to approve it",
         false},
        {"missing_scope",
         "the token lacks the scope connections:write: make a new app-level token with "
         "it",
         true},
        {"missing_args", "the request did not arrive whole: is there a proxy?", false},
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (text_equal(known[i].error, error) && (is_app || !known[i].is_of_app)) {
            return arena_printf(arena, "%s: Slack says %s: %s",
                                is_app ? "SLACK_APP_TOKEN" : "SLACK_BOT_TOKEN", error,
                                known[i].advice);
        }
    }
    return NULL;
}

static int64_t links_open(struct slack *slack)
{
    int64_t count = 0;

    for (size_t i = 0; i < SLACK_LINKS; i++) {
        count +=
            slack->links[i].websocket != NULL && slack->links[i].state != LINK_DIALING;
    }
    return count;
}

/* More than we hold: what Slack sends to those, we never hear. */
void slack_door_count(struct slack *slack, int64_t connections)
{
    int64_t others = connections - links_open(slack);

    others = others < 0 ? 0 : others;
    if (others > slack->others) {
        log_warn("slack counts connections of this app that are not ours: another bot "
                 "with this token runs, or one that was killed is not yet forgotten; "
                 "what goes there is not heard here",
                 "others=%lld", (long long)others);
    } else if (others < slack->others) {
        log_info("slack counts fewer connections of others", "others=%lld",
                 (long long)others);
    }
    slack->others = others;
}
