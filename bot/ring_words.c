#include "bot/ring_words.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/duty.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "store/people.h"
#include "store/services.h"
#include "store/tasks.h"

#define KNOWN_LINES 2

/* "marek and this channel", or "this channel" where nobody leads. */
static bool who_gets_numbers(struct turn *turn, const struct ring_call *call,
                             const char **words, struct err *err)
{
    struct person *commander = NULL;

    if (!role_holder(turn, call->incident->id, NULL, &commander, err)) {
        return false;
    }
    /* Who leads and is called does not ring themselves. */
    *words = commander == NULL || commander->id == call->callee->person_id
                 ? PHRASE("this channel gets")
                 : arena_printf(turn->arena, "%s and this channel get",
                                note_words(turn->arena, commander->handle));
    return true;
}

/* "pia next (knows callback-worker).": the reasons with the first call only. */
static const char *next_words(struct turn *turn, const struct ring_call *call)
{
    struct arena *arena = turn->arena;
    const char *reasons =
        call->is_first && !call->next->is_named
            ? escalation_reasons_after(arena, call->next, call->callee)
            : "";

    return *reasons == '\0'
               ? arena_printf(arena, "%s next.", call->next->handle)
               : arena_printf(arena, "%s next (%s).", call->next->handle, reasons);
}

/* What comes where nobody answers; `end`: "this channel gets the number". */
static const char *what_next(struct turn *turn, const struct ring_call *call,
                             const char *end)
{
    struct arena *arena = turn->arena;

    if (call->next == NULL) {
        return arena_printf(arena, "%s.", end);
    }
    if (!call->is_alone) {
        return next_words(turn, call);
    }
    if (call->is_first) {
        return arena_printf(arena, "%s again, %s calls in all, then %s.",
                            call->callee->handle,
                            ring_words_count(turn, call->calls_left), end);
    }
    return arena_printf(arena, "%s again%s.", call->callee->handle,
                        call->calls_left > 2 ? ""
                                             : arena_printf(arena, ", then %s", end));
}

/* "No answer by 03:08 CET: pia next (knows callback-worker). Not needed: `done 4`" */
static bool tail(struct turn *turn, const struct ring_call *call, const char **words,
                 struct err *err)
{
    struct arena *arena = turn->arena;
    const char *undo = note_command(arena, "done %lld", (long long)call->page->n);
    const char *readers;
    bool is_known;

    if (call->answer_by_ms == TIME_NONE) {
        *words = arena_printf(arena, "Not needed: %s", undo);
        return true;
    }
    if (!who_gets_numbers(turn, call, &readers, err) ||
        !ring_words_know_number(turn, call, &is_known, err)) {
        return false;
    }
    *words = arena_printf(arena, "No answer by %s: %s Not needed: %s",
                          say_when(turn, call->answer_by_ms),
                          what_next(turn, call,
                                    arena_printf(arena, "%s %s", readers,
                                                 call->incident->is_drill || !is_known
                                                     ? PHRASE("the news")
                                                     : PHRASE("the number"))),
                          undo);
    return true;
}

static bool why_busy(struct turn *turn, const struct ring_call *call,
                     const struct person *person, const char **why, struct err *err)
{
    struct pages pages;

    if (!pages_of(turn->store, person->id, call->incident->id, &pages, err)) {
        return false;
    }
    *why = person_is_away(person, turn->now_ms) ? PHRASE("away")
           : pages.count > 0 ? arena_printf(turn->arena, "paged already (page %lld)",
                                            (long long)pages.all[0].n)
                             : PHRASE("here already");
    return true;
}

/* Why it is not the one on duty who is asked. */
static bool why_not_duty(struct turn *turn, const struct ring_call *call,
                         const struct duty *duty, const char **words, struct err *err)
{
    struct arena *arena = turn->arena;
    struct service *service = NULL;
    struct person *person = NULL;
    const char *name, *why;

    if (!service_find(turn->store, call->page->service_id, &service, err) ||
        !person_find(turn->store, duty->person_id, &person, err)) {
        return false;
    }
    name = note_words(arena, service == NULL ? PHRASE("it") : service->name);
    if (person == NULL) {
        *words = duty->next_id == 0
                     ? arena_printf(arena, "nobody is on call for %s", name)
                     : arena_printf(arena, "nobody is on call for %s until %s", name,
                                    say_when(turn, duty->next_from_ms));
        return true;
    }
    if (!why_busy(turn, call, person, &why, err)) {
        return false;
    }
    *words = arena_printf(arena, "%s is on call for %s, but %s",
                          note_words(arena, person->handle), name, why);
    return true;
}

/* "knows ledger; off duty, 02:24 in London" */
static const char *full_reasons(struct turn *turn, const struct candidate *callee)
{
    struct text text;

    text_init(&text, turn->arena);
    text_add(&text, escalation_reasons(turn->arena, callee, "; "));
    if (callee->duty == NULL) {
        text_addf(&text, "%soff duty", text.length_bytes > 0 ? "; " : "");
    }
    if (callee->local != NULL) {
        text_addf(&text, ", %s", callee->local);
    }
    return text.data;
}

/* A service was asked for. Two lines where it is not the one on duty. */
static bool card_service(struct turn *turn, const struct ring_call *call,
                         struct note *note, const char *end, struct err *err)
{
    const struct candidate *callee = call->callee;
    long long n = (long long)call->page->n;
    struct duty duty;
    const char *why_not;

    if (callee->duty != NULL) {
        note_line(note, "Page %lld: %s, on call for %s, by chat. %s", n, callee->handle,
                  callee->duty, end);
        return true;
    }
    if (!duty_now(turn, call->page->service_id, turn->now_ms, &duty, err) ||
        !why_not_duty(turn, call, &duty, &why_not, err)) {
        return false;
    }
    note_line(note, "Page %lld: %s, so %s is asked: %s.", n, why_not, callee->handle,
              full_reasons(turn, callee));
    note_line(note, "%s", end);
    return true;
}

/* ", 10:00 in Singapore", ", away until Fri 20 March, 17:00 CET", or "". */
static bool named_words(struct turn *turn, const struct ring_call *call,
                        const char **words, struct err *err)
{
    struct person *person = NULL;

    *words = call->callee->local == NULL
                 ? ""
                 : arena_printf(turn->arena, ", %s", call->callee->local);
    if (!person_find(turn->store, call->callee->person_id, &person, err)) {
        return false;
    }
    if (person == NULL || !person_is_away(person, turn->now_ms)) {
        return true;
    }
    *words = person->away_until_ms == INT64_MAX
                 ? PHRASE(", though away")
                 : arena_printf(turn->arena, ", though away until %s",
                                say_when(turn, person->away_until_ms));
    return true;
}

static void card_again(struct turn *turn, const struct ring_call *call,
                       struct note *note, const char *end)
{
    const char *reasons = escalation_reasons(turn->arena, call->callee, ", ");
    const char *late = say_late(turn, call->late_ms);

    note_line(note, "Page %lld goes on: %s, by chat%s%s%s.%s", (long long)call->page->n,
              call->callee->handle, *reasons == '\0' ? "" : " (", reasons,
              *reasons == '\0' ? "" : ")", late);
    note_line(note, "%s", end);
}

/* The calls would end with no number to show: while they run there is time to find it.
 */
static bool add_no_number(struct turn *turn, const struct ring_call *call,
                          struct note *note, struct err *err)
{
    bool is_last = call->next == NULL || call->is_alone;
    bool is_known;

    if (!call->is_first || !is_last || call->is_unreachable ||
        call->incident->is_drill || call->answer_by_ms == TIME_NONE) {
        return true;
    }
    if (!ring_words_know_number(turn, call, &is_known, err)) {
        return false;
    }
    if (!is_known) {
        note_line(note, "No number known for %s: find one now.", call->callee->handle);
    }
    return true;
}

/* Chat will not reach them: a person has to. */
static bool add_by_hand(struct turn *turn, const struct ring_call *call,
                        struct note *note, struct err *err)
{
    struct person *person = NULL;

    if (!call->is_unreachable) {
        return true;
    }
    if (!person_find(turn->store, call->callee->person_id, &person, err)) {
        return false;
    }
    note_line(note, "No account of %s is known here. By hand: %s. Reached %s? %s",
              call->callee->handle, ring_words_number(turn, person),
              call->callee->handle,
              note_command(turn->arena, "ack %lld @%s", (long long)call->page->n,
                           call->callee->handle));
    return true;
}

bool ring_words_card(struct turn *turn, const struct ring_call *call,
                     struct note **result, struct err *err)
{
    struct note *note = note_create(turn->arena);
    const struct candidate *callee = call->callee;
    const struct page *page = call->page;
    const char *end;

    *result = note;
    if (!tail(turn, call, &end, err)) {
        return false;
    }
    if (!call->is_first) {
        card_again(turn, call, note, end);
    } else if (page->service_id != 0) {
        if (!card_service(turn, call, note, end, err)) {
            return false;
        }
    } else if (page->is_escalation) {
        note_line(note, "Page %lld: %s, by chat. Why %s: %s.", (long long)page->n,
                  callee->handle, callee->handle,
                  escalation_reasons(turn->arena, callee, "; "));
        note_line(note, "%s", end);
    } else {
        const char *extra;

        if (!named_words(turn, call, &extra, err)) {
            return false;
        }
        note_line(note, "Page %lld: %s, by chat%s. %s", (long long)page->n,
                  callee->handle, extra, end);
    }
    note_choice(note, "Not needed", "done inc-%lld %lld", (long long)page->incident_id,
                (long long)page->n);
    return add_no_number(turn, call, note, err) && add_by_hand(turn, call, note, err);
}

/* What was found out so far, for somebody who comes fresh. */
static bool add_known(struct turn *turn, const struct ring_call *call,
                      struct note *note, struct err *err)
{
    struct tasks tasks;
    size_t known = 0;

    if (!tasks_list(turn->store, call->incident->id, &tasks, err)) {
        return false;
    }
    for (size_t i = 0; i < tasks.count; i++) {
        known += tasks.all[i].result != NULL;
    }
    for (size_t i = 0; i < tasks.count; i++) {
        const struct task *task = &tasks.all[i];

        if (task->result != NULL && known-- <= KNOWN_LINES) {
            note_line(note, "Known (task %lld): %s", (long long)task->n,
                      note_words(turn->arena, task->result));
        }
    }
    return true;
}

/* With the hour it is for them, beside the incident's. */
static const char *what_follows(struct turn *turn, const struct ring_call *call,
                                bool has_number, const char *zone)
{
    const char *when;

    if (call->answer_by_ms == TIME_NONE) {
        return "";
    }
    when = arena_printf(turn->arena, "%s%s", say_when(turn, call->answer_by_ms),
                        time_there(turn->arena, call->answer_by_ms,
                                   text_or(zone, turn_zone(turn)), turn_zone(turn)));
    if (call->next == NULL) {
        return arena_printf(turn->arena, " No answer by %s: %s.", when,
                            call->incident->is_drill || !has_number
                                ? PHRASE("the calls end")
                                : PHRASE("somebody rings you"));
    }
    return call->is_alone
               ? arena_printf(turn->arena, " No answer by %s: I ask again.", when)
               : arena_printf(turn->arena, " No answer by %s: %s is paged, too.", when,
                              call->next->handle);
}

bool ring_words_direct(struct turn *turn, const struct ring_call *call,
                       struct note **result, struct err *err)
{
    struct arena *arena = turn->arena;
    const struct incident *incident = call->incident;
    const struct page *page = call->page;
    struct note *note = note_create(arena);
    struct person *commander = NULL;
    const char *zone;
    struct text line;
    bool has_number;

    *result = note;
    if (!role_holder(turn, incident->id, NULL, &commander, err) ||
        !person_zone(turn->store, call->callee->person_id, incident->adapter, &zone,
                     err) ||
        !ring_words_know_number(turn, call, &has_number, err)) {
        return false;
    }
    text_init(&line, arena);
    text_addf(&line, "Page %lld from %s: %s %s", (long long)page->n,
              say_person(turn, page->asker_id), say_ref(turn, incident),
              note_words(arena, incident->title));
    if (incident->service != NULL) {
        text_addf(&line, ", %s", note_words(arena, incident->service));
    }
    text_addf(&line, ", %s%s. ",
              text_same(incident->severity, "unknown") ? PHRASE("severity ") : "",
              incident->severity);
    text_addf(&line, "%s",
              commander == NULL ? PHRASE("Nobody leads yet.")
                                : arena_printf(arena, "%s leads.",
                                               note_words(arena, commander->handle)));
    if (!text_is_empty(page->why)) {
        text_addf(&line, " Wanted: \"%s\"", say_brief(turn, page->why));
    }
    note_line(note, "%s", line.data);
    if (!incident->is_private && !add_known(turn, call, note, err)) {
        return false;
    }
    note_line(note, "Coming: %s. Can't: %s, no reason needed.%s",
              note_command(arena, "ack"), note_command(arena, "cant"),
              what_follows(turn, call, has_number, zone));
    note_choice(note, "Coming", "ack inc-%lld %lld", (long long)incident->id,
                (long long)page->n);
    note_choice(note, "Can't", "cant inc-%lld %lld", (long long)incident->id,
                (long long)page->n);
    return true;
}
