/*
 * Words said, edited and deleted on the scripted platforms, each heard to its end.
 * Included by one test program each.
 */
#pragma once

#include "tests/unit/bot/wire_world.h"

static inline const char *channel_of(struct world *world)
{
    return look_text(world, "SELECT channel FROM incidents WHERE id = $1", 1);
}

static inline void do_event(struct world *world, struct chat_event event)
{
    event.at_ms = ear_now_ms(world->ears);
    event.id = event.id == NULL ? arena_printf(world->arena, "X%d", world->event + 1)
                                : event.id;
    hear_event(world, &event);
    run_until(world, nothing_waits);
}

static inline void say_in(struct world *world, const char *adapter, const char *who,
                          const char *channel, const char *text)
{
    do_event(world, (struct chat_event){
                        .kind = CHAT_SAID,
                        .place = {.adapter = adapter, .channel = channel},
                        .who = {.id = who},
                        .message = arena_printf(world->arena, "M%d", world->event),
                        .text = text,
                    });
}

static inline struct chat_event deletion(const char *channel, const char *message)
{
    return (struct chat_event){
        .kind = CHAT_DELETED,
        .place = {.adapter = "wire", .channel = channel},
        .who = {.id = "U5", .name = "wen"},
        .message = message,
    };
}

static inline struct chat_event message(const char *channel, const char *id,
                                        const char *text)
{
    return (struct chat_event){
        .kind = CHAT_SAID,
        .id = id,
        .place = {.adapter = "wire", .channel = channel},
        .who = {.id = "U5", .name = "wen"},
        .message = id,
        .text = text,
    };
}

static inline struct chat_event edit_of(const char *channel, const char *id,
                                        const char *event, const char *text)
{
    struct chat_event edit = message(channel, id, text);

    edit.kind = CHAT_EDITED;
    edit.id = event;
    return edit;
}

static inline long said_with(struct world *world, const char *word)
{
    return look(world,
                arena_printf(world->arena,
                             "SELECT (SELECT COUNT(*) FROM timeline WHERE text LIKE "
                             "'%%%s%%') + (SELECT COUNT(*) FROM timeline_changes "
                             "WHERE text LIKE '%%%s%%') + $1",
                             word, word),
                0);
}
