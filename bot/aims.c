#include "bot/aims.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/factor.h"
#include "bot/incident.h"
#include "bot/say.h"
#include "store/followups.h"
#include "store/retros.h"
#include "store/updates.h"

#define FOLLOWUPS_SHOWN 3
#define WORDS_RUNES     240

/* " Users were hit for 2 h 18 min." where begin and end are known. */
static const char *hit_words(struct turn *turn, const struct incident *incident)
{
    int64_t end_ms = incident_hit_until_ms(incident);

    if (incident->started_ms == TIME_NONE) {
        return "";
    }
    if (end_ms == TIME_NONE) {
        return arena_printf(turn->arena, " Users are hit since %s.",
                            say_when(turn, incident->started_ms));
    }
    return end_ms < incident->started_ms
               ? ""
               : arena_printf(turn->arena, " Users were hit for %s.",
                              time_span(turn->arena, end_ms - incident->started_ms));
}

/* What ends the sentence carries zone and day, where that is the same for both. */
static const char *clock_before(struct turn *turn, int64_t at_ms, int64_t then_ms)
{
    struct time_parts at, then;

    time_split(turn->arena, at_ms, turn_zone(turn), &at);
    time_split(turn->arena, then_ms, turn_zone(turn), &then);
    return at.day == then.day && at.month == then.month && at.year == then.year
               ? say_clock_bare(turn, at_ms)
               : say_when(turn, at_ms);
}

/* "Mitigated at 03:31, normal since 04:30 CET": what is known, the last with its zone.
 */
static const char *fix_words(struct turn *turn, const struct incident *incident)
{
    if (incident->state == INCIDENT_CANCELLED) {
        return PHRASE("It was a false alarm: there was nothing to fix.");
    }
    if (incident->mitigated_ms != TIME_NONE && incident->normal_ms != TIME_NONE) {
        return arena_printf(
            turn->arena, "Mitigated at %s, normal since %s.",
            clock_before(turn, incident->mitigated_ms, incident->normal_ms),
            say_when(turn, incident->normal_ms));
    }
    if (incident->normal_ms != TIME_NONE) {
        return arena_printf(turn->arena, "Normal since %s.",
                            say_when(turn, incident->normal_ms));
    }
    if (incident->resolved_ms != TIME_NONE) {
        return arena_printf(turn->arena, "Resolved at %s.",
                            say_when(turn, incident->resolved_ms));
    }
    return incident->mitigated_ms != TIME_NONE
               ? arena_printf(turn->arena, "Mitigated at %s; not all is normal yet.",
                              say_when(turn, incident->mitigated_ms))
               : arena_printf(turn->arena, "Not yet: %s since %s.",
                              incident_state_words(incident->state),
                              say_when(turn, incident->declared_ms));
}

/* "By 20 March: set it aside." Words that name somebody are left out. */
static bool followup_words(struct turn *turn, const struct followup *followup,
                           const char **words, struct err *err)
{
    bool names;

    if (!factor_names_outside(turn, followup->what, &names, err)) {
        return false;
    }
    *words = arena_printf(
        turn->arena, "%s: %s. ",
        followup->due_ms == TIME_NONE
            ? PHRASE("Without a date")
            : arena_printf(turn->arena, "By %s",
                           time_day_near(turn->arena, followup->due_ms, turn->now_ms,
                                         turn_zone(turn))),
        names ? PHRASE("one more change")
              : note_words(turn->arena,
                           text_brief(turn->arena, followup->what, WORDS_RUNES)));
    return true;
}

static bool followups_words(struct turn *turn, const struct incident *incident,
                            struct text *line, struct err *err)
{
    struct followups followups;
    const char *words;
    size_t open = 0, done = 0;

    if (!followups_of(turn->store, incident->id, &followups, err)) {
        return false;
    }
    for (size_t i = 0; i < followups.count && open < FOLLOWUPS_SHOWN; i++) {
        if (!text_equal(followups.all[i].state, "open")) {
            done += 1;
            continue;
        }
        if (!followup_words(turn, &followups.all[i], &words, err)) {
            return false;
        }
        text_add(line, words);
        open += 1;
    }
    if (open == 0 && done > 0) {
        text_addf(line, "%zu change%s made. ", done,
                  done == 1 ? PHRASE(" is") : PHRASE("s are"));
    } else if (open == 0) {
        text_add(line, PHRASE("No change is agreed yet. "));
    }
    return true;
}

/* Where what is to change comes from: the retrospective, by when, or that it is out. */
static bool retro_words(struct turn *turn, const struct incident *incident,
                        const char **words, struct err *err)
{
    struct retro *retro;

    if (!retro_find(turn->store, incident->id, &retro, err)) {
        return false;
    }
    if (incident->state == INCIDENT_CANCELLED) {
        *words = "";
    } else if (incident->state == INCIDENT_REVIEWED) {
        *words = arena_printf(turn->arena, "The retrospective: #%s.",
                              incident->channel_name);
    } else if (incident->resolved_ms == TIME_NONE) {
        *words = PHRASE("What is to change is asked when it is over.");
    } else if (retro == NULL || retro->due_ms == TIME_NONE) {
        *words = PHRASE("What else is to change: retrospective.");
    } else {
        *words = arena_printf(
            turn->arena, "What else is to change: retrospective, by %s.",
            time_day_near(turn->arena, retro->due_ms, turn->now_ms, turn_zone(turn)));
    }
    return true;
}

/* What was said outside last; an older word may no longer be so. */
static bool told_words(struct turn *turn, const struct incident *incident,
                       const char **words, struct err *err)
{
    struct updates outside;
    const char *told = NULL;
    bool names = false;

    if (!updates_list(turn->store, incident->id, UPDATE_OUTSIDE, &outside, err)) {
        return false;
    }
    if (outside.count > 0) {
        told = outside.all[outside.count - 1].text;
        if (!factor_names_outside(turn, told, &names, err)) {
            return false;
        }
    }
    *words = told != NULL && !names
                 ? arena_printf(turn->arena, "\"%s\"", note_words(turn->arena, told))
                 : arena_printf(turn->arena, "%s: %s",
                                names ? PHRASE("What was said last names somebody")
                                      : PHRASE("Nothing was said outside yet"),
                                note_command(turn->arena, "update %s out TEXT",
                                             say_ref(turn, incident)));
    return true;
}

bool aims_answer(struct turn *turn, const struct command_call *call, struct err *err)
{
    const struct incident *incident = call->incident;
    struct note *note =
        say_note(turn, "A name would not help here. These three answers "
                       "may, and you can pass them on:");
    const char *told, *retro;
    struct text line;

    text_init(&line, turn->arena);
    if (incident->state == INCIDENT_CANCELLED) {
        text_add(&line, PHRASE("There was nothing to prevent."));
    } else if (!followups_words(turn, incident, &line, err)) {
        return false;
    }
    if (!told_words(turn, incident, &told, err) ||
        !retro_words(turn, incident, &retro, err)) {
        return false;
    }
    note_line(note, "Is it fixed? %s%s", fix_words(turn, incident),
              hit_words(turn, incident));
    note_line(note, "Will it come again? %s%s", line.data, retro);
    note_line(note, "What to tell those hit? %s", told);
    return say_private(turn, call, note, err);
}
