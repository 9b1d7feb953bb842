/* A room, or the space itself, goes on as another one: who and what comes along. */
#include "bot/base/text.h"
#include "bot/ears_inner.h"
#include "bot/incident.h"
#include "tests/wire/matrix_home.h"

static const char *keep(struct matrix_home *home, const char *string)
{
    return arena_copy(home->config->arena, string);
}

static void tell(struct matrix_home *home, struct chat_event event)
{
    event.id = arena_printf(home->config->arena, "$heard%d", home->made++);
    event.at_ms = ear_now_ms(home->ears);
    event.place.adapter = "matrix";
    event.message = event.kind == CHAT_COMMAND ? event.id : NULL;
    ear_event(home->ears, &home->matrix->adapter, &event, (struct ticket){0});
}

static void hear(struct matrix_home *home, struct chat_event event)
{
    tell(home, event);
    matrix_home_run(home);
}

static void tell_tombstone(struct matrix_home *home, const char *old, const char *fresh)
{
    tell(home, (struct chat_event){.kind = CHAT_MOVED,
                                   .place.channel = old,
                                   .who.id = "@ana:x",
                                   .text = fresh});
}

static void hear_tombstone(struct matrix_home *home, const char *old, const char *fresh)
{
    tell_tombstone(home, old, fresh);
    matrix_home_run(home);
}

static void command(struct matrix_home *home, const char *room, const char *who,
                    const char *line)
{
    hear(home,
         (struct chat_event){
             .kind = CHAT_COMMAND, .place.channel = room, .who.id = who, .text = line});
}

static void pin_card(struct matrix_home *home)
{
    struct incident *incident = NULL;
    struct err err;
    struct turn *turn = turn_open(ears_turns(home->ears), &err);

    if (turn == NULL || !incident_find(turn->store, 1, &incident, &err) ||
        !incident_pin_card(turn, incident, &err)) {
        fail_msg("%s", err.text);
    }
    matrix_home_run(home);
}

static void incident__goes_on_there__with_people_and_card(void **state)
{
    struct matrix_home *home = *state;
    const char *old, *fresh, *space;

    (void)matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    old = keep(home, matrix_home_at(home, HOME_ALIAS));
    space = matrix_home_at(home, HOME_SPACE);
    pin_card(home);
    command(home, old, "@tove:x", "severity sev3");
    assert_int_equal(matrix_home_messages(home, old, "* inc-1"), 1);
    fresh = matrix_home_upgrade(home, old);
    hear_tombstone(home, old, fresh);
    assert_string_equal(
        matrix_home_word(home, "SELECT channel FROM incidents WHERE id = 1"), fresh);
    assert_string_equal(matrix_home_membership(home, fresh, "@tove:x"), "invite");
    assert_int_equal(matrix_home_messages(home, fresh, "inc-1"), 1);
    assert_non_null(matrix_home_state(home, fresh, "m.room.pinned_events", ""));
    assert_non_null(matrix_home_state(home, space, "m.space.child", fresh));
    /* And the old one hangs there no more. */
    assert_int_equal(
        json_object_size(matrix_home_state(home, space, "m.space.child", old)), 0);
    command(home, fresh, "@tove:x", "severity sev1");
    assert_int_equal(matrix_home_messages(home, fresh, "* inc-1"), 1);
    assert_int_equal(matrix_home_messages(home, old, "* inc-1"), 1);
}

/* The second one stands in the room we come into, so it is heard before we are known to
 * be there. */
static void incident__goes_on_there__when_moved_twice(void **state)
{
    struct matrix_home *home = *state;
    const char *old, *fresh, *fresher;

    (void)matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    old = keep(home, matrix_home_at(home, HOME_ALIAS));
    fresh = matrix_home_upgrade(home, old);
    fresher = matrix_home_upgrade(home, fresh);
    tell_tombstone(home, old, fresh);
    hear_tombstone(home, fresh, fresher);
    assert_string_equal(
        matrix_home_word(home, "SELECT channel FROM incidents WHERE id = 1"), fresher);
    assert_int_equal(matrix_home_messages(home, fresher, "inc-1"), 1);
    assert_non_null(matrix_home_state(home, matrix_home_at(home, HOME_SPACE),
                                      "m.space.child", fresher));
}

static void assert_hangs(struct matrix_home *home, const char *space, const char *alias)
{
    const char *room = matrix_home_at(home, alias);
    json_t *rule = matrix_home_state(home, room, "m.room.join_rules", "");

    assert_non_null(matrix_home_state(home, space, "m.space.child", room));
    assert_non_null(matrix_home_state(home, room, "m.space.parent", space));
    assert_string_equal(
        json_string_value(json_object_get(
            json_array_get(json_object_get(rule, "allow"), 0), "room_id")),
        space);
}

/* Two incidents, the room for announcements, and somebody who is in the space. */
static const char *furnish(struct matrix_home *home)
{
    struct home_row post = {.kind = ACTION_POST,
                            .place = "#incidents",
                            .action.note = matrix_home_note(home, "Hello")};
    const char *space;

    (void)matrix_home_open(home, "inc-1-db", false);
    (void)matrix_home_open(home, "inc-2-db", false);
    (void)matrix_home_put(home, &post);
    matrix_home_run(home);
    space = keep(home, matrix_home_at(home, HOME_SPACE));
    matrix_home_set(home, space, HOME_ME, "m.room.member", "@tove:x",
                    json_pack("{s:s}", "membership", "join"));
    return space;
}

static size_t replies(struct matrix_home *home, const char *room, const char *words)
{
    json_t *timeline = json_object_get(json_object_get(home->rooms, room), "timeline");
    size_t i, count = 0;
    json_t *event;

    json_array_foreach(timeline, i, event)
    {
        const json_t *content = json_object_get(event, "content");
        const char *body = json_string_value(json_object_get(content, "body"));

        count += body != NULL && strstr(body, words) != NULL &&
                 json_object_get(content, "m.relates_to") != NULL;
    }
    return count;
}

/* Typed behind the tombstone, it is said only after the move. */
static void answer__is_no_reply__when_its_line_stayed_in_the_old_room(void **state)
{
    struct matrix_home *home = *state;
    const char *old, *fresh;

    (void)matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    old = keep(home, matrix_home_at(home, HOME_ALIAS));
    fresh = matrix_home_upgrade(home, old);
    tell_tombstone(home, old, fresh);
    command(home, old, "@tove:x", "title the disk is full");
    assert_int_equal(matrix_home_messages(home, fresh, "Title: "), 1);
    assert_int_equal(replies(home, fresh, "Title: "), 0);
    command(home, fresh, "@tove:x", "title the disk is empty");
    assert_int_equal(replies(home, fresh, "Title: the disk is empty"), 1);
}

static void space__goes_on_there__with_rooms_and_people(void **state)
{
    struct matrix_home *home = *state;
    const char *old = furnish(home), *fresh = matrix_home_upgrade(home, old);
    json_t *theirs = json_pack("{s:[s]}", "via", "x");

    /* A room of theirs in it is theirs to move. */
    matrix_home_set(home, old, "@ana:x", "m.space.child", "!theirs", theirs);
    /* Who was in the new one and left it is not asked again. */
    matrix_home_set(home, old, HOME_ME, "m.room.member", "@wen:x",
                    json_pack("{s:s}", "membership", "join"));
    matrix_home_set(home, fresh, "@wen:x", "m.room.member", "@wen:x",
                    json_pack("{s:s}", "membership", "leave"));
    hear_tombstone(home, old, fresh);
    assert_hangs(home, fresh, HOME_ALIAS);
    assert_hangs(home, fresh, "#inc-2-db:x");
    assert_hangs(home, fresh, "#incidents:x");
    assert_null(matrix_home_state(home, fresh, "m.space.child", "!theirs"));
    assert_string_equal(matrix_home_membership(home, fresh, "@wen:x"), "leave");
    assert_string_equal(matrix_home_membership(home, fresh, "@tove:x"), "invite");
    (void)matrix_home_open(home, "inc-3-db", false);
    matrix_home_run(home);
    assert_hangs(home, fresh, "#inc-3-db:x");
}

/* Nobody thought of us: what could not be followed is followed as soon as we are asked.
 */
static void space__goes_on_there__when_we_are_asked_later(void **state)
{
    struct matrix_home *home = *state;
    const char *old = furnish(home), *fresh = matrix_home_upgrade(home, old);

    matrix_home_set(home, fresh, "@ana:x", "m.room.member", HOME_ME, json_object());
    hear_tombstone(home, old, fresh);
    assert_string_equal(
        matrix_home_word(home, "SELECT value FROM memory WHERE name = 'space'"), old);
    matrix_home_set(home, fresh, "@ana:x", "m.room.member", HOME_ME,
                    json_pack("{s:s}", "membership", "invite"));
    hear(home, (struct chat_event){.kind = CHAT_INVITED,
                                   .place.channel = fresh,
                                   .who.id = "@ana:x",
                                   .is_trusted = true});
    assert_hangs(home, fresh, HOME_ALIAS);
    assert_string_equal(
        matrix_home_word(home, "SELECT value FROM memory WHERE name = 'space'"), fresh);
}

/* Who is asked into the place of the space by somebody who does not rule it comes as
 * into any room. */
static void space__stays_where_it_is__when_who_moved_it_has_no_power(void **state)
{
    struct matrix_home *home = *state;
    const char *old = furnish(home), *fresh = matrix_home_upgrade(home, old);

    matrix_home_set(home, fresh, "@eve:x", "m.room.create", "",
                    json_pack("{s:{s:s}}", "predecessor", "room_id", old));
    hear_tombstone(home, old, fresh);
    assert_string_equal(matrix_home_membership(home, fresh, HOME_ME), "leave");
    assert_string_equal(
        matrix_home_word(home, "SELECT value FROM memory WHERE name = 'space'"), old);
    assert_hangs(home, old, HOME_ALIAS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOME_TEST(incident__goes_on_there__with_people_and_card),
        HOME_TEST(incident__goes_on_there__when_moved_twice),
        HOME_TEST(answer__is_no_reply__when_its_line_stayed_in_the_old_room),
        HOME_TEST(space__goes_on_there__with_rooms_and_people),
        HOME_TEST(space__goes_on_there__when_we_are_asked_later),
        HOME_TEST(space__stays_where_it_is__when_who_moved_it_has_no_power),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
