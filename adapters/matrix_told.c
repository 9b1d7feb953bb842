/*
 * "Not recorded": a person whose command came while the store can't write is told so,
 * at most once a minute. It is the one thing said past the outbox. Nothing is lost: the
 * homeserver is asked for the same again until it is recorded.
 */
#include <stdio.h>

#include "adapters/matrix_sync.h"
#include "adapters/matrix_write.h"
#include "bot/base/json.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define TOLD    256 /* by hash */
#define WAITING 16  /* of one turn */

static const char not_recorded[] =
    "Not recorded yet: the store can't write. It is done as soon as it can; nothing "
    "needs to be said again.";

struct waiting {
    const char *room, *event;
    size_t person; /* in told_ms */
};

struct matrix_told {
    struct arena *arena; /* of those who wait */
    struct waiting all[WAITING];
    size_t count;
    int64_t told_ms[TOLD]; /* steady */
    unsigned number;
};

static struct matrix_told *told_of(struct matrix *matrix)
{
    struct matrix_hearing *hearing = matrix->hearing;

    if (hearing->told == NULL) {
        hearing->told = ARENA_NEW(hearing->arena, struct matrix_told);
        hearing->told->arena = arena_create();
    }
    return hearing->told;
}

bool matrix_told_is_command(const struct chat_event *event)
{
    bool is_said = event->kind == CHAT_SAID && event->place.is_direct;

    return (event->kind == CHAT_COMMAND || is_said) && !event->is_remark;
}

void matrix_told_await(struct matrix *matrix, const struct chat_event *event)
{
    struct matrix_told *told = told_of(matrix);

    if (matrix_told_is_command(event) && told->count < WAITING) {
        told->all[told->count++] =
            (struct waiting){.room = arena_copy(told->arena, event->place.channel),
                             .event = arena_copy(told->arena, event->message),
                             .person = matrix_hash(event->who.id) % TOLD};
    }
}

static void on_told(void *arg, const struct matrix_answer *answer)
{
    (void)arg;
    (void)answer;
}

static void tell(struct matrix *matrix, struct matrix_told *told,
                 const struct waiting *waiting)
{
    struct arena *arena = arena_create();
    struct matrix_ask ask = {
        .method = "PUT",
        .path = arena_printf(arena,
                             "/_matrix/client/v3/rooms/%s/send/m.room.message/n%lld-%u",
                             matrix_write_part(arena, waiting->room),
                             (long long)ear_now_ms(matrix->ears), told->number++),
        .limiter = MATRIX_MESSAGES,
        .may_repeat = true};

    ask.body = json_write(
        arena, json_pack("{s:s, s:s, s:{}, s:{s:{s:s}}}", "msgtype", "m.notice", "body",
                         not_recorded, "m.mentions", "m.relates_to", "m.in_reply_to",
                         "event_id", text_or(waiting->event, "")));
    matrix_call(matrix, &ask, on_told, NULL);
    arena_destroy(arena);
}

static bool may_tell(struct matrix_told *told, const struct waiting *waiting)
{
    int64_t now_ms = time_steady_ms();
    int64_t *told_ms = &told->told_ms[waiting->person];

    if (*told_ms != 0 && now_ms - *told_ms < TIME_MINUTE_MS) {
        return false;
    }
    *told_ms = now_ms;
    return true;
}

void matrix_told_settle(struct matrix *matrix, bool committed)
{
    struct matrix_told *told = matrix->hearing->told;

    for (size_t i = 0; told != NULL && !committed && i < told->count; i++) {
        const struct waiting *waiting = &told->all[i];

        if (!matrix->is_stopped && !matrix_room_is_sealed(matrix, waiting->room) &&
            may_tell(told, waiting)) {
            tell(matrix, told, waiting);
        }
    }
    if (told != NULL) {
        told->count = 0;
        arena_reset(told->arena);
    }
}

void matrix_told_destroy(struct matrix *matrix)
{
    if (matrix->hearing->told != NULL) {
        arena_destroy(matrix->hearing->told->arena);
        matrix->hearing->told = NULL;
    }
}
