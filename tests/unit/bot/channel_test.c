/*
 * Where the bot goes and what befalls an incident's channel, through the whole bot: an
 * event goes in, wishes come out at a scripted platform, the record is looked at.
 */
#include "tests/unit/bot/wire_world.h"

static size_t deeds_of(struct world *world, enum action_kind kind)
{
    size_t count = 0;

    for (size_t i = 0; i < world->deed_count; i++) {
        count += world->deeds[i].kind == kind ? 1 : 0;
    }
    return count;
}

/* The newest of that kind. */
static const struct deed *last_deed(struct world *world, enum action_kind kind)
{
    for (size_t i = world->deed_count; i > 0; i--) {
        if (world->deeds[i - 1].kind == kind) {
            return &world->deeds[i - 1];
        }
    }
    fail_msg("no %s was wished", action_kind_name(kind));
    return NULL;
}

static long entries_like(struct world *world, const char *words)
{
    struct db_rows rows;
    struct err err;

    assert_true(
        store_run(&world->reader, &rows, &err,
                  "SELECT COUNT(*) FROM timeline WHERE text LIKE '%' || $1 || '%'",
                  DB_ARGS(DB_TEXT(words))));
    return (long)db_int(&rows, 0, 0);
}

static const char *channel_now(struct world *world)
{
    return look_text(
        world, "SELECT channel FROM incidents WHERE $1 = 0 ORDER BY id DESC LIMIT 1",
        0);
}

static void happen(struct world *world, struct chat_event event)
{
    event.id = arena_printf(world->arena, "X%d", world->event + 1);
    event.at_ms = ear_now_ms(world->ears);
    event.place.adapter = "wire";
    hear_event(world, &event);
    run_until(world, nothing_waits);
}

static struct chat_event invitation(const char *channel, bool is_trusted,
                                    bool is_sealed)
{
    return (struct chat_event){
        .kind = CHAT_INVITED,
        .place = {.channel = channel, .is_sealed = is_sealed},
        .who = {.id = "U7", .name = "wen"},
        .is_trusted = is_trusted,
    };
}

static struct chat_event about(enum chat_kind kind, const char *channel)
{
    return (struct chat_event){.kind = kind,
                               .place = {.channel = channel},
                               .who = {.id = "U7", .name = "wen"}};
}

static const char *declare(struct world *world)
{
    say(world, "!inc declare checkout fails");
    run_until(world, nothing_waits);
    return channel_now(world);
}

static void told_lead(struct world *world, size_t times, const char *words)
{
    assert_int_equal(deeds_of(world, ACTION_DIRECT), times);
    assert_string_equal(last_deed(world, ACTION_DIRECT)->action.person, "U1");
    assert_non_null(strstr(last_deed(world, ACTION_DIRECT)->text, words));
}

static void invitation__is_followed__when_it_is_trusted(void **state)
{
    struct world *world = *state;

    happen(world, invitation("!a", true, false));
    assert_int_equal(world->deed_count, 1);
    assert_string_equal(last_deed(world, ACTION_JOIN)->channel, "!a");
    assert_null(last_deed(world, ACTION_JOIN)->action.about_channel);
}

static void invitation__is_declined_without_a_word__when_it_is_not(void **state)
{
    struct world *world = *state;

    happen(world, invitation("!a", false, true));
    assert_int_equal(world->deed_count, 1);
    assert_string_equal(last_deed(world, ACTION_LEAVE)->channel, "!a");
    assert_non_null(last_deed(world, ACTION_LEAVE)->action.topic);
    assert_int_equal(count(world, "people"), 0);
}

static void invitation__is_left_with_one_notice__when_the_room_is_sealed(void **state)
{
    struct world *world = *state;

    declare(world);
    happen(world, invitation("!a", true, true));
    assert_string_equal(last_deed(world, ACTION_LEAVE)->channel, "!a");
    assert_int_equal(deeds_of(world, ACTION_JOIN), 0);
    assert_int_equal(deeds_of(world, ACTION_DIRECT), 1);
    assert_string_equal(last_deed(world, ACTION_DIRECT)->action.person, "U7");
    assert_null(strstr(last_deed(world, ACTION_DIRECT)->text, "inc-1"));
}

static bool is_heard(struct world *world)
{
    return world->settled >= world->event;
}

/* An invitation whose join the platform puts off. */
static struct chat_event invite_and_wait(struct world *world)
{
    struct chat_event event = invitation("!a", true, false);

    world->fates[ACTION_JOIN] = (struct fate){.kind = OUTCOME_AGAIN, .left = 1};
    event.place.adapter = "wire";
    event.id = "first";
    hear_event(world, &event);
    run_until(world, is_heard);
    return event;
}

static void invitation__is_done_once__when_heard_twice(void **state)
{
    struct world *world = *state;
    struct chat_event event = invite_and_wait(world);

    event.id = "second";
    hear_event(world, &event);
    run_until(world, nothing_waits);
    assert_int_equal(count(world, "outbox"), 1);
}

static void channel__is_not_come_back_to__when_taken_out_before_we_came(void **state)
{
    struct world *world = *state;

    (void)invite_and_wait(world);
    happen(world, about(CHAT_REMOVED, "!a"));
    assert_int_equal(deeds_of(world, ACTION_JOIN), 1);
    happen(world, invitation("!a", true, false));
    assert_int_equal(deeds_of(world, ACTION_JOIN), 2);
}

/* Heard twice, it is one entry and one word to who leads. */
static void befalls_once(struct world *world, enum chat_kind kind, const char *entry,
                         const char *told)
{
    const char *channel = declare(world);

    happen(world, about(kind, channel));
    happen(world, about(kind, channel));
    assert_int_equal(entries_like(world, entry), 1);
    told_lead(world, 1, told);
}

static void removal__is_recorded_and_told_once__when_the_incident_is_open(void **state)
{
    struct world *world = *state;

    befalls_once(world, CHAT_REMOVED, "was taken out of the channel",
                 "invite me there");
    assert_int_equal(deeds_of(world, ACTION_JOIN), 0);
}

static void removal__is_over__when_the_bot_is_invited_back(void **state)
{
    struct world *world = *state;
    const char *channel = declare(world);

    happen(world, about(CHAT_REMOVED, channel));
    happen(world, invitation(channel, true, false));
    assert_string_equal(last_deed(world, ACTION_JOIN)->channel, channel);
    assert_int_equal(entries_like(world, "the bot is back"), 1);
    happen(world, invitation(channel, true, false));
    assert_int_equal(entries_like(world, "the bot is back"), 1);
    happen(world, about(CHAT_REMOVED, channel));
    assert_int_equal(entries_like(world, "was taken out of the channel"), 2);
    told_lead(world, 2, "invite me there");
}

static void sealing__is_recorded_and_told_once__in_an_incidents_channel(void **state)
{
    struct world *world = *state;

    befalls_once(world, CHAT_SEALED, "the channel was encrypted", "encrypted now");
    assert_int_equal(deeds_of(world, ACTION_LEAVE), 0);
}

static void refused_posts__are_one_entry__when_they_fail_alike(void **state)
{
    struct world *world = *state;
    const char *channel = declare(world);

    happen(world, about(CHAT_SEALED, channel));
    world->fates[ACTION_POST] = (struct fate){
        .kind = OUTCOME_NEVER, .why = "the channel is encrypted", .left = 20};
    say(world, "!inc severity inc-1 sev2");
    run_until(world, nothing_waits);
    say(world, "!inc lead inc-1");
    run_until(world, nothing_waits);
    assert_true(world->fates[ACTION_POST].left < 19);
    assert_int_equal(entries_like(world, "did not get out: the channel is encrypted"),
                     1);
}

static void sealed_room__is_left__when_it_is_no_incidents(void **state)
{
    struct world *world = *state;

    happen(world, about(CHAT_SEALED, "!ops"));
    assert_string_equal(last_deed(world, ACTION_LEAVE)->channel, "!ops");
    assert_string_equal(last_deed(world, ACTION_DIRECT)->action.person, "U7");
}

static struct chat_event move(const char *from, const char *to)
{
    struct chat_event event = about(CHAT_MOVED, from);

    event.text = to;
    return event;
}

static void incident__goes_on_there__when_its_channel_moves(void **state)
{
    struct world *world = *state;
    const char *channel = declare(world);
    size_t pins = deeds_of(world, ACTION_PIN);

    say(world, "!inc task inc-1 @ana look at the queue");
    run_until(world, nothing_waits);
    world->fates[ACTION_JOIN] =
        (struct fate){.kind = OUTCOME_DONE, .ref = "!new", .left = 1};
    happen(world, move(channel, "!new"));
    assert_string_equal(last_deed(world, ACTION_JOIN)->channel, "!new");
    assert_string_equal(last_deed(world, ACTION_JOIN)->action.about_channel, channel);
    assert_string_equal(channel_now(world), "!new");
    assert_int_equal(entries_like(world, "goes on as !new"), 1);
    assert_int_equal(deeds_of(world, ACTION_PIN), pins + 1);
    assert_string_equal(last_deed(world, ACTION_PIN)->action.about_channel, "!new");
    assert_string_equal(last_deed(world, ACTION_SET_TOPIC)->channel, "!new");
    /* Nothing is tried twice. */
    happen(world, move(channel, "!new"));
    assert_int_equal(deeds_of(world, ACTION_JOIN), 1);
    /* What was posted there is changed there. */
    say(world, "!inc ack inc-1 1");
    run_until(world, nothing_waits);
    for (size_t i = 0; i < world->deed_count; i++) {
        const struct deed *deed = &world->deeds[i];

        if (deed->kind == ACTION_AMEND && strstr(deed->text, "Task 1") != NULL) {
            assert_string_equal(deed->action.about_channel, channel);
            return;
        }
    }
    fail_msg("the card of the task was not changed");
}

/* Who is in it; who left stays where they are, and whoever we can't reach. */
static void people__are_asked_along__when_the_channel_moves(void **state)
{
    struct world *world = *state;
    const char *channel = declare(world);
    struct chat_event event = about(CHAT_JOINED, channel);

    happen(world, event);
    event.who = (struct chat_person){.id = "U8", .name = "bo"};
    happen(world, event);
    event.kind = CHAT_LEFT;
    happen(world, event);
    world->deed_count = 0;
    world->fates[ACTION_JOIN] =
        (struct fate){.kind = OUTCOME_DONE, .ref = "!new", .left = 1};
    happen(world, move(channel, "!new"));
    assert_int_equal(deeds_of(world, ACTION_INVITE), 2);
    for (size_t i = 0; i < world->deed_count; i++) {
        if (world->deeds[i].kind == ACTION_INVITE) {
            assert_string_equal(world->deeds[i].channel, "!new");
            assert_string_not_equal(world->deeds[i].action.person, "U8");
        }
    }
}

/* The old card, changed while the bot was on its way, would be changed for nobody. */
static void card__is_said_anew__when_changed_on_the_way(void **state)
{
    struct world *world = *state;
    const char *channel = declare(world);
    struct chat_event event = move(channel, "!new");

    world->deed_count = 0;
    world->fates[ACTION_JOIN] = (struct fate){.kind = OUTCOME_AGAIN, .left = 1};
    event.place.adapter = "wire";
    event.id = "moved";
    hear_event(world, &event);
    run_until(world, is_heard);
    say(world, "!inc severity inc-1 sev2");
    run_until(world, nothing_waits);
    assert_int_equal(deeds_of(world, ACTION_AMEND), 0);
    assert_non_null(strstr(last_deed(world, ACTION_SET_TOPIC)->action.topic, "sev2"));
    say(world, "!inc severity inc-1 sev1");
    run_until(world, nothing_waits);
    assert_string_not_equal(channel_now(world), channel);
    assert_string_equal(last_deed(world, ACTION_AMEND)->action.about_channel,
                        channel_now(world));
}

static void incident__says_so__when_the_bot_cant_follow(void **state)
{
    struct world *world = *state;
    const char *channel = declare(world);

    world->fates[ACTION_JOIN] =
        (struct fate){.kind = OUTCOME_NEVER, .why = "by invitation only", .left = 1};
    happen(world, move(channel, "!new"));
    assert_string_equal(channel_now(world), channel);
    assert_int_equal(entries_like(world, "could not follow: by invitation only"), 1);
    told_lead(world, 1, "by invitation only");
    world->fates[ACTION_JOIN] =
        (struct fate){.kind = OUTCOME_DONE, .ref = "!new", .left = 1};
    happen(world, invitation("!new", true, false));
    assert_string_equal(last_deed(world, ACTION_JOIN)->action.about_channel, channel);
    assert_string_equal(channel_now(world), "!new");
}

static void incident__stays_where_it_is__when_it_would_move_into_another(void **state)
{
    struct world *world = *state;
    const char *other = declare(world);
    const char *channel = declare(world);

    happen(world, move(channel, other));
    assert_int_equal(deeds_of(world, ACTION_JOIN), 0);
    assert_string_equal(channel_now(world), channel);
    assert_int_equal(entries_like(world, "channel of another incident"), 1);
}

static struct chat_event rekey(const char *from, const char *to)
{
    struct chat_event event = about(CHAT_REKEYED, from);

    event.text = to;
    return event;
}

/* Where it was, with its card: nobody is asked along, nothing is said anew. */
static void incident__goes_on_as_it_was__when_its_channel_has_another_id(void **state)
{
    struct world *world = *state;
    const char *channel = declare(world);
    size_t pins = deeds_of(world, ACTION_PIN);

    happen(world, rekey(channel, "!new"));
    happen(world, rekey(channel, "!new"));
    assert_string_equal(channel_now(world), "!new");
    assert_int_equal(entries_like(world, "its id is !new now"), 1);
    assert_int_equal(deeds_of(world, ACTION_JOIN), 0);
    assert_int_equal(deeds_of(world, ACTION_PIN), pins);
    say(world, "!inc severity inc-1 sev1");
    run_until(world, nothing_waits);
    assert_string_equal(last_deed(world, ACTION_AMEND)->action.about_channel, "!new");
}

static void incident__stays_where_it_is__when_the_id_is_of_another(void **state)
{
    struct world *world = *state;
    const char *other = declare(world);
    const char *channel = declare(world);

    happen(world, rekey(channel, other));
    assert_string_equal(channel_now(world), channel);
    assert_int_equal(entries_like(world, "its id is"), 0);
}

static void channel__is_opened_with_the_first_ten__of_those_invited(void **state)
{
    struct world *world = *state;
    const struct action *open;
    char line[64];

    say(world, "!inc declare checkout fails");
    for (int i = 0; i < 11; i++) {
        snprintf(line, sizeof(line), "!inc invite inc-1 <@U%d>", 20 + i);
        say(world, line);
    }
    run_until(world, nothing_waits);
    open = &last_deed(world, ACTION_OPEN_CHANNEL)->action;
    assert_int_equal(open->person_count, ACTION_PEOPLE);
    assert_string_equal(open->people[0], "U1");
    assert_string_equal(open->people[9], "U28");
    assert_int_equal(deeds_of(world, ACTION_INVITE), 12);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(invitation__is_followed__when_it_is_trusted),
        IN_WORLD(invitation__is_declined_without_a_word__when_it_is_not),
        IN_WORLD(invitation__is_left_with_one_notice__when_the_room_is_sealed),
        IN_WORLD(invitation__is_done_once__when_heard_twice),
        IN_WORLD(channel__is_not_come_back_to__when_taken_out_before_we_came),
        IN_WORLD(removal__is_recorded_and_told_once__when_the_incident_is_open),
        IN_WORLD(removal__is_over__when_the_bot_is_invited_back),
        IN_WORLD(sealing__is_recorded_and_told_once__in_an_incidents_channel),
        IN_WORLD(refused_posts__are_one_entry__when_they_fail_alike),
        IN_WORLD(sealed_room__is_left__when_it_is_no_incidents),
        IN_WORLD(incident__goes_on_there__when_its_channel_moves),
        IN_WORLD(people__are_asked_along__when_the_channel_moves),
        IN_WORLD(card__is_said_anew__when_changed_on_the_way),
        IN_WORLD(incident__says_so__when_the_bot_cant_follow),
        IN_WORLD(incident__stays_where_it_is__when_it_would_move_into_another),
        IN_WORLD(incident__goes_on_as_it_was__when_its_channel_has_another_id),
        IN_WORLD(incident__stays_where_it_is__when_the_id_is_of_another),
        IN_WORLD(channel__is_opened_with_the_first_ten__of_those_invited),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
