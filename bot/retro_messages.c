/* 1 of 7: what others were told, and when. */
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/retro_answers.h"
#include "bot/retro_compose.h"

#define OUTSIDE_SHOWN 6
#define TIMES_SHOWN   10
#define LATE_SHOWN    3
#define SILENCE_MS    TIME_HOUR_MS

static void list(struct retro_part *part, const struct updates *updates,
                 const char *what)
{
    size_t out = updates->count > OUTSIDE_SHOWN ? updates->count - OUTSIDE_SHOWN : 0;

    for (size_t i = 0; i < updates->count; i++) {
        if (i > 0 && i <= out) {
            continue; /* the first, and the last ones */
        }
        retro_line(part,
                   arena_printf(part->arena, "%s, %s: %s", what,
                                retro_when(part, updates->all[i].at_ms),
                                retro_quote(part, updates->all[i].text)),
                   NULL, NULL);
    }
    retro_more(part, updates->count, OUTSIDE_SHOWN, PHRASE("outside updates"));
}

static void outside(struct retro_part *part)
{
    list(part, &part->record->outside, PHRASE("Outside"));
    list(part, &part->record->unsent, PHRASE("Outside, written but sent nowhere"));
    if (part->record->outside.count + part->record->unsent.count == 0) {
        retro_line(part, PHRASE("Outside: none on record."), NULL, NULL);
    }
}

static bool is_late(const struct update *update)
{
    return update->due_ms != TIME_NONE &&
           update->at_ms - update->due_ms >= TIME_MINUTE_MS;
}

/* "the third was 2 min late" */
static const char *ordinal(struct arena *arena, size_t i)
{
    static const char *const words[] = {PHRASE_LATER("first"),   PHRASE_LATER("second"),
                                        PHRASE_LATER("third"),   PHRASE_LATER("fourth"),
                                        PHRASE_LATER("fifth"),   PHRASE_LATER("sixth"),
                                        PHRASE_LATER("seventh"), PHRASE_LATER("eighth"),
                                        PHRASE_LATER("ninth"),   PHRASE_LATER("tenth")};

    return i < sizeof(words) / sizeof(words[0]) ? phrase_of(words[i])
                                                : arena_printf(arena, "%zuth", i + 1);
}

/* "the 12th was 4 min late (put off until 08:17 UTC)"; NULL: nothing of the kind. */
static const char *lateness(const struct retro_part *part, size_t i)
{
    const struct update *update = &part->record->inside.all[i];
    const char *which = ordinal(part->arena, i);
    const char *put_off = update->is_put_off
                              ? arena_printf(part->arena, "put off until %s",
                                             retro_when(part, update->due_ms))
                              : NULL;

    if (!is_late(update)) {
        return put_off == NULL
                   ? NULL
                   : arena_printf(part->arena, "the %s was %s", which, put_off);
    }
    return arena_printf(part->arena, "the %s was %s late%s%s%s", which,
                        retro_span(part, update->due_ms, update->at_ms),
                        put_off == NULL ? "" : " (", text_or(put_off, ""),
                        put_off == NULL ? "" : ")");
}

static void add_late(struct retro_part *part, struct text *line)
{
    const struct updates *updates = &part->record->inside;
    size_t shown = 0, more = 0;

    for (size_t i = 0; i < updates->count; i++) {
        const char *words = lateness(part, i);

        if (words == NULL) {
            continue;
        }
        if (shown < LATE_SHOWN) {
            text_addf(line, "; %s", words);
            shown += 1;
        } else {
            more += is_late(&updates->all[i]) ? 1 : 0;
        }
    }
    if (more > 0) {
        text_addf(line, "; %zu more %s late", more,
                  more == 1 ? PHRASE("was") : PHRASE("were"));
    }
}

static void add_times(struct retro_part *part, struct text *line)
{
    const struct updates *updates = &part->record->inside;
    size_t last = updates->count - 1;

    if (updates->count > TIMES_SHOWN) {
        text_addf(line, "%zu, from %s to %s", updates->count,
                  retro_when(part, updates->all[0].at_ms),
                  retro_when(part, updates->all[last].at_ms));
        return;
    }
    for (size_t i = 0; i <= last; i++) {
        int64_t at_ms = updates->all[i].at_ms;
        const char *zone = part->record->zone;

        if (!retro_is_same_day(part, at_ms,
                               i == 0 ? part->record->incident->declared_ms
                                      : updates->all[i - 1].at_ms)) {
            text_addf(line, "%s, ", time_day(part->arena, at_ms, zone));
        }
        text_addf(line, "%s%s",
                  i == last ? note_time(part->arena, at_ms, zone)
                            : note_time_bare(part->arena, at_ms, zone),
                  i == last ? "" : ", ");
    }
}

/* "; after the last none for 2 d 23 h, until all was normal": what was due last and
 * never came is late by nobody's count. */
static void add_silence(struct retro_part *part, struct text *line)
{
    const struct retro_record *record = part->record;
    const struct incident *incident = record->incident;
    const struct config_level *level =
        config_level_find(record->config, incident->severity);
    bool is_normal = incident->normal_ms != TIME_NONE;
    int64_t end_ms = is_normal ? incident->normal_ms : incident->resolved_ms;
    int64_t last_ms = record->inside.all[record->inside.count - 1].at_ms;
    bool is_before = last_ms < incident->reopened_ms; /* there was nothing to tell */

    last_ms = is_before ? incident->reopened_ms : last_ms;
    if (level == NULL || level->update_ms == 0 || end_ms == TIME_NONE ||
        end_ms - last_ms < SILENCE_MS || end_ms - last_ms < 2 * level->update_ms) {
        return;
    }
    text_addf(line, "; after %s none for %s, until %s",
              is_before ? PHRASE("it was reopened") : PHRASE("the last"),
              retro_span(part, last_ms, end_ms),
              is_normal ? PHRASE("all was normal") : PHRASE("it was resolved"));
}

/* "The first came 5 min after declared", or after the incident had come back. */
static void add_first(struct retro_part *part, int64_t first_ms, struct text *line)
{
    const struct incident *incident = part->record->incident;
    bool is_again = first_ms > incident->reopened_ms &&
                    incident->reopened_ms > incident->declared_ms;

    text_addf(line, ". The first came %s after %s",
              retro_span(part, is_again ? incident->reopened_ms : incident->declared_ms,
                         first_ms),
              is_again ? PHRASE("it was reopened") : PHRASE("declared"));
}

static void inside(struct retro_part *part)
{
    const struct updates *updates = &part->record->inside;
    struct text line;

    if (updates->count == 0) {
        retro_line(part, PHRASE("Inside: none on record."), NULL, NULL);
        return;
    }
    text_init(&line, part->arena);
    text_add(&line, PHRASE("Inside: "));
    add_times(part, &line);
    add_first(part, updates->all[0].at_ms, &line);
    add_late(part, &line);
    add_silence(part, &line);
    text_add(&line, ".");
    retro_line(part, line.data, NULL, NULL);
}

/* "data lost no; money wrong yes: two double payments" of one person. */
static const char *replies_of(const struct retro_part *part, int64_t person_id)
{
    const struct retro_answers *answers = &part->record->answers;
    struct text line;

    text_init(&line, part->arena);
    for (int i = 0; i < RETRO_QUESTIONS; i++) {
        const struct retro_answer *answer =
            retro_answer_find(answers, (enum retro_question)i);

        if (answer == NULL || answer->person_id != person_id) {
            continue;
        }
        text_addf(&line, "%s%s %s%s%s", line.length_bytes == 0 ? "" : "; ",
                  retro_question_topic((enum retro_question)i),
                  text_equal(answer->answer, "unknown") ? PHRASE("not known")
                                                        : answer->answer,
                  *answer->text == '\0' ? "" : ": ", retro_words(part, answer->text));
    }
    return line.data;
}

/* A line for each who answered: what they said, once. */
static void replies(struct retro_part *part)
{
    const struct retro_answers *answers = &part->record->answers;

    for (size_t i = 0; i < answers->count; i++) {
        bool is_said = false;

        for (size_t j = 0; j < i; j++) {
            is_said = is_said || answers->all[j].person_id == answers->all[i].person_id;
        }
        if (!is_said) {
            retro_line(part,
                       arena_printf(part->arena, "%s: %s.",
                                    retro_name(part, answers->all[i].handle),
                                    replies_of(part, answers->all[i].person_id)),
                       NULL, NULL);
        }
    }
}

/* Outside they must be answered, whatever else was filled in. */
static void ask_replies(struct retro_part *part)
{
    const char *open = retro_questions_unanswered(part->arena, &part->record->answers);

    if (open != NULL) {
        bool is_one = strchr(open, '?') == strrchr(open, '?');

        retro_ask(part, NULL, part->record->informer,
                  arena_printf(part->arena, "%s Yes, no or not known%s.", open,
                               is_one ? "" : PHRASE(" to each")));
    }
}

void retro_messages(struct retro_part *part)
{
    outside(part);
    inside(part);
    retro_say_more(part);
    replies(part);
    ask_replies(part);
}
