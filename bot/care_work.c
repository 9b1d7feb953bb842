/* What the commander is asked about the work: findings that nobody follows, and whether
 * the one who knows the system best should lead. */
#include "bot/base/text.h"
#include "bot/candidates.h"
#include "bot/care.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "store/tasks.h"
#include "store/timeline.h"

#define FINDINGS      "no-task"
#define EXPERT        "lone-expert"
#define QUOTE_RUNES   120
#define FINDING_KINDS 3

static bool look_again(struct turn *turn, int64_t incident_id, struct err *err)
{
    return alarm_after(turn,
                       &(struct alarm){.kind = FINDINGS, .incident_id = incident_id},
                       turn->config->nudges.no_task_ms, err);
}

/* A look that is near stays; one that somebody put off is not put off for the next. */
bool care_watch_findings(struct turn *turn, const struct incident *incident,
                         int64_t person_id, struct err *err)
{
    struct alarm *standing;

    if (person_id == 0) {
        return alarm_clear(turn->store, FINDINGS, incident->id, 0, err);
    }
    if (!alarm_find(turn->store, FINDINGS, incident->id, 0, &standing, err)) {
        return false;
    }
    return (standing != NULL &&
            standing->due_ms - turn->now_ms <= turn->config->nudges.no_task_ms) ||
           look_again(turn, incident->id, err);
}

struct findings {
    const struct entry *last; /* NULL: there is none */
    size_t count;
};

static void add_findings(const struct entries *entries, struct findings *findings)
{
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->all[i];

        if (entry->person_id == 0) {
            continue;
        }
        findings->count += 1;
        if (findings->last == NULL || entry->at_ms >= findings->last->at_ms) {
            findings->last = entry;
        }
    }
}

/* What people wrote down so that it counts: notes, changes, marked messages. Whoever
 * tries something works on it already. */
static bool findings_find(struct turn *turn, int64_t incident_id,
                          struct findings *findings, struct err *err)
{
    static const char *const kinds[] = {"note", "change"};
    struct entries *entries = ARENA_ARRAY(turn->arena, struct entries, FINDING_KINDS);

    *findings = (struct findings){0};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (!timeline_select(turn->store, incident_id, kinds[i], &entries[i], err)) {
            return false;
        }
        add_findings(&entries[i], findings);
    }
    if (!timeline_pinned(turn->store, incident_id, &entries[FINDING_KINDS - 1], err)) {
        return false;
    }
    add_findings(&entries[FINDING_KINDS - 1], findings);
    return true;
}

/* Open, led by somebody, and no task was ever made; else *incident is NULL. */
static bool taskless_find(struct turn *turn, const struct alarm *alarm,
                          struct incident **incident, struct person **leader,
                          struct err *err)
{
    struct tasks tasks;

    if (!incident_find(turn->store, alarm->incident_id, incident, err) ||
        !role_holder(turn, alarm->incident_id, NULL, leader, err) ||
        !tasks_list(turn->store, alarm->incident_id, &tasks, err)) {
        return false;
    }
    if (*incident != NULL &&
        (!incident_is_open(*incident) || *leader == NULL || tasks.count > 0)) {
        *incident = NULL;
    }
    return true;
}

static bool findings_told(struct turn *turn, const struct incident *incident,
                          int64_t leader_id, const struct findings *findings,
                          struct err *err)
{
    const char *ref = say_ref(turn, incident);
    const char *who = say_person(turn, findings->last->person_id);
    struct note *note = say_note(
        turn, "%s: %zu finding%s written down and no task yet. The last, %s %s: \"%s\"",
        ref, findings->count, findings->count == 1 ? "" : "s",
        say_clock(turn, findings->last->at_ms), who,
        note_words(turn->arena,
                   text_brief(turn->arena, findings->last->text, QUOTE_RUNES)));

    note_line(note, "Who looks into it? %s. %s",
              note_command(turn->arena, "task %s @%s WHAT in 10m", ref,
                           findings->last->person_id == leader_id ? "who" : who),
              nudge_ways(turn));
    nudge_choice(note, FINDINGS, 0, "30m");
    return say_direct(turn, incident, leader_id, note, NULL, err);
}

/* One finding is named once to whoever leads: what came since the last look counts, and
 * at the end of a snooze all do, as for one who has heard of none. */
static bool is_news(struct turn *turn, const struct alarm *alarm, int64_t leader_id,
                    const struct findings *findings, bool *is, struct err *err)
{
    const struct nudge told = {
        .kind = FINDINGS, .incident_id = alarm->incident_id, .person_id = leader_id};
    bool was_told, was_put_off;

    if (!nudge_was_sent(turn->store, &told, &was_told, err) ||
        !nudge_was_put_off(turn, alarm, leader_id, &was_put_off, err)) {
        return false;
    }
    *is = findings->last != NULL &&
          (!was_told || was_put_off || findings->last->recorded_ms >= alarm->set_ms);
    return true;
}

static bool findings_run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                         struct err *err)
{
    struct incident *incident;
    struct person *leader;
    struct findings findings;
    bool is, may;

    (void)late_ms;
    if (!taskless_find(turn, alarm, &incident, &leader, err)) {
        return false;
    }
    if (incident == NULL) {
        return true;
    }
    if (!look_again(turn, incident->id, err) ||
        !findings_find(turn, incident->id, &findings, err) ||
        !is_news(turn, alarm, leader->id, &findings, &is, err)) {
        return false;
    }
    if (!is) {
        return true;
    }
    return nudge_may(turn, alarm, leader->id, &may, err) &&
           (!may || findings_told(turn, incident, leader->id, &findings, err));
}

/* Private, so nothing is listed for all to see. */
static bool findings_missed(struct turn *turn, const struct alarm *alarm,
                            const char **line, struct err *err)
{
    struct incident *incident;
    struct person *leader;

    (void)line;
    return taskless_find(turn, alarm, &incident, &leader, err) &&
           (incident == NULL || look_again(turn, incident->id, err));
}

static bool findings_holds(struct turn *turn, const struct alarm *sent, bool *holds,
                           struct err *err)
{
    struct incident *incident;
    struct person *leader;

    if (!taskless_find(turn, sent, &incident, &leader, err)) {
        return false;
    }
    *holds = incident != NULL && leader->id == sent->person_id;
    return true;
}

const struct alarm_kind care_findings_alarm = {
    .name = FINDINGS,
    .what = "findings without a task",
    .run = findings_run,
    .missed = findings_missed,
    .holds = findings_holds,
};

/* Those here who know the incident's service; the reasons of the one, where it is only
 * that one. NULL: several do, or they don't. */
static bool lone_reason(struct turn *turn, const struct incident *incident,
                        int64_t person_id, const char **reason, struct err *err)
{
    const struct candidates_wish wish = {
        .incident = incident,
        .service_id = incident->service_id,
        .only_here = true,
        .pool = ESCALATION_FITTING,
    };
    struct candidates knowing;

    *reason = NULL;
    if (incident->service_id == 0) {
        return true;
    }
    if (!candidates_find(turn, &wish, &knowing, err)) {
        return false;
    }
    if (knowing.count == 1 && knowing.all[0].person_id == person_id) {
        *reason = escalation_reasons(turn->arena, &knowing.all[0], "; ");
    }
    return true;
}

/* Who else is here and could lead; "" and a way to bring somebody in else. */
static bool other_words(struct turn *turn, const struct incident *incident,
                        int64_t person_id, const char **words, struct err *err)
{
    const char *ref = say_ref(turn, incident);
    const struct candidates_wish wish = {
        .incident = incident,
        .asker_id = person_id,
        .only_here = true,
        .pool = ESCALATION_ANYBODY,
    };
    struct candidates others;

    if (!candidates_find(turn, &wish, &others, err)) {
        return false;
    }
    *words =
        others.count == 0
            ? arena_printf(turn->arena, "Bring somebody in: %s",
                           note_command(turn->arena, "page %s SERVICE to lead", ref))
            : arena_printf(turn->arena, "%s is here: %s", others.all[0].handle,
                           note_command(turn->arena, "handoff %s @%s", ref,
                                        others.all[0].handle));
    return true;
}

static bool expert_told(struct turn *turn, const struct incident *incident,
                        int64_t person_id, const char *reason, struct err *err)
{
    const char *others;

    if (!other_words(turn, incident, person_id, &others, err)) {
        return false;
    }
    struct note *note = say_note(
        turn,
        "%s: nobody else here knows %s as you do (%s), and whoever leads does "
        "not look for the fault. Could somebody else lead?",
        say_ref(turn, incident), note_words(turn->arena, incident->service), reason);
    note_line(note, "%s. Going on: just go on. %s", others, nudge_ways(turn));
    nudge_choice(note, EXPERT, 0, "30m");
    return say_direct(turn, incident, person_id, note, NULL, err);
}

static bool expert_asked(struct turn *turn, const struct incident *incident,
                         const struct alarm *alarm, struct err *err)
{
    const char *reason;
    bool may;

    if (!lone_reason(turn, incident, alarm->person_id, &reason, err)) {
        return false;
    }
    if (reason == NULL) {
        return true;
    }
    return nudge_may(turn, alarm, alarm->person_id, &may, err) &&
           (!may || expert_told(turn, incident, alarm->person_id, reason, err));
}

bool care_ask_expert(struct turn *turn, const struct incident *incident,
                     int64_t person_id, struct err *err)
{
    const struct alarm alarm = {
        .kind = EXPERT,
        .incident_id = incident->id,
        .person_id = person_id,
        .set_ms = turn->now_ms,
        .due_ms = turn->now_ms,
    };
    bool was_asked;

    return nudge_was_sent(turn->store,
                          &(struct nudge){.kind = EXPERT,
                                          .incident_id = incident->id,
                                          .person_id = person_id},
                          &was_asked, err) &&
           (was_asked || expert_asked(turn, incident, &alarm, err));
}

/* The incident, where it is open and they lead it still; NULL else. */
static bool led_find(struct turn *turn, const struct alarm *alarm,
                     struct incident **incident, struct err *err)
{
    struct person *leader;

    if (!incident_find(turn->store, alarm->incident_id, incident, err) ||
        !role_holder(turn, alarm->incident_id, NULL, &leader, err)) {
        return false;
    }
    if (*incident != NULL && (!incident_is_open(*incident) || leader == NULL ||
                              leader->id != alarm->person_id)) {
        *incident = NULL;
    }
    return true;
}

/* After a snooze: asked again if they lead still. */
static bool expert_run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                       struct err *err)
{
    struct incident *incident;

    (void)late_ms;
    return led_find(turn, alarm, &incident, err) &&
           (incident == NULL || expert_asked(turn, incident, alarm, err));
}

static bool expert_holds(struct turn *turn, const struct alarm *sent, bool *holds,
                         struct err *err)
{
    struct incident *incident;

    if (!led_find(turn, sent, &incident, err)) {
        return false;
    }
    *holds = incident != NULL;
    return true;
}

const struct alarm_kind care_expert_alarm = {
    .name = EXPERT,
    .what = "whether somebody else could lead",
    .run = expert_run,
    .holds = expert_holds,
};
