/* The canvas of the only channel that has one, and where a file is shown. */
#include "tests/wire/slack_api.h"
#include "tests/wire/slack_peer.h"

static void keep_canvas(struct slack_peer *peer, json_t *document)
{
    assert_string_equal(slack_api_arg(document, "type"), "markdown");
    snprintf(peer->canvas_text, sizeof(peer->canvas_text), "%s",
             slack_api_arg(document, "markdown"));
}

json_t *slack_api_canvas(struct slack_peer *peer, json_t *args)
{
    if (peer->canvas[0] != '\0') {
        return json_pack("{s:b, s:s}", "ok", 0, "error",
                         "channel_canvas_already_exists");
    }
    snprintf(peer->canvas, sizeof(peer->canvas), "%s %s",
             slack_api_arg(args, "channel_id"), slack_api_arg(args, "title"));
    keep_canvas(peer, json_object_get(args, "document_content"));
    peer->canvases++;
    return json_pack("{s:b, s:s}", "ok", 1, "canvas_id", "F0CANVAS");
}

json_t *slack_api_file(struct slack_peer *peer, json_t *args)
{
    json_t *shares = json_object();

    if (strcmp(slack_api_arg(args, "file"), "F1") == 0 && peer->unseen-- <= 0) {
        json_object_set_new(
            shares, "private",
            json_pack("{s:[{s:s}]}", peer->file_channel, "ts", "1795351233.000100"));
    }
    return json_pack("{s:b, s:{s:s, s:o}}", "ok", 1, "file", "user",
                     peer->canvases > 0 ? "U0BOT" : "U1", "shares", shares);
}

json_t *slack_api_canvas_edit(struct slack_peer *peer, json_t *args)
{
    json_t *change = json_array_get(json_object_get(args, "changes"), 0);

    assert_string_equal(slack_api_arg(args, "canvas_id"), "F0CANVAS");
    assert_string_equal(slack_api_arg(change, "operation"), "replace");
    keep_canvas(peer, json_object_get(change, "document_content"));
    return json_pack("{s:b}", "ok", 1);
}
