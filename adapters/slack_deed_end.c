/* What is told of an action in its end, and in which words. */
#include "adapters/slack_inner.h"
#include "bot/base/text.h"

#define PATIENT_TRIES 3 /* six seconds in all */

void slack_deed_done(struct slack_deed *deed, const char *ref, const char *name)
{
    struct outcome outcome = {.kind = OUTCOME_DONE, .ref = ref, .name = name};

    slack_deed_end(deed, &outcome);
}

/* For people: what Slack's word means, and what helps. */
static const char *words_for(struct arena *arena, const struct slack_answer *answer)
{
    static const struct {
        const char *error, *words;
    } known[] = {
        {"channel_not_found", "Slack shows the bot no such channel"},
        {"not_in_channel", "the bot is not in that channel"},
        {"is_archived", "the channel is archived"},
        {"user_not_found", "Slack knows no such person"},
        {"user_disabled", "their account in Slack is switched off"},
        {"cant_dm_bot", "a bot can't be written to"},
        {"message_not_found", "that message is gone"},
        {"msg_too_long", "Slack finds the message too long"},
        {"restricted_action", "the workspace does not allow it"},
        {"cannot_create_channel", "the workspace does not allow it"},
        {"not_allowed", "the workspace does not allow it"},
        {"missing_scope", "the app in Slack lacks a scope for it"},
        {"unknown_method", "Slack does not know how"},
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (text_equal(known[i].error, answer->error)) {
            return known[i].words;
        }
    }
    return arena_copy(arena, answer->why);
}

/* The incident's own channel is no more to be found: it has another id, told by now or
 * in a moment; or the bot was taken out, and a moment later it is refused again. */
static bool may_be_rekeyed(const struct slack_deed *deed)
{
    return deed->is_rekeyed ||
           (deed->action.is_own && deed->action.attempts < PATIENT_TRIES);
}

void slack_deed_fail(struct slack_deed *deed, const struct slack_answer *answer)
{
    struct outcome outcome = {.kind = answer->kind,
                              .why = words_for(deed->arena, answer)};

    if (text_equal(answer->error, "channel_not_found") && may_be_rekeyed(deed)) {
        outcome.kind = OUTCOME_AGAIN; /* by its present id then */
    }
    if (answer->wait_ms > 0) {
        outcome.not_before_ms = ear_now_ms(deed->slack->ears) + answer->wait_ms;
    }
    slack_deed_end(deed, &outcome);
}

/* May it be left out where Slack does not allow it? Not what a message says now, and
 * not that somebody is asked in. */
static bool is_a_help(const struct slack_deed *deed)
{
    return deed->action.kind != ACTION_AMEND && deed->action.kind != ACTION_INVITE;
}

/* Is this "no" as good as a yes? It was so already, or nobody can help it. */
bool slack_deed_is_fine(struct slack_deed *deed, const char *error)
{
    static const char *const words[] = {"already_in_channel", "already_pinned",
                                        "cant_invite_self", "no_item_specified"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (text_equal(words[i], error)) {
            return true;
        }
    }
    if (is_a_help(deed) &&
        (slack_error_is_lack(error) || text_equal(error, "not_enabled"))) {
        slack_complain(deed->slack, deed->method, error);
        return true;
    }
    return false;
}

void slack_deed_simple(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;

    if (answer->kind == OUTCOME_DONE ||
        (answer->kind == OUTCOME_NEVER && slack_deed_is_fine(deed, answer->error))) {
        slack_deed_done(deed, NULL, NULL);
        return;
    }
    slack_deed_fail(deed, answer);
}
