/* Which factor happened because of which: never in a loop. */
#include "bot/base/phrase.h"
#include "bot/factor.h"
#include "bot/recorder.h"
#include "bot/retro.h"
#include "bot/say.h"

#define FACT "factor"

static bool is_met(const int64_t *met, size_t count, int64_t n)
{
    for (size_t i = 0; i < count; i++) {
        if (met[i] == n) {
            return true;
        }
    }
    return false;
}

/* Adds to `met` what `n` happened because of, each factor once. */
static void add_causes(const struct factor_links *links, int64_t n, int64_t *met,
                       size_t *count)
{
    for (size_t i = 0; i < links->count; i++) {
        const int64_t *link = links->all[i];

        if (link[0] == n && !is_met(met, *count, link[1])) {
            met[(*count)++] = link[1];
        }
    }
}

/* Would n stand behind itself? Walks from because_n on along what it happened because
 * of, until nothing new is met. */
static bool is_loop(struct turn *turn, const struct factor_links *links, int64_t n,
                    int64_t because_n)
{
    int64_t *met = ARENA_ARRAY(turn->arena, int64_t, links->count + 1);
    size_t count = 1;

    met[0] = because_n;
    for (size_t at = 0; at < count; at++) {
        add_causes(links, met[at], met, &count);
    }
    return is_met(met, count, n);
}

/* *missing: the number that is no factor; 0: both are. */
static bool find_missing(struct turn *turn, const struct command_call *call,
                         const int64_t numbers[2], int64_t *missing, struct err *err)
{
    struct factor *factor;

    *missing = 0;
    for (size_t i = 0; i < 2 && *missing == 0; i++) {
        if (!factor_find(turn->store, call->incident->id, numbers[i], &factor, err)) {
            return false;
        }
        *missing = factor == NULL ? numbers[i] : 0;
    }
    return true;
}

static bool refuse_loop(struct turn *turn, const struct command_call *call, int64_t n,
                        int64_t because_n, struct err *err)
{
    const char *why =
        n == because_n
            ? PHRASE("A factor can't stand behind itself.")
            : arena_printf(turn->arena,
                           "Factor %lld happened because of factor %lld already, so "
                           "the other way round it would be a loop.",
                           (long long)because_n, (long long)n);

    return say_unchanged(turn, call, why, err);
}

/* Both are there, and it is no loop. */
static bool link_factors(struct turn *turn, const struct command_call *call, int64_t n,
                         int64_t because_n, struct err *err)
{
    int64_t incident_id = call->incident->id;
    int64_t entry_n;
    bool is_new;

    if (!factor_link(turn->store, incident_id, n, because_n, &is_new, err)) {
        return false;
    }
    if (!is_new) {
        return say_private(turn, call,
                           say_note(turn,
                                    "Factor %lld because of factor %lld is known "
                                    "already. Nothing was changed.",
                                    (long long)n, (long long)because_n),
                           err);
    }
    return recorder_fact(
               turn, call->incident,
               &(struct fact){
                   .person_id = call->speaker->id,
                   .kind = FACT,
                   .subject = n,
                   .text = arena_exact(turn->arena,
                                       "factor %lld happened because of factor %lld",
                                       (long long)n, (long long)because_n)},
               &entry_n, err) &&
           factor_link_set_entry(turn->store, incident_id, n, because_n, entry_n,
                                 err) &&
           retro_refresh(turn, call->incident, RETRO_BIT(RETRO_FACTORS), err) &&
           say_made(
               turn, call,
               say_note(turn,
                        "Factor %lld happened because of factor %lld. Take it "
                        "out: %s",
                        (long long)n, (long long)because_n,
                        note_command(turn->arena, "drop %lld", (long long)entry_n)),
               err);
}

bool factor_because(struct turn *turn, const struct command_call *call, int64_t n,
                    int64_t because_n, struct err *err)
{
    const int64_t numbers[2] = {n, because_n};
    struct factor_links links;
    int64_t missing;

    if (!find_missing(turn, call, numbers, &missing, err) ||
        !factor_links_list(turn->store, call->incident->id, true, &links, err)) {
        return false;
    }
    if (missing != 0) {
        return factor_refuse_number(turn, call, missing, err);
    }
    if (is_loop(turn, &links, n, because_n)) {
        return refuse_loop(turn, call, n, because_n, err);
    }
    return link_factors(turn, call, n, because_n, err);
}
