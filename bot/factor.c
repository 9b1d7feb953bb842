#include "bot/factor.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/duty.h"
#include "bot/factor_tree.h"
#include "bot/recorder.h"
#include "bot/retro.h"
#include "bot/say.h"
#include "bot/wording_hint.h"

#define FACT "factor"

/* A thing or a rule that counts: with one of these, a person does not stand alone. */
static bool is_firm(const struct factor *factor)
{
    return !factor->names_person && !factor_is_irrelevant(factor) &&
           (text_equal(factor->kind, "technical") ||
            text_equal(factor->kind, "process"));
}

static bool firm_stands(const struct factors *factors)
{
    for (size_t i = 0; i < factors->count; i++) {
        if (is_firm(&factors->all[i])) {
            return true;
        }
    }
    return false;
}

bool factor_settle(struct turn *turn, int64_t incident_id, const char **released,
                   struct err *err)
{
    struct factors factors;
    struct text list;

    text_init(&list, turn->arena);
    if (!factors_list(turn->store, incident_id, true, &factors, err)) {
        return false;
    }
    for (size_t i = 0; i < factors.count; i++) {
        const struct factor *factor = &factors.all[i];
        bool must_wait = factor->names_person && !firm_stands(&factors);

        if (must_wait == factor->is_held) {
            continue;
        }
        if (!factor_hold(turn->store, factor, must_wait, err)) {
            return false;
        }
        if (!must_wait) {
            text_addf(&list, "%s%lld", list.length_bytes == 0 ? "" : ", ",
                      (long long)factor->n);
        }
    }
    if (released != NULL) {
        *released = list.length_bytes == 0 ? NULL : list.data;
    }
    return true;
}

static const char *drop_words(struct turn *turn, int64_t entry_n)
{
    return note_command(turn->arena, "drop %lld", (long long)entry_n);
}

/* " (rota: since Mon 9 March)": the shift the incident was declared in, of whoever was
 * on duty for its service; "" where none was. */
static bool shift_words(struct turn *turn, const struct incident *incident,
                        const char **words, struct err *err)
{
    struct duty duty;

    *words = "";
    if (incident->service_id == 0) {
        return true;
    }
    if (!duty_now(turn, incident->service_id, incident->declared_ms, &duty, err)) {
        return false;
    }
    if (duty.person_id != 0 && duty.since_ms != TIME_NONE) {
        *words = arena_printf(turn->arena, " (rota: since %s)",
                              time_day(turn->arena, duty.since_ms, turn_zone(turn)));
    }
    return true;
}

static bool answer_held(struct turn *turn, const struct command_call *call,
                        const struct factor *factor, struct err *err)
{
    const char *shift;
    struct note *note =
        say_note(turn, "Not in the draft yet: it names a person. Three questions that "
                       "may find more:");

    if (!shift_words(turn, call->incident, &shift, err)) {
        return false;
    }
    note_line(note, "1 %s 2 Had there been training on it? 3 How long was the shift?%s",
              text_holds(factor->text, "alert")
                  ? PHRASE("Was the alert noisy?")
                  : PHRASE("What made it easy to do or to miss?"),
              shift);
    note_line(note,
              "%s, or technical: once one stands beside it, yours goes in, too. "
              "Take it out: %s",
              note_command(turn->arena, "factor process TEXT"),
              drop_words(turn, factor->entry_n));
    return say_private(turn, call, note, err);
}

/* How deep it stands: 0 for one that nothing happened because of. */
static bool depth_of(struct turn *turn, int64_t incident_id, int64_t n, size_t *depth,
                     struct err *err)
{
    struct factor_links links;

    if (!factor_links_list(turn->store, incident_id, true, &links, err)) {
        return false;
    }
    *depth = factor_tree_depth(turn->arena, &links, n);
    return true;
}

/* Five whys deep is deep enough: then the whole is worth a look. */
static const char *next_words(struct turn *turn, const struct factor *factor,
                              size_t depth)
{
    return depth >= FACTOR_WHYS
               ? arena_printf(turn->arena, "That is %zu whys deep. All of it: %s",
                              depth, note_command(turn->arena, "graph"))
               : arena_printf(
                     turn->arena, "What made it possible? %s",
                     note_command(turn->arena, "why %lld TEXT", (long long)factor->n));
}

static struct note *answer(struct turn *turn, const struct command_call *call,
                           const struct factor *factor, int64_t behind_n, size_t depth)
{
    struct arena *arena = turn->arena;
    const char *behind = behind_n == 0 ? ""
                                       : arena_printf(arena, ", behind factor %lld",
                                                      (long long)behind_n);
    const char *other = behind_n == 0
                            ? ""
                            : arena_printf(arena, " Another kind: %s.",
                                           note_command(arena, "factor KIND %lld",
                                                        (long long)factor->n));

    return say_note(turn, "Factor %lld, %s%s. Thank you, %s. %s.%s Take it out: %s",
                    (long long)factor->n, factor->kind, behind,
                    note_words(arena, call->speaker->handle),
                    next_words(turn, factor, depth), other,
                    drop_words(turn, factor->entry_n));
}

const char *factor_held_record(struct arena *arena, int64_t n)
{
    return arena_exact(arena, "factor %lld, which waits for another", (long long)n);
}

/* One that waits is on the timeline, so that it can be taken back, but not its words.
 */
static bool record(struct turn *turn, const struct command_call *call,
                   struct factor *factor, int64_t behind_n, struct err *err)
{
    const char *behind =
        behind_n == 0
            ? ""
            : arena_exact(turn->arena, ", behind factor %lld", (long long)behind_n);
    const char *text =
        factor->is_held
            ? factor_held_record(turn->arena, factor->n)
            : arena_exact(turn->arena, "factor %lld, %s%s: %s", (long long)factor->n,
                          factor->kind, behind, factor->text);

    return recorder_fact(turn, call->incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = FACT,
                                        .subject = factor->n,
                                        .text = text},
                         &factor->entry_n, err);
}

static bool link_behind(struct turn *turn, const struct factor *factor, int64_t n,
                        struct err *err)
{
    bool is_new;

    return n == 0 ||
           (factor_link(turn->store, factor->incident_id, n, factor->n, &is_new, err) &&
            factor_link_set_entry(turn->store, factor->incident_id, n, factor->n,
                                  factor->entry_n, err));
}

/* Must this one wait? Nothing it could stand beside is there. */
static bool look(struct turn *turn, struct factor *factor, struct err *err)
{
    struct factors factors;

    if (!factor_names_person(turn, factor->text, &factor->names_person, err) ||
        !factors_list(turn->store, factor->incident_id, true, &factors, err)) {
        return false;
    }
    factor->is_held = factor->names_person && !firm_stands(&factors);
    return true;
}

static bool tell(struct turn *turn, const struct command_call *call,
                 const struct factor *factor, int64_t behind_n, const char *released,
                 struct err *err)
{
    struct note *note;
    size_t depth;

    if (factor->is_held) {
        return answer_held(turn, call, factor, err);
    }
    if (!depth_of(turn, factor->incident_id, factor->n, &depth, err)) {
        return false;
    }
    note = answer(turn, call, factor, behind_n, depth);
    if (released != NULL) {
        note_line(note, "In the draft now, too: %s.", released);
    }
    return say_made(turn, call, note, err);
}

/* behind_n 0: behind none. */
static bool give(struct turn *turn, const struct command_call *call,
                 struct factor *factor, int64_t behind_n, struct err *err)
{
    const char *released;

    factor->incident_id = call->incident->id;
    factor->person_id = call->speaker->id;
    factor->at_ms = turn->now_ms;
    return look(turn, factor, err) &&
           incident_next_factor(turn->store, factor->incident_id, &factor->n, err) &&
           record(turn, call, factor, behind_n, err) &&
           factor_insert(turn->store, factor, err) &&
           link_behind(turn, factor, behind_n, err) &&
           factor_settle(turn, factor->incident_id, &released, err) &&
           retro_refresh(turn, call->incident, RETRO_BIT(RETRO_FACTORS), err) &&
           tell(turn, call, factor, behind_n, released, err) &&
           wording_hint(turn, call, factor->text, WORDING_INSIDE, err);
}

bool factor_give(struct turn *turn, const struct command_call *call, const char *kind,
                 const char *text, struct err *err)
{
    struct factor factor = {.kind = kind, .text = text};

    return give(turn, call, &factor, 0, err);
}

bool factor_refuse_number(struct turn *turn, const struct command_call *call, int64_t n,
                          struct err *err)
{
    return say_private(turn, call,
                       say_note(turn,
                                "There is no factor %lld in %s. Nothing was "
                                "changed.",
                                (long long)n, say_ref(turn, call->incident)),
                       err);
}

bool factor_why(struct turn *turn, const struct command_call *call, int64_t n,
                const char *text, struct err *err)
{
    struct factor *behind;
    struct factor factor = {.text = text};

    if (!factor_find(turn->store, call->incident->id, n, &behind, err)) {
        return false;
    }
    if (behind == NULL) {
        return factor_refuse_number(turn, call, n, err);
    }
    factor.kind = behind->kind;
    return give(turn, call, &factor, n, err);
}
