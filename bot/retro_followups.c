/* 6 of 7: what is to be done, and what was put aside. */
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/retro_compose.h"

#define FOLLOWUPS_SHOWN 5
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
                        : followup->has_helped             ? " It helped."
                                                           : " It did not help.");
    }
    retro_line(part, line.data, followup->owner,
               is_open && followup->due_ms == TIME_NONE ? "by when?" : NULL);
}

static void show_parked(struct retro_part *part)
{
    const struct parked_list *parked = &part->record->parked;

    for (size_t i = 0; i < parked->count && i < PARKED_SHOWN; i++) {
        const struct parked *one = &parked->all[i];

        retro_line(part,
                   arena_printf(part->arena, "Parked %lld, %s: %s", (long long)one->n,
                                retro_name(part, one->handle),
                                retro_sentence(part, one->text)),
                   one->handle, "who takes it, by when?");
    }
    retro_more(part, parked->count, PARKED_SHOWN, "parked");
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
    retro_more(part, followups->count, FOLLOWUPS_SHOWN, "follow-ups");
    if (followups->count == 0) {
        retro_line(
            part, "None yet.", part->record->last_lead,
            arena_printf(part->arena, "what is to be done, who takes it, by when? %s",
                         note_command(part->arena, "followup @who WHAT due WHEN")));
    }
    show_parked(part);
}
