/* A question that goes on: to whom, and in whose names. */
#include <stdlib.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/incident.h"
#include "bot/question_on_inner.h"
#include "bot/say.h"

static int64_t root_of(const struct question *question)
{
    return question->root_id == 0 ? question->id : question->root_id;
}

bool question_next(struct turn *turn, const struct question *question,
                   const char *words, int64_t named_id, const struct candidate **next,
                   struct err *err)
{
    struct incident *incident = NULL;
    struct candidates_wish wish = {
        .asker_id = question->asker_id,
        .named_id = named_id,
        .words = words,
        .to_asker = true,
        .only_awake = true, /* for those who sleep there is the page */
        .pool = ESCALATION_FITTING,
    };
    struct candidates found;
    struct questions chain;
    int64_t *skip;

    *next = NULL;
    if ((question->incident_id != 0 &&
         !incident_find(turn->store, question->incident_id, &incident, err)) ||
        !questions_from(turn->store, root_of(question), &chain, err)) {
        return false;
    }
    skip = ARENA_ARRAY(turn->arena, int64_t, chain.count + 1);
    for (size_t i = 0; i < chain.count; i++) {
        skip[i] = chain.all[i].person_id;
    }
    wish.skip = skip;
    wish.skip_count = chain.count;
    wish.incident = incident;
    if (!candidates_find(turn, &wish, &found, err)) {
        return false;
    }
    if (found.count > 0) {
        *next = &found.all[0];
    }
    return true;
}

bool question_end_both(struct turn *turn, const struct question *question,
                       struct err *err)
{
    struct offers offers;
    bool settled;

    if (!offers_about(turn->store, QUESTION_BOTH, question->id, &offers, err)) {
        return false;
    }
    return offers.count == 0 ||
           offer_end(turn, &offers.all[0], OFFER_LAPSED, &settled, err);
}

static bool tell_sent(struct turn *turn, const struct question *asked, int64_t late_ms,
                      struct err *err)
{
    const char *late = say_late(turn, late_ms);
    const char *who = say_person(turn, asked->person_id);
    struct note *mine =
        asked->with_id == 0
            ? say_note(turn, "Asked %s. Only %s sees it.%s", who, who, late)
            : say_note(turn,
                       "Asked %s, in both your names: %s's and yours. The answer comes "
                       "to you both.%s",
                       who, say_person(turn, asked->with_id), late);

    return say_direct(turn, NULL, asked->asker_id, mine, NULL, err) &&
           (asked->with_id == 0 ||
            say_direct(turn, NULL, asked->with_id,
                       say_note(turn,
                                "Asked %s, in both your names: %s's and yours. The "
                                "answer comes to you, too.%s",
                                who, say_person(turn, asked->asker_id), late),
                       NULL, err));
}

/* Whom the asker was told it would go to; 0: nobody. */
static bool find_told(struct turn *turn, const struct question *question,
                      int64_t *person_id, struct err *err)
{
    struct offers offers;

    *person_id = 0;
    if (!offers_about(turn->store, QUESTION_ON, question->id, &offers, err)) {
        return false;
    }
    if (offers.count > 0) {
        *person_id = strtoll(text_or(offers.all[0].note, "0"), NULL, 10);
    }
    return true;
}

bool question_is_over(struct turn *turn, const struct question *question, bool *is_over,
                      struct err *err)
{
    struct incident *incident = NULL;

    *is_over = false;
    if (question->incident_id == 0) {
        return true;
    }
    if (!incident_find(turn->store, question->incident_id, &incident, err)) {
        return false;
    }
    *is_over = incident != NULL && !incident_is_open(incident) &&
               (incident->resolved_ms == TIME_NONE ||
                incident->resolved_ms >= question->asked_ms);
    return true;
}

bool question_tell_over(struct turn *turn, const struct question *question,
                        struct err *err)
{
    struct incident *incident = NULL;
    int64_t told_id;

    if (!incident_find(turn->store, question->incident_id, &incident, err) ||
        !find_told(turn, question, &told_id, err)) {
        return false;
    }
    return question_end_both(turn, question, err) &&
           say_direct(
               turn, incident, question->asker_id,
               say_note(turn,
                        "%s is %s by now, so your question did not go to %s. Still "
                        "wanted: %s",
                        say_ref(turn, incident), incident_state_words(incident->state),
                        say_person(turn, told_id),
                        note_command(turn->arena, "ask @%s QUESTION",
                                     say_person(turn, told_id))),
               NULL, err);
}

bool question_send_on(struct turn *turn, const struct question *question,
                      int64_t with_id, int64_t late_ms, struct err *err)
{
    const struct candidate *next;
    int64_t told_id;
    struct question on = {
        .incident_id = question->incident_id,
        .asker_id = question->asker_id,
        .with_id = with_id,
        .root_id = root_of(question),
        .text = question->text,
        .asked_ms = turn->now_ms,
    };

    if (!alarm_clear(turn->store, QUESTION_ON, 0, question->id, err) ||
        !question_end_both(turn, question, err) ||
        !find_told(turn, question, &told_id, err) ||
        !question_next(turn, question, question->text, told_id, &next, err)) {
        return false;
    }
    if (next == NULL) {
        return say_direct(turn, NULL, question->asker_id,
                          say_note(turn,
                                   "Nobody is left to ask who may know. Somebody "
                                   "by name: %s",
                                   note_command(turn->arena, "ask @who QUESTION")),
                          NULL, err);
    }
    on.person_id = next->person_id;
    return question_send(turn, &on, late_ms, err) && tell_sent(turn, &on, late_ms, err);
}
