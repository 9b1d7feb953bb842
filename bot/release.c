#include "bot/release.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/care.h"
#include "bot/handoff.h"
#include "bot/incident.h"
#include "bot/nudges.h"
#include "bot/paging.h"
#include "bot/pause.h"
#include "bot/recorder.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "bot/task_card.h"

/* What somebody is freed of, in words. */
struct freed {
    struct text roles; /* "led for 1 h 4 min, scribe for 10 min" */
    struct text tasks; /* "6, 9" */
    bool led;
    size_t task_count;
};

static bool end_role(struct turn *turn, const struct incident *incident,
                     const struct hold *hold, struct freed *freed, struct err *err)
{
    const char *span = time_span(turn->arena, turn->now_ms - hold->from_ms);
    bool leads = text_same(hold->role, role_commander(turn));
    bool ended;

    text_addf(&freed->roles, "%s%s for %s", freed->roles.length_bytes > 0 ? ", " : "",
              leads ? PHRASE("led") : note_words(turn->arena, hold->role), span);
    freed->led = freed->led || leads;
    return hold_end(turn->store, hold, turn->now_ms, &ended, err) &&
           (!leads || (handoff_withdraw(turn, incident, err) &&
                       care_on_commander(turn, incident, 0, err)));
}

static bool end_roles(struct turn *turn, const struct incident *incident,
                      int64_t person_id, struct freed *freed, struct err *err)
{
    struct holds holds;

    if (!holds_list(turn->store, incident->id, true, &holds, err)) {
        return false;
    }
    for (size_t i = 0; i < holds.count; i++) {
        if (holds.all[i].person_id == person_id &&
            !end_role(turn, incident, &holds.all[i], freed, err)) {
            return false;
        }
    }
    return true;
}

static bool free_tasks(struct turn *turn, const struct incident *incident,
                       int64_t person_id, struct freed *freed, struct err *err)
{
    struct tasks tasks;

    if (!tasks_of(turn->store, person_id, incident->id, &tasks, err)) {
        return false;
    }
    for (size_t i = 0; i < tasks.count; i++) {
        struct task *now;

        if (!task_free(turn->store, &tasks.all[i], err) ||
            !task_find(turn->store, incident->id, tasks.all[i].n, &now, err) ||
            !nudges_on_end(turn, now, err) ||
            !say_amend(turn, incident, now->card_row, task_card(turn, now), true,
                       err)) {
            return false;
        }
        text_addf(&freed->tasks, "%s%lld", freed->task_count++ > 0 ? ", " : "",
                  (long long)now->n);
    }
    return true;
}

/* A hand-over ends in the channel as one that nobody answered: bot/handoff.c. */
static bool settle_offers(struct turn *turn, const struct offers *offers,
                          struct err *err)
{
    bool settled;

    for (size_t i = 0; i < offers->count; i++) {
        if (!offer_end(turn, &offers->all[i], OFFER_WITHDRAWN, &settled, err)) {
            return false;
        }
    }
    return true;
}

/* What they offered waits for nobody's yes, either. */
static bool withdraw_offers(struct turn *turn, const struct incident *incident,
                            int64_t person_id, struct err *err)
{
    struct offers offers;
    size_t kept = 0;

    if (!offers_of(turn->store, incident->id, NULL, &offers, err)) {
        return false;
    }
    for (size_t i = 0; i < offers.count; i++) {
        if (offers.all[i].from_id == person_id) {
            offers.all[kept++] = offers.all[i];
        }
    }
    offers.count = kept;
    return settle_offers(turn, &offers, err);
}

/* What they were called for goes on to the next, as after a no. */
static bool end_calls(struct turn *turn, const struct incident *incident,
                      int64_t person_id, struct err *err)
{
    struct pages pages;

    if (!pages_of(turn->store, person_id, incident->id, &pages, err)) {
        return false;
    }
    for (size_t i = 0; i < pages.count; i++) {
        if (!paging_lose(turn, incident, &pages.all[i], person_id, err)) {
            return false;
        }
    }
    return true;
}

/* "marek is released since 03:52 CET (led for 1 h 4 min): thank you. …" */
static struct note *words(struct turn *turn, const struct person *person,
                          const char *who, const struct freed *freed)
{
    struct arena *arena = turn->arena;
    const char *handle = note_words(arena, person->handle);
    const char *did = freed->roles.length_bytes > 0
                          ? arena_printf(arena, " (%s): thank you.", freed->roles.data)
                          : PHRASE(": thank you for being here.");
    struct note *note =
        say_note(turn, "%s is released since %s%s %s gets no more nudges.", who,
                 say_clock(turn, turn->now_ms), did, handle);

    if (freed->task_count > 0) {
        note_line(note, "Waiting for somebody: task%s %s. To offer one: %s",
                  freed->task_count == 1 ? "" : "s", freed->tasks.data,
                  note_command(arena, "task @who N"));
    }
    if (freed->led) {
        note_line(note, "Nobody leads now. Anyone can, without knowing the system: %s",
                  note_command(arena, "lead"));
    }
    return note;
}

/* Without a word. */
static bool set_free(struct turn *turn, const struct incident *incident,
                     const struct person *person, struct freed *freed, struct err *err)
{
    struct offers offers;

    text_init(&freed->roles, turn->arena);
    text_init(&freed->tasks, turn->arena);
    return end_roles(turn, incident, person->id, freed, err) &&
           free_tasks(turn, incident, person->id, freed, err) &&
           offers_to(turn->store, person->id, incident->id, &offers, err) &&
           settle_offers(turn, &offers, err) &&
           pause_wake(turn, incident, person->id, err) &&
           member_rest(turn->store, incident->id, person->id, INT64_MAX, err);
}

static bool record(struct turn *turn, const struct incident *incident,
                   const struct person *person, struct err *err)
{
    const struct fact fact = {
        .person_id = person->id,
        .kind = "role",
        .text = arena_exact(turn->arena, "%s is released", person->handle),
    };

    return recorder_fact(turn, incident, &fact, NULL, err);
}

static bool release_one(struct turn *turn, const struct command_call *call,
                        const struct person *person, struct err *err)
{
    struct freed freed = {0};
    const char *who = person->id == call->speaker->id
                          ? note_words(turn->arena, person->handle)
                          : note_mention(turn->arena, person->id, person->handle);

    return set_free(turn, call->incident, person, &freed, err) &&
           record(turn, call->incident, person, err) &&
           say_made(turn, call, words(turn, person, who, &freed), err) &&
           incident_refresh(turn, call->incident->id, err);
}

bool release_person(struct turn *turn, const struct command_call *call,
                    const struct person *person, struct err *err)
{
    bool refused, is_here;

    if (!role_refuse_closed(turn, call, &refused, err) ||
        !member_is(turn->store, call->incident->id, person->id, &is_here, err)) {
        return false;
    }
    if (refused || is_here) {
        return refused || release_one(turn, call, person, err);
    }
    return say_private(turn, call,
                       say_note(turn, "%s is not in %s. Nothing was changed.",
                                note_words(turn->arena, person->handle),
                                say_ref(turn, call->incident)),
                       err);
}

bool release_who_left(struct turn *turn, const struct incident *incident,
                      const struct person *person, struct err *err)
{
    struct freed freed = {0};
    bool is_here;

    if (!incident->is_private || !incident_is_open(incident)) {
        return true;
    }
    if (!member_is(turn->store, incident->id, person->id, &is_here, err)) {
        return false;
    }
    if (is_here) {
        return true;
    }
    if (!end_calls(turn, incident, person->id, err) ||
        !handoff_lapse(turn, incident, person->id, err) ||
        !withdraw_offers(turn, incident, person->id, err) ||
        !set_free(turn, incident, person, &freed, err)) {
        return false;
    }
    return (freed.roles.length_bytes == 0 && freed.task_count == 0) ||
           (record(turn, incident, person, err) &&
            say_incident(
                turn, incident,
                words(turn, person, note_words(turn->arena, person->handle), &freed),
                NULL, err) &&
            incident_refresh(turn, incident->id, err));
}
