#include "bot/retro_compose.h"

#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

static const struct {
    const char *heading;
    void (*compose)(struct retro_part *part);
} sections[RETRO_SECTIONS] = {
    [RETRO_MESSAGES] = {PHRASE_LATER("messages to stakeholders"), retro_messages},
    [RETRO_MONITORING] = {PHRASE_LATER("monitoring context"), retro_monitoring},
    [RETRO_TIMELINE] = {NULL, retro_timeline},
    [RETRO_FACTORS] = {PHRASE_LATER("contributing factors"), retro_factors},
    [RETRO_TECHNICAL] = {PHRASE_LATER("technical analysis"), retro_technical},
    [RETRO_FOLLOWUPS] = {PHRASE_LATER("follow-up actions"), retro_followups},
    [RETRO_NARRATIVE] = {PHRASE_LATER("narrative"), retro_narrative},
};

static bool is_next(const struct retro_fill *fill)
{
    return text_equal(fill->section, RETRO_NEXT);
}

/* What the next one should know stands in the narrative, and answers nothing else. */
static bool is_here(const struct retro_part *part, const struct retro_fill *fill)
{
    return text_equal(fill->section, retro_section_names[part->place]) ||
           (part->place == RETRO_NARRATIVE && is_next(fill));
}

const struct retro_fill *retro_fill_of(const struct retro_part *part, const char *who)
{
    const struct retro_fills *fills = &part->record->fills;

    for (size_t i = 0; i < fills->count; i++) {
        const struct retro_fill *fill = &fills->all[i];

        if (is_here(part, fill) && !is_next(fill) && text_equal(fill->handle, who)) {
            return fill;
        }
    }
    return NULL;
}

bool retro_is_settled(const struct retro_part *part, const char *who)
{
    return !part->is_first_round &&
           (part->is_spoken_for || retro_fill_of(part, who) != NULL);
}

/* `dani: "what they filled in"` */
static void add_fill(struct retro_part *part, const struct retro_fill *fill)
{
    note_line(part->note, "%s: %s", retro_name(part, fill->handle),
              retro_quote(part, fill->text));
}

/* The timeline's says how its times are meant, once for all its lines. */
static const char *heading(const struct retro_part *part, enum retro_place place)
{
    struct time_parts parts;

    if (sections[place].heading != NULL) {
        return phrase_of(sections[place].heading);
    }
    time_split(part->arena, part->record->incident->declared_ms, part->record->zone,
               &parts);
    return arena_printf(part->arena,
                        "communication timeline: key moments, %s. Every entry: %s",
                        parts.zone, note_command(part->arena, "timeline all"));
}

void retro_say_more(struct retro_part *part)
{
    if (part->more.length_bytes > 0) {
        note_line(part->note, "And %s: %s", part->more.data,
                  note_command(part->arena, "timeline key"));
        text_init(&part->more, part->arena);
    }
}

static bool was_asked(const struct retro_part *part, const char *who)
{
    for (size_t i = 0; i < part->asked_count; i++) {
        if (text_equal(part->asked[i], who)) {
            return true;
        }
    }
    return false;
}

/* Those who were not asked speak for all who were. */
static bool is_spoken_for(const struct retro_part *part)
{
    const struct retro_fills *fills = &part->record->fills;

    for (size_t i = 0; i < fills->count; i++) {
        const struct retro_fill *fill = &fills->all[i];

        if (is_here(part, fill) && !is_next(fill) && !was_asked(part, fill->handle)) {
            return true;
        }
    }
    return false;
}

/* What people filled in ends the section; the narrative has its own places for some. */
static void say_fills(struct retro_part *part)
{
    const struct retro_fills *fills = &part->record->fills;

    for (size_t i = 0; i < fills->count; i++) {
        const struct retro_fill *fill = &fills->all[i];

        if (is_here(part, fill) &&
            (part->place != RETRO_NARRATIVE || is_next(fill) ||
             !text_equal(fill->handle, part->record->declarer))) {
            add_fill(part, fill);
        }
    }
}

static void compose_round(struct retro_part *part, bool is_first)
{
    part->is_first_round = is_first;
    part->questions = 0;
    part->note = note_create(part->arena);
    text_init(&part->more, part->arena);
    note_heading(part->note, "%d of %d, %s", (int)part->place + 1, RETRO_SECTIONS,
                 heading(part, part->place));
    sections[part->place].compose(part);
}

struct note *retro_compose(const struct retro_record *record, enum retro_place place,
                           size_t *questions)
{
    struct retro_part part = {.record = record, .place = place, .arena = record->arena};

    compose_round(&part, true);
    part.is_spoken_for = is_spoken_for(&part);
    compose_round(&part, false);
    retro_say_more(&part);
    say_fills(&part);
    *questions = part.questions;
    return part.note;
}

size_t retro_questions(const struct retro_record *record)
{
    size_t all = 0;

    for (int i = 0; i < RETRO_SECTIONS; i++) {
        size_t questions;

        (void)retro_compose(record, (enum retro_place)i, &questions);
        all += questions;
    }
    return all;
}

static void note_asked(struct retro_part *part, const char *who)
{
    if (part->is_first_round && part->asked_count < RETRO_ASKED) {
        part->asked[part->asked_count++] = who;
    }
}

void retro_ask(struct retro_part *part, const char *line, const char *who,
               const char *question)
{
    bool is_said = !text_is_empty(line);

    note_asked(part, who);
    part->questions += 1;
    note_line(part->note, "%s%s? %s: %s", is_said ? line : "", is_said ? " " : "",
              retro_name(part, who), question);
}

void retro_line(struct retro_part *part, const char *line, const char *who,
                const char *question)
{
    if (question != NULL && !retro_is_settled(part, who)) {
        retro_ask(part, line, who, question);
    } else if (!text_is_empty(line)) {
        note_line(part->note, "%s", line);
    }
}

/* "1 more change", "2 more changes" */
void retro_more(struct retro_part *part, size_t count, size_t shown, const char *what)
{
    size_t length = strlen(what);

    if (count <= shown) {
        return;
    }
    if (count == shown + 1 && what[length - 1] == 's') {
        length -= 1;
    }
    text_addf(&part->more, "%s%zu more %.*s", part->more.length_bytes == 0 ? "" : ", ",
              count - shown, (int)length, what);
}
