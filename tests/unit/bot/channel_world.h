/*
 * What the tests about channels share: an event goes in, wishes come out at a scripted
 * platform, the record is looked at.
 */
#pragma once

#include "tests/unit/bot/wire_world.h"

static inline size_t deeds_of(struct world *world, enum action_kind kind)
{
    size_t count = 0;

    for (size_t i = 0; i < world->deed_count; i++) {
        count += world->deeds[i].kind == kind ? 1 : 0;
    }
    return count;
}

/* The newest of that kind. */
static inline const struct deed *last_deed(struct world *world, enum action_kind kind)
{
    return must_find(world, kind, "");
}

static inline long entries_like(struct world *world, const char *words)
{
    struct db_rows rows;
    struct err err;

    assert_true(
        store_run(&world->reader, &rows, &err,
                  "SELECT COUNT(*) FROM timeline WHERE text LIKE '%' || $1 || '%'",
                  DB_ARGS(DB_TEXT(words))));
    return (long)db_int(&rows, 0, 0);
}

static inline const char *channel_now(struct world *world)
{
    return look_text(
        world, "SELECT channel FROM incidents WHERE $1 = 0 ORDER BY id DESC LIMIT 1",
        0);
}

static inline void happen(struct world *world, struct chat_event event)
{
    event.id = arena_printf(world->arena, "X%d", world->event + 1);
    event.at_ms = ear_now_ms(world->ears);
    event.place.adapter = "wire";
    hear_event(world, &event);
    run_until(world, nothing_waits);
}

static inline struct chat_event about(enum chat_kind kind, const char *channel)
{
    return (struct chat_event){.kind = kind,
                               .place = {.channel = channel},
                               .who = {.id = "U7", .name = "wen"}};
}

static inline const char *declare(struct world *world)
{
    say(world, "!inc declare checkout fails");
    run_until(world, nothing_waits);
    return channel_now(world);
}

static inline void told_lead(struct world *world, size_t times, const char *words)
{
    assert_int_equal(deeds_of(world, ACTION_DIRECT), times);
    assert_string_equal(last_deed(world, ACTION_DIRECT)->action.person, "U1");
    assert_non_null(strstr(last_deed(world, ACTION_DIRECT)->text, words));
}

static inline struct chat_event invitation(const char *channel, bool is_trusted,
                                           bool is_sealed)
{
    return (struct chat_event){
        .kind = CHAT_INVITED,
        .place = {.channel = channel, .is_sealed = is_sealed},
        .who = {.id = "U7", .name = "wen"},
        .is_trusted = is_trusted,
    };
}

static inline bool is_heard(struct world *world)
{
    return world->settled >= world->event;
}

/* An invitation whose join the platform puts off. */
