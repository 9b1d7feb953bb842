#include "bot/missed.h"

#include "bot/base/phrase.h"
#include "bot/base/time.h"
#include "bot/say.h"

#define DOWN_WORTH_A_WORD_MS (2 * TIME_MINUTE_MS)

void missed_begin(struct missed *missed)
{
    missed->count = 0;
}

static struct missed_incident *find_incident(struct missed *missed, int64_t incident_id)
{
    struct missed_incident *incident;

    for (size_t i = 0; i < missed->count; i++) {
        if (missed->incidents[i].incident_id == incident_id) {
            return &missed->incidents[i];
        }
    }
    if (missed->count == MISSED_INCIDENTS) {
        return NULL;
    }
    incident = &missed->incidents[missed->count++];
    *incident = (struct missed_incident){.incident_id = incident_id};
    return incident;
}

bool missed_add(struct missed *missed, struct turn *turn, const struct alarm_kind *kind,
                const struct alarm *alarm, struct err *err)
{
    struct missed_incident *incident;
    const char *line = NULL;

    if (kind->missed == NULL) {
        return true;
    }
    if (!kind->missed(turn, alarm, &line, err)) {
        return false;
    }
    incident = line == NULL ? NULL : find_incident(missed, alarm->incident_id);
    if (incident == NULL) {
        return true;
    }
    if (incident->count < MISSED_LINES) {
        incident->lines[incident->count++] = line;
    } else {
        incident->more += 1;
    }
    return true;
}

static struct note *write_note(const struct missed *missed, struct turn *turn,
                               const struct missed_incident *passed)
{
    struct note *note = note_create(turn->arena);
    int64_t down_ms =
        missed->down_since_ms == TIME_NONE ? 0 : turn->now_ms - missed->down_since_ms;

    if (down_ms > DOWN_WORTH_A_WORD_MS) {
        note_line(
            note,
            "Back at %s, after %s down. What was written since is being read in, in "
            "its order.",
            say_when(turn, turn->now_ms), time_span(turn->arena, down_ms));
    }
    for (size_t i = 0; i < passed->count; i++) {
        note_line(note, "%s%s",
                  i == 0 ? PHRASE("Passed meanwhile, so no reminder: ") : "",
                  passed->lines[i]);
    }
    if (passed->more > 0) {
        note_line(note, "And %zu more. All of it: %s", passed->more,
                  note_command(turn->arena, "timeline all"));
    }
    return note;
}

bool missed_tell(struct missed *missed, struct turn *turn, struct err *err)
{
    for (size_t i = 0; i < missed->count; i++) {
        const struct missed_incident *passed = &missed->incidents[i];
        struct incident *incident = NULL;

        if (!incident_find(turn->store, passed->incident_id, &incident, err)) {
            return false;
        }
        if (incident != NULL &&
            !say_incident(turn, incident, write_note(missed, turn, passed), NULL,
                          err)) {
            return false;
        }
    }
    return true;
}
