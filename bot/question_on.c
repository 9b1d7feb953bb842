#include <ctype.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/question_on_inner.h"
#include "bot/say.h"

#define BETWEEN      " \t\r\n,.;:!?" /* words that say nothing */
#define CLAUSE_WORDS 6
#define LAPSE_MS     (30 * TIME_MINUTE_MS) /* of the offer to ask on */
#define WAIT_MS      (5 * TIME_MINUTE_MS)  /* for the other's yes */

/* Behind the first of `words` that stands at `at`, as a whole word; else NULL. */
static const char *behind_one(const char *at, const char *const *words)
{
    for (; *words != NULL; words++) {
        size_t length = strlen(*words);

        if (text_starts(at, *words) && !isalnum((unsigned char)at[length]) &&
            at[length] != '\'') {
            return at + length;
        }
    }
    return NULL;
}

/* Behind "sorry, I", "hm ..."; `at` itself where none of them stands there. */
static const char *behind_fillers(const char *at)
{
    static const char *const fillers[] = {"sorry", "i'm", "i\u2019m", "im",  "i",
                                          "hmm",   "hm",  "either",   "too", NULL};
    const char *behind;

    while ((behind = behind_one(at + strspn(at, BETWEEN), fillers)) != NULL) {
        at = behind;
    }
    return at;
}

/* What follows "don't know" up to the end: does it go on about that alone? What stands
 * behind a comma or a colon is something they do know. */
static bool is_short_clause(const char *rest)
{
    size_t words = 0;

    if (text_holds(rest, " but ") || text_holds(rest, " - ") ||
        strpbrk(rest, ",:;") != NULL) {
        return false;
    }
    while (*(rest += strspn(rest, " \t\r\n")) != '\0') {
        words += 1;
        rest += strcspn(rest, " \t\r\n");
    }
    return words <= CLAUSE_WORDS;
}

bool question_is_unknowing(const char *text)
{
    static const char *const words[] = {"don't know",  "dont know", "don\u2019t know",
                                        "do not know", "no idea",   "no clue",
                                        "not sure",    "dunno",     NULL};
    const char *at = behind_fillers(text);
    const char *rest = behind_one(at + strspn(at, BETWEEN), words);

    return rest != NULL && is_short_clause(behind_fillers(rest));
}

/* The rest is the same for both kinds. */
static bool put_offer(struct turn *turn, const struct question *question,
                      struct offer *offer, struct err *err)
{
    offer->subject = question->id;
    offer->made_ms = turn->now_ms;
    offer->ends_ms = turn->now_ms + LAPSE_MS;
    return offer_insert(turn->store, offer, err);
}

/* One at a time: what was offered before and not taken up is past. */
static bool end_earlier(struct turn *turn, int64_t person_id, struct err *err)
{
    struct offers offers;
    bool settled;

    if (!offers_to(turn->store, person_id, 0, &offers, err)) {
        return false;
    }
    for (size_t i = 0; i < offers.count; i++) {
        if (text_equal(offers.all[i].kind, QUESTION_ON) &&
            !offer_end(turn, &offers.all[i], OFFER_LAPSED, &settled, err)) {
            return false;
        }
    }
    return true;
}

/* Asked together already, nobody is asked to join a second time. */
static bool ask_both(struct turn *turn, const struct command_call *call,
                     const struct question *question, struct err *err)
{
    struct offer offer = {
        .kind = QUESTION_BOTH,
        .from_id = question->asker_id,
        .to_id = question->person_id,
    };
    struct note *note;

    if (question->with_id != 0) {
        return true;
    }
    if (!put_offer(turn, question, &offer, err)) {
        return false;
    }
    note = say_note(turn,
                    "Thank you. If %s asks on, may it be in both your names? Yes: %s. "
                    "No: %s, and nobody is told.",
                    say_person(turn, question->asker_id),
                    note_command(turn->arena, "accept"),
                    note_command(turn->arena, "decline"));
    note_choice(note, "Yes", "accept %lld", (long long)offer.id);
    note_choice(note, "No", "decline %lld", (long long)offer.id);
    return say_private(turn, call, note, err);
}

static bool set_alarm(struct turn *turn, const struct question *question,
                      int64_t after_ms, struct err *err)
{
    return alarm_after(turn,
                       &(struct alarm){.kind = QUESTION_ON, .subject = question->id},
                       after_ms, err);
}

bool question_offer_on(struct turn *turn, const struct command_call *call,
                       const struct question *question, const char *answer,
                       struct note *note, struct err *err)
{
    const struct candidate *next;
    struct offer offer = {.kind = QUESTION_ON, .to_id = question->asker_id};

    if (!question_next(turn, question,
                       arena_printf(turn->arena, "%s %s", question->text, answer), 0,
                       &next, err)) {
        return false;
    }
    if (next == NULL) {
        return true;
    }
    offer.note = arena_printf(turn->arena, "%lld", (long long)next->person_id);
    if (!end_earlier(turn, question->asker_id, err) ||
        !put_offer(turn, question, &offer, err)) {
        return false;
    }
    note_line(note, "Or gently: the same question in private to %s (%s). %s",
              next->handle, escalation_reasons(turn->arena, next, ", "),
              note_command(turn->arena, "accept"));
    note_choice(note, "Ask on", "accept %lld", (long long)offer.id);
    return set_alarm(turn, question, LAPSE_MS, err) &&
           ask_both(turn, call, question, err);
}

/* What the other said to being named: OFFER_OPEN where nothing yet, or was not asked.
 */
static bool find_both(struct turn *turn, const struct question *question,
                      enum offer_state *state, struct err *err)
{
    struct offers offers;

    *state = OFFER_OPEN;
    if (!offers_about(turn->store, QUESTION_BOTH, question->id, &offers, err)) {
        return false;
    }
    if (offers.count > 0) {
        *state = offers.all[0].state;
    }
    return true;
}

static bool find_question(struct turn *turn, const struct offer *offer,
                          struct question **question, struct err *err)
{
    if (!question_find(turn->store, offer->subject, question, err)) {
        return false;
    }
    INSIST(*question != NULL);
    return true;
}

/* The asker wants to. Who said yes already is named at once; for anybody else there is
 * a while, the same after a no as after silence. */
static bool on_accepted(struct turn *turn, const struct command_call *call,
                        const struct offer *offer, struct err *err)
{
    struct question *question;
    enum offer_state both;

    if (!find_question(turn, offer, &question, err) ||
        !find_both(turn, question, &both, err)) {
        return false;
    }
    if (question->with_id != 0 || both == OFFER_ACCEPTED) {
        return question_send_on(
            turn, question,
            question->with_id != 0 ? question->with_id : question->person_id, 0, err);
    }
    return set_alarm(turn, question, WAIT_MS, err) &&
           say_private(turn, call,
                       say_note(turn,
                                "It goes out at %s: in both your names if %s says yes "
                                "by then, else in yours alone.",
                                say_clock(turn, turn->now_ms + WAIT_MS),
                                say_person(turn, question->person_id)),
                       err);
}

static bool on_declined(struct turn *turn, const struct command_call *call,
                        const struct offer *offer, struct err *err)
{
    struct question *question;

    return find_question(turn, offer, &question, err) &&
           alarm_clear(turn->store, QUESTION_ON, 0, question->id, err) &&
           question_end_both(turn, question, err) &&
           say_private(turn, call, say_note(turn, "Fine. Nobody else is asked."), err);
}

const struct offer_kind question_on_kind = {
    .name = QUESTION_ON,
    .what = "ask on",
    .accept = on_accepted,
    .decline = on_declined,
};

/* Does the asker wait for it already? */
static bool is_waited_for(struct turn *turn, const struct question *question,
                          bool *is_so, struct err *err)
{
    struct offers offers;

    *is_so = false;
    if (!offers_about(turn->store, QUESTION_ON, question->id, &offers, err)) {
        return false;
    }
    for (size_t i = 0; i < offers.count; i++) {
        *is_so = *is_so || offers.all[i].state == OFFER_ACCEPTED;
    }
    return true;
}

static bool both_accepted(struct turn *turn, const struct command_call *call,
                          const struct offer *offer, struct err *err)
{
    struct question *question;
    bool is_waited;

    if (!find_question(turn, offer, &question, err) ||
        !is_waited_for(turn, question, &is_waited, err)) {
        return false;
    }
    return is_waited ? question_send_on(turn, question, question->person_id, 0, err)
                     : say_private(turn, call,
                                   say_note(turn,
                                            "Thank you. Nothing goes out before %s "
                                            "wants it to.",
                                            say_person(turn, question->asker_id)),
                                   err);
}

static bool both_declined(struct turn *turn, const struct command_call *call,
                          const struct offer *offer, struct err *err)
{
    (void)offer;
    return say_private(turn, call, say_note(turn, "Fine. Nobody is told."), err);
}

const struct offer_kind question_both_kind = {
    .name = QUESTION_BOTH,
    .what = "ask together",
    .accept = both_accepted,
    .decline = both_declined,
};

/* The while is over: it goes out if the asker wants it to, else the offers are past. */
static bool run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                struct err *err)
{
    struct question *question;
    struct offers offers;
    bool is_wanted, is_over, settled;

    if (!question_find(turn->store, alarm->subject, &question, err)) {
        return false;
    }
    if (question == NULL) {
        return true;
    }
    if (!is_waited_for(turn, question, &is_wanted, err) ||
        !question_is_over(turn, question, &is_over, err)) {
        return false;
    }
    if (is_wanted) {
        return is_over ? question_tell_over(turn, question, err)
                       : question_send_on(turn, question, 0, late_ms, err);
    }
    if (!offers_about(turn->store, QUESTION_ON, question->id, &offers, err)) {
        return false;
    }
    for (size_t i = 0; i < offers.count; i++) {
        if (!offer_end(turn, &offers.all[i], OFFER_LAPSED, &settled, err)) {
            return false;
        }
    }
    return question_end_both(turn, question, err);
}

const struct alarm_kind question_on_alarm = {
    .name = QUESTION_ON,
    .acts = true,
    .run = run,
};
