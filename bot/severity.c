#include "bot/severity.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/care.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/say.h"
#include "bot/severity_reach.h"
#include "bot/update.h"

static const char *answer(struct turn *turn, const struct incident *now,
                          const char *was, const char *next)
{
    struct text line;
    const char *who = say_person(turn, now->severity_person_id);

    text_init(&line, turn->arena);
    text_addf(&line, "Severity: %s (was %s), %s%s", now->severity, was,
              now->severity_by_judgement ? PHRASE("judgement of ") : "", who);
    if (!text_is_empty(now->severity_why)) {
        text_addf(&line, ": %s", say_brief(turn, now->severity_why));
    }
    text_add(&line, ".");
    if (incident_is_open(now)) {
        text_addf(&line, " %s%s%s.", severity_cadence(turn, now->severity),
                  *next == '\0' ? "" : ", ", next);
    }
    return line.data;
}

static bool record(struct turn *turn, const struct incident *now, const char *was,
                   struct err *err)
{
    const char *why = text_or(now->severity_why, "");

    return recorder_fact(
        turn, now,
        &(struct fact){.person_id = now->severity_person_id,
                       .kind = "severity",
                       .text = arena_exact(
                           turn->arena, "severity %s (was %s)%s%s%s", now->severity,
                           was, now->severity_by_judgement ? ", by judgement" : "",
                           *why == '\0' ? "" : ": ", why)},
        NULL, err);
}

bool severity_is_said(const struct turn *turn, const struct incident *incident,
                      const char *level, const char *why)
{
    return text_equal(incident->severity, level) && text_is_empty(why) &&
           !incident->severity_by_judgement &&
           !text_equal(level, turn->config->levels[0].name);
}

bool severity_set(struct turn *turn, const struct command_call *call, const char *level,
                  const char *why, bool by_judgement, struct err *err)
{
    struct incident now = *call->incident;
    const char *was = call->incident->severity;
    struct note *note;
    const char *next;

    if (!by_judgement && severity_is_said(turn, call->incident, level, why)) {
        return say_private(
            turn, call, say_note(turn, "It is %s already. Nothing was changed.", level),
            err);
    }
    now.severity = level;
    now.severity_why = why;
    now.severity_by_judgement = by_judgement;
    now.severity_person_id = call->speaker->id;
    if (!incident_update(turn->store, &now, err) || !record(turn, &now, was, err) ||
        !care_on_severity(turn, &now, err) ||
        !update_next(turn, &now, PHRASE("next"), &next, err)) {
        return false;
    }
    note = say_note(turn, "%s", answer(turn, &now, was, next));
    return severity_reach(turn, &now, note, err) && say_made(turn, call, note, err) &&
           say_topic(turn, &now, incident_topic(turn, &now), err) &&
           incident_refresh(turn, now.id, err);
}
