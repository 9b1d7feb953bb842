/*
 * Messages, edits and files. A transaction id keeps a homeserver from taking one twice,
 * but not for ever and not every homeserver over its restart: so where an answer was
 * lost, our own mark is looked for first, and the transaction is the same.
 */
#include <string.h>

#include "adapters/matrix_inner.h"
#include "adapters/matrix_write.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define PAGES_MAX    20
#define CLOCKS_MS    TIME_MINUTE_MS      /* they differ */
#define UPLOAD_BYTES ((int64_t)50 << 20) /* where the homeserver does not say */

static void send_now(struct matrix_deed *deed, const char *content);

static void send_message(struct matrix_deed *deed)
{
    const struct action *action = &deed->action;

    send_now(deed, action->kind == ACTION_AMEND
                       ? matrix_write_edit(deed->arena, action, deed->matrix->server,
                                           deed->is_direct)
                       : matrix_write_message(deed->arena, action, deed->matrix->server,
                                              deed->is_direct));
}

static void on_encryption(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_DONE) {
        matrix_room_sealed(deed->matrix, deed->room);
        matrix_deed_never(deed, "the room is encrypted");
    } else if (answer->status == 404) {
        send_message(deed);
    } else {
        matrix_deed_fail(deed, answer);
    }
}

/* A message in an alias' room that we are not in: anybody may come in there, perhaps.
 * No sync has told us yet whether it is encrypted. */
static void on_walked_in(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind != OUTCOME_DONE) {
        matrix_deed_fail(deed, answer);
        return;
    }
    matrix_room_joined(deed->matrix, deed->room);
    matrix_deed_get(deed, matrix_state_path(deed, deed->room, "m.room.encryption", ""),
                    on_encryption);
}

static void on_sent(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    const char *event =
        json_slice_text(deed->arena, json_scan_member(answer->body, "event_id"));
    bool is_named = deed->action.channel != NULL && *deed->action.channel == '#';

    if (answer->kind == OUTCOME_DONE && event != NULL) {
        matrix_echo_expect(deed->matrix, deed->transaction);
        matrix_deed_done(deed, event, NULL);
        return;
    }
    deed->is_sending = false;
    if (text_equal(answer->errcode, "M_FORBIDDEN") && is_named && !deed->has_joined &&
        !matrix_room_is_out(deed->matrix, deed->room)) {
        deed->has_joined = true;
        matrix_deed_post(deed, matrix_deed_path(deed, deed->room, "join"), "{}",
                         MATRIX_JOINS, on_walked_in);
    } else {
        matrix_deed_fail(deed, answer);
    }
}

static void send_now(struct matrix_deed *deed, const char *content)
{
    const char *what =
        arena_printf(deed->arena, "send/m.room.message/%s", deed->transaction);

    deed->is_sending = true;
    matrix_deed_put(deed, matrix_deed_path(deed, deed->room, what), content, on_sent);
}

/* ---- files */

static void on_uploaded(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    const char *uri =
        json_slice_text(deed->arena, json_scan_member(answer->body, "content_uri"));

    if (answer->kind == OUTCOME_UNKNOWN) {
        matrix_deed_again(deed, answer->why); /* nobody has seen it yet */
    } else if (answer->kind != OUTCOME_DONE || uri == NULL) {
        matrix_deed_fail(deed, answer);
    } else {
        send_now(deed, matrix_write_file(deed->arena, &deed->action, uri,
                                         strlen(deed->action.file_text)));
    }
}

static void upload(struct matrix_deed *deed)
{
    const char *name = text_or(deed->action.name, "file.md");
    struct matrix_ask ask = {.method = "POST",
                             .body = deed->action.file_text,
                             .content_type = "text/markdown; charset=utf-8",
                             .limiter = MATRIX_MEDIA,
                             .timeout_ms = TIME_MINUTE_MS};
    int64_t limit = deed->matrix->rooms->upload_bytes;

    if ((int64_t)strlen(deed->action.file_text) > limit) {
        matrix_deed_never(deed,
                          arena_printf(deed->arena,
                                       "the homeserver takes files of %lld bytes only",
                                       (long long)limit));
        return;
    }
    ask.path = arena_printf(deed->arena, "/_matrix/media/v3/upload?filename=%s",
                            matrix_write_part(deed->arena, name));
    matrix_deed_ask(deed, &ask, on_uploaded);
}

/* A homeserver that does not say has the limit most have; it can still refuse. */
static void on_limit(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    int64_t limit = 0;

    if (answer->kind == OUTCOME_AGAIN) {
        matrix_deed_fail(deed, answer);
        return;
    }
    if (!json_slice_number(json_scan_member(answer->body, "m.upload.size"), &limit) ||
        limit <= 0) {
        limit = UPLOAD_BYTES;
    }
    deed->matrix->rooms->upload_bytes = limit;
    upload(deed);
}

static void send_what(struct matrix_deed *deed)
{
    if (deed->action.kind != ACTION_UPLOAD) {
        send_message(deed);
    } else if (deed->matrix->rooms->upload_bytes > 0) {
        upload(deed);
    } else {
        matrix_deed_get(deed, "/_matrix/client/v1/media/config", on_limit);
    }
}

/* ---- looking first */

static void probe_page(struct matrix_deed *deed);

/* Our event on this page, or NULL. *is_past: the page goes back to before the row. */
static const char *find_ours(struct matrix_deed *deed, struct json_slice chunk,
                             bool *is_past)
{
    const char *mark = matrix_write_mark(deed->arena, &deed->action);
    struct json_slice cursor = {0};

    while (json_scan_next(chunk, &cursor)) {
        struct json_slice content = json_scan_member(cursor, "content");
        int64_t at_ms = 0;

        if (json_slice_is(json_scan_member(content, MATRIX_ROW_KEY), mark) &&
            json_slice_is(json_scan_member(cursor, "sender"),
                          deed->matrix->self.user)) {
            return json_slice_text(deed->arena, json_scan_member(cursor, "event_id"));
        }
        if (json_slice_number(json_scan_member(cursor, "origin_server_ts"), &at_ms) &&
            at_ms < deed->action.created_ms - CLOCKS_MS) {
            *is_past = true;
        }
    }
    return NULL;
}

static void on_page(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    bool is_past = false;
    const char *event;

    if (answer->kind == OUTCOME_NEVER) {
        send_what(deed); /* its transaction is what is left */
        return;
    }
    if (answer->kind != OUTCOME_DONE) {
        matrix_deed_fail(deed, answer);
        return;
    }
    event = find_ours(deed, json_scan_member(answer->body, "chunk"), &is_past);
    deed->cursor = json_slice_text(deed->arena, json_scan_member(answer->body, "end"));
    if (event != NULL) {
        log_info("message found again", "row=%lld", (long long)deed->action.id);
        matrix_deed_done(deed, event, NULL);
    } else if (deed->cursor != NULL && !is_past && deed->pages < PAGES_MAX) {
        probe_page(deed);
    } else {
        send_what(deed);
    }
}

/* From the newest back, our own messages alone. */
static void probe_page(struct matrix_deed *deed)
{
    const char *filter = arena_printf(
        deed->arena, "{\"senders\":[\"%s\"],\"types\":[\"m.room.message\"]}",
        deed->matrix->self.user);
    const char *from = deed->cursor == NULL
                           ? ""
                           : arena_printf(deed->arena, "&from=%s",
                                          matrix_write_part(deed->arena, deed->cursor));

    deed->pages += 1;
    matrix_deed_get(
        deed,
        matrix_deed_path(deed, deed->room,
                         arena_printf(deed->arena,
                                      "messages?dir=b&limit=100&filter=%s%s",
                                      matrix_write_part(deed->arena, filter), from)),
        on_page);
}

/* ---- where to */

static void send_there(struct matrix_deed *deed)
{
    const char *event = matrix_echo_find(deed->matrix, deed->transaction);

    deed->is_direct = matrix_room_direct(deed->matrix, deed->room) != NULL;
    if (!matrix_room_is_known(deed->matrix, deed->room)) {
        matrix_deed_again(deed, "the store can't be read");
    } else if (matrix_room_is_sealed(deed->matrix, deed->room)) {
        matrix_deed_never(deed, "the room is encrypted");
    } else if (event != NULL && deed->action.unsure) {
        matrix_deed_done(deed, event, NULL);
    } else if (deed->action.unsure) {
        probe_page(deed);
    } else {
        send_what(deed);
    }
}

static void on_alias(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    bool is_there = answer->kind == OUTCOME_DONE;
    bool is_repeated = deed->action.attempts > 0 || deed->action.unsure;

    deed->room =
        json_slice_text(deed->arena, json_scan_member(answer->body, "room_id"));
    if ((answer->status == 404 || (is_there && is_repeated)) &&
        matrix_announce_may(deed)) {
        deed->after = send_there; /* it may be half made */
        matrix_announce_make(deed);
    } else if (is_there && deed->room != NULL) {
        send_there(deed);
    } else if (answer->status == 404) {
        matrix_deed_never(deed, arena_printf(deed->arena, "there is no room %s",
                                             matrix_alias(deed, deed->action.channel)));
    } else {
        matrix_deed_fail(deed, answer);
    }
}

void matrix_send_start(struct matrix_deed *deed)
{
    const struct action *action = &deed->action;
    bool is_about = action->kind == ACTION_AMEND;
    bool is_alone = action->kind == ACTION_DIRECT || action->kind == ACTION_WHISPER ||
                    (is_about && action->about_channel == NULL);

    deed->room =
        is_about ? text_or(action->about_channel, action->channel) : action->channel;
    if (is_alone && action->person != NULL) {
        deed->found = send_there;
        matrix_direct_find(deed);
    } else if (*deed->room == '#') {
        matrix_deed_get(deed, matrix_alias_path(deed, matrix_alias(deed, deed->room)),
                        on_alias);
    } else {
        send_there(deed);
    }
}
