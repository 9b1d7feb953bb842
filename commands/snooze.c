/* snooze: the last reminder here comes again later. */
#include "bot/alarm.h"
#include "bot/say.h"

/* In an incident's channel the channel's last one, else the speaker's own. */
static bool find_last(struct turn *turn, const struct command_call *call,
                      struct nudge **nudge, struct err *err)
{
    int64_t incident_id = call->incident == NULL ? 0 : call->incident->id;

    if (call->is_in_channel) {
        return nudge_last(turn->store, incident_id, 0, nudge, err);
    }
    return nudge_last(turn->store, incident_id, call->speaker->id, nudge, err);
}

/* The reminder's own alarm may stand already (it repeats): then it is moved. */
static bool put_off(struct turn *turn, const struct nudge *nudge, int64_t until_ms,
                    struct err *err)
{
    struct alarm *standing = NULL;

    return alarm_find(turn->store, nudge->kind, nudge->incident_id, nudge->subject,
                      &standing, err) &&
           quiet_set(turn->store, nudge->kind, nudge->incident_id, nudge->person_id,
                     until_ms, err) &&
           alarm_after(
               turn,
               &(struct alarm){.kind = nudge->kind,
                               .incident_id = nudge->incident_id,
                               .subject = nudge->subject,
                               .person_id = standing == NULL ? 0 : standing->person_id},
               until_ms - turn->now_ms, err);
}

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    int64_t until_ms = call->args[0].number;
    struct nudge *nudge = NULL;

    if (!find_last(turn, call, &nudge, err)) {
        return false;
    }
    if (nudge == NULL) {
        return say_private(turn, call,
                           say_note(turn, "No reminder is here to put off. Nothing was "
                                          "changed."),
                           err);
    }
    return put_off(turn, nudge, until_ms, err) &&
           say_here(turn, call,
                    say_note(turn, "I ask again %s, if it is still so.",
                             say_at(turn, until_ms)),
                    err);
}

const struct command snooze_command = {
    .name = "snooze",
    .summary = "the last reminder here comes again later",
    .stage = STAGE_LEAD,
    .scope = COMMAND_ANYWHERE,
    .forms = {{.args = {{.name = "30m", .kind = ARG_WHEN}}, .run = run}},
};
