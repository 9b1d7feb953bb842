/* The part of bot/say.h that makes words: a moment, a person, an incident, in a text.
 */
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/say.h"

#define BRIEF_RUNES 1000

const char *say_when(struct turn *turn, int64_t at_ms)
{
    return note_moment(turn->arena, at_ms,
                       time_near(turn->arena, at_ms, turn->now_ms, turn_zone(turn)));
}

const char *say_at(struct turn *turn, int64_t at_ms)
{
    const char *when = time_near(turn->arena, at_ms, turn->now_ms, turn_zone(turn));
    bool has_day = strchr(when, ',') != NULL;

    return arena_printf(turn->arena, "%s %s", has_day ? PHRASE("on") : PHRASE("at"),
                        note_moment(turn->arena, at_ms, when));
}

const char *say_due(struct turn *turn, int64_t due_ms)
{
    return due_ms == TIME_NONE
               ? ""
               : arena_printf(
                     turn->arena, ", due %s",
                     time_day_near(turn->arena, due_ms, turn->now_ms, turn_zone(turn)));
}

const char *say_clock(struct turn *turn, int64_t at_ms)
{
    return note_time(turn->arena, at_ms, turn_zone(turn));
}

const char *say_clock_bare(struct turn *turn, int64_t at_ms)
{
    return note_time_bare(turn->arena, at_ms, turn_zone(turn));
}

const char *say_person(struct turn *turn, int64_t person_id)
{
    struct person *person = NULL;
    struct err err;

    if (person_id == 0 || !person_find(turn->store, person_id, &person, &err) ||
        person == NULL) {
        return PHRASE("somebody");
    }
    return note_words(turn->arena, person->handle);
}

const char *say_people(struct turn *turn, const int64_t *ids, size_t count)
{
    struct text names;

    text_init(&names, turn->arena);
    for (size_t i = 0; i < count; i++) {
        text_addf(&names, "%s%s",
                  i == 0           ? ""
                  : i + 1 == count ? PHRASE(" and ")
                                   : ", ",
                  say_person(turn, ids[i]));
    }
    return names.data;
}

const char *say_brief(struct turn *turn, const char *words)
{
    return note_words(turn->arena, text_brief(turn->arena, words, BRIEF_RUNES));
}

const char *say_ref(struct turn *turn, const struct incident *incident)
{
    return arena_printf(turn->arena, "inc-%lld", (long long)incident->id);
}

const char *say_link(struct turn *turn, const struct incident *incident)
{
    return note_channel(turn->arena, incident->id, incident->channel_name);
}

const char *say_late(struct turn *turn, int64_t late_ms)
{
    return late_ms <= 0 ? ""
                        : arena_printf(turn->arena, " This comes %s late.",
                                       time_span(turn->arena, late_ms));
}
