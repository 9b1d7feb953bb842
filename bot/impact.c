#include "bot/impact.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define MIDDLE        2
#define MIDDLE_WEIGHT 3
#define COUNT_DIGITS  9

static const struct {
    enum impact_question question;
    const char *word;
    int64_t points;
} vocabulary[] = {
    {IMPACT_USERS, "outside", 2}, {IMPACT_USERS, "inside", 2},
    {IMPACT_USERS, "both", 3},    {IMPACT_SHARE, "few", 1},
    {IMPACT_SHARE, "some", 2},    {IMPACT_SHARE, "many", 3},
    {IMPACT_SHARE, "all", 4},     {IMPACT_LOSS, "slow", 1},
    {IMPACT_LOSS, "partly", 2},   {IMPACT_LOSS, "blocked", 3},
    {IMPACT_LOSS, "harm", 4},
};
#define VOCABULARY (sizeof(vocabulary) / sizeof(vocabulary[0]))

/* Other words for them. A journey of the house may be called so: it goes first. */
static const struct {
    const char *typed, *word;
} others[] = {
    {"customers", "outside"}, {"customer", "outside"}, {"clients", "outside"},
    {"staff", "inside"},      {"employees", "inside"}, {"colleagues", "inside"},
    {"everyone", "both"},     {"everybody", "both"},   {"cannot", "blocked"},
    {"can't", "blocked"},     {"internal", "inside"},  {"external", "outside"},
};
#define OTHERS (sizeof(others) / sizeof(others[0]))

/* As it is asked, and as it stands in a sum where it is not known. */
static const struct {
    const char *name, *question, *in_sum, *more;
} questions[IMPACT_QUESTIONS] = {
    [IMPACT_USERS] = {"users", PHRASE_LATER("which users"), "users", ""},
    [IMPACT_SHARE] = {"share", PHRASE_LATER("how many of them"),
                      PHRASE_LATER("how many"), ", or 20%"},
    [IMPACT_LOSS] = {"loss", PHRASE_LATER("what they can't do"), "what", ""},
    [IMPACT_JOURNEY] = {"journey", PHRASE_LATER("what they came for"), "journey", ""},
    [IMPACT_SPAN] = {"span", PHRASE_LATER("how long, so far or to come"),
                     PHRASE_LATER("how long"), "40m, 2h"},
};

void impact_init(struct impact *impact)
{
    *impact = (struct impact){0};
    for (int i = 0; i < IMPACT_QUESTIONS; i++) {
        impact->answers[i].points = i == IMPACT_JOURNEY ? MIDDLE_WEIGHT : MIDDLE;
    }
}

void impact_skip(struct impact *impact, enum impact_question question)
{
    impact->answers[question] = (struct impact_answer){
        .state = IMPACT_SKIPPED,
        .points = question == IMPACT_JOURNEY ? MIDDLE_WEIGHT : MIDDLE,
    };
}

static bool read_listed(const char *word, struct impact_answer *answer,
                        enum impact_question *question)
{
    for (size_t i = 0; i < VOCABULARY; i++) {
        if (text_same(vocabulary[i].word, word)) {
            *question = vocabulary[i].question;
            answer->word = answer->said = vocabulary[i].word;
            answer->points = vocabulary[i].points;
            return true;
        }
    }
    return false;
}

/* "20%", "0.5%" */
static bool read_share(struct arena *arena, const char *word,
                       struct impact_answer *answer)
{
    char *end;
    double percent;

    if (!isdigit((unsigned char)*word) || strspn(word, "0123456789.") > 6) {
        return false;
    }
    percent = strtod(word, &end);
    if (strcmp(end, "%") != 0 || percent > 100) {
        return false;
    }
    answer->word = answer->said = arena_copy(arena, word);
    answer->points = percent < 5 ? 1 : percent < 25 ? 2 : percent < 75 ? 3 : 4;
    return true;
}

/* "everybody" of those who were named already are all of them: "outside everybody". */
static bool read_other(const struct impact *impact, const char *word,
                       struct impact_answer *answer, enum impact_question *question)
{
    const char *users = impact->answers[IMPACT_USERS].word;

    for (size_t i = 0; i < OTHERS; i++) {
        if (text_same(others[i].typed, word)) {
            return read_listed(users != NULL && text_equal(others[i].word, "both")
                                   ? "all"
                                   : others[i].word,
                               answer, question);
        }
    }
    return false;
}

/* "2000": how many, but not of how many. */
static bool read_count(struct arena *arena, const char *word,
                       struct impact_answer *answer)
{
    size_t digits = strspn(word, "0123456789");

    if (digits == 0 || digits > COUNT_DIGITS || word[digits] != '\0' || *word == '0') {
        return false;
    }
    answer->word = arena_copy(arena, word);
    answer->said = arena_printf(arena, "%s users", word);
    answer->points = MIDDLE;
    return true;
}

static bool read_journey(const struct config *config, const char *word,
                         struct impact_answer *answer)
{
    for (size_t i = 0; i < config->journey_count; i++) {
        if (text_same(config->journeys[i].name, word)) {
            answer->word = answer->said = config->journeys[i].name;
            answer->points = config->journeys[i].weight;
            return true;
        }
    }
    return false;
}

static bool read_span(struct arena *arena, const char *word,
                      struct impact_answer *answer)
{
    int64_t span_ms;

    if (!time_read_span(word, &span_ms)) {
        return false;
    }
    answer->word = arena_copy(arena, word);
    answer->said = time_span(arena, span_ms);
    answer->points = span_ms <= 15 * TIME_MINUTE_MS ? 1
                     : span_ms <= TIME_HOUR_MS      ? 2
                     : span_ms <= 4 * TIME_HOUR_MS  ? 3
                                                    : 4;
    return true;
}

bool impact_take(struct arena *arena, const struct config *config,
                 struct impact *impact, const char *word,
                 enum impact_question *question)
{
    struct impact_answer answer = {.state = IMPACT_ANSWERED};

    if (read_listed(word, &answer, question)) {
        impact->answers[*question] = answer;
        return true;
    }
    if (read_share(arena, word, &answer) || read_count(arena, word, &answer)) {
        *question = IMPACT_SHARE;
    } else if (read_journey(config, word, &answer)) {
        *question = IMPACT_JOURNEY;
    } else if (read_span(arena, word, &answer)) {
        *question = IMPACT_SPAN;
    } else if (!read_other(impact, word, &answer, question)) {
        return false;
    }
    impact->answers[*question] = answer;
    return true;
}

enum impact_question impact_next(const struct impact *impact)
{
    for (int i = 0; i < IMPACT_QUESTIONS; i++) {
        if (impact->answers[i].state == IMPACT_OPEN) {
            return (enum impact_question)i;
        }
    }
    return IMPACT_QUESTIONS;
}

bool impact_is_known(const struct impact *impact)
{
    for (int i = 0; i < IMPACT_QUESTIONS; i++) {
        if (i != IMPACT_SPAN && impact->answers[i].state == IMPACT_ANSWERED) {
            return true;
        }
    }
    return false;
}

int64_t impact_points(const struct impact *impact)
{
    const struct impact_answer *answers = impact->answers;

    return answers[IMPACT_JOURNEY].points *
           (answers[IMPACT_USERS].points + answers[IMPACT_SHARE].points +
            answers[IMPACT_LOSS].points + answers[IMPACT_SPAN].points);
}

const struct config_level *impact_level(const struct config *config, int64_t points)
{
    for (size_t i = 1; i < config->level_count; i++) {
        if (points >= config->levels[i].from) {
            return &config->levels[i];
        }
    }
    return &config->levels[config->level_count - 1];
}

/* "outside 2", "how many? 2" */
static void add_part(struct text *sum, const struct impact *impact,
                     enum impact_question question, const char *before)
{
    const struct impact_answer *answer = &impact->answers[question];

    if (answer->state == IMPACT_ANSWERED) {
        text_addf(sum, "%s%s %lld", before, answer->said, (long long)answer->points);
    } else {
        text_addf(sum, "%s%s? %lld", before, phrase_of(questions[question].in_sum),
                  (long long)answer->points);
    }
}

const char *impact_sum(struct arena *arena, const struct impact *impact)
{
    struct text sum;

    text_init(&sum, arena);
    add_part(&sum, impact, IMPACT_JOURNEY, "");
    add_part(&sum, impact, IMPACT_USERS, " × (");
    add_part(&sum, impact, IMPACT_SHARE, " + ");
    add_part(&sum, impact, IMPACT_LOSS, " + ");
    add_part(&sum, impact, IMPACT_SPAN, " + ");
    text_addf(&sum, ") = %lld", (long long)impact_points(impact));
    return sum.data;
}

const char *impact_bounds(struct arena *arena, const struct config *config,
                          const struct config_level *level)
{
    const char *own = level->from > 0 ? arena_printf(arena, "%s from %lld", level->name,
                                                     (long long)level->from)
                                      : NULL;

    if (level - config->levels <= 1) {
        return own == NULL ? level->name : own;
    }
    return own == NULL ? arena_printf(arena, "%s from %lld", level[-1].name,
                                      (long long)level[-1].from)
                       : arena_printf(arena, "%s, %s from %lld", own, level[-1].name,
                                      (long long)level[-1].from);
}

static const char *known_word(const struct impact *impact,
                              enum impact_question question)
{
    const struct impact_answer *answer = &impact->answers[question];

    return answer->state == IMPACT_ANSWERED ? answer->said : NULL;
}

/* "pay blocked", "pay fails in part" */
static const char *loss_words(const char *loss)
{
    static const char *const words[][2] = {{"partly", PHRASE_LATER("fails in part")},
                                           {"harm", PHRASE_LATER("does harm")}};

    for (size_t i = 0; loss != NULL && i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(words[i][0], loss) == 0) {
            return phrase_of(words[i][1]);
        }
    }
    return loss;
}

const char *impact_journey(struct arena *arena, const struct impact *impact)
{
    static const char *const weights[] = {"vital", "usual", "rare"};
    const char *journey = known_word(impact, IMPACT_JOURNEY);

    for (size_t i = 0; i < sizeof(weights) / sizeof(weights[0]); i++) {
        if (text_equal(journey, weights[i])) {
            return arena_printf(arena, "something %s", weights[i]);
        }
    }
    return journey;
}

/* What they came for says of nobody that they were hit. */
const char *impact_hit(struct arena *arena, const struct impact *impact)
{
    const char *users = known_word(impact, IMPACT_USERS);
    const char *share = known_word(impact, IMPACT_SHARE);
    const char *journey = impact_journey(arena, impact);
    const char *loss = loss_words(known_word(impact, IMPACT_LOSS));
    struct text hit;

    if (users == NULL && share == NULL && loss == NULL) {
        return NULL;
    }
    text_init(&hit, arena);
    if (users != NULL) {
        text_add(&hit,
                 strcmp(users, "both") == 0 ? PHRASE("inside and outside") : users);
    }
    if (share != NULL) {
        text_addf(&hit, "%s%s", hit.length_bytes > 0 ? ", " : "", share);
    }
    if (journey != NULL || loss != NULL) {
        text_addf(&hit, "%s%s%s%s", hit.length_bytes > 0 ? ", " : "",
                  text_or(journey, ""), journey != NULL && loss != NULL ? " " : "",
                  text_or(loss, ""));
    }
    return hit.data;
}

const char **impact_choices(struct arena *arena, const struct config *config,
                            enum impact_question question)
{
    const char **words =
        ARENA_ARRAY(arena, const char *, VOCABULARY + config->journey_count + 1);
    size_t count = 0;

    for (size_t i = 0; i < VOCABULARY; i++) {
        if (vocabulary[i].question == question) {
            words[count++] = vocabulary[i].word;
        }
    }
    for (size_t i = 0; question == IMPACT_JOURNEY && i < config->journey_count; i++) {
        words[count++] = config->journeys[i].name;
    }
    words[count] = NULL;
    return words;
}

const char *impact_ask(struct arena *arena, const struct config *config,
                       enum impact_question question)
{
    const char **words = impact_choices(arena, config, question);
    struct text ask;

    text_init(&ask, arena);
    text_addf(&ask, "%s: ", phrase_of(questions[question].question));
    for (size_t i = 0; words[i] != NULL; i++) {
        text_addf(&ask, "%s%s", i == 0 ? "" : ", ", words[i]);
    }
    text_add(&ask, phrase_of(questions[question].more));
    return ask.data;
}

const char *impact_question_name(enum impact_question question)
{
    return questions[question].name;
}

bool impact_is_taken(const struct config *config, const char *word)
{
    static const char *const verbs[] = {"set", "skip", "why"};
    enum impact_question question;
    struct impact_answer answer;
    int64_t span_ms;

    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (text_same(verbs[i], word)) {
            return true;
        }
    }
    return read_listed(word, &answer, &question) ||
           read_journey(config, word, &answer) || time_read_span(word, &span_ms);
}
