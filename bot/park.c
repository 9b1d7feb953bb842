#include "bot/park.h"

#include <stdlib.h>
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/say.h"
#include "bot/task_card.h"

#define FACT       "park"
#define SHOWN_MOST 5
#define TEXT_RUNES 120

static bool record(struct turn *turn, const struct command_call *call, int64_t n,
                   const char *text, int64_t *entry_n, struct err *err)
{
    return recorder_fact(
        turn, call->incident,
        &(struct fact){
            .person_id = call->speaker->id, .kind = FACT, .subject = n, .text = text},
        entry_n, err);
}

/* When it comes back: after the end, or, where that is past, in the retrospective. */
static const char *comes_back(struct turn *turn, const struct incident *incident)
{
    return incident_is_open(incident)
               ? arena_printf(turn->arena, "It comes back after %s",
                              note_command(turn->arena, "resolve"))
               : arena_printf(turn->arena, "It comes back in %s",
                              note_command(turn->arena, "retro"));
}

static bool refuse_over(struct turn *turn, const struct command_call *call,
                        struct err *err)
{
    return say_private(turn, call,
                       say_note(turn,
                                "%s is %s, so nothing was parked: it would not come "
                                "back. As a follow-up: %s",
                                say_ref(turn, call->incident),
                                incident_state_words(call->incident->state),
                                note_command(turn->arena, "followup %s @who WHAT",
                                             say_ref(turn, call->incident))),
                       err);
}

/* `done 5` would ask for an incident where it is typed elsewhere. */
static const char *drop_command(struct turn *turn, const struct command_call *call,
                                int64_t n)
{
    return call->is_in_channel
               ? note_command(turn->arena, "done %lld", (long long)n)
               : note_command(turn->arena, "done %s %lld",
                              say_ref(turn, call->incident), (long long)n);
}

bool park_put(struct turn *turn, const struct command_call *call, const char *text,
              struct err *err)
{
    enum incident_state state = call->incident->state;
    struct parked parked = {
        .incident_id = call->incident->id,
        .text = text,
        .person_id = call->speaker->id,
        .made_ms = turn->now_ms,
    };

    if (state == INCIDENT_REVIEWED || state == INCIDENT_CANCELLED) {
        return refuse_over(turn, call, err);
    }
    return incident_next_n(turn->store, parked.incident_id, &parked.n, err) &&
           record(
               turn, call, parked.n,
               arena_exact(turn->arena, "parked %lld: %s", (long long)parked.n, text),
               &parked.entry_n, err) &&
           parked_insert(turn->store, &parked, err) &&
           say_made(turn, call,
                    say_note(turn, "Parked %lld: %s %s. Drop it: %s",
                             (long long)parked.n, task_sentence(turn, text),
                             comes_back(turn, call->incident),
                             drop_command(turn, call, parked.n)),
                    err);
}

bool park_end(struct turn *turn, const struct command_call *call,
              const struct parked *parked, struct err *err)
{
    bool moved;

    if (!parked_finish(turn->store, parked->incident_id, parked->n, turn->now_ms,
                       &moved, err)) {
        return false;
    }
    if (!moved) {
        return say_private(
            turn, call,
            say_note(turn, "%lld is parked no more already. Nothing was changed.",
                     (long long)parked->n),
            err);
    }
    return record(
               turn, call, parked->n,
               arena_exact(turn->arena, "parked %lld is dropped", (long long)parked->n),
               NULL, err) &&
           say_made(turn, call,
                    say_note(turn, "Parked %lld is dropped: %s", (long long)parked->n,
                             say_brief(turn, parked->text)),
                    err);
}

bool park_find(struct turn *turn, const struct incident *incident, const char *words,
               struct parked **parked, bool *is_one, struct err *err)
{
    *parked = NULL;
    *is_one = text_is_number(words);
    if (!*is_one) {
        return true;
    }
    if (!parked_find(turn->store, incident->id, strtoll(words, NULL, 10), parked,
                     err)) {
        return false;
    }
    if (*parked != NULL && (*parked)->done_ms != TIME_NONE) {
        *parked = NULL;
    }
    return true;
}

bool park_becomes(struct turn *turn, const struct command_call *call,
                  const struct parked *parked, int64_t id, struct err *err)
{
    bool moved;

    return parked_finish(turn->store, parked->incident_id, parked->n, turn->now_ms,
                         &moved, err) &&
           record(turn, call, parked->n,
                  arena_exact(turn->arena, "parked %lld is follow-up %lld now",
                              (long long)parked->n, (long long)id),
                  NULL, err);
}

bool park_until_then(struct turn *turn, const struct incident *incident,
                     const char **words, struct err *err)
{
    struct parked_list parked;
    struct text line;

    text_init(&line, turn->arena);
    text_add(&line, "");
    if (!parked_list(turn->store, incident->id, &parked, err)) {
        return false;
    }
    for (size_t i = 0; i < parked.count; i++) {
        text_addf(&line, "%s%lld", i == 0 ? PHRASE(" Parked until then: ") : ", ",
                  (long long)parked.all[i].n);
    }
    text_add(&line, parked.count > 0 ? "." : "");
    *words = line.data;
    return true;
}

bool park_show(struct turn *turn, const struct incident *incident, struct note *note,
               struct err *err)
{
    struct parked_list parked;

    if (!parked_list(turn->store, incident->id, &parked, err)) {
        return false;
    }
    for (size_t i = 0; i < parked.count && i < SHOWN_MOST; i++) {
        const struct parked *one = &parked.all[i];

        note_line(
            note, "Parked %lld, %s: %s", (long long)one->n,
            note_words(turn->arena, one->handle),
            note_words(turn->arena, text_brief(turn->arena, one->text, TEXT_RUNES)));
    }
    if (parked.count > SHOWN_MOST) {
        note_line(note, "And %zu more parked: %s", parked.count - SHOWN_MOST,
                  note_command(turn->arena, "tasks"));
    }
    if (parked.count > 0) {
        note_line(note, "To make one a follow-up: %s",
                  note_command(turn->arena, "followup @who %lld due WHEN",
                               (long long)parked.all[0].n));
    }
    return true;
}
