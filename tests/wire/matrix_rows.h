/* Rows, put as a rule would put them. */
#pragma once

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/ears_inner.h"
#include "store/outbox.h"
#include "tests/wire/matrix_home.h"

static inline const char *room_of(struct matrix_home *home, const char *creator)
{
    return arena_copy(home->config->arena, matrix_home_room(home, creator, "", true));
}

static inline int64_t put_place(struct matrix_home *home, enum action_kind kind,
                                const char *place, const char *topic)
{
    struct home_row row = {.kind = kind, .place = place, .action.topic = topic};

    return matrix_home_put(home, &row);
}

static inline int64_t put_member(struct matrix_home *home, const char *place,
                                 int64_t person)
{
    struct home_row row = {.kind = ACTION_INVITE, .place = place, .person_id = person};

    return matrix_home_put(home, &row);
}
