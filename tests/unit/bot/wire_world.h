/*
 * Two scripted platforms under the real ears, on one store in a file, which look into
 * that store by a connection of their own: "wire", and "cable", which takes files and
 * redactions and has no buttons. Included by one test program each.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "bot/base/arena.h"
#include "bot/base/time.h"
#include "bot/ears.h"
#include "store/store.h"

#define LOOKS_MAX 10000 /* a millisecond apart, or more on a slow machine */
#define DEEDS     64

struct deed {
    int64_t row;
    enum action_kind kind;
    const char *channel;
    const char *text;
    bool is_unsure;
    const char *adapter;
    struct action action; /* all of it */
};

/* What becomes of the next actions of a kind, where it is not that they are done. */
struct fate {
    enum outcome_kind kind;
    const char *why, *ref;
    int left;
};

struct wire {
    struct adapter adapter;
    struct world *world;
};
#define WIRES 2

struct world {
    struct wire wires[WIRES];
    size_t created;
    struct ears *ears;
    struct loop *loop;
    struct store store, reader;
    struct clock clock;
    struct config *config;
    struct arena *arena;
    char folder[64], path[96];
    int settled, committed;
    long heard_at_settle; /* what the reader saw in the inbox when the ack was due */
    struct deed deeds[DEEDS];
    size_t deed_count;
    bool all_deeds_were_committed;
    bool (*is_done)(struct world *world);
    bool was_done; /* seen so once: what falls due next may be in the same iteration */
    int looks;
    struct loop_timer *timer;
    struct fate fates[ACTION_KINDS];
    int event;
    bool leaves;  /* as soon as something is under way */
    bool is_mute; /* what is done is not answered */
};

static struct world *the_world;

static long look(struct world *world, const char *sql, int64_t id)
{
    struct db_rows rows;
    struct err err;

    assert_true(store_run(&world->reader, &rows, &err, sql, DB_ARGS(DB_INT(id))));
    return rows.count == 0 ? -1 : (long)db_int(&rows, 0, 0);
}

static inline const char *look_text(struct world *world, const char *sql, int64_t id)
{
    struct db_rows rows;
    struct err err;

    assert_true(store_run(&world->reader, &rows, &err, sql, DB_ARGS(DB_INT(id))));
    return rows.count == 0 ? NULL : db_text(&rows, 0, 0);
}

static long count(struct world *world, const char *table)
{
    struct db_rows rows;
    struct err err;
    char sql[64];
    struct db_value none = DB_NULL;

    snprintf(sql, sizeof(sql), "SELECT COUNT(*) FROM %s", table);
    assert_true(db_run(world->reader.db, world->arena, &rows, &err,
                       arena_copy(world->arena, sql), (struct db_args){&none, 0}));
    return (long)db_int(&rows, 0, 0);
}

static bool create(struct adapter **adapter, const struct config *config,
                   struct ears *ears, struct loop *loop, struct err *err)
{
    (void)config;
    (void)err;
    the_world->ears = ears;
    the_world->loop = loop;
    *adapter = &the_world->wires[the_world->created++].adapter;
    return true;
}

static void start(struct adapter *adapter)
{
    (void)adapter;
}

static void settle(struct adapter *adapter, struct ticket ticket, bool committed)
{
    struct world *world = ((struct wire *)adapter)->world;

    (void)ticket;
    world->settled++;
    world->committed += committed ? 1 : 0;
    world->heard_at_settle = count(world, "inbox");
}

/* Answers later, as a platform does. */
struct reply {
    struct wire *wire;
    int64_t row;
    enum action_kind kind;
};

static void answer(void *arg)
{
    struct reply *reply = arg;
    struct world *world = reply->wire->world;
    struct fate *fate = &world->fates[reply->kind];
    char ref[32];
    struct outcome outcome = {.kind = OUTCOME_DONE, .ref = ref};

    snprintf(ref, sizeof(ref), "ref%lld", (long long)reply->row);
    if (fate->left > 0) {
        fate->left--;
        outcome.kind = fate->kind;
        outcome.why = fate->why;
        outcome.ref = fate->ref != NULL ? fate->ref : ref;
    }
    ear_outcome(world->ears, &reply->wire->adapter, reply->row, &outcome);
    ear_outcome(world->ears, &reply->wire->adapter, reply->row,
                &outcome); /* redelivered */
    free(reply);
}

static void perform(struct adapter *adapter, const struct action *action)
{
    struct world *world = ((struct wire *)adapter)->world;
    struct reply *reply;
    struct deed *deed = &world->deeds[world->deed_count];

    assert_true(world->deed_count < DEEDS);
    world->deed_count++;
    *deed = (struct deed){
        .row = action->id, .kind = action->kind, .adapter = adapter->kind->name};
    action_copy(world->arena, &deed->action, action);
    deed->channel = deed->action.channel;
    deed->text = action->note == NULL ? "" : deed->action.note->blocks[0].text;
    deed->is_unsure = action->unsure;
    if (look(world, "SELECT COUNT(*) FROM outbox WHERE id = $1", action->id) != 1) {
        world->all_deeds_were_committed = false;
    }
    if (!world->is_mute) {
        reply = calloc(1, sizeof(*reply));
        assert_non_null(reply);
        *reply = (struct reply){(struct wire *)adapter, action->id, action->kind};
        loop_soon(world->loop, answer, reply);
    }
    if (world->leaves) {
        world->leaves = false;
        ears_leave(world->ears);
    }
}

static void stop(struct adapter *adapter)
{
    (void)adapter;
}

static void destroy(struct adapter *adapter)
{
    (void)adapter;
}

static const struct adapter_kind kinds[WIRES] = {
    {
        .name = "wire",
        .max_note_bytes = 3000,
        .max_running = 4,
        .create = create,
        .start = start,
        .settle = settle,
        .perform = perform,
        .stop = stop,
        .destroy = destroy,
    },
    {
        .name = "cable",
        .traits = ADAPTER_TAKES_FILES | ADAPTER_REDACTS | ADAPTER_NO_BUTTONS,
        .max_note_bytes = 3000,
        .max_running = 4,
        .create = create,
        .start = start,
        .settle = settle,
        .perform = perform,
        .stop = stop,
        .destroy = destroy,
    },
};

static void watch(void *arg)
{
    struct world *world = arg;

    world->was_done = world->is_done(world);
    if (world->was_done || ++world->looks > LOOKS_MAX) {
        loop_stop(world->loop);
    } else {
        loop_timer_set(world->timer, 1);
    }
}

static void run_until(struct world *world, bool (*is_done)(struct world *world))
{
    world->is_done = is_done;
    world->was_done = false;
    world->looks = 0;
    loop_timer_set(world->timer, 1);
    loop_run(world->loop);
    assert_true(world->was_done);
}

static int open_world(void **state)
{
    struct world *world = calloc(1, sizeof(*world));
    struct err err;

    assert_non_null(world);
    the_world = world;
    *state = world;
    strcpy(world->folder, "/tmp/muster-invariants-XXXXXX");
    assert_non_null(mkdtemp(world->folder));
    snprintf(world->path, sizeof(world->path), "%s/muster.db", world->folder);
    world->all_deeds_were_committed = true;
    world->arena = arena_create();
    world->config = config_create();
    assert_int_equal(store_open(&world->store, world->path, &err), STORE_OK);
    assert_int_equal(store_open_to_read(&world->reader, world->path, &err), STORE_OK);
    world->reader.arena = world->arena;
    assert_true(loop_create(&world->loop, &err));
    world->timer = loop_timer_create(world->loop, watch, world);
    world->ears = ears_create(world->loop, &world->store, &world->clock, world->config);
    for (size_t i = 0; i < WIRES; i++) {
        world->wires[i] = (struct wire){{&kinds[i]}, world};
        assert_true(ears_add(world->ears, &kinds[i], &err));
    }
    assert_true(ears_start(world->ears, &err));
    return 0;
}

static int close_world(void **state)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
    struct world *world = *state;

    ears_stop(world->ears);
    loop_timer_destroy(world->timer);
    ears_destroy(world->ears);
    loop_destroy(world->loop);
    store_close(&world->reader);
    store_close(&world->store);
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        char path[128];

        snprintf(path, sizeof(path), "%s%s", world->path, ends[i]);
        unlink(path);
    }
    rmdir(world->folder);
    config_destroy(world->config);
    arena_destroy(world->arena);
    free(world);
    return 0;
}

static void hear_event(struct world *world, const struct chat_event *event)
{
    size_t i = strcmp(event->place.adapter, "cable") == 0 ? 1 : 0;

    ear_event(world->ears, &world->wires[i].adapter, event,
              (struct ticket){++world->event});
}

static bool nothing_waits(struct world *world)
{
    return world->settled >= world->event &&
           look(world, "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL AND $1 = 0",
                0) == 0;
}

static void hear(struct world *world, enum chat_kind kind, const char *channel,
                 const char *id, const char *text)
{
    struct chat_event event = {
        .kind = kind,
        .id = id,
        .at_ms = ear_now_ms(world->ears),
        .place = {.adapter = "wire", .channel = channel, .name = "#ops"},
        .who = {.id = "U1", .name = "ana"},
        .message = id,
        .text = text,
    };

    hear_event(world, &event);
}

static inline void say_as(struct world *world, const char *id, const char *text)
{
    hear(world, CHAT_SAID, "C1", id, text);
}

static inline void say(struct world *world, const char *text)
{
    char id[32];

    snprintf(id, sizeof(id), "E%d", world->event + 1);
    say_as(world, id, text);
}

/* The last of that kind whose words hold these; NULL: none does. */
static inline const struct deed *find_deed(struct world *world, enum action_kind kind,
                                           const char *words)
{
    for (size_t i = world->deed_count; i > 0; i--) {
        const struct deed *deed = &world->deeds[i - 1];

        if (deed->kind == kind && strstr(deed->text, words) != NULL) {
            return deed;
        }
    }
    return NULL;
}

static inline const struct deed *must_find(struct world *world, enum action_kind kind,
                                           const char *words)
{
    const struct deed *deed = find_deed(world, kind, words);

    if (deed == NULL) {
        fail_msg("no %s says \"%s\"", action_kind_name(kind), words);
    }
    return deed;
}
