/*
 * Do people from outside the workspace read a channel? Asked before anything is shown
 * there, and known for ten minutes: nothing of an incident is for them, but what the
 * settings send outside.
 */
#include "adapters/slack_inner.h"
#include "adapters/slack_write.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/config.h"

#define KNOWN_MS (10 * TIME_MINUTE_MS)

static const char outsiders[] = "people from outside read that channel";
static const char blind[] = "the app lacks a scope to see whether people from outside "
                            "read that channel";

static struct slack_share *share_of(struct slack *slack, const char *channel)
{
    return &slack->shares[text_hash(channel) % SLACK_SHARES];
}

static bool is_about(const struct slack_share *share, const char *channel)
{
    return share->since_ms != 0 && share->hash == text_hash(channel);
}

void slack_share_learn(struct slack *slack, const char *channel, bool is_shared)
{
    *share_of(slack, channel) = (struct slack_share){.hash = text_hash(channel),
                                                     .since_ms = time_steady_ms(),
                                                     .is_shared = is_shared};
}

bool slack_share_is_known(struct slack *slack, const char *channel)
{
    const struct slack_share *share = share_of(slack, channel);

    return is_about(share, channel) && share->is_shared;
}

/* Refused; or, where somebody asked for it, for their eyes alone. */
static void gate_shut(struct slack_deed *deed, const char *why)
{
    struct outcome outcome = {.kind = OUTCOME_NEVER, .why = why};

    if (!slack_whisper_instead(deed)) {
        slack_deed_end(deed, &outcome);
    }
}

/* The app may not ask, and nothing was ever known: only the channel we made for the
 * incident is ours, until an event says otherwise. */
static bool is_blind(const struct slack_deed *deed, const struct slack_answer *answer)
{
    return text_equal(answer->error, "missing_scope") && !deed->action.is_own &&
           !is_about(share_of(deed->slack, deed->channel), deed->channel);
}

/* Where Slack can't tell, the answer of before holds: an incident does not wait. */
static void gate_unknown(struct slack_deed *deed, const struct slack_answer *answer)
{
    const struct slack_share *share = share_of(deed->slack, deed->channel);
    struct slack_answer later = *answer;

    if (slack_share_is_known(deed->slack, deed->channel)) {
        gate_shut(deed, outsiders);
    } else if (is_blind(deed, answer)) {
        slack_complain(deed->slack, "conversations.info", answer->error);
        gate_shut(deed, blind);
    } else if (answer->kind == OUTCOME_NEVER || is_about(share, deed->channel)) {
        slack_complain(deed->slack, "conversations.info", answer->error);
        deed->next_step(deed);
    } else {
        later.kind = OUTCOME_AGAIN; /* nothing was said yet */
        slack_deed_fail(deed, &later);
    }
}

static void on_info(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;
    bool is_shared;

    if (answer->kind != OUTCOME_DONE) {
        gate_unknown(deed, answer);
        return;
    }
    is_shared =
        json_slice_flag(json_scan_path(answer->body, "channel.is_ext_shared"), false);
    slack_share_learn(deed->slack, deed->channel, is_shared);
    if (is_shared) {
        gate_shut(deed, outsiders);
    } else {
        deed->next_step(deed);
    }
}

bool slack_share_is_meant(const struct slack_deed *deed)
{
    struct slack *slack = deed->slack;
    const char *outside = slack->config->announce_outside;

    return outside != NULL &&
           (text_equal(deed->action.channel, outside) ||
            text_equal(deed->channel,
                       ear_present(slack->ears, &slack->adapter, outside)));
}

static bool is_free(const struct slack_deed *deed)
{
    return deed->action.kind == ACTION_DIRECT || *deed->channel == 'D' ||
           slack_share_is_meant(deed);
}

void slack_share_gate(struct slack_deed *deed, void (*next_step)(struct slack_deed *))
{
    const struct slack_share *share = share_of(deed->slack, deed->channel);
    struct slack_ask ask = {.method = "conversations.info", .is_form = true};

    bool is_known = is_about(share, deed->channel) &&
                    time_steady_ms() - share->since_ms <= KNOWN_MS;

    deed->next_step = next_step;
    if (is_free(deed) || (is_known && !share->is_shared)) {
        next_step(deed);
    } else if (is_known) {
        gate_shut(deed, outsiders);
    } else {
        ask.body = slack_write_form(deed->arena, "channel", deed->channel, NULL);
        slack_call(deed->slack, &ask, on_info, deed);
    }
}
