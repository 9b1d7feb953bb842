#include "bot/keep.h"

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/recorder.h"
#include "bot/say.h"
#include "store/people.h"

#define MINE_MOST    6
#define LABEL_RUNES  40
#define BUTTON_BYTES 1900 /* of a command that rides on a button */

/* Who asks to keep what, on which timeline. */
struct keeping {
    struct turn *turn;
    const struct chat_event *event;
    struct person *who;
};

static bool answer(const struct keeping *keeping, struct note *note, struct err *err)
{
    return say_private_at(keeping->turn, keeping->event, keeping->who, note, err);
}

/* What people call whoever said it; another bot goes by its name. */
static bool author_of(const struct keeping *keeping, const char **name, struct err *err)
{
    const struct chat_person *author = &keeping->event->author;
    struct person *person = NULL;

    *name = text_or(author->name, "somebody");
    if (author->id == NULL) {
        return true;
    }
    if (!person_meet(keeping->turn->store,
                     &(struct account){.adapter = keeping->event->place.adapter,
                                       .external = author->id,
                                       .name = author->name},
                     &person, err)) {
        return false;
    }
    *name = person->handle;
    return true;
}

/* "tove in #ops: the disk is full". */
static bool words_of(const struct keeping *keeping, const char **words, struct err *err)
{
    struct turn *turn = keeping->turn;
    const struct chat_event *event = keeping->event;
    const char *author, *text;

    if (!author_of(keeping, &author, err) ||
        !recorder_name_people(turn, event->place.adapter, text_or(event->text, ""),
                              &text, err)) {
        return false;
    }
    *words = arena_printf(
        turn->arena, "%s%s%s: %s", author, event->place.name == NULL ? "" : " in ",
        text_or(event->place.name, ""), text_is_empty(text) ? "(no words)" : text);
    return true;
}

/* When it was said, where that is known and past; else now. */
static int64_t said_ms(const struct keeping *keeping)
{
    int64_t at_ms = keeping->event->said_ms;

    return at_ms > 0 && at_ms < keeping->turn->now_ms ? at_ms : keeping->turn->now_ms;
}

static bool keep_as_entry(const struct keeping *keeping,
                          const struct incident *incident, struct err *err)
{
    struct turn *turn = keeping->turn;
    int64_t at_ms = said_ms(keeping);
    const char *ref = say_ref(turn, incident);
    const char *words;
    int64_t n;

    return words_of(keeping, &words, err) &&
           recorder_fact(turn, incident,
                         &(struct fact){.person_id = keeping->who->id,
                                        .kind = "note",
                                        .at_ms = at_ms,
                                        .text = words},
                         &n, err) &&
           answer(
               keeping,
               say_note(turn, "Kept on the timeline of %s, %s. Take it out: %s", ref,
                        say_at(turn, at_ms),
                        note_command(turn->arena, "drop %s %lld", ref, (long long)n)),
               err);
}

/* What is on the timeline already becomes a key moment. */
static bool keep_here(const struct keeping *keeping, const struct incident *incident,
                      struct err *err)
{
    struct turn *turn = keeping->turn;
    struct chat_event pinned = *keeping->event;
    struct entry *entry = NULL;
    bool is_member = true;

    if (incident->is_private &&
        !member_is(turn->store, incident->id, keeping->who->id, &is_member, err)) {
        return false;
    }
    if (!is_member) {
        return answer(
            keeping,
            say_note(turn, "This place is by invitation. Nothing was changed."), err);
    }
    if (pinned.message != NULL &&
        !timeline_find_message(turn->store, pinned.place.adapter, pinned.place.channel,
                               pinned.message, &entry, err)) {
        return false;
    }
    if (entry == NULL) {
        return keep_as_entry(keeping, incident, err);
    }
    if (entry->is_pinned) {
        return answer(keeping, say_note(turn, "It is a key moment already."), err);
    }
    pinned.kind = CHAT_REACTED;
    pinned.text = RECORDER_PIN;
    return recorder_event(turn, incident, keeping->who, &pinned, err);
}

/* "at inc-1 2026-11-22T03:10:30.000Z tove in #ops: the disk is full": whenever the
 * button is chosen, the entry is of when it was said. */
static const char *line_for(const struct keeping *keeping,
                            const struct incident *incident, const char *words)
{
    struct arena *arena = keeping->turn->arena;
    char *line = arena_printf(arena, "at %s %s %s", say_ref(keeping->turn, incident),
                              time_rfc3339_exact(arena, said_ms(keeping)), words);
    size_t fit = text_fit(line, BUTTON_BYTES);

    if (line[fit] == '\0') {
        return line;
    }
    line[fit] = '\0';
    return arena_printf(arena, "%s ...", line);
}

/* One button for each incident it may belong to. */
static bool ask_which(const struct keeping *keeping, const struct incidents *mine,
                      struct err *err)
{
    struct turn *turn = keeping->turn;
    struct note *note = say_note(turn, "On whose timeline?");
    const char *words;

    if (!words_of(keeping, &words, err)) {
        return false;
    }
    for (size_t i = 0; i < mine->count; i++) {
        const struct incident *incident = mine->all[i];
        const char *ref = say_ref(turn, incident);

        note_choice(note,
                    arena_printf(turn->arena, "%s %s", ref,
                                 text_brief(turn->arena, incident->title, LABEL_RUNES)),
                    "%s", line_for(keeping, incident, words));
    }
    return answer(keeping, note, err);
}

static bool keep_elsewhere(const struct keeping *keeping, struct err *err)
{
    struct turn *turn = keeping->turn;
    struct incidents mine;

    if (!incidents_list(turn->store, INCIDENTS_MINE, keeping->who->id, MINE_MOST, &mine,
                        err)) {
        return false;
    }
    if (mine.count == 0) {
        return answer(keeping,
                      say_note(turn,
                               "You are in no open incident: there is no timeline to "
                               "keep it on. Those you can see: %s",
                               note_command(turn->arena, "list")),
                      err);
    }
    return mine.count == 1 ? keep_as_entry(keeping, mine.all[0], err)
                           : ask_which(keeping, &mine, err);
}

bool keep_event(struct turn *turn, const struct chat_event *event, struct err *err)
{
    struct keeping keeping = {.turn = turn, .event = event};
    const struct chat_place *place = &event->place;
    struct incident *incident = NULL;

    if (!person_meet(turn->store,
                     &(struct account){.adapter = place->adapter,
                                       .external = event->who.id,
                                       .name = event->who.name,
                                       .zone = event->who.zone},
                     &keeping.who, err) ||
        !incident_find_channel(turn->store, place->adapter, place->channel, &incident,
                               err)) {
        return false;
    }
    return incident != NULL ? keep_here(&keeping, incident, err)
                            : keep_elsewhere(&keeping, err);
}
