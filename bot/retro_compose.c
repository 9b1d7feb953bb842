#include "bot/retro_compose.h"

#include "bot/base/text.h"
#include "bot/base/time.h"

static const struct {
    const char *heading;
    void (*compose)(struct retro_part *part);
} sections[RETRO_SECTIONS] = {
    [RETRO_MESSAGES] = {"messages to stakeholders", retro_messages},
    [RETRO_MONITORING] = {"monitoring context", retro_monitoring},
    [RETRO_TIMELINE] = {NULL, retro_timeline},
    [RETRO_FACTORS] = {"contributing factors", retro_factors},
    [RETRO_TECHNICAL] = {"technical analysis", retro_technical},
    [RETRO_FOLLOWUPS] = {"follow-up actions", retro_followups},
    [RETRO_NARRATIVE] = {"narrative", retro_narrative},
};

static const struct retro_section *filled(const struct retro_record *record,
                                          enum retro_place place)
{
    for (size_t i = 0; i < record->sections.count; i++) {
        const struct retro_section *section = &record->sections.all[i];

        if (text_equal(section->section, retro_section_names[place]) &&
            !text_is_empty(section->text)) {
            return section;
        }
    }
    return NULL;
}

/* The timeline's says how its times are meant, once for all its lines. */
static const char *heading(const struct retro_part *part, enum retro_place place)
{
    struct time_parts parts;

    if (sections[place].heading != NULL) {
        return sections[place].heading;
    }
    time_split(part->arena, part->record->incident->declared_ms, part->record->zone,
               &parts);
    return arena_printf(part->arena,
                        "communication timeline: key moments, %s. Every entry: %s",
                        parts.zone, note_command(part->arena, "timeline all"));
}

struct note *retro_compose(const struct retro_record *record, enum retro_place place,
                           size_t *questions)
{
    const struct retro_section *by_hand = filled(record, place);
    struct retro_part part = {
        .record = record,
        .arena = record->arena,
        .note = note_create(record->arena),
        .is_filled = by_hand != NULL,
    };

    note_heading(part.note, "%d of %d, %s", (int)place + 1, RETRO_SECTIONS,
                 heading(&part, place));
    sections[place].compose(&part);
    if (by_hand != NULL) {
        note_line(part.note, "%s: \"%s\"", retro_name(&part, by_hand->handle),
                  note_words(part.arena, by_hand->text));
    }
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

void retro_line(struct retro_part *part, const char *line, const char *who,
                const char *question)
{
    bool is_asked = !part->is_filled && question != NULL;
    bool is_said = !text_is_empty(line);

    if (is_asked) {
        part->questions += 1;
        note_line(part->note, "%s%s? %s: %s", is_said ? line : "", is_said ? " " : "",
                  retro_name(part, who), question);
    } else if (is_said) {
        note_line(part->note, "%s", line);
    }
}

void retro_more(struct retro_part *part, size_t count, size_t shown, const char *what)
{
    const char *all = note_command(part->arena, "timeline all");

    if (count == shown + 1) {
        note_line(part->note, "And 1 more: %s", all);
    } else if (count > shown) {
        note_line(part->note, "And %zu more %s: %s", count - shown, what, all);
    }
}
