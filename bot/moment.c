#include "bot/moment.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/hesitation.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/say.h"

static const char *const names[] = {
    [MOMENT_STARTED] = "started",
    [MOMENT_DETECTED] = "detected",
    [MOMENT_MITIGATED] = "mitigated",
    [MOMENT_NORMAL] = "normal",
};

static int64_t *field(struct incident *incident, enum moment moment)
{
    switch (moment) {
    case MOMENT_STARTED: return &incident->started_ms;
    case MOMENT_DETECTED: return &incident->detected_ms;
    case MOMENT_MITIGATED: return &incident->mitigated_ms;
    case MOMENT_NORMAL: return &incident->normal_ms;
    }
    return NULL;
}

/* What can't come before what. */
static const struct {
    enum moment later, earlier;
} order[] = {
    {MOMENT_DETECTED, MOMENT_STARTED},
    {MOMENT_MITIGATED, MOMENT_STARTED},
    {MOMENT_NORMAL, MOMENT_STARTED},
    {MOMENT_NORMAL, MOMENT_MITIGATED},
};

#define ORDERS (sizeof(order) / sizeof(order[0]))

/* What was declared had been noticed. */
static bool is_late(const struct incident *incident)
{
    return incident->detected_ms != TIME_NONE &&
           incident->detected_ms > incident->declared_ms;
}

static bool is_odd(struct incident *incident, size_t i)
{
    int64_t later_ms = *field(incident, order[i].later);
    int64_t earlier_ms = *field(incident, order[i].earlier);

    return later_ms != TIME_NONE && earlier_ms != TIME_NONE && later_ms < earlier_ms;
}

void moment_forget_odd(struct incident *incident)
{
    for (size_t i = 0; i < ORDERS; i++) {
        if (is_odd(incident, i)) {
            *field(incident, order[i].later) = TIME_NONE;
        }
    }
    if (is_late(incident)) {
        incident->detected_ms = TIME_NONE;
    }
}

/* Each may be right by itself; beside each other one is not. */
static void name_odd(struct turn *turn, struct note *note,
                     const struct incident *incident)
{
    struct incident copy = *incident;

    for (size_t i = 0; i < ORDERS; i++) {
        const char *later = names[order[i].later], *earlier = names[order[i].earlier];

        if (is_odd(&copy, i)) {
            note_line(note, "%s %s is before %s %s. Which one is another time? %s %s",
                      text_sentence(turn->arena, later),
                      say_when(turn, *field(&copy, order[i].later)), earlier,
                      say_when(turn, *field(&copy, order[i].earlier)),
                      note_command(turn->arena, "%s TIME", later),
                      note_command(turn->arena, "%s TIME", earlier));
            return;
        }
    }
    if (is_late(incident)) {
        note_line(note, "Detected %s is after declared %s. Another time? %s",
                  say_when(turn, incident->detected_ms),
                  say_when(turn, incident->declared_ms),
                  note_command(turn->arena, "detected TIME"));
    }
}

const char *moment_missing(struct turn *turn, const struct incident *incident)
{
    struct incident copy = *incident;
    struct text list;

    moment_forget_odd(&copy);
    text_init(&list, turn->arena);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (*field(&copy, (enum moment)i) == TIME_NONE) {
            text_addf(&list, "%s%s", list.length_bytes > 0 ? ", " : "", names[i]);
        }
    }
    return list.length_bytes == 0 ? NULL : list.data;
}

static const char *since_start(struct turn *turn, const struct incident *incident,
                               int64_t at_ms)
{
    if (incident->started_ms == TIME_NONE || at_ms < incident->started_ms) {
        return "";
    }
    return arena_printf(turn->arena, ", %s after the start",
                        time_span(turn->arena, at_ms - incident->started_ms));
}

/* With its day, where that is another than the new one's: "13:37" alone would be the
 * same hour of the same day. */
static const char *was_when(struct turn *turn, int64_t was_ms, int64_t at_ms)
{
    struct arena *arena = turn->arena;
    const char *zone = turn_zone(turn);

    if (text_equal(time_day_long(arena, was_ms, zone),
                   time_day_long(arena, at_ms, zone))) {
        return say_when(turn, was_ms);
    }
    return note_moment(arena, was_ms,
                       arena_printf(arena, "%s, %s",
                                    time_day_near(arena, was_ms, turn->now_ms, zone),
                                    time_clock(arena, was_ms, zone)));
}

static const char *moved(struct turn *turn, int64_t was_ms, int64_t at_ms)
{
    return was_ms == TIME_NONE
               ? ""
               : arena_printf(turn->arena, " (was %s)", was_when(turn, was_ms, at_ms));
}

/* "`started TIME`"; by_house: the one that may have been meant. */
static const char *another(struct turn *turn, enum moment moment, const char *by_house)
{
    return note_command(turn->arena, "%s %s", names[moment], text_or(by_house, "TIME"));
}

/* "All well again: `normal`. Not so: `reopen WHY`": the next step that was not taken
 * yet; over, it is the past that is told. */
static const char *step_after(struct turn *turn, const struct incident *now,
                              enum moment moment, const char *by_house)
{
    bool is_open = incident_is_open(now);
    bool is_well = moment == MOMENT_NORMAL || now->normal_ms != TIME_NONE;
    const char *other = is_open && moment == MOMENT_MITIGATED && by_house == NULL
                            ? arena_printf(turn->arena, "Not so: %s",
                                           note_command(turn->arena, "reopen WHY"))
                            : arena_printf(turn->arena, "Another time: %s",
                                           another(turn, moment, by_house));

    if (!is_well) {
        return arena_printf(turn->arena, "All well again: %s. %s",
                            note_command(turn->arena, "normal"), other);
    }
    return !is_open ? other
                    : arena_printf(turn->arena, "%s. All done: %s", other,
                                   note_command(turn->arena, "resolve"));
}

static const char *behind_colon(struct turn *turn, const char *words)
{
    return text_is_empty(words)
               ? ""
               : arena_printf(turn->arena, ": %s", say_brief(turn, words));
}

/* Of a time that was typed: the zone of who did, and what moment_by_house says. */
struct typed {
    const char *zone, *by_house; /* NULL: nobody typed one */
};

static struct typed as_typed(struct turn *turn, const struct command_call *call,
                             bool is_typed, int64_t at_ms)
{
    return is_typed ? (struct typed){call->zone, moment_by_house(turn, call, at_ms)}
                    : (struct typed){0};
}

/* Started and detected: what it was; mitigated and normal: how long it took, and what
 * is next. */
static struct note *answer(struct turn *turn, const struct incident *now,
                           enum moment moment, int64_t was_ms, const char *how,
                           struct typed typed)
{
    struct incident copy = *now;
    int64_t at_ms = *field(&copy, moment);
    const char *when = typed.zone != NULL ? moment_typed(turn, at_ms, typed.zone)
                                          : say_when(turn, at_ms);
    const char *at = typed.zone != NULL ? PHRASE("on") : PHRASE("at");
    const char *said =
        behind_colon(turn, moment == MOMENT_DETECTED ? now->detected_how : how);
    const char *was =
        was_ms == TIME_NONE ? PHRASE("not known") : was_when(turn, was_ms, at_ms);

    switch (moment) {
    case MOMENT_STARTED:
        return say_note(turn, "Started: %s (was %s). Another time? %s", when, was,
                        another(turn, moment, typed.by_house));
    case MOMENT_DETECTED:
        return say_note(turn, "Detected: %s (was %s)%s. Another time? %s", when, was,
                        said, another(turn, moment, typed.by_house));
    case MOMENT_MITIGATED:
        return say_note(turn, "Mitigated %s %s%s%s%s. %s", at, when,
                        moved(turn, was_ms, at_ms), since_start(turn, now, at_ms), said,
                        step_after(turn, now, moment, typed.by_house));
    case MOMENT_NORMAL:
        return say_note(turn, "Normal %s %s%s%s%s. %s", at, when,
                        moved(turn, was_ms, at_ms), since_start(turn, now, at_ms), said,
                        step_after(turn, now, moment, typed.by_house));
    }
    return NULL;
}

/* `mitigated` also changes the state, where it still can. */
static bool move_state(struct turn *turn, const struct command_call *call,
                       struct err *err)
{
    const struct incident *incident = call->incident;
    struct refusal refusal = {0};

    if (incident->state != INCIDENT_ACTIVE && incident->state != INCIDENT_SUSPECTED) {
        return true;
    }
    return incident_change_state(turn, incident,
                                 &(struct incident_step){.to = INCIDENT_MITIGATED,
                                                         .person_id = call->speaker->id,
                                                         .text = "mitigated"},
                                 &refusal, err);
}

static bool refuse_future(struct turn *turn, const struct command_call *call,
                          struct err *err)
{
    return say_private(
        turn, call, say_note(turn, "That time is still to come. Nothing was changed."),
        err);
}

static bool refuse_same(struct turn *turn, const struct command_call *call,
                        enum moment moment, int64_t at_ms, struct err *err)
{
    return say_private(turn, call,
                       say_note(turn, "%s: %s, as before. Nothing was changed.",
                                text_sentence(turn->arena, names[moment]),
                                moment_typed(turn, at_ms, call->zone)),
                       err);
}

static bool tell(struct turn *turn, const struct command_call *call,
                 const struct incident *now, struct note *note, struct err *err)
{
    name_odd(turn, note, now);
    return say_made(turn, call, note, err);
}

/* Where no time is given: now; what was noticed, when it was declared at the latest. */
static int64_t untold_ms(struct turn *turn, const struct incident *incident,
                         enum moment moment)
{
    int64_t at_ms = turn->now_ms;

    if (moment == MOMENT_DETECTED) {
        at_ms = at_ms < incident->declared_ms ? at_ms : incident->declared_ms;
        at_ms = incident->detected_ms != TIME_NONE && incident->detected_ms < at_ms
                    ? incident->detected_ms
                    : at_ms;
    }
    return at_ms;
}

/* How it was noticed may be "not sure". */
static bool hesitates(enum moment moment, const char *how)
{
    return moment != MOMENT_DETECTED && hesitation_is(how);
}

bool moment_set(struct turn *turn, const struct command_call *call, enum moment moment,
                int64_t at_ms, const char *how, struct err *err)
{
    struct incident now = *call->incident;
    int64_t *value = field(&now, moment);
    int64_t was_ms = *value;
    bool is_typed = at_ms != TIME_NONE;

    if (hesitates(moment, how)) {
        return hesitation_ask(turn, call, err);
    }
    if (is_typed && at_ms > turn->now_ms) {
        return refuse_future(turn, call, err);
    }
    *value = is_typed ? at_ms : untold_ms(turn, call->incident, moment);
    if (!text_is_empty(how)) {
        now.detected_how = moment == MOMENT_DETECTED ? how : now.detected_how;
    } else if (*value == was_ms && is_typed && moment != MOMENT_MITIGATED) {
        return refuse_same(turn, call, moment, was_ms, err);
    }
    if (!incident_update(turn->store, &now, err) ||
        !recorder_fact(
            turn, &now,
            &(struct fact){.person_id = call->speaker->id,
                           .kind = "moment",
                           .at_ms = *value,
                           .text = arena_exact(turn->arena, "%s%s%s", names[moment],
                                               text_is_empty(how) ? "" : ": ",
                                               text_or(how, ""))},
            NULL, err) ||
        !tell(turn, call, &now,
              answer(turn, &now, moment, was_ms, how,
                     as_typed(turn, call, is_typed, *value)),
              err)) {
        return false;
    }
    if (moment == MOMENT_MITIGATED && !move_state(turn, call, err)) {
        return false;
    }
    return incident_refresh(turn, now.id, err);
}
