#include "bot/severity.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/care.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/say.h"
#include "bot/severity_reach.h"
#include "bot/update.h"

bool severity_is_unknown(const struct turn *turn, const struct incident *incident)
{
    return config_level_rank(turn->config, incident->severity) <= 0;
}

const char *severity_words(struct turn *turn, const struct incident *incident)
{
    if (severity_is_unknown(turn, incident)) {
        return PHRASE("severity unknown");
    }
    return arena_printf(turn->arena, "%s%s", incident->severity,
                        incident->severity_by_judgement ? PHRASE(" by judgement") : "");
}

const char *severity_recorded(const struct turn *turn, const struct incident *incident)
{
    return severity_is_unknown(turn, incident) ? "severity unknown"
                                               : incident->severity;
}

int64_t severity_update_ms(const struct config *config, const char *severity)
{
    const struct config_level *level = config_level_find(config, severity);

    return level == NULL ? 0 : level->update_ms;
}

const char *severity_cadence(struct turn *turn, const char *severity)
{
    int64_t every_ms = severity_update_ms(turn->config, severity);

    return every_ms <= 0 ? PHRASE("No regular updates")
                         : arena_printf(turn->arena, "Updates every %s",
                                        time_span(turn->arena, every_ms));
}

const char *severity_step(const struct config *config, const char *severity,
                          bool bigger)
{
    int rank = config_level_rank(config, severity);
    int last = (int)config->level_count - 1;

    if (rank <= 0) {
        rank = bigger ? 3 : 2; /* from unknown: to the second, or the third */
    }
    rank += bigger ? -1 : 1;
    rank = rank < 1 ? 1 : rank > last ? last : rank;
    return config->levels[rank].name;
}

static const char *answer(struct turn *turn, const struct incident *now,
                          const char *was, const char *next)
{
    struct text line;
    const char *who = say_person(turn, now->severity_person_id);

    text_init(&line, turn->arena);
    text_addf(&line, "Severity: %s (was %s), %s%s", now->severity, was,
              now->severity_by_judgement ? PHRASE("judgement of ") : "", who);
    if (!text_is_empty(now->severity_why)) {
        text_addf(&line, ": %s", note_words(turn->arena, now->severity_why));
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

bool severity_set(struct turn *turn, const struct command_call *call, const char *level,
                  const char *why, bool by_judgement, struct err *err)
{
    struct incident now = *call->incident;
    const char *was = call->incident->severity;
    struct note *note;
    const char *next;

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
