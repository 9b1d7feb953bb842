#include "bot/lesson.h"

#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/recorder.h"
#include "bot/retro.h"
#include "bot/say.h"
#include "bot/wording_hint.h"
#include "store/factors.h"

#define FACT "factor"

static const struct {
    const char *name, *recorded, *kept;
    unsigned places; /* of the retrospective */
} kinds[] = {
    [LESSON_WELL] = {"well", "went well", PHRASE_LATER("Kept as what went well."),
                     RETRO_BIT(RETRO_FACTORS)},
    [LESSON_SURPRISE] = {"surprise", "surprise", PHRASE_LATER("Kept as a surprise."),
                         RETRO_BIT(RETRO_TECHNICAL) | RETRO_BIT(RETRO_NARRATIVE)},
    [LESSON_GAP] = {"gap", "blind spot", PHRASE_LATER("Kept as a blind spot."),
                    RETRO_BIT(RETRO_MONITORING) | RETRO_BIT(RETRO_FOLLOWUPS)},
};

/* A blind spot wants somebody to close it; its entry is what a follow-up can name. */
static const char *next_words(struct turn *turn, const struct lesson *lesson,
                              enum lesson_kind kind)
{
    return kind != LESSON_GAP
               ? ""
               : arena_printf(turn->arena, " Who closes it: %s.",
                              note_command(turn->arena,
                                           "followup @who WHAT due WHEN why gap %lld",
                                           (long long)lesson->entry_n));
}

const char *lesson_well(struct arena *arena, const char *text)
{
    bool is_kind = text_starts(text, "done") && strchr(" ,.!", text[strlen("done")]);

    return is_kind ? arena_exact(arena, "well %s", text) : text;
}

bool lesson_give(struct turn *turn, const struct command_call *call,
                 enum lesson_kind kind, const char *text, struct err *err)
{
    struct lesson lesson = {
        .incident_id = call->incident->id,
        .kind = kinds[kind].name,
        .text = text,
        .person_id = call->speaker->id,
        .at_ms = turn->now_ms,
    };

    return recorder_fact(
               turn, call->incident,
               &(struct fact){.person_id = call->speaker->id,
                              .kind = FACT,
                              .text = arena_exact(turn->arena, "%s: %s",
                                                  kinds[kind].recorded, text)},
               &lesson.entry_n, err) &&
           lesson_insert(turn->store, &lesson, err) &&
           retro_refresh(turn, call->incident, kinds[kind].places, err) &&
           say_private(turn, call,
                       say_note(turn, "%s%s Take it out: %s",
                                phrase_of(kinds[kind].kept),
                                next_words(turn, &lesson, kind),
                                note_command(turn->arena, "drop %lld",
                                             (long long)lesson.entry_n)),
                       err) &&
           wording_hint(turn, call, text, WORDING_INSIDE, err);
}
