/* Whether the message of an early choice has a name by now. */
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/choice.h"
#include "bot/dispatch.h"
#include "bot/early.h"
#include "store/early_choices.h"
#include "store/people.h"

#define LOOK_MOST_MS TIME_MINUTE_MS

static struct chat_event event_of(struct turn *turn, const struct early_choice *held)
{
    return (struct chat_event){
        .kind = held->choice == NULL ? CHAT_REACTED : CHAT_CHOSE,
        .id = arena_exact(turn->arena, "%s:early", held->event),
        .at_ms = held->at_ms,
        .place = {.adapter = held->adapter,
                  .channel = held->channel,
                  .is_direct = held->is_direct},
        .who = {.id = held->external},
        .message = held->message,
        .text = held->choice == NULL ? CHOICE_MARK : NULL,
        .choice = held->choice,
    };
}

/* A check mark counts only now; what a button said was done when it was pressed. */
static bool act(struct turn *turn, const struct early_choice *held,
                const struct chat_event *event, struct err *err)
{
    const struct account account = {.adapter = held->adapter,
                                    .external = held->external};
    struct person *speaker;

    if (held->choice == NULL) {
        return dispatch_event(turn, event, err);
    }
    return person_meet(turn->store, &account, &speaker, err) &&
           choice_taken(
               turn, &(struct command_call){.event = event, .speaker = speaker}, err);
}

/* Less and less often: a platform may be away for an hour. */
static bool wait_on(struct turn *turn, const struct alarm *alarm,
                    const struct early_choice *held, struct err *err)
{
    int64_t age_ms = turn->now_ms - held->held_ms;
    int64_t after_ms = age_ms < TIME_SECOND_MS ? TIME_SECOND_MS : age_ms;

    return alarm_after(turn, alarm, after_ms < LOOK_MOST_MS ? after_ms : LOOK_MOST_MS,
                       err);
}

static bool look(struct turn *turn, const struct alarm *alarm,
                 const struct early_choice *held, struct err *err)
{
    const struct chat_event event = event_of(turn, held);
    struct outbox_row *row;
    int64_t under_way;

    if (!choice_row(turn, &event, &row, err) ||
        !outbox_under_way(turn->store, held->adapter, held->last_row, &under_way,
                          err)) {
        return false;
    }
    if (row == NULL && under_way != 0) {
        return wait_on(turn, alarm, held, err);
    }
    return early_choice_delete(turn->store, held->id, err) &&
           (row == NULL || act(turn, held, &event, err));
}

static bool run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                struct err *err)
{
    struct early_choice *held;

    (void)late_ms; /* a yes counts whenever it was heard */
    return early_choice_find(turn->store, alarm->subject, &held, err) &&
           (held == NULL || look(turn, alarm, held, err));
}

const struct alarm_kind early_alarm = {
    .name = EARLY_ALARM,
    .acts = true,
    .run = run,
};
