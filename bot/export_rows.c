#include "bot/export_rows.h"

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/incident.h"
#include "bot/retro_compose.h"
#include "store/holds.h"
#include "store/page_calls.h"

bool export_page_who(const struct export_sheet *sheet, const struct page *page,
                     const char **who, struct err *err)
{
    struct page_calls calls;

    *who = page->answerer;
    if (*who != NULL) {
        return true;
    }
    if (!page_calls_list(sheet->store, page, &calls, err)) {
        return false;
    }
    for (size_t i = 0; i < calls.count; i++) {
        if (calls.all[i].state != PAGE_CALL_DECLINED) {
            *who = calls.all[i].handle;
        }
    }
    return true;
}

/* A line of a note without its marks, as it is read in a channel. */
static const char *line_words(struct arena *arena, const char *line)
{
    struct note_mark mark;
    struct text out;

    text_init(&out, arena);
    while (note_next_mark(&line, &mark)) {
        const char *words = arena_copy_n(arena, mark.text, mark.length_bytes);

        if (mark.kind == NOTE_MARK_COMMAND) {
            text_addf(&out, "`!inc %s`", words);
        } else {
            text_add(&out, words);
        }
    }
    return out.data;
}

static const char *section_text(const struct retro_record *record,
                                enum retro_place place)
{
    size_t questions;
    const struct note *note = retro_compose(record, place, &questions);
    struct text out;

    text_init(&out, record->arena);
    for (size_t i = 1; i < note->count; i++) {
        text_addf(&out, "%s%s", i == 1 ? "" : "\n",
                  line_words(record->arena, note->blocks[i].text));
    }
    return out.data;
}

bool export_retro_read(const struct export_sheet *sheet, struct export_retro *retro,
                       struct err *err)
{
    struct retro_record record;
    struct retro *found;

    *retro = (struct export_retro){.due_ms = TIME_NONE};
    if (!retro_find(sheet->store, sheet->incident->id, &found, err)) {
        return false;
    }
    if (found != NULL) {
        retro->owner = found->owner;
        retro->due_ms = found->due_ms;
    }
    if (found == NULL || found->drafted_ms == TIME_NONE) {
        return true;
    }
    if (!retro_record_load(sheet->store, sheet->config, sheet->incident, &record,
                           err)) {
        return false;
    }
    record.in_full = true;
    retro->state = found->state;
    for (int i = 0; i < RETRO_SECTIONS; i++) {
        retro->sections[i] = section_text(&record, (enum retro_place)i);
    }
    return true;
}

bool export_holds(const struct export_sheet *sheet, struct holds *holds,
                  struct err *err)
{
    const struct incident *incident = sheet->incident;
    int64_t closed_ms;

    if (!holds_list(sheet->store, incident->id, false, holds, err) ||
        !incident_closed_ms(sheet->store, incident, &closed_ms, err)) {
        return false;
    }
    for (size_t i = 0; i < holds->count; i++) {
        struct hold *hold = &holds->all[i];

        if (hold->to_ms == TIME_NONE && closed_ms > hold->from_ms) {
            hold->to_ms = closed_ms;
        }
    }
    return true;
}
