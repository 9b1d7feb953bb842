/* The channels an adapter reads up after a gap: those of incidents that are not closed.
 */
#include <string.h>

#include "bot/base/log.h"
#include "bot/ears.h"
#include "store/incidents.h"
#include "store/timeline.h"

#define PLACES 1000

size_t ear_places(struct ears *ears, struct adapter *adapter, struct arena *arena,
                  struct ear_place **places)
{
    struct incidents incidents;
    struct err err;
    size_t count = 0;

    *places = NULL;
    if (!incidents_open_on(ears->store, adapter->kind->name, PLACES, &incidents,
                           &err)) {
        log_warn("places not read", "adapter=%s why=\"%s\"", adapter->kind->name,
                 err.text);
        return 0;
    }
    *places = ARENA_ARRAY(arena, struct ear_place, incidents.count + 1);
    for (size_t i = 0; i < incidents.count; i++) {
        struct ear_place *place = &(*places)[count];

        place->channel = arena_copy(arena, incidents.all[i]->channel);
        if (place->channel != NULL &&
            timeline_last_message(ears->store, adapter->kind->name, place->channel,
                                  &place->last_message, &err)) {
            place->last_message = arena_copy(arena, place->last_message);
            count += 1;
        }
    }
    return count;
}
