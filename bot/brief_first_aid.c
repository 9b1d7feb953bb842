/* The card of first aid for who has just begun to lead: what to see to, and how. */
#include "bot/base/phrase.h"
#include "bot/base/time.h"
#include "bot/brief.h"
#include "bot/care.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "bot/update.h"
#include "store/updates.h"

/* " First update by 03:14 CET.", or "" where none is due. */
static bool due_words(struct turn *turn, const struct incident *incident,
                      const char **words, struct err *err)
{
    int64_t due_ms, count, last_ms;

    *words = "";
    if (!update_next_due(turn, incident, &due_ms, err) ||
        !updates_last(turn->store, incident->id, UPDATE_INSIDE, &count, &last_ms,
                      err)) {
        return false;
    }
    if (due_ms != TIME_NONE) {
        *words =
            arena_printf(turn->arena, " %s update %s %s.",
                         count == 0 ? PHRASE("First") : PHRASE("Next"),
                         due_ms < turn->now_ms ? PHRASE("was due by") : PHRASE("by"),
                         say_when(turn, due_ms));
    }
    return true;
}

/* " Who is hit? `impact`.", as long as nobody knows how bad it is. */
static const char *hit_words(struct turn *turn, const struct incident *incident,
                             const char *ref)
{
    return config_level_rank(turn->config, incident->severity) > 0
               ? ""
               : arena_printf(turn->arena, " Who is hit? %s.",
                              note_command(turn->arena, "impact%s", ref));
}

/* Who informs others: asked for where nobody does. */
static bool others_line(struct turn *turn, const struct incident *incident,
                        int64_t person_id, const char *ref, struct note *note,
                        struct err *err)
{
    const char *role = role_communications(turn);
    const char *hit = hit_words(turn, incident, ref);
    struct person *holder = NULL;
    const char *due;

    if (!due_words(turn, incident, &due, err) ||
        (role != NULL && !role_holder(turn, incident->id, role, &holder, err))) {
        return false;
    }
    if (holder != NULL) {
        note_line(note, "3 Others.%s %s them.%s", hit,
                  holder->id == person_id ? PHRASE("You inform")
                                          : arena_printf(turn->arena, "%s informs",
                                                         say_person(turn, holder->id)),
                  due);
        return true;
    }
    const char *command = role == NULL
                              ? note_command(turn->arena, "update%s in TEXT", ref)
                              : note_command(turn->arena, "role%s %s @who", ref, role);
    note_line(note, "3 Others.%s Who informs them? %s.%s", hit, command, due);
    return true;
}

static bool rest_line(struct turn *turn, const struct incident *incident,
                      int64_t person_id, const char *ref, struct note *note,
                      struct err *err)
{
    const char *handoff = note_command(turn->arena, "handoff%s @who", ref);
    const char *pause = note_command(turn->arena, "break%s 20m", ref);
    bool is_night;
    int64_t after_ms;

    if (!care_first_look(turn, incident, person_id, &is_night, &after_ms, err)) {
        return false;
    }
    if (after_ms <= 0) {
        note_line(note, "4 You. To pass it on at any time: %s. Pause: %s", handoff,
                  pause);
    } else {
        note_line(note, "4 You. %s after %lld min about handing over: %s. Pause: %s",
                  is_night ? PHRASE("At night I ask") : PHRASE("I ask"),
                  (long long)(after_ms / TIME_MINUTE_MS), handoff, pause);
    }
    return true;
}

static void work_line(struct turn *turn, const char *ref, struct note *note)
{
    int64_t silent_ms = turn->config->nudges.task_silent_ms;
    const char *silent = silent_ms <= 0
                             ? ""
                             : arena_printf(turn->arena, " Silent for %s: I tell you.",
                                            time_span(turn->arena, silent_ms));

    note_line(note, "2 Work. One task, one name, one yes: %s.%s",
              note_command(turn->arena, "task%s @who WHAT in 10m", ref), silent);
}

bool brief_first_aid(struct turn *turn, const struct incident *incident,
                     int64_t person_id, bool direct, struct note **note,
                     struct err *err)
{
    const char *ref =
        direct ? arena_printf(turn->arena, " %s", say_ref(turn, incident)) : "";
    struct note *card = say_note(turn,
                                 "You lead%s: see that things happen. Others look "
                                 "for the fault. Not knowing the system is fine.",
                                 ref);

    note_line(card, "1 People. Who is missing? %s, or let me choose: %s",
              note_command(turn->arena, "page%s SERVICE WHY", ref),
              note_command(turn->arena, "escalate%s WHY", ref));
    work_line(turn, ref, card);
    *note = card;
    return others_line(turn, incident, person_id, ref, card, err) &&
           rest_line(turn, incident, person_id, ref, card, err);
}
