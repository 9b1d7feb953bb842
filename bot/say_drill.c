/* Everything is marked as a drill: what goes to somebody in private, too. A channel
 * bears the word in its name, an announcement in its title. */
#include "bot/base/text.h"
#include "bot/say.h"

/* What the eye falls on first. */
static bool says_drill(const struct note *note)
{
    return text_holds(note->blocks[0].text, "drill");
}

struct note *say_drill(struct turn *turn, const struct incident *incident,
                       struct note *note)
{
    struct note *marked;

    if (incident == NULL || !incident->is_drill || says_drill(note)) {
        return note;
    }
    marked = ARENA_NEW(turn->arena, struct note);
    *marked = *note;
    marked->capacity = note->count;
    marked->blocks = ARENA_ARRAY(turn->arena, struct note_block, note->count);
    for (size_t i = 0; i < note->count; i++) {
        marked->blocks[i] = note->blocks[i];
    }
    marked->blocks[0].text =
        arena_printf(turn->arena, "Drill. %s", note->blocks[0].text);
    return marked;
}
