/*
 * What people do to messages: a check mark, a private word where all can read it, a
 * line that comes late or twice.
 */
#include "tests/unit/bot/heard.h"

static void react(struct world *world, const char *adapter, const char *who,
                  const char *channel, int64_t row)
{
    do_event(world, (struct chat_event){
                        .kind = CHAT_REACTED,
                        .place = {.adapter = adapter, .channel = channel},
                        .who = {.id = who},
                        .message = arena_printf(world->arena, "ref%ld", (long)row),
                        .text = "white_check_mark",
                    });
}

static const char *task_state(struct world *world)
{
    return look_text(world, "SELECT state FROM tasks WHERE incident_id = $1", 1);
}

static const struct deed *give_task(struct world *world, const char *adapter)
{
    say_in(world, adapter, "U1", "C1", "!inc declare checkout fails");
    say_in(world, adapter, "U1", channel_of(world), "!inc task <@U2> look at it");
    return find_deed(world, ACTION_POST, "Task 1");
}

static void check_mark__says_yes__when_the_message_asks(void **state)
{
    struct world *world = *state;
    const struct deed *card = give_task(world, "wire");
    size_t deeds;

    react(world, "wire", "U2", channel_of(world), card->row);
    assert_string_equal(task_state(world), "acked");
    /* The card asks nothing any more: now it is just a reaction. */
    deeds = world->deed_count;
    react(world, "wire", "U2", channel_of(world), card->row);
    assert_int_equal(world->deed_count, deeds);
}

static void check_mark__says_yes__for_the_one_asked_only(void **state)
{
    struct world *world = *state;
    const struct deed *card = give_task(world, "wire");

    react(world, "wire", "U3", channel_of(world), card->row);
    assert_string_equal(task_state(world), "open");
    react(world, "wire", "U2", "C9", card->row); /* another message of that id */
    assert_string_equal(task_state(world), "open");
}

static void check_mark__means_nothing__when_nobody_asks(void **state)
{
    struct world *world = *state;
    const struct deed *card;
    size_t deeds;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    card = find_deed(world, ACTION_POST, "checkout fails: active");
    deeds = world->deed_count;
    react(world, "wire", "U2", channel_of(world), card->row);
    assert_int_equal(world->deed_count, deeds);
    assert_int_equal(count(world, "holds"), 0);
}

static void check_mark__takes_the_first_choice__when_there_are_no_buttons(void **state)
{
    struct world *world = *state;
    const struct deed *card;

    say_in(world, "cable", "U1", "C1", "!inc declare checkout fails");
    card = find_deed(world, ACTION_POST, "checkout fails: active");
    react(world, "cable", "U2", channel_of(world), card->row);
    assert_int_equal(count(world, "holds"), 1);
    /* Somebody leads: the card does not ask for it any more. */
    react(world, "cable", "U3", channel_of(world), card->row);
    assert_int_equal(count(world, "offers"), 0);
}

/* "Not needed" is a button, and words; a nod under a page must not call off help. */
static void check_mark__means_nothing__when_the_choice_would_end_a_page(void **state)
{
    struct world *world = *state;
    const struct deed *card;

    say_in(world, "cable", "U1", "C1", "!inc declare checkout fails");
    say_in(world, "cable", "U2", channel_of(world), "here");
    say_in(world, "cable", "U1", channel_of(world), "!inc page <@U2> come");
    card = find_deed(world, ACTION_POST, "Page 1");
    react(world, "cable", "U3", channel_of(world), card->row);
    assert_string_equal(
        look_text(world, "SELECT state FROM pages WHERE incident_id = $1", 1), "open");
}

static void private_word__is_taken_out__when_the_platform_can(void **state)
{
    struct world *world = *state;
    const struct deed *redact;

    give_task(world, "cable");
    say_in(world, "cable", "U2", channel_of(world), "!inc cant 1");
    redact = find_deed(world, ACTION_REDACT, "");
    assert_non_null(redact);
    assert_string_equal(redact->action.about_channel, channel_of(world));
    assert_non_null(redact->action.about);
    assert_non_null(find_deed(world, ACTION_WHISPER, "`cant` in a direct message"));
    /* Its deletion comes back, and names nobody. */
    do_event(world, (struct chat_event){
                        .kind = CHAT_DELETED,
                        .place = {.adapter = "cable", .channel = channel_of(world)},
                        .who = {.id = "U2"},
                        .message = redact->action.about,
                    });
    assert_int_equal(
        look(world, "SELECT COUNT(*) FROM timeline WHERE deleted_ms > $1", 0), 0);
}

static void private_word__stays__when_the_platform_cant(void **state)
{
    struct world *world = *state;

    give_task(world, "wire");
    say_in(world, "wire", "U2", channel_of(world), "!inc cant 1");
    assert_null(find_deed(world, ACTION_REDACT, ""));
    assert_null(find_deed(world, ACTION_WHISPER, "direct message"));
}

/* How long it was would tell whose it is. */
static void private_word__is_of_no_length__when_it_was_cut(void **state)
{
    struct world *world = *state;
    struct chat_event line;

    give_task(world, "wire");
    line = message(channel_of(world), "G1", "!inc cant 1 because");
    line.full_bytes = 300000;
    do_event(world, line);
    assert_int_equal(said_with(world, "private word"), 1);
    assert_int_equal(
        look(world, "SELECT COUNT(*) FROM timeline WHERE length_bytes > $1", 0), 0);
}

static void command__is_not_run__when_it_was_deleted_before(void **state)
{
    struct world *world = *state;
    const char *channel;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    do_event(world, deletion(channel, "G1"));
    do_event(world, message(channel, "G1", "!inc resolve all is well"));
    assert_string_equal(
        look_text(world, "SELECT state FROM incidents WHERE id = $1", 1), "active");
}

/* Read up after a gap, a message says what it was edited to meanwhile. */
static void command__is_not_run__when_an_edit_made_it_of_talk(void **state)
{
    struct world *world = *state;
    const char *channel;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    do_event(world, message(channel, "G1", "inc resolve all is well"));
    do_event(world, message(channel, "G1", "!inc resolve all is well"));
    assert_string_equal(
        look_text(world, "SELECT state FROM incidents WHERE id = $1", 1), "active");
    /* Edited before its first saying was heard, a command is one still. */
    struct chat_event edit = message(channel, "G2", "!inc resolve all is fine");
    edit.id = NULL;
    edit.kind = CHAT_EDITED;
    do_event(world, edit);
    assert_string_equal(
        look_text(world, "SELECT state FROM incidents WHERE id = $1", 1), "active");
    do_event(world, message(channel, "G2", "!inc resolve all is well"));
    assert_string_equal(
        look_text(world, "SELECT state FROM incidents WHERE id = $1", 1), "resolved");
}

/* The channel is the incident's still, and the entry is the claim still. */
static void talk__is_one_entry__when_it_comes_again_after_the_end(void **state)
{
    struct world *world = *state;
    const char *channel;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    do_event(world, message(channel, "G1", "the pool is full"));
    do_event(world, message(channel, "G2", "!inc resolve all is well"));
    do_event(world, message(channel, "G1", "the pool is full"));
    do_event(world, message(channel, "G2", "!inc resolve all is well"));
    do_event(world, message(channel, "G3", "thanks all"));
    assert_int_equal(said_with(world, "the pool is full"), 1);
    assert_int_equal(said_with(world, "thanks all"), 1);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM timeline WHERE kind = 'state' "
                          "AND text LIKE '%resolved%' AND $1 = 0",
                          0),
                     1);
}

static void talk__takes_no_short_way__where_it_is_more(void **state)
{
    struct world *world = *state;
    struct chat_event cut, zoned, wish, named;

    give_task(world, "wire");
    say_in(world, "wire", "U2", channel_of(world), "looking");
    cut = message(channel_of(world), "G1", "a long log");
    cut.full_bytes = 300000;
    zoned = message(channel_of(world), "G2", "good morning");
    named = message(channel_of(world), "G3", "still looking");
    wish = message("D2", "G4", "kindness on");
    cut.who = zoned.who = wish.who = named.who = (struct chat_person){.id = "U2"};
    do_event(world, cut);
    assert_non_null(find_deed(world, ACTION_WHISPER, "Your text was 293 KiB long"));
    zoned.who.zone = "Asia/Singapore";
    do_event(world, zoned);
    assert_int_equal(
        look(world,
             "SELECT COUNT(*) FROM identities WHERE zone = 'Asia/Singapore' AND $1 = 0",
             0),
        1);
    say_in(world, "wire", "U2", channel_of(world), "ack");
    assert_non_null(find_deed(world, ACTION_WHISPER, "ack 1"));
    wish.place.is_direct = true;
    do_event(world, wish);
    say_in(world, "wire", "U2", channel_of(world), "my fault, I saw the queue");
    assert_non_null(find_deed(world, ACTION_DIRECT, "You wrote"));
    named.who.name = "ben";
    do_event(world, named);
    assert_int_equal(
        look(world, "SELECT COUNT(*) FROM people WHERE handle = 'ben' AND $1 = 0", 0),
        1);
}

static void deletion__leaves_nothing__when_it_is_of_our_own_message(void **state)
{
    struct world *world = *state;
    const struct deed *card = give_task(world, "wire");
    long entries = count(world, "timeline");

    do_event(world, deletion(channel_of(world),
                             arena_printf(world->arena, "ref%ld", (long)card->row)));
    assert_int_equal(count(world, "timeline"), entries);
}

static void answer__names_whom_it_mentions__when_edited(void **state)
{
    struct world *world = *state;
    const char *channel;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    do_event(world, message(channel, "G1", "!inc retro technical <@U77> saw it"));
    do_event(world,
             edit_of(channel, "G1", "E1", "!inc retro technical <@U77> did see it"));
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM retro_fills "
                          "WHERE text = '@U77 did see it' AND at_ms > $1",
                          0),
                     1);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(check_mark__says_yes__when_the_message_asks),
        IN_WORLD(check_mark__says_yes__for_the_one_asked_only),
        IN_WORLD(check_mark__means_nothing__when_nobody_asks),
        IN_WORLD(check_mark__takes_the_first_choice__when_there_are_no_buttons),
        IN_WORLD(check_mark__means_nothing__when_the_choice_would_end_a_page),
        IN_WORLD(private_word__is_taken_out__when_the_platform_can),
        IN_WORLD(private_word__stays__when_the_platform_cant),
        IN_WORLD(private_word__is_of_no_length__when_it_was_cut),
        IN_WORLD(command__is_not_run__when_it_was_deleted_before),
        IN_WORLD(command__is_not_run__when_an_edit_made_it_of_talk),
        IN_WORLD(talk__takes_no_short_way__where_it_is_more),
        IN_WORLD(talk__is_one_entry__when_it_comes_again_after_the_end),
        IN_WORLD(deletion__leaves_nothing__when_it_is_of_our_own_message),
        IN_WORLD(answer__names_whom_it_mentions__when_edited),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
