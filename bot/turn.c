#include "bot/turn.h"

#include <stddef.h>
#include <stdlib.h>

#include "bot/adapter.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/gesture.h"
#include "store/memory.h"

struct hook {
    turn_hook_fn *fn;
    void *arg;
    struct hook *next;
};

struct turns {
    struct loop *loop;
    struct store *store;
    struct clock *clock;
    struct turn turn;
    struct hook *first, **last; /* hooks of the open turn, in order */
    bool is_open, is_doomed;
    bool owes_checkpoint; /* wanted, and not done yet */
    bool may_owe_scrub;   /* the process before may have, or it failed */
    int64_t scrub_at_ms;  /* steady: not tried again before */
    struct err doom;
    int64_t failures;        /* commits that failed, one after the other */
    int64_t paused_until_ms; /* steady time */
    struct loop_timer *wake;
    turns_after_fn *after;
    void *after_arg;
    turns_claim_fn *claim;
    void *claim_arg;
    turns_boundary_fn *boundary;
    void *boundary_arg;
};

#define SLOW_COMMIT_MS   250
#define SCRUB_AGAIN_MS   TIME_MINUTE_MS
#define PATIENT_FAILURES 20

static void end_turn(struct turns *turns);

static void before_sleep(void *arg)
{
    end_turn(arg);
}

/* The pause is over: whoever has something due is asked again. */
static void wake_up(void *arg)
{
    struct turns *turns = arg;
    struct turn nudge = {.wants_courier = true, .wants_ticker = true};

    if (turns->after != NULL) {
        turns->after(turns->after_arg, &nudge, false);
    }
}

struct turns *turns_create(struct loop *loop, struct store *store, struct clock *clock,
                           const struct config *config)
{
    struct turns *turns = calloc(1, sizeof(*turns));

    INSIST(turns != NULL);
    turns->loop = loop;
    turns->store = store;
    turns->clock = clock;
    turns->turn.arena = arena_create();
    turns->turn.gestures = calloc(1, sizeof(*turns->turn.gestures));
    INSIST(turns->turn.gestures != NULL);
    turns->turn.store = store;
    turns->turn.config = config;
    turns->last = &turns->first;
    /* Whoever had the store before may have been killed. */
    turns->owes_checkpoint = turns->may_owe_scrub = !store->is_new;
    turns->wake = loop_timer_create(loop, wake_up, turns);
    store->arena = turns->turn.arena;
    loop_before_sleep(loop, before_sleep, turns);
    return turns;
}

void turns_destroy(struct turns *turns)
{
    if (turns == NULL) {
        return;
    }
    loop_before_sleep(turns->loop, NULL, NULL);
    loop_timer_destroy(turns->wake);
    turns->store->arena = NULL;
    arena_destroy(turns->turn.arena);
    free(turns->turn.gestures);
    free(turns);
}

void turns_add(struct turns *turns, const struct adapter_kind *kind)
{
    INSIST(turns->turn.adapter_count < TURN_ADAPTERS);
    turns->turn.adapters[turns->turn.adapter_count] = kind;
    turns->turn.adapter_count += 1;
}

void turns_on_end(struct turns *turns, turns_after_fn *after, void *arg)
{
    turns->after = after;
    turns->after_arg = arg;
}

void turns_on_claim(struct turns *turns, turns_claim_fn *claim, void *arg)
{
    turns->claim = claim;
    turns->claim_arg = arg;
}

struct store *turns_store(struct turns *turns)
{
    return turns->store;
}

void turns_on_boundary(struct turns *turns, turns_boundary_fn *fn, void *arg)
{
    turns->boundary = fn;
    turns->boundary_arg = arg;
}

int64_t turns_now_ms(const struct turns *turns)
{
    return turns->is_open ? turns->turn.now_ms : clock_now_ms(turns->clock);
}

struct arena *turn_arena(struct turns *turns)
{
    return turns->turn.arena;
}

/* Under a virtual clock nothing else will happen meanwhile: a few failures are tried
 * again at once. */
static bool is_paused(const struct turns *turns)
{
    if (turns->clock->is_virtual && turns->failures < PATIENT_FAILURES) {
        return false;
    }
    return turns->paused_until_ms > time_steady_ms();
}

bool turns_are_stuck(const struct turns *turns)
{
    return turns->clock->is_virtual && is_paused(turns);
}

struct turn *turn_open(struct turns *turns, struct err *err)
{
    if (turns->is_open) {
        return &turns->turn;
    }
    if (is_paused(turns)) {
        err_set(err, ERR_AGAIN, "the store can't write at the moment");
        return NULL;
    }
    if (!db_begin(turns->store->db, err)) {
        turn_doom(turns, err);
        /* Nobody may join, and the end of this iteration settles the pause. */
        return NULL;
    }
    turns->is_open = true;
    turns->turn.now_ms = clock_now_ms(turns->clock);
    turns->turn.wants_courier = false;
    turns->turn.wants_ticker = clock_is_set_back(turns->clock);
    turns->turn.wants_checkpoint = false;
    return &turns->turn;
}

void turn_then(struct turns *turns, turn_hook_fn *fn, void *arg)
{
    struct hook *hook = ARENA_NEW(turns->turn.arena, struct hook);

    hook->fn = fn;
    hook->arg = arg;
    *turns->last = hook;
    turns->last = &hook->next;
}

bool turn_cause(struct turns *turns, struct err *err)
{
    return db_savepoint(turns->store->db, err);
}

bool turn_keep(struct turns *turns, struct err *err)
{
    return db_release(turns->store->db, err);
}

void turn_undo(struct turns *turns)
{
    db_rollback_savepoint(turns->store->db);
}

bool turn_wipe(struct turn *turn, struct err *err)
{
    turn->wants_checkpoint = true;
    return memory_set(turn->store, "bot", "scrub", "owed", err);
}

void turn_doom(struct turns *turns, const struct err *why)
{
    if (!turns->is_doomed) {
        turns->is_doomed = true;
        turns->doom = *why;
    }
}

static void tell_boundary(struct turns *turns, const char *where)
{
    if (turns->boundary != NULL) {
        turns->boundary(turns->boundary_arg, where);
    }
}

/* 1, 2, 5, 10, 20, 30, 30 … s. */
static int64_t pause_ms(int64_t failures)
{
    static const int64_t steps_s[] = {1, 2, 5, 10, 20, 30};
    const int64_t count = (int64_t)(sizeof(steps_s) / sizeof(steps_s[0]));
    int64_t step = failures < count ? failures : count;

    return steps_s[step - 1] * TIME_SECOND_MS;
}

static void note_failure(struct turns *turns, const struct err *err)
{
    if (err->kind == ERR_BROKEN) {
        log_error("the store is damaged: stop, and restore a copy", "why=\"%s\"",
                  err->text);
        loop_stop(turns->loop);
    }
    turns->failures += 1;
    if (turns->failures == 1) {
        log_error("not committed, trying again", "why=\"%s\"", err->text);
    }
    turns->paused_until_ms = time_steady_ms() + pause_ms(turns->failures);
    loop_timer_set(turns->wake, pause_ms(turns->failures));
}

/* Done once, whoever died before it was. */
static bool scrub_if_owed(struct turns *turns, struct err *err)
{
    const char *owed;

    if (!memory_find(turns->store, "bot", "scrub", &owed, err)) {
        return false;
    }
    if (!turns->turn.wants_checkpoint && (owed == NULL || *owed == '\0')) {
        return true;
    }
    return db_scrub(turns->store->db, err) &&
           memory_set(turns->store, "bot", "scrub", "", err);
}

static void scrub(struct turns *turns)
{
    int64_t now_ms = time_steady_ms();
    bool is_owed = turns->may_owe_scrub && now_ms >= turns->scrub_at_ms;
    struct err err;

    if (turns->turn.wants_checkpoint || is_owed) {
        turns->may_owe_scrub = !scrub_if_owed(turns, &err);
        turns->scrub_at_ms = now_ms + SCRUB_AGAIN_MS;
        if (turns->may_owe_scrub) {
            log_error("the store was not written anew", "why=\"%s\"", err.text);
        }
    }
}

/* Neither the store nor its log must keep what was taken out. While somebody reads the
 * log can't be emptied: then after a later turn. */
static void checkpoint(struct turns *turns)
{
    struct err err;

    scrub(turns);
    turns->owes_checkpoint = turns->owes_checkpoint || turns->turn.wants_checkpoint;
    if (turns->owes_checkpoint && db_checkpoint(turns->store->db, &err)) {
        turns->owes_checkpoint = false;
    }
}

static bool commit(struct turns *turns)
{
    struct err err = turns->doom;
    int64_t began_ms = time_steady_ms();
    bool committed = !turns->is_doomed && db_commit(turns->store->db, &err);

    if (!committed) {
        db_rollback(turns->store->db);
        note_failure(turns, &err);
        return false;
    }
    if (turns->failures > 0) {
        log_info("the store writes again", "failures=%lld", (long long)turns->failures);
    }
    if (time_steady_ms() - began_ms > SLOW_COMMIT_MS) {
        log_warn("slow commit", "took_ms=%lld",
                 (long long)(time_steady_ms() - began_ms));
    }
    turns->failures = 0;
    checkpoint(turns);
    return true;
}

/* The one place where a turn ends: commit, then everything that was to happen outside.
 */
static void end_turn(struct turns *turns)
{
    struct hook *hook;
    struct turn ended;
    bool committed;

    if (!turns->is_open && !turns->is_doomed && turns->first == NULL) {
        arena_reset(turns->turn.arena);
        return;
    }
    committed = false;
    if (turns->is_open && turns->turn.wants_courier && turns->claim != NULL) {
        turns->claim(turns->claim_arg, &turns->turn);
    }
    if (turns->is_open || turns->is_doomed) {
        tell_boundary(turns, "before commit");
        committed = commit(turns);
        tell_boundary(turns, committed ? "after commit" : "after rollback");
    }
    turns->is_open = false;
    turns->is_doomed = false;
    hook = turns->first;
    turns->first = NULL;
    turns->last = &turns->first;
    for (; hook != NULL; hook = hook->next) {
        hook->fn(hook->arg, committed);
    }
    ended = turns->turn;
    arena_reset(turns->turn.arena);
    if (turns->after != NULL) {
        turns->after(turns->after_arg, &ended, committed);
    }
}

void turns_finish(struct turns *turns)
{
    end_turn(turns);
}

const struct adapter_kind *turn_adapter(const struct turn *turn, const char *name)
{
    for (size_t i = 0; i < turn->adapter_count; i++) {
        if (text_equal(turn->adapters[i]->name, name)) {
            return turn->adapters[i];
        }
    }
    return name == NULL ? NULL : adapter_kind_find(name);
}

bool turn_has_trait(const struct turn *turn, const char *adapter, unsigned trait)
{
    const struct adapter_kind *kind = turn_adapter(turn, adapter);

    return kind != NULL && (kind->traits & trait) != 0;
}

const char *turn_zone(const struct turn *turn)
{
    return turn->config->time_zone != NULL ? turn->config->time_zone : "UTC";
}
