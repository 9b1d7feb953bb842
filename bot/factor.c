#include "bot/factor.h"

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/duty.h"
#include "bot/recorder.h"
#include "bot/say.h"
#include "store/factors.h"

#define FACT "factor"

/* A thing or a rule: with one of these in the draft, a person does not stand alone. */
static bool is_firm(const char *kind)
{
    return text_equal(kind, "technical") || text_equal(kind, "process");
}

static bool firm_stands(struct turn *turn, int64_t incident_id, bool *stands,
                        struct err *err)
{
    struct factors factors;

    *stands = false;
    if (!factors_list(turn->store, incident_id, false, &factors, err)) {
        return false;
    }
    for (size_t i = 0; i < factors.count; i++) {
        *stands = *stands || is_firm(factors.all[i].kind);
    }
    return true;
}

/* Must this one wait? */
static bool is_to_wait(struct turn *turn, const struct command_call *call,
                       const char *text, bool *waits, struct err *err)
{
    bool names, stands;

    if (!factor_names_person(turn, text, &names, err) ||
        !firm_stands(turn, call->incident->id, &stands, err)) {
        return false;
    }
    *waits = names && !stands;
    return true;
}

static const char *drop_words(struct turn *turn, int64_t entry_n)
{
    return note_command(turn->arena, "drop %lld", (long long)entry_n);
}

/* " (rota: since Mon 9 March)": the shift the incident was declared in, of whoever was
 * on duty for its service; "" where none was. */
static bool shift_words(struct turn *turn, const struct incident *incident,
                        const char **words, struct err *err)
{
    struct duty duty;

    *words = "";
    if (incident->service_id == 0) {
        return true;
    }
    if (!duty_now(turn, incident->service_id, incident->declared_ms, &duty, err)) {
        return false;
    }
    if (duty.person_id != 0 && duty.since_ms != TIME_NONE) {
        *words = arena_printf(turn->arena, " (rota: since %s)",
                              time_day(turn->arena, duty.since_ms, turn_zone(turn)));
    }
    return true;
}

static bool answer_held(struct turn *turn, const struct command_call *call,
                        const struct factor *factor, struct err *err)
{
    const char *shift;
    struct note *note =
        say_note(turn, "Not in the draft yet: it names a person. Three questions that "
                       "may find more:");

    if (!shift_words(turn, call->incident, &shift, err)) {
        return false;
    }
    note_line(note, "1 %s 2 Had there been training on it? 3 How long was the shift?%s",
              text_holds(factor->text, "alert") ? "Was the alert noisy?"
                                                : "What made it easy to do or to miss?",
              shift);
    note_line(note,
              "%s, or technical: once one stands beside it, yours goes in, too. "
              "Take it out: %s",
              note_command(turn->arena, "factor process TEXT"),
              drop_words(turn, factor->entry_n));
    return say_private(turn, call, note, err);
}

static struct note *answer(struct turn *turn, const struct command_call *call,
                           const struct factor *factor)
{
    return say_note(turn,
                    "Factor %lld, %s. Thank you, %s. What made it possible? %s, then "
                    "%s. Take it out: %s",
                    (long long)factor->n, factor->kind,
                    note_words(turn->arena, call->speaker->handle),
                    note_command(turn->arena, "factor KIND TEXT"),
                    note_command(turn->arena, "because %lld N", (long long)factor->n),
                    drop_words(turn, factor->entry_n));
}

bool factor_give(struct turn *turn, const struct command_call *call, const char *kind,
                 const char *text, struct err *err)
{
    struct factor factor = {
        .incident_id = call->incident->id,
        .kind = kind,
        .text = text,
        .person_id = call->speaker->id,
        .at_ms = turn->now_ms,
    };

    if (!is_to_wait(turn, call, text, &factor.is_held, err) ||
        !incident_next_factor(turn->store, factor.incident_id, &factor.n, err) ||
        !recorder_fact(
            turn, call->incident,
            &(struct fact){.person_id = call->speaker->id,
                           .kind = FACT,
                           .subject = factor.n,
                           .text = arena_printf(turn->arena, "factor %lld, %s: %s",
                                                (long long)factor.n, kind, text)},
            &factor.entry_n, err) ||
        !factor_insert(turn->store, &factor, err)) {
        return false;
    }
    if (factor.is_held) {
        return answer_held(turn, call, &factor, err);
    }
    return (!is_firm(kind) || factor_release(turn->store, factor.incident_id, err)) &&
           say_made(turn, call, answer(turn, call, &factor), err);
}

static bool refuse_number(struct turn *turn, const struct command_call *call, int64_t n,
                          struct err *err)
{
    return say_private(turn, call,
                       say_note(turn,
                                "There is no factor %lld in %s. Nothing was "
                                "changed.",
                                (long long)n, say_ref(turn, call->incident)),
                       err);
}

bool factor_rekind(struct turn *turn, const struct command_call *call, int64_t n,
                   const char *kind, struct err *err)
{
    struct factor *factor;
    const char *was;

    if (!factor_find(turn->store, call->incident->id, n, &factor, err)) {
        return false;
    }
    if (factor == NULL) {
        return refuse_number(turn, call, n, err);
    }
    was = factor->kind;
    if (!factor_set_kind(turn->store, call->incident->id, n, kind, err) ||
        !recorder_fact(turn, call->incident,
                       &(struct fact){.person_id = call->speaker->id,
                                      .kind = FACT,
                                      .subject = n,
                                      .text = arena_printf(turn->arena,
                                                           "factor %lld is %s (was %s)",
                                                           (long long)n, kind, was)},
                       NULL, err)) {
        return false;
    }
    if (!factor->is_held && is_firm(kind) &&
        !factor_release(turn->store, call->incident->id, err)) {
        return false;
    }
    return say_made(
        turn, call,
        say_note(turn, "Factor %lld is %s now (was %s). Back: %s", (long long)n, kind,
                 was, note_command(turn->arena, "factor %s %lld", was, (long long)n)),
        err);
}

static bool is_met(const int64_t *met, size_t count, int64_t n)
{
    for (size_t i = 0; i < count; i++) {
        if (met[i] == n) {
            return true;
        }
    }
    return false;
}

/* Adds to `met` what `n` happened because of, each factor once. */
static void add_causes(const struct factor_links *links, int64_t n, int64_t *met,
                       size_t *count)
{
    for (size_t i = 0; i < links->count; i++) {
        const int64_t *link = links->all[i];

        if (link[0] == n && !is_met(met, *count, link[1])) {
            met[(*count)++] = link[1];
        }
    }
}

/* Would n stand behind itself? Walks from because_n on along what it happened because
 * of, until nothing new is met. */
static bool is_loop(struct turn *turn, const struct factor_links *links, int64_t n,
                    int64_t because_n)
{
    int64_t *met = ARENA_ARRAY(turn->arena, int64_t, links->count + 1);
    size_t count = 1;

    met[0] = because_n;
    for (size_t at = 0; at < count; at++) {
        add_causes(links, met[at], met, &count);
    }
    return is_met(met, count, n);
}

/* *missing: the number that is no factor; 0: both are. */
static bool find_missing(struct turn *turn, const struct command_call *call,
                         const int64_t numbers[2], int64_t *missing, struct err *err)
{
    struct factor *factor;

    *missing = 0;
    for (size_t i = 0; i < 2 && *missing == 0; i++) {
        if (!factor_find(turn->store, call->incident->id, numbers[i], &factor, err)) {
            return false;
        }
        *missing = factor == NULL ? numbers[i] : 0;
    }
    return true;
}

static bool refuse_loop(struct turn *turn, const struct command_call *call, int64_t n,
                        int64_t because_n, struct err *err)
{
    const char *why =
        n == because_n
            ? "A factor can't stand behind itself."
            : arena_printf(turn->arena,
                           "Factor %lld happened because of factor %lld already, so "
                           "the other way round it would be a loop.",
                           (long long)because_n, (long long)n);

    return say_private(turn, call, say_note(turn, "%s Nothing was changed.", why), err);
}

/* Both are there, and it is no loop. */
static bool link_factors(struct turn *turn, const struct command_call *call, int64_t n,
                         int64_t because_n, struct err *err)
{
    int64_t incident_id = call->incident->id;
    int64_t entry_n;
    bool is_new;

    if (!factor_link(turn->store, incident_id, n, because_n, &is_new, err)) {
        return false;
    }
    if (!is_new) {
        return say_private(turn, call,
                           say_note(turn,
                                    "Factor %lld because of factor %lld is known "
                                    "already. Nothing was changed.",
                                    (long long)n, (long long)because_n),
                           err);
    }
    return recorder_fact(
               turn, call->incident,
               &(struct fact){
                   .person_id = call->speaker->id,
                   .kind = FACT,
                   .subject = n,
                   .text = arena_printf(turn->arena,
                                        "factor %lld happened because of factor %lld",
                                        (long long)n, (long long)because_n)},
               &entry_n, err) &&
           factor_link_set_entry(turn->store, incident_id, n, because_n, entry_n,
                                 err) &&
           say_made(turn, call,
                    say_note(turn,
                             "Factor %lld happened because of factor %lld. Take it "
                             "out: %s",
                             (long long)n, (long long)because_n,
                             drop_words(turn, entry_n)),
                    err);
}

bool factor_because(struct turn *turn, const struct command_call *call, int64_t n,
                    int64_t because_n, struct err *err)
{
    const int64_t numbers[2] = {n, because_n};
    struct factor_links links;
    int64_t missing;

    if (!find_missing(turn, call, numbers, &missing, err) ||
        !factor_links_list(turn->store, call->incident->id, &links, err)) {
        return false;
    }
    if (missing != 0) {
        return refuse_number(turn, call, missing, err);
    }
    if (is_loop(turn, &links, n, because_n)) {
        return refuse_loop(turn, call, n, because_n, err);
    }
    return link_factors(turn, call, n, because_n, err);
}

bool factor_went_well(struct turn *turn, const struct command_call *call,
                      const char *text, struct err *err)
{
    struct lesson lesson = {
        .incident_id = call->incident->id,
        .kind = "well",
        .text = text,
        .person_id = call->speaker->id,
        .at_ms = turn->now_ms,
    };

    return recorder_fact(
               turn, call->incident,
               &(struct fact){.person_id = call->speaker->id,
                              .kind = FACT,
                              .text = arena_printf(turn->arena, "went well: %s", text)},
               &lesson.entry_n, err) &&
           lesson_insert(turn->store, &lesson, err) &&
           say_private(turn, call,
                       say_note(turn, "Kept as what went well. Take it out: %s",
                                drop_words(turn, lesson.entry_n)),
                       err);
}
