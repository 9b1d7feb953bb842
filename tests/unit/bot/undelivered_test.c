/* What becomes known of a wish that a platform refuses, through the whole bot. */
#include "tests/unit/bot/wire_world.h"

static size_t deeds_of(struct world *world, enum action_kind kind, const char *person,
                       const char *words)
{
    size_t count = 0;

    for (size_t i = 0; i < world->deed_count; i++) {
        const struct deed *deed = &world->deeds[i];
        bool is_theirs = person == NULL || text_equal(deed->action.person, person);

        count += deed->kind == kind && is_theirs && strstr(deed->text, words) != NULL;
    }
    return count;
}

static size_t told(struct world *world, const char *person, const char *words)
{
    return deeds_of(world, ACTION_DIRECT, person, words);
}

static size_t posted(struct world *world, const char *words)
{
    return deeds_of(world, ACTION_POST, NULL, words);
}

static long recorded(struct world *world, const char *like)
{
    return look(world,
                arena_printf(world->arena,
                             "SELECT COUNT(*) FROM timeline WHERE text LIKE '%s' "
                             "AND $1 = 0",
                             like),
                0);
}

static void command_of(struct world *world, const char *who, const char *line)
{
    struct chat_event event = {
        .kind = CHAT_COMMAND,
        .id = line,
        .at_ms = ear_now_ms(world->ears),
        .place = {.adapter = "wire", .channel = "C1", .name = "#ops"},
        .who = {.id = who, .name = who},
        .text = line,
    };

    hear_event(world, &event);
}

static bool is_tried(struct world *world)
{
    return world->settled >= world->event && world->fates[ACTION_OPEN_CHANNEL].left < 9;
}

static bool is_led(struct world *world)
{
    return world->settled >= world->event;
}

static bool is_told_twice(struct world *world)
{
    return look(world,
                "SELECT COUNT(*) FROM outbox WHERE kind = 'direct' AND done_ms > 0 AND "
                "$1 = 0",
                0) >= 2;
}

static const char has_none[] = "inc-1 has no channel: it is not allowed.";

/* The one was told of a channel, the other leads in it. */
static void
declarer_and_commander__are_told_once__when_no_channel_can_be_made(void **state)
{
    struct world *world = *state;
    struct fate *fate = &world->fates[ACTION_OPEN_CHANNEL];

    *fate = (struct fate){.kind = OUTCOME_AGAIN, .left = 9};
    command_of(world, "U1", "declare checkout fails");
    run_until(world, is_tried);
    command_of(world, "U2", "lead inc-1");
    run_until(world, is_led);
    *fate = (struct fate){.kind = OUTCOME_NEVER, .why = "it is not allowed", .left = 9};
    run_until(world, is_told_twice);
    assert_int_equal(told(world, "U1", has_none), 1);
    assert_int_equal(told(world, "U2", has_none), 1);
    assert_int_equal(fate->left, 8);
}

static bool is_asked_again(struct world *world)
{
    return is_led(world) &&
           look(world,
                "SELECT COUNT(*) FROM outbox WHERE kind = 'open-channel' "
                "AND done_ms > 0 AND $1 = 0",
                0) >= 2;
}

static bool is_there_now(struct world *world)
{
    return nothing_waits(world) && told(world, "U1", "inc-1 has its channel now") > 0;
}

static void change(struct world *world, const char *sql)
{
    struct db_value none = DB_NULL;
    struct db_rows rows;
    struct err err;

    assert_true(db_run(world->store.db, world->arena, &rows, &err,
                       arena_copy(world->arena, sql), (struct db_args){&none, 0}));
}

/* The alarm comes when it would have come; what sets another one has the ticker look.
 */
static void ask_again(struct world *world, const char *line)
{
    change(world, "UPDATE alarms SET due_ms = 1 WHERE kind = 'channel-again'");
    command_of(world, "U1", line);
}

static bool is_reminded(struct world *world)
{
    return is_led(world) &&
           look(world, "SELECT COUNT(*) FROM nudges WHERE $1 = 0", 0) > 0;
}

/* Refused, asked for again without a word, and there: the card and what was done are
 * said, the reminder of its moment is not, and the number of those is. */
static void channel__is_asked_for_again__when_it_was_refused(void **state)
{
    struct world *world = *state;
    struct fate *fate = &world->fates[ACTION_OPEN_CHANNEL];

    *fate = (struct fate){.kind = OUTCOME_NEVER, .why = "it is not allowed", .left = 2};
    world->config->nudges.no_commander_ms = 1;
    command_of(world, "U1", "declare checkout fails");
    run_until(world, is_reminded);
    command_of(world, "U1", "note inc-1 212 orders wait");
    run_until(world, is_led);
    ask_again(world, "severity inc-1 sev2");
    run_until(world, is_asked_again);
    assert_int_equal(fate->left, 0);
    assert_int_equal(told(world, "U1", has_none), 1);
    assert_int_equal(posted(world, "inc-1 checkout fails: active"), 0);
    ask_again(world, "severity inc-1 sev1");
    run_until(world, is_there_now);
    assert_int_equal(told(world, "U1", "inc-1 has its channel now"), 1);
    assert_int_equal(posted(world, "inc-1 checkout fails: active"), 1);
    assert_int_equal(posted(world, "Nobody leads yet"), 0);
    assert_int_equal(posted(world, "This channel is here since"), 1);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM outbox WHERE body LIKE '%Left out: 1 "
                          "reminder of that time%' AND $1 = 0",
                          0),
                     1);
    assert_int_equal(recorded(world, "the channel could not be opened%"), 1);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM alarms WHERE "
                          "kind = 'channel-again' AND $1 = 0",
                          0),
                     0);
}

static bool is_refused(struct world *world)
{
    return nothing_waits(world) && world->fates[ACTION_INVITE].left == 0;
}

/* Here the invited person is told of it in vain as well, which the record leaves out.
 */
static void record__says_it_once__when_an_invited_person_can_not_be_told(void **state)
{
    struct world *world = *state;

    world->fates[ACTION_INVITE] =
        (struct fate){.kind = OUTCOME_NEVER, .why = "it is not allowed", .left = 1};
    world->fates[ACTION_DIRECT] =
        (struct fate){.kind = OUTCOME_NEVER, .why = "no such person", .left = 1};
    command_of(world, "U1", "declare checkout fails");
    run_until(world, is_refused);
    assert_int_equal(told(world, "U1", "I could not bring you into "), 1);
    assert_int_equal(recorded(world, "U1 could not be invited: it is not allowed"), 1);
    assert_int_equal(recorded(world, "%did not get out%"), 0);
}

/* It may have been a private word. */
static void record__names_nobody__when_a_direct_message_is_refused(void **state)
{
    struct world *world = *state;

    command_of(world, "U1", "declare checkout fails");
    command_of(world, "U2", "help");
    run_until(world, nothing_waits);
    world->fates[ACTION_DIRECT] =
        (struct fate){.kind = OUTCOME_NEVER, .why = "it is closed", .left = 1};
    command_of(world, "U1", "ask inc-1 <@U2> is it you");
    run_until(world, nothing_waits);
    assert_int_equal(recorded(world, "a direct message did not get out: it is closed"),
                     1);
}

static void
outsider__is_sent_to_those_inside__when_the_incident_is_private(void **state)
{
    struct world *world = *state;

    world->fates[ACTION_INVITE] =
        (struct fate){.kind = OUTCOME_NEVER, .why = "it is not allowed", .left = 1};
    command_of(world, "U1", "declare a leak --private");
    run_until(world, is_refused);
    for (size_t i = 0; i < world->deed_count; i++) {
        const struct note *note = world->deeds[i].action.note;

        if (strstr(world->deeds[i].text, "I could not bring you into ") != NULL) {
            assert_string_equal(note->blocks[1].text,
                                "Somebody who is in it can let you in.");
            return;
        }
    }
    fail_msg("nothing was told");
}

static const char for_long[] = "inc-1: what I say there has not got out since ";

/* What waits has waited for so long; it is tried when it would have been. */
static void wait_on(struct world *world)
{
    change(world, "UPDATE outbox SET created_ms = created_ms - 660000, attempts = 9, "
                  "due_ms = 0 WHERE done_ms IS NULL");
}

static const char waits_on[] = "%does not get out; it goes on trying";

static bool is_post_tried(struct world *world)
{
    return is_led(world) && world->fates[ACTION_POST].left < 900;
}

static bool is_told_on_cable(struct world *world)
{
    return told(world, "C7", for_long) == 1;
}

static bool is_said_elsewhere(struct world *world)
{
    return is_led(world) && recorded(world, waits_on) == 1;
}

static void post_in_vain(struct world *world)
{
    command_of(world, "U1", "declare checkout fails");
    run_until(world, nothing_waits);
    world->fates[ACTION_POST] =
        (struct fate){.kind = OUTCOME_AGAIN, .why = "it is asked to wait", .left = 900};
    command_of(world, "U1", "severity inc-1 sev1");
    run_until(world, is_post_tried);
    assert_int_equal(recorded(world, waits_on), 0);
}

static bool is_told_once(struct world *world)
{
    return is_led(world) && told(world, "U1", for_long) == 1;
}

/* Also after a start: the record is what remembers it. */
static void commander__is_told_once__when_a_message_waits_for_long(void **state)
{
    struct world *world = *state;

    post_in_vain(world);
    wait_on(world);
    run_until(world, is_told_once);
    assert_int_equal(recorded(world, waits_on), 1);
    assert_string_equal(look_text(world,
                                  "SELECT adapter FROM outbox WHERE kind = 'direct' "
                                  "AND $1 = 0 ORDER BY id DESC LIMIT 1",
                                  0),
                        "wire");
    world->fates[ACTION_POST].left = 900;
    change(world, "UPDATE outbox SET due_ms = 0 WHERE done_ms IS NULL");
    command_of(world, "U1", "note inc-1 once more");
    run_until(world, is_post_tried);
    assert_int_equal(recorded(world, waits_on), 1);
    assert_int_equal(told(world, "U1", for_long), 1);
    /* It was tried all the time, and gets out. */
    world->fates[ACTION_POST].left = 0;
    change(world, "UPDATE outbox SET due_ms = 0 WHERE done_ms IS NULL");
    command_of(world, "U1", "note inc-1 at last");
    run_until(world, nothing_waits);
}

static bool only_posts_wait(struct world *world)
{
    return is_led(world) && look(world,
                                 "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL "
                                 "AND kind = 'whisper' AND $1 = 0",
                                 0) == 0;
}

/* Nothing gets out on the incident's platform; who leads has an account on the other.
 */
static void commander__is_told_elsewhere__when_a_platform_takes_nothing(void **state)
{
    struct world *world = *state;

    post_in_vain(world);
    command_of(world, "U2", "lead inc-1");
    run_until(world, only_posts_wait);
    change(world, "INSERT INTO identities (adapter, external, person_id) SELECT "
                  "'cable', 'C7', person_id FROM identities WHERE external = 'U2'");
    change(world, "UPDATE outbox SET done_ms = done_ms - 660000 WHERE done_ms > 0");
    wait_on(world);
    run_until(world, is_said_elsewhere);
    run_until(world, is_told_on_cable);
    assert_int_equal(told(world, "U1", for_long), 0);
}

static void nobody__is_told__when_there_is_no_way(void **state)
{
    struct world *world = *state;

    post_in_vain(world);
    change(world, "UPDATE outbox SET done_ms = done_ms - 660000 WHERE done_ms > 0");
    wait_on(world);
    run_until(world, is_said_elsewhere);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM outbox WHERE kind = 'direct' AND $1 = "
                          "0",
                          0),
                     0);
}

#define WORLD_TEST(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)

static const char no_account[] = "Page 1: U2 can't be told by chat: no such person.";

static bool is_passed_on(struct world *world)
{
    return nothing_waits(world) && posted(world, no_account) > 0;
}

static void page_in_vain(struct world *world)
{
    command_of(world, "U1", "declare checkout fails");
    command_of(world, "U2", "skill db");
    run_until(world, nothing_waits);
    world->fates[ACTION_DIRECT] =
        (struct fate){.kind = OUTCOME_NEVER, .why = "no such person", .left = 1};
    command_of(world, "U1", "page inc-1 <@U2> the db");
    run_until(world, is_passed_on);
}

static void next__is_called_at_once__when_a_page_does_not_get_out(void **state)
{
    struct world *world = *state;

    command_of(world, "U3", "skill db");
    page_in_vain(world);
    assert_int_equal(posted(world, no_account), 1);
    assert_int_equal(posted(world, "Page 1 goes on: U3"), 1);
    assert_int_equal(told(world, "U3", "Page 1 from U1"), 1);
    assert_int_equal(count(world, "alarms WHERE kind = 'page-unanswered'"), 1);
}

static void page__is_over_at_once__when_it_gets_to_nobody(void **state)
{
    struct world *world = *state;

    page_in_vain(world);
    assert_int_equal(posted(world, no_account), 1);
    assert_int_equal(posted(world, "Page 1: no answer by"), 1);
    assert_int_equal(posted(world, "goes on"), 0);
    assert_int_equal(count(world, "alarms WHERE kind = 'page-unanswered'"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(declarer_and_commander__are_told_once__when_no_channel_can_be_made),
        WORLD_TEST(channel__is_asked_for_again__when_it_was_refused),
        WORLD_TEST(commander__is_told_once__when_a_message_waits_for_long),
        WORLD_TEST(commander__is_told_elsewhere__when_a_platform_takes_nothing),
        WORLD_TEST(nobody__is_told__when_there_is_no_way),
        WORLD_TEST(record__says_it_once__when_an_invited_person_can_not_be_told),
        WORLD_TEST(record__names_nobody__when_a_direct_message_is_refused),
        WORLD_TEST(outsider__is_sent_to_those_inside__when_the_incident_is_private),
        WORLD_TEST(next__is_called_at_once__when_a_page_does_not_get_out),
        WORLD_TEST(page__is_over_at_once__when_it_gets_to_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
