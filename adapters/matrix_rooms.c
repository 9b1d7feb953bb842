/* What is known of rooms. What was not heard since the start is asked of the ears, once
 * for each room; where they can't say, by the next one who wants to know. */
#include <string.h>

#include "adapters/matrix_inner.h"
#include "bot/base/text.h"

#define TABLE (sizeof(((struct matrix_rooms *)0)->all) / sizeof(struct matrix_room *))

struct matrix_room {
    struct matrix_room *next; /* of the same hash */
    const char *id;
    bool is_known; /* the ears were asked */
    bool is_sealed;
    bool is_out;        /* somebody took us out of it, and nobody asked us back */
    bool is_shared;     /* a third person was in it, or asked in: once is for good */
    const char *person; /* whom it is shared with alone, or NULL */
};

struct matrix_rooms *matrix_rooms_create(void)
{
    struct arena *arena = arena_create();
    struct matrix_rooms *rooms = ARENA_NEW(arena, struct matrix_rooms);

    rooms->arena = arena;
    return rooms;
}

void matrix_rooms_destroy(struct matrix_rooms *rooms)
{
    if (rooms != NULL) {
        arena_destroy(rooms->arena);
    }
}

static size_t slot_of(const char *room)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (; *room != '\0'; room++) {
        hash = (hash ^ (uint8_t)*room) * UINT64_C(1099511628211);
    }
    return hash % TABLE;
}

static const char *memory_name(struct matrix *matrix, const char *what,
                               const char *room)
{
    return arena_printf(ear_arena(matrix->ears), "%s %s", what, room);
}

static bool recall(struct matrix *matrix, const char *what, const char *room,
                   const char **value)
{
    if (!ear_recall(matrix->ears, &matrix->adapter, memory_name(matrix, what, room),
                    value)) {
        return false;
    }
    *value = text_is_empty(*value) ? NULL : *value;
    return true;
}

/* A turn that failed took back what was remembered, so the ears are asked each time. */
static void remember(struct matrix *matrix, const char *what, const char *room,
                     const char *value)
{
    const char *known;

    if (!recall(matrix, what, room, &known) || !text_equal(text_or(known, ""), value)) {
        ear_remember(matrix->ears, &matrix->adapter, memory_name(matrix, what, room),
                     value);
    }
}

static void look_up(struct matrix *matrix, struct matrix_room *room)
{
    const char *sealed, *out, *shared, *person;

    room->is_known = recall(matrix, "sealed", room->id, &sealed) &&
                     recall(matrix, "out of", room->id, &out) &&
                     recall(matrix, "shared", room->id, &shared) &&
                     recall(matrix, "with", room->id, &person);
    if (room->is_known) {
        room->is_sealed = room->is_sealed || sealed != NULL;
        room->is_out = out != NULL;
        room->is_shared = room->is_shared || shared != NULL;
        room->person = text_or(room->person, arena_copy(matrix->rooms->arena, person));
    }
}

static struct matrix_room *room_of(struct matrix *matrix, const char *id)
{
    struct matrix_rooms *rooms = matrix->rooms;
    struct matrix_room **slot = &rooms->all[slot_of(id)];
    struct matrix_room *room = *slot;

    while (room != NULL && strcmp(room->id, id) != 0) {
        room = room->next;
    }
    if (room == NULL) {
        room = ARENA_NEW(rooms->arena, struct matrix_room);
        room->id = arena_copy(rooms->arena, id);
        room->next = *slot;
        *slot = room;
    }
    if (!room->is_known) {
        look_up(matrix, room);
    }
    return room;
}

bool matrix_room_is_known(struct matrix *matrix, const char *room)
{
    return room_of(matrix, room)->is_known;
}

bool matrix_room_is_sealed(struct matrix *matrix, const char *room)
{
    return room != NULL && room_of(matrix, room)->is_sealed;
}

const char *matrix_room_direct(struct matrix *matrix, const char *room)
{
    return room == NULL || room_of(matrix, room)->is_shared
               ? NULL
               : room_of(matrix, room)->person;
}

bool matrix_room_is_shared(struct matrix *matrix, const char *room)
{
    return room != NULL && room_of(matrix, room)->is_shared;
}

bool matrix_room_is_out(struct matrix *matrix, const char *room)
{
    return room != NULL && room_of(matrix, room)->is_out;
}

void matrix_room_joined(struct matrix *matrix, const char *room)
{
    struct matrix_room *known = room_of(matrix, room);

    if (known->is_out) {
        known->is_out = false;
        remember(matrix, "out of", room, "");
    }
}

void matrix_room_put_out(struct matrix *matrix, const char *room)
{
    struct matrix_room *known = room_of(matrix, room);

    known->is_out = true;
    remember(matrix, "out of", room, "1");
    if (text_equal(room, matrix->rooms->space)) {
        matrix->rooms->space = NULL; /* looked for anew by the next who needs one */
    }
}

void matrix_room_sealed(struct matrix *matrix, const char *room)
{
    room_of(matrix, room)->is_sealed = true;
    remember(matrix, "sealed", room, "1");
}

/* Said of conversations alone, so that not every room is remembered. */
void matrix_room_shared(struct matrix *matrix, const char *room)
{
    struct matrix_room *known = room_of(matrix, room);

    if (known->person != NULL) {
        known->is_shared = true;
        remember(matrix, "shared", room, "1");
    }
}

void matrix_room_is_with(struct matrix *matrix, const char *room, const char *user)
{
    struct matrix_room *known = room_of(matrix, room);

    if (!text_equal(known->person, user)) {
        known->person = arena_copy(matrix->rooms->arena, user);
    }
    remember(matrix, "with", room, user);
}
