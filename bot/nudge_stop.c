#include "bot/nudge_stop.h"

#include "bot/alarm.h"
#include "bot/base/phrase.h"
#include "bot/base/time.h"
#include "bot/choice.h"
#include "bot/say.h"
#include "bot/update.h"
#include "bot/wishes.h"

static bool find_last(struct turn *turn, const struct command_call *call,
                      struct nudge **nudge, struct err *err)
{
    int64_t incident_id = call->incident == NULL ? 0 : call->incident->id;

    *nudge = NULL;
    if (call->is_in_channel && !nudge_last(turn->store, incident_id, 0, nudge, err)) {
        return false;
    }
    return *nudge != NULL ||
           nudge_last(turn->store, incident_id, call->speaker->id, nudge, err);
}

static bool none_told(struct turn *turn, const struct command_call *call,
                      const char *what, struct err *err)
{
    return say_private(
        turn, call,
        say_note(turn, "No reminder is here to %s. Nothing was changed.", what), err);
}

/* Of one task, or of all that there is of its kind. */
static bool set_quiet(struct turn *turn, const struct nudge *nudge, int64_t until_ms,
                      struct err *err)
{
    return quiet_set(turn->store,
                     nudge_quiet_name(turn->arena, nudge->kind, nudge->subject),
                     nudge->incident_id, nudge->person_id, until_ms, err);
}

/* Its own alarm may stand already (it repeats): then that one is moved. */
static bool put_off(struct turn *turn, const struct nudge *nudge, int64_t until_ms,
                    struct err *err)
{
    struct alarm *standing = NULL;
    struct alarm alarm = {
        .kind = nudge->kind,
        .incident_id = nudge->incident_id,
        .subject = nudge->subject,
    };

    if (!alarm_find(turn->store, nudge->kind, nudge->incident_id, nudge->subject,
                    &standing, err)) {
        return false;
    }
    alarm.person_id = standing == NULL ? nudge->person_id : standing->person_id;
    return set_quiet(turn, nudge, until_ms, err) &&
           alarm_after(turn, &alarm, until_ms - turn->now_ms, err);
}

/* The one under which the button was pressed, as it was sent. */
static struct nudge *pressed_nudge(struct turn *turn,
                                   const struct choice_reminder *pressed)
{
    struct nudge *nudge = ARENA_NEW(turn->arena, struct nudge);

    nudge->incident_id = pressed->row->incident_id;
    nudge->person_id = pressed->row->person_id;
    nudge->sent_ms = pressed->row->created_ms;
    nudge_of_quiet_name(turn->arena, pressed->name, &nudge->kind, &nudge->subject);
    return nudge;
}

/* Why it is not to be put off any more; NULL: it holds. */
static bool over_words(struct turn *turn, const struct nudge *nudge, const char **words,
                       struct err *err)
{
    const struct alarm_kind *kind = alarm_kind_find(nudge->kind);
    const struct alarm sent = {
        .kind = nudge->kind,
        .incident_id = nudge->incident_id,
        .subject = nudge->subject,
        .person_id = nudge->person_id,
        .set_ms = nudge->sent_ms,
        .due_ms = nudge->sent_ms,
    };
    bool holds = false, was_repeated = false;

    if ((kind != NULL && kind->holds != NULL &&
         !kind->holds(turn, &sent, &holds, err)) ||
        !nudge_was_repeated(turn->store, nudge, &was_repeated, err)) {
        return false;
    }
    *words = !holds ? PHRASE("That reminder is over. Nothing was changed.")
             : was_repeated
                 ? PHRASE("A later reminder says the same. Nothing was changed; the "
                          "button there puts it off.")
                 : NULL;
    return true;
}

/* The reminder that is meant. *nudge NULL: none, and the speaker was told why. */
static bool find_meant(struct turn *turn, const struct command_call *call,
                       struct nudge **nudge, struct err *err)
{
    const char *over = PHRASE("That reminder is over. Nothing was changed.");
    struct choice_reminder pressed;

    if (!choice_reminder(turn, call, &pressed, err)) {
        return false;
    }
    if (pressed.row == NULL || pressed.is_nameless) {
        return find_last(turn, call, nudge, err) &&
               (*nudge != NULL || none_told(turn, call, PHRASE("put off"), err));
    }
    *nudge = NULL;
    if (pressed.name != NULL) {
        *nudge = pressed_nudge(turn, &pressed);
        if (!over_words(turn, *nudge, &over, err)) {
            return false;
        }
    }
    if (over != NULL) {
        *nudge = NULL;
        return say_private(turn, call, say_note(turn, "%s", over), err);
    }
    return true;
}

/* "a task without an answer (3)" */
static const char *subject_words(struct turn *turn, const struct nudge *nudge)
{
    const char *what = phrase_of(alarm_kind_find(nudge->kind)->what);

    return nudge->subject == 0 ? what
                               : arena_printf(turn->arena, "%s (%lld)", what,
                                              (long long)nudge->subject);
}

bool nudge_snooze(struct turn *turn, const struct command_call *call, int64_t until_ms,
                  struct err *err)
{
    const struct alarm_kind *kind;
    struct nudge *nudge;
    enum wish wish;

    if (!find_meant(turn, call, &nudge, err)) {
        return false;
    }
    if (nudge == NULL) {
        return true;
    }
    kind = alarm_kind_find(nudge->kind);
    if (kind == NULL || kind->what == NULL) {
        return none_told(turn, call, PHRASE("put off"), err);
    }
    if (wish_find(nudge->kind, &wish) &&
        !wish_set(turn, nudge->person_id, wish, true, err)) {
        return false;
    }
    return put_off(turn, nudge, until_ms, err) &&
           update_put_off(turn, nudge, until_ms, call->speaker->id, err) &&
           choice_taken(turn, call, err) &&
           say_here(turn, call,
                    say_note(turn, "I ask again %s, if it is still so: %s.",
                             say_at(turn, until_ms), subject_words(turn, nudge)),
                    err);
}

/* What is stopped, and how to have it again. */
static struct note *stopped(struct turn *turn, const struct nudge *nudge)
{
    const char *whose = nudge->person_id == 0 ? "" : PHRASE(" for you");

    return say_note(turn, "No more of these%s in inc-%lld: %s. To have them again: %s",
                    whose, (long long)nudge->incident_id, subject_words(turn, nudge),
                    note_command(turn->arena, "snooze 1m"));
}

bool nudge_never(struct turn *turn, const struct command_call *call, struct err *err)
{
    const struct alarm_kind *kind;
    struct nudge *nudge;
    enum wish wish;

    if (!find_last(turn, call, &nudge, err)) {
        return false;
    }
    if (nudge == NULL) {
        return none_told(turn, call, PHRASE("stop"), err);
    }
    if (wish_find(nudge->kind, &wish)) {
        return wish_end(turn, call, wish, err);
    }
    kind = alarm_kind_find(nudge->kind);
    if (kind == NULL || kind->what == NULL) {
        return none_told(turn, call, PHRASE("stop"), err);
    }
    return set_quiet(turn, nudge, TIME_NONE, err) &&
           say_here(turn, call, stopped(turn, nudge), err);
}
