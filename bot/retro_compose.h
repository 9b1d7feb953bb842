/*
 * The seven elements of a retrospective, made from the record alone: rows in, a note
 * out. The bot's own sentences hold only times, names, states and counts; all else is
 * quoted. What the record does not hold becomes a question to one person by name.
 */
#pragma once

#include "bot/note.h"
#include "bot/retro_record.h"

#define RETRO_LINES 12 /* in a message, its heading among them */

#define RETRO_ASKED 16 /* people asked in one section */

/* What the sections are made with. */
struct retro_part {
    const struct retro_record *record;
    enum retro_place place;
    struct arena *arena;
    struct note *note;
    size_t questions;
    const char *asked[RETRO_ASKED]; /* who is, in the first of two rounds */
    size_t asked_count;
    bool is_first_round; /* all is asked, to see of whom */
    bool is_spoken_for;  /* somebody who was not asked filled it in: nothing is asked */
    struct text more;    /* "3 more pins, 2 more changes": what did not fit */
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
/* bot/retro_waits.c: how many lines of it, and they themselves. */
size_t retro_waits_lines(const struct retro_record *record);
void retro_waits(struct retro_part *part);
void retro_factors(struct retro_part *part);
void retro_technical(struct retro_part *part);
void retro_followups(struct retro_part *part);
void retro_narrative(struct retro_part *part);

/* Has `who` filled in this section, or somebody for all? Then they are asked nothing.
 */
bool retro_is_settled(const struct retro_part *part, const char *who);
/* What somebody filled in here; NULL where nothing. */
const struct retro_fill *retro_fill_of(const struct retro_part *part, const char *who);

/* A line, with a question behind it: `line ? who: question`. Either may be "" or NULL;
 * what is left is said. The line ends with a full stop where a question follows. */
void retro_line(struct retro_part *part, const char *line, const char *who,
                const char *question);
/* Likewise, whatever they filled in: it waits for a certain answer. */
void retro_ask(struct retro_part *part, const char *line, const char *who,
               const char *question);
/* Where more than `shown` are: the section says how many more, of all its lists in one
 * line; at its end, or where retro_say_more is called. */
void retro_more(struct retro_part *part, size_t count, size_t shown, const char *what);
void retro_say_more(struct retro_part *part);

/* Words for lines. */
const char *retro_when(const struct retro_part *part, int64_t at_ms); /* 02:44 CET */
const char *retro_when_bare(const struct retro_part *part, int64_t at_ms); /* 02:44 */
bool retro_is_same_day(const struct retro_part *part, int64_t a_ms, int64_t b_ms);
const char *retro_quote(const struct retro_part *part, const char *text); /* "text" */
/* Likewise, to end a sentence with: with a full stop where it has no mark of its own.
 */
const char *retro_said(const struct retro_part *part, const char *text);
const char *retro_words(const struct retro_part *part,
                        const char *text); /* cut, shown */
/* With a full stop, where it ends without any mark. */
const char *retro_sentence(const struct retro_part *part, const char *text);
const char *retro_name(const struct retro_part *part, const char *handle);
const char *retro_span(const struct retro_part *part, int64_t from_ms, int64_t to_ms);
/* Was it noticed within the minute in which it began? */
bool retro_is_at_once(const struct incident *incident);
/* "night" where it was declared in one, else "day". */
const char *retro_day_or_night(const struct retro_part *part);
/* two, three … ten, 11 */
const char *retro_count(const struct retro_part *part, size_t count);

/* A severity entry read again: "severity sev2 (was sev3), by judgement: why". */
struct retro_severity {
    const char *level;
    const char *why; /* NULL: not said */
    bool by_judgement;
    bool by_sum; /* why is what `impact set` recorded: nobody's words */
};
struct retro_severity retro_severity_read(const struct retro_part *part,
                                          const struct entry *entry);
/* What it was declared with: "severity unknown". */
const char *retro_declared_as(const struct retro_part *part);
/* A pinned change is a change, and so is the command that made it; likewise a step, a
 * try.
 */
bool retro_is_pin(const struct entry *entry);
