/* The headline card: what an incident is at one glance, pinned in its channel, changed
 * in place. */
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/impact_ask.h"
#include "bot/incident.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "bot/severity.h"
#include "bot/subscribers.h"
#include "bot/update.h"
#include "store/relations.h"
#include "store/services.h"
#include "store/tasks.h"

#define SUMMARY_RUNES 200

static const char *first_line(struct turn *turn, const struct incident *incident)
{
    return arena_printf(turn->arena, "%s %s: %s, %s", say_ref(turn, incident),
                        note_words(turn->arena, incident->title),
                        incident_state_words(incident->state),
                        severity_words(turn, incident));
}

/* The first of them, and that there are more. */
static bool add_link(struct turn *turn, const struct incident *incident,
                     const char *kind, struct text *line, struct err *err)
{
    struct service_texts urls;

    if (!service_links(turn->store, incident->service_id, kind, &urls, err)) {
        return false;
    }
    if (urls.count > 0) {
        text_addf(line, " %s: %s", text_sentence(turn->arena, kind),
                  note_words(turn->arena, urls.all[0]));
    }
    if (urls.count > 1) {
        text_addf(line, " and %zu more: %s", urls.count - 1,
                  note_command(turn->arena, "runbook"));
    }
    return true;
}

/* Its first words, with a full stop. */
static const char *sentence(struct turn *turn, const char *summary)
{
    const char *brief = text_brief(turn->arena, summary, SUMMARY_RUNES);
    size_t length = strlen(brief);
    bool is_ended = length > 0 && strchr(".?!", brief[length - 1]) != NULL;

    return arena_printf(turn->arena, "%s%s", note_words(turn->arena, brief),
                        is_ended ? "" : ".");
}

/* "outside, 20%, pay blocked"; "not known (journey: pay)" */
static const char *hit_words(struct turn *turn, const struct impact *impact)
{
    const char *hit = impact_hit(turn->arena, impact);
    const char *journey = impact_journey(turn->arena, impact);

    return hit != NULL ? hit
           : journey == NULL
               ? PHRASE("not known")
               : arena_printf(turn->arena, "not known (journey: %s)", journey);
}

static bool facts_line(struct turn *turn, const struct incident *incident,
                       const char **words, struct err *err)
{
    struct impact impact;
    struct text line;

    if (!impact_read(turn, incident, &impact, err)) {
        return false;
    }
    text_init(&line, turn->arena);
    if (!text_is_empty(incident->summary)) {
        text_addf(&line, "%s ", sentence(turn, incident->summary));
    }
    if (incident->service != NULL) {
        text_addf(&line, "%s. ", note_words(turn->arena, incident->service));
    }
    if (incident->started_ms == TIME_NONE) {
        text_add(&line, PHRASE("Started: not known. "));
    } else {
        text_addf(&line, "Started %s. ", say_when(turn, incident->started_ms));
    }
    text_addf(&line, "Declared %s by %s. Users hit: %s.",
              say_when(turn, incident->declared_ms),
              say_person(turn, incident->declared_by), hit_words(turn, &impact));
    if (incident->service_id != 0 &&
        (!add_link(turn, incident, "runbook", &line, err) ||
         !add_link(turn, incident, "dashboard", &line, err))) {
        return false;
    }
    *words = line.data;
    return true;
}

static bool leaderless_line(struct turn *turn, const struct incident *incident,
                            const char *roles, const char **line, struct err *err)
{
    const char *words;

    if (!role_say_leaderless(turn, incident, &words, err)) {
        return false;
    }
    *line = arena_printf(
        turn->arena, "%s. Anyone can, without knowing the system: %s%s%s",
        text_sentence(turn->arena, words), note_command(turn->arena, "lead"),
        roles[0] == '\0' ? "" : " ", roles);
    return true;
}

static bool roles_line(struct turn *turn, const struct incident *incident,
                       const char **line, struct err *err)
{
    const struct config *config = turn->config;
    struct text roles;
    bool is_led = false;

    text_init(&roles, turn->arena);
    for (size_t i = 0; i < config->role_count; i++) {
        struct person *holder = NULL;

        if (!role_holder(turn, incident->id, config->roles[i], &holder, err)) {
            return false;
        }
        if (holder == NULL) {
            continue;
        }
        is_led = is_led || i == 0;
        text_addf(&roles, "%s%s %s", roles.length_bytes > 0 ? ", " : "",
                  note_words(turn->arena, holder->handle),
                  i > 0                        ? config->roles[i]
                  : incident_is_open(incident) ? PHRASE("leads")
                                               : PHRASE("led"));
    }
    text_add(&roles, roles.length_bytes > 0 ? "." : "");
    *line = roles.data;
    return is_led || !incident_is_open(incident) ||
           leaderless_line(turn, incident, roles.data, line, err);
}

static bool also_open(struct turn *turn, const struct incident *incident,
                      struct text *line, struct err *err)
{
    struct incidents others;

    if (incident->service_id == 0) {
        return true;
    }
    if (!incidents_on_service(turn->store, incident->service_id, incident->id, &others,
                              err)) {
        return false;
    }
    text_addf(line, " Also open on %s: ", note_words(turn->arena, incident->service));
    for (size_t i = 0; i < others.count; i++) {
        text_addf(line, "%s%s", i == 0 ? "" : ", ", say_ref(turn, others.all[i]));
    }
    text_add(line, others.count == 0 ? PHRASE("none.") : ".");
    return true;
}

static bool related(struct turn *turn, const struct incident *incident,
                    struct text *line, struct err *err)
{
    struct incidents others;

    if (!relations_of(turn->store, incident->id, &others, err)) {
        return false;
    }
    for (size_t i = 0; i < others.count; i++) {
        text_addf(line, "%s%s%s", i == 0 ? PHRASE(" Related: ") : ", ",
                  say_ref(turn, others.all[i]), i + 1 == others.count ? "." : "");
    }
    return true;
}

static bool work_line(struct turn *turn, const struct incident *incident,
                      const char **words, struct err *err)
{
    int64_t tasks_open, tasks_done;
    struct text line;
    const char *next;

    text_init(&line, turn->arena);
    if (!tasks_count(turn->store, incident->id, &tasks_open, &tasks_done, err) ||
        !update_next(turn, incident, PHRASE("Next update"), &next, err)) {
        return false;
    }
    if (tasks_open + tasks_done == 0) {
        text_add(&line, PHRASE("Tasks: none."));
    } else {
        text_addf(&line, "Tasks: %lld open, %lld done.", (long long)tasks_open,
                  (long long)tasks_done);
    }
    if (!also_open(turn, incident, &line, err) ||
        !related(turn, incident, &line, err)) {
        return false;
    }
    if (*next != '\0') {
        text_addf(&line, " %s.", next);
    }
    *words = line.data;
    return true;
}

/* Whoever opens the channel of a duplicate is told where it goes on. */
static bool add_original(struct turn *turn, const struct incident *incident,
                         struct note *note, struct err *err)
{
    struct incident *original;

    if (incident->state != INCIDENT_CANCELLED) {
        return true;
    }
    if (!relations_original(turn->store, incident->id, &original, err)) {
        return false;
    }
    if (original != NULL) {
        note_line(note, "The same as %s %s: %s", say_ref(turn, original),
                  note_words(turn->arena, original->title), say_link(turn, original));
    }
    return true;
}

bool incident_card(struct turn *turn, const struct incident *incident,
                   struct note **card, struct err *err)
{
    struct note *note = note_create(turn->arena);
    struct person *leader = NULL;
    const char *facts, *roles, *work;

    if (!role_holder(turn, incident->id, turn->config->roles[0], &leader, err) ||
        !facts_line(turn, incident, &facts, err) ||
        !roles_line(turn, incident, &roles, err) ||
        !work_line(turn, incident, &work, err)) {
        return false;
    }
    note_heading(note, "%s", first_line(turn, incident));
    if (!add_original(turn, incident, note, err)) {
        return false;
    }
    note_line(note, "%s", facts);
    if (!text_is_empty(roles)) {
        note_line(note, "%s", roles);
    }
    note_context(note, "%s", work);
    if (incident_is_open(incident) && leader == NULL) {
        note_choice(note, "Lead", "lead %s", say_ref(turn, incident));
    }
    if (incident_is_open(incident)) {
        note_choice(note, "Catch up", "catchup %s", say_ref(turn, incident));
    }
    *card = note;
    return true;
}

bool incident_refresh(struct turn *turn, int64_t incident_id, struct err *err)
{
    struct incident *incident = NULL;
    struct note *card;

    if (!incident_find(turn->store, incident_id, &incident, err)) {
        return false;
    }
    if (incident == NULL) {
        return true;
    }
    if (!subscribers_look(turn, incident, err)) {
        return false;
    }
    if (incident->headline_row == 0) {
        return true;
    }
    return incident_card(turn, incident, &card, err) &&
           say_amend(turn, incident, incident->headline_row, card, true, err);
}

bool incident_refresh_others(struct turn *turn, int64_t service_id, int64_t except_id,
                             struct err *err)
{
    struct incidents others;

    if (service_id == 0) {
        return true;
    }
    if (!incidents_on_service(turn->store, service_id, except_id, &others, err)) {
        return false;
    }
    for (size_t i = 0; i < others.count; i++) {
        if (!incident_refresh(turn, others.all[i]->id, err)) {
            return false;
        }
    }
    return true;
}

const char *incident_topic(struct turn *turn, const struct incident *incident)
{
    return first_line(turn, incident);
}
