/*
 * What is deleted: a message heard or not, an edit of one alone, a reaction, our own.
 */
#include "bot/base/text.h"
#include "tests/unit/bot/heard.h"

static void deletion__leaves_one_entry__when_the_message_was_never_heard(void **state)
{
    struct world *world = *state;
    struct chat_event edit;
    const char *channel;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    do_event(world, deletion(channel, "G1"));
    do_event(world, deletion(channel, "G1"));
    do_event(world, message(channel, "G1", "the password is swordfish"));
    edit = message(channel, "G1", "the password was swordfish");
    edit.kind = CHAT_EDITED;
    edit.id = NULL;
    do_event(world, edit);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM timeline WHERE message = 'G1' "
                          "AND text = '' AND deleted_ms > $1 AND person_id IS NOT NULL",
                          0),
                     1);
    assert_int_equal(
        look(world,
             "SELECT COUNT(*) FROM timeline WHERE text LIKE '%swordfish%' AND $1 = 0",
             0),
        0);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM timeline_changes WHERE what = 'edit' "
                          "AND at_ms > $1",
                          0),
                     0);
}

static void deletion__is_of_the_moment_it_was_said__when_that_is_known(void **state)
{
    struct world *world = *state;
    struct chat_event event;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    event = deletion(channel_of(world), "G1");
    event.said_ms = 1795863494927;
    do_event(world, event);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM timeline WHERE message = 'G1' "
                          "AND at_ms = $1",
                          1795863494927),
                     1);
}

static void deletion__takes_the_words__when_they_were_heard(void **state)
{
    struct world *world = *state;
    struct chat_event edit;
    const char *channel;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    do_event(world, message(channel, "G1", "the password is swordfish"));
    edit = message(channel, "G1", "the password was swordfish, not trout");
    edit.id = NULL;
    edit.kind = CHAT_EDITED;
    do_event(world, edit);
    assert_int_equal(said_with(world, "swordfish"), 2);
    do_event(world, deletion(channel, "G1"));
    assert_int_equal(said_with(world, "swordfish"), 0);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM timeline WHERE message = 'G1' "
                          "AND deleted_ms > $1 AND edited_ms IS NOT NULL",
                          0),
                     1);
    /* Whatever comes late brings nothing back. */
    do_event(world, message(channel, "G1", "the password is swordfish"));
    do_event(world, edit);
    assert_int_equal(said_with(world, "swordfish"), 0);
}

/* Some platforms can delete an edit and leave the message. */
static void deletion__of_an_edit__brings_the_words_before_back(void **state)
{
    struct world *world = *state;
    const char *channel;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    do_event(world, message(channel, "G1", "the pool is full"));
    do_event(world, edit_of(channel, "G1", "G2", "the password is swordfish"));
    do_event(world, deletion(channel, "G2"));
    assert_int_equal(said_with(world, "swordfish"), 0);
    assert_string_equal(
        look_text(world, "SELECT text FROM timeline WHERE message = 'G1' AND $1 = 0",
                  0),
        "the pool is full");
    assert_int_equal(
        look(world, "SELECT COUNT(*) FROM timeline WHERE deleted_ms > $1", 0), 0);
}

static void
deletion__of_an_edit__takes_its_words__when_no_others_were_heard(void **state)
{
    struct world *world = *state;
    const char *channel;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    do_event(world, edit_of(channel, "G1", "G2", "the password is swordfish"));
    assert_int_equal(said_with(world, "swordfish"), 1);
    do_event(world, deletion(channel, "G2"));
    assert_int_equal(said_with(world, "swordfish"), 0);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM timeline WHERE message = 'G1' "
                          "AND gone IS NOT NULL AND $1 = 0",
                          0),
                     1);
}

static const char *twin_text(struct world *world, const char *kind)
{
    return look_text(world,
                     arena_printf(world->arena,
                                  "SELECT text FROM timeline WHERE kind = '%s' "
                                  "AND incident_id = $1 ORDER BY n DESC",
                                  kind),
                     1);
}

/* What a command line became follows its edits, and their deletion. */
static void deletion__of_an_edit__brings_back_what_the_command_said(void **state)
{
    struct world *world = *state;
    const char *channel;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    do_event(world, message(channel, "G1", "!inc note 212 orders wait"));
    do_event(world, message(channel, "G2", "!inc factor technical no limit"));
    do_event(world, message(channel, "G3", "!inc task <@U5> ask the bank in 2h"));
    do_event(world, edit_of(channel, "G1", "E1", "!inc note swordfish waits"));
    do_event(world, edit_of(channel, "G2", "E2", "!inc factor technical swordfish"));
    do_event(world,
             edit_of(channel, "G3", "E3", "!inc task <@U5> ask swordfish in 2h"));
    assert_string_equal(twin_text(world, "note"), "swordfish waits");
    assert_string_equal(twin_text(world, "factor"), "factor 1, technical: swordfish");
    assert_string_equal(
        look_text(world, "SELECT what FROM tasks WHERE incident_id = $1", 1),
        "ask swordfish");
    do_event(world, deletion(channel, "E1"));
    do_event(world, deletion(channel, "E2"));
    do_event(world, deletion(channel, "E3"));
    assert_int_equal(said_with(world, "swordfish"), 0);
    assert_string_equal(twin_text(world, "note"), "212 orders wait");
    assert_string_equal(twin_text(world, "factor"), "factor 1, technical: no limit");
    assert_string_equal(
        look_text(world, "SELECT text FROM factors WHERE incident_id = $1", 1),
        "no limit");
    assert_string_equal(
        look_text(world, "SELECT what FROM tasks WHERE incident_id = $1", 1),
        "ask the bank");
    assert_non_null(strstr(twin_text(world, "task"), ": ask the bank"));
}

/* What a retrospective was told follows its message there, too. */
static void deletion__of_an_edit__brings_an_answer_back(void **state)
{
    struct world *world = *state;
    const char *channel;

    say_in(world, "wire", "U5", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    do_event(world, message(channel, "G1", "!inc resolve"));
    do_event(world, message(channel, "G2", "!inc retro narrative it was slow"));
    do_event(world,
             edit_of(channel, "G2", "G3", "!inc retro narrative swordfish opened it"));
    assert_string_equal(
        look_text(world, "SELECT text FROM retro_fills WHERE incident_id = $1", 1),
        "swordfish opened it");
    do_event(world, deletion(channel, "G3"));
    assert_string_equal(
        look_text(world, "SELECT text FROM retro_fills WHERE incident_id = $1", 1),
        "it was slow");
}

static void reaction__leaves_nothing__when_it_was_taken_back_unheard(void **state)
{
    struct world *world = *state;
    struct chat_event gone;
    long entries;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    entries = count(world, "timeline");
    gone = deletion(channel_of(world), NULL);
    gone.kind = CHAT_REACTED;
    gone.id = "G7";
    gone.text = "";
    do_event(world, gone);
    do_event(world, deletion(channel_of(world), "G7"));
    assert_int_equal(count(world, "timeline"), entries);
}

static void deletion__leaves_nothing__when_it_is_a_guess(void **state)
{
    struct world *world = *state;
    struct chat_event guess;
    long entries;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    do_event(world, message(channel_of(world), "G1:file", "graph.png"));
    guess = deletion(channel_of(world), "G2:file");
    guess.is_guess = true;
    entries = count(world, "timeline");
    do_event(world, guess);
    assert_int_equal(count(world, "timeline"), entries);
    guess.message = "G1:file";
    do_event(world, guess);
    assert_int_equal(
        look(world, "SELECT COUNT(*) FROM timeline WHERE deleted_ms > $1", 0), 1);
}

static bool is_taken_out(struct world *world, const char *message)
{
    for (size_t i = 0; i < world->deed_count; i++) {
        const struct action *action = &world->deeds[i].action;

        if (action->kind == ACTION_REDACT && text_equal(action->about, message)) {
            return true;
        }
    }
    return false;
}

/* Where an edit is a message of its own, it can be read as long as it stands there. */
static void redact__takes_the_edits_out__when_the_platform_can(void **state)
{
    struct world *world = *state;
    struct chat_event said, edit;
    const char *channel;
    long n;

    say_in(world, "cable", "U5", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    said = message(channel, "G1", "the pool is full");
    edit = edit_of(channel, "G1", "G2", "the password is swordfish");
    said.place.adapter = edit.place.adapter = "cable";
    do_event(world, said);
    do_event(world, edit);
    n = look(world, "SELECT n FROM timeline WHERE message = 'G1' AND $1 = 0", 0);
    say_in(world, "cable", "U5", channel,
           arena_printf(world->arena, "!inc redact %ld", n));
    assert_int_equal(said_with(world, "swordfish"), 0);
    assert_true(is_taken_out(world, "G1"));
    assert_true(is_taken_out(world, "G2"));
}

static long tasks_with(struct world *world, const char *word)
{
    return look(world,
                arena_printf(world->arena,
                             "SELECT COUNT(*) FROM tasks WHERE what LIKE '%%%s%%' "
                             "AND $1 = 0",
                             word),
                0);
}

static void deletion__takes_what_a_command_left__when_it_mentions_somebody(void **state)
{
    struct world *world = *state;
    const char *channel;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    do_event(world, message(channel, "G1", "!inc note ask <@U77> about swordfish"));
    do_event(world, message(channel, "G2", "!inc task <@U5> ask <@U77> of swordfish"));
    assert_string_equal(twin_text(world, "note"), "ask @U77 about swordfish");
    do_event(world, deletion(channel, "G1"));
    do_event(world, deletion(channel, "G2"));
    assert_int_equal(said_with(world, "swordfish"), 0);
    assert_int_equal(tasks_with(world, "swordfish"), 0);
}

/* Whoever is mentioned may be called by a name that came later: the words that were
 * kept have the id. */
static void deletion__takes_what_a_command_left__when_a_name_came_later(void **state)
{
    struct world *world = *state;
    struct chat_event named;
    const char *channel;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    do_event(world, message(channel, "G1", "!inc note ask <@U77> about trout"));
    do_event(world, message(channel, "G2", "!inc task <@U5> ask <@U77> of swordfish"));
    named = message(channel, "G3", "here");
    named.who = (struct chat_person){.id = "U77", .name = "tove"};
    do_event(world, named);
    do_event(world,
             edit_of(channel, "G1", "E1", "!inc note ask <@U77> about swordfish"));
    assert_string_equal(twin_text(world, "note"), "ask @tove about swordfish");
    do_event(world, deletion(channel, "E1"));
    assert_string_equal(twin_text(world, "note"), "ask @U77 about trout");
    do_event(world, deletion(channel, "G1"));
    do_event(world, deletion(channel, "G2"));
    assert_int_equal(said_with(world, "trout"), 0);
    assert_int_equal(said_with(world, "swordfish"), 0);
    assert_int_equal(tasks_with(world, "swordfish"), 0);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(deletion__leaves_one_entry__when_the_message_was_never_heard),
        IN_WORLD(deletion__is_of_the_moment_it_was_said__when_that_is_known),
        IN_WORLD(deletion__takes_the_words__when_they_were_heard),
        IN_WORLD(deletion__of_an_edit__brings_the_words_before_back),
        IN_WORLD(deletion__of_an_edit__takes_its_words__when_no_others_were_heard),
        IN_WORLD(deletion__of_an_edit__brings_back_what_the_command_said),
        IN_WORLD(deletion__of_an_edit__brings_an_answer_back),
        IN_WORLD(redact__takes_the_edits_out__when_the_platform_can),
        IN_WORLD(deletion__takes_what_a_command_left__when_it_mentions_somebody),
        IN_WORLD(deletion__takes_what_a_command_left__when_a_name_came_later),
        IN_WORLD(reaction__leaves_nothing__when_it_was_taken_back_unheard),
        IN_WORLD(deletion__leaves_nothing__when_it_is_a_guess),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
