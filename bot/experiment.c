#include "bot/experiment.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "bot/task_card.h"

#define FACT "try"
#define STEP "step"

static bool refuse_closed(struct turn *turn, const struct command_call *call,
                          struct err *err)
{
    return say_private(turn, call,
                       say_note(turn, "%s is %s. Nothing was made. Not over: %s",
                                say_ref(turn, call->incident),
                                incident_state_words(call->incident->state),
                                note_command(turn->arena, "reopen WHY")),
                       err);
}

bool experiment_begin(struct turn *turn, const struct command_call *call,
                      const char *text, struct err *err)
{
    struct try try = {
        .incident_id = call->incident->id,
        .text = text,
        .person_id = call->speaker->id,
        .made_ms = turn->now_ms,
    };

    if (!incident_is_open(call->incident)) {
        return refuse_closed(turn, call, err);
    }
    return incident_next_n(turn->store, try.incident_id, &try.n, err) &&
           recorder_fact(turn, call->incident,
                         &(struct fact){.person_id = try.person_id,
                                        .kind = FACT,
                                        .subject = try.n,
                                        .text = arena_exact(turn->arena, "try %lld: %s",
                                                            (long long)try.n, text)},
                         &try.entry_n, err) &&
           try_insert(turn->store, &try, err) &&
           say_made(turn, call,
                    say_note(turn, "Try %lld, %s: %s How did it go? %s or %s",
                             (long long)try.n,
                             note_words(turn->arena, call->speaker->handle),
                             task_sentence(turn, text),
                             note_command(turn->arena, "worked %lld", (long long)try.n),
                             note_command(turn->arena, "no %lld", (long long)try.n)),
                    err);
}

/* "worked", "did not work": as the timeline has it; what is said of it goes through
 * phrase_of. */
static const char *plain_outcome(enum try_outcome outcome)
{
    return outcome == TRY_WORKED ? PHRASE_LATER("worked")
                                 : PHRASE_LATER("did not work");
}

const char *experiment_outcome(struct arena *arena, const struct try *try)
{
    if (try->outcome == TRY_OPEN) {
        return PHRASE("not known yet");
    }
    return arena_printf(arena, "It %s%s%s", phrase_of(plain_outcome(try->outcome)),
                        text_is_empty(try->result) ? "" : ": ",
                        note_words(arena, text_or(try->result, "")));
}

/* "Open: 3, 5." or how one is made. */
static bool say_open(struct turn *turn, const struct incident *incident,
                     const char **words, struct err *err)
{
    struct tries tries;
    struct text open;

    if (!tries_list(turn->store, incident->id, &tries, err)) {
        return false;
    }
    text_init(&open, turn->arena);
    for (size_t i = 0; i < tries.count; i++) {
        if (tries.all[i].outcome == TRY_OPEN) {
            text_addf(&open, "%s%lld", open.length_bytes > 0 ? ", " : "",
                      (long long)tries.all[i].n);
        }
    }
    *words = open.length_bytes > 0
                 ? arena_printf(turn->arena, "Open: %s.", open.data)
                 : arena_printf(turn->arena, "To make one: %s",
                                note_command(turn->arena, "try TEXT"));
    return true;
}

static bool refuse_number(struct turn *turn, const struct command_call *call, int64_t n,
                          const struct try *try, struct err *err)
{
    const char *open;

    if (try == NULL) {
        return say_open(turn, call->incident, &open, err) &&
               say_private(
                   turn, call,
                   say_note(turn, "There is no try %lld in %s. Nothing was changed. %s",
                            (long long)n, say_ref(turn, call->incident), open),
                   err);
    }
    return say_private(turn, call,
                       say_note(turn,
                                "Try %lld %s: known since %s. Nothing was changed.",
                                (long long)n, phrase_of(plain_outcome(try->outcome)),
                                say_when(turn, try->settled_ms)),
                       err);
}

/* "Try 6, ruben: restart a worker. It worked: the queue falls. Thank you, …": the same
 * thanks for either, since either is known now. */
static bool tell_outcome(struct turn *turn, const struct command_call *call,
                         const struct try *try, const char *after_all, struct err *err)
{
    const char *outcome = task_sentence(
        turn,
        arena_printf(turn->arena, "It %s%s%s%s", phrase_of(plain_outcome(try->outcome)),
                     after_all, text_is_empty(try->result) ? "" : ": ",
                     text_or(try->result, "")));

    return say_made(turn, call,
                    say_note(turn,
                             "Try %lld, %s: %s %s Thank you, %s: now that is known.",
                             (long long)try->n, note_words(turn->arena, try->handle),
                             task_sentence(turn, try->text), outcome,
                             note_words(turn->arena, try->handle)),
                    err);
}

bool experiment_end(struct turn *turn, const struct command_call *call, int64_t n,
                    enum try_outcome outcome, const char *result, struct err *err)
{
    struct try_verdict verdict = {
        .outcome = outcome,
        .result = text_is_empty(result) ? NULL : result,
        .person_id = call->speaker->id,
        .at_ms = turn->now_ms,
    };
    const char *colon = text_is_empty(result) ? "" : ": ";
    struct try *try;
    bool is_moved, was_known;

    if (!try_find(turn->store, call->incident->id, n, &try, err)) {
        return false;
    }
    if (try == NULL || try->outcome == outcome) {
        return refuse_number(turn, call, n, try, err);
    }
    was_known = try->outcome != TRY_OPEN;
    if (!recorder_fact(
            turn, call->incident,
            &(struct fact){.person_id = call->speaker->id,
                           .kind = FACT,
                           .subject = n,
                           .text = arena_exact(turn->arena, "try %lld %s%s%s",
                                               (long long)n, plain_outcome(outcome),
                                               colon, text_or(result, ""))},
            &verdict.entry_n, err) ||
        !try_settle(turn->store, try, &verdict, &is_moved, err)) {
        return false;
    }
    INSIST(is_moved); /* nobody else writes in this turn */
    try->outcome = outcome;
    try->result = verdict.result;
    return tell_outcome(turn, call, try, was_known ? PHRASE(" after all") : "", err);
}

/* Whom to ask first: whoever leads, unless it is they who say it. */
static bool asked(struct turn *turn, const struct command_call *call,
                  const char **words, struct err *err)
{
    struct person *leader;

    *words = PHRASE("Any objection?");
    if (!role_holder(turn, call->incident->id, NULL, &leader, err)) {
        return false;
    }
    if (leader != NULL && leader->id != call->speaker->id) {
        *words = arena_printf(turn->arena, "%s, all: any objection?",
                              note_mention(turn->arena, leader->id, leader->handle));
    }
    return true;
}

bool experiment_warn(struct turn *turn, const struct command_call *call,
                     const char *text, struct err *err)
{
    const char *objection;
    struct note *note;
    int64_t entry_n;

    if (!recorder_fact(
            turn, call->incident,
            &(struct fact){.person_id = call->speaker->id,
                           .kind = STEP,
                           .text = arena_exact(turn->arena, "about to: %s", text)},
            &entry_n, err) ||
        !asked(turn, call, &objection, err)) {
        return false;
    }
    note =
        say_note(turn, "%s is about to: %s What could it destroy? How is it undone? %s",
                 note_words(turn->arena, call->speaker->handle),
                 task_sentence(turn, text), objection);
    note_line(note, "Say so here, before it is done. Done: %s. Not done after all: %s",
              note_command(turn->arena, "change TEXT"),
              note_command(turn->arena, "drop %lld", (long long)entry_n));
    return say_made(turn, call, note, err);
}
