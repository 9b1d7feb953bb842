/* What people fill in of a retrospective; edits of their messages are followed. */
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/recorder.h"
#include "bot/retro.h"
#include "bot/retro_answers.h"
#include "bot/retro_compose.h"
#include "bot/say.h"
#include "bot/wording_hint.h"
#include "bot/words.h"

#define FACT         "retro"
#define BEFORE_RUNES 60

/* Is it meant for the next one who leads? Then as that, without the word before it. */
static void take_next(struct turn *turn, struct retro_fill *fill)
{
    static const char mark[] = RETRO_NEXT ":";

    if (text_equal(fill->section, retro_section_names[RETRO_NARRATIVE]) &&
        text_starts(fill->text, mark)) {
        fill->section = RETRO_NEXT;
        fill->text = text_trim(turn->arena,
                               arena_copy(turn->arena, fill->text + sizeof(mark) - 1));
    }
}

/* The section in which it stands. */
static const char *place_of(const char *section)
{
    return text_equal(section, RETRO_NEXT) ? retro_section_names[RETRO_NARRATIVE]
                                           : section;
}

/* The three answers out of the text; *rest is what is left of it. */
static bool keep_replies(struct turn *turn, const struct retro_fill *fill,
                         const char **rest, struct err *err)
{
    struct retro_reply replies[RETRO_QUESTIONS];

    retro_replies_read(turn->arena, fill->text, replies, rest);
    for (int i = 0; i < RETRO_QUESTIONS; i++) {
        const struct retro_answer answer = {
            .incident_id = fill->incident_id,
            .question = retro_question_name((enum retro_question)i),
            .answer = replies[i].answer,
            .text = replies[i].text,
            .person_id = fill->person_id,
            .at_ms = fill->at_ms,
            .source = fill->source,
        };

        if (replies[i].is_given && !retro_answer_set(turn->store, &answer, err)) {
            return false;
        }
    }
    return true;
}

/* Of "messages" only what is no answer to the three replaces what was filled in, so
 * that an answer takes no other words away; unless it is those words that went. */
static bool keep(struct turn *turn, const struct retro_fill *fill, bool may_empty,
                 struct err *err)
{
    struct retro_fill left = *fill;

    take_next(turn, &left);
    if (text_equal(fill->section, retro_section_names[RETRO_MESSAGES]) &&
        !keep_replies(turn, fill, &left.text, err)) {
        return false;
    }
    return (text_is_empty(left.text) && !may_empty) ||
           retro_fill_set(turn->store, &left, err);
}

/* What this person has filled in there; NULL: nothing. */
static bool find_own(struct turn *turn, const struct retro_fill *fill,
                     const char **text, struct err *err)
{
    struct retro_fill to = *fill;
    struct retro_fills fills;

    *text = NULL;
    take_next(turn, &to);
    if (!retro_fills_list(turn->store, fill->incident_id, &fills, err)) {
        return false;
    }
    for (size_t i = 0; i < fills.count; i++) {
        if (fills.all[i].person_id == to.person_id &&
            text_equal(fills.all[i].section, to.section)) {
            *text = fills.all[i].text;
        }
    }
    return true;
}

/* "we lost some data" is kept as words, and answers none of the three. */
static void add_unanswered(struct turn *turn, const struct retro_record *record,
                           struct note *note)
{
    const char *open = retro_questions_unanswered(turn->arena, &record->answers);
    int first = 0;

    if (open == NULL) {
        return;
    }
    while (retro_answer_find(&record->answers, (enum retro_question)first) != NULL) {
        first += 1;
    }
    note_line(note, "Still asked: %s Yes, no or not known: %s", open,
              note_command(turn->arena, "retro messages %s ANSWER",
                           retro_question_topic((enum retro_question)first)));
}

/* Whoever meant to add to their words sees that they stand in place of others. */
static struct note *answer(struct turn *turn, const struct retro_record *record,
                           const char *section, const char *before)
{
    size_t left = retro_questions(record);
    bool is_instead = !text_is_empty(before);
    struct note *note = say_note(
        turn, "Taken into %d of %d, %s%s%s%s; %s %s left. To change it, say it again.",
        retro_section_find(section) + 1, RETRO_SECTIONS, section,
        is_instead ? PHRASE(", in place of \"") : "",
        is_instead
            ? note_words(turn->arena, text_brief(turn->arena, before, BEFORE_RUNES))
            : "",
        is_instead ? "\"" : "", retro_questions_words(turn, left),
        left == 1 ? PHRASE("is") : PHRASE("are"));

    if (text_equal(section, retro_section_names[RETRO_MESSAGES])) {
        add_unanswered(turn, record, note);
    }
    return note;
}

static struct retro_source source_of(const struct chat_event *event)
{
    return event->message == NULL
               ? (struct retro_source){0}
               : (struct retro_source){.adapter = event->place.adapter,
                                       .channel = event->place.channel,
                                       .message = event->message};
}

bool retro_take(struct turn *turn, const struct command_call *call, const char *section,
                const char *text, struct err *err)
{
    struct retro_record record;
    const char *before, *now;
    const struct retro_fill fill = {
        .incident_id = call->incident->id,
        .section = section,
        .text = text,
        .person_id = call->speaker->id,
        .at_ms = turn->now_ms,
        .source = source_of(call->event),
    };

    return find_own(turn, &fill, &before, err) && keep(turn, &fill, false, err) &&
           find_own(turn, &fill, &now, err) &&
           recorder_fact(turn, call->incident,
                         &(struct fact){
                             .person_id = call->speaker->id,
                             .kind = FACT,
                             .text = arena_exact(turn->arena, "%s: %s", section, text)},
                         NULL, err) &&
           retro_record_load(turn->store, turn->config, call->incident, &record, err) &&
           retro_amend(turn, call->incident, &record,
                       RETRO_BIT(retro_section_find(section)), err) &&
           say_made(
               turn, call,
               answer(turn, &record, section, text_equal(before, now) ? NULL : before),
               err) &&
           wording_hint(turn, call, text, WORDING_INSIDE, err);
}

static bool is_same(const struct retro_source *a, const struct retro_source *b)
{
    return a->message != NULL && text_equal(a->message, b->message) &&
           text_equal(a->channel, b->channel) && text_equal(a->adapter, b->adapter);
}

/* What a message had filled in: words, answers, or both. */
struct filled {
    bool has_words, has_answers;
    struct retro_fill fill;
};

static bool find_filled(struct turn *turn, int64_t incident_id,
                        const struct retro_source *source, struct filled *filled,
                        struct err *err)
{
    struct retro_fills fills;
    struct retro_answers answers;

    *filled = (struct filled){0};
    if (!retro_fills_list(turn->store, incident_id, &fills, err) ||
        !retro_answers_list(turn->store, incident_id, &answers, err)) {
        return false;
    }
    for (size_t i = 0; i < answers.count; i++) {
        if (is_same(&answers.all[i].source, source)) {
            filled->has_answers = true;
            filled->fill = (struct retro_fill){
                .incident_id = incident_id,
                .section = retro_section_names[RETRO_MESSAGES],
                .person_id = answers.all[i].person_id,
                .at_ms = answers.all[i].at_ms,
                .source = *source,
            };
        }
    }
    for (size_t i = 0; i < fills.count; i++) {
        if (is_same(&fills.all[i].source, source)) {
            filled->has_words = true;
            filled->fill = fills.all[i];
        }
    }
    return true;
}

/* The text of a `retro SECTION TEXT` line; NULL where it is another line, or none. */
static const char *text_in(struct turn *turn, const char *line, const char *section)
{
    const char *rest = NULL;
    const struct command *command = line == NULL ? NULL : words_verb(line, &rest);
    const char *word;
    int64_t id;

    if (command == NULL || !text_equal(command->name, "retro")) {
        return NULL;
    }
    (void)words_reference(&rest, false, &id);
    word = words_first(turn->arena, rest);
    return text_same(word, section)
               ? text_trim(turn->arena, arena_copy(turn->arena, rest + strlen(word)))
               : NULL;
}

/* The line that the message has now, and which message it is; NULL: none. Where an edit
 * of it was deleted alone it says again what it said before. */
static bool line_now(struct turn *turn, const struct chat_event *event,
                     struct retro_source *source, const char **line, struct err *err)
{
    struct entry *entry = NULL;

    *line = words_after_prefix(text_or(event->text, ""));
    if (event->kind != CHAT_DELETED) {
        return true;
    }
    *line = NULL;
    if (!timeline_find_edited(turn->store, source->adapter, source->channel,
                              source->message, &entry, err)) {
        return false;
    }
    if (entry != NULL) {
        const char *behind = words_after_prefix(entry->text);
        bool is_line = text_equal(entry->kind, "command");

        source->message = entry->message;
        *line = behind == NULL && is_line ? entry->text : behind;
    }
    return true;
}

/* It may be meant for another question of the narrative now: gone from its old place,
 * it is put where it belongs. */
static bool keep_edited(struct turn *turn, struct retro_fill *fill, const char *line,
                        bool had_words, struct err *err)
{
    const char *was = fill->section;

    fill->section = place_of(was);
    if (!recorder_name_people(turn, fill->source.adapter,
                              text_or(text_in(turn, line, fill->section), ""),
                              &fill->text, err)) {
        return false;
    }
    if (!text_equal(fill->section, retro_section_names[RETRO_NARRATIVE])) {
        return keep(turn, fill, had_words, err);
    }
    return retro_fill_set(turn->store,
                          &(struct retro_fill){.incident_id = fill->incident_id,
                                               .section = was,
                                               .person_id = fill->person_id,
                                               .text = ""},
                          err) &&
           keep(turn, fill, false, err);
}

/* Edited into something else, or deleted, it is no answer any more. */
bool retro_follow_edit(struct turn *turn, const struct incident *incident,
                       const struct person *who, const struct chat_event *event,
                       struct err *err)
{
    struct retro_source source = source_of(event);
    const char *line;
    struct filled filled;
    struct retro_fill *fill = &filled.fill;

    if (source.message == NULL) {
        return true;
    }
    if (!line_now(turn, event, &source, &line, err) ||
        !find_filled(turn, incident->id, &source, &filled, err)) {
        return false;
    }
    if ((!filled.has_words && !filled.has_answers) ||
        (event->kind != CHAT_DELETED && fill->person_id != who->id)) {
        return true;
    }
    return retro_answers_drop(turn->store, incident->id, &source, err) &&
           keep_edited(turn, fill, line, filled.has_words, err) &&
           retro_refresh(turn, incident, RETRO_BIT(retro_section_find(fill->section)),
                         err);
}
