#include "bot/redact.h"

#include "bot/adapter.h"
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/redact_said.h"
#include "bot/say.h"
#include "store/redact.h"
#include "store/search.h"

#define PURGE    "redact-purge"
#define PURGE_MS TIME_SECOND_MS

static const char *why_not(struct turn *turn, const struct entry *entry, int64_t n)
{
    if (entry == NULL) {
        return arena_printf(turn->arena, "There is no entry %lld. Their numbers: %s",
                            (long long)n, note_command(turn->arena, "timeline all"));
    }
    if (entry->is_redacted || text_is_empty(entry->text)) {
        return arena_printf(turn->arena,
                            "Entry %lld has no words any more. Nothing was changed.",
                            (long long)n);
    }
    return NULL;
}

/* What the platform still shows of it: taken out where the bot may, else the speaker is
 * told whose it is to do. *left: how many it may not. */
static bool take_out_messages(struct turn *turn, const struct incident *incident,
                              const struct redacted *redacted, size_t *left,
                              struct err *err)
{
    *left = 0;
    for (size_t i = 0; i < redacted->entry_count; i++) {
        const struct entry *entry = redacted->entries[i];

        if (entry->message == NULL) {
            continue;
        }
        if (!turn_has_trait(turn, entry->adapter, ADAPTER_REDACTS)) {
            *left += 1;
        } else if (!say_redact_entry(turn, incident, entry, err)) {
            return false;
        }
    }
    return true;
}

/* The index is purged a step at a time; a small one is done at once. */
bool redact_purge(struct turn *turn, struct err *err)
{
    bool done = false;

    for (int step = 0; step < 2 && !done; step++) {
        if (!search_purge(turn->store, &done, err)) {
            return false;
        }
    }
    return turn_wipe(turn, err) &&
           (done || alarm_after(turn, &(struct alarm){.kind = PURGE}, PURGE_MS, err));
}

static bool purge_run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                      struct err *err)
{
    (void)alarm;
    (void)late_ms;
    return redact_purge(turn, err);
}

const struct alarm_kind redact_purge_alarm = {
    .name = PURGE,
    .acts = true,
    .run = purge_run,
};

static bool answer(struct turn *turn, const struct command_call *call,
                   const struct entry *entry, size_t left, bool in_file,
                   struct err *err)
{
    struct note *note = say_note(
        turn,
        "Entry %lld (%s%s%s) is redacted by %s: its words are gone for good. That "
        "it was there stays.",
        (long long)entry->n, say_when(turn, entry->at_ms),
        entry->handle == NULL ? "" : ", ",
        note_words(turn->arena, text_or(entry->handle, "")),
        say_person(turn, call->speaker->id));

    if (left > 0) {
        note_line(
            note,
            "The message itself is still in the channel: only %s can delete it "
            "there. A secret that was read is best changed, too.",
            note_words(turn->arena, text_or(entry->handle, PHRASE("its writer"))));
    }
    if (in_file) {
        note_line(note,
                  "The file of the retrospective still has it: delete it, and draft it "
                  "anew: %s",
                  note_command(turn->arena, "retro"));
    }
    return say_made(turn, call, note, err);
}

static bool redact(struct turn *turn, const struct command_call *call,
                   const struct entry *entry, struct err *err)
{
    struct redacted redacted;
    size_t left;
    bool in_file;

    return redact_entry(turn->store, entry, turn->now_ms, &redacted, err) &&
           redact_said(turn, call->incident, entry->recorded_ms, &redacted, &in_file,
                       err) &&
           take_out_messages(turn, call->incident, &redacted, &left, err) &&
           recorder_fact(
               turn, call->incident,
               &(struct fact){.person_id = call->speaker->id,
                              .kind = "redacted",
                              .subject = entry->n,
                              .text = arena_exact(turn->arena, "entry %lld is redacted",
                                                  (long long)entry->n)},
               NULL, err) &&
           incident_refresh(turn, call->incident->id, err) && redact_purge(turn, err) &&
           answer(turn, call, entry, left, in_file, err);
}

bool redact_run(struct turn *turn, const struct command_call *call, int64_t n,
                struct err *err)
{
    struct entry *entry;
    const char *refusal;

    if (!timeline_find(turn->store, call->incident->id, n, &entry, err)) {
        return false;
    }
    refusal = why_not(turn, entry, n);
    return refusal != NULL ? say_private(turn, call, say_note(turn, "%s", refusal), err)
                           : redact(turn, call, entry, err);
}

bool redact_refuse_words(struct turn *turn, const struct command_call *call,
                         struct err *err)
{
    struct note *note =
        say_note(turn, "One entry, by its number alone: %s. Nothing was redacted.",
                 note_command(turn->arena, "timeline last 5"));
    struct entries last;

    if (!timeline_last(turn->store, call->incident->id, 1, &last, err)) {
        return false;
    }
    if (call->is_in_channel && last.count == 1) {
        note_line(note, "Your line is on the timeline, too: %s",
                  note_command(turn->arena, "redact %lld", (long long)last.all[0].n));
    }
    return say_private(turn, call, note, err);
}
