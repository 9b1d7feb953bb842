/*
 * A file: a place for it is asked for, the bytes are sent there, and only the third
 * call shows it in the channel. Until then nothing has happened that anybody sees;
 * where that third call's answer was lost, the file is looked for before it is sent
 * again. Slack says yes to that call before it is shown, and sometimes it never is: so
 * it is asked until it says where.
 */
#include <string.h>

#include "adapters/slack_inner.h"
#include "adapters/slack_write.h"
#include "bot/base/text.h"

#define LOOK_MS 500 /* and so much longer each time, */
#define LOOKS   6   /* so often: ten seconds in all */

/* Before anything is shown an answer that was lost is no matter: from the beginning.
 * What an earlier try may have shown stays to be looked for. */
static void upload_fail(struct slack_deed *deed, const struct slack_answer *answer)
{
    struct slack_answer later = *answer;

    if (answer->kind == OUTCOME_UNKNOWN) {
        later.kind = OUTCOME_AGAIN; /* keeps the row as unsure as it is */
    }
    if (answer->kind == OUTCOME_NEVER && slack_deed_is_fine(deed, answer->error)) {
        slack_deed_done(deed, NULL, NULL);
    } else {
        slack_deed_fail(deed, &later);
    }
}

static bool is_in_channel(const struct slack_deed *deed, struct json_slice file)
{
    static const char *const kinds[] = {"shares.public", "shares.private"};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        struct json_slice shares = json_scan_path(file, kinds[i]);

        if (json_scan_member(shares, deed->channel).data != NULL) {
            return true;
        }
    }
    return false;
}

static void on_looked(void *arg, const struct slack_answer *answer);

static void look(void *arg)
{
    struct slack_deed *deed = arg;
    struct slack_ask ask = {.method = "files.info", .is_form = true};

    deed->method = ask.method;
    ask.body = slack_write_form(deed->arena, "file", deed->about, NULL);
    slack_call(deed->slack, &ask, on_looked, deed);
}

/* Too late it may still come: the next try looks for it before it sends it anew. */
static void look_again(struct slack_deed *deed)
{
    if (deed->tries == LOOKS) {
        slack_deed_fail(deed, &(struct slack_answer){.kind = OUTCOME_UNKNOWN,
                                                     .error = "",
                                                     .why = "Slack does not show it"});
        return;
    }
    if (deed->timer == NULL) {
        deed->timer = loop_timer_create(deed->slack->loop, look, deed);
    }
    loop_timer_set(deed->timer, (int64_t)LOOK_MS * ++deed->tries);
}

/* Where we may not ask, that Slack took it must do. */
static void on_looked(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;

    if (answer->kind == OUTCOME_NEVER) {
        slack_complain(deed->slack, deed->method, answer->error);
        slack_deed_done(deed, NULL, NULL);
    } else if (is_in_channel(deed, json_scan_member(answer->body, "file"))) {
        slack_deed_done(deed, NULL, NULL);
    } else {
        look_again(deed);
    }
}

static void on_shown(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;
    struct json_slice file = {0};

    if (answer->kind != OUTCOME_DONE) {
        slack_probe_forget(deed, answer);
        slack_deed_fail(deed, answer);
    } else if (json_scan_next(json_scan_member(answer->body, "files"), &file) &&
               is_in_channel(deed, file)) {
        slack_deed_done(deed, NULL, NULL);
    } else {
        look_again(deed);
    }
}

static void on_sent(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;

    if (answer->kind != OUTCOME_DONE) {
        upload_fail(deed, answer);
        return;
    }
    slack_deed_call(
        deed, "files.completeUploadExternal",
        slack_write_file(deed->arena, deed->channel, deed->about, deed->action.name),
        on_shown);
}

static void on_place(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;
    struct slack_ask ask = {.method = "upload_url",
                            .body = deed->action.file_text,
                            .type = "text/markdown; charset=utf-8"};

    if (answer->kind != OUTCOME_DONE) {
        upload_fail(deed, answer);
        return;
    }
    ask.url =
        json_slice_text(deed->arena, json_scan_member(answer->body, "upload_url"));
    deed->about =
        json_slice_text(deed->arena, json_scan_member(answer->body, "file_id"));
    if (ask.url == NULL || deed->about == NULL) {
        upload_fail(deed, &(struct slack_answer){.kind = OUTCOME_NEVER,
                                                 .error = "",
                                                 .why = "Slack named no place for it"});
        return;
    }
    slack_call(deed->slack, &ask, on_sent, deed);
}

void slack_upload_send(struct slack_deed *deed)
{
    struct slack_ask ask = {.method = "files.getUploadURLExternal", .is_form = true};

    deed->method = ask.method;
    ask.body = slack_write_form(
        deed->arena, "filename", deed->action.name, "length",
        arena_printf(deed->arena, "%zu", strlen(deed->action.file_text)), NULL);
    slack_call(deed->slack, &ask, on_place, deed);
}

static void send_or_probe(struct slack_deed *deed)
{
    if (deed->action.unsure) {
        slack_probe(deed);
    } else {
        slack_upload_send(deed);
    }
}

void slack_upload_start(struct slack_deed *deed)
{
    deed->channel = deed->action.channel;
    slack_share_gate(deed, send_or_probe);
}
