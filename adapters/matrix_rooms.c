/* What is known of rooms. What was not heard since the start is asked of the ears, once
 * for each room. */
#include <string.h>

#include "adapters/matrix_inner.h"
#include "bot/base/text.h"

#define TABLE (sizeof(((struct matrix_rooms *)0)->all) / sizeof(struct matrix_room *))

struct matrix_room {
    struct matrix_room *next; /* of the same hash */
    const char *id;
    bool is_joined, is_sealed;
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

static const char *recall(struct matrix *matrix, const char *what, const char *room)
{
    const char *value =
        ear_recall(matrix->ears, &matrix->adapter, memory_name(matrix, what, room));

    return text_is_empty(value) ? NULL : value;
}

static void remember(struct matrix *matrix, const char *what, const char *room,
                     const char *value)
{
    ear_remember(matrix->ears, &matrix->adapter, memory_name(matrix, what, room),
                 value);
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
        room->is_sealed = recall(matrix, "sealed", id) != NULL;
        room->person = arena_copy(rooms->arena, recall(matrix, "with", id));
        room->next = *slot;
        *slot = room;
    }
    return room;
}

bool matrix_room_is_joined(struct matrix *matrix, const char *room)
{
    return room != NULL && room_of(matrix, room)->is_joined;
}

bool matrix_room_is_sealed(struct matrix *matrix, const char *room)
{
    return room != NULL && room_of(matrix, room)->is_sealed;
}

const char *matrix_room_direct(struct matrix *matrix, const char *room)
{
    return room == NULL ? NULL : room_of(matrix, room)->person;
}

void matrix_room_joined(struct matrix *matrix, const char *room)
{
    room_of(matrix, room)->is_joined = true;
}

void matrix_room_left(struct matrix *matrix, const char *room)
{
    room_of(matrix, room)->is_joined = false;
}

/* A turn that failed took back what was remembered, so the ears are asked each time. */
void matrix_room_sealed(struct matrix *matrix, const char *room)
{
    room_of(matrix, room)->is_sealed = true;
    if (recall(matrix, "sealed", room) == NULL) {
        remember(matrix, "sealed", room, "1");
    }
}

void matrix_room_is_with(struct matrix *matrix, const char *room, const char *user)
{
    struct matrix_room *known = room_of(matrix, room);

    if (!text_equal(known->person, user)) {
        known->person = arena_copy(matrix->rooms->arena, user);
    }
    if (!text_equal(recall(matrix, "with", room), user)) {
        remember(matrix, "with", room, user);
    }
}
