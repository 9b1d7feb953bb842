/* The part of bot/words.h that is about backticks: as the bot shows its commands,
 * people paste them. */
#include <string.h>

#include "bot/base/text.h"
#include "bot/words.h"

const char *words_out_of_code(struct arena *arena, const char *text)
{
    const char *trimmed = text_trim(arena, text);
    size_t length = strlen(trimmed), ticks = strspn(trimmed, "`");

    if (ticks == 0 || length <= 2 * ticks ||
        strcspn(trimmed + ticks, "`") != length - 2 * ticks) {
        return NULL;
    }
    return text_trim(arena, arena_copy_n(arena, trimmed + ticks, length - 2 * ticks));
}
