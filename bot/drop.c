#include "bot/drop.h"

#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/say.h"
#include "store/timeline.h"

/* Facts of the incident itself are not anybody's to take back: they are changed by
 * their verbs. */
static bool is_own_kind(const char *kind)
{
    static const char *const kinds[] = {"note", "change", "factor", "followup", "park"};

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
            "Entry %lld is a %s entry; only notes, changes, factors and "
            "follow-ups can be taken back. Nothing was changed.",
            (long long)n, entry->kind);
    }
    return NULL;
}

bool drop_entry(struct turn *turn, const struct command_call *call, int64_t n,
                struct err *err)
{
    struct entry *entry;
    const char *refusal;

    if (!timeline_find(turn->store, call->incident->id, n, &entry, err)) {
        return false;
    }
    refusal = why_not(turn, call, entry, n);
    if (refusal != NULL) {
        return say_private(turn, call, say_note(turn, "%s", refusal), err);
    }
    return timeline_drop(turn->store, entry->id, turn->now_ms, err) &&
           say_private(turn, call,
                       say_note(turn, "Taken out: \"%s\"",
                                note_words(turn->arena,
                                           text_brief(turn->arena, entry->text, 60))),
                       err);
}
