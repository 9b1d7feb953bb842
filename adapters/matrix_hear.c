/*
 * The body of a sync, heard slice by slice, each in a turn of its own, so that a huge
 * one does not stop the rest of the bot. The next slice begins when the last one is
 * durable. The sync's token is remembered with the last; a slice that is not recorded
 * ends it all, and the body is asked for again (what of it was recorded is known by its
 * ids).
 */
#include "adapters/matrix_sync.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#define SLICE_EVENTS 200
#define SLICE_ROOMS  100

enum part { PART_ACCOUNT, PART_LEFT, PART_JOINED, PART_INVITED, PART_END };

struct matrix_body_walk {
    struct matrix *matrix;
    struct arena *arena; /* holds this struct, and the body */
    struct matrix_body body;
    const char *since;
    enum matrix_hear_mode mode;
    int64_t number; /* ticket of the slice whose turn is open */
    enum part part;
    struct json_slice room_cursor, event_cursor;
    struct matrix_room_news news; /* the room under way; room NULL: none */
    size_t skip;                  /* events of it before our own coming in */
    size_t budget, heard, own;    /* own: the echoes among what was heard */
    bool has_gap, is_committed;
};

static void hear_slice(void *arg);

/* ---- a room */

static bool has_create(struct json_slice state)
{
    struct json_slice event = {0};

    while (json_scan_next(state, &event)) {
        if (json_slice_is(json_scan_member(event, "type"), "m.room.create")) {
            return true;
        }
    }
    return false;
}

/* How many events come before our own coming in, itself included; 0: it is not there.
 */
static size_t find_join(struct matrix_body_walk *walk)
{
    struct json_slice event = {0};
    size_t count = 0, found = 0;

    while (json_scan_next(walk->news.timeline, &event)) {
        count += 1;
        if (matrix_hear_is_join(walk->matrix, walk->news.room, event)) {
            found = count;
        }
    }
    return found;
}

static void note_gap(struct matrix_body_walk *walk, bool is_new)
{
    const struct matrix_room_news *news = &walk->news;
    struct matrix_gap gap = {.room = arena_copy(walk->arena, news->room),
                             .from = arena_copy(walk->arena, walk->since),
                             .to = arena_copy(walk->arena, news->prev_batch),
                             .is_new = is_new};

    if (news->is_limited && walk->since != NULL &&
        !text_equal(news->prev_batch, walk->since)) {
        matrix_gap_add(walk->matrix, &gap);
        walk->has_gap = true;
    }
}

static void hear_state(struct matrix_body_walk *walk)
{
    struct json_slice event = {0};

    while (json_scan_next(walk->news.state, &event)) {
        matrix_hear_state(walk->matrix, walk->news.room, event, walk->mode);
    }
}

/* A room we are in. All of its state comes only where we have come in just now: then
 * what was said before us is none of our affair. */
static void begin_joined(struct matrix_body_walk *walk)
{
    bool is_new = has_create(walk->news.state);

    matrix_room_joined(walk->matrix, walk->news.room);
    matrix_company_counted(walk->matrix, walk->news.room, walk->news.people);
    hear_state(walk);
    walk->skip = 0;
    if (walk->mode != MATRIX_HEAR_NEWS) {
        return;
    }
    walk->skip = is_new ? find_join(walk) : 0;
    if (walk->skip == 0) {
        note_gap(walk, is_new);
    }
}

/* Behind the gaps of the room: an edit that came before its message is heard once more,
 * in its place. */
static void read_again(struct matrix_body_walk *walk)
{
    const struct matrix_room_news *news = &walk->news;
    const char *began = news->is_limited ? news->prev_batch : NULL;

    walk->matrix->hearing->has_guess = false;
    matrix_gap_add(walk->matrix,
                   &(struct matrix_gap){.room = news->room,
                                        .from = text_or(began, walk->since),
                                        .to = walk->body.next_batch});
    walk->has_gap = true;
}

static void end_room(struct matrix_body_walk *walk)
{
    if (walk->matrix->hearing->has_guess) {
        read_again(walk);
    }
    walk->news.room = NULL;
    walk->event_cursor = (struct json_slice){0};
}

static void hear_one(struct matrix_body_walk *walk)
{
    const char *room = walk->news.room;

    if (walk->mode != MATRIX_HEAR_NEWS) {
        matrix_hear_state(walk->matrix, room, walk->event_cursor, walk->mode);
        return;
    }
    if (walk->skip > 0) {
        walk->skip -= 1;
        return;
    }
    if (matrix_gap_is_coming(walk->matrix, room)) {
        return; /* read up once it is known whose room it is */
    }
    walk->own += matrix_hear_event(walk->matrix, room, walk->event_cursor) ? 0 : 1;
    walk->heard += 1;
    walk->budget -= 1;
}

/* False: the room has no more. */
static bool step_event(struct matrix_body_walk *walk)
{
    if (walk->part == PART_LEFT && walk->mode != MATRIX_HEAR_NEWS) {
        return false;
    }
    if (!json_scan_next(walk->news.timeline, &walk->event_cursor)) {
        return false;
    }
    hear_one(walk);
    return true;
}

/* ---- invitations */

/* The same invitation is the same event, the next one is another. */
static const char *invite_id(struct matrix_body_walk *walk, const char *id)
{
    return *id == '$' ? id
                      : arena_printf(ear_arena(walk->matrix->ears), "%s %s", id,
                                     walk->body.next_batch);
}

static void hear_invite(struct matrix_body_walk *walk)
{
    struct matrix *matrix = walk->matrix;
    const char *room = walk->news.room;
    struct chat_event event;

    if (!matrix_read_invite(ear_arena(matrix->ears), &matrix->self, room,
                            walk->news.state, &event)) {
        log_warn("an invitation of nobody", "room=%s", room);
        return;
    }
    event.id = invite_id(walk, event.id);
    event.at_ms = event.at_ms > 0 ? event.at_ms : ear_now_ms(matrix->ears);
    event.is_trusted = event.is_trusted && matrix_trusts(matrix, event.who.id);
    if (event.place.is_direct && event.is_trusted) {
        matrix_room_is_with(matrix, room, event.who.id);
    }
    if (event.place.is_sealed) {
        matrix_room_sealed(matrix, room);
    }
    ear_event(matrix->ears, &matrix->adapter, &event, (struct ticket){0});
    walk->heard += 1;
}

/* ---- the walk */

static struct json_slice rooms_of(const struct matrix_body_walk *walk)
{
    switch (walk->part) {
    case PART_LEFT: return walk->body.left;
    case PART_JOINED: return walk->body.joined;
    case PART_INVITED: return walk->body.invited;
    case PART_ACCOUNT:
    case PART_END: break;
    }
    return (struct json_slice){0};
}

static void next_part(struct matrix_body_walk *walk)
{
    if (walk->part == PART_ACCOUNT) {
        walk->heard += matrix_hear_account(walk->matrix, walk->body.account_data);
    }
    walk->part += 1;
    walk->room_cursor = (struct json_slice){0};
}

static void begin_room(struct matrix_body_walk *walk)
{
    walk->budget -= walk->budget < SLICE_EVENTS / SLICE_ROOMS
                        ? walk->budget
                        : SLICE_EVENTS / SLICE_ROOMS;
    if (walk->part == PART_INVITED) {
        hear_invite(walk);
        walk->news.room = NULL;
    } else if (walk->part == PART_JOINED) {
        begin_joined(walk);
    } else if (walk->mode == MATRIX_HEAR_NEWS) {
        note_gap(walk, false); /* of one we are out of: up to then */
    }
}

static void step(struct matrix_body_walk *walk)
{
    if (walk->news.room != NULL) {
        if (!step_event(walk)) {
            end_room(walk);
        }
    } else if (matrix_read_room(walk->arena, rooms_of(walk), &walk->room_cursor,
                                &walk->news)) {
        begin_room(walk);
    } else {
        next_part(walk);
    }
}

/* Nothing but what we said ourselves: heard again after a restart, it says no more than
 * now. So the place is kept with the next news, and our own words cost no write. */
static bool is_worth_nothing(const struct matrix_body_walk *walk)
{
    return walk->mode == MATRIX_HEAR_NEWS && walk->heard == walk->own && !walk->has_gap;
}

static void finish(struct matrix_body_walk *walk)
{
    struct matrix *matrix = walk->matrix;

    if (walk->mode == MATRIX_HEAR_LOST) {
        matrix_gap_add_places(matrix);
        ear_lost(matrix->ears, &matrix->adapter);
    }
    if (is_worth_nothing(walk)) {
        return;
    }
    ear_remember(matrix->ears, &matrix->adapter, "since", walk->body.next_batch);
}

static void hear_slice(void *arg)
{
    struct matrix_body_walk *walk = arg;
    struct matrix *matrix = walk->matrix;

    walk->budget = SLICE_EVENTS;
    while (walk->budget > 0 && walk->part != PART_END) {
        step(walk);
    }
    if (walk->part == PART_END) {
        finish(walk);
    }
    walk->number = ++matrix->ticket;
    ear_ticket(matrix->ears, &matrix->adapter, (struct ticket){walk->number});
}

static void walk_end(struct matrix_body_walk *walk)
{
    walk->matrix->hearing->walk = NULL;
    loop_forget(walk->matrix->loop, walk);
    arena_destroy(walk->arena);
}

static void on_settled(void *arg)
{
    struct matrix_body_walk *walk = arg;
    struct matrix *matrix = walk->matrix;
    bool is_committed = walk->is_committed;
    size_t heard = walk->heard, own = walk->own;

    matrix_told_settle(matrix, is_committed);
    if (is_committed && walk->part != PART_END) {
        hear_slice(walk);
        return;
    }
    matrix_sync_heard(matrix, is_committed, heard, own);
    walk_end(walk);
}

bool matrix_hear_settle(struct matrix *matrix, int64_t number, bool committed)
{
    struct matrix_body_walk *walk = matrix->hearing->walk;

    if (walk == NULL || number == 0 || walk->number != number) {
        return false;
    }
    walk->number = 0;
    walk->is_committed = committed;
    matrix_gap_settled(matrix, committed);
    loop_soon(matrix->loop, on_settled, walk);
    return true;
}

const char *matrix_hear_next(const struct matrix *matrix)
{
    return matrix->hearing->walk->body.next_batch;
}

/* Nothing happened, so there is nothing to keep. */
static bool is_idle(const struct matrix_body_walk *walk)
{
    return text_equal(walk->body.next_batch, walk->since);
}

bool matrix_hear_body(struct matrix *matrix, struct json_slice bytes, const char *since,
                      enum matrix_hear_mode mode)
{
    struct arena *arena = arena_create();
    struct matrix_body_walk *walk = ARENA_NEW(arena, struct matrix_body_walk);
    const char *copy = arena_copy_n(arena, bytes.data, bytes.length_bytes);

    INSIST(matrix->hearing->walk == NULL);
    walk->matrix = matrix;
    walk->arena = arena;
    walk->mode = mode;
    walk->since = arena_copy(arena, since);
    if (!matrix_read_body(arena, copy, bytes.length_bytes, &walk->body)) {
        arena_destroy(arena);
        return false;
    }
    if (walk->body.rooms_over > 0) {
        log_error("a sync with too much in it: the rest is not heard", "rooms=%zu",
                  walk->body.rooms_over);
    }
    matrix->hearing->walk = walk;
    if (is_idle(walk)) {
        walk->part = PART_END;
        walk->is_committed = true;
        loop_soon(matrix->loop, on_settled, walk);
    } else {
        hear_slice(walk);
    }
    return true;
}

static bool hear_start(struct matrix *matrix)
{
    struct arena *arena = arena_create();

    matrix->hearing = ARENA_NEW(arena, struct matrix_hearing);
    matrix->hearing->arena = arena;
    return matrix_keep_start(matrix);
}

void matrix_hear_destroy(struct matrix *matrix)
{
    if (matrix->hearing == NULL) {
        return;
    }
    if (matrix->hearing->walk != NULL) {
        walk_end(matrix->hearing->walk);
    }
    matrix_keep_destroy(matrix);
    matrix_told_destroy(matrix);
    arena_destroy(matrix->hearing->arena);
    matrix->hearing = NULL;
}

/* All of it or nothing. */
bool matrix_hear_begin(struct matrix *matrix)
{
    if (hear_start(matrix) && matrix_gap_start(matrix)) {
        return true;
    }
    matrix_gap_destroy(matrix);
    matrix_hear_destroy(matrix);
    return false;
}
