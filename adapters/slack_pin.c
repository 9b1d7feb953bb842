/*
 * A pin, and a bookmark of a message in the bar above its channel. Comforts: they hold
 * up nothing, and where Slack lacks them they are done without.
 */
#include "adapters/slack_inner.h"
#include "adapters/slack_write.h"
#include "bot/base/json.h"

void slack_pin_start(struct slack_deed *deed)
{
    slack_deed_call(deed, "pins.add",
                    json_write_words(deed->arena, "channel", deed->channel, "timestamp",
                                     deed->about, NULL),
                    slack_deed_simple);
}

static void on_link(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;
    struct slack_answer later = *answer;
    const char *link =
        json_slice_text(deed->arena, json_scan_member(answer->body, "permalink"));

    if (answer->kind == OUTCOME_DONE && link != NULL) {
        slack_deed_call(deed, "bookmarks.add",
                        json_write_words(deed->arena, "channel_id", deed->channel,
                                         "title", deed->action.name, "type", "link",
                                         "link", link, NULL),
                        slack_deed_simple);
        return;
    }
    if (answer->kind == OUTCOME_UNKNOWN) {
        later.kind = OUTCOME_AGAIN; /* it was only asked */
    }
    slack_deed_simple(deed, &later);
}

static void do_without(void *arg)
{
    slack_deed_done(arg, NULL, NULL);
}

/* One whose answer was lost may be there: a second bookmark would be worse than none.
 */
void slack_pin_bookmark(struct slack_deed *deed)
{
    struct slack_ask ask = {.method = "chat.getPermalink", .is_form = true};

    if (deed->action.unsure) {
        slack_complain(deed->slack, "bookmarks.add", "lost");
        loop_soon(deed->slack->loop, do_without, deed);
        return;
    }
    deed->method = ask.method;
    ask.body = slack_write_form(deed->arena, "channel", deed->channel, "message_ts",
                                deed->about, NULL);
    slack_call(deed->slack, &ask, on_link, deed);
}
