#include "bot/retro_record.h"

#include "bot/base/text.h"
#include "bot/impact.h"
#include "bot/moment.h"
#include "store/impacts.h"
#include "store/people.h"

const char *const retro_section_names[RETRO_SECTIONS] = {
    [RETRO_MESSAGES] = "messages",   [RETRO_MONITORING] = "monitoring",
    [RETRO_TIMELINE] = "timeline",   [RETRO_FACTORS] = "factors",
    [RETRO_TECHNICAL] = "technical", [RETRO_FOLLOWUPS] = "followups",
    [RETRO_NARRATIVE] = "narrative",
};

int retro_section_find(const char *name)
{
    for (int i = 0; i < RETRO_SECTIONS; i++) {
        if (text_same(retro_section_names[i], name)) {
            return i;
        }
    }
    return -1;
}

static bool load_work(struct store *store, struct retro_record *record, struct err *err)
{
    int64_t id = record->incident->id;

    if (!holds_list(store, id, false, &record->holds, err) ||
        !tasks_list(store, id, &record->tasks, err) ||
        !pages_list(store, id, &record->pages, err) ||
        !updates_list(store, id, UPDATE_INSIDE, &record->inside, err) ||
        !updates_list(store, id, UPDATE_OUTSIDE, &record->outside, err) ||
        !updates_list(store, id, UPDATE_UNSENT, &record->unsent, err)) {
        return false;
    }
    record->offers =
        ARENA_ARRAY(store->arena, struct task_offers, record->tasks.count + 1);
    for (size_t i = 0; i < record->tasks.count; i++) {
        if (!task_offers_list(store, id, record->tasks.all[i].n, &record->offers[i],
                              err)) {
            return false;
        }
    }
    return true;
}

/* What was answered about the impact is of that kind, too, and sets no level. */
static void keep_levels(struct entries *severities)
{
    size_t kept = 0;

    for (size_t i = 0; i < severities->count; i++) {
        if (text_starts(severities->all[i].text, "severity ")) {
            severities->all[kept++] = severities->all[i];
        }
    }
    severities->count = kept;
}

static bool load_entries(struct store *store, struct retro_record *record,
                         struct err *err)
{
    int64_t id = record->incident->id;

    return timeline_pinned(store, id, &record->pins, err) &&
           timeline_select(store, id, "note", &record->notes, err) &&
           timeline_select(store, id, "change", &record->changes, err) &&
           timeline_select(store, id, "step", &record->steps, err) &&
           timeline_select(store, id, "severity", &record->severities, err) &&
           timeline_select(store, id, "state", &record->states, err) &&
           timeline_select(store, id, "moment", &record->moments, err) &&
           timeline_select(store, id, "feeling", &record->feelings, err);
}

static bool load_lessons(struct store *store, struct retro_record *record,
                         struct err *err)
{
    int64_t id = record->incident->id;

    return factors_list(store, id, false, &record->factors, err) &&
           factor_links_list(store, id, false, &record->links, err) &&
           lessons_list(store, id, "well", &record->wells, err) &&
           lessons_list(store, id, "surprise", &record->surprises, err) &&
           lessons_list(store, id, "gap", &record->gaps, err) &&
           followups_of(store, id, &record->followups, err) &&
           parked_list(store, id, &record->parked, err) &&
           tries_list(store, id, &record->tries, err) &&
           retro_fills_list(store, id, &record->fills, err) &&
           retro_answers_list(store, id, &record->answers, err) &&
           retro_sections_list(store, id, &record->sections, err);
}

static bool load_impact(struct store *store, const struct config *config,
                        struct retro_record *record, struct err *err)
{
    enum impact_question question;
    struct impact_rows rows;
    struct impact impact;

    if (!impacts_list(store, record->incident->id, &rows, err)) {
        return false;
    }
    impact_init(&impact);
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.all[i].word != NULL) {
            (void)impact_take(store->arena, config, &impact, rows.all[i].word,
                              &question);
        }
    }
    record->hit = impact_hit(store->arena, &impact);
    impact.answers[IMPACT_USERS].state = IMPACT_OPEN;
    record->hit_outside = impact_hit(store->arena, &impact);
    return true;
}

/* The one who held a role first, or last. */
static const char *holder(const struct retro_record *record, const char *role,
                          bool last)
{
    const char *handle = NULL;

    for (size_t i = 0; role != NULL && i < record->holds.count; i++) {
        if (text_equal(record->holds.all[i].role, role) && (last || handle == NULL)) {
            handle = record->holds.all[i].handle;
        }
    }
    return handle;
}

static const char *last_writer(const struct entries *entries)
{
    return entries->count == 0 ? NULL : entries->all[entries->count - 1].handle;
}

static bool load_people(struct store *store, struct retro_record *record,
                        struct err *err)
{
    struct person *declarer;

    if (!person_find(store, record->incident->declared_by, &declarer, err)) {
        return false;
    }
    record->declarer = declarer == NULL ? NULL : declarer->handle;
    record->first_lead =
        text_or(holder(record, record->commander, false), record->declarer);
    record->last_lead =
        text_or(holder(record, record->commander, true), record->declarer);
    record->informer =
        text_or(holder(record, record->communications, false), record->first_lead);
    record->finder = text_or(last_writer(&record->changes),
                             text_or(last_writer(&record->pins), record->first_lead));
    return true;
}

bool retro_record_load(struct store *store, const struct config *config,
                       const struct incident *incident, struct retro_record *record,
                       struct err *err)
{
    struct incident *known = ARENA_NEW(store->arena, struct incident);

    *known = *incident;
    moment_forget_odd(known);
    *record = (struct retro_record){
        .arena = store->arena,
        .config = config,
        .zone = text_or(config->time_zone, "UTC"),
        .incident = known,
        .commander = config->roles[0],
        .communications = config_role_find(config, "communications"),
    };
    if (!load_work(store, record, err) || !load_entries(store, record, err) ||
        !load_lessons(store, record, err) || !load_impact(store, config, record, err) ||
        !load_people(store, record, err)) {
        return false;
    }
    keep_levels(&record->severities);
    return true;
}
