/* The draft: seven messages in the incident's channel, which go on saying what is so.
 */
#include "bot/retro.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/recorder.h"
#include "bot/retro_compose.h"
#include "bot/retro_file.h"
#include "bot/say.h"

#define FACT       "retro"
#define POST_BYTES 2800 /* one message on every platform, so that it can be amended */

static const char *names(struct turn *turn)
{
    struct text list;

    text_init(&list, turn->arena);
    for (int i = 0; i < RETRO_SECTIONS; i++) {
        text_addf(&list, "%s%s", i == 0 ? "" : ", ", retro_section_names[i]);
    }
    return list.data;
}

const char *retro_questions_words(struct turn *turn, size_t count)
{
    return count == 1 ? PHRASE("1 question")
                      : arena_printf(turn->arena, "%zu questions", count);
}

/* Whose it is and by when, where that is known. */
static void add_owner(struct turn *turn, struct note *note, const struct retro *retro)
{
    if (retro == NULL || retro->owner == NULL) {
        return;
    }
    note_line(note, "Owner: %s%s. Another: %s", note_words(turn->arena, retro->owner),
              say_due(turn, retro->due_ms),
              note_command(turn->arena, "retro owner @who"));
}

static struct note *overview(struct turn *turn, const struct retro_record *record,
                             const struct retro *retro)
{
    const struct incident *incident = record->incident;
    struct note *note = say_note(
        turn,
        "Retrospective of %s %s, draft, with %s to people who were there. Sending it "
        "on%s: %s",
        say_ref(turn, incident), note_words(turn->arena, incident->title),
        retro_questions_words(turn, retro_questions(record)),
        incident_is_open(incident) ? PHRASE(", once it is resolved") : "",
        note_command(turn->arena, "retro publish"));

    note_line(note, "To fill or correct: %s: %s",
              note_command(turn->arena, "retro SECTION TEXT"), names(turn));
    add_owner(turn, note, retro);
    return note;
}

/* As much of a section as one message holds. */
static struct note *fit(const struct retro_record *record, enum retro_place place)
{
    size_t questions, count;
    struct note *note = retro_compose(record, place, &questions);
    struct note **parts = note_split(note, POST_BYTES, &count);

    if (count > 1) {
        note_line(parts[0], "And more than fits here: all of it is in the export.");
    }
    return count > 1 ? parts[0] : note;
}

static bool post(struct turn *turn, const struct command_call *call,
                 const struct retro_record *record, enum retro_place place,
                 struct err *err)
{
    struct retro_section section = {
        .incident_id = call->incident->id,
        .section = retro_section_names[place],
        .person_id = call->speaker->id,
        .at_ms = turn->now_ms,
    };

    return say_incident(turn, call->incident, fit(record, place), &section.post_row,
                        err) &&
           retro_section_post(turn->store, &section, err);
}

static bool begin(struct turn *turn, const struct command_call *call,
                  struct retro **retro, struct err *err)
{
    return (call->incident->state == INCIDENT_REVIEWED ||
            retro_begin(turn->store, call->incident->id, turn->now_ms, err)) &&
           retro_find(turn->store, call->incident->id, retro, err) &&
           recorder_fact(turn, call->incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = FACT,
                                        .text = "retrospective drafted"},
                         NULL, err);
}

bool retro_say_draft(struct turn *turn, const struct command_call *call,
                     struct err *err)
{
    struct retro_record record;
    struct retro *retro;

    if (!begin(turn, call, &retro, err) ||
        !retro_record_load(turn->store, turn->config, call->incident, &record, err) ||
        !say_made(turn, call, overview(turn, &record, retro), err)) {
        return false;
    }
    for (int i = 0; i < RETRO_SECTIONS; i++) {
        if (!post(turn, call, &record, (enum retro_place)i, err)) {
            return false;
        }
    }
    return retro_file(turn, call->incident->id, err);
}

bool retro_amend(struct turn *turn, const struct incident *incident,
                 const struct retro_record *record, unsigned places, struct err *err)
{
    for (size_t i = 0; i < record->sections.count; i++) {
        const struct retro_section *section = &record->sections.all[i];
        int place = retro_section_find(section->section);

        if (place < 0 || (places & RETRO_BIT(place)) == 0 || section->post_row == 0) {
            continue;
        }
        if (!say_amend(turn, incident, section->post_row,
                       fit(record, (enum retro_place)place), true, err)) {
            return false;
        }
    }
    return true;
}

bool retro_refresh(struct turn *turn, const struct incident *incident, unsigned places,
                   struct err *err)
{
    struct retro_record record;
    struct retro *retro;

    if (!retro_find(turn->store, incident->id, &retro, err)) {
        return false;
    }
    if (retro == NULL || !text_equal(retro->state, "draft")) {
        return true;
    }
    return retro_record_load(turn->store, turn->config, incident, &record, err) &&
           retro_amend(turn, incident, &record, places, err);
}
