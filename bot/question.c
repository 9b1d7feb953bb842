#include "bot/question.h"

#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/candidates.h"
#include "bot/incident.h"
#include "bot/question_on.h"
#include "bot/question_on_inner.h"
#include "bot/say.h"
#include "store/offers.h"
#include "store/pages.h"
#include "store/questions.h"
#include "store/tasks.h"

#define GOES_ON_MS    (10 * TIME_MINUTE_MS) /* more lines of one answer */
#define WORK_FROM     9
#define WORK_UNTIL    18
#define FIRST_WEEKEND 5 /* Saturday, from Monday as 0 */

/* Whom to ask, and what the asker is told of them. */
struct asked {
    int64_t person_id;
    const char *handle;
    const char *tie;   /* "your buddy"; NULL: nothing to say */
    const char *local; /* "10:00 in Singapore"; NULL: the same hour */
    bool is_awake;
};

static bool choose(struct turn *turn, const struct command_call *call, const char *text,
                   struct asked *asked, struct err *err)
{
    struct candidates_wish wish = {
        .incident = call->incident,
        .adapter = call->event->place.adapter,
        .asker_id = call->speaker->id,
        .words = text,
        .to_asker = true,
        .buddy_first = true,
        .pool = ESCALATION_FITTING,
    };
    struct candidates candidates;

    if (!candidates_find(turn, &wish, &candidates, err)) {
        return false;
    }
    if (candidates.count > 0) {
        const struct candidate *first = &candidates.all[0];

        *asked = (struct asked){
            .person_id = first->person_id,
            .handle = first->handle,
            .tie = first->tie == ESCALATION_BUDDY
                       ? first->tie_words
                       : escalation_reasons(turn->arena, first, ", "),
            .local = first->local,
            .is_awake = first->is_awake,
        };
    }
    return true;
}

static bool describe(struct turn *turn, const struct command_call *call,
                     const struct person *person, struct asked *asked, struct err *err)
{
    asked->person_id = person->id;
    asked->handle = note_words(turn->arena, person->handle);
    return candidates_local(turn, person->id, call->event->place.adapter, &asked->local,
                            &asked->is_awake, err);
}

static bool is_at_work(struct turn *turn, const char *zone)
{
    struct time_parts parts;

    time_split(turn->arena, turn->now_ms, zone, &parts);
    return parts.weekday < FIRST_WEEKEND && parts.hour >= WORK_FROM &&
           parts.hour < WORK_UNTIL;
}

/* ": 10:00 in Singapore, at work", or "" where it is the same hour. */
static bool hour_words(struct turn *turn, const struct command_call *call,
                       const struct asked *asked, const char **words, struct err *err)
{
    const char *zone = NULL;

    *words = "";
    if (asked->local == NULL) {
        return true;
    }
    if (!person_zone(turn->store, asked->person_id, call->event->place.adapter, &zone,
                     err)) {
        return false;
    }
    *words = arena_printf(turn->arena, ": %s, %s", asked->local,
                          is_at_work(turn, zone) ? PHRASE("at work")
                          : asked->is_awake      ? PHRASE("awake")
                                                 : PHRASE("night there"));
    return true;
}

/* "tove", "tove and wen" */
static const char *askers(struct turn *turn, const struct question *question)
{
    const char *asker = say_person(turn, question->asker_id);

    return question->with_id == 0 ? asker
                                  : arena_printf(turn->arena, "%s and %s", asker,
                                                 say_person(turn, question->with_id));
}

bool question_send(struct turn *turn, struct question *question, int64_t late_ms,
                   struct err *err)
{
    const char *who = askers(turn, question);
    struct incident *incident = NULL;
    struct note *note;
    bool may_know = false, is_joint = question->with_id != 0;

    /* Being asked is no invitation: of a private incident they learn nothing. */
    if (question->incident_id != 0 &&
        (!incident_find(turn->store, question->incident_id, &incident, err) ||
         !incident_is_visible(turn, incident, question->person_id, &may_know, err))) {
        return false;
    }
    note = say_note(
        turn, "%s ask%s you in private%s: \"%s\"%s", who, is_joint ? "" : "s",
        may_know ? arena_printf(turn->arena, " (%s)", say_ref(turn, incident)) : "",
        note_words(turn->arena, question->text), say_late(turn, late_ms));
    note_line(note,
              "What you answer here goes to %s alone. \"Don't know\" is an answer, "
              "too.",
              is_joint ? PHRASE("these two") : who);
    return question_insert(turn->store, question, err) &&
           say_direct(turn, incident, question->person_id, note, NULL, err);
}

static bool send(struct turn *turn, const struct command_call *call,
                 const struct asked *asked, const char *text, struct err *err)
{
    struct question question = {
        .incident_id = call->incident == NULL ? 0 : call->incident->id,
        .asker_id = call->speaker->id,
        .person_id = asked->person_id,
        .text = text,
        .asked_ms = turn->now_ms,
    };

    return question_send(turn, &question, 0, err);
}

static bool refuse(struct turn *turn, const struct command_call *call, bool is_self,
                   struct err *err)
{
    const char *by_name = note_command(turn->arena, "ask @who QUESTION");
    struct note *note =
        is_self ? say_note(turn, "That is you: nobody was asked. %s", by_name)
                : say_note(turn,
                           "You have no buddy who is there, and nobody else fits: "
                           "nobody was asked. Name somebody: %s",
                           by_name);

    return (is_self ||
            candidates_add_here(turn, call->incident, call->speaker->id, note, err)) &&
           say_private(turn, call, note, err);
}

bool question_ask(struct turn *turn, const struct command_call *call,
                  const struct person *person, const char *text, struct err *err)
{
    struct asked asked = {0};
    const char *hour;

    if (person != NULL ? !describe(turn, call, person, &asked, err)
                       : !choose(turn, call, text, &asked, err)) {
        return false;
    }
    if (asked.person_id == 0 || asked.person_id == call->speaker->id) {
        return refuse(turn, call, asked.person_id != 0, err);
    }
    return hour_words(turn, call, &asked, &hour, err) &&
           say_private(turn, call,
                       say_note(turn, "Asked %s%s%s%s. Only %s sees it.", asked.handle,
                                text_is_empty(asked.tie) ? "" : ", ",
                                text_or(asked.tie, ""), hour, asked.handle),
                       err) &&
           send(turn, call, &asked, text, err);
}

/* How many different people wait for this one's answer. */
static size_t count_askers(const struct questions *questions)
{
    size_t count = 0;

    for (size_t i = 0; i < questions->count; i++) {
        bool is_known = questions->all[i].answered_ms != TIME_NONE;

        for (size_t j = 0; j < i; j++) {
            is_known =
                is_known || questions->all[j].asker_id == questions->all[i].asker_id;
        }
        count += !is_known;
    }
    return count;
}

/* Where several wait, the answer begins with a name: "@tove it is the worker". */
static const struct question *find_named(const struct questions *questions,
                                         const char **text)
{
    for (size_t i = 0; i < questions->count; i++) {
        const char *name = questions->all[i].asker;
        const char *at = **text == '@' ? *text + 1 : *text;
        size_t length = strlen(name);

        if (text_starts(at, name) && strchr(" :,", at[length]) != NULL &&
            at[length] != '\0') {
            *text = at + length + strspn(at + length, " :,");
            return &questions->all[i];
        }
    }
    return NULL;
}

static bool ask_whose(struct turn *turn, const struct command_call *call,
                      const struct questions *questions, struct err *err)
{
    struct note *note = say_note(turn, "Several questions wait here, so this went to "
                                       "nobody. Begin with the name:");

    for (size_t i = 0; i < questions->count && i < 4; i++) {
        const struct question *question = &questions->all[i];

        if (question->answered_ms == TIME_NONE) {
            note_line(
                note, "@%s \"%s\"", note_words(turn->arena, question->asker),
                note_words(turn->arena, text_brief(turn->arena, question->text, 60)));
        }
    }
    return say_private(turn, call, note, err);
}

/* To whoever asks it in their own name, and to whoever asks it with them. */
static bool tell_askers(struct turn *turn, const struct question *question,
                        struct incident *incident, const char *answer,
                        struct note *note, struct err *err)
{
    return say_direct(turn, incident, question->asker_id, note, NULL, err) &&
           (question->with_id == 0 ||
            say_direct(turn, NULL, question->with_id, say_note(turn, "%s", answer),
                       NULL, err));
}

static bool pass_on(struct turn *turn, const struct command_call *call,
                    const struct question *question, const char *text, struct err *err)
{
    bool knew = !question_is_unknowing(text);
    const char *answer = arena_printf(turn->arena, "%s: \"%s\"",
                                      note_words(turn->arena, call->speaker->handle),
                                      note_words(turn->arena, text));
    struct incident *incident = NULL;
    struct note *note;

    if (question->incident_id != 0 &&
        !incident_find(turn->store, question->incident_id, &incident, err)) {
        return false;
    }
    note = incident != NULL && incident_is_open(incident)
               ? say_note(turn, "%s. To go on together: %s", answer,
                          note_command(turn->arena, "escalate %s WHY",
                                       say_ref(turn, incident)))
               : say_note(turn, "%s", answer);
    if (!knew && question->answered_ms == TIME_NONE &&
        !question_offer_on(turn, call, question, text, note, err)) {
        return false;
    }
    return question_settle(turn->store, question->id, knew, turn->now_ms, err) &&
           tell_askers(turn, question, incident, answer, note, err);
}

static bool offered_since(struct turn *turn, int64_t person_id, int64_t since_ms,
                          bool *is, struct err *err)
{
    struct offers offers;

    if (!offers_to(turn->store, person_id, 0, &offers, err)) {
        return false;
    }
    for (size_t i = 0; i < offers.count; i++) {
        const char *kind = offers.all[i].kind;

        *is =
            *is || (offers.all[i].made_ms > since_ms &&
                    !text_equal(kind, QUESTION_ON) && !text_equal(kind, QUESTION_BOTH));
    }
    return true;
}

/* Was anything asked of them since that waits for a yes or a no? Then their words may
 * be meant for that, and not for whoever had asked in private. */
static bool waits_since(struct turn *turn, int64_t person_id, int64_t since_ms,
                        bool *is, struct err *err)
{
    struct pages pages;
    struct tasks tasks;

    *is = false;
    if (!offered_since(turn, person_id, since_ms, is, err) ||
        !pages_of(turn->store, person_id, 0, &pages, err) ||
        !tasks_of(turn->store, person_id, 0, &tasks, err)) {
        return false;
    }
    for (size_t i = 0; i < pages.count; i++) {
        *is = *is || pages.all[i].made_ms > since_ms;
    }
    for (size_t i = 0; i < tasks.count; i++) {
        *is = *is ||
              (tasks.all[i].state == TASK_OPEN && tasks.all[i].offered_ms > since_ms);
    }
    return true;
}

/* Is it meant for something that came after their answer? */
static bool is_past(struct turn *turn, const struct command_call *call,
                    const struct question *question, bool *is, struct err *err)
{
    *is = false;
    return question->answered_ms == TIME_NONE ||
           waits_since(turn, call->speaker->id, question->answered_ms, is, err);
}

bool question_answer(struct turn *turn, const struct command_call *call,
                     const char *text, bool *is_answer, struct err *err)
{
    const struct question *question;
    struct questions questions;
    bool is_other;

    *is_answer = false;
    if (text_is_empty(text)) {
        return true;
    }
    if (!questions_to(turn->store, call->speaker->id, turn->now_ms - GOES_ON_MS,
                      &questions, err)) {
        return false;
    }
    if (questions.count == 0) {
        return true;
    }
    question = find_named(&questions, &text);
    if (question == NULL &&
        (!is_past(turn, call, &questions.all[0], &is_other, err) || is_other)) {
        return is_other;
    }
    *is_answer = true;
    if (question == NULL && count_askers(&questions) > 1) {
        return ask_whose(turn, call, &questions, err);
    }
    return pass_on(turn, call, question != NULL ? question : &questions.all[0], text,
                   err);
}
