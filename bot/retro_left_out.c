/* What the outside version leaves out, counted, for whoever reads it before it goes. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/retro_outside.h"

#define HANDLES_MOST 64

struct handles {
    const char *all[HANDLES_MOST];
    size_t count;
};

static void meet(struct handles *handles, const char *handle)
{
    for (size_t i = 0; i < handles->count; i++) {
        if (text_equal(handles->all[i], handle)) {
            return;
        }
    }
    if (handle != NULL && handles->count < HANDLES_MOST) {
        handles->all[handles->count++] = handle;
    }
}

static void meet_entries(struct handles *handles, const struct entries *entries)
{
    for (size_t i = 0; i < entries->count; i++) {
        meet(handles, entries->all[i].handle);
    }
}

/* Everybody of whom the inside version says something. */
static size_t count_people(const struct retro_record *record)
{
    struct handles handles = {.count = 0};

    meet(&handles, record->declarer);
    for (size_t i = 0; i < record->holds.count; i++) {
        meet(&handles, record->holds.all[i].handle);
    }
    for (size_t i = 0; i < record->tasks.count; i++) {
        meet(&handles, record->tasks.all[i].owner);
    }
    for (size_t i = 0; i < record->pages.count; i++) {
        meet(&handles, record->pages.all[i].answerer);
    }
    for (size_t i = 0; i < record->factors.count; i++) {
        meet(&handles, record->factors.all[i].handle);
    }
    meet_entries(&handles, &record->notes);
    meet_entries(&handles, &record->changes);
    meet_entries(&handles, &record->pins);
    meet_entries(&handles, &record->severities);
    return handles.count;
}

static size_t count_pins(const struct entries *pins)
{
    size_t count = 0;

    for (size_t i = 0; i < pins->count; i++) {
        count += retro_is_pin(&pins->all[i]) ? 1 : 0;
    }
    return count;
}

static size_t count_results(const struct tasks *tasks)
{
    size_t count = 0;

    for (size_t i = 0; i < tasks->count; i++) {
        count += text_is_empty(tasks->all[i].result) ? 0 : 1;
    }
    return count;
}

static size_t count_irrelevant(const struct factors *factors)
{
    size_t count = 0;

    for (size_t i = 0; i < factors->count; i++) {
        count += text_equal(factors->all[i].judged, "irrelevant") ? 1 : 0;
    }
    return count;
}

/* "; 3 inside updates"; nothing where there are none. */
static void add(struct text *list, size_t count, const char *one, const char *several)
{
    if (count > 0) {
        text_addf(list, "%s%zu %s", list->length_bytes == 0 ? "" : "; ", count,
                  count == 1 ? one : several);
    }
}

static const char *list_of(const struct retro_part *part, const struct retro_held *held)
{
    const struct retro_record *record = part->record;
    struct text list;

    text_init(&list, part->arena);
    add(&list, count_people(record), PHRASE("name, roles and who did what"),
        PHRASE("names, roles and who did what"));
    add(&list, count_pins(&record->pins), PHRASE("chat message"),
        PHRASE("chat messages"));
    add(&list, record->notes.count + count_results(&record->tasks),
        PHRASE("note or result of a task"), PHRASE("notes and results of tasks"));
    add(&list, record->unsent.count, PHRASE("outside update that was sent nowhere"),
        PHRASE("outside updates that were sent nowhere"));
    add(&list, record->inside.count, PHRASE("inside update"), PHRASE("inside updates"));
    text_addf(&list, "%sseverities", list.length_bytes == 0 ? "" : "; ");
    add(&list, record->changes.count, PHRASE("change (internal name)"),
        PHRASE("changes (internal names)"));
    add(&list, record->steps.count, PHRASE("risky step"), PHRASE("risky steps"));
    add(&list, record->tries.count, PHRASE("experiment"), PHRASE("experiments"));
    add(&list, record->parked.count, PHRASE("parked thing"), PHRASE("parked things"));
    add(&list, count_irrelevant(&record->factors), PHRASE("factor judged irrelevant"),
        PHRASE("factors judged irrelevant"));
    add(&list, held->unsaid, PHRASE("text for its length"),
        PHRASE("texts for their length"));
    add(&list, held->named, PHRASE("text that names somebody"),
        PHRASE("texts that name somebody"));
    if (held->named > 0) {
        text_addf(&list, " (%s)", held->which);
    }
    add(&list, record->wells.count, PHRASE("went well"), PHRASE("went well"));
    add(&list, record->surprises.count, PHRASE("surprise"), PHRASE("surprises"));
    add(&list, record->fills.count, PHRASE("text filled in"),
        PHRASE("texts filled in"));
    add(&list, record->feelings.count, PHRASE("feeling"), PHRASE("feelings"));
    add(&list, retro_questions(record), PHRASE("open question"),
        PHRASE("open questions"));
    return list.data;
}

struct note *retro_left_out(struct retro_part *part, const struct retro_held *held)
{
    const char *doubts = held->doubts;
    struct note *note = note_create(part->arena);

    note_line(note, "Left out: %s.", list_of(part, held));
    if (!text_is_empty(doubts)) {
        note_line(note,
                  "Worth another look, it may read as playing down or as \"we\": "
                  "%s.",
                  doubts);
    }
    note_line(note, "%s Please read it once yourself. %s",
              text_is_empty(doubts)
                  ? PHRASE("No names, no \"we\", nothing played down.")
                  : PHRASE("No names."),
              part->record->incident->is_drill
                  ? PHRASE("A drill is not published outside.")
                  : arena_printf(part->arena, "Publish: %s",
                                 note_command(part->arena, "retro publish outside")));
    return note;
}
