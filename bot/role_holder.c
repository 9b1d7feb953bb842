/* The part of roles.h that only looks: who holds a role, and who led last. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/roles.h"
#include "bot/say.h"

const char *role_commander(const struct turn *turn)
{
    return turn->config->roles[0];
}

const char *role_communications(const struct turn *turn)
{
    return config_role_find(turn->config, "communications");
}

bool role_holder(struct turn *turn, int64_t incident_id, const char *role,
                 struct person **person, struct err *err)
{
    struct hold *hold;
    *person = NULL;
    if (!hold_find(turn->store, incident_id, text_or(role, role_commander(turn)), &hold,
                   err)) {
        return false;
    }
    return hold == NULL || person_find(turn->store, hold->person_id, person, err);
}

bool role_led_until(struct turn *turn, const struct incident *incident, int64_t *at_ms,
                    struct err *err)
{
    struct holds holds;

    *at_ms = TIME_NONE;
    if (!holds_list(turn->store, incident->id, false, &holds, err)) {
        return false;
    }
    for (size_t i = 0; i < holds.count; i++) {
        const struct hold *hold = &holds.all[i];

        if (text_same(hold->role, role_commander(turn)) && hold->to_ms > *at_ms) {
            *at_ms = hold->to_ms;
        }
    }
    return true;
}

bool role_say_leaderless(struct turn *turn, const struct incident *incident,
                         const char **words, struct err *err)
{
    int64_t until_ms;

    if (!role_led_until(turn, incident, &until_ms, err)) {
        return false;
    }
    *words = until_ms == TIME_NONE ? PHRASE("nobody leads yet")
                                   : arena_printf(turn->arena, "nobody leads since %s",
                                                  say_when(turn, until_ms));
    return true;
}
