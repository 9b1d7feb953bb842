#include "bot/deliver.h"

#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/channel.h"
#include "bot/declaring.h"
#include "bot/recorder.h"
#include "bot/say_put.h"
#include "bot/undelivered.h"
#include "store/incidents.h"
#include "store/people.h"

#define BACKOFF_BASE_MS TIME_SECOND_MS
#define BACKOFF_CAP_MS  (5 * TIME_MINUTE_MS)
#define LINK_WAIT_MS    500 /* what names a channel waits once for it to be open */
#define INVITED         50  /* looked at for those who come in with the channel */

struct binding {
    struct turn *turn;
    const char *adapter;
    struct err *err;
    bool has_failed;
    bool is_early; /* it names a channel that is not open yet */
};

/* The incident's channel, where it is on this platform and open by now. */
static const char *channel_of(struct binding *binding, int64_t incident_id)
{
    struct incident *incident = NULL;

    if (!incident_find(binding->turn->store, incident_id, &incident, binding->err)) {
        binding->has_failed = true;
    }
    if (incident == NULL || !text_equal(incident->adapter, binding->adapter)) {
        return NULL;
    }
    binding->is_early |= incident->channel == NULL;
    return incident->channel;
}

static const char *external_of(void *context, enum note_mark_kind kind, int64_t number)
{
    struct binding *binding = context;
    const char *external = NULL;

    if (kind == NOTE_MARK_CHANNEL) {
        return channel_of(binding, number);
    }
    if (!person_external(binding->turn->store, number, binding->adapter, &external,
                         binding->err)) {
        binding->has_failed = true;
    }
    return external;
}

/* What stands on the timeline when a wish can never be fulfilled; NULL: nothing. */
static const char *burial_text(struct turn *turn, const struct outbox_row *row,
                               const char *why)
{
    const char *handle = text_or(row->person_handle, "somebody");

    if (action_is(row->kind, ACTION_INVITE)) {
        return arena_exact(turn->arena, "%s could not be invited: %s", handle, why);
    }
    if (action_is(row->kind, ACTION_DIRECT)) {
        /* It may have been a private word: whom it was for stays out of the record. */
        return arena_exact(turn->arena, "a direct message did not get out: %s", why);
    }
    if (action_is(row->kind, ACTION_OPEN_CHANNEL)) {
        return arena_exact(turn->arena, "the channel could not be opened: %s", why);
    }
    if (action_is(row->kind, ACTION_POST)) {
        return arena_exact(turn->arena, "a message of the bot did not get out: %s",
                           why);
    }
    if (action_is(row->kind, ACTION_UPLOAD)) {
        return arena_exact(turn->arena, "a file of the bot did not get out: %s", why);
    }
    return NULL;
}

/* A channel where nothing can be said would fill its record with the bot's failures:
 * those alike are one entry. */
static bool record_burial(struct turn *turn, const struct outbox_row *row,
                          const char *text, const char *why, struct err *err)
{
    bool is_post = action_is(row->kind, ACTION_POST);
    struct incident *incident = NULL;

    if (!incident_find(turn->store, row->incident_id, &incident, err)) {
        return false;
    }
    if (incident == NULL) {
        return true;
    }
    return is_post || action_is(row->kind, ACTION_OPEN_CHANNEL)
               ? channel_lost(turn, incident, text,
                              is_post && row->place == NULL ? why : NULL, err)
               : recorder_fact(turn, incident,
                               &(struct fact){.kind = "nudge", .text = text}, NULL,
                               err);
}

static bool bury(struct turn *turn, const struct outbox_row *row, const char *why,
                 struct err *err)
{
    const char *text = burial_text(turn, row, why);
    bool is_settled;

    if (!outbox_bury(turn->store, row->id, why, turn->now_ms, &is_settled, err)) {
        return false;
    }
    if (!is_settled) {
        return true;
    }
    log_warn("buried", "row=%lld kind=%s why=\"%s\"", (long long)row->id, row->kind,
             why);
    if (text_starts(row->lane, SAY_UNKEPT_LANE)) {
        return outbox_erase(turn->store, row->id, err);
    }
    if (action_is(row->kind, ACTION_JOIN)) {
        return channel_not_joined(turn, row, why, err);
    }
    if (action_is(row->kind, ACTION_FORM)) {
        return declaring_instead(turn, row, err);
    }
    return row->incident_id == 0 || text == NULL ||
           record_burial(turn, row, text, why, err);
}

/* Who a row is for, in the platform's own words; NULL where it knows no such person. */
static const char *recipient(const struct turn *turn, const struct outbox_row *row)
{
    return row->person_external == NULL &&
                   turn_has_trait(turn, row->adapter, ADAPTER_BY_HANDLE)
               ? row->person_handle
               : row->person_external;
}

/* Why a row can't even be tried; NULL if it can. */
static const char *obstacle(const struct turn *turn, const struct outbox_row *row,
                            enum action_kind kind)
{
    bool needs_person =
        kind == ACTION_DIRECT || kind == ACTION_WHISPER || kind == ACTION_INVITE;

    if (needs_person && recipient(turn, row) == NULL) {
        return "no account there";
    }
    if (row->about_row != 0 && row->about_ref == NULL) {
        return "the message it is about never got out";
    }
    return NULL;
}

static void fill(const struct turn *turn, struct action *action,
                 const struct outbox_row *row)
{
    action->id = row->id;
    action->incident_id = row->incident_id;
    action->created_ms = row->created_ms;
    action->attempts = row->attempts;
    action->unsure = row->is_unsure;
    action->channel = row->place != NULL ? row->place : row->incident_channel;
    action->is_own = row->place == NULL && row->incident_channel != NULL;
    action->person = recipient(turn, row);
    action->handle = row->person_handle;
    if (row->about_row != 0) {
        action->about = row->about_ref;
        action->about_channel = row->about_place;
    }
}

/* Who waits to be let in comes in with the channel: a platform may count invitations
 * one by one, and let us make only a few an hour. */
static bool fill_people(struct turn *turn, const struct outbox_row *row,
                        struct action *action, struct err *err)
{
    struct outbox_rows invited;

    if (!outbox_list_waiting(turn->store, row->incident_id,
                             action_kind_name(ACTION_INVITE), INVITED, &invited, err)) {
        return false;
    }
    for (size_t i = 0; i < invited.count && action->person_count < ACTION_PEOPLE; i++) {
        const char *person = recipient(turn, &invited.all[i]);

        if (person != NULL && text_equal(invited.all[i].adapter, row->adapter)) {
            action->people[action->person_count++] = person;
        }
    }
    return true;
}

/* Once, and no longer: that an incident is open must be said where no channel can be.
 */
static bool waits_for_channel(const struct turn *turn, const struct outbox_row *row,
                              const struct binding *binding)
{
    return binding->is_early && row->attempts == 0 &&
           turn_has_trait(turn, row->adapter, ADAPTER_LINKS_BY_ID);
}

bool deliver_bind(struct turn *turn, const struct outbox_row *row,
                  struct action **bound, struct err *err)
{
    struct action *action = ARENA_NEW(turn->arena, struct action);
    struct binding binding = {.turn = turn, .adapter = row->adapter, .err = err};
    const char *why;

    *bound = NULL;
    if (!action_kind_from_name(row->kind, &action->kind) ||
        !action_from_json(turn->arena, row->body, action)) {
        return bury(turn, row, "the row makes no sense", err);
    }
    why = obstacle(turn, row, action->kind);
    if (why != NULL) {
        return bury(turn, row, why, err);
    }
    fill(turn, action, row);
    if (action->note != NULL) {
        note_bind(action->note, external_of, &binding);
    }
    if (binding.has_failed ||
        (action->kind == ACTION_OPEN_CHANNEL && !fill_people(turn, row, action, err))) {
        return false;
    }
    if (waits_for_channel(turn, row, &binding)) {
        return outbox_again(turn->store, row->id, turn->now_ms + LINK_WAIT_MS,
                            row->is_unsure, err) &&
               outbox_hold(turn->store, row->id, turn->now_ms + LINK_WAIT_MS, err);
    }
    *bound = action;
    return true;
}

bool deliver_opened(struct turn *turn, const char *adapter,
                    const struct ear_opening *opening, struct err *err)
{
    struct outbox_row *row;

    if (!outbox_find(turn->store, opening->action_id, &row, err)) {
        return false;
    }
    return row == NULL || row->done_ms != TIME_NONE ||
           row->created_ms != opening->created_ms ||
           !text_equal(row->adapter, adapter) ||
           !action_is(row->kind, ACTION_OPEN_CHANNEL) ||
           row->incident_channel != NULL ||
           incident_set_channel(turn->store, row->incident_id, opening->channel, NULL,
                                err);
}

static bool settle_done(struct turn *turn, const struct outbox_row *row,
                        const struct outcome *outcome, struct err *err)
{
    bool is_settled;

    if (!outbox_settle(turn->store, row->id, outcome->ref, turn->now_ms, &is_settled,
                       err)) {
        return false;
    }
    if (!is_settled) {
        return true;
    }
    if (text_starts(row->lane, SAY_UNKEPT_LANE)) {
        return outbox_erase(turn->store, row->id, err);
    }
    if (action_is(row->kind, ACTION_OPEN_CHANNEL)) {
        return incident_set_channel(turn->store, row->incident_id, outcome->ref,
                                    outcome->name, err) &&
               channel_again_opened(turn, row, err);
    }
    if (action_is(row->kind, ACTION_AMEND)) {
        return outbox_says_now(turn->store, row->about_row, row->body, err);
    }
    return !action_is(row->kind, ACTION_JOIN) ||
           channel_joined(turn, row, outcome, err);
}

static int64_t backoff_ms(int64_t attempts)
{
    int64_t n = attempts < 1 ? 1 : attempts;

    if (n > 60) {
        return BACKOFF_CAP_MS;
    }
    n = BACKOFF_BASE_MS * n * n;
    return n < BACKOFF_CAP_MS ? n : BACKOFF_CAP_MS;
}

int64_t deliver_again_ms(int64_t now_ms, int64_t attempts, int64_t not_before_ms)
{
    return not_before_ms > 0 ? not_before_ms : now_ms + backoff_ms(attempts);
}

/* Put off: what the platform said holds, our own guess may be hastened. */
static bool again(struct turn *turn, const struct outbox_row *row,
                  const struct outcome *outcome, struct err *err)
{
    bool is_unsure = row->is_unsure || outcome->kind == OUTCOME_UNKNOWN;
    int64_t due_ms =
        deliver_again_ms(turn->now_ms, row->attempts, outcome->not_before_ms);

    return outbox_again(turn->store, row->id, due_ms, is_unsure, err) &&
           (outcome->not_before_ms <= 0 ||
            outbox_hold(turn->store, row->id, due_ms, err));
}

static bool refuse(struct turn *turn, const struct outbox_row *row, const char *why,
                   struct err *err)
{
    return bury(turn, row, why, err) && undelivered_refused(turn, row, why, err);
}

bool deliver_settle(struct turn *turn, int64_t row_id, const struct outcome *outcome,
                    struct err *err)
{
    struct outbox_row *row;

    if (!outbox_find(turn->store, row_id, &row, err)) {
        return false;
    }
    if (row == NULL || row->done_ms != TIME_NONE) {
        return true;
    }
    switch (outcome->kind) {
    case OUTCOME_DONE: return settle_done(turn, row, outcome, err);
    case OUTCOME_AGAIN:
    case OUTCOME_UNKNOWN:
        return again(turn, row, outcome, err) &&
               undelivered_waits(turn, row, outcome->why, err);
    case OUTCOME_NEVER: return refuse(turn, row, text_or(outcome->why, "refused"), err);
    }
    return true;
}

bool deliver_end(struct turn *turn, int64_t row_id, const struct outcome *outcome,
                 const char *why, struct err *err)
{
    bool is_settled;

    return outcome->kind == OUTCOME_DONE
               ? outbox_settle(turn->store, row_id, outcome->ref, turn->now_ms,
                               &is_settled, err)
               : outbox_bury(turn->store, row_id, why, turn->now_ms, &is_settled, err);
}
