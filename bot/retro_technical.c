/*
 * 5 of 7: what was found, tried, risked and changed, in the order in which it went.
 * What was tried or risked may have made things worse: it is told without its name,
 * which stands in the full timeline.
 */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/experiment.h"
#include "bot/retro_compose.h"
#include "bot/retro_dates.h"

#define DATES_FULL      200 /* in a document */
#define SURPRISES_SHOWN 2

/* The row is the entry, experiment or task it is told from. */
enum kind { PIN, CHANGE, STEP, TRIED, RESULT, KINDS };

static const char *const many[KINDS] = {
    [PIN] = PHRASE_LATER("marked as key"), [CHANGE] = PHRASE_LATER("changes"),
    [STEP] = PHRASE_LATER("risky steps"),  [TRIED] = PHRASE_LATER("experiments"),
    [RESULT] = PHRASE_LATER("results"),
};

static void add(struct retro_dates *dates, int64_t at_ms, enum kind kind,
                enum retro_weight weight, const void *row)
{
    retro_dates_add(
        dates, (struct retro_date){
                   .at_ms = at_ms, .kind = (int)kind, .weight = weight, .row = row});
}

static void add_entries(struct retro_dates *dates)
{
    const struct retro_record *record = dates->part->record;
    size_t worked = retro_change_that_worked(record);

    for (size_t i = 0; i < record->pins.count; i++) {
        if (retro_is_pin(&record->pins.all[i])) {
            add(dates, record->pins.all[i].at_ms, PIN, RETRO_HEAVY,
                &record->pins.all[i]);
        }
    }
    for (size_t i = 0; i < record->changes.count; i++) {
        add(dates, record->changes.all[i].at_ms, CHANGE,
            i == worked ? RETRO_HEAVY : RETRO_MEDIUM, &record->changes.all[i]);
    }
    for (size_t i = 0; i < record->steps.count; i++) {
        add(dates, record->steps.all[i].at_ms, STEP, RETRO_HEAVY,
            &record->steps.all[i]);
    }
}

/* An experiment whose end is not known stays, so that its person is asked. */
static void add_work(struct retro_dates *dates)
{
    const struct retro_record *record = dates->part->record;

    for (size_t i = 0; i < record->tries.count; i++) {
        const struct try *try = &record->tries.all[i];

        add(dates, try->made_ms, TRIED,
            try->outcome == TRY_OPEN ? RETRO_HEAVY : RETRO_MEDIUM, try);
    }
    for (size_t i = 0; i < record->tasks.count; i++) {
        const struct task *task = &record->tasks.all[i];

        if (!text_is_empty(task->result)) {
            add(dates, task->done_ms, RESULT, RETRO_MEDIUM, task);
        }
    }
}

static void show_entry(struct retro_part *part, enum kind kind,
                       const struct entry *entry)
{
    const char *when = retro_when(part, entry->at_ms);
    const char *who = retro_name(part, entry->handle);
    const char *line = "";

    switch (kind) {
    case PIN:
        line = arena_printf(part->arena, "%s, %s: %s", when, who,
                            retro_quote(part, entry->text));
        break;
    case CHANGE:
        line = arena_printf(part->arena, "%s, change, %s: %s", when, who,
                            retro_sentence(part, entry->text));
        break;
    case STEP:
        line = arena_printf(part->arena, "%s, %s", when,
                            retro_sentence(part, entry->text));
        break;
    case TRIED:
    case RESULT:
    case KINDS: break;
    }
    retro_line(part, line, NULL, NULL);
}

/* With how it went; where that is not known, its person is asked. */
static void show_try(struct retro_part *part, const struct try *try)
{
    bool is_open = try->outcome == TRY_OPEN;

    retro_line(
        part,
        arena_printf(
            part->arena, "%s, try %lld: %s%s%s", retro_when(part, try->made_ms),
            (long long)try->n, retro_sentence(part, try->text), is_open ? "" : " ",
            is_open ? "" : retro_sentence(part, experiment_outcome(part->arena, try))),
        try->handle,
        is_open
            ? arena_printf(part->arena, "did it help? %s or %s",
                           note_command(part->arena, "worked %lld", (long long)try->n),
                           note_command(part->arena, "no %lld", (long long)try->n))
            : NULL);
}

static void show_result(struct retro_part *part, const struct task *task)
{
    retro_line(part,
               arena_printf(part->arena, "%s, task %lld done, %s: %s",
                            retro_when(part, task->done_ms), (long long)task->n,
                            retro_name(part, task->owner),
                            retro_sentence(part, task->result)),
               NULL, NULL);
}

static void show(struct retro_part *part, const struct retro_date *date)
{
    switch ((enum kind)date->kind) {
    case PIN:
    case CHANGE:
    case STEP: show_entry(part, (enum kind)date->kind, date->row); return;
    case TRIED: show_try(part, date->row); return;
    case RESULT: show_result(part, date->row); return;
    case KINDS: return;
    }
}

/* What is not on record is worth a word, too; NULL where all is. */
static const char *nothing_of(const struct retro_part *part)
{
    bool has_change = part->record->changes.count > 0;
    bool has_try = part->record->tries.count > 0;

    return has_change && has_try ? NULL
           : has_try             ? PHRASE("Changes on record: none.")
           : has_change          ? PHRASE("Experiments on record: none.")
                        : PHRASE("Changes on record: none. Experiments on record: "
                                 "none.");
}

static void count_kinds(const struct retro_dates *dates, size_t counts[KINDS])
{
    for (int kind = 0; kind < KINDS; kind++) {
        counts[kind] = 0;
    }
    for (size_t i = 0; i < dates->count; i++) {
        counts[dates->all[i].kind] += 1;
    }
}

/* Beside the heading, the question, and what comes between. */
static size_t room(const struct retro_part *part)
{
    size_t surprises = part->record->surprises.count;
    size_t shown = surprises > SURPRISES_SHOWN ? SURPRISES_SHOWN + 1 : surprises;

    return part->record->in_full
               ? DATES_FULL
               : RETRO_LINES - 2 - shown - (nothing_of(part) == NULL ? 0 : 1);
}

static void show_dates(struct retro_part *part)
{
    struct retro_dates dates = retro_dates_create(part);
    bool has_more = part->record->surprises.count > SURPRISES_SHOWN;
    size_t all[KINDS], shown[KINDS], max = room(part);

    add_entries(&dates);
    add_work(&dates);
    count_kinds(&dates, all);
    retro_dates_sort(&dates);
    while (dates.count > max - (dates.left_out > 0 && !has_more ? 1 : 0) &&
           retro_dates_leave_out(&dates, NULL)) {
    }
    count_kinds(&dates, shown);
    for (size_t i = 0; i < dates.count; i++) {
        show(part, &dates.all[i]);
    }
    for (int kind = 0; kind < KINDS; kind++) {
        retro_more(part, all[kind], shown[kind], phrase_of(many[kind]));
    }
}

static void show_surprises(struct retro_part *part)
{
    const struct lessons *surprises = &part->record->surprises;

    for (size_t i = 0; i < surprises->count && i < SURPRISES_SHOWN; i++) {
        retro_line(part,
                   arena_printf(part->arena, "Surprise, %s: %s",
                                retro_name(part, surprises->all[i].handle),
                                retro_sentence(part, surprises->all[i].text)),
                   NULL, NULL);
    }
    retro_more(part, surprises->count, SURPRISES_SHOWN, PHRASE("surprises"));
}

void retro_technical(struct retro_part *part)
{
    show_dates(part);
    retro_line(part, nothing_of(part), NULL, NULL);
    show_surprises(part);
    retro_say_more(part);
    retro_line(part, NULL, part->record->finder,
               arena_printf(part->arena,
                            "how should this part work, how does it work on an "
                            "ordinary %s, and what will change?",
                            retro_day_or_night(part)));
}
