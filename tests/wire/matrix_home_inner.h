/* What the parts of the scripted homeserver share; for matrix_home*.c only. */
#pragma once

#include "tests/wire/matrix_home.h"

#define HOME_PARTS 8

/* One request, its path in decoded parts behind "/_matrix/". */
struct home_ask {
    struct matrix_home *home;
    const char *method;
    char parts[HOME_PARTS][600];
    size_t count;
    json_t *body;
    int *status;
};

bool home_part_is(const struct home_ask *ask, size_t n, const char *word);
bool home_is_method(const struct home_ask *ask, const char *method);
/* "" where it is none. */
const char *home_word_of(json_t *object, const char *name);

/* matrix_home_rooms.c */
json_t *home_serve_create(struct home_ask *ask);
json_t *home_serve_room(struct home_ask *ask);
json_t *home_serve_join(struct home_ask *ask, const char *room);
