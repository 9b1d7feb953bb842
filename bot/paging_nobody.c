#include "bot/paging_nobody.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/candidates.h"
#include "bot/duty.h"
#include "bot/ring_words.h"
#include "bot/say.h"
#include "store/people.h"
#include "store/services.h"

#define NUMBERS 3

/* Numbers gathered so far. */
struct numbers {
    struct turn *turn;
    const struct incident *incident;
    const struct page *page;
    const struct paging_skip *skip;
    int64_t listed[NUMBERS];
    size_t count;
    struct text text;
};

static bool is_skipped(const struct numbers *numbers, int64_t person_id)
{
    bool is = person_id == 0 || person_id == numbers->page->asker_id;

    for (size_t i = 0; i < numbers->skip->count; i++) {
        is = is || numbers->skip->ids[i] == person_id;
    }
    for (size_t i = 0; i < numbers->count; i++) {
        is = is || numbers->listed[i] == person_id;
    }
    return is;
}

/* ", away until Fri 20 March, 17:00 CET" */
static const char *away_words(struct turn *turn, const struct person *person)
{
    if (!person_is_away(person, turn->now_ms)) {
        return "";
    }
    return person->away_until_ms == INT64_MAX
               ? PHRASE(", away")
               : arena_printf(turn->arena, ", away until %s",
                              say_when(turn, person->away_until_ms));
}

static bool add(struct numbers *numbers, int64_t person_id, const char *why,
                struct err *err)
{
    struct turn *turn = numbers->turn;
    struct person *person = NULL;
    bool is_here;

    if (numbers->count >= NUMBERS || is_skipped(numbers, person_id)) {
        return true;
    }
    if (!person_find(turn->store, person_id, &person, err) ||
        !member_is(turn->store, numbers->incident->id, person_id, &is_here, err)) {
        return false;
    }
    if (person == NULL || is_here || text_is_empty(person->phone)) {
        return true;
    }
    numbers->listed[numbers->count++] = person_id;
    text_addf(&numbers->text, "%s%s%s%s", numbers->count > 1 ? "; " : "",
              ring_words_number(turn, person), why, away_words(turn, person));
    return true;
}

/* Those the rule would choose, were they not away. */
static bool add_fitting(struct numbers *numbers, struct err *err)
{
    const struct page *page = numbers->page;
    struct candidates_wish wish = {
        .incident = numbers->incident,
        .asker_id = page->asker_id,
        .named_id = page->wanted_id,
        .service_id = page->service_id,
        .words = page->service_id == 0 ? page->why : NULL,
        .with_away = true,
        .pool = ESCALATION_FITTING,
    };
    struct candidates candidates;

    if (!candidates_find(numbers->turn, &wish, &candidates, err)) {
        return false;
    }
    for (size_t i = 0; i < candidates.count; i++) {
        if (!add(numbers, candidates.all[i].person_id, "", err)) {
            return false;
        }
    }
    return true;
}

/* Better somebody of another team than nobody. */
static bool add_on_duty(struct numbers *numbers, struct err *err)
{
    struct turn *turn = numbers->turn;
    struct services all;

    if (!services_all(turn->store, &all, err)) {
        return false;
    }
    for (size_t i = 0; i < all.count; i++) {
        struct duty duty;

        if (!duty_now(turn, all.all[i].id, turn->now_ms, &duty, err) ||
            !add(numbers, duty.person_id,
                 arena_printf(turn->arena, ", on call for %s",
                              note_words(turn->arena, all.all[i].name)),
                 err)) {
            return false;
        }
    }
    return true;
}

bool paging_numbers(struct turn *turn, const struct incident *incident,
                    const struct page *page, const struct paging_skip *skip,
                    const char **words, struct err *err)
{
    struct numbers numbers = {
        .turn = turn, .incident = incident, .page = page, .skip = skip};

    *words = NULL;
    if (incident->is_drill) {
        return true; /* nobody is reached outside chat */
    }
    text_init(&numbers.text, turn->arena);
    if (!add_fitting(&numbers, err) ||
        (numbers.count == 0 && !add_on_duty(&numbers, err))) {
        return false;
    }
    *words = numbers.count == 0 ? NULL : numbers.text.data;
    return true;
}

/* "Nobody is on call for ledger", "tove is on call for checkout, but away". */
static bool duty_words(struct turn *turn, const struct page *page, const char *target,
                       const char **words, struct err *err)
{
    struct duty duty = {0};

    if (page->service_id != 0 &&
        !duty_now(turn, page->service_id, turn->now_ms, &duty, err)) {
        return false;
    }
    *words = duty.person_id == 0
                 ? arena_printf(turn->arena, "Nobody is on call for %s",
                                note_words(turn->arena, target))
                 : arena_printf(turn->arena, "%s is on call for %s, but away",
                                say_person(turn, duty.person_id),
                                note_words(turn->arena, target));
    return true;
}

static bool why_nobody(struct turn *turn, const struct command_call *call,
                       const struct page *page, const char *target, struct note **note,
                       struct err *err)
{
    const char *severity = call->incident->severity;
    const char *duty;

    if (!page->is_escalation) {
        if (!duty_words(turn, page, target, &duty, err)) {
            return false;
        }
        *note = say_note(turn, "%s, and I know nobody else for it. Nobody was paged.",
                         duty);
    } else if (!config_level_wakes(turn->config, severity)) {
        *note = say_note(turn,
                         "I find nobody new who is awake, and at %s I wake nobody. "
                         "Nobody was paged. Bigger than that: %s",
                         severity, note_command(turn->arena, "gut bigger WHY"));
    } else {
        *note = say_note(turn, "I find nobody new to call: no service or skill that "
                               "anybody else has fits. Nobody was paged.");
    }
    return true;
}

bool paging_nobody(struct turn *turn, const struct command_call *call,
                   const struct page *page, const char *target, struct note **note,
                   struct err *err)
{
    static const struct paging_skip nobody = {.count = 0};
    const char *numbers;

    if (!paging_numbers(turn, call->incident, page, &nobody, &numbers, err) ||
        !why_nobody(turn, call, page, target, note, err)) {
        return false;
    }
    if (numbers != NULL) {
        note_line(*note, "By hand: %s.", numbers);
    }
    if (page->is_escalation &&
        !candidates_add_here(turn, call->incident, call->speaker->id, *note, err)) {
        return false;
    }
    note_line(*note, "Somebody by name: %s. People by skill: %s",
              note_command(turn->arena, "page @who WHY"),
              note_command(turn->arena, "who can TEXT"));
    return true;
}
