/* muster check, for Matrix: the rooms the bot needs, and its power there. */
#include <stdlib.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/cmd_check_home.h"

/* NULL: there is none; *why says so ("" where the homeserver simply has none). */
static const char *room_of(const struct homeserver *home, const char *alias,
                           const char **why)
{
    const struct talk_reply *reply =
        talk_get(home->talk, arena_printf(home->arena, CLIENT "/directory/room/%s",
                                          check_part(home, alias)));

    *why = reply->status == 404 ? "" : reply->why;
    return check_word(home, reply, "room_id");
}

static bool is_joined(const struct homeserver *home, const char *room)
{
    const struct talk_reply *reply = talk_get(home->talk, CLIENT "/joined_rooms");
    struct json_slice rooms = json_scan_member(reply->body, "joined_rooms");
    struct json_slice cursor = {0};

    while (json_scan_next(rooms, &cursor)) {
        if (json_slice_is(cursor, room)) {
            return true;
        }
    }
    return false;
}

static const struct talk_reply *state_of(const struct homeserver *home,
                                         const char *room, const char *type)
{
    return talk_get(home->talk,
                    arena_printf(home->arena, CLIENT "/rooms/%s/state/%s/?format=event",
                                 check_part(home, room), type));
}

/* Creators are above all power from room version 12 on; before, they are listed. */
static bool made_by_us_without_limit(const struct homeserver *home, const char *room)
{
    const struct talk_reply *reply = state_of(home, room, "m.room.create");
    const char *sender = check_word(home, reply, "sender");
    const char *version = text_or(check_word(home, reply, "content.room_version"), "1");

    return text_equal(sender, home->user) && strtol(version, NULL, 10) >= 12;
}

static bool may_hang_rooms(const struct homeserver *home, const char *space)
{
    struct json_slice levels;

    if (made_by_us_without_limit(home, space)) {
        return true;
    }
    levels =
        json_scan_member(state_of(home, space, "m.room.power_levels")->body, "content");
    return check_number(json_scan_member(levels, "users"), home->user,
                        check_number(levels, "users_default", 0)) >=
           check_number(json_scan_member(levels, "events"), "m.space.child",
                        check_number(levels, "state_default", 50));
}

static void look_at_space(const struct homeserver *home)
{
    const char *alias =
        arena_printf(home->arena, "#%s:%s", home->config->matrix.space, home->server);
    const char *why;
    const char *space = room_of(home, alias, &why);

    if (space == NULL && *why == '\0') {
        check_fine(home->check,
                   "matrix: the space %s is not there yet, it is made at the first "
                   "incident",
                   alias);
    } else if (space == NULL) {
        check_fault(home->check, "matrix: the space %s: %s. Try again later", alias,
                    why);
    } else if (!is_joined(home, space)) {
        check_fault(
            home->check,
            "matrix: the bot is not in the space %s. Invite it, or name another "
            "with matrix.space",
            alias);
    } else if (!may_hang_rooms(home, space)) {
        check_fault(home->check,
                    "matrix: the bot may not hang rooms under %s. Make it a moderator "
                    "there (power 50)",
                    alias);
    } else {
        check_fine(home->check, "matrix: the space %s", alias);
    }
}

static bool is_encrypted(const struct homeserver *home, const char *room)
{
    return *state_of(home, room, "m.room.encryption")->why == '\0';
}

/* `is_made`: the bot makes it where nobody has. */
static void look_at_announce(const struct homeserver *home, const char *name,
                             bool is_made)
{
    const char *alias;
    const char *why;
    const char *room;

    if (name == NULL || *name != '#') {
        return;
    }
    alias = strchr(name, ':') != NULL
                ? name
                : arena_printf(home->arena, "%s:%s", name, home->server);
    room = room_of(home, alias, &why);
    if (room == NULL && *why == '\0' && is_made) {
        check_fine(home->check,
                   "matrix: the room %s is not there yet, it is made at the first "
                   "incident",
                   alias);
    } else if (room == NULL) {
        check_note(home->check,
                   "matrix: there is no room %s to announce in%s%s. Make one, not "
                   "encrypted, and invite %s",
                   alias, *why == '\0' ? "" : ": ", why, home->user);
    } else if (!is_joined(home, room)) {
        check_note(home->check, "matrix: the bot is not in %s. Invite %s there", alias,
                   home->user);
    } else if (is_encrypted(home, room)) {
        check_note(home->check,
                   "matrix: %s is encrypted, and the bot says nothing there. Make "
                   "another one, not encrypted, and give it that address",
                   alias);
    } else {
        check_fine(home->check, "matrix: announces in %s", alias);
    }
}

void check_rooms(const struct homeserver *home)
{
    look_at_space(home);
    look_at_announce(home, home->config->announce, true);
    look_at_announce(home, home->config->announce_outside, false);
}
