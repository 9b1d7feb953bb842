#include "bot/undelivered.h"

#include "bot/action.h"
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/channel.h"
#include "bot/recorder.h"
#include "bot/ring.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "store/incidents.h"
#include "store/people.h"
#include "store/timeline.h"

#define WAITS_MS    (10 * TIME_MINUTE_MS)
#define WAITS_TRIES 3 /* the first after hours without the bot tells nothing */

static const char waits[] =
    "what the bot says here does not get out; it goes on trying";

/* Told once; it is asked for again, and the next no is no news. */
static bool no_channel(struct turn *turn, const struct incident *incident,
                       const char *why, struct err *err)
{
    const char *ref = say_ref(turn, incident);
    bool is_first;
    struct note *note =
        say_note(turn, "%s has no channel: %s. What I would say there, nobody sees.",
                 ref, note_words(turn->arena, why));

    note_line(
        note,
        "The incident goes on by commands that name it, here or elsewhere: %s, %s",
        note_command(turn->arena, "status %s", ref),
        note_command(turn->arena, "note %s TEXT", ref));
    note_line(note, "Whoever runs this chat can allow me to make channels. I try again "
                    "by myself, in 5 min first.");
    return channel_again_plan(turn, incident, &is_first, err) &&
           (!is_first || channel_tell_missing(turn, incident, note, err));
}

/* Of no incident: that it could not be said either is no news for the record. */
static bool not_let_in(struct turn *turn, const struct incident *incident,
                       const struct outbox_row *row, const char *why, struct err *err)
{
    struct note *note =
        say_note(turn, "I could not bring you into %s, the channel of %s: %s.",
                 say_link(turn, incident), say_ref(turn, incident),
                 note_words(turn->arena, why));

    note_line(note, "%s",
              incident->is_private ? PHRASE("Somebody who is in it can let you in.")
                                   : PHRASE("You can join it yourself."));
    return say_direct_on(turn, incident->adapter, row->person_id, note, err);
}

bool undelivered_refused(struct turn *turn, const struct outbox_row *row,
                         const char *why, struct err *err)
{
    struct incident *incident = NULL;

    if (!incident_find(turn->store, row->incident_id, &incident, err)) {
        return false;
    }
    if (incident == NULL) {
        return true;
    }
    if (action_is(row->kind, ACTION_OPEN_CHANNEL)) {
        return no_channel(turn, incident, why, err);
    }
    if (action_is(row->kind, ACTION_DIRECT)) {
        return ring_unsent(turn, incident, row, why, err);
    }
    return !action_is(row->kind, ACTION_INVITE) ||
           not_let_in(turn, incident, row, why, err);
}

/* What nobody misses for a while: invitations that a platform lets through one by one,
 * cards, pins. */
static bool is_missed(const struct outbox_row *row)
{
    static const enum action_kind kinds[] = {ACTION_OPEN_CHANNEL, ACTION_POST,
                                             ACTION_DIRECT, ACTION_UPLOAD};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (action_is(row->kind, kinds[i])) {
            return true;
        }
    }
    return false;
}

/* Since this row waits: whatever was put meanwhile is behind it, or fares alike. */
static bool is_recorded(struct turn *turn, const struct outbox_row *row, bool *is,
                        struct err *err)
{
    struct entries nudges;

    *is = false;
    if (!timeline_select(turn->store, row->incident_id, "nudge", &nudges, err)) {
        return false;
    }
    for (size_t i = 0; i < nudges.count; i++) {
        *is = *is || (text_equal(nudges.all[i].text, waits) &&
                      nudges.all[i].recorded_ms >= row->created_ms);
    }
    return true;
}

static bool has_account(struct turn *turn, const char *adapter, int64_t person_id,
                        bool *has, struct err *err)
{
    const char *external = NULL;

    if (!person_external(turn->store, person_id, adapter, &external, err)) {
        return false;
    }
    *has = external != NULL || turn_has_trait(turn, adapter, ADAPTER_BY_HANDLE);
    return true;
}

/* A platform that carries something now, the row's own first; *way NULL: none. */
static bool find_way(struct turn *turn, const struct outbox_row *row, int64_t person_id,
                     const char **way, struct err *err)
{
    bool has = false;

    *way = NULL;
    if (!outbox_has_left(turn->store, row->adapter, turn->now_ms - WAITS_MS, &has,
                         err)) {
        return false;
    }
    if (has && row->person_id != person_id) {
        *way = row->adapter;
        return true;
    }
    for (size_t i = 0; i < turn->adapter_count && *way == NULL; i++) {
        const char *adapter = turn->adapters[i]->name;

        if (!has_account(turn, adapter, person_id, &has, err)) {
            return false;
        }
        *way = has && !text_equal(adapter, row->adapter) ? adapter : NULL;
    }
    return true;
}

static bool tell_waits(struct turn *turn, const struct incident *incident,
                       const struct outbox_row *row, const char *why, struct err *err)
{
    struct person *lead = NULL;
    int64_t person_id;
    const char *way;

    if (!role_holder(turn, incident->id, NULL, &lead, err)) {
        return false;
    }
    person_id = lead == NULL ? incident->declared_by : lead->id;
    if (!find_way(turn, row, person_id, &way, err)) {
        return false;
    }
    return way == NULL ||
           say_direct_on(
               turn, way, person_id,
               say_note(turn,
                        "%s: what I say there has not got out since %s: %s. I go on "
                        "trying. Until then, pass on yourself what matters.",
                        say_ref(turn, incident), say_clock(turn, row->created_ms),
                        note_words(turn->arena,
                                   text_or(why, PHRASE("the platform can't take it")))),
               err);
}

bool undelivered_waits(struct turn *turn, const struct outbox_row *row, const char *why,
                       struct err *err)
{
    struct incident *incident = NULL;
    bool is_known;

    if (row->incident_id == 0 || !is_missed(row) || row->attempts < WAITS_TRIES ||
        turn->now_ms - row->created_ms < WAITS_MS) {
        return true;
    }
    if (!is_recorded(turn, row, &is_known, err) ||
        !incident_find(turn->store, row->incident_id, &incident, err)) {
        return false;
    }
    return is_known || incident == NULL ||
           (recorder_fact(turn, incident,
                          &(struct fact){.kind = "nudge", .text = waits}, NULL, err) &&
            tell_waits(turn, incident, row, why, err));
}
