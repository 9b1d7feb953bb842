/*
 * A pin, and what goes with it where it has a name: a bookmark of the same message, in
 * the bar above the channel. A comfort: what becomes of it holds up nothing.
 */
#include "adapters/slack_inner.h"
#include "adapters/slack_write.h"
#include "bot/base/text.h"

static void on_bookmarked(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;

    if (answer->kind != OUTCOME_DONE) {
        slack_complain(deed->slack, "bookmarks.add", text_or(answer->error, "lost"));
    }
    slack_deed_done(deed, NULL, NULL);
}

static void on_link(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;
    const char *link =
        json_slice_text(deed->arena, json_scan_member(answer->body, "permalink"));

    if (answer->kind != OUTCOME_DONE || link == NULL) {
        slack_complain(deed->slack, "chat.getPermalink",
                       text_or(answer->error, "lost"));
        slack_deed_done(deed, NULL, NULL);
        return;
    }
    slack_deed_call(deed, "bookmarks.add",
                    slack_write_words(deed->arena, "channel_id", deed->channel, "title",
                                      deed->action.name, "type", "link", "link", link,
                                      NULL),
                    on_bookmarked);
}

/* One whose answer was lost may be there: a second bookmark would be worse than none.
 */
static void on_pinned(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;
    struct slack_ask ask = {.method = "chat.getPermalink", .is_form = true};

    if (answer->kind != OUTCOME_DONE &&
        (answer->kind != OUTCOME_NEVER || !slack_deed_is_fine(deed, answer->error))) {
        slack_deed_fail(deed, answer);
    } else if (deed->action.name == NULL || deed->action.unsure) {
        slack_deed_done(deed, NULL, NULL);
    } else {
        ask.body = slack_write_form(deed->arena, "channel", deed->channel, "message_ts",
                                    deed->about, NULL);
        slack_call(deed->slack, &ask, on_link, deed);
    }
}

void slack_pin_start(struct slack_deed *deed)
{
    slack_deed_call(deed, "pins.add",
                    slack_write_words(deed->arena, "channel", deed->channel,
                                      "timestamp", deed->about, NULL),
                    on_pinned);
}
