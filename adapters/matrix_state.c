/* Small changes of a room: topic, pin, invitation, redaction. */
#include <string.h>

#include <jansson.h>

#include "adapters/matrix_inner.h"
#include "adapters/matrix_write.h"
#include "bot/base/json.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#define PINS_MAX 200

static void on_simple(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_DONE) {
        matrix_deed_done(deed, NULL, NULL);
    } else {
        matrix_deed_fail(deed, answer);
    }
}

/* ---- pin: ours first, and what people pinned behind it */

static char *pins_of(struct matrix_deed *deed, struct json_slice pinned)
{
    json_t *pins = json_pack("[s]", deed->action.about);
    struct json_slice cursor = {0};

    while (json_array_size(pins) < PINS_MAX && json_scan_next(pinned, &cursor)) {
        const char *event = json_slice_text(deed->arena, cursor);

        if (event != NULL && !text_equal(event, deed->action.about)) {
            json_array_append_new(pins, json_string(event));
        }
    }
    return json_write(deed->arena, json_pack("{s:o}", "pinned", pins));
}

static bool is_pinned(struct matrix_deed *deed, struct json_slice pinned)
{
    struct json_slice cursor = {0};

    while (json_scan_next(pinned, &cursor)) {
        if (json_slice_is(cursor, deed->action.about)) {
            return true;
        }
    }
    return false;
}

static void on_pins(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    struct json_slice pinned = json_scan_member(answer->body, "pinned");

    if (answer->kind != OUTCOME_DONE && answer->status != 404) {
        matrix_deed_fail(deed, answer);
        return;
    }
    if (answer->kind != OUTCOME_DONE) {
        pinned = (struct json_slice){0};
    }
    if (is_pinned(deed, pinned)) {
        matrix_deed_done(deed, NULL, NULL);
        return;
    }
    matrix_deed_put(deed,
                    matrix_state_path(deed, deed->room, "m.room.pinned_events", ""),
                    pins_of(deed, pinned), on_simple);
}

/* ---- redaction */

static void on_redacted(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_DONE) {
        matrix_echo_expect(deed->matrix, deed->transaction);
    }
    if (answer->status == 404) {
        matrix_deed_done(deed, NULL, NULL); /* gone already */
    } else {
        on_simple(deed, answer);
    }
}

/* A file that came with words has an entry of its own, and is the same event. */
static const char *event_of(struct matrix_deed *deed)
{
    static const char file[] = ":file";
    const char *about = deed->action.about;
    size_t length = strlen(about), end = sizeof(file) - 1;

    return length > end && strcmp(about + length - end, file) == 0
               ? arena_copy_n(deed->arena, about, length - end)
               : about;
}

static void redact(struct matrix_deed *deed)
{
    const char *what =
        arena_printf(deed->arena, "redact/%s/%s",
                     matrix_write_part(deed->arena, event_of(deed)), deed->transaction);

    matrix_deed_put(deed, matrix_deed_path(deed, deed->room, what), "{}", on_redacted);
}

/* ---- invitation: into the room, then into the space, so that the next one is near */

static void invite_look(struct matrix_deed *deed);

/* The room is done; the space is a help, not a condition. */
static void invite_next(struct matrix_deed *deed)
{
    const char *name = arena_printf(deed->arena, "space of %s", deed->action.channel);
    const char *space;

    if (!matrix_deed_recall(deed, name, &space)) {
        return;
    }
    deed->step += 1;
    if (deed->step > 1 || space == NULL || deed->matrix->config->matrix.space_is_open) {
        matrix_deed_done(deed, NULL, NULL);
        return;
    }
    deed->room = space;
    deed->tries = 0;
    invite_look(deed);
}

static void invite_fail(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (deed->step == 0 || answer->kind != OUTCOME_NEVER) {
        matrix_deed_fail(deed, answer);
        return;
    }
    log_warn("not invited to the space", "row=%lld errcode=%s",
             (long long)deed->action.id, answer->errcode);
    matrix_deed_done(deed, NULL, NULL);
}

/* "Already in the room" is said with the same word as "may not": look again, once. */
static void on_invited(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_DONE) {
        invite_next(deed);
    } else if (text_equal(answer->errcode, "M_FORBIDDEN") && deed->tries == 0) {
        deed->tries = 1;
        invite_look(deed);
    } else {
        invite_fail(deed, answer);
    }
}

static void invite(struct matrix_deed *deed)
{
    matrix_deed_post(
        deed, matrix_deed_path(deed, deed->room, "invite"),
        json_write_words(deed->arena, "user_id", deed->action.person, NULL),
        MATRIX_INVITES, on_invited);
}

/* A homeserver invites people it has never heard of without a word, also inside
 * createRoom. */
static void on_profile(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    const char *colon = strchr(deed->action.person, ':');
    bool is_local = colon != NULL && text_equal(colon + 1, deed->matrix->server);

    if (answer->status == 404 && is_local) {
        matrix_deed_never(deed, "the homeserver knows no such person");
    } else if (answer->kind == OUTCOME_AGAIN) {
        matrix_deed_fail(deed, answer);
    } else if (deed->is_invited) {
        invite_next(deed);
    } else {
        invite(deed);
    }
}

static void on_member(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    struct json_slice membership = json_scan_member(answer->body, "membership");
    const struct matrix_answer banned = {
        .kind = OUTCOME_NEVER, .errcode = "M_BAD_STATE", .why = ""};
    bool is_invited = json_slice_is(membership, "invite");

    if (answer->kind != OUTCOME_DONE && answer->status != 404) {
        invite_fail(deed, answer);
    } else if (json_slice_is(membership, "join") || (is_invited && deed->step > 0)) {
        invite_next(deed);
    } else if (json_slice_is(membership, "ban")) {
        invite_fail(deed, &banned);
    } else if (deed->tries > 0 && !is_invited) {
        struct matrix_answer no = {.kind = OUTCOME_NEVER,
                                   .errcode = "M_FORBIDDEN",
                                   .why = "the bot may not invite there"};

        invite_fail(deed, &no);
    } else if (deed->step == 0) {
        deed->is_invited = is_invited;
        matrix_deed_get(
            deed,
            arena_printf(deed->arena, "/_matrix/client/v3/profile/%s",
                         matrix_write_part(deed->arena, deed->action.person)),
            on_profile);
    } else {
        invite(deed);
    }
}

static void invite_look(struct matrix_deed *deed)
{
    matrix_deed_get(
        deed, matrix_state_path(deed, deed->room, "m.room.member", deed->action.person),
        on_member);
}

/* ---- beginning */

static void start_here(struct matrix_deed *deed)
{
    bool says = deed->action.kind == ACTION_SET_TOPIC;

    if (says && !matrix_room_is_known(deed->matrix, deed->room)) {
        matrix_deed_again(deed, "the store can't be read");
        return;
    }
    if (says && matrix_room_is_sealed(deed->matrix, deed->room)) {
        matrix_deed_never(deed, "the room is encrypted");
        return;
    }
    switch (deed->action.kind) {
    case ACTION_INVITE: invite_look(deed); return;
    case ACTION_SET_TOPIC:
        matrix_deed_put(deed, matrix_state_path(deed, deed->room, "m.room.topic", ""),
                        matrix_write_topic(deed->arena, deed->action.topic), on_simple);
        return;
    case ACTION_PIN:
        matrix_deed_get(deed,
                        matrix_state_path(deed, deed->room, "m.room.pinned_events", ""),
                        on_pins);
        return;
    case ACTION_REDACT: redact(deed); return;
    case ACTION_OPEN_CHANNEL:
    case ACTION_POST:
    case ACTION_AMEND:
    case ACTION_WHISPER:
    case ACTION_DIRECT:
    case ACTION_JOIN:
    case ACTION_LEAVE:
    case ACTION_FORM:
    case ACTION_CANVAS:
    case ACTION_BOOKMARK:
    case ACTION_HOME:
    case ACTION_UPLOAD: return;
    }
}

void matrix_state_start(struct matrix_deed *deed)
{
    const struct action *action = &deed->action;
    bool is_about = action->kind == ACTION_PIN || action->kind == ACTION_REDACT;

    deed->room =
        is_about ? text_or(action->about_channel, action->channel) : action->channel;
    if (action->kind == ACTION_PIN && action->about_channel == NULL &&
        action->person != NULL) {
        deed->found = start_here;
        matrix_direct_find(deed);
    } else {
        start_here(deed);
    }
}
