/* Of the account's own data: which rooms are with one person alone. */
#include "adapters/matrix_sync.h"
#include "bot/base/text.h"

static void hear_rooms_of(struct matrix *matrix, const char *user,
                          struct json_slice rooms)
{
    struct json_slice room = {0};

    while (json_scan_next(rooms, &room)) {
        const char *id = json_slice_text(ear_arena(matrix->ears), room);

        if (!text_is_empty(id)) {
            matrix_room_is_with(matrix, id, user);
        }
    }
}

static void hear_direct(struct matrix *matrix, struct json_slice people)
{
    struct json_slice name, rooms = {0};

    while (json_scan_next_member(people, &name, &rooms)) {
        const char *user = json_slice_text(ear_arena(matrix->ears), name);

        if (!text_is_empty(user)) {
            hear_rooms_of(matrix, user, rooms);
        }
    }
}

size_t matrix_hear_account(struct matrix *matrix, struct json_slice account_data)
{
    struct json_slice event = {0};
    size_t heard = 0;

    while (json_scan_next(account_data, &event)) {
        if (json_slice_is(json_scan_member(event, "type"), "m.direct")) {
            hear_direct(matrix, json_scan_member(event, "content"));
            heard += 1;
        }
    }
    return heard;
}
