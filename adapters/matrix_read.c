/* The body of a sync, room by room; and which reader an event goes to. */
#include "adapters/matrix_read.h"

#include <string.h>

#include "adapters/matrix_read_inner.h"
#include "adapters/matrix_text.h"
#include "bot/base/text.h"

#define YEAR_10000_MS INT64_C(253402300800000)

const char *matrix_reading_string(struct arena *arena, struct json_slice value,
                                  size_t max_bytes)
{
    const char *string;

    /* Escaped, a character takes six bytes where it stands for one. */
    if (value.data == NULL || value.length_bytes > 6 * max_bytes + 2) {
        return NULL;
    }
    string = json_slice_text(arena, value);
    return string == NULL || *string == '\0' || strlen(string) > max_bytes ? NULL
                                                                           : string;
}

const char *matrix_reading_word(const struct matrix_reading *reading,
                                struct json_slice object, const char *name,
                                size_t max_bytes)
{
    return matrix_reading_string(reading->arena, json_scan_member(object, name),
                                 max_bytes);
}

const char *matrix_reading_id(const struct matrix_reading *reading,
                              struct json_slice object, const char *name)
{
    return matrix_reading_word(reading, object, name, MATRIX_ID_BYTES);
}

int64_t matrix_reading_moment(struct json_slice value)
{
    int64_t at_ms = 0;

    return json_slice_number(value, &at_ms) && at_ms > 0 && at_ms < YEAR_10000_MS
               ? at_ms
               : 0;
}

/* How much of a sync is still read. */
struct budget {
    size_t rooms, events, over;
};

static size_t count_events(struct json_slice room, const char *path, size_t most)
{
    struct json_slice events = json_scan_path(room, path), cursor = {0};
    size_t count = 0;

    while (count <= most && json_scan_next(events, &cursor)) {
        count++;
    }
    return count;
}

static bool fits(struct budget *budget, struct json_slice room)
{
    size_t events = count_events(room, "timeline.events", budget->events);

    if (budget->over > 0 || budget->rooms == 0 || events > budget->events) {
        budget->over++;
        return false;
    }
    budget->rooms--;
    budget->events -= events;
    return true;
}

/* The object, ended early behind the last room that fits: a walk finds no more there.
 */
static struct json_slice take_rooms(struct budget *budget, struct json_slice rooms)
{
    struct json_slice name, room = {0};
    struct json_slice taken = {.data = rooms.data, .length_bytes = 1};

    while (json_scan_next_member(rooms, &name, &room)) {
        if (fits(budget, room)) {
            taken.length_bytes = (size_t)(room.data - rooms.data) + room.length_bytes;
        }
    }
    return room.data == NULL ? (struct json_slice){0} : taken;
}

static void read_rooms(struct json_slice rooms, struct matrix_body *body)
{
    static const char *const names[] = {"join", "invite", "leave"};
    struct budget budget = {.rooms = MATRIX_ROOMS, .events = MATRIX_EVENTS};
    struct json_slice found[3];

    json_scan_members(rooms, names, 3, found);
    body->left = take_rooms(&budget, found[2]);
    body->joined = take_rooms(&budget, found[0]);
    body->invited = take_rooms(&budget, found[1]);
    body->rooms_over = budget.over;
}

bool matrix_read_body(struct arena *arena, const char *bytes, size_t length_bytes,
                      struct matrix_body *body)
{
    static const char *const names[] = {"next_batch", "rooms", "account_data"};
    struct json_slice whole = {bytes, length_bytes};
    struct json_slice found[3];

    memset(body, 0, sizeof(*body));
    if (!json_scan_is_sound(whole.data, whole.length_bytes)) {
        /* One bad byte in a text must not lose what was said. */
        whole.data = text_clean(arena, bytes, length_bytes);
        whole.length_bytes = strlen(whole.data);
        if (!json_scan_is_sound(whole.data, whole.length_bytes)) {
            return false;
        }
    }
    json_scan_members(whole, names, 3, found);
    body->next_batch = matrix_reading_string(arena, found[0], MATRIX_TOKEN_BYTES);
    if (body->next_batch == NULL) {
        return false;
    }
    body->account_data = json_scan_member(found[2], "events");
    read_rooms(found[1], body);
    return true;
}

/* Homeservers differ: MSC4222 has its unstable name in some. */
static struct json_slice state_of(const struct json_slice *found, bool *is_after)
{
    const struct json_slice after = found[1].data != NULL ? found[1] : found[2];

    *is_after = after.data != NULL;
    return json_scan_member(after.data != NULL      ? after
                            : found[0].data != NULL ? found[0]
                                                    : found[3],
                            "events");
}

/* Each is left out where it is as it was. */
static int64_t people_of(struct json_slice summary)
{
    int64_t joined = 0, invited = 0;

    (void)json_slice_number(json_scan_member(summary, "m.joined_member_count"),
                            &joined);
    (void)json_slice_number(json_scan_member(summary, "m.invited_member_count"),
                            &invited);
    return joined < 0 || invited < 0 || joined > INT32_MAX || invited > INT32_MAX
               ? 0
               : joined + invited;
}

static void read_room(struct arena *arena, struct json_slice room,
                      struct matrix_room_news *news)
{
    static const char *const names[] = {
        "state",        "state_after", "org.matrix.msc4222.state_after",
        "invite_state", "timeline",    "summary"};
    static const char *const parts[] = {"events", "limited", "prev_batch"};
    struct json_slice found[6], timeline[3];

    json_scan_members(room, names, 6, found);
    news->people = people_of(found[5]);
    news->state = state_of(found, &news->is_state_after);
    json_scan_members(found[4], parts, 3, timeline);
    news->timeline = timeline[0];
    news->is_limited = json_slice_flag(timeline[1], false);
    news->prev_batch = matrix_reading_string(arena, timeline[2], MATRIX_TOKEN_BYTES);
}

bool matrix_read_room(struct arena *arena, struct json_slice rooms,
                      struct json_slice *cursor, struct matrix_room_news *news)
{
    struct json_slice name;

    memset(news, 0, sizeof(*news));
    while (news->room == NULL) {
        if (!json_scan_next_member(rooms, &name, cursor)) {
            return false;
        }
        news->room = matrix_reading_string(arena, name, MATRIX_ID_BYTES);
    }
    read_room(arena, *cursor, news);
    return true;
}

struct chat_event *matrix_reading_event(struct matrix_reading *reading,
                                        enum chat_kind kind)
{
    struct matrix_news *news = reading->news;

    news->kind = MATRIX_NEWS_EVENT;
    news->event.kind = kind;
    return &news->event;
}

struct chat_event *matrix_reading_extra(struct matrix_reading *reading,
                                        enum chat_kind kind)
{
    const struct chat_event *event = &reading->news->event;

    reading->news->has_extra = true;
    reading->news->extra = (struct chat_event){.kind = kind,
                                               .id = event->id,
                                               .at_ms = event->at_ms,
                                               .place = event->place,
                                               .who = event->who};
    return &reading->news->extra;
}

static const struct {
    const char *type;
    void (*read)(struct matrix_reading *reading);
    bool is_state, is_by_anyone; /* by us as well; else ours are echoes */
} readers[] = {
    {"m.room.message", matrix_read_message, false, false},
    {"m.reaction", matrix_read_reaction, false, false},
    {"m.room.redaction", matrix_read_redaction, false, false},
    {"m.room.encrypted", matrix_read_encrypted, false, false},
    {"m.room.member", matrix_read_member, true, true},
    {"m.room.encryption", matrix_read_encryption, true, true},
    {"m.room.tombstone", matrix_read_tombstone, true, true},
    {"m.room.power_levels", matrix_read_power, true, true},
    {"m.room.name", matrix_read_name, true, false},
    {"m.room.create", matrix_read_creation, true, true},
};

/* An event of a state type without a key is only a message, and means nothing. */
static void read_typed(struct matrix_reading *reading)
{
    bool is_state = reading->found[MATRIX_STATE_KEY].data != NULL;

    for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
        if (readers[i].is_state == is_state &&
            (!reading->is_ours || readers[i].is_by_anyone) &&
            json_slice_is(reading->found[MATRIX_TYPE], readers[i].type)) {
            readers[i].read(reading);
        }
    }
    if (reading->is_ours && reading->news->kind == MATRIX_NEWS_ODD) {
        reading->news->kind = MATRIX_NEWS_ECHO;
    }
}

/* What every event has. False: it is none. */
static bool read_frame(struct matrix_reading *reading, const char *room, bool is_direct)
{
    struct matrix_news *news = reading->news;
    struct json_slice about = reading->found[MATRIX_UNSIGNED];
    struct json_slice membership = json_scan_member(about, "membership");

    news->sender = matrix_reading_string(reading->arena, reading->found[MATRIX_SENDER],
                                         MATRIX_ID_BYTES);
    news->transaction = matrix_reading_id(reading, about, "transaction_id");
    news->is_before_join =
        membership.data != NULL && !json_slice_is(membership, "join");
    news->event = (struct chat_event){
        .id = matrix_reading_string(reading->arena, reading->found[MATRIX_ID],
                                    MATRIX_ID_BYTES),
        .at_ms = matrix_reading_moment(reading->found[MATRIX_TIME]),
        .place = {.adapter = "matrix", .channel = room, .is_direct = is_direct},
        .who = {.id = news->sender},
    };
    reading->is_ours = text_equal(reading->self->user, news->sender);
    return news->event.id != NULL && news->sender != NULL &&
           matrix_text_is_user(news->sender) &&
           reading->found[MATRIX_TYPE].data != NULL;
}

void matrix_read_event(struct arena *arena, const struct matrix_self *self,
                       const char *room, bool is_direct, struct json_slice slice,
                       struct matrix_news *news)
{
    static const char *const names[MATRIX_FIELDS] = {
        [MATRIX_TYPE] = "type",
        [MATRIX_SENDER] = "sender",
        [MATRIX_ID] = "event_id",
        [MATRIX_STATE_KEY] = "state_key",
        [MATRIX_TIME] = "origin_server_ts",
        [MATRIX_CONTENT] = "content",
        [MATRIX_UNSIGNED] = "unsigned",
        [MATRIX_REDACTS] = "redacts",
        [MATRIX_PREVIOUS] = "prev_content",
    };
    struct matrix_reading reading = {.arena = arena, .self = self, .news = news};

    memset(news, 0, sizeof(*news));
    if (slice.length_bytes > MATRIX_EVENT_BYTES) {
        news->is_spoilt = true;
        return;
    }
    json_scan_members(slice, names, MATRIX_FIELDS, reading.found);
    news->is_spoilt = !json_scan_is_valid(slice.data, slice.length_bytes);
    if (!read_frame(&reading, room, is_direct)) {
        news->is_spoilt = true;
        return;
    }
    read_typed(&reading);
}
