/*
 * The retrospective as the channel's canvas, where the workspace has canvases: made
 * once, then written anew with each draft. A canvas that somebody else made there is
 * theirs and stays as it is; where there can be none, the file is enough.
 */
#include "adapters/slack_inner.h"
#include "adapters/slack_write.h"
#include "bot/base/text.h"

static const char *memory_name(struct slack_deed *deed)
{
    return arena_printf(deed->arena, "canvas %s", deed->channel);
}

static void remember(struct slack_deed *deed, const char *canvas)
{
    ear_remember(deed->slack->ears, &deed->slack->adapter, memory_name(deed), canvas);
}

/* A comfort: whatever Slack has against it is noted once, and done without. */
static void do_without(struct slack_deed *deed, const struct slack_answer *answer)
{
    if (answer->kind != OUTCOME_NEVER) {
        slack_deed_fail(deed, answer);
        return;
    }
    slack_complain(deed->slack, deed->method, answer->error);
    slack_deed_done(deed, NULL, NULL);
}

static void create(struct slack_deed *deed);

static void on_edited(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;

    if (answer->kind == OUTCOME_DONE) {
        slack_deed_done(deed, NULL, NULL);
    } else if (text_equal(answer->error, "canvas_not_found")) {
        create(deed); /* somebody took it away */
    } else {
        do_without(deed, answer);
    }
}

/* The same whether it is written once or twice. */
static void edit(struct slack_deed *deed)
{
    slack_deed_call(
        deed, "canvases.edit",
        slack_write_canvas_edit(deed->arena, deed->about, deed->action.file_text),
        on_edited);
}

static void on_created(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;
    const char *canvas =
        json_slice_text(deed->arena, json_scan_member(answer->body, "canvas_id"));

    if (answer->kind != OUTCOME_DONE) {
        do_without(deed, answer);
        return;
    }
    if (canvas != NULL) {
        remember(deed, canvas);
    }
    slack_deed_done(deed, NULL, NULL);
}

static void create(struct slack_deed *deed)
{
    slack_deed_call(deed, "conversations.canvases.create",
                    slack_write_canvas(deed->arena, deed->channel, deed->action.name,
                                       deed->action.file_text),
                    on_created);
}

/* A mere question: whatever became of it, nothing happened. */
static void not_told(struct slack_deed *deed, const struct slack_answer *answer)
{
    struct slack_answer later = *answer;

    if (answer->kind == OUTCOME_UNKNOWN) {
        later.kind = OUTCOME_AGAIN;
    }
    do_without(deed, &later);
}

static void ask(struct slack_deed *deed, const char *method, const char *name,
                const char *value, slack_call_fn *fn)
{
    struct slack_ask ask = {.method = method, .is_form = true};

    deed->method = method;
    ask.body = slack_write_form(deed->arena, name, value, NULL);
    slack_call(deed->slack, &ask, fn, deed);
}

static void on_owner(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;
    const char *self = deed->slack->self.user;

    if (answer->kind != OUTCOME_DONE) {
        not_told(deed, answer);
    } else if (self == NULL ||
               !json_slice_is(json_scan_path(answer->body, "file.user"), self)) {
        slack_deed_done(deed, NULL, NULL);
    } else {
        remember(deed, deed->about);
        edit(deed);
    }
}

/* We were about to make one and heard no answer: one that is there may be ours. */
static void on_channel(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;

    if (answer->kind != OUTCOME_DONE) {
        not_told(deed, answer);
        return;
    }
    deed->about = json_slice_text(
        deed->arena, json_scan_path(answer->body, "channel.properties.canvas.file_id"));
    if (deed->about == NULL) {
        create(deed);
    } else {
        ask(deed, "files.info", "file", deed->about, on_owner);
    }
}

static void begin(struct slack_deed *deed)
{
    const char *canvas = NULL;

    if (!ear_recall(deed->slack->ears, &deed->slack->adapter, memory_name(deed),
                    &canvas)) {
        slack_deed_fail(deed, &(struct slack_answer){.kind = OUTCOME_AGAIN,
                                                     .error = "",
                                                     .why = "the store can't be read"});
    } else if (canvas != NULL) {
        deed->about = arena_copy(deed->arena, canvas);
        edit(deed);
    } else if (deed->action.unsure) {
        ask(deed, "conversations.info", "channel", deed->channel, on_channel);
    } else {
        create(deed);
    }
}

static void start(void *arg)
{
    slack_share_gate(arg, begin);
}

/* Later: what is remembered can't be asked for while a turn ends. */
void slack_canvas_start(struct slack_deed *deed)
{
    deed->channel = deed->action.channel;
    loop_soon(deed->slack->loop, start, deed);
}
