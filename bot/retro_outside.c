#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/factor.h"
#include "bot/factor_tree.h"
#include "bot/redact_words.h"
#include "bot/retro_answers.h"
#include "bot/retro_outside_inner.h"
#include "bot/wording.h"

#define TOLD_SHOWN   6
#define CAUSES_SHOWN 8

static const struct incident *incident_of(const struct writing *writing)
{
    return writing->part.record->incident;
}

const char *retro_outside_name(const struct writing *writing, const char *what,
                               int64_t n)
{
    return arena_printf(writing->part.arena, "%s %lld", what, (long long)n);
}

bool retro_outside_may_stand(struct writing *writing, const char *text,
                             const char *name)
{
    const struct wording *doubt;

    if (text_equal(text, REDACTED)) {
        return false;
    }
    if (factor_text_names_outside(writing->part.arena, writing->people, text)) {
        text_addf(&writing->which, "%s%s", writing->named == 0 ? "" : ", ", name);
        writing->named += 1;
        return false;
    }
    doubt = wording_find(text, WORDING_OUTSIDE);
    if (doubt != NULL) {
        text_addf(&writing->doubts, "%s\"%s\" (%s)",
                  writing->doubts.length_bytes == 0 ? "" : ", ", doubt->word, name);
    }
    return true;
}

/* "12 March 2026" */
static const char *day(const struct writing *writing, int64_t at_ms)
{
    const char *whole =
        time_day_long(writing->part.arena, at_ms, writing->part.record->zone);
    const char *blank = strchr(whole, ' ');

    return blank == NULL ? whole : blank + 1;
}

/* "02:12 CET"; on another day than the first "13 March 2026, 02:12 CET". */
static const char *moment(const struct writing *writing, int64_t at_ms,
                          int64_t first_ms)
{
    struct arena *arena = writing->part.arena;
    const char *clock = time_clock(arena, at_ms, writing->part.record->zone);

    return note_moment(arena, at_ms,
                       retro_is_same_day(&writing->part, at_ms, first_ms)
                           ? clock
                           : arena_printf(arena, "%s, %s", day(writing, at_ms), clock));
}

/* All well again, else as near to it as is known. */
static int64_t end_ms(const struct incident *incident)
{
    return incident->normal_ms != TIME_NONE ? incident->normal_ms
                                            : incident->resolved_ms;
}

static const char *who(const struct writing *writing)
{
    const struct incident *incident = incident_of(writing);

    return incident->service == NULL
               ? PHRASE("users")
               : arena_printf(writing->part.arena, "users of %s",
                              retro_words(&writing->part, incident->service));
}

/* "were hit from 02:12 to 04:30 CET, 2 h 18 min" */
static const char *span(const struct writing *writing, int64_t from_ms)
{
    const struct incident *incident = incident_of(writing);
    struct arena *arena = writing->part.arena;
    int64_t to_ms = end_ms(incident);
    bool has_start = incident->started_ms != TIME_NONE;
    const char *from = note_time_bare(arena, from_ms, writing->part.record->zone);
    const char *to = to_ms == TIME_NONE ? "" : moment(writing, to_ms, from_ms);

    if (to_ms == TIME_NONE) {
        return arena_printf(arena, "have been hit since %s%s. It is not over.",
                            has_start ? "" : PHRASE("before "),
                            moment(writing, from_ms, from_ms));
    }
    if (has_start && incident->normal_ms == TIME_NONE) {
        return arena_printf(arena,
                            "were hit from %s to %s at the latest, %s at the most.",
                            from, to, retro_span(&writing->part, from_ms, to_ms));
    }
    return has_start
               ? arena_printf(arena, "were hit from %s to %s, %s.", from, to,
                              retro_span(&writing->part, from_ms, to_ms))
               : arena_printf(arena,
                              "were hit from before %s to %s. When it began is not "
                              "known.",
                              from, to);
}

/* How it ended then; NULL: it did not. A duplicate was not over, but another's. */
static const char *taken_for(const struct entry *state)
{
    return text_starts(state->text, "closed") ? PHRASE("part of another incident")
           : text_starts(state->text, "resolved") ||
                   text_starts(state->text, "cancelled")
               ? PHRASE("over")
               : NULL;
}

/* " It was taken for over from 10:35 UTC to 22 November 2026, 09:00 UTC.": whether
 * users were hit in between nobody wrote down. */
static const char *pauses(const struct writing *writing, int64_t from_ms)
{
    const struct entries *states = &writing->part.record->states;
    const char *taken = NULL;
    int64_t over_ms = TIME_NONE;
    struct text line;

    text_init(&line, writing->part.arena);
    for (size_t i = 0; i < states->count; i++) {
        const struct entry *state = &states->all[i];

        if (text_starts(state->text, "reopened") && taken != NULL) {
            text_addf(&line, "%s%s from %s to %s",
                      line.length_bytes == 0 ? PHRASE(" It was taken for ")
                                             : PHRASE(", and for "),
                      taken, moment(writing, over_ms, from_ms),
                      moment(writing, state->at_ms, from_ms));
            taken = NULL;
        } else if (taken == NULL) {
            taken = taken_for(state);
            over_ms = state->at_ms;
        }
    }
    text_add(&line, line.length_bytes == 0 ? "" : ".");
    return line.data;
}

static void say_hit(struct writing *writing)
{
    const struct incident *incident = incident_of(writing);
    int64_t from_ms = incident->started_ms != TIME_NONE    ? incident->started_ms
                      : incident->detected_ms != TIME_NONE ? incident->detected_ms
                                                           : incident->declared_ms;
    const char *hit = writing->part.record->hit_outside;

    hit = hit == NULL ? ""
                      : arena_printf(writing->part.arena, " Hit: %s.",
                                     retro_words(&writing->part, hit));
    note_line(writing->part.note, "%s: %s %s%s%s", day(writing, from_ms), who(writing),
              span(writing, from_ms), pauses(writing, from_ms), hit);
}

static void say_update(const struct writing *writing, const struct update *update)
{
    int64_t first_ms = incident_of(writing)->declared_ms;

    note_line(writing->part.note, "Told %s %s: %s",
              retro_is_same_day(&writing->part, update->at_ms, first_ms) ? "at" : "on",
              moment(writing, update->at_ms, first_ms),
              retro_quote(&writing->part, update->text));
}

static void say_told(struct writing *writing)
{
    const struct updates *updates = &writing->part.record->outside;
    size_t from = updates->count > TOLD_SHOWN ? updates->count - TOLD_SHOWN : 0;

    for (size_t i = 0; i < updates->count; i++) {
        const struct update *update = &updates->all[i];

        if (i > 0 && i <= from) {
            writing->unsaid += 1; /* between the first, and the last ones */
        } else if (retro_outside_may_stand(
                       writing, update->text,
                       arena_printf(writing->part.arena, "update at %s",
                                    retro_when_bare(&writing->part, update->at_ms)))) {
            say_update(writing, update);
        }
    }
    if (updates->count == 0 && end_ms(incident_of(writing)) == TIME_NONE) {
        note_line(writing->part.note, "Users have been told nothing yet.");
    } else if (updates->count == 0) {
        note_line(writing->part.note, "Users were told nothing while it lasted.");
    }
}

/* "at once", "after 29 min" */
static const char *after(const struct writing *writing, int64_t at_ms)
{
    int64_t from_ms = incident_of(writing)->started_ms;

    return at_ms < from_ms + TIME_MINUTE_MS
               ? PHRASE("at once")
               : arena_printf(writing->part.arena, "after %s",
                              retro_span(&writing->part, from_ms, at_ms));
}

/* "Noticed after 29 min; users told after 1 h 1 min." */
static const char *delays(const struct writing *writing)
{
    const struct incident *incident = incident_of(writing);
    const struct updates *told = &writing->part.record->outside;
    struct text line;

    text_init(&line, writing->part.arena);
    if (incident->started_ms == TIME_NONE) {
        return PHRASE("How long it went unnoticed is not known.");
    }
    text_add(
        &line,
        incident->detected_ms == TIME_NONE
            ? arena_printf(writing->part.arena, "Noticed at %s at the latest",
                           moment(writing, incident->declared_ms, incident->started_ms))
            : arena_printf(writing->part.arena, "Noticed %s",
                           after(writing, incident->detected_ms)));
    if (told->count > 0) {
        text_addf(&line, "; users told %s", after(writing, told->all[0].at_ms));
    }
    text_add(&line, ".");
    return line.data;
}

/* What contributed, what nobody watched: in the order in which it is told, to be put in
 * a row. */
struct causes {
    const char *all[CAUSES_SHOWN];
    size_t count;
};

static void add_cause(struct writing *writing, struct causes *causes, const char *text,
                      const char *name)
{
    if (causes->count == CAUSES_SHOWN) {
        writing->unsaid += 1;
    } else if (retro_outside_may_stand(writing, text, name)) {
        causes->all[causes->count++] =
            text_without_stop(writing->part.arena, retro_words(&writing->part, text));
    }
}

static struct causes find_causes(struct writing *writing)
{
    const struct retro_record *record = writing->part.record;
    struct causes causes = {.count = 0};
    struct factor_tree tree =
        factor_tree_grow(writing->part.arena, &record->factors, &record->links);

    for (size_t i = 0; i < tree.count; i++) {
        if (!tree.all[i].is_again && !factor_is_irrelevant(tree.all[i].factor)) {
            add_cause(
                writing, &causes, tree.all[i].factor->text,
                retro_outside_name(writing, PHRASE("factor"), tree.all[i].factor->n));
        }
    }
    for (size_t i = 0; i < record->gaps.count; i++) {
        add_cause(
            writing, &causes, record->gaps.all[i].text,
            retro_outside_name(writing, PHRASE("gap"), record->gaps.all[i].entry_n));
    }
    return causes;
}

static void say_why(struct writing *writing)
{
    struct causes causes = find_causes(writing);
    struct text also;

    note_line(writing->part.note, "%s Why: %s.", delays(writing),
              causes.count == 0 ? PHRASE("not known yet") : causes.all[0]);
    text_init(&also, writing->part.arena);
    for (size_t i = 1; i < causes.count; i++) {
        text_addf(&also, "%s%s", i == 1 ? PHRASE("Also: ") : "; ", causes.all[i]);
    }
    if (also.length_bytes > 0) {
        note_line(writing->part.note, "%s.", also.data);
    }
}

static const struct {
    const char *yes, *no, *unknown;
} verdicts[RETRO_QUESTIONS] = {
    [RETRO_DATA] = {PHRASE_LATER("Data was lost"), PHRASE_LATER("No data was lost"),
                    PHRASE_LATER("Whether data was lost is not known")},
    [RETRO_PRIVATE] = {PHRASE_LATER("Private data was seen"),
                       PHRASE_LATER("No private data was seen"),
                       PHRASE_LATER("Whether private data was seen is not known")},
    [RETRO_MONEY] = {PHRASE_LATER("Money was wrong"),
                     PHRASE_LATER("No money was wrong"),
                     PHRASE_LATER("Whether money was wrong is not known")},
};

static const char *verdict(struct writing *writing, const struct retro_answer *answer,
                           int question)
{
    const char *text = text_equal(answer->answer, "yes")  ? verdicts[question].yes
                       : text_equal(answer->answer, "no") ? verdicts[question].no
                                                          : verdicts[question].unknown;

    return text_is_empty(answer->text) ||
                   !retro_outside_may_stand(
                       writing, answer->text,
                       arena_printf(
                           writing->part.arena, "answer: %s",
                           retro_question_topic((enum retro_question)question)))
               ? arena_printf(writing->part.arena, "%s.", phrase_of(text))
               : arena_printf(writing->part.arena, "%s: %s", phrase_of(text),
                              retro_sentence(&writing->part, answer->text));
}

/* What did go wrong first. How many wait for an answer. */
static size_t say_verdicts(struct writing *writing)
{
    static const char *const order[] = {"yes", "unknown", "no"};
    const struct retro_answers *answers = &writing->part.record->answers;
    struct text line, open;
    size_t unanswered = 0;

    text_init(&line, writing->part.arena);
    text_init(&open, writing->part.arena);
    for (size_t i = 0; i < 3 * (size_t)RETRO_QUESTIONS; i++) {
        int question = (int)(i % RETRO_QUESTIONS);
        const struct retro_answer *answer =
            retro_answer_find(answers, (enum retro_question)question);

        if (answer == NULL && i < RETRO_QUESTIONS) {
            text_addf(&open, "%s%s", unanswered++ == 0 ? "" : ", ",
                      retro_question_topic((enum retro_question)question));
        } else if (answer != NULL &&
                   text_equal(answer->answer, order[i / RETRO_QUESTIONS])) {
            text_addf(&line, "%s%s", line.length_bytes == 0 ? "" : " ",
                      verdict(writing, answer, question));
        }
    }
    if (unanswered > 0) {
        text_addf(&line, "%sNot answered yet: %s.", line.length_bytes == 0 ? "" : " ",
                  open.data);
    }
    note_line(writing->part.note, "%s", line.data);
    return unanswered;
}

struct retro_outside retro_outside_compose(const struct retro_record *record,
                                           const struct people *people)
{
    struct writing writing = {
        .part = {.record = record,
                 .arena = record->arena,
                 .note = note_create(record->arena)},
        .people = people,
    };
    struct retro_outside outside = {.note = writing.part.note};

    text_init(&writing.which, record->arena);
    text_init(&writing.doubts, record->arena);
    say_hit(&writing);
    say_told(&writing);
    say_why(&writing);
    outside.unanswered = say_verdicts(&writing);
    retro_outside_followups(&writing);
    outside.left_out = retro_left_out(
        &writing.part, &(struct retro_held){.named = writing.named,
                                            .which = writing.which.data,
                                            .unsaid = writing.unsaid,
                                            .doubts = writing.doubts.data});
    return outside;
}
