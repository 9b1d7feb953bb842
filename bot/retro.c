#include "bot/retro.h"

#include "bot/base/text.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/retro_compose.h"
#include "bot/retro_file.h"
#include "bot/roles.h"
#include "bot/say.h"

#define FACT "retro"

static const char *names(struct turn *turn)
{
    struct text list;

    text_init(&list, turn->arena);
    for (int i = 0; i < RETRO_SECTIONS; i++) {
        text_addf(&list, "%s%s", i == 0 ? "" : ", ", retro_section_names[i]);
    }
    return list.data;
}

static const char *count_questions(struct turn *turn, size_t count)
{
    return count == 1 ? "1 question"
                      : arena_printf(turn->arena, "%zu questions", count);
}

static struct note *overview(struct turn *turn, const struct retro_record *record)
{
    const struct incident *incident = record->incident;
    struct note *note = say_note(
        turn,
        "Retrospective of %s %s, draft, with %s to people who were there. Sending it "
        "on%s: %s",
        say_ref(turn, incident), note_words(turn->arena, incident->title),
        count_questions(turn, retro_questions(record)),
        incident_is_open(incident) ? ", once it is resolved" : "",
        note_command(turn->arena, "retro publish"));

    note_line(note, "To fill or correct: %s: %s",
              note_command(turn->arena, "retro SECTION TEXT"), names(turn));
    return note;
}

static bool post(struct turn *turn, const struct command_call *call,
                 const struct retro_record *record, enum retro_place place,
                 struct err *err)
{
    struct retro_section section = {
        .incident_id = call->incident->id,
        .section = retro_section_names[place],
        .person_id = call->speaker->id,
        .at_ms = turn->now_ms,
    };
    size_t questions;

    return say_incident(turn, call->incident, retro_compose(record, place, &questions),
                        &section.post_row, err) &&
           retro_section_post(turn->store, &section, err);
}

static bool record_fact(struct turn *turn, const struct command_call *call,
                        const char *text, struct err *err)
{
    const struct fact fact = {
        .person_id = call->speaker->id, .kind = FACT, .text = text};

    return recorder_fact(turn, call->incident, &fact, NULL, err);
}

bool retro_say_draft(struct turn *turn, const struct command_call *call,
                     struct err *err)
{
    struct retro_record record;
    struct retro *retro;

    if (!retro_find(turn->store, call->incident->id, &retro, err) ||
        !retro_record_load(turn->store, turn->config, call->incident, &record, err)) {
        return false;
    }
    if (call->incident->state != INCIDENT_REVIEWED &&
        !retro_begin(turn->store, call->incident->id, turn->now_ms, err)) {
        return false;
    }
    if (!record_fact(turn, call, "retrospective drafted", err) ||
        !role_tell(turn, call, overview(turn, &record), err)) {
        return false;
    }
    for (int i = 0; i < RETRO_SECTIONS; i++) {
        if (!post(turn, call, &record, (enum retro_place)i, err)) {
            return false;
        }
    }
    return retro_file(turn, call->incident->id, err);
}

/* The message of the section, if one was posted, says what it says now. */
static bool amend(struct turn *turn, const struct command_call *call,
                  const struct retro_record *record, enum retro_place place,
                  struct err *err)
{
    size_t questions;

    for (size_t i = 0; i < record->sections.count; i++) {
        const struct retro_section *section = &record->sections.all[i];

        if (text_equal(section->section, retro_section_names[place]) &&
            section->post_row != 0) {
            return say_amend(turn, call->incident, section->post_row,
                             retro_compose(record, place, &questions), true, err);
        }
    }
    return true;
}

bool retro_take(struct turn *turn, const struct command_call *call, const char *section,
                const char *text, struct err *err)
{
    int place = retro_section_find(section);
    struct retro_record record;
    size_t left;
    const struct retro_section filled = {
        .incident_id = call->incident->id,
        .section = section,
        .text = text,
        .person_id = call->speaker->id,
        .at_ms = turn->now_ms,
    };

    INSIST(place >= 0);
    if (!retro_section_fill(turn->store, &filled, err) ||
        !record_fact(turn, call, arena_printf(turn->arena, "%s: %s", section, text),
                     err) ||
        !retro_record_load(turn->store, turn->config, call->incident, &record, err) ||
        !amend(turn, call, &record, (enum retro_place)place, err)) {
        return false;
    }
    left = retro_questions(&record);
    return role_tell(turn, call,
                     say_note(turn,
                              "Taken into %d of %d, %s; %s %s left. To change it, say "
                              "it again.",
                              place + 1, RETRO_SECTIONS, section,
                              count_questions(turn, left), left == 1 ? "is" : "are"),
                     err);
}

static bool tell_published(struct turn *turn, const struct command_call *call,
                           struct err *err)
{
    const struct incident *incident = call->incident;
    const char *what =
        arena_printf(turn->arena, "Retrospective of %s %s published at %s, %s.",
                     say_ref(turn, incident), note_words(turn->arena, incident->title),
                     say_when(turn, turn->now_ms), say_person(turn, call->speaker->id));

    return role_tell(turn, call,
                     say_note(turn, "%s %s is reviewed. Thank you, all who were there.",
                              what, say_ref(turn, incident)),
                     err) &&
           say_announce(turn, incident,
                        say_note(turn, "%s Read it: #%s", what, incident->channel_name),
                        err);
}

bool retro_send(struct turn *turn, const struct command_call *call, struct err *err)
{
    const struct incident_step step = {
        .to = INCIDENT_REVIEWED,
        .person_id = call->speaker->id,
        .text = "reviewed: retrospective published",
    };
    struct refusal refusal = {0};
    struct retro *retro;
    bool published;

    if (!retro_find(turn->store, call->incident->id, &retro, err)) {
        return false;
    }
    if (retro == NULL) {
        return say_private(turn, call,
                           say_note(turn,
                                    "There is no draft yet. Nothing was changed. "
                                    "%s",
                                    note_command(turn->arena, "retro")),
                           err);
    }
    if (!incident_change_state(turn, call->incident, &step, &refusal, err)) {
        return false;
    }
    if (refusal.text != NULL) {
        return say_refusal(turn, call, &refusal, err);
    }
    return retro_publish(turn->store, call->incident->id, call->speaker->id,
                         turn->now_ms, &published, err) &&
           alarm_clear(turn->store, "retro-due", call->incident->id, 0, err) &&
           tell_published(turn, call, err) && retro_file(turn, call->incident->id, err);
}

/* Still resolved, and not published; else NULL. */
static bool find_waiting(struct turn *turn, const struct alarm *alarm,
                         struct incident **incident, struct err *err)
{
    if (!incident_find(turn->store, alarm->incident_id, incident, err)) {
        return false;
    }
    if (*incident != NULL && (*incident)->state != INCIDENT_RESOLVED) {
        *incident = NULL;
    }
    return true;
}

static bool due_run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                    struct err *err)
{
    struct incident *incident;
    struct retro_record record;
    struct retro *retro;
    bool may;

    (void)late_ms;
    if (!find_waiting(turn, alarm, &incident, err)) {
        return false;
    }
    if (incident == NULL) {
        return true;
    }
    if (!nudge_may(turn, alarm, 0, &may, err) ||
        !retro_find(turn->store, incident->id, &retro, err) ||
        !retro_record_load(turn->store, turn->config, incident, &record, err)) {
        return false;
    }
    return !may ||
           say_incident(
               turn, incident,
               say_note(
                   turn, "Retrospective due, %s: %s was resolved %s%s. %s. Later: %s",
                   note_words(turn->arena, text_or(record.last_lead, "all")),
                   say_ref(turn, incident), say_at(turn, incident->resolved_ms),
                   retro == NULL ? "" : ", and the draft is here",
                   note_command(turn->arena, retro == NULL ? "retro" : "retro publish"),
                   note_command(turn->arena, "snooze 1d")),
               NULL, err);
}

static bool due_missed(struct turn *turn, const struct alarm *alarm, const char **line,
                       struct err *err)
{
    struct incident *incident;

    *line = NULL;
    if (!find_waiting(turn, alarm, &incident, err)) {
        return false;
    }
    if (incident != NULL) {
        *line = arena_printf(turn->arena, "the retrospective, due by %s. %s",
                             say_when(turn, alarm->due_ms),
                             note_command(turn->arena, "retro"));
    }
    return true;
}

const struct alarm_kind retro_due_alarm = {
    .name = "retro-due",
    .run = due_run,
    .missed = due_missed,
};
