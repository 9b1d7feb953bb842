/*
 * The story between its beginning and what was learned: for bot/retro_narrative.c.
 */
#pragma once

#include "bot/retro_dates.h"

/* What is told; the row is the hold, entry, update, page or try it is told from. */
enum retro_story_kind {
    STORY_LED,
    STORY_SEVERITY,
    STORY_TOLD,
    STORY_ESCALATED,
    STORY_WROTE,
    STORY_TRIED,
    STORY_CHANGED,
    STORY_MITIGATED,
    STORY_NORMAL,
    STORY_ENDED,
};

/* Who was hit, what was tried, what worked: sentence by sentence, as it went. */
void retro_story(struct retro_part *part);
/* Days are named where they are another than `since_ms` was, when the story was last.
 */
const char *retro_story_sentence(const struct retro_part *part,
                                 const struct retro_date *date, int64_t since_ms);
/* "at 02:44", "on Fri 13 March at 02:44" */
const char *retro_at_since(const struct retro_part *part, int64_t at_ms,
                           int64_t since_ms);
