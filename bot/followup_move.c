/* A follow-up gets another owner, or another day. */
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/followup.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/retro.h"
#include "bot/say.h"

#define FACT "followup"

/* The words stand in its first entry alone, so that they can be redacted there. */
static bool keep(struct turn *turn, const struct command_call *call,
                 const struct incident *incident, const struct followup *followup,
                 struct err *err)
{
    return followup_change(turn->store, followup, err) &&
           alarm_clear(turn->store, followup_overdue_alarm.name, incident->id,
                       followup->id, err) &&
           followup_arm(turn, followup, err) &&
           recorder_fact(turn, incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = FACT,
                                        .subject = followup->id,
                                        .text = arena_exact(
                                            turn->arena, "follow-up %lld: %s%s",
                                            (long long)followup->id, followup->owner,
                                            followup_due(turn, followup->due_ms))},
                         NULL, err);
}

/* Done, without a change, or for somebody who may not know of it: why nothing is
 * changed; NULL: it may be. */
static bool why_not(struct turn *turn, const struct incident *incident,
                    const struct followup *followup, const struct person *owner,
                    const char **why, struct err *err)
{
    bool is_in = true;

    *why = NULL;
    if (!text_equal(followup->state, "open")) {
        *why = arena_printf(turn->arena, "Follow-up %lld is done already.",
                            (long long)followup->id);
        return true;
    }
    if (owner != NULL && !incident_is_visible(turn, incident, owner->id, &is_in, err)) {
        return false;
    }
    if (!is_in) {
        *why = arena_printf(turn->arena, "%s is not in %s, which is private.",
                            note_words(turn->arena, owner->handle),
                            say_ref(turn, incident));
    }
    return true;
}

static bool tell(struct turn *turn, const struct command_call *call,
                 const struct incident *incident, const struct followup *followup,
                 struct err *err)
{
    return followup_tell(turn, call, incident,
                         say_note(turn, "Follow-up %s. %s",
                                  followup_line(turn, followup),
                                  note_command(turn->arena, "followup done %lld",
                                               (long long)followup->id)),
                         err);
}

bool followup_move(struct turn *turn, const struct command_call *call, int64_t id,
                   const struct person *owner, int64_t due_ms, struct err *err)
{
    struct followup *followup;
    struct incident *incident;
    const char *why;
    bool is_given = false;

    if (!followup_find_visible(turn, id, call->speaker->id, &followup, &incident,
                               err)) {
        return false;
    }
    if (followup == NULL) {
        return followup_refuse(turn, call, id, err);
    }
    if (!why_not(turn, incident, followup, owner, &why, err)) {
        return false;
    }
    if (why != NULL) {
        return say_unchanged(turn, call, why, err);
    }
    if (owner != NULL) {
        is_given = followup->owner_id != owner->id;
        followup->owner_id = owner->id;
        followup->owner = owner->handle;
    }
    followup->due_ms = due_ms == TIME_NONE ? followup->due_ms : due_ms;
    return keep(turn, call, incident, followup, err) &&
           tell(turn, call, incident, followup, err) &&
           (!is_given ||
            followup_tell_owner(turn, incident, followup, call->speaker->id, err)) &&
           retro_refresh(turn, incident, RETRO_BIT(RETRO_FOLLOWUPS), err);
}
