/* What was said in the scripted Slack, page by page. */
#include "adapters/http.h"
#include "tests/wire/slack_api.h"
#include "tests/wire/slack_peer.h"

static json_t *file_json(const struct slack_peer_post *post)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:[{s:s, s:s, s:i}]}", "type",
                     "message", "user", "U0BOT", "bot_id", "B0BOT", "ts", post->ts,
                     "text", "", "files", "id", "F1", "name", post->file, "size",
                     (int)post->file_bytes);
}

static json_t *post_json(const struct slack_peer_post *post)
{
    if (post->file[0] != '\0') {
        return file_json(post);
    }
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:s, s:{s:s, s:s}}}", "type",
                     "message", "user", "U0BOT", "bot_id", "B0BOT", "ts", post->ts,
                     "text", post->text, "metadata", "event_type", "muster_post",
                     "event_payload", "row", post->row, "made", post->made);
}

static bool is_asked_for(json_t *one, json_t *args)
{
    const char *thread = slack_api_arg(args, "ts");
    const char *channel = slack_api_arg(one, "channel");

    return strtod(slack_api_arg(one, "ts"), NULL) >
               strtod(slack_api_arg(args, "oldest"), NULL) &&
           (*thread == '\0' || strcmp(slack_api_arg(one, "thread_ts"), thread) == 0) &&
           (*channel == '\0' || strcmp(channel, slack_api_arg(args, "channel")) == 0);
}

/* Of a list without brackets: what is newer than `oldest`, and of the thread `ts`. */
static json_t *past_of(const char *list, json_t *args)
{
    char *text = malloc(strlen(list) + 3);
    json_t *all, *kept = json_array(), *one;
    size_t i;

    assert_non_null(text);
    sprintf(text, "[%s]", list);
    all = json_loads(text, 0, NULL);
    free(text);
    assert_non_null(all);
    json_array_foreach(all, i, one)
    {
        if (is_asked_for(one, args)) {
            json_array_append(kept, one);
        }
    }
    json_decref(all);
    return kept;
}

/* What a page of that many messages has beside them. */
static json_t *more_of(const struct slack_peer *peer, size_t count)
{
    size_t bytes = peer->fit != 0 && (int)count > peer->fit ? HTTP_BODY_BYTES : 0;
    char *more = calloc(bytes + 1, 1);
    json_t *json;

    assert_non_null(more);
    memset(more, 'x', bytes);
    json = json_string(more);
    free(more);
    return json;
}

/* Page by page, by a cursor that says how many were given. */
static json_t *page_of(struct slack_peer *peer, json_t *args, json_t *all)
{
    size_t skip = strtoul(slack_api_arg(args, "cursor"), NULL, 10);
    size_t size = peer->page == 0 ? 1 : peer->page;
    size_t limit = strtoul(slack_api_arg(args, "limit"), NULL, 10);
    char cursor[24] = "";
    json_t *page = json_array();

    size = limit > 0 && limit < size ? limit : size;
    for (size_t i = skip; i < skip + size && i < json_array_size(all); i++) {
        json_array_append(page, json_array_get(all, i));
    }
    if (skip + size < json_array_size(all) || peer->is_round) {
        snprintf(cursor, sizeof(cursor), "%zu",
                 skip + size < json_array_size(all) ? skip + size : 0);
    }
    json_decref(all);
    return json_pack("{s:b, s:o, s:{s:s}, s:o}", "ok", 1, "messages", page,
                     "response_metadata", "next_cursor", cursor, "more",
                     more_of(peer, json_array_size(page)));
}

static bool is_shown(const struct slack_peer_post *post, json_t *args)
{
    return strcmp(post->channel, slack_api_arg(args, "channel")) == 0 &&
           strcmp(post->thread, slack_api_arg(args, "ts")) == 0 &&
           strtod(post->ts, NULL) > strtod(slack_api_arg(args, "oldest"), NULL) &&
           !post->is_private;
}

/* The newest first. */
static json_t *past_with_posts(struct slack_peer *peer, json_t *args, const char *list)
{
    json_t *all = past_of(list, args);

    for (size_t i = peer->post_count; i > 0; i--) {
        if (is_shown(&peer->posts[i - 1], args)) {
            json_array_append_new(all, post_json(&peer->posts[i - 1]));
        }
    }
    return page_of(peer, args, all);
}

json_t *slack_api_history(struct slack_peer *peer, json_t *args)
{
    return past_with_posts(peer, args, peer->said);
}

json_t *slack_api_replies(struct slack_peer *peer, json_t *args)
{
    return past_with_posts(peer, args, peer->replies);
}
