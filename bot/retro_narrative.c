/* 7 of 7: the story, in sentences that hold nothing but the record. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/retro_compose.h"
#include "bot/retro_story.h"

#define FEELINGS_SHOWN 3

/* `tove: "what she filled in"`; NULL where she has not. */
static const char *told_by(const struct retro_part *part, const char *who)
{
    const struct retro_fill *fill = retro_fill_of(part, who);

    return fill == NULL || part->is_first_round
               ? NULL
               : arena_printf(part->arena, "%s: %s", retro_name(part, who),
                              retro_quote(part, fill->text));
}

static void begin(struct retro_part *part)
{
    const struct retro_record *record = part->record;
    const struct incident *incident = record->incident;
    const char *noticed = "", *declarer = retro_name(part, record->declarer);
    bool has_start = incident->started_ms != TIME_NONE;
    const char *day = time_day_long(
        part->arena, has_start ? incident->started_ms : incident->declared_ms,
        record->zone);

    retro_line(part, told_by(part, record->declarer), record->declarer,
               arena_printf(part->arena,
                            "one sentence on how %s on an ordinary %s, to begin the "
                            "story.",
                            incident->service == NULL
                                ? PHRASE("things are")
                                : arena_printf(part->arena, "%s is",
                                               retro_words(part, incident->service)),
                            retro_day_or_night(part)));
    if (!has_start) {
        retro_line(part,
                   arena_printf(part->arena,
                                "On %s %s declared it at %s, with %s. When it began is "
                                "not known.",
                                day, declarer, retro_when(part, incident->declared_ms),
                                retro_declared_as(part)),
                   NULL, NULL);
        return;
    }
    if (incident->detected_ms != TIME_NONE) {
        noticed = retro_is_at_once(incident)
                      ? PHRASE(" and was noticed at once")
                      : arena_printf(part->arena, " and was noticed %s",
                                     retro_at_since(part, incident->detected_ms,
                                                    incident->started_ms));
    }
    retro_line(
        part,
        arena_printf(part->arena, "On %s it began at %s%s. %s declared it %s, with %s.",
                     day, note_time(part->arena, incident->started_ms, record->zone),
                     noticed, declarer,
                     retro_at_since(part, incident->declared_ms, incident->started_ms),
                     retro_declared_as(part)),
        NULL, NULL);
}

/* Two sentences on a line; either may be "". */
static void say_both(struct retro_part *part, const char *one, const char *other)
{
    retro_line(part,
               arena_printf(part->arena, "%s%s%s", one,
                            *one != '\0' && *other != '\0' ? " " : "", other),
               NULL, NULL);
}

/* What surprised, and how it felt: the last of each, and nobody's name for a feeling.
 */
static void learned(struct retro_part *part)
{
    const struct lessons *surprises = &part->record->surprises;
    const struct entries *feelings = &part->record->feelings;
    const char *surprise = "";
    struct text felt;

    text_init(&felt, part->arena);
    if (surprises->count > 0) {
        const struct lesson *last = &surprises->all[surprises->count - 1];

        surprise =
            arena_printf(part->arena, "What surprised %s: %s",
                         retro_name(part, last->handle), retro_said(part, last->text));
    }
    for (size_t i = feelings->count > FEELINGS_SHOWN ? feelings->count - FEELINGS_SHOWN
                                                     : 0;
         i < feelings->count; i++) {
        text_addf(&felt, "%s %s",
                  felt.length_bytes == 0 ? PHRASE("Somebody felt:") : ",",
                  retro_quote(part, feelings->all[i].text));
    }
    if (felt.length_bytes > 0) {
        text_add(&felt, ".");
    }
    say_both(part, surprise, felt.data);
}

static bool knows_next(const struct retro_part *part)
{
    const struct retro_fills *fills = &part->record->fills;

    for (size_t i = 0; i < fills->count; i++) {
        if (text_equal(fills->all[i].section, RETRO_NEXT)) {
            return true;
        }
    }
    return part->is_spoken_for;
}

/* Whoever raised it and led last is asked for both: their text begins the story, and
 * this one has a word before it. */
static void ask_next(struct retro_part *part)
{
    const char *lead = part->record->last_lead;
    const char *question =
        arena_printf(part->arena, "what should the next one who leads such a %s know?",
                     retro_day_or_night(part));

    bool is_open = part->is_first_round || !knows_next(part);

    if (is_open && !text_equal(lead, part->record->declarer)) {
        retro_line(part, NULL, lead, question);
    } else if (is_open) {
        retro_ask(
            part, NULL, lead,
            arena_printf(part->arena, "%s %s", question,
                         note_command(part->arena, "retro narrative next: TEXT")));
    }
}

void retro_narrative(struct retro_part *part)
{
    begin(part);
    retro_story(part);
    learned(part);
    ask_next(part);
}
