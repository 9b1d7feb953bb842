/*
 * The seven elements of a retrospective, made from the record alone: rows in, a note
 * out. The bot's own sentences hold only times, names, states and counts; all else is
 * quoted. What the record does not hold becomes a question to one person by name.
 */
#pragma once

#include "bot/note.h"
#include "bot/retro_record.h"

#define RETRO_LINES 12 /* in a message, its heading among them */

/* What the sections are made with. */
struct retro_part {
    const struct retro_record *record;
    struct arena *arena;
    struct note *note;
    size_t questions;
    bool is_filled; /* somebody answered by hand: nothing is asked */
};

/* One section, and how many questions are in it. */
struct note *retro_compose(const struct retro_record *record, enum retro_place place,
                           size_t *questions);
/* Of all sections. */
size_t retro_questions(const struct retro_record *record);

/* Each section's own; to be called by retro_compose. */
void retro_messages(struct retro_part *part);
void retro_monitoring(struct retro_part *part);
void retro_timeline(struct retro_part *part);
void retro_factors(struct retro_part *part);
void retro_technical(struct retro_part *part);
void retro_followups(struct retro_part *part);
void retro_narrative(struct retro_part *part);

/* A line, with a question behind it: `line ? who: question`. Either may be "" or NULL;
 * what is left is said. The line ends with a full stop where a question follows. */
void retro_line(struct retro_part *part, const char *line, const char *who,
                const char *question);
/* "And 3 more pins." where more than `shown` are; nothing else. */
void retro_more(struct retro_part *part, size_t count, size_t shown, const char *what);

/* Words for lines. */
const char *retro_when(const struct retro_part *part, int64_t at_ms); /* 02:44 CET */
const char *retro_when_bare(const struct retro_part *part, int64_t at_ms); /* 02:44 */
bool retro_is_same_day(const struct retro_part *part, int64_t a_ms, int64_t b_ms);
/* "at 02:44", on another day "on Fri 13 March at 02:44"; the second begins a sentence.
 */
const char *retro_at(const struct retro_part *part, int64_t at_ms);
const char *retro_begin_at(const struct retro_part *part, int64_t at_ms);
const char *retro_quote(const struct retro_part *part, const char *text); /* "text" */
const char *retro_words(const struct retro_part *part,
                        const char *text); /* cut, shown */
/* With a full stop, where it ends without any mark. */
const char *retro_sentence(const struct retro_part *part, const char *text);
const char *retro_name(const struct retro_part *part, const char *handle);
const char *retro_span(const struct retro_part *part, int64_t from_ms, int64_t to_ms);
/* "night" where it was declared in one, else "day". */
const char *retro_day_or_night(const struct retro_part *part);
/* two, three … ten, 11 */
const char *retro_count(const struct retro_part *part, size_t count);

/* A severity entry read again: "severity sev2 (was sev3), by judgement: why". */
struct retro_severity {
    const char *level;
    const char *why; /* NULL: not said */
    bool by_judgement;
};
struct retro_severity retro_severity_read(const struct retro_part *part,
                                          const struct entry *entry);
/* What it was declared with: "severity unknown". */
const char *retro_declared_as(const struct retro_part *part);
/* A pinned change is a change. */
bool retro_is_pin(const struct entry *entry);
