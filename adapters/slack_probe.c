/*
 * A post or a file whose answer was lost: looked for before it is sent again, the post
 * by its metadata, the file by what it is called and how long it is. Slack has no key
 * that would keep it from showing either twice.
 *
 * A workspace may give fifteen messages a minute, and a page may take ten seconds. How
 * far the search came outlives the try, so the next goes on from there; and where each
 * page is a minute it ends after a few, for all that is said there waits for it.
 */
#include <string.h>

#include "adapters/slack_inner.h"
#include "adapters/slack_write.h"
#include "bot/base/json.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define PAGES_MAX    20
#define PAGES_SCARCE 5                     /* where Slack makes us wait between them */
#define LOOK_MS      (50 * TIME_SECOND_MS) /* of one try: its claim is two minutes */
#define GRACE_MS     (2 * TIME_SECOND_MS)

static void probe_page(struct slack_deed *deed);

static bool is_by_us(const struct slack_deed *deed, struct json_slice message)
{
    const struct slack_self *self = &deed->slack->self;

    return (self->user != NULL &&
            json_slice_is(json_scan_member(message, "user"), self->user)) ||
           (self->bot != NULL &&
            json_slice_is(json_scan_member(message, "bot_id"), self->bot));
}

/* Without the right to ask who we are. */
static bool are_we_unknown(const struct slack_deed *deed)
{
    return deed->slack->self.user == NULL && deed->slack->self.bot == NULL;
}

/* Any app may write what it likes into its metadata, and read ours. */
static bool bears_our_mark(struct slack_deed *deed, struct json_slice message)
{
    const char *row = arena_printf(deed->arena, "%lld", (long long)deed->action.id);
    const char *made =
        arena_printf(deed->arena, "%lld", (long long)deed->action.created_ms);
    struct json_slice metadata = json_scan_member(message, "metadata");
    struct json_slice payload = json_scan_member(metadata, "event_payload");

    return (is_by_us(deed, message) || are_we_unknown(deed)) &&
           json_slice_is(json_scan_member(metadata, "event_type"), SLACK_EVENT_TYPE) &&
           json_slice_is(json_scan_member(payload, "row"), row) &&
           json_slice_is(json_scan_member(payload, "made"), made);
}

/* An earlier draft has the same name, but hardly the same length as well. */
static bool shows_our_file(struct slack_deed *deed, struct json_slice message)
{
    struct json_slice cursor = {0};
    int64_t size;

    if (!is_by_us(deed, message)) {
        return false;
    }
    while (json_scan_next(json_scan_member(message, "files"), &cursor)) {
        if (json_slice_is(json_scan_member(cursor, "name"), deed->action.name) &&
            json_slice_number(json_scan_member(cursor, "size"), &size) &&
            size == (int64_t)strlen(deed->action.file_text)) {
            return true;
        }
    }
    return false;
}

/* The ts of our message on this page, or NULL. */
static const char *find_ours(struct slack_deed *deed, struct json_slice messages)
{
    bool is_file = deed->action.kind == ACTION_UPLOAD;
    struct json_slice cursor = {0};

    while (json_scan_next(messages, &cursor)) {
        if (is_file ? shows_our_file(deed, cursor) : bears_our_mark(deed, cursor)) {
            return json_slice_text(deed->arena, json_scan_member(cursor, "ts"));
        }
    }
    return NULL;
}

static struct slack_sought *sought_of(struct slack_deed *deed)
{
    struct slack *slack = deed->slack;

    for (size_t i = 0; i < SLACK_SOUGHT; i++) {
        if (slack->sought[i].row == deed->action.id &&
            slack->sought[i].made_ms == deed->action.created_ms) {
            return &slack->sought[i];
        }
    }
    return NULL;
}

/* The page at the cursor was not seen yet. */
static void keep_place(struct slack_deed *deed, int pages_seen)
{
    struct slack *slack = deed->slack;
    struct slack_sought *sought = sought_of(deed);
    const char *cursor = text_or(deed->cursor, "");

    if ((*cursor == '\0' && !deed->is_thread_read) ||
        strlen(cursor) >= sizeof(sought->cursor)) {
        return;
    }
    if (sought == NULL) {
        sought = &slack->sought[slack->next_sought];
        slack->next_sought = (slack->next_sought + 1) % SLACK_SOUGHT;
    }
    *sought = (struct slack_sought){.row = deed->action.id,
                                    .made_ms = deed->action.created_ms,
                                    .is_thread_read = deed->is_thread_read,
                                    .pages = pages_seen};
    memcpy(sought->cursor, cursor, strlen(cursor) + 1);
}

static void go_on_from_place(struct slack_deed *deed)
{
    const struct slack_sought *sought = sought_of(deed);

    deed->cursor = sought == NULL ? NULL : arena_copy(deed->arena, sought->cursor);
    deed->pages = sought == NULL ? 0 : sought->pages;
    deed->is_thread_read = sought != NULL && sought->is_thread_read;
}

void slack_probe_forget(struct slack_deed *deed, const struct slack_answer *answer)
{
    struct slack_sought *sought = sought_of(deed);

    if (sought != NULL && answer->kind == OUTCOME_UNKNOWN) {
        sought->row = 0;
    }
}

static void send_again(struct slack_deed *deed)
{
    if (deed->action.kind == ACTION_UPLOAD) {
        slack_upload_send(deed);
    } else {
        slack_deed_post(deed);
    }
}

static void probe_found(struct slack_deed *deed, const char *ts)
{
    log_info("found again", "row=%lld", (long long)deed->action.id);
    if (text_equal(deed->channel, deed->action.channel)) {
        slack_deed_done(deed, ts, NULL);
        return;
    }
    slack_deed_done(deed, arena_printf(deed->arena, "%s:%s", deed->channel, ts), NULL);
}

static void probe_next_page(struct slack_deed *deed)
{
    const struct slack_answer later = {.kind = OUTCOME_AGAIN,
                                       .error = "",
                                       .why = "it is looked for, and Slack is slow",
                                       .wait_ms = 1};

    if (time_steady_ms() - deed->began_ms < LOOK_MS) {
        probe_page(deed);
        return;
    }
    keep_place(deed, deed->pages);
    slack_deed_fail(deed, &later);
}

/* What no thread took, or is not to be found in it, may stand beside it. */
static void look_beside(struct slack_deed *deed)
{
    if (deed->action.thread == NULL || deed->is_thread_read) {
        send_again(deed);
        return;
    }
    deed->is_thread_read = true;
    deed->cursor = NULL;
    probe_next_page(deed);
}

static void on_no_page(struct slack_deed *deed, const struct slack_answer *answer)
{
    bool is_behind = !text_is_empty(deed->cursor);

    if (answer->kind == OUTCOME_NEVER && is_behind &&
        text_equal(answer->error, "invalid_cursor")) {
        deed->cursor = NULL; /* from the newest, and not for ever */
        probe_page(deed);
    } else if (answer->kind == OUTCOME_NEVER) {
        slack_complain(deed->slack, deed->method, answer->error);
        look_beside(deed); /* it can't be looked up: better twice than never */
    } else if (is_behind && text_equal(answer->error, "ratelimited") &&
               deed->pages > PAGES_SCARCE) {
        slack_complain(deed->slack, deed->method, "ratelimited");
        send_again(deed);
    } else {
        keep_place(deed, deed->pages - 1);
        slack_deed_fail(deed, answer);
    }
}

static void on_page(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;
    const char *ts;

    if (answer->kind != OUTCOME_DONE) {
        on_no_page(deed, answer);
        return;
    }
    ts = find_ours(deed, json_scan_member(answer->body, "messages"));
    deed->cursor = json_slice_text(
        deed->arena, json_scan_path(answer->body, "response_metadata.next_cursor"));
    if (ts != NULL) {
        probe_found(deed, ts);
    } else if (!text_is_empty(deed->cursor) && deed->pages < PAGES_MAX) {
        probe_next_page(deed);
    } else {
        look_beside(deed);
    }
}

static void probe_page(struct slack_deed *deed)
{
    const char *thread = deed->is_thread_read ? NULL : deed->action.thread;
    const char *oldest = slack_write_moment(deed->arena, slack_deed_since_ms(deed));
    struct slack_ask ask = {.is_form = true};

    ask.method = thread == NULL ? "conversations.history" : "conversations.replies";
    ask.body = slack_write_form(
        deed->arena, "channel", deed->channel, "oldest", oldest, "limit", "200",
        "include_all_metadata", "true", "cursor", text_or(deed->cursor, ""),
        thread == NULL ? NULL : "ts", text_or(thread, ""), NULL);
    deed->method = ask.method;
    deed->pages += 1;
    slack_call(deed->slack, &ask, on_page, deed);
}

static void on_opened(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;
    const char *channel =
        json_slice_text(deed->arena, json_scan_path(answer->body, "channel.id"));

    if (answer->kind == OUTCOME_NEVER || (answer->kind == OUTCOME_DONE && !channel)) {
        slack_complain(deed->slack, "conversations.open", answer->error);
        slack_deed_post(deed);
    } else if (answer->kind != OUTCOME_DONE) {
        slack_deed_fail(deed, answer);
    } else {
        deed->channel = channel;
        probe_page(deed);
    }
}

static void probe_later(void *arg)
{
    struct slack_deed *deed = arg;

    slack_deed_fail(deed, &(struct slack_answer){.kind = OUTCOME_AGAIN,
                                                 .error = "",
                                                 .why = "it may be on its way still",
                                                 .wait_ms = GRACE_MS});
}

/* What a bot that was killed had sent may get there after its successor has looked. */
void slack_probe(struct slack_deed *deed)
{
    struct slack_ask ask = {.method = "conversations.open"};

    if (time_steady_ms() - deed->slack->began_ms < GRACE_MS) {
        loop_soon(deed->slack->loop, probe_later, deed);
        return;
    }
    deed->began_ms = time_steady_ms();
    go_on_from_place(deed);
    if (deed->action.kind != ACTION_DIRECT) {
        probe_page(deed);
        return;
    }
    ask.body = json_write_words(deed->arena, "users", deed->action.person, NULL);
    slack_call(deed->slack, &ask, on_opened, deed);
}
