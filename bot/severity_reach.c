#include "bot/severity_reach.h"

#include "bot/base/text.h"
#include "bot/candidates.h"
#include "bot/duty.h"
#include "bot/incident.h"
#include "bot/say.h"
#include "bot/severity.h"
#include "store/impacts.h"
#include "store/people.h"

/* What became of those whom the level names. */
struct reach {
    struct turn *turn;
    const struct incident *incident;
    const struct config_level *level;
    struct text invited, asleep, unknown;
};

static void list(struct text *text, const char *words)
{
    text_addf(text, "%s%s", text->length_bytes > 0 ? ", " : "", words);
}

/* A handle, or a service or team: whoever is on duty for it. NULL: nobody; *words is
 * how they are listed. */
static bool find(struct turn *turn, const char *word, struct person **person,
                 const char **words, struct err *err)
{
    const char *name = word;
    int64_t service_id = 0;
    struct duty duty;

    *words = note_words(turn->arena, word);
    if (!person_find_handle(turn->store, word, person, err)) {
        return false;
    }
    if (*person != NULL) {
        *words = note_words(turn->arena, (*person)->handle);
        return true;
    }
    if (!candidates_service(turn, word, &service_id, &name, err)) {
        return false;
    }
    if (service_id == 0) {
        *words = arena_printf(turn->arena, "%s (I know nobody of that name)", *words);
        return true;
    }
    if (!duty_now(turn, service_id, turn->now_ms, &duty, err) ||
        !person_find(turn->store, duty.person_id, person, err)) {
        return false;
    }
    *words = *person == NULL ? arena_printf(turn->arena, "%s (nobody is on call)",
                                            note_words(turn->arena, name))
                             : arena_printf(turn->arena, "%s (on call for %s)",
                                            note_words(turn->arena, (*person)->handle),
                                            note_words(turn->arena, name));
    return true;
}

/* The phone rings, unless it is night there and the level, or a
 * drill, wakes nobody. */
static bool tell(struct reach *reach, const struct person *person, const char *words,
                 struct err *err)
{
    struct turn *turn = reach->turn;
    const struct incident *incident = reach->incident;
    const char *local;
    bool is_awake, can_reach;

    if (!candidates_local(turn, person->id, incident->adapter, &local, &is_awake,
                          err) ||
        !say_can_reach(turn, incident, person->id, &can_reach, err)) {
        return false;
    }
    if (!is_awake && (incident->is_drill || !reach->level->wakes)) {
        list(&reach->asleep, words);
        return quiet_invite_add(turn->store, incident->id, person->id, err);
    }
    list(&reach->invited, words);
    return !can_reach ||
           say_direct(turn, incident, person->id,
                      say_note(turn,
                               "%s %s: %s. At this level you are invited. Work: %s. "
                               "So far: %s",
                               say_ref(turn, incident),
                               note_words(turn->arena, incident->title),
                               severity_words(turn, incident), say_link(turn, incident),
                               note_command(turn->arena, "status inc-%lld",
                                            (long long)incident->id)),
                      NULL, err);
}

static bool bring(struct reach *reach, const char *word, struct err *err)
{
    struct turn *turn = reach->turn;
    struct person *person;
    const char *words;
    bool is_in, was_quiet;

    if (!find(turn, word, &person, &words, err)) {
        return false;
    }
    if (person == NULL || person->is_retired) {
        list(&reach->unknown, words);
        return true;
    }
    if (!member_is(turn->store, reach->incident->id, person->id, &is_in, err) ||
        !quiet_invite_take(turn->store, reach->incident->id, person->id, &was_quiet,
                           err)) {
        return false;
    }
    return (is_in && !was_quiet) ||
           (incident_bring_in(turn, reach->incident, person->id, err) &&
            tell(reach, person, words, err));
}

static void add_lines(const struct reach *reach, struct note *note)
{
    struct text line;

    text_init(&line, note->arena);
    if (reach->invited.length_bytes > 0) {
        text_addf(&line, "Invited at %s: %s.", reach->level->name, reach->invited.data);
    }
    if (reach->asleep.length_bytes > 0) {
        text_addf(&line, "%sInvited, but not woken at %s: %s.",
                  line.length_bytes > 0 ? " " : "", reach->level->name,
                  reach->asleep.data);
    }
    if (reach->unknown.length_bytes > 0) {
        text_addf(&line, "%sNot reached: %s.", line.length_bytes > 0 ? " " : "",
                  reach->unknown.data);
    }
    if (line.length_bytes > 0) {
        note_line(note, "%s", line.data);
    }
}

bool severity_reach(struct turn *turn, const struct incident *incident,
                    struct note *note, struct err *err)
{
    struct reach reach = {
        .turn = turn,
        .incident = incident,
        .level = config_level_find(turn->config, incident->severity),
    };

    if (reach.level == NULL || incident->is_private || !incident_is_open(incident)) {
        return true;
    }
    text_init(&reach.invited, turn->arena);
    text_init(&reach.asleep, turn->arena);
    text_init(&reach.unknown, turn->arena);
    for (size_t i = 0; i < reach.level->invite_count; i++) {
        if (!bring(&reach, reach.level->invite[i], err)) {
            return false;
        }
    }
    add_lines(&reach, note);
    return true;
}
