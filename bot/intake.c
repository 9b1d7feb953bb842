/*
 * What an adapter hears, on its way into the bot: an event becomes a cause of the open
 * turn, claimed, dispatched, kept or taken back, and settled after the commit.
 */
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/deliver.h"
#include "bot/dispatch.h"
#include "bot/ears_inner.h"
#include "bot/options.h"
#include "bot/words.h"
#include "store/inbox.h"
#include "store/memory.h"
#include "store/outbox.h"
#include "store/people.h"
#include "store/sessions.h"

struct arena *ear_arena(struct ears *ears)
{
    return turn_arena(ears->turns);
}

int64_t ear_now_ms(struct ears *ears)
{
    return turns_now_ms(ears->turns);
}

/* Settles one event when its turn has ended. */
struct settling {
    struct adapter *adapter;
    struct ticket ticket;
};

static void settle(void *arg, bool committed)
{
    struct settling *settling = arg;

    settling->adapter->kind->settle(settling->adapter, settling->ticket, committed);
}

/* What a failed cause leaves behind: the claim, and a word to the person. */
static bool apologize(struct ears *ears, struct turn *turn,
                      const struct chat_event *event, const struct err *why,
                      struct err *err)
{
    bool is_new;

    log_error("event failed", "adapter=%s event=%s why=\"%s\"", event->place.adapter,
              event->id, why->text);
    turn_undo(ears->turns);
    return turn_cause(ears->turns, err) &&
           inbox_claim(turn->store, event->place.adapter, event->id, turn->now_ms,
                       &is_new, err) &&
           dispatch_apology(turn, event, err) && turn_keep(ears->turns, err);
}

/* Talk is a row or two that hardly ever fail, and most of what is heard: it goes
 * without a savepoint of its own, which costs as much as the row. */
static bool is_mere_talk(const struct chat_event *event)
{
    return event->kind == CHAT_SAID &&
           (event->is_remark || (!event->place.is_direct &&
                                 words_after_prefix(text_or(event->text, "")) == NULL));
}

/* Should it fail after all, it takes its turn along. All of that comes again, and from
 * then on talk has a savepoint, too: only so the others get through. */
static void hear_bare(struct ears *ears, struct turn *turn,
                      const struct chat_event *event)
{
    struct err why, again;

    if (dispatch_event(turn, event, &why)) {
        return;
    }
    if (why.kind != ERR_AGAIN) {
        log_error("talk failed", "adapter=%s event=%s why=\"%s\"", event->place.adapter,
                  event->id, why.text);
        ears->is_careful = true;
    }
    err_set(&again, ERR_AGAIN, "%s", why.text);
    turn_doom(ears->turns, &again);
}

static void hear_in_cause(struct ears *ears, struct turn *turn,
                          const struct chat_event *event)
{
    struct err why, err;

    if (!turn_cause(ears->turns, &err)) {
        turn_doom(ears->turns, &err);
        return;
    }
    if (dispatch_event(turn, event, &why) && turn_keep(ears->turns, &why)) {
        return;
    }
    if (why.kind == ERR_AGAIN) {
        turn_doom(ears->turns, &why);
    } else if (!apologize(ears, turn, event, &why, &err)) {
        turn_doom(ears->turns, &err);
    }
}

/* Opens a turn where none is; NULL while the store can't write. */
static struct turn *open_for(struct ears *ears, struct adapter *adapter,
                             struct ticket ticket)
{
    struct err err;
    struct turn *turn = turn_open(ears->turns, &err);
    struct settling *settling = ARENA_NEW(turn_arena(ears->turns), struct settling);

    settling->adapter = adapter;
    settling->ticket = ticket;
    turn_then(ears->turns, settle, settling);
    return turn;
}

void ear_event(struct ears *ears, struct adapter *adapter,
               const struct chat_event *event, struct ticket ticket)
{
    struct turn *turn = open_for(ears, adapter, ticket);

    event = words_hear_blanks(turn_arena(ears->turns), event);
    if (turn != NULL && is_mere_talk(event) && !ears->is_careful) {
        hear_bare(ears, turn, event);
    } else if (turn != NULL) {
        hear_in_cause(ears, turn, event);
    }
}

void ear_ticket(struct ears *ears, struct adapter *adapter, struct ticket ticket)
{
    (void)open_for(ears, adapter, ticket);
}

void ear_outcome(struct ears *ears, struct adapter *adapter, int64_t action_id,
                 const struct outcome *outcome)
{
    courier_outcome(ears->courier, adapter, action_id, outcome);
}

void ear_opened(struct ears *ears, struct adapter *adapter,
                const struct ear_opening *opening)
{
    struct err err;
    struct turn *turn = turn_open(ears->turns, &err);

    if (turn != NULL && !deliver_opened(turn, adapter->kind->name, opening, &err)) {
        turn_doom(ears->turns, &err);
    }
}

/* Nobody need wait for an attempt that was put off because there was no way there. */
static void hasten(struct ears *ears, const struct adapter *adapter)
{
    struct err err;
    struct turn *turn = turn_open(ears->turns, &err);

    if (turn == NULL) {
        return; /* the courier looks again by itself */
    }
    if (outbox_hasten(turn->store, adapter->kind->name, turn->now_ms, &err)) {
        turn->wants_courier = true;
    } else {
        turn_doom(ears->turns, &err);
    }
}

void ear_state(struct ears *ears, struct adapter *adapter, enum adapter_state state,
               const char *why)
{
    static const char *const names[] = {"connecting", "up", "down", "refused"};

    for (size_t i = 0; i < ears->count; i++) {
        if (ears->adapters[i] != adapter || ears->states[i] == state) {
            continue;
        }
        ears->states[i] = state;
        log_info("platform", "adapter=%s state=%s why=\"%s\"", adapter->kind->name,
                 names[state], why == NULL ? "" : why);
        if (state == ADAPTER_UP) {
            hasten(ears, adapter);
        }
    }
    if (state == ADAPTER_REFUSED) {
        courier_drop(ears->courier, adapter);
        if (ears_exit_status(ears) == EXIT_REFUSED) {
            loop_stop(ears->loop);
        }
    }
}

void ear_person(struct ears *ears, struct adapter *adapter,
                const struct chat_person *who)
{
    struct err err;
    struct turn *turn = turn_open(ears->turns, &err);
    struct person *person;

    if (turn != NULL && !person_meet(turn->store,
                                     &(struct account){.adapter = adapter->kind->name,
                                                       .external = who->id,
                                                       .name = who->name,
                                                       .zone = who->zone},
                                     &person, &err)) {
        turn_doom(ears->turns, &err);
    }
}

bool ear_recall(struct ears *ears, struct adapter *adapter, const char *name,
                const char **value)
{
    struct err err;

    if (memory_find(ears->store, adapter->kind->name, name, value, &err)) {
        return true;
    }
    log_warn("not recalled", "adapter=%s why=\"%s\"", adapter->kind->name, err.text);
    turn_doom(ears->turns, &err);
    *value = NULL;
    return false;
}

void ear_remember(struct ears *ears, struct adapter *adapter, const char *name,
                  const char *value)
{
    struct err err;
    struct turn *turn = turn_open(ears->turns, &err);

    if (turn != NULL &&
        !memory_set(turn->store, adapter->kind->name, name, value, &err)) {
        turn_doom(ears->turns, &err);
    }
}

bool ear_secret(struct ears *ears, struct adapter *adapter, const char **secret,
                struct err *err)
{
    *secret = NULL;
    return sessions_find(ears->store, adapter->kind->name, secret, err);
}

bool ear_keep_secret(struct ears *ears, struct adapter *adapter, const char *secret,
                     struct err *err)
{
    return sessions_keep(ears->store, adapter->kind->name, secret, err);
}

void ear_finished(struct ears *ears, struct adapter *adapter, int exit_status)
{
    (void)adapter;
    ears->exit_status = exit_status;
    ears_stop(ears);
}
