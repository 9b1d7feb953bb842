/* The part of recorder.h that use-cases call. */
#include "bot/recorder.h"

bool recorder_fact(struct turn *turn, const struct incident *incident,
                   const struct fact *fact, int64_t *n, struct err *err)
{
    struct entry entry = {
        .incident_id = incident->id,
        .at_ms = fact->at_ms != 0 ? fact->at_ms : turn->now_ms,
        .recorded_ms = turn->now_ms,
        .kind = fact->kind,
        .person_id = fact->person_id,
        .text = fact->text,
        .subject = fact->subject,
    };
    bool is_new;

    if (!timeline_insert(turn->store, &entry, &is_new, err)) {
        return false;
    }
    if (n != NULL) {
        *n = entry.n;
    }
    return true;
}
