#include "bot/courier.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/deliver.h"
#include "bot/running.h"
#include "store/outbox.h"

#define COURIER_ADAPTERS 8
#define CLAIM_MS         (2 * TIME_MINUTE_MS)

/* An outcome that no turn has recorded yet. On the heap: it outlives turns that fail.
 */
struct report {
    const char *adapter;
    int64_t action;
    struct outcome outcome;
    char *ref, *name, *why;
    bool is_recorded;
    struct report *next;
};

struct adapter_slot {
    struct adapter *adapter;
    struct running running;
    bool is_dropped;
};

struct courier {
    struct turns *turns;
    struct loop *loop;
    struct loop_timer *timer;
    struct adapter_slot slots[COURIER_ADAPTERS];
    size_t count;
    struct report *reports;
    bool is_awake, is_closed;
    char name[64]; /* what our claims bear */
};

/* What a hook needs to perform one action. */
struct errand {
    struct adapter_slot *slot;
    struct action *action;
};

static void step(void *arg);

struct courier *courier_create(struct turns *turns, struct loop *loop)
{
    struct courier *courier = calloc(1, sizeof(*courier));
    struct arena *arena = turn_arena(turns);

    INSIST(courier != NULL);
    courier->turns = turns;
    courier->loop = loop;
    courier->timer = loop_timer_create(loop, step, courier);
    strncpy(
        courier->name,
        arena_printf(arena, "%ld-%lld", (long)getpid(), (long long)time_steady_ms()),
        sizeof(courier->name) - 1);
    return courier;
}

static void free_report(struct report *report)
{
    free(report->ref);
    free(report->name);
    free(report->why);
    free(report);
}

void courier_destroy(struct courier *courier)
{
    if (courier == NULL) {
        return;
    }
    loop_forget(courier->loop, courier);
    loop_timer_destroy(courier->timer);
    while (courier->reports != NULL) {
        struct report *next = courier->reports->next;

        free_report(courier->reports);
        courier->reports = next;
    }
    free(courier);
}

void courier_add(struct courier *courier, struct adapter *adapter)
{
    INSIST(courier->count < COURIER_ADAPTERS);
    INSIST(adapter->kind->max_running <= RUNNING_MAX);
    courier->slots[courier->count].adapter = adapter;
    courier->count += 1;
}

static struct adapter_slot *slot_of(struct courier *courier,
                                    const struct adapter *adapter)
{
    size_t i = 0;

    while (i < courier->count && courier->slots[i].adapter != adapter) {
        i++;
    }
    INSIST(i < courier->count);
    return &courier->slots[i];
}

void courier_drop(struct courier *courier, struct adapter *adapter)
{
    slot_of(courier, adapter)->is_dropped = true;
}

void courier_close(struct courier *courier)
{
    courier->is_closed = true;
}

bool courier_is_busy(const struct courier *courier)
{
    size_t running = 0;

    for (size_t i = 0; i < courier->count; i++) {
        running += courier->slots[i].running.count;
    }
    return running > 0 || courier->reports != NULL;
}

void courier_wake(struct courier *courier)
{
    if (!courier->is_awake) {
        courier->is_awake = true;
        loop_soon(courier->loop, step, courier);
    }
}

static void perform(void *arg, bool committed)
{
    struct errand *errand = arg;

    if (committed) {
        errand->slot->adapter->kind->perform(errand->slot->adapter, errand->action);
    } else {
        running_end(&errand->slot->running, errand->action->id);
    }
}

static bool is_open(const struct courier *courier, const struct adapter_slot *slot)
{
    return !courier->is_closed && !slot->is_dropped &&
           slot->running.count < slot->adapter->kind->max_running;
}

/* How many more may run that nobody waits for. */
static size_t room_for_all(const struct adapter_slot *slot)
{
    const struct adapter_kind *kind = slot->adapter->kind;
    size_t taken = slot->running.count + kind->kept_free;

    return taken < kind->max_running ? kind->max_running - taken : 0;
}

bool courier_earliest(const struct courier *courier, struct store *store,
                      int64_t *due_ms, struct err *err)
{
    *due_ms = TIME_NONE;
    for (size_t i = 0; i < courier->count; i++) {
        const struct adapter_slot *slot = &courier->slots[i];
        int64_t one_ms = TIME_NONE;

        if (is_open(courier, slot) &&
            !outbox_earliest(store, slot->adapter->kind->name, room_for_all(slot) == 0,
                             &one_ms, err)) {
            return false;
        }
        if (one_ms != TIME_NONE && (*due_ms == TIME_NONE || one_ms < *due_ms)) {
            *due_ms = one_ms;
        }
    }
    return true;
}

static bool claim_up_to(struct courier *courier, struct turn *turn,
                        struct adapter_slot *slot, size_t limit, bool is_urgent,
                        struct err *err)
{
    struct outbox_claim claim = {.adapter = slot->adapter->kind->name,
                                 .claimer = courier->name,
                                 .now_ms = turn->now_ms,
                                 .until_ms = turn->now_ms + CLAIM_MS,
                                 .limit = (int64_t)limit,
                                 .is_urgent = is_urgent};
    struct outbox_rows rows;

    if (limit == 0) {
        return true;
    }
    if (!outbox_claim(turn->store, &claim, &rows, err)) {
        return false;
    }
    for (size_t i = 0; i < rows.count; i++) {
        struct errand *errand;

        if (running_has(&slot->running, rows.all[i].id)) {
            continue; /* it takes longer than its claim, which goes on */
        }
        errand = ARENA_NEW(turn->arena, struct errand);
        errand->slot = slot;
        if (!deliver_bind(turn, &rows.all[i], &errand->action, err)) {
            return false;
        }
        if (errand->action != NULL) {
            running_add(&slot->running, rows.all[i].id);
            turn_then(courier->turns, perform, errand);
        }
    }
    return true;
}

static bool claim_for(struct courier *courier, struct turn *turn,
                      struct adapter_slot *slot, struct err *err)
{
    const struct adapter_kind *kind = slot->adapter->kind;

    if (!is_open(courier, slot)) {
        return true;
    }
    if (kind->kept_free > 0 &&
        !claim_up_to(courier, turn, slot, kind->max_running - slot->running.count, true,
                     err)) {
        return false;
    }
    return claim_up_to(courier, turn, slot, room_for_all(slot), false, err);
}

void courier_claim(struct courier *courier, struct turn *turn)
{
    struct err err;

    for (size_t i = 0; i < courier->count; i++) {
        if (!claim_for(courier, turn, &courier->slots[i], &err)) {
            turn_doom(courier->turns, &err);
            return;
        }
    }
}

void courier_outcome(struct courier *courier, struct adapter *adapter, int64_t action,
                     const struct outcome *outcome)
{
    struct report *report = calloc(1, sizeof(*report));
    struct report **last = &courier->reports;

    INSIST(report != NULL);
    running_end(&slot_of(courier, adapter)->running, action);
    report->adapter = adapter->kind->name;
    report->action = action;
    report->outcome = *outcome;
    report->outcome.ref = report->ref = text_keep(outcome->ref);
    report->outcome.name = report->name = text_keep(outcome->name);
    report->outcome.why = report->why = text_keep(outcome->why);
    while (*last != NULL) {
        last = &(*last)->next;
    }
    *last = report;
    courier_wake(courier);
}

/* The turn of these reports ended: those recorded go, the others wait for the next
 * (bot/ears.c wakes us where a turn was not committed). */
static void reports_settled(void *arg, bool committed)
{
    struct courier *courier = arg;
    struct report **at = &courier->reports;

    while (*at != NULL) {
        struct report *report = *at;

        if (report->is_recorded && committed) {
            *at = report->next;
            free_report(report);
        } else {
            report->is_recorded = false;
            at = &report->next;
        }
    }
}

/* In a cause of its own; nothing of it stays where it fails. */
static bool settle(struct courier *courier, struct turn *turn,
                   const struct report *report, const struct err *fault,
                   struct err *err)
{
    if (!turn_cause(courier->turns, err)) {
        return false;
    }
    if ((fault == NULL
             ? deliver_settle(turn, report->action, &report->outcome, err)
             : deliver_end(turn, report->action, &report->outcome, fault->text, err)) &&
        turn_keep(courier->turns, err)) {
        return true;
    }
    turn_undo(courier->turns);
    return false;
}

/* What is our own fault (not ERR_AGAIN) is said once, and the row ends: were it sent
 * again, it would be so for ever. */
static void record(struct courier *courier, struct turn *turn, struct report *report)
{
    struct err fault, err;

    report->is_recorded = true;
    if (settle(courier, turn, report, NULL, &fault)) {
        return;
    }
    if (fault.kind != ERR_AGAIN) {
        log_error("outcome not recorded", "row=%lld why=\"%s\"",
                  (long long)report->action, fault.text);
        if (settle(courier, turn, report, &fault, &err) || err.kind != ERR_AGAIN) {
            return;
        }
        fault = err;
    }
    report->is_recorded = false;
    turn_doom(courier->turns, &fault);
}

static void record_reports(struct courier *courier)
{
    struct err err;
    struct turn *turn = turn_open(courier->turns, &err);

    if (turn == NULL) {
        return; /* turn.c wakes us when the pause is over */
    }
    for (struct report *report = courier->reports; report != NULL;
         report = report->next) {
        if (!report->is_recorded) {
            record(courier, turn, report);
        }
    }
    turn->wants_courier = true;
    turn_then(courier->turns, reports_settled, courier);
}

/* Is anything due? Then a turn is opened; the claim itself comes right before its
 * commit. */
static void look(struct courier *courier, struct store *store, int64_t now_ms)
{
    struct err err;
    struct turn *turn;
    int64_t due_ms;

    if (!courier_earliest(courier, store, &due_ms, &err)) {
        turn_doom(courier->turns, &err);
        return;
    }
    if (due_ms == TIME_NONE) {
        return;
    }
    if (due_ms > now_ms) {
        loop_timer_set(courier->timer, due_ms - now_ms);
        return;
    }
    turn = turn_open(courier->turns, &err);
    if (turn != NULL) {
        turn->wants_courier = true;
    }
}

static void step(void *arg)
{
    struct courier *courier = arg;

    courier->is_awake = false;
    if (courier->reports != NULL) {
        record_reports(courier);
        return;
    }
    look(courier, turns_store(courier->turns), turns_now_ms(courier->turns));
}
