/*
 * Two platforms side by side on one store: an incident lives where it was declared,
 * people have accounts here, there, or on both, and answers go where they spoke.
 */
#include "store/people.h"
#include "tests/unit/bot/wire_world.h"

static void happens_on(const struct deed *deed, const char *adapter)
{
    assert_string_equal(deed->adapter, adapter);
}

/* ana on both, bo on wire alone, wen on cable alone. */
static void make_people(struct world *world)
{
    static const char *const accounts[][3] = {{"ana", "wire", "U1"},
                                              {"ana", "cable", "@ana:x"},
                                              {"bo", "wire", "U2"},
                                              {"wen", "cable", "@wen:x"}};
    struct err err = {.kind = ERR_NONE};
    struct turn *turn = turn_open(ears_turns(world->ears), &err);

    assert_non_null(turn);
    for (size_t i = 0; i < sizeof(accounts) / sizeof(accounts[0]); i++) {
        struct person *person = NULL;
        int64_t id;

        assert_true(person_find_handle(turn->store, accounts[i][0], &person, &err));
        if (person == NULL) {
            assert_true(person_insert(turn->store, accounts[i][0], &id, &err));
        } else {
            id = person->id;
        }
        assert_true(person_link(turn->store, id, accounts[i][1], accounts[i][2], &err));
    }
    turns_finish(ears_turns(world->ears));
}

static void hear_on(struct world *world, const char *adapter, const char *who,
                    const char *channel, const char *text)
{
    const char *id = arena_printf(world->arena, "M%d", world->event);
    struct chat_event event = {
        .kind = CHAT_SAID,
        .id = id,
        .at_ms = ear_now_ms(world->ears),
        .place = {.adapter = adapter, .channel = channel, .name = "#ops"},
        .who = {.id = who},
        .message = id,
        .text = text,
    };

    event.place.is_direct = *channel == 'D';
    hear_event(world, &event);
}

static void say_on(struct world *world, const char *adapter, const char *who,
                   const char *channel, const char *text)
{
    hear_on(world, adapter, who, channel, text);
    run_until(world, nothing_waits);
}

/* Both are heard in one turn: wen on cable, then bo on wire. */
static void both_say(struct world *world, const char *text)
{
    hear_on(world, "cable", "@wen:x", "D1", text);
    hear_on(world, "wire", "U2", "D2", text);
    run_until(world, nothing_waits);
}

static void declare_on_cable(struct world *world)
{
    make_people(world);
    say_on(world, "cable", "@wen:x", "C1", "!inc declare checkout fails");
}

static void incident__lives_where_it_was_declared(void **state)
{
    struct world *world = *state;

    declare_on_cable(world);
    happens_on(must_find(world, ACTION_OPEN_CHANNEL, ""), "cable");
    happens_on(must_find(world, ACTION_POST, "Raised by wen"), "cable");
    assert_string_equal(must_find(world, ACTION_POST, "Raised by wen")->channel,
                        "#incidents");
    for (size_t i = 0; i < world->deed_count; i++) {
        happens_on(&world->deeds[i], "cable");
    }
}

/* Where lines are messages, a private word said in any room stands there. */
static void private_word__is_told_of__when_all_can_read_it(void **state)
{
    struct world *world = *state;

    make_people(world);
    say_on(world, "cable", "@wen:x", "D1", "declare --private keys leaked");
    say_on(world, "cable", "@wen:x", "C1", "!inc declare checkout fails");
    say_on(world, "wire", "U2", "C2", "!inc declare --private keys leaked");
    assert_null(find_deed(world, ACTION_WHISPER, "for all to read"));
    say_on(world, "cable", "@wen:x", "C1", "!inc declare --private keys leaked");
    happens_on(must_find(world, ACTION_WHISPER, "for all to read"), "cable");
    assert_null(find_deed(world, ACTION_REDACT, ""));
}

static void answer__goes_where_they_spoke__about_an_incident_elsewhere(void **state)
{
    struct world *world = *state;

    declare_on_cable(world);
    say_on(world, "wire", "U2", "D2", "lead inc-1");
    happens_on(must_find(world, ACTION_DIRECT, ""), "wire");
    happens_on(must_find(world, ACTION_POST, "bo leads"), "cable");
    say_on(world, "wire", "U1", "C7", "!inc timeline inc-1");
    happens_on(must_find(world, ACTION_WHISPER, "Timeline of inc-1"), "wire");
}

static void page__reaches_people__where_the_incident_is_or_else_elsewhere(void **state)
{
    struct world *world = *state;
    const struct deed *page;

    declare_on_cable(world);
    say_on(world, "cable", "@wen:x", "C1", "!inc page inc-1 @ana");
    page = must_find(world, ACTION_DIRECT, "");
    happens_on(page, "cable");
    assert_string_equal(page->action.person, "@ana:x");
    say_on(world, "cable", "@wen:x", "C1", "!inc page inc-1 @bo");
    page = must_find(world, ACTION_DIRECT, "");
    happens_on(page, "wire");
    assert_string_equal(page->action.person, "U2");
    /* An account typed in full is as good as a mention; elsewhere it is a word. */
    say_on(world, "cable", "@wen:x", "C1", "!inc page inc-1 @zoe:x");
    assert_string_equal(must_find(world, ACTION_DIRECT, "")->action.person, "@zoe:x");
    say_on(world, "wire", "U1", "C1", "!inc page inc-1 @zed:x");
    (void)must_find(world, ACTION_WHISPER, "I know no \"zed:x\"");
    /* And the answer comes back to the incident. */
    say_on(world, "wire", "U2", "D2", "ack");
    happens_on(must_find(world, ACTION_POST, "bo is coming"), "cable");
}

static void offer__reaches_people__where_they_are(void **state)
{
    struct world *world = *state;

    declare_on_cable(world);
    say_on(world, "cable", "@wen:x", "C1", "!inc lead inc-1");
    say_on(world, "cable", "@wen:x", "C1", "!inc handoff inc-1 @bo");
    happens_on(must_find(world, ACTION_DIRECT, ""), "wire");
    say_on(world, "wire", "U2", "D2", "accept");
    happens_on(must_find(world, ACTION_POST, "bo leads"), "cable");
}

static void two_at_once__one_has_the_task__the_other_is_told_who(void **state)
{
    struct world *world = *state;

    declare_on_cable(world);
    say_on(world, "wire", "U1", "D7", "task inc-1 @bo look at the queue");
    say_on(world, "wire", "U1", "D7", "task inc-1 @wen 1");
    both_say(world, "ack inc-1 1");
    happens_on(must_find(world, ACTION_DIRECT, "Task 1 is with wen"), "wire");
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM tasks JOIN people ON id = owner_id "
                          "WHERE incident_id = $1 AND handle = 'wen' AND state = "
                          "'acked'",
                          1),
                     1);
}

static void two_at_once__one_answers_the_page__the_other_is_told_who(void **state)
{
    struct world *world = *state;

    declare_on_cable(world);
    say_on(world, "wire", "U1", "D7", "page inc-1 @bo");
    say_on(world, "wire", "U1", "D7", "page inc-1 @wen");
    hear_on(world, "cable", "@ana:x", "D3", "ack inc-1 1 @bo");
    hear_on(world, "wire", "U2", "D2", "ack inc-1 1");
    run_until(world, nothing_waits);
    happens_on(must_find(world, ACTION_DIRECT, "Page 1 is answered: bo is coming"),
               "wire");
    hear_on(world, "cable", "@wen:x", "D1", "cant inc-1 2");
    hear_on(world, "wire", "U1", "D7", "ack inc-1 2 @wen");
    run_until(world, nothing_waits);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM pages WHERE answered_by IS NOT NULL "
                          "AND incident_id = $1",
                          1),
                     2);
}

static void two_at_once__one_leads__the_other_is_told_who(void **state)
{
    struct world *world = *state;

    declare_on_cable(world);
    both_say(world, "lead inc-1");
    (void)must_find(world, ACTION_POST, "wen leads");
    happens_on(must_find(world, ACTION_DIRECT, "wen"), "wire");
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM holds WHERE to_ms IS NULL "
                          "AND role = 'commander' AND incident_id = $1",
                          1),
                     1);
}

static void question__reaches_people__where_they_are(void **state)
{
    struct world *world = *state;

    make_people(world);
    say_on(world, "cable", "@wen:x", "D1", "ask @bo is the queue yours?");
    happens_on(must_find(world, ACTION_DIRECT, "asks you in private"), "wire");
    say_on(world, "wire", "U2", "D2", "it is");
    happens_on(must_find(world, ACTION_DIRECT, "it is"), "cable");
}

static void retrospective__is_a_file__where_the_platform_takes_files(void **state)
{
    struct world *world = *state;
    const struct deed *file;
    const char *channel;
    char *words = arena_alloc(world->arena, 8001);

    declare_on_cable(world);
    channel = look_text(world, "SELECT channel FROM incidents WHERE id = $1", 1);
    say_on(world, "cable", "@wen:x", channel,
           "the queue is *full*, <@@ana:x> <@@no:x>");
    say_on(world, "cable", "@wen:x", channel, "!inc resolve done");
    say_on(world, "cable", "@wen:x", channel, "!inc retro");
    file = &world->deeds[world->deed_count - 1];
    assert_int_equal(file->kind, ACTION_UPLOAD);
    assert_string_equal(file->action.name, "retrospective-inc-1.md");
    assert_string_equal(file->channel, channel);
    assert_non_null(strstr(file->action.file_text, "# inc-1 checkout fails\n"));
    assert_non_null(strstr(file->action.file_text, "## Retrospective (draft)"));
    assert_non_null(
        strstr(file->action.file_text, "the queue is \\*full\\*, @ana @no:x"));
    memset(words, 'w', 8000);
    words[8000] = '\0';
    for (int i = 0; i < 40; i++) {
        say_on(world, "cable", "@wen:x", channel, words);
    }
    say_on(world, "cable", "@wen:x", channel, "!inc retro publish");
    file = &world->deeds[world->deed_count - 1];
    assert_int_equal(file->kind, ACTION_UPLOAD);
    assert_non_null(strstr(file->action.file_text, "State: reviewed"));
    assert_non_null(strstr(file->action.file_text, "muster export inc-1 --format md"));
    assert_in_range(strlen(file->action.file_text), (size_t)240 * 1024,
                    (size_t)256 * 1024);
}

static void retrospective__is_no_file__where_the_platform_takes_none(void **state)
{
    struct world *world = *state;

    make_people(world);
    say_on(world, "wire", "U2", "C1", "!inc declare checkout fails");
    say_on(world, "wire", "U2", "C1", "!inc resolve inc-1 done");
    say_on(world, "wire", "U2", "C1", "!inc retro inc-1");
    for (size_t i = 0; i < world->deed_count; i++) {
        assert_int_not_equal(world->deeds[i].kind, ACTION_UPLOAD);
    }
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(incident__lives_where_it_was_declared),
        IN_WORLD(private_word__is_told_of__when_all_can_read_it),
        IN_WORLD(answer__goes_where_they_spoke__about_an_incident_elsewhere),
        IN_WORLD(page__reaches_people__where_the_incident_is_or_else_elsewhere),
        IN_WORLD(offer__reaches_people__where_they_are),
        IN_WORLD(two_at_once__one_has_the_task__the_other_is_told_who),
        IN_WORLD(two_at_once__one_answers_the_page__the_other_is_told_who),
        IN_WORLD(two_at_once__one_leads__the_other_is_told_who),
        IN_WORLD(question__reaches_people__where_they_are),
        IN_WORLD(retrospective__is_a_file__where_the_platform_takes_files),
        IN_WORLD(retrospective__is_no_file__where_the_platform_takes_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
