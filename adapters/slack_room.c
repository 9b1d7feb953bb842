/* Channels: opened, known again after a lost answer, found by name. */
#include <string.h>

#include "adapters/slack_inner.h"
#include "adapters/slack_write.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define NUMBERS    9 /* names tried: as it is, and with a number behind */
#define WORDS      3 /* and then with a word behind that nobody could know before */
#define WORD_BYTES 9 /* "-" and eight digits */
#define PAGES_MAX  50

/* A channel that was found by its name. */
struct slack_name {
    struct slack_name *next;
    const char *name, *id;
};

static void room_create(struct slack_deed *deed);

/* All channels of the workspace, maybe thousands; those the bot is in: whoever makes
 * one is in it. */
#define ALL  "conversations.list"
#define OURS "users.conversations"

static void room_list(struct slack_deed *deed, const char *method, slack_call_fn *fn)
{
    struct slack_ask ask = {.method = method, .is_form = true};

    ask.body = slack_write_form(
        deed->arena, "limit", "999", "exclude_archived", "false", "types",
        deed->lists_public ? "public_channel" : "public_channel,private_channel",
        "cursor", text_or(deed->cursor, ""), NULL);
    deed->method = method;
    deed->pages += 1;
    slack_call(deed->slack, &ask, fn, deed);
}

static void room_list_anew(struct slack_deed *deed, const char *method,
                           slack_call_fn *fn)
{
    deed->cursor = NULL;
    deed->pages = 0;
    room_list(deed, method, fn);
}

/* Without groups:read Slack shows no list with private channels in it, but one of the
 * public ones. */
static bool room_list_public(struct slack_deed *deed, const struct slack_answer *answer,
                             slack_call_fn *fn)
{
    if (!text_equal(answer->error, "missing_scope") || deed->lists_public) {
        return false;
    }
    slack_complain(deed->slack, ALL, answer->error);
    deed->lists_public = true;
    room_list_anew(deed, ALL, fn);
    return true;
}

/* The channel of that name on this page; absent where it is not there. */
static struct json_slice room_on_page(struct json_slice body, const char *name)
{
    struct json_slice channels = json_scan_member(body, "channels");
    struct json_slice cursor = {0};

    while (json_scan_next(channels, &cursor)) {
        if (json_slice_is(json_scan_member(cursor, "name"), name)) {
            return cursor;
        }
    }
    return (struct json_slice){0};
}

/* Moves to the next page; false where this was the last. */
static bool room_next_page(struct slack_deed *deed, struct json_slice body)
{
    deed->cursor = json_slice_text(
        deed->arena, json_scan_path(body, "response_metadata.next_cursor"));
    return !text_is_empty(deed->cursor) && deed->pages < PAGES_MAX;
}

/* ---- finding "#incidents" */

static void room_found(struct slack_deed *deed, const char *id)
{
    deed->channel = id;
    slack_deed_try(deed);
}

/* Slack takes a name in the place of an id, of a channel it has not shown us as well:
 * nobody could tell then who reads it, so only what is meant for outside goes there. */
static void room_not_found(struct slack_deed *deed)
{
    struct outcome outcome = {.kind = OUTCOME_NEVER};

    if (slack_share_is_meant(deed)) {
        slack_deed_try(deed);
        return;
    }
    outcome.why =
        arena_printf(deed->arena, "Slack shows the bot no channel %s", deed->channel);
    slack_deed_end(deed, &outcome);
}

static void on_resolve_page(void *arg, const struct slack_answer *answer);

static void list_leave(struct slack_deed *deed)
{
    struct slack_listed *listed = &deed->slack->listed;
    const char *cursor = text_or(deed->cursor, "");
    size_t length = strlen(cursor);

    if (length > 0 && length < sizeof(listed->cursor)) {
        *listed = (struct slack_listed){.name = text_hash(deed->channel),
                                        .lists_public = deed->lists_public,
                                        .pages = deed->pages - 1};
        memcpy(listed->cursor, cursor, length + 1);
    }
}

/* Where it was left; else from the beginning. */
static void list_enter(struct slack_deed *deed)
{
    struct slack_listed *listed = &deed->slack->listed;

    if (listed->name == text_hash(deed->channel)) {
        deed->cursor = arena_copy(deed->arena, listed->cursor);
        deed->pages = listed->pages;
        deed->lists_public = listed->lists_public;
        listed->name = 0;
    }
    room_list(deed, ALL, on_resolve_page);
}

/* Nothing was said yet, whatever the list's answer was. */
static void room_not_listed(struct slack_deed *deed, const struct slack_answer *answer)
{
    struct slack_answer later = *answer;

    if (room_list_public(deed, answer, on_resolve_page)) {
        return;
    }
    if (text_equal(answer->error, "invalid_cursor") && deed->cursor != NULL) {
        room_list_anew(deed, ALL, on_resolve_page);
        return;
    }
    if (answer->kind != OUTCOME_NEVER) {
        later.kind = OUTCOME_AGAIN;
        list_leave(deed);
    } else {
        slack_complain(deed->slack, ALL, answer->error);
        if (slack_share_is_meant(deed)) {
            slack_deed_try(deed);
            return;
        }
    }
    slack_deed_fail(deed, &later);
}

static const char *room_learn(struct slack *slack, const char *name, const char *id)
{
    struct slack_name *known = ARENA_NEW(slack->arena, struct slack_name);

    *known = (struct slack_name){.next = slack->names,
                                 .name = arena_copy(slack->arena, name),
                                 .id = arena_copy(slack->arena, id)};
    slack->names = known;
    return known->id;
}

void slack_room_follow(struct slack *slack, const char *formerly, const char *channel)
{
    for (struct slack_name *known = slack->names; known != NULL; known = known->next) {
        if (text_equal(known->id, formerly)) {
            known->id = arena_copy(slack->arena, channel);
        }
    }
}

static void on_resolve_page(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;
    const char *name = deed->channel + 1;
    const char *id;

    if (answer->kind != OUTCOME_DONE) {
        room_not_listed(deed, answer);
        return;
    }
    id = json_slice_text(deed->arena,
                         json_scan_member(room_on_page(answer->body, name), "id"));
    if (!text_is_empty(id)) {
        room_found(deed, room_learn(deed->slack, name, id));
    } else if (room_next_page(deed, answer->body)) {
        room_list(deed, ALL, on_resolve_page);
    } else {
        room_not_found(deed);
    }
}

void slack_room_resolve(struct slack_deed *deed)
{
    for (struct slack_name *known = deed->slack->names; known != NULL;
         known = known->next) {
        if (text_equal(known->name, deed->channel + 1)) {
            room_found(deed, known->id);
            return;
        }
    }
    list_enter(deed);
}

/* ---- opening */

static void room_done(struct slack_deed *deed)
{
    slack_deed_done(deed, deed->channel,
                    text_equal(deed->name, deed->action.name) ? NULL : deed->name);
}

/* Topic and purpose are a help, not a condition. */
static void on_topic(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;

    if (answer->kind != OUTCOME_DONE) {
        slack_complain(deed->slack, "conversations.setTopic", answer->error);
    }
    room_done(deed);
}

static void on_purpose(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;
    struct slack_ask ask = {.method = "conversations.setTopic"};

    if (answer->kind != OUTCOME_DONE) {
        slack_complain(deed->slack, "conversations.setPurpose", answer->error);
    }
    if (text_is_empty(deed->action.topic)) {
        room_done(deed);
        return;
    }
    ask.body = slack_write_topic(deed->arena, deed->channel, deed->action.topic);
    slack_call(deed->slack, &ask, on_topic, deed);
}

static void room_made(struct slack_deed *deed, struct json_slice room)
{
    struct slack_ask ask = {.method = "conversations.setPurpose"};
    const char *name = json_slice_text(deed->arena, json_scan_member(room, "name"));

    deed->channel = json_slice_text(deed->arena, json_scan_member(room, "id"));
    if (text_is_empty(deed->channel)) {
        slack_deed_fail(deed, &(struct slack_answer){.kind = OUTCOME_UNKNOWN,
                                                     .error = "",
                                                     .why = "Slack named no channel"});
        return;
    }
    deed->name = text_or(name, deed->name);
    slack_share_learn(deed->slack, deed->channel, false);
    ask.body = slack_write_purpose(deed->arena, deed->channel, &deed->action);
    slack_call(deed->slack, &ask, on_purpose, deed);
}

/* Ours, and for this very incident: a crash came between its making and our note of it.
 */
static bool is_ours(struct slack_deed *deed, struct json_slice room)
{
    const char *purpose =
        json_slice_text(deed->arena, json_scan_path(room, "purpose.value"));
    int64_t created_s = 0;

    if (deed->slack->self.user == NULL ||
        !json_slice_is(json_scan_member(room, "creator"), deed->slack->self.user)) {
        return false;
    }
    if (!text_is_empty(purpose)) {
        return text_equal(purpose, slack_purpose(deed->arena, &deed->action));
    }
    return json_slice_number(json_scan_member(room, "created"), &created_s) &&
           created_s > slack_deed_since_ms(deed) / TIME_SECOND_MS;
}

static void room_try_next_name(struct slack_deed *deed)
{
    struct outcome outcome = {.kind = OUTCOME_NEVER,
                              .why = "channels of that name are there already"};

    if (deed->tries >= NUMBERS + WORDS) {
        slack_deed_end(deed, &outcome);
        return;
    }
    room_create(deed);
}

static void on_taken_page(void *arg, const struct slack_answer *answer);

static void on_taken_unlisted(struct slack_deed *deed,
                              const struct slack_answer *answer)
{
    if (answer->kind != OUTCOME_NEVER) {
        slack_deed_fail(deed, answer);
    } else if (text_equal(deed->method, OURS)) {
        slack_complain(deed->slack, OURS, answer->error);
        room_list_anew(deed, ALL, on_taken_page);
    } else if (!room_list_public(deed, answer, on_taken_page)) {
        slack_complain(deed->slack, ALL, answer->error);
        room_try_next_name(deed);
    }
}

static void on_taken_page(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;
    struct json_slice room;

    if (answer->kind != OUTCOME_DONE) {
        on_taken_unlisted(deed, answer);
        return;
    }
    room = room_on_page(answer->body, deed->name);
    if (room.data != NULL && is_ours(deed, room)) {
        log_info("channel known again", "row=%lld", (long long)deed->action.id);
        room_made(deed, room);
    } else if (room.data == NULL && room_next_page(deed, answer->body)) {
        room_list(deed, deed->method, on_taken_page);
    } else {
        room_try_next_name(deed);
    }
}

static void on_created(void *arg, const struct slack_answer *answer)
{
    struct slack_deed *deed = arg;

    if (answer->kind == OUTCOME_DONE) {
        room_made(deed, json_scan_member(answer->body, "channel"));
    } else if (text_equal(answer->error, "name_taken")) {
        room_list_anew(deed, OURS, on_taken_page);
    } else {
        slack_deed_fail(deed, answer);
    }
}

/* inc-7-db, then inc-7-db-2 and so on; where many stores have begun anew in one
 * workspace, a word at last. All the same on every try. */
static const char *name_of(struct slack_deed *deed)
{
    const char *name = deed->action.name;
    size_t fit = text_fit(name, SLACK_NAME_BYTES - WORD_BYTES);
    uint64_t hash = text_hash(arena_printf(deed->arena, "%d %lld %lld", deed->tries,
                                           (long long)deed->action.id,
                                           (long long)deed->action.created_ms));

    if (deed->tries == 1) {
        return name;
    }
    return deed->tries <= NUMBERS
               ? arena_printf(deed->arena, "%.*s-%d",
                              (int)text_fit(name, SLACK_NAME_BYTES - 2), name,
                              deed->tries)
               : arena_printf(deed->arena, "%.*s-%08llx", (int)fit, name,
                              (unsigned long long)(hash >> 32));
}

static void room_create(struct slack_deed *deed)
{
    struct slack_ask ask = {.method = "conversations.create"};
    const char *name;

    deed->tries += 1;
    name = name_of(deed);
    deed->name = arena_copy_n(deed->arena, name, text_fit(name, SLACK_NAME_BYTES));
    ask.body = slack_write_create(deed->arena, &deed->action, deed->name);
    slack_call(deed->slack, &ask, on_created, deed);
}

void slack_room_open(struct slack_deed *deed)
{
    room_create(deed);
}
