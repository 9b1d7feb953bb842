#include "bot/paging.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/choice.h"
#include "bot/incident.h"
#include "bot/paging_nobody.h"
#include "bot/pause.h"
#include "bot/recorder.h"
#include "bot/ring.h"
#include "bot/say.h"

static bool refuse_closed(struct turn *turn, const struct command_call *call,
                          struct err *err)
{
    return say_private(turn, call,
                       say_note(turn, "%s is %s. Nobody was paged. Not over: %s",
                                say_ref(turn, call->incident),
                                incident_state_words(call->incident->state),
                                note_command(turn->arena, "reopen WHY")),
                       err);
}

/* The speaker's own words about it, on the timeline. */
static const char *record(struct turn *turn, const struct command_call *call,
                          const struct page *page, const char *target)
{
    const char *colon = page->why == NULL ? "" : ": ";
    const char *why = text_or(page->why, "");

    return page->is_escalation ? arena_exact(turn->arena, "%s escalated%s%s",
                                             call->speaker->handle, colon, why)
                               : arena_exact(turn->arena, "page %lld for %s%s%s",
                                             (long long)page->n, target, colon, why);
}

/* What was asked for can't be had. */
static bool tell_nobody(struct turn *turn, const struct command_call *call,
                        const struct page *page, const char *target, struct err *err)
{
    struct note *note;

    return paging_nobody(turn, call, page, target, &note, err) &&
           say_private(turn, call, note, err);
}

static bool begin(struct turn *turn, const struct command_call *call, struct page *page,
                  const char *target, struct err *err)
{
    struct candidates candidates;

    page->incident_id = call->incident->id;
    page->asker_id = call->speaker->id;
    page->state = PAGE_OPEN;
    page->made_ms = turn->now_ms;
    page->round = 1;
    if (!incident_is_open(call->incident)) {
        return refuse_closed(turn, call, err);
    }
    if (!ring_candidates(turn, call->incident, page, &candidates, err)) {
        return false;
    }
    if (candidates.count == 0) {
        return tell_nobody(turn, call, page, target, err);
    }
    return incident_next_n(turn->store, page->incident_id, &page->n, err) &&
           page_insert(turn->store, page, err) &&
           recorder_fact(turn, call->incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = "page",
                                        .subject = page->n,
                                        .text = record(turn, call, page, target)},
                         NULL, err) &&
           ring_next(turn, call->incident, page, true, 0, err) &&
           choice_taken(turn, call, err) &&
           (call->is_in_channel ||
            say_private(turn, call,
                        say_note(turn, "Page %lld of %s is out: %s", (long long)page->n,
                                 say_ref(turn, call->incident),
                                 say_link(turn, call->incident)),
                        err));
}

bool paging_person(struct turn *turn, const struct command_call *call,
                   const struct person *person, const char *why, struct err *err)
{
    struct page page = {.wanted_id = person->id, .why = why};

    if (person->id == call->speaker->id) {
        return say_private(turn, call,
                           say_note(turn,
                                    "That is you: nobody was paged. Let me choose: %s",
                                    note_command(turn->arena, "escalate WHY")),
                           err);
    }
    return begin(turn, call, &page, person->handle, err);
}

bool paging_service(struct turn *turn, const struct command_call *call,
                    int64_t service_id, const char *name, const char *why,
                    struct err *err)
{
    struct page page = {.service_id = service_id, .why = why};

    return begin(turn, call, &page, name, err);
}

bool paging_escalate(struct turn *turn, const struct command_call *call,
                     const char *why, struct err *err)
{
    struct page page = {.is_escalation = true, .why = why};

    return begin(turn, call, &page, "", err);
}

/* Somebody was first, or it was withdrawn. */
static bool answer_second(struct turn *turn, const struct command_call *call,
                          const struct incident *incident, const struct page *page,
                          const struct person *who, struct err *err)
{
    struct note *note;

    if (page->state == PAGE_WITHDRAWN) {
        note = say_note(turn,
                        "Page %lld was withdrawn %s: nobody is needed any more. "
                        "Thank you.",
                        (long long)page->n, say_at(turn, page->answered_ms));
    } else if (page->answered_by == who->id) {
        note = say_note(turn, "Page %lld is answered: %s is coming since %s.",
                        (long long)page->n, note_words(turn->arena, who->handle),
                        say_when(turn, page->answered_ms));
    } else {
        note = say_note(
            turn,
            "%s was first, %s (page %lld): nobody else is needed. Thank "
            "you. Work: %s",
            note_words(turn->arena, text_or(page->answerer, PHRASE("somebody"))),
            say_at(turn, page->answered_ms), (long long)page->n,
            say_link(turn, incident));
    }
    return say_private(turn, call, note, err);
}

/* "after 2 min", or "at once" */
static const char *after_words(struct turn *turn, const struct page *page)
{
    int64_t after_ms = turn->now_ms - page->made_ms;

    return after_ms < TIME_SECOND_MS ? PHRASE("at once")
                                     : arena_printf(turn->arena, "after %s",
                                                    time_span(turn->arena, after_ms));
}

static bool tell_first(struct turn *turn, const struct command_call *call,
                       const struct incident *incident, const struct page *page,
                       const struct person *who, struct err *err)
{
    struct arena *arena = turn->arena;
    const char *handle = note_words(arena, who->handle);
    const char *by_phone = who->id == call->speaker->id
                               ? ""
                               : arena_printf(arena, ", reached by %s",
                                              note_words(arena, call->speaker->handle));
    struct note *card =
        say_note(turn, "Page %lld: %s is coming since %s.", (long long)page->n, handle,
                 say_when(turn, turn->now_ms));

    return say_amend(turn, incident, page->card_row, card, true, err) &&
           say_incident(turn, incident,
                        say_note(turn, "%s is coming (page %lld, %s)%s.", handle,
                                 (long long)page->n, after_words(turn, page), by_phone),
                        NULL, err) &&
           (call->is_in_channel ||
            say_private(turn, call,
                        say_note(turn,
                                 "Thank you. Nobody else is paged. Work: %s. So far: "
                                 "%s",
                                 say_link(turn, incident),
                                 note_command(arena, "catchup inc-%lld",
                                              (long long)incident->id)),
                        err));
}

bool paging_come(struct turn *turn, const struct command_call *call,
                 const struct incident *incident, const struct page *page,
                 const struct person *who, struct err *err)
{
    const char *not_needed = arena_printf(
        turn->arena, "Page %lld (%s): %s is coming. Nobody else is needed. Thank you.",
        (long long)page->n, say_ref(turn, incident),
        note_words(turn->arena, who->handle));
    struct page *now;
    bool first;

    if (!page_answer(turn->store, page, who->id, turn->now_ms, &first, err) ||
        !page_find(turn->store, page->incident_id, page->n, &now, err)) {
        return false;
    }
    if (!first) {
        return answer_second(turn, call, incident, now, who, err);
    }
    return ring_stop(turn, incident, page, who->id, not_needed, err) &&
           incident_bring_in(turn, incident, who->id, err) &&
           pause_wake(turn, incident, who->id, err) &&
           recorder_fact(turn, incident,
                         &(struct fact){.person_id = who->id,
                                        .kind = "page",
                                        .subject = page->n,
                                        .text = arena_exact(
                                            turn->arena, "%s is coming (page %lld)",
                                            who->handle, (long long)page->n)},
                         NULL, err) &&
           tell_first(turn, call, incident, page, who, err);
}

static bool waits_for_others(struct turn *turn, const struct page *page, bool *waits,
                             struct err *err)
{
    struct page_calls calls;

    *waits = false;
    if (!page_calls_list(turn->store, page, &calls, err)) {
        return false;
    }
    for (size_t i = 0; i < calls.count; i++) {
        *waits = *waits || calls.all[i].state == PAGE_CALL_WAITING;
    }
    return true;
}

/* Nothing more is asked of them; where nobody else is rung, the next is. */
static bool go_on(struct turn *turn, const struct incident *incident,
                  const struct page *page, int64_t person_id, struct err *err)
{
    const char *words =
        arena_printf(turn->arena, "Page %lld: answered, nothing more is asked of you.",
                     (long long)page->n);
    bool waits;

    return ring_close_messages(turn, incident, page, person_id, words, err) &&
           waits_for_others(turn, page, &waits, err) &&
           (waits || ring_next(turn, incident, page, false, 0, err));
}

bool paging_lose(struct turn *turn, const struct incident *incident,
                 const struct page *page, int64_t person_id, struct err *err)
{
    bool moved;

    return page_call_decline(turn->store, page, person_id, turn->now_ms, &moved, err) &&
           (!moved || go_on(turn, incident, page, person_id, err));
}

bool paging_decline(struct turn *turn, const struct command_call *call,
                    const struct incident *incident, const struct page *page,
                    struct err *err)
{
    bool moved;

    if (!page_call_decline(turn->store, page, call->speaker->id, turn->now_ms, &moved,
                           err)) {
        return false;
    }
    if (!moved) {
        return say_private(turn, call,
                           say_note(turn,
                                    "Page %lld does not wait for you. Nothing was "
                                    "changed.",
                                    (long long)page->n),
                           err);
    }
    return say_private(turn, call,
                       say_note(turn,
                                "Noted, no reason needed, and nobody is told. Thank "
                                "you for saying so. Not at all for a while: %s",
                                note_command(turn->arena, "away 2h")),
                       err) &&
           go_on(turn, incident, page, call->speaker->id, err);
}

/* Those called are told, but person_id (0: none), whose doing it is in the record. */
static bool withdraw(struct turn *turn, const struct incident *incident,
                     const struct page *page, int64_t person_id, struct err *err)
{
    const char *words =
        arena_printf(turn->arena, "Page %lld (%s) is not needed any more. Thank you.",
                     (long long)page->n, say_ref(turn, incident));

    return ring_stop(turn, incident, page, person_id, words, err) &&
           recorder_fact(
               turn, incident,
               &(struct fact){.person_id = person_id,
                              .kind = "page",
                              .subject = page->n,
                              .text = arena_exact(turn->arena, "page %lld is withdrawn",
                                                  (long long)page->n)},
               NULL, err);
}

bool paging_withdraw(struct turn *turn, const struct command_call *call,
                     const struct incident *incident, const struct page *page,
                     struct err *err)
{
    struct note *note;
    bool moved;

    if (!page_withdraw(turn->store, page, turn->now_ms, &moved, err)) {
        return false;
    }
    if (!moved) {
        return answer_second(turn, call, incident, page, call->speaker, err);
    }
    note = say_note(turn, "Page %lld is withdrawn, %s: nobody else is called.",
                    (long long)page->n, note_words(turn->arena, call->speaker->handle));
    return withdraw(turn, incident, page, call->speaker->id, err) &&
           say_incident(turn, incident, note, NULL, err) &&
           (call->is_in_channel ||
            say_private(turn, call,
                        say_note(turn, "Page %lld of %s is withdrawn.",
                                 (long long)page->n, say_ref(turn, incident)),
                        err));
}

bool paging_on_close(struct turn *turn, const struct incident *incident,
                     struct err *err)
{
    struct pages pages;
    bool moved;

    if (!pages_list(turn->store, incident->id, &pages, err)) {
        return false;
    }
    for (size_t i = 0; i < pages.count; i++) {
        const struct page *page = &pages.all[i];

        if (page->state == PAGE_OPEN &&
            (!page_withdraw(turn->store, page, turn->now_ms, &moved, err) ||
             !withdraw(turn, incident, page, 0, err) ||
             !say_amend(turn, incident, page->card_row,
                        say_note(turn, "Page %lld is withdrawn: nobody else is called.",
                                 (long long)page->n),
                        true, err))) {
            return false;
        }
    }
    return true;
}
