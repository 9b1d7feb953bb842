/* The channels an adapter reads up after a gap: those of incidents that are not closed.
 */
#include "bot/base/log.h"
#include "bot/ears_inner.h"
#include "store/incidents.h"
#include "store/timeline.h"

#define PLACES  1000
#define THREADS 1000 /* of one channel */

static bool find_threads(struct store *store, const char *adapter, struct arena *arena,
                         struct ear_place *place, struct err *err)
{
    struct timeline_threads threads;

    if (!timeline_threads(store, adapter, place->channel, THREADS, &threads, err)) {
        return false;
    }
    place->threads = ARENA_ARRAY(arena, const char *, threads.count + 1);
    place->thread_count = threads.count;
    for (size_t i = 0; i < threads.count; i++) {
        place->threads[i] = arena_copy(arena, threads.all[i]);
    }
    return true;
}

static bool read_places(struct ears *ears, const char *adapter, struct arena *arena,
                        struct ear_places *places, struct err *err)
{
    struct incidents incidents;

    if (!incidents_open_on(ears->store, adapter, PLACES, &incidents, err)) {
        return false;
    }
    places->all = ARENA_ARRAY(arena, struct ear_place, incidents.count + 1);
    for (size_t i = 0; i < incidents.count; i++) {
        struct ear_place *place = &places->all[places->count];

        place->channel = arena_copy(arena, incidents.all[i]->channel);
        if (place->channel == NULL) {
            continue;
        }
        place->is_private = incidents.all[i]->is_private;
        place->opened_ms = incidents.all[i]->declared_ms;
        if (!timeline_last_message(ears->store, adapter, place->channel,
                                   &place->last_message, err) ||
            !find_threads(ears->store, adapter, arena, place, err)) {
            return false;
        }
        place->last_message = arena_copy(arena, place->last_message);
        places->count += 1;
    }
    return true;
}

bool ear_places(struct ears *ears, struct adapter *adapter, struct arena *arena,
                struct ear_places *places)
{
    struct err err;

    *places = (struct ear_places){.count = 0};
    if (read_places(ears, adapter->kind->name, arena, places, &err)) {
        return true;
    }
    log_warn("places not read", "adapter=%s why=\"%s\"", adapter->kind->name, err.text);
    turn_doom(ears->turns, &err);
    places->count = 0;
    return false;
}
