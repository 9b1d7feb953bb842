/*
 * An incident whose record is filled row by row, and what its retrospective makes of
 * it.
 */
#pragma once

#include "bot/config.h"
#include "bot/retro_compose.h"
#include "tests/store/fresh.h"

#define MINUTE 60000
#define MANY   40

struct scene {
    struct store *store;
    struct config *config;
    struct incident incident;
    int64_t ana;
    struct retro_record record;
};

static inline struct scene begin(void **state)
{
    struct scene scene = {.store = *state, .config = config_create()};

    scene.ana = fresh_person(scene.store, "ana");
    scene.incident = fresh_incident_by(scene.ana);
    MUST(incident_insert(scene.store, &scene.incident, &err));
    return scene;
}

static inline void load(struct scene *scene)
{
    MUST(retro_record_load(scene->store, scene->config, &scene->incident,
                           &scene->record, &err));
}

static inline void end(struct scene *scene)
{
    config_destroy(scene->config);
}

static inline int64_t enter(const struct scene *scene, const char *kind, int64_t at_ms,
                            const char *text, bool is_pinned)
{
    struct entry entry = {
        .incident_id = scene->incident.id,
        .at_ms = at_ms,
        .recorded_ms = at_ms,
        .kind = kind,
        .person_id = scene->ana,
        .text = text,
    };
    struct entry *entered;
    bool is;

    MUST(timeline_insert(scene->store, &entry, &is, &err));
    MUST(timeline_find(scene->store, entry.incident_id, entry.n, &entered, &err));
    if (is_pinned) {
        MUST(timeline_pin(scene->store, entered->id, scene->ana, true, &is, &err));
    }
    return entered->id;
}

static inline const char *whole(const struct scene *scene, enum retro_place place)
{
    size_t questions;
    const struct note *note = retro_compose(&scene->record, place, &questions);
    struct text text;

    text_init(&text, scene->store->arena);
    for (size_t i = 0; i < note->count; i++) {
        text_addf(&text, "%s\n", note->blocks[i].text);
    }
    return text.data;
}
