#include "bot/drop.h"

#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/factor.h"
#include "bot/feeling.h"
#include "bot/retro.h"
#include "bot/say.h"
#include "store/alarms.h"
#include "store/factors.h"
#include "store/followups.h"
#include "store/parked.h"
#include "store/timeline.h"
#include "store/tries.h"

/* Facts of the incident itself are not anybody's to take back: they are changed by
 * their verbs. */
static bool is_own_kind(const char *kind)
{
    static const char *const kinds[] = {"note", "change", "factor", "followup",
                                        "park", "try",    "step"};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strcmp(kinds[i], kind) == 0) {
            return true;
        }
    }
    return false;
}

static const char *why_not(struct turn *turn, const struct command_call *call,
                           const struct entry *entry, int64_t n)
{
    if (entry == NULL) {
        return arena_printf(turn->arena, "There is no entry %lld. Their numbers: %s",
                            (long long)n, note_command(turn->arena, "timeline all"));
    }
    if (entry->dropped_ms != TIME_NONE) {
        return arena_printf(turn->arena, "Entry %lld is taken out already.",
                            (long long)n);
    }
    if (entry->person_id != call->speaker->id) {
        return arena_printf(
            turn->arena, "Entry %lld is not yours. Nothing was changed.", (long long)n);
    }
    if (!is_own_kind(entry->kind)) {
        return arena_printf(
            turn->arena,
            "Entry %lld is a %s entry; only notes, changes, experiments, risky steps, "
            "parked things, factors, lessons, feelings and follow-ups can be taken "
            "back. Nothing was changed.",
            (long long)n, entry->kind);
    }
    return NULL;
}

/* What the entry stands for goes with it; an entry stands for one thing at most. */
static bool drop_subject(struct turn *turn, const struct entry *entry, struct err *err)
{
    int64_t incident_id = entry->incident_id;

    if (strcmp(entry->kind, "factor") == 0) {
        return factor_drop_entry(turn->store, incident_id, entry->n, turn->now_ms,
                                 err) &&
               factor_link_drop_entry(turn->store, incident_id, entry->n, err) &&
               factor_judge_drop_entry(turn->store, incident_id, entry->n, err) &&
               lesson_drop_entry(turn->store, incident_id, entry->n, turn->now_ms,
                                 err) &&
               factor_settle(turn, incident_id, NULL, err);
    }
    if (strcmp(entry->kind, "followup") == 0) {
        return followup_drop_entry(turn->store, incident_id, entry->n, turn->now_ms,
                                   err) &&
               alarm_clear(turn->store, "followup-overdue", incident_id, entry->subject,
                           err);
    }
    if (strcmp(entry->kind, "park") == 0) {
        return parked_drop_entry(turn->store, incident_id, entry->n, turn->now_ms, err);
    }
    if (strcmp(entry->kind, "try") == 0) {
        return try_drop_entry(turn->store, incident_id, entry->n, turn->now_ms, err);
    }
    return true;
}

bool drop_entry(struct turn *turn, const struct command_call *call, int64_t n,
                struct err *err)
{
    struct entry *entry;
    const char *refusal;

    if (!timeline_find(turn->store, call->incident->id, n, &entry, err)) {
        return false;
    }
    if (entry != NULL && feeling_is(entry) && entry->dropped_ms == TIME_NONE) {
        return feeling_drop(turn, call, entry, err);
    }
    refusal = why_not(turn, call, entry, n);
    if (entry == NULL || refusal != NULL) {
        return say_private(turn, call, say_note(turn, "%s", refusal), err);
    }
    INSIST(entry != NULL);
    return timeline_drop(turn->store, entry->id, turn->now_ms, err) &&
           drop_subject(turn, entry, err) &&
           retro_refresh(turn, call->incident, RETRO_ALL, err) &&
           say_private(turn, call,
                       say_note(turn, "Taken out: \"%s\"",
                                note_words(turn->arena,
                                           text_brief(turn->arena, entry->text, 60))),
                       err);
}
