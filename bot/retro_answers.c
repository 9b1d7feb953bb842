#include "bot/retro_answers.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"

static const struct {
    const char *name, *what, *fate, *topic, *words;
} questions[RETRO_QUESTIONS] = {
    [RETRO_DATA] = {"data", "data", "lost", "data lost",
                    PHRASE_LATER("was data lost?")},
    [RETRO_PRIVATE] = {"private", "private data", "seen", "private data seen",
                       PHRASE_LATER("was private data seen?")},
    [RETRO_MONEY] = {"money", "money", "wrong", "money wrong",
                     PHRASE_LATER("was money wrong?")},
};

static const struct {
    const char *typed, *answer;
} answers[] = {
    {"yes", "yes"},
    {"no", "no"},
    {"none", "no"},
    {"not known yet", "unknown"},
    {"not known", "unknown"},
    {"not yet known", "unknown"},
    {"unknown", "unknown"},
    {"we don't know yet", "unknown"},
    {"we don't know", "unknown"},
    {"we do not know yet", "unknown"},
    {"we do not know", "unknown"},
    {"don't know", "unknown"},
    {"we don\u2019t know yet", "unknown"},
    {"we don\u2019t know", "unknown"},
    {"don\u2019t know", "unknown"},
};

const char *retro_question_name(enum retro_question question)
{
    return questions[question].name;
}

static const char *question_words(enum retro_question question)
{
    return phrase_of(questions[question].words);
}

const char *retro_question_topic(enum retro_question question)
{
    return questions[question].topic;
}

static bool ends_word(const char *at)
{
    return !isalnum((unsigned char)*at);
}

static bool words_take(const char **at, const char *words)
{
    const char *behind = *at + strlen(words);

    if (!text_starts(*at, words) || !ends_word(behind)) {
        return false;
    }
    *at = behind + strspn(behind, " ");
    return true;
}

/* "data lost", "data was lost"; "no data was lost" and "data was not lost" are answers
 * by themselves. */
static bool topic_take(const char **at, enum retro_question question, bool *is_denied)
{
    bool is_no = words_take(at, "no");

    if (!words_take(at, questions[question].what)) {
        return false;
    }
    (void)words_take(at, "was");
    *is_denied = words_take(at, "not") || is_no;
    return words_take(at, questions[question].fate);
}

static const char *answer_at(const char *at, const char **answer)
{
    at += strspn(at, " \t\r\n?:=");
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        size_t length = strlen(answers[i].typed);

        if (text_starts(at, answers[i].typed) && ends_word(at + length)) {
            *answer = answers[i].answer;
            return at + length;
        }
    }
    return NULL;
}

static bool ends_with(const char *text, size_t length, const char *word)
{
    size_t bytes = strlen(word);

    return length >= bytes && strncasecmp(word, text + length - bytes, bytes) == 0 &&
           (length == bytes || ends_word(text + length - bytes - 1));
}

/* "…, money no": does a clause begin at `at` of the text? */
static bool begins_clause(const char *text, const char *at)
{
    size_t length = (size_t)(at - text);

    while (length > 0 && isspace((unsigned char)text[length - 1])) {
        length--;
    }
    return length == 0 || strchr(",;.:", text[length - 1]) != NULL ||
           ends_with(text, length, "and");
}

static bool ends_clause(const char *at)
{
    const char *next = at + strspn(at, " \t\r\n");

    return *at == '\0' || strchr(",;.:", *at) != NULL || words_take(&next, "and");
}

/* "money: no" and "private not known", where they are all of their clause: so short
 * they are words like others elsewhere. */
static const char *short_reply_at(const char *text, const char *at,
                                  enum retro_question question, const char **answer)
{
    const char *behind = at;

    if ((!words_take(&behind, questions[question].what) &&
         !words_take(&behind, questions[question].name)) ||
        !begins_clause(text, at)) {
        return NULL;
    }
    behind = answer_at(behind, answer);
    return behind != NULL && ends_clause(behind) ? behind : NULL;
}

/* Behind the topic and its answer, where a reply begins at `at` of the text; else NULL.
 */
static const char *reply_at(const char *text, const char *at,
                            enum retro_question question, const char **answer)
{
    const char *topic = at;
    bool is_denied;

    if (!topic_take(&at, question, &is_denied)) {
        return short_reply_at(text, topic, question, answer);
    }
    if (is_denied) {
        *answer = "no";
        return at;
    }
    return answer_at(at, answer);
}

/* Does a reply of any kind begin here? */
static bool begins_reply(const char *text, const char *at,
                         enum retro_question *question)
{
    const char *answer;

    for (int i = 0; i < RETRO_QUESTIONS; i++) {
        if (reply_at(text, at, (enum retro_question)i, &answer) != NULL) {
            *question = (enum retro_question)i;
            return true;
        }
    }
    return false;
}

/* Where the next reply of any kind begins in the text; at its end where none does. */
static const char *next_reply(const char *text, const char *begin,
                              enum retro_question *question)
{
    const char *at = begin;

    while (*at != '\0' &&
           !((at == begin || ends_word(at - 1)) && begins_reply(text, at, question))) {
        at++;
    }
    return at;
}

/* The words between two replies, without what joins them: "two, and" is "two". Behind
 * the last one nothing joins. */
static const char *between(struct arena *arena, const char *from, const char *to)
{
    char *text = text_trim(arena, arena_copy_n(arena, from, (size_t)(to - from)));
    bool is_joined = *to != '\0', is_cut = true;
    size_t length;

    text += strspn(text, " \t\r\n,;:.");
    while (is_cut) {
        length = strlen(text);
        is_cut = false;
        if (length > 0 && strchr(" \t\r\n,;", text[length - 1]) != NULL) {
            text[length - 1] = '\0';
            is_cut = true;
        } else if (is_joined &&
                   (ends_with(text, length, "and") || ends_with(text, length, "was") ||
                    ends_with(text, length, "any"))) {
            text[length - 3] = '\0';
            is_cut = true;
        }
    }
    return text;
}

void retro_replies_read(struct arena *arena, const char *text,
                        struct retro_reply replies[RETRO_QUESTIONS], const char **rest)
{
    enum retro_question question = RETRO_DATA, next = RETRO_DATA;
    const char *at = next_reply(text, text, &question);

    for (int i = 0; i < RETRO_QUESTIONS; i++) {
        replies[i] = (struct retro_reply){0};
    }
    *rest = between(arena, text, at);
    while (*at != '\0') {
        struct retro_reply *reply = &replies[question];
        const char *behind = reply_at(text, at, question, &reply->answer);
        const char *end;

        INSIST(behind != NULL);
        end = next_reply(text, behind, &next);
        reply->is_given = true;
        reply->text = between(arena, behind, end);
        at = end;
        question = next;
    }
}

const struct retro_answer *retro_answer_find(const struct retro_answers *given,
                                             enum retro_question question)
{
    for (size_t i = 0; i < given->count; i++) {
        if (text_equal(given->all[i].question, questions[question].name)) {
            return &given->all[i];
        }
    }
    return NULL;
}

const char *retro_questions_unanswered(struct arena *arena,
                                       const struct retro_answers *given)
{
    struct text list;

    text_init(&list, arena);
    for (int i = 0; i < RETRO_QUESTIONS; i++) {
        enum retro_question question = (enum retro_question)i;

        if (retro_answer_find(given, question) == NULL) {
            text_addf(&list, "%s%s", list.length_bytes == 0 ? "" : " ",
                      question_words(question));
        }
    }
    return list.length_bytes == 0 ? NULL : list.data;
}
