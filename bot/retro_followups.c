/* 6 of 7: what is to be done, and what was put aside. */
#include <ctype.h>
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/retro_compose.h"

#define FOLLOWUPS_SHOWN 4
#define GAPS_SHOWN      2
#define OPEN_SHOWN      2
#define PARKED_SHOWN    3

static void show(struct retro_part *part, const struct followup *followup)
{
    bool is_open = text_equal(followup->state, "open");
    struct text line;

    text_init(&line, part->arena);
    text_addf(&line, "%lld, %s", (long long)followup->id,
              retro_name(part, followup->owner));
    if (followup->due_ms != TIME_NONE) {
        text_addf(&line, ", due %s",
                  time_day(part->arena, followup->due_ms, part->record->zone));
    }
    text_addf(&line, ": %s", retro_sentence(part, followup->what));
    if (!text_is_empty(followup->stops)) {
        text_addf(&line, " Stops: %s", retro_sentence(part, followup->stops));
    }
    if (!is_open) {
        text_addf(&line, " Done%s%s", text_is_empty(followup->result) ? "." : ": ",
                  text_is_empty(followup->result)
                      ? ""
                      : retro_sentence(part, followup->result));
        text_add(&line, followup->verified_ms == TIME_NONE ? ""
                        : followup->has_helped             ? PHRASE(" It helped.")
                                               : PHRASE(" It did not help."));
    }
    retro_line(part, line.data, followup->owner,
               is_open && followup->due_ms == TIME_NONE
                   ? arena_printf(part->arena, "by when? %s",
                                  note_command(part->arena, "followup %lld due WHEN",
                                               (long long)followup->id))
                   : NULL);
}

/* Does the text speak of it: "gap 79", and not "gap 790"? */
static bool names_gap(const char *text, const char *gap)
{
    size_t length = strlen(gap);

    for (const char *at = text_or(text, ""); *at != '\0'; at++) {
        if (text_starts(at, gap) && !isdigit((unsigned char)at[length])) {
            return true;
        }
    }
    return false;
}

static bool is_taken(const struct retro_part *part, const struct lesson *gap)
{
    const struct followups *followups = &part->record->followups;
    const char *words = arena_exact(part->arena, "gap %lld", (long long)gap->entry_n);

    for (size_t i = 0; i < followups->count; i++) {
        const struct followup *followup = &followups->all[i];

        if (names_gap(followup->what, words) || names_gap(followup->why, words) ||
            names_gap(followup->stops, words)) {
            return true;
        }
    }
    return false;
}

/* Blind spots that no follow-up speaks of. */
static void show_gaps(struct retro_part *part)
{
    const struct lessons *gaps = &part->record->gaps;
    size_t count = 0;

    for (size_t i = 0; i < gaps->count; i++) {
        const struct lesson *gap = &gaps->all[i];

        if (is_taken(part, gap)) {
            continue;
        }
        count += 1;
        if (count <= GAPS_SHOWN) {
            retro_line(part,
                       arena_printf(part->arena, "Blind spot without a follow-up: %s",
                                    retro_sentence(part, gap->text)),
                       gap->handle, PHRASE("who takes it, by when?"));
        }
    }
    retro_more(part, count, GAPS_SHOWN, PHRASE("blind spots"));
}

/* Tasks that nobody finished: what becomes of each, a person decides. */
static size_t show_open(struct retro_part *part)
{
    const struct tasks *tasks = &part->record->tasks;
    size_t count = 0;

    for (size_t i = 0; i < tasks->count; i++) {
        const struct task *task = &tasks->all[i];

        if (task->state == TASK_DONE) {
            continue;
        }
        count += 1;
        if (count <= OPEN_SHOWN) {
            retro_line(
                part,
                arena_printf(part->arena, "Task %lld is still open, %s: %s",
                             (long long)task->n,
                             task->owner == NULL ? PHRASE("nobody's")
                                                 : retro_name(part, task->owner),
                             retro_sentence(part, task->what)),
                task->owner == NULL ? part->record->last_lead : task->owner,
                arena_printf(part->arena, "done, or a follow-up? %s or %s",
                             note_command(part->arena, "done %lld", (long long)task->n),
                             note_command(part->arena, "followup @who WHAT due WHEN")));
        }
    }
    retro_more(part, count, OPEN_SHOWN, PHRASE("open tasks"));
    return count < OPEN_SHOWN ? count : OPEN_SHOWN;
}

/* They share their lines with `open` tasks. */
static void show_parked(struct retro_part *part, size_t open)
{
    const struct parked_list *parked = &part->record->parked;
    size_t max = PARKED_SHOWN - open;

    for (size_t i = 0; i < parked->count && i < max; i++) {
        const struct parked *one = &parked->all[i];

        retro_line(part,
                   arena_printf(part->arena, "Parked %lld, %s: %s", (long long)one->n,
                                retro_name(part, one->handle),
                                retro_sentence(part, one->text)),
                   one->handle, PHRASE("who takes it, by when?"));
    }
    retro_more(part, parked->count, max, PHRASE("parked"));
    if (parked->count > 0) {
        retro_line(part,
                   arena_printf(part->arena, "To make one a follow-up: %s",
                                note_command(part->arena, "followup @who %lld due WHEN",
                                             (long long)parked->all[0].n)),
                   NULL, NULL);
    }
}

void retro_followups(struct retro_part *part)
{
    const struct followups *followups = &part->record->followups;

    for (size_t i = 0; i < followups->count && i < FOLLOWUPS_SHOWN; i++) {
        show(part, &followups->all[i]);
    }
    retro_more(part, followups->count, FOLLOWUPS_SHOWN, PHRASE("follow-ups"));
    if (followups->count == 0) {
        retro_line(
            part, PHRASE("None yet."), part->record->last_lead,
            arena_printf(part->arena, "what is to be done, who takes it, by when? %s",
                         note_command(part->arena, "followup @who WHAT due WHEN")));
    }
    show_gaps(part);
    show_parked(part, show_open(part));
}
