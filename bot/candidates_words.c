/* Single facts of the choice: what the hour is where somebody lives, and which service
 * a word means. */
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/candidates.h"
#include "bot/note.h"
#include "store/choices.h"
#include "store/people.h"

#define AWAKE_FROM  8
#define AWAKE_UNTIL 22

#define NEAR_SERVICES 3
#define NEAR_LETTERS  2
#define HERE_LISTED   3

/* "London" of Europe/London. */
static const char *city_of(struct arena *arena, const char *zone)
{
    const char *slash = strrchr(zone, '/');
    char *city = arena_copy(arena, slash == NULL ? zone : slash + 1);

    for (char *at = city; *at != '\0'; at++) {
        *at = (char)(*at == '_' ? ' ' : *at);
    }
    return city;
}

bool candidates_local(struct turn *turn, int64_t person_id, const char *adapter,
                      const char **local, bool *is_awake, struct err *err)
{
    struct time_parts here, there;
    const char *zone = NULL;

    *local = NULL;
    if (!person_zone(turn->store, person_id, adapter, &zone, err)) {
        return false;
    }
    *is_awake = time_is_between(turn->now_ms, zone == NULL ? turn_zone(turn) : zone,
                                AWAKE_FROM, AWAKE_UNTIL);
    if (zone == NULL) {
        return true;
    }
    time_split(turn->arena, turn->now_ms, turn_zone(turn), &here);
    time_split(turn->arena, turn->now_ms, zone, &there);
    if (here.offset_s != there.offset_s) {
        *local =
            arena_printf(turn->arena, strchr(zone, '/') == NULL ? "%s %s" : "%s in %s",
                         time_clock_bare(turn->arena, turn->now_ms, zone),
                         city_of(turn->arena, zone));
    }
    return true;
}

bool candidates_add_here(struct turn *turn, const struct incident *incident,
                         int64_t asker_id, struct note *note, struct err *err)
{
    struct candidates_wish wish = {
        .incident = incident,
        .asker_id = asker_id,
        .only_here = true,
        .pool = ESCALATION_ANYBODY,
    };
    struct candidates found;
    struct text list;

    if (incident == NULL) {
        return true;
    }
    wish.only_awake = !config_level_wakes(turn->config, incident->severity);
    if (!candidates_find(turn, &wish, &found, err)) {
        return false;
    }
    text_init(&list, turn->arena);
    for (size_t i = 0; i < found.count && i < HERE_LISTED; i++) {
        text_addf(&list, "%s%s", i == 0 ? "" : ", ", found.all[i].handle);
    }
    if (found.count > 0) {
        note_line(note, "Here besides you: %s. %s", list.data,
                  note_command(turn->arena, "ask @%s QUESTION", found.all[0].handle));
    }
    return true;
}

/* The first service with such a word: a team, or a name or alias. */
static int64_t find_word(const struct choices *services, const char *word, bool is_team)
{
    for (size_t i = 0; i < services->count; i++) {
        const struct choice *service = &services->all[i];

        if ((strcmp(service->kind, "team") == 0) == is_team &&
            strcmp(service->kind, "skill") != 0 && text_same(service->word, word)) {
            return service->id;
        }
    }
    return 0;
}

bool candidates_service(struct turn *turn, const char *word, int64_t *service_id,
                        const char **name, struct err *err)
{
    struct choices services;

    *service_id = 0;
    if (!choices_services(turn->store, &services, err)) {
        return false;
    }
    /* A name or alias before a team: a team may have several services. */
    *service_id = find_word(&services, word, false);
    if (*service_id == 0) {
        *service_id = find_word(&services, word, true);
    }
    for (size_t i = 0; i < services.count; i++) {
        if (services.all[i].id == *service_id &&
            strcmp(services.all[i].kind, "name") == 0) {
            *name = services.all[i].word;
        }
    }
    return true;
}

bool candidates_near_service(struct turn *turn, const char *word, const char **names,
                             struct err *err)
{
    struct choices services;
    struct text list;
    size_t listed = 0;

    *names = NULL;
    if (!choices_services(turn->store, &services, err)) {
        return false;
    }
    text_init(&list, turn->arena);
    for (size_t i = 0; i < services.count && listed < NEAR_SERVICES; i++) {
        const struct choice *service = &services.all[i];

        if (strcmp(service->kind, "skill") != 0 && strcmp(service->kind, "team") != 0 &&
            text_distance(service->word, word) <= NEAR_LETTERS) {
            text_addf(&list, "%s%s", listed == 0 ? "" : ", ",
                      note_words(turn->arena, service->word));
            listed++;
        }
    }
    *names = listed == 0 ? NULL : list.data;
    return true;
}
