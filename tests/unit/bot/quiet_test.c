/*
 * What is changed in place without a word to anybody: the pinned card, the cards of
 * tasks, a draft. A transcript does not show it.
 */
#include "tests/unit/bot/heard.h"

static long cards_with(struct world *world, const char *words)
{
    return look(world,
                arena_printf(world->arena,
                             "SELECT COUNT(*) FROM incidents i JOIN outbox o "
                             "ON o.id = i.headline_row WHERE o.body LIKE '%%%s%%' "
                             "AND i.id = $1",
                             words),
                1);
}

static long entry_of(struct world *world, const char *kind)
{
    return look(world,
                arena_printf(world->arena,
                             "SELECT MAX(n) FROM timeline WHERE kind = '%s' "
                             "AND incident_id = $1",
                             kind),
                1);
}

/* It was posted before the words were on it. */
static void card__loses_the_words__when_they_are_redacted(void **state)
{
    struct world *world = *state;
    const char *channel;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    say_in(world, "wire", "U1", channel, "!inc summary the key is swordfish");
    assert_int_equal(cards_with(world, "swordfish"), 1);
    say_in(world, "wire", "U1", channel,
           arena_printf(world->arena, "!inc redact %ld", entry_of(world, "summary")));
    assert_int_equal(cards_with(world, "swordfish"), 0);
    assert_int_equal(cards_with(world, "redacted"), 1);
}

static void card__follows__each_change(void **state)
{
    static const struct {
        const char *who, *line, *card;
    } steps[] = {
        {"U1", "!inc lead", "U1 leads"},
        {"U1", "!inc role communications <@U2>", "U2 communications"},
        {"U1", "!inc severity sev2 many wait", "active, sev2"},
        {"U1", "!inc title the pool is full", "the pool is full"},
        {"U1", "!inc summary half of all orders", "half of all orders"},
        {"U1", "!inc related inc-2", "Related: inc-2"},
        {"U1", "!inc task <@U2> look at it", "Tasks: 1 open, 0 done"},
        {"U2", "!inc done 1 it is full", "Tasks: 0 open, 1 done"},
        {"U1", "!inc mitigated", "mitigated, sev2"},
        {"U1", "!inc reopen it is not", "active, sev2"},
        {"U1", "!inc release <@U1>", "Nobody leads since"},
        {"U1", "!inc resolve all well", "resolved, sev2"},
        {"U1", "!inc reopen not so", "Next update by"},
    };
    struct world *world = *state;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    say_in(world, "wire", "U1", "C1", "!inc declare another");
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        assert_int_equal(cards_with(world, steps[i].card), 0);
        say_in(world, "wire", steps[i].who, channel_of(world), steps[i].line);
        assert_int_equal(cards_with(world, steps[i].card), 1);
    }
}

/* Of the incident that was there first. */
static void card__follows__what_else_is_open_on_the_service(void **state)
{
    struct world *world = *state;
    struct err err;

    assert_true(db_script(world->store.db,
                          "INSERT INTO services (name, name_key) "
                          "VALUES ('orders', 'orders')",
                          &err));
    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails --service orders");
    assert_int_equal(cards_with(world, "Also open on orders: none"), 1);
    say_in(world, "wire", "U1", "C1", "!inc declare another --service orders");
    assert_int_equal(cards_with(world, "Also open on orders: inc-2"), 1);
    say_in(world, "wire", "U1", "C1", "!inc resolve inc-2 the same");
    assert_int_equal(cards_with(world, "Also open on orders: none"), 1);
    say_in(world, "wire", "U1", "C1", "!inc reopen inc-2 not the same");
    assert_int_equal(cards_with(world, "Also open on orders: inc-2"), 1);
}

static void card__points_on__when_it_is_a_duplicate(void **state)
{
    struct world *world = *state;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    say_in(world, "wire", "U1", "C1", "!inc declare no orders");
    say_in(world, "wire", "U1", channel_of(world), "!inc duplicate-of inc-2");
    assert_int_equal(cards_with(world, "The same as inc-2 no orders"), 1);
    say_in(world, "wire", "U1", channel_of(world), "!inc reopen it is not");
    assert_int_equal(cards_with(world, "The same as"), 0);
}

static long topics_with(struct world *world, const char *words)
{
    return look(world,
                arena_printf(world->arena,
                             "SELECT COUNT(*) FROM outbox WHERE kind = 'set-topic' "
                             "AND done_ms IS NOT NULL AND body LIKE '%%%s%%' "
                             "AND incident_id = $1",
                             words),
                1);
}

static void topic__follows__title_and_state(void **state)
{
    static const char *const steps[][2] = {
        {"!inc severity sev2 many wait", "checkout fails: active, sev2"},
        {"!inc title the pool is full", "the pool is full: active, sev2"},
        {"!inc mitigated", "the pool is full: mitigated, sev2"},
        {"!inc resolve", "the pool is full: resolved, sev2"},
    };
    struct world *world = *state;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        say_in(world, "wire", "U1", channel_of(world), steps[i][0]);
        assert_int_equal(topics_with(world, steps[i][1]), 1);
    }
}

static void task_card__asks_no_more__when_it_is_done(void **state)
{
    static const char buttons[] = "SELECT COUNT(*) FROM outbox o JOIN tasks t "
                                  "ON o.id = t.card_row WHERE o.body LIKE '%cant%' "
                                  "AND t.n = $1";
    struct world *world = *state;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    say_in(world, "wire", "U1", channel_of(world), "!inc task <@U2> look at it");
    assert_int_equal(look(world, buttons, 1), 1);
    say_in(world, "wire", "U2", channel_of(world), "!inc done 1 it is full");
    assert_int_equal(look(world, buttons, 1), 0);
}

static bool draft_has(struct world *world, const char *words)
{
    return look(world,
                arena_printf(world->arena,
                             "SELECT COUNT(*) FROM outbox WHERE kind = 'post' AND "
                             "body LIKE '%% of 7, %%%s%%' AND $1 = 0",
                             words),
                0) > 0;
}

static void draft__follows__what_comes_after_it(void **state)
{
    struct world *world = *state;
    const char *channel;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    say_in(world, "wire", "U1", channel, "!inc task <@U2> look at it");
    say_in(world, "wire", "U1", channel, "!inc resolve");
    say_in(world, "wire", "U1", channel, "!inc retro");
    assert_true(draft_has(world, "technical analysis"));
    say_in(world, "wire", "U2", channel, "!inc done 1 the pool was full");
    assert_true(draft_has(world, "the pool was full"));
    say_in(world, "wire", "U1", channel, "!inc well it was seen at once");
    assert_true(draft_has(world, "seen at once"));
    say_in(world, "wire", "U1", channel,
           arena_printf(world->arena, "!inc drop %ld", entry_of(world, "factor")));
    assert_false(draft_has(world, "seen at once"));
}

static void draft__follows__a_feeling_and_its_end(void **state)
{
    struct world *world = *state;
    const char *channel;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    say_in(world, "wire", "U1", channel, "!inc resolve");
    say_in(world, "wire", "U1", channel, "!inc retro");
    say_in(world, "wire", "U1", channel, "!inc feel slow from tiredness");
    assert_true(draft_has(world, "slow from tiredness"));
    say_in(world, "wire", "U1", channel,
           arena_printf(world->arena, "!inc drop %ld", entry_of(world, "feeling")));
    assert_false(draft_has(world, "slow from tiredness"));
}

static long amends_of(struct world *world)
{
    long amends = 0;

    for (size_t i = 0; i < world->deed_count; i++) {
        amends += world->deeds[i].kind == ACTION_AMEND ? 1 : 0;
    }
    return amends;
}

static bool is_heard(struct world *world)
{
    return world->settled >= world->event;
}

static bool is_amended(struct world *world)
{
    return is_heard(world) && amends_of(world) > 0;
}

static void say_muted(struct world *world, const char *who, const char *text,
                      bool (*is_done)(struct world *world))
{
    struct chat_event said = message(channel_of(world), NULL, text);

    said.id = arena_printf(world->arena, "Y%d", world->event + 1);
    said.message = said.id;
    said.who = (struct chat_person){.id = who, .name = who};
    said.at_ms = ear_now_ms(world->ears);
    hear_event(world, &said);
    run_until(world, is_done);
}

/* The platform answers again: first what it was asked meanwhile. */
static void unmute(struct world *world, size_t from)
{
    size_t count = world->deed_count;

    world->is_mute = false;
    for (size_t i = from; i < count; i++) {
        const char *ref =
            arena_printf(world->arena, "ref%ld", (long)world->deeds[i].row);

        ear_outcome(world->ears, &world->wires[0].adapter, world->deeds[i].row,
                    &(struct outcome){.kind = OUTCOME_DONE, .ref = ref});
    }
    run_until(world, nothing_waits);
}

/* How the card of the first task stands in the end. */
static const char *card_shown(struct world *world)
{
    const char *about = arena_printf(
        world->arena, "ref%ld",
        look(world, "SELECT card_row FROM tasks WHERE incident_id = $1", 1));
    const char *text = "";

    for (size_t i = 0; i < world->deed_count; i++) {
        const struct action *action = &world->deeds[i].action;

        if (action->kind == ACTION_AMEND && strcmp(action->about, about) == 0) {
            text = action->note->blocks[0].text;
        }
    }
    return text;
}

static const char *redaction_of(struct world *world, const char *words)
{
    long n = look(world,
                  arena_printf(world->arena,
                               "SELECT MIN(n) FROM timeline WHERE kind = 'task' "
                               "AND text LIKE '%%%s%%' AND incident_id = $1",
                               words),
                  1);

    return arena_printf(world->arena, "!inc redact %ld", n);
}

static void task_with_secret(struct world *world)
{
    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    say_in(world, "wire", "U1", channel_of(world), "!inc lead");
    say_in(world, "wire", "U1", channel_of(world), "!inc task <@U2> try swordfish9");
    world->deed_count = 0;
    world->is_mute = true;
}

/* The words are on their way once more, in a change of the card. */
static void task_card__loses_the_words__when_a_change_is_on_its_way(void **state)
{
    struct world *world = *state;

    task_with_secret(world);
    say_muted(world, "U2", "!inc ack 1", is_amended);
    say_muted(world, "U1", redaction_of(world, "swordfish9"), is_heard);
    unmute(world, 0);
    assert_null(strstr(card_shown(world), "swordfish9"));
    assert_non_null(strstr(card_shown(world), "said yes at"));
}

/* Behind that one another waits, which knows more. */
static void task_card__stays_as_it_is_now__when_a_change_waits(void **state)
{
    struct world *world = *state;

    task_with_secret(world);
    say_muted(world, "U2", "!inc ack 1", is_amended);
    say_muted(world, "U2", "!inc done 1", is_heard);
    say_muted(world, "U1", redaction_of(world, "swordfish9"), is_heard);
    unmute(world, 0);
    assert_null(strstr(card_shown(world), "swordfish9"));
    assert_non_null(strstr(card_shown(world), "Done at"));
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(card__follows__each_change),
        IN_WORLD(card__follows__what_else_is_open_on_the_service),
        IN_WORLD(card__loses_the_words__when_they_are_redacted),
        IN_WORLD(card__points_on__when_it_is_a_duplicate),
        IN_WORLD(topic__follows__title_and_state),
        IN_WORLD(task_card__asks_no_more__when_it_is_done),
        IN_WORLD(draft__follows__what_comes_after_it),
        IN_WORLD(draft__follows__a_feeling_and_its_end),
        IN_WORLD(task_card__loses_the_words__when_a_change_is_on_its_way),
        IN_WORLD(task_card__stays_as_it_is_now__when_a_change_waits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
