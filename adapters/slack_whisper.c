/* To one person alone: by the way back they opened, as a message only they see, as a
 * direct message at last. */
#include "adapters/slack_inner.h"
#include "adapters/slack_write.h"

/* Where Slack shows nothing to one person alone, a direct message does. */
static void on_ephemeral(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;

    if (answer->kind == OUTCOME_DONE) {
        slack_deed_done(deed, NULL, NULL);
    } else if (answer->kind == OUTCOME_NEVER) {
        slack_complain(deed->slack, "chat.postEphemeral", answer->error);
        deed->action.kind = ACTION_DIRECT;
        deed->action.thread = NULL;
        deed->channel = deed->action.person;
        slack_deed_post(deed);
    } else {
        slack_deed_fail(deed, answer);
    }
}

static void whisper_ephemeral(struct slack_deed *deed)
{
    slack_deed_call(deed, "chat.postEphemeral",
                    slack_write_ephemeral(deed->arena, &deed->action), on_ephemeral);
}

static void on_response(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;

    if (answer->kind == OUTCOME_NEVER) {
        whisper_ephemeral(deed); /* too old, or used up */
    } else {
        slack_deed_simple(deed, answer);
    }
}

/* A whisper can't be looked up: one whose answer was lost is whispered again. */
void slack_whisper(struct slack_deed *deed)
{
    struct slack_ask ask = {.method = "response_url"};

    ask.url = slack_hear_way(deed->slack, deed->action.channel, deed->action.person);
    if (ask.url == NULL) {
        whisper_ephemeral(deed);
        return;
    }
    ask.body =
        slack_write_response(deed->arena, deed->action.note, deed->action.thread);
    slack_call(deed->slack, &ask, on_response, deed);
}

bool slack_whisper_instead(struct slack_deed *deed)
{
    if (deed->action.kind != ACTION_POST || deed->action.person == NULL) {
        return false;
    }
    deed->action.channel = deed->channel;
    slack_whisper(deed);
    return true;
}
