#include "bot/impact_ask.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/say.h"
#include "bot/severity.h"
#include "store/impacts.h"

#define BUTTONS 6 /* of the words of one question */

/* Nobody said how long, but when it began is on record. */
static void take_span(struct turn *turn, const struct incident *incident,
                      struct impact *impact)
{
    struct impact_answer *span = &impact->answers[IMPACT_SPAN];
    int64_t until_ms = incident_hit_until_ms(incident);
    int64_t end_ms = until_ms != TIME_NONE ? until_ms : turn->now_ms;
    enum impact_question question;

    if (span->state == IMPACT_ANSWERED || incident->started_ms == TIME_NONE ||
        end_ms < incident->started_ms) {
        return;
    }
    (void)impact_take(
        turn->arena, turn->config, impact,
        arena_printf(turn->arena, "%llds",
                     (long long)((end_ms - incident->started_ms) / TIME_SECOND_MS)),
        &question);
}

static void skip_named(struct impact *impact, const char *question)
{
    for (enum impact_question at = 0; at < IMPACT_QUESTIONS; at++) {
        if (text_equal(impact_question_name(at), question)) {
            impact_skip(impact, at);
        }
    }
}

bool impact_read(struct turn *turn, const struct incident *incident,
                 struct impact *impact, struct err *err)
{
    struct impact_rows rows;
    enum impact_question question;

    impact_init(impact);
    if (!impacts_list(turn->store, incident->id, &rows, err)) {
        return false;
    }
    for (size_t i = 0; i < rows.count; i++) {
        const struct impact_row *row = &rows.all[i];

        if (row->word == NULL) {
            skip_named(impact, row->question);
            continue;
        }
        /* A journey may have gone from the settings since: then it is open again. */
        (void)impact_take(turn->arena, turn->config, impact, row->word, &question);
    }
    take_span(turn, incident, impact);
    return true;
}

/* What may be done with the proposal. */
static void add_way(struct turn *turn, const struct incident *incident,
                    const struct config_level *level, struct note *note)
{
    const char *set = note_command(turn->arena, "impact set");

    if (incident->severity_by_judgement) {
        note_line(note,
                  "It is %s by judgement of %s, which goes first. All the same: "
                  "%s",
                  incident->severity, say_person(turn, incident->severity_person_id),
                  set);
    } else if (text_equal(level->name, incident->severity)) {
        note_line(note, "It is %s already. Judgement goes first: %s",
                  incident->severity, note_command(turn->arena, "gut bigger WHY"));
        return;
    } else {
        note_line(note, "Take it: %s. Judgement goes first: %s", set,
                  note_command(turn->arena, "gut bigger WHY"));
    }
    note_choice(note, arena_printf(turn->arena, "Set %s", level->name),
                "impact inc-%lld set", (long long)incident->id);
}

static void add_proposal(struct turn *turn, const struct incident *incident,
                         const struct impact *impact, struct note *note)
{
    int64_t points = impact_points(impact);
    const struct config_level *level = impact_level(turn->config, points);
    bool is_over = impact_next(impact) == IMPACT_QUESTIONS;

    if (!impact_is_known(impact)) {
        if (is_over) {
            note_line(note,
                      "Nothing of it is known yet. That is an answer, too: "
                      "severity stays %s, and help comes all the same.",
                      incident->severity);
        }
        return;
    }
    note_line(note, "Impact%s: %s would fit. %s; %s.", is_over ? "" : PHRASE(" so far"),
              level->name, impact_sum(turn->arena, impact),
              impact_bounds(turn->arena, turn->config, level));
    add_way(turn, incident, level, note);
}

/* A journey of the house, where there is one. */
static const char *example_journey(const struct config *config)
{
    return config->journeys[config->journey_count - 1].weight == 1 &&
                   config->journey_count == 3
               ? config->journeys[0].name
               : config->journeys[config->journey_count - 1].name;
}

static void add_question(struct turn *turn, const struct incident *incident,
                         const struct impact *impact, struct note *note)
{
    enum impact_question next = impact_next(impact);
    const char **words;

    if (next == IMPACT_QUESTIONS) {
        return;
    }
    if (next == IMPACT_USERS && !impact_is_known(impact)) {
        note_line(note,
                  "Five short questions; each may be skipped: %s. All at once: %s",
                  note_command(turn->arena, "impact skip"),
                  note_command(turn->arena, "impact outside 20%% blocked %s 40m",
                               example_journey(turn->config)));
    }
    note_line(note, "%d of %d, %s. %s, or %s", (int)next + 1, IMPACT_QUESTIONS,
              impact_ask(turn->arena, turn->config, next),
              note_command(turn->arena, "impact WORD"),
              note_command(turn->arena, "impact skip"));
    words = impact_choices(turn->arena, turn->config, next);
    for (size_t i = 0; words[i] != NULL && i < BUTTONS; i++) {
        note_choice(note, words[i], "impact inc-%lld %s", (long long)incident->id,
                    words[i]);
    }
    note_choice(note, "Skip", "impact inc-%lld skip", (long long)incident->id);
}

/* Questions are for the one who answers; what comes out of them is for all. */
static bool reply(struct turn *turn, const struct command_call *call, bool is_asked,
                  struct err *err)
{
    struct note *note = note_create(turn->arena);
    struct impact impact;

    if (!impact_read(turn, call->incident, &impact, err)) {
        return false;
    }
    add_proposal(turn, call->incident, &impact, note);
    add_question(turn, call->incident, &impact, note);
    return is_asked || impact_next(&impact) != IMPACT_QUESTIONS ||
                   !impact_is_known(&impact)
               ? say_private(turn, call, note, err)
               : say_made(turn, call, note, err);
}

bool impact_show(struct turn *turn, const struct command_call *call, struct err *err)
{
    return reply(turn, call, true, err);
}

static bool keep(struct turn *turn, const struct command_call *call,
                 enum impact_question question, const char *word, struct err *err)
{
    return impact_put(turn->store,
                      &(struct impact_row){.incident_id = call->incident->id,
                                           .question = impact_question_name(question),
                                           .word = word,
                                           .person_id = call->speaker->id,
                                           .at_ms = turn->now_ms},
                      err);
}

static bool record(struct turn *turn, const struct command_call *call, const char *text,
                   struct err *err)
{
    return recorder_fact(turn, call->incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = "severity",
                                        .text = text},
                         NULL, err);
}

static bool refuse(struct turn *turn, const struct command_call *call, const char *word,
                   struct err *err)
{
    struct note *note =
        say_note(turn, "\"%s\" answers none of the five. Nothing was changed. %s",
                 note_words(turn->arena, text_brief(turn->arena, word, 40)),
                 note_command(turn->arena, "impact [WORDS]"));

    for (enum impact_question i = 0; i < IMPACT_QUESTIONS; i++) {
        note_line(note, "%s",
                  text_sentence(turn->arena, impact_ask(turn->arena, turn->config, i)));
    }
    return say_private(turn, call, note, err);
}

static bool tell_left(struct turn *turn, const struct command_call *call,
                      const struct text *left, struct err *err)
{
    return left->length_bytes == 0 ||
           say_private(turn, call,
                       say_note(turn,
                                "\"%s\" answers none of the five, and was left out. %s",
                                note_words(turn->arena,
                                           text_brief(turn->arena, left->data, 40)),
                                note_command(turn->arena, "help impact")),
                       err);
}

bool impact_answer(struct turn *turn, const struct command_call *call,
                   const char *words, struct err *err)
{
    struct impact given;
    const char *word;
    struct text kept, left;

    impact_init(&given);
    text_init(&kept, turn->arena);
    text_init(&left, turn->arena);
    impact_take_words(turn->arena, turn->config, &given, words, &left, &word);
    if (word != NULL) {
        return refuse(turn, call, word, err);
    }
    for (enum impact_question i = 0; i < IMPACT_QUESTIONS; i++) {
        word = given.answers[i].word;
        if (word == NULL) {
            continue;
        }
        if (!keep(turn, call, i, word, err)) {
            return false;
        }
        text_addf(&kept, "%s%s", kept.length_bytes > 0 ? ", " : "", word);
    }
    if (kept.length_bytes == 0) {
        return left.length_bytes > 0 ? refuse(turn, call, left.data, err)
                                     : impact_show(turn, call, err);
    }
    return record(turn, call, arena_exact(turn->arena, "impact: %s", kept.data), err) &&
           reply(turn, call, false, err) && tell_left(turn, call, &left, err) &&
           incident_refresh(turn, call->incident->id, err);
}

bool impact_pass(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct impact impact;
    enum impact_question next;

    if (!impact_read(turn, call->incident, &impact, err)) {
        return false;
    }
    next = impact_next(&impact);
    if (next == IMPACT_QUESTIONS) {
        return reply(turn, call, true, err);
    }
    return keep(turn, call, next, NULL, err) &&
           record(turn, call,
                  arena_exact(turn->arena, "impact: %s skipped",
                              impact_question_name(next)),
                  err) &&
           reply(turn, call, true, err);
}

bool impact_set(struct turn *turn, const struct command_call *call, struct err *err)
{
    const struct config_level *level;
    struct impact impact;

    if (!impact_read(turn, call->incident, &impact, err)) {
        return false;
    }
    if (!impact_is_known(&impact)) {
        return reply(turn, call, true, err);
    }
    level = impact_level(turn->config, impact_points(&impact));
    return severity_set(
        turn, call, level->name,
        arena_exact(turn->arena, "impact, %s", impact_sum(turn->arena, &impact)), false,
        err);
}
