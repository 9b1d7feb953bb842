#include "bot/say.h"

#include <stdarg.h>

#include "bot/adapter.h"
#include "bot/base/text.h"
#include "bot/say_put.h"

#define NOTE_BYTES 3000 /* where the adapter is not known to this program */

struct note *say_note(struct turn *turn, const char *format, ...)
{
    struct note *note = note_create(turn->arena);
    va_list args;

    va_start(args, format);
    note_line(note, "%s", arena_vprintf(turn->arena, format, args));
    va_end(args);
    return note;
}

bool say_put(struct turn *turn, struct outbox_row *row, const struct action *action,
             struct err *err)
{
    row->kind = action_kind_name(action->kind);
    row->body = action_to_json(turn->arena, action);
    row->created_ms = turn->now_ms;
    row->due_ms = turn->now_ms;
    turn->wants_courier = true;
    return outbox_put(turn->store, row, err);
}

static size_t note_limit(const struct turn *turn, const char *adapter)
{
    const struct adapter_kind *kind = turn_adapter(turn, adapter);

    return kind == NULL ? NOTE_BYTES : kind->max_note_bytes;
}

/* A note may need several messages; *first_row is the first one's. */
static bool put_all(struct turn *turn, const struct outbox_row *model,
                    const struct action *how, const struct note *note,
                    int64_t *first_row, struct err *err)
{
    size_t count;
    struct note **parts = note_split(note, note_limit(turn, model->adapter), &count);

    for (size_t i = 0; i < count; i++) {
        struct outbox_row row = *model;
        struct action action = *how;

        action.note = parts[i];
        action.answers = i == 0 ? how->answers : NULL;
        if (!say_put(turn, &row, &action, err)) {
            return false;
        }
        if (i == 0 && first_row != NULL) {
            *first_row = row.id;
        }
    }
    return true;
}

static bool put_note(struct turn *turn, const struct outbox_row *model,
                     enum action_kind kind, const struct note *note, int64_t *first_row,
                     struct err *err)
{
    const struct action how = {.kind = kind};

    return put_all(turn, model, &how, note, first_row, err);
}

static const char *incident_lane(struct turn *turn, const struct incident *incident)
{
    return arena_printf(turn->arena, "i%lld", (long long)incident->id);
}

static const char *person_lane(struct turn *turn, int64_t person_id)
{
    return arena_printf(turn->arena, "p%lld", (long long)person_id);
}

struct outbox_row say_incident_row(struct turn *turn, const struct incident *incident)
{
    return (struct outbox_row){
        .adapter = incident->adapter,
        .lane = incident_lane(turn, incident),
        .incident_id = incident->id,
    };
}

/* A message to one person where they are; in a channel only they see it. */
static bool put_private(struct turn *turn, const struct chat_place *place,
                        const struct incident *incident, int64_t person_id,
                        const struct note *note, struct err *err)
{
    struct outbox_row row = {
        .adapter = place->adapter,
        .lane = person_lane(turn, person_id),
        .incident_id = incident == NULL ? 0 : incident->id,
        .person_id = person_id,
        .place = place->is_direct ? NULL : place->channel,
    };
    const struct action how = {.kind =
                                   place->is_direct ? ACTION_DIRECT : ACTION_WHISPER,
                               .thread = place->thread,
                               .is_answer = place->is_direct};

    return put_all(turn, &row, &how, note, NULL, err);
}

/* For all to see, under the line it answers; a button is no line. The incident may go
 * on elsewhere before it is said. */
static struct action answer_to(const struct chat_event *event)
{
    bool is_line = event->kind == CHAT_COMMAND || event->kind == CHAT_SAID;

    return (struct action){.kind = ACTION_POST,
                           .thread = event->place.thread,
                           .answers = is_line ? event->message : NULL,
                           .about_channel = is_line ? event->place.channel : NULL};
}

bool say_here(struct turn *turn, const struct command_call *call, struct note *note,
              struct err *err)
{
    const struct chat_place *place = &call->event->place;
    struct outbox_row row = {
        .adapter = place->adapter,
        .lane = arena_printf(turn->arena, "c%s", place->channel),
        .person_id = call->speaker->id,
        .place = place->channel,
    };
    const struct action how = answer_to(call->event);

    if (call->is_in_channel) {
        row = say_incident_row(turn, call->incident);
        return put_all(turn, &row, &how, note, NULL, err);
    }
    if (place->is_direct || (call->incident != NULL && call->incident->is_private)) {
        return say_private(turn, call, note, err);
    }
    note = call->incident == NULL ? note : say_named(turn, call->incident, note);
    return put_all(turn, &row, &how, note, NULL, err);
}

bool say_private(struct turn *turn, const struct command_call *call, struct note *note,
                 struct err *err)
{
    bool is_elsewhere = call->incident != NULL && !call->is_in_channel;

    if (is_elsewhere) {
        note = say_drill(turn, call->incident, say_named(turn, call->incident, note));
    }
    return put_private(turn, &call->event->place,
                       call->is_in_channel ? call->incident : NULL, call->speaker->id,
                       note, err);
}

bool say_refusal(struct turn *turn, const struct command_call *call,
                 const struct refusal *refusal, struct err *err)
{
    return say_private(turn, call, say_note(turn, "%s", refusal->text), err);
}

bool say_unchanged(struct turn *turn, const struct command_call *call, const char *why,
                   struct err *err)
{
    return say_private(turn, call, say_note(turn, "%s Nothing was changed.", why), err);
}

bool say_private_at(struct turn *turn, const struct chat_event *event,
                    const struct person *person, struct note *note, struct err *err)
{
    return put_private(turn, &event->place, NULL, person->id, note, err);
}

bool say_incident(struct turn *turn, const struct incident *incident, struct note *note,
                  int64_t *row_id, struct err *err)
{
    struct outbox_row row = say_incident_row(turn, incident);

    return put_note(turn, &row, ACTION_POST, note, row_id, err);
}

/* Where to write to somebody: over `preferred` (may be NULL) if they have an account
 * there, else over a platform that runs, else over any; NULL: nowhere. */
static bool find_adapter(struct turn *turn, const char *preferred, int64_t person_id,
                         const char **adapter, struct err *err)
{
    const char *external = NULL;

    *adapter = preferred;
    if (turn_has_trait(turn, preferred, ADAPTER_BY_HANDLE)) {
        return true;
    }
    if (preferred != NULL &&
        !person_external(turn->store, person_id, preferred, &external, err)) {
        return false;
    }
    for (size_t i = 0; i < turn->adapter_count && external == NULL; i++) {
        *adapter = turn->adapters[i]->name;
        if (turn_has_trait(turn, *adapter, ADAPTER_BY_HANDLE)) {
            return true;
        }
        if (!person_external(turn->store, person_id, *adapter, &external, err)) {
            return false;
        }
    }
    return external != NULL ||
           person_reach(turn->store, person_id, preferred, adapter, err);
}

static bool put_direct(struct turn *turn, const char *preferred, struct outbox_row *row,
                       struct note *note, int64_t *row_id, struct err *err)
{
    const char *adapter;

    if (row->lane == NULL) {
        row->lane = person_lane(turn, row->person_id);
    }
    if (row_id != NULL) {
        *row_id = 0;
    }
    if (!find_adapter(turn, preferred, row->person_id, &adapter, err)) {
        return false;
    }
    /* Nobody's account is known: the row says so by being buried. */
    row->adapter = text_or(adapter, text_or(preferred, "console"));
    return put_note(turn, row, ACTION_DIRECT, note, row_id, err);
}

bool say_direct(struct turn *turn, const struct incident *incident, int64_t person_id,
                struct note *note, int64_t *row_id, struct err *err)
{
    struct outbox_row row = {
        .incident_id = incident == NULL ? 0 : incident->id,
        .person_id = person_id,
    };

    return put_direct(turn, incident == NULL ? NULL : incident->adapter, &row,
                      say_drill(turn, incident, note), row_id, err);
}

bool say_direct_on(struct turn *turn, const char *adapter, int64_t person_id,
                   struct note *note, struct err *err)
{
    struct outbox_row row = {.person_id = person_id};

    return put_direct(turn, adapter, &row, note, NULL, err);
}

bool say_direct_by(struct turn *turn, const struct command_call *call,
                   int64_t person_id, struct note *note, struct err *err)
{
    return say_direct_on(turn, call->event->place.adapter, person_id, note, err);
}

bool say_unkept(struct turn *turn, const struct command_call *call, struct note *note,
                struct err *err)
{
    struct outbox_row row = {.person_id = call->speaker->id,
                             .lane = arena_printf(turn->arena, SAY_UNKEPT_LANE "%lld",
                                                  (long long)call->speaker->id)};

    return put_direct(turn, call->event->place.adapter, &row, note, NULL, err);
}

bool say_can_reach(struct turn *turn, const struct incident *incident,
                   int64_t person_id, bool *can, struct err *err)
{
    const char *adapter = NULL;

    if (!person_reach(turn->store, person_id, incident->adapter, &adapter, err)) {
        return false;
    }
    *can =
        adapter != NULL || turn_has_trait(turn, incident->adapter, ADAPTER_BY_HANDLE);
    return true;
}

bool say_channel(struct turn *turn, const struct incident *incident,
                 const char *channel, struct note *note, struct err *err)
{
    struct outbox_row row = {
        .adapter = incident->adapter,
        .lane = arena_printf(turn->arena, "c%s", channel),
        .incident_id = incident->id,
        .place = channel,
    };

    return put_note(turn, &row, ACTION_POST, note, NULL, err);
}

bool say_announce(struct turn *turn, const struct incident *incident, struct note *note,
                  struct err *err)
{
    if (incident->is_private || text_is_empty(turn->config->announce)) {
        return true;
    }
    return say_channel(turn, incident, turn->config->announce, note, err);
}

bool say_amend(struct turn *turn, const struct incident *incident, int64_t row_id,
               struct note *note, bool quiet, struct err *err)
{
    struct action action = {.kind = ACTION_AMEND, .note = note, .quiet = quiet};
    struct outbox_row row = say_incident_row(turn, incident);
    struct outbox_row *about = NULL;
    bool is_merged;

    if (row_id == 0) {
        return true;
    }
    if (!outbox_find(turn->store, row_id, &about, err)) {
        return false;
    }
    if (about != NULL && about->person_id != 0) {
        action.note = say_drill(turn, incident, note);
    }
    if (!outbox_merge(turn->store, action_kind_name(ACTION_AMEND), row_id,
                      action_to_json(turn->arena, &action), &is_merged, err)) {
        return false;
    }
    if (is_merged || about == NULL) {
        return true;
    }
    row.adapter = about->adapter;
    row.lane = about->lane; /* behind what it changes */
    row.person_id = about->person_id;
    row.place = about->place;
    row.about_row = row_id;
    return say_put(turn, &row, &action, err);
}

bool say_open_channel(struct turn *turn, const struct incident *incident,
                      const char *topic, bool is_again, struct err *err)
{
    struct action action = {
        .kind = ACTION_OPEN_CHANNEL,
        .name = incident->channel_name,
        .topic = topic,
        .private = incident->is_private,
    };
    struct outbox_row row = say_incident_row(turn, incident);

    row.lane = is_again ? arena_printf(turn->arena, "%s-open", row.lane) : row.lane;
    return say_put(turn, &row, &action, err);
}

/* In a lane of its own: a homeserver may want minutes between two invitations, and what
 * is said in the incident does not wait for them. */
bool say_invite(struct turn *turn, const struct incident *incident, int64_t person_id,
                struct err *err)
{
    struct action action = {.kind = ACTION_INVITE};
    struct outbox_row row = say_incident_row(turn, incident);

    row.lane = arena_printf(turn->arena, "%s-p%lld", row.lane, (long long)person_id);
    row.person_id = person_id;
    return say_put(turn, &row, &action, err);
}
