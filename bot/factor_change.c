/* Another kind for a factor, and how it contributed. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/factor.h"
#include "bot/recorder.h"
#include "bot/retro.h"
#include "bot/say.h"

#define FACT "factor"

static bool record(struct turn *turn, const struct command_call *call, int64_t n,
                   const char *text, int64_t *entry_n, struct err *err)
{
    return recorder_fact(
        turn, call->incident,
        &(struct fact){
            .person_id = call->speaker->id, .kind = FACT, .subject = n, .text = text},
        entry_n, err);
}

bool factor_rekind(struct turn *turn, const struct command_call *call, int64_t n,
                   const char *kind, struct err *err)
{
    struct factor *factor;
    const char *was;

    if (!factor_find(turn->store, call->incident->id, n, &factor, err)) {
        return false;
    }
    if (factor == NULL) {
        return factor_refuse_number(turn, call, n, err);
    }
    was = factor->kind;
    return factor_set_kind(turn->store, call->incident->id, n, kind, err) &&
           record(turn, call, n,
                  arena_exact(turn->arena, "factor %lld is %s (was %s)", (long long)n,
                              kind, was),
                  NULL, err) &&
           factor_settle(turn, call->incident->id, NULL, err) &&
           retro_refresh(turn, call->incident, RETRO_BIT(RETRO_FACTORS), err) &&
           say_made(
               turn, call,
               say_note(turn, "Factor %lld is %s now (was %s). Back: %s", (long long)n,
                        kind, was,
                        note_command(turn->arena, "factor %s %lld", was, (long long)n)),
               err);
}

static struct note *answer_judged(struct turn *turn, const struct factor *factor,
                                  const char *how, int64_t entry_n)
{
    bool is_irrelevant = text_equal(how, "irrelevant");

    return say_note(turn, "Factor %lld judged %s (was %s). %sTake it out: %s",
                    (long long)factor->n, how,
                    text_or(factor->judged, PHRASE("not judged")),
                    is_irrelevant ? PHRASE("It stays on record, and out of the outside "
                                           "version. ")
                                  : "",
                    note_command(turn->arena, "drop %lld", (long long)entry_n));
}

bool factor_judge_how(struct turn *turn, const struct command_call *call, int64_t n,
                      const char *how, struct err *err)
{
    struct factor *factor;
    int64_t entry_n;

    if (!factor_find(turn->store, call->incident->id, n, &factor, err)) {
        return false;
    }
    if (factor == NULL) {
        return factor_refuse_number(turn, call, n, err);
    }
    return record(turn, call, n,
                  arena_exact(turn->arena, "factor %lld judged %s (was %s)",
                              (long long)n, how, text_or(factor->judged, "not judged")),
                  &entry_n, err) &&
           factor_judge(turn->store, factor, how, entry_n, err) &&
           factor_settle(turn, call->incident->id, NULL, err) &&
           retro_refresh(turn, call->incident, RETRO_BIT(RETRO_FACTORS), err) &&
           say_made(turn, call, answer_judged(turn, factor, how, entry_n), err);
}
