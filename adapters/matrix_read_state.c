/* What is no message: comings and goings, the room's own state, invitations. */
#include "adapters/matrix_read_inner.h"
#include "adapters/matrix_text.h"
#include "adapters/matrix_write.h"
#include "bot/base/text.h"

#define NAME_BYTES ((size_t)1024)

/* Before this event, of the person it is about. */
enum membership { MEMBER_UNKNOWN, MEMBER_JOINED, MEMBER_OUT };

static bool is_room_state(const struct matrix_reading *reading)
{
    return json_slice_is(reading->found[MATRIX_STATE_KEY], "");
}

static enum membership membership_before(const struct matrix_reading *reading)
{
    struct json_slice before =
        json_scan_member(reading->found[MATRIX_UNSIGNED], "prev_content");
    struct json_slice membership;

    if (before.data == NULL) {
        before = reading->found[MATRIX_PREVIOUS];
    }
    membership = json_scan_member(before, "membership");
    if (membership.data == NULL) {
        return MEMBER_UNKNOWN;
    }
    return json_slice_is(membership, "join") ? MEMBER_JOINED : MEMBER_OUT;
}

static void read_join(struct matrix_reading *reading, const char *person,
                      bool is_about_us)
{
    bool is_new = membership_before(reading) != MEMBER_JOINED;
    struct chat_event *event = matrix_reading_event(reading, CHAT_JOINED);

    event->who.id = person;
    event->who.name = matrix_reading_word(reading, reading->found[MATRIX_CONTENT],
                                          "displayname", NAME_BYTES);
    if (is_about_us) {
        reading->news->kind = is_new ? MATRIX_NEWS_JOINED : MATRIX_NEWS_ECHO;
    } else if (!is_new) {
        reading->news->kind = MATRIX_NEWS_PERSON;
    }
}

/* Left, kicked or banned; a refused or withdrawn invitation is none of it. */
static void read_leave(struct matrix_reading *reading, const char *person,
                       bool is_about_us)
{
    struct chat_event *event;

    if (is_about_us && reading->is_ours) {
        reading->news->kind = MATRIX_NEWS_ECHO;
        return;
    }
    if (membership_before(reading) == MEMBER_OUT) {
        return;
    }
    event = matrix_reading_event(reading, is_about_us ? CHAT_REMOVED : CHAT_LEFT);
    if (!is_about_us) {
        event->who.id = person;
    }
}

void matrix_read_member(struct matrix_reading *reading)
{
    struct json_slice membership =
        json_scan_member(reading->found[MATRIX_CONTENT], "membership");
    const char *person = matrix_reading_string(
        reading->arena, reading->found[MATRIX_STATE_KEY], MATRIX_ID_BYTES);
    bool is_about_us = text_equal(person, reading->self->user);

    if (person == NULL || !matrix_text_is_user(person)) {
        return;
    }
    if (json_slice_is(membership, "join")) {
        read_join(reading, person, is_about_us);
    } else if (json_slice_is(membership, "leave") || json_slice_is(membership, "ban")) {
        read_leave(reading, person, is_about_us);
    }
}

void matrix_read_encryption(struct matrix_reading *reading)
{
    if (is_room_state(reading)) {
        (void)matrix_reading_event(reading, CHAT_SEALED);
        reading->news->kind = MATRIX_NEWS_SEALED;
    }
}

/* Without a replacement the room is over and goes on nowhere. */
void matrix_read_tombstone(struct matrix_reading *reading)
{
    const char *room =
        matrix_reading_id(reading, reading->found[MATRIX_CONTENT], "replacement_room");
    struct chat_event *event;

    if (room == NULL || !is_room_state(reading)) {
        return;
    }
    event = matrix_reading_event(reading, CHAT_MOVED);
    event->text = room;
    reading->news->kind = MATRIX_NEWS_TOMBSTONE;
}

void matrix_read_power(struct matrix_reading *reading)
{
    if (is_room_state(reading)) {
        reading->news->kind = MATRIX_NEWS_POWER;
    }
}

void matrix_read_creation(struct matrix_reading *reading)
{
    const char *mark = matrix_reading_word(reading, reading->found[MATRIX_CONTENT],
                                           MATRIX_OP_KEY, MATRIX_ID_BYTES);

    if (mark != NULL && reading->is_ours && is_room_state(reading)) {
        reading->news->event.text = mark;
        reading->news->kind = MATRIX_NEWS_MADE;
    }
}

void matrix_read_name(struct matrix_reading *reading)
{
    const char *name = matrix_reading_word(reading, reading->found[MATRIX_CONTENT],
                                           "name", NAME_BYTES);

    if (name != NULL && is_room_state(reading)) {
        matrix_reading_event(reading, CHAT_RENAMED)->text = name;
    }
}

/* What the stripped state tells; slices of it. */
struct invite {
    struct json_slice ours; /* the member event that invites us */
    const char *who;
    bool is_sealed, is_doubtful;
};

static void look_at(struct arena *arena, const struct matrix_self *self,
                    struct json_slice event, struct invite *invite)
{
    static const char *const names[] = {"type", "state_key", "content", "sender"};
    struct json_slice found[4];
    const char *who;

    json_scan_members(event, names, 4, found);
    if (json_slice_is(found[0], "m.room.encryption")) {
        invite->is_sealed = true;
        return;
    }
    if (!json_slice_is(found[0], "m.room.member") || self->user == NULL ||
        !json_slice_is(found[1], self->user) ||
        !json_slice_is(json_scan_member(found[2], "membership"), "invite")) {
        return;
    }
    who = matrix_reading_string(arena, found[3], MATRIX_ID_BYTES);
    if (who != NULL && matrix_text_is_user(who)) {
        invite->is_doubtful |= invite->who != NULL && !text_equal(invite->who, who);
        invite->ours = event;
        invite->who = who;
    }
}

bool matrix_read_invite(struct arena *arena, const struct matrix_self *self,
                        const char *room, struct json_slice invite_state,
                        struct chat_event *event)
{
    struct invite invite = {.who = NULL};
    struct json_slice cursor = {0};
    const char *id;

    while (json_scan_next(invite_state, &cursor)) {
        look_at(arena, self, cursor, &invite);
    }
    if (invite.who == NULL) {
        return false;
    }
    id = matrix_reading_string(arena, json_scan_member(invite.ours, "event_id"),
                               MATRIX_ID_BYTES);
    *event = (struct chat_event){
        .kind = CHAT_INVITED,
        .id = id != NULL ? id : arena_printf(arena, "invite %s %s", room, invite.who),
        .at_ms =
            matrix_reading_moment(json_scan_member(invite.ours, "origin_server_ts")),
        .place = {.adapter = "matrix",
                  .channel = room,
                  .is_direct = json_slice_flag(
                      json_scan_path(invite.ours, "content.is_direct"), false),
                  .is_sealed = invite.is_sealed},
        .who = {.id = invite.who},
        /* The inviter's homeserver fills this list as it likes, also with an invitation
         * by somebody we trust; the true one stands beside it. */
        .is_trusted = !invite.is_doubtful,
    };
    return true;
}
