/* One event, to the ears. */
#include <stdlib.h>

#include "adapters/matrix_sync.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define AHEAD_MS (5 * TIME_MINUTE_MS) /* that much clocks may differ */

/* Where it was left out, a command given after it may have been run before it. */
static void put_in_order(struct matrix *matrix, struct chat_event *event)
{
    const struct matrix_gap *gap = matrix->hearing->gap;

    if (gap != NULL) {
        event->is_unordered = gap->is_overtaken;
        event->is_again = gap->is_again;
    } else if (matrix_told_is_command(event)) {
        matrix_gap_overtake(matrix, event->place.channel);
    } else if (event->kind == CHAT_EDITED) {
        /* A homeserver lets anybody edit anybody's message. Of one that is still to be
         * read up nobody knows yet whose it is. */
        event->is_guess = matrix_gap_is_open(matrix, event->place.channel);
        matrix->hearing->has_guess |= event->is_guess;
    }
}

/* A sender's homeserver says what it likes: what is heard was said by now, or it would
 * be the last that was said, and what `redact` takes, until then. */
static int64_t moment_of(struct matrix *matrix, int64_t said_ms)
{
    int64_t now_ms = ear_now_ms(matrix->ears);

    return said_ms > 0 && said_ms <= now_ms + AHEAD_MS ? said_ms : now_ms;
}

static void tell(struct matrix *matrix, struct chat_event *event)
{
    put_in_order(matrix, event);
    event->at_ms = moment_of(matrix, event->at_ms);
    matrix_keep_name(matrix, &event->who);
    if (event->who.name == NULL) {
        event->who.name = matrix_keep_name_of(matrix, event->who.id);
    }
    matrix_told_await(matrix, event);
    ear_event(matrix->ears, &matrix->adapter, event, (struct ticket){0});
}

/* What was redacted may have been a reaction, and may lie among what was set aside. */
static void tell_deleted(struct matrix *matrix, struct matrix_news *news)
{
    const char *trace = matrix_keep_trace_of(matrix, news->event.message);

    matrix_keep_redact(matrix, news->event.message);
    if (matrix_read_unreacted(ear_arena(matrix->ears), trace, &news->event)) {
        news->has_extra = false;
    }
}

static void tell_all(struct matrix *matrix, struct matrix_news *news)
{
    if (news->event.kind == CHAT_DELETED) {
        tell_deleted(matrix, news);
    } else if (news->event.kind == CHAT_REACTED) {
        matrix_keep_trace(matrix, &news->event);
    } else if (news->event.kind == CHAT_REMOVED) {
        matrix_room_put_out(matrix, news->event.place.channel);
    }
    tell(matrix, &news->event);
    if (news->has_extra) {
        tell(matrix, &news->extra);
    }
}

/* Where it was known before, it is the same room still. */
static void seal(struct matrix *matrix, struct chat_event *event)
{
    bool is_known = matrix_room_is_sealed(matrix, event->place.channel);

    matrix_room_sealed(matrix, event->place.channel);
    if (!is_known) {
        log_info("a room is encrypted", "room=%s", event->place.channel);
    }
    tell(matrix, event);
}

static void read(struct matrix *matrix, const char *room, struct json_slice slice,
                 struct matrix_news *news)
{
    const char *person;
    bool is_direct;

    matrix_company_watch(matrix, room, slice);
    person = matrix_room_direct(matrix, room);
    is_direct =
        person != NULL && json_slice_is(json_scan_member(slice, "sender"), person);
    matrix_read_event(ear_arena(matrix->ears), &matrix->self, room, is_direct, slice,
                      news);
    if (news->is_spoilt) {
        matrix_keep_spoilt(matrix, room, news->event.id, slice);
    }
}

/* What was said while we were not there is none of our affair. That we were taken out
 * is. */
static bool is_old(const struct matrix_news *news)
{
    return news->is_before_join &&
           (news->kind != MATRIX_NEWS_EVENT || news->event.kind != CHAT_REMOVED);
}

bool matrix_hear_event(struct matrix *matrix, const char *room, struct json_slice slice)
{
    struct matrix_news news;

    read(matrix, room, slice, &news);
    if (news.kind == MATRIX_NEWS_JOINED) {
        matrix_room_joined(matrix, room);
        return true;
    }
    if (is_old(&news)) {
        return true;
    }
    switch (news.kind) {
    case MATRIX_NEWS_EVENT: tell_all(matrix, &news); break;
    case MATRIX_NEWS_TOMBSTONE: tell(matrix, &news.event); break;
    case MATRIX_NEWS_SEALED: seal(matrix, &news.event); break;
    case MATRIX_NEWS_ECHO:
        matrix->hearing->echoes += news.transaction != NULL ? 1 : 0;
        matrix_deed_echo(matrix, news.transaction, news.event.id);
        break;
    case MATRIX_NEWS_PERSON: matrix_keep_name(matrix, &news.event.who); break;
    case MATRIX_NEWS_JOINED:
    case MATRIX_NEWS_MADE:
    case MATRIX_NEWS_ODD:
    case MATRIX_NEWS_POWER:
    case MATRIX_NEWS_UNREADABLE: break;
    }
    return news.kind != MATRIX_NEWS_ECHO;
}

/* A room of ours may be talked in before the answer to its making has come, or been
 * recorded. */
static void tell_made(struct matrix *matrix, const struct matrix_news *news)
{
    char *end = NULL;
    int64_t row = strtoll(news->event.text, &end, 10);

    if (*end == '.') {
        ear_opened(matrix->ears, &matrix->adapter,
                   &(struct ear_opening){.action_id = row,
                                         .created_ms = strtoll(end + 1, NULL, 10),
                                         .channel = news->event.place.channel});
    }
}

/* The first sync ever only looks: what stands there happened before us. */
void matrix_hear_state(struct matrix *matrix, const char *room, struct json_slice slice,
                       enum matrix_hear_mode mode)
{
    struct matrix_news news;
    bool is_first = mode == MATRIX_HEAR_FIRST;

    read(matrix, room, slice, &news);
    if (news.kind == MATRIX_NEWS_SEALED && is_first) {
        matrix_room_sealed(matrix, room);
    } else if (news.kind == MATRIX_NEWS_SEALED) {
        seal(matrix, &news.event);
    } else if (news.kind == MATRIX_NEWS_TOMBSTONE && !is_first) {
        tell(matrix, &news.event);
    } else if (news.kind == MATRIX_NEWS_MADE) {
        tell_made(matrix, &news);
    } else if (news.kind == MATRIX_NEWS_EVENT || news.kind == MATRIX_NEWS_PERSON) {
        matrix_keep_name(matrix, &news.event.who);
    }
}

bool matrix_hear_is_join(struct matrix *matrix, const char *room,
                         struct json_slice slice)
{
    struct matrix_news news;

    if (!json_slice_is(json_scan_member(slice, "type"), "m.room.member")) {
        return false;
    }
    matrix_read_event(ear_arena(matrix->ears), &matrix->self, room, false, slice,
                      &news);
    return news.kind == MATRIX_NEWS_JOINED;
}
