/*
 * What a sync left out: read up page by page, forward, while the syncs go on. The list
 * of what is still to be read is remembered in the turn of the sync that left it out,
 * and again with each page, so that a kill loses nothing. What comes twice is known by
 * its ids.
 *
 * After a lost token nobody knows where a gap begins: `until` is the last message
 * known, and pages are walked back (heard by nobody) until it is found.
 */
#include <stdlib.h>
#include <string.h>

#include "adapters/matrix_sync.h"
#include "adapters/matrix_write.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define PAGE         100
#define PAGE_SMALL   5    /* where those are too big */
#define PAGES        1000 /* of an incident's room, or a conversation */
#define PAGES_ELSE   10   /* of any other room: then what came later is all there is */
#define WAIT_MS      TIME_SECOND_MS /* for the outcome that says whose a room is */
#define WAIT_MOST_MS TIME_MINUTE_MS

#define FILTER "{\"types\":" MATRIX_TYPES ",\"lazy_load_members\":true}"

static void step(void *arg);

/* ---- what a page says */

static void replace(const char **string, const char *value)
{
    char *copy = text_keep(value);

    free((char *)*string);
    *string = copy;
}

/* The turn ends with this page, or with this gap. */
static void page_ends(struct matrix *matrix)
{
    struct matrix_gaps *gaps = matrix->gaps;

    gaps->failures = 0;
    matrix_gap_remember(matrix);
    gaps->number = ++matrix->ticket;
    ear_ticket(matrix->ears, &matrix->adapter, (struct ticket){gaps->number});
}

static void give_up(struct matrix *matrix, const char *why)
{
    const struct matrix_gap *gap = matrix->gaps->first;

    log_warn("a gap is not read up any further", "room=%s pages=%lld why=\"%s\"",
             gap->room, (long long)gap->pages, why);
    matrix_gap_drop(matrix->gaps);
}

/* A conversation, or an open incident's room; what can't be told may be one. */
static bool is_of_weight(struct matrix *matrix, const char *room)
{
    struct arena *arena = arena_create();
    struct ear_places places;
    bool found = !ear_places(matrix->ears, &matrix->adapter, arena, &places) ||
                 matrix_room_direct(matrix, room) != NULL;

    for (size_t i = 0; i < places.count && !found; i++) {
        found = text_equal(places.all[i].channel, room);
    }
    arena_destroy(arena);
    return found;
}

/* On our way there, or there and its outcome not recorded. */
bool matrix_gap_is_coming(struct matrix *matrix, const char *room)
{
    const struct matrix_deed *deed = matrix->deeds;

    while (deed != NULL &&
           !(deed->action.kind == ACTION_JOIN && deed->action.about_channel != NULL &&
             deed->move == NULL && text_equal(deed->room, room))) {
        deed = deed->next;
    }
    return deed != NULL ||
           (matrix_gap_has_coming(matrix, room) && !is_of_weight(matrix, room));
}

static bool is_too_long(struct matrix *matrix, const struct matrix_gap *gap)
{
    return gap->pages >= PAGES ||
           (gap->pages == PAGES_ELSE && !is_of_weight(matrix, gap->room));
}

static void hear_chunk(struct matrix *matrix, struct json_slice body)
{
    struct matrix_gap *gap = matrix->gaps->first;
    const char *room = arena_copy(ear_arena(matrix->ears), gap->room);
    struct json_slice chunk = json_scan_member(body, "chunk"), event = {0};
    struct json_slice state = json_scan_member(body, "state"), member = {0};

    while (json_scan_next(state, &member)) {
        matrix_hear_state(matrix, room, member, MATRIX_HEAR_FIRST);
    }
    matrix->hearing->gap = gap;
    while (json_scan_next(chunk, &event)) {
        if (!gap->is_new) {
            (void)matrix_hear_event(matrix, room, event);
        } else if (matrix_hear_is_join(matrix, room, event)) {
            gap->is_new = false;
        }
    }
    matrix->hearing->gap = NULL;
}

/* An empty page may have more behind it; where the token stays, there is no more. */
static void take_forward(struct matrix *matrix, struct json_slice body, const char *end)
{
    struct matrix_gap *gap = matrix->gaps->first;
    bool is_last =
        end == NULL || text_equal(end, gap->from) || text_equal(end, gap->to);

    hear_chunk(matrix, body);
    gap->pages += 1;
    if (is_last) {
        log_info("a gap is read up", "room=%s pages=%lld", gap->room,
                 (long long)gap->pages);
        matrix_gap_drop(matrix->gaps);
    } else if (is_too_long(matrix, gap)) {
        give_up(matrix, "too long");
    } else {
        replace(&gap->from, end);
    }
    page_ends(matrix);
}

/* A file's message id has ":file" behind the event's. */
static bool is_same_event(const char *event, const char *message)
{
    size_t length = event == NULL ? 0 : strlen(event);

    return length > 0 && strncmp(event, message, length) == 0 &&
           (message[length] == '\0' || message[length] == ':');
}

/* Is it one of these, or is our own coming in? Behind it nothing is of interest. */
static bool finds_end(struct matrix *matrix, struct matrix_gap *gap,
                      struct json_slice body)
{
    struct json_slice chunk = json_scan_member(body, "chunk"), event = {0};
    struct arena *arena = arena_create();
    bool is_found = false;

    while (!is_found && json_scan_next(chunk, &event)) {
        const char *id = json_slice_text(arena, json_scan_member(event, "event_id"));

        gap->is_new = matrix_hear_is_join(matrix, gap->room, event);
        is_found = gap->is_new || is_same_event(id, gap->until);
    }
    arena_destroy(arena);
    return is_found;
}

static void take_backward(struct matrix *matrix, struct json_slice body,
                          const char *end)
{
    struct matrix_gap *gap = matrix->gaps->first;
    bool is_found = finds_end(matrix, gap, body);

    gap->pages += 1;
    if (gap->to == NULL) {
        replace(&gap->to, json_slice_text(ear_arena(matrix->ears),
                                          json_scan_member(body, "start")));
    }
    if (!is_found && end != NULL && !text_equal(end, gap->from) && gap->pages < PAGES) {
        replace(&gap->from, end);
        loop_soon(matrix->loop, step, matrix);
        return;
    }
    if (!is_found && end != NULL) {
        log_warn("the last known message is not found", "room=%s pages=%lld", gap->room,
                 (long long)gap->pages);
    }
    replace(&gap->from, end);
    replace(&gap->until, NULL);
    gap->pages = 0;
    page_ends(matrix);
}

static void retry(struct matrix *matrix, int64_t at_least_ms)
{
    struct matrix_gaps *gaps = matrix->gaps;
    int64_t wait_ms = matrix_backoff_ms(++gaps->failures);

    loop_timer_set(gaps->timer, wait_ms > at_least_ms ? wait_ms : at_least_ms);
}

static void on_page(void *arg, const struct matrix_answer *answer)
{
    struct matrix *matrix = arg;
    struct matrix_gaps *gaps = matrix->gaps;
    const char *end;

    gaps->call = NULL;
    if (answer->is_too_big && !gaps->is_small) {
        gaps->is_small = true;
        step(matrix);
    } else if (answer->kind == OUTCOME_NEVER || answer->is_too_big) {
        give_up(matrix, answer->why);
        page_ends(matrix);
    } else if (answer->kind != OUTCOME_DONE ||
               json_scan_member(answer->body, "chunk").data == NULL) {
        retry(matrix, answer->wait_ms); /* or something in the homeserver's place */
    } else {
        gaps->is_small = false;
        end = json_slice_text(ear_arena(matrix->ears),
                              json_scan_member(answer->body, "end"));
        if (gaps->first->until != NULL) {
            take_backward(matrix, answer->body, end);
        } else {
            take_forward(matrix, answer->body, end);
        }
    }
}

/* ---- asking for it */

/* What is heard before the room is an incident's would be nobody's again. */
static bool is_early(struct matrix *matrix, struct matrix_gap *gap)
{
    int64_t now_ms = time_steady_ms();

    gap->asked_ms = gap->asked_ms == 0 ? now_ms : gap->asked_ms;
    return gap->is_again && now_ms - gap->asked_ms < WAIT_MOST_MS &&
           !is_of_weight(matrix, gap->room);
}

static void add_token(struct text *path, const char *name, const char *token)
{
    if (token != NULL) {
        text_addf(path, "&%s=%s", name, matrix_write_part(path->arena, token));
    }
}

static void step(void *arg)
{
    struct matrix *matrix = arg;
    struct matrix_gaps *gaps = matrix->gaps;
    struct matrix_gap *gap = gaps->first;
    struct matrix_ask ask = {.method = "GET", .max_bytes = matrix->sync_bytes / 2};
    struct arena *arena;
    struct text path;

    if (gap == NULL || gaps->call != NULL || gaps->number != 0 || gaps->is_stopped) {
        return;
    }
    if (is_early(matrix, gap)) {
        loop_timer_set(gaps->timer, WAIT_MS);
        return;
    }
    arena = arena_create();
    text_init(&path, arena);
    text_addf(&path, "/_matrix/client/v3/rooms/%s/messages?dir=%c&limit=%d&filter=%s",
              matrix_write_part(arena, gap->room), gap->until == NULL ? 'f' : 'b',
              gaps->is_small ? PAGE_SMALL : PAGE, matrix_write_part(arena, FILTER));
    add_token(&path, "from", gap->from);
    add_token(&path, "to", gap->until == NULL ? gap->to : NULL);
    ask.path = path.data;
    gaps->call = matrix_call(matrix, &ask, on_page, matrix);
    arena_destroy(arena);
}

static void on_settled(void *arg)
{
    struct matrix_gaps *gaps = arg;
    struct matrix *matrix = gaps->matrix;

    matrix_told_settle(matrix, gaps->is_committed);
    if (gaps->is_committed) {
        step(matrix);
    } else {
        retry(matrix, 0);
    }
}

bool matrix_gap_settle(struct matrix *matrix, int64_t number, bool committed)
{
    struct matrix_gaps *gaps = matrix->gaps;

    if (gaps == NULL || number == 0 || gaps->number != number) {
        return false;
    }
    gaps->number = 0;
    gaps->is_committed = committed;
    matrix_gap_settled(matrix, committed);
    loop_soon(matrix->loop, on_settled, gaps);
    return true;
}

void matrix_gap_go(struct matrix *matrix)
{
    step(matrix);
}

/* ---- its life */

static void on_timer(void *arg)
{
    step(arg);
}

bool matrix_gap_start(struct matrix *matrix)
{
    struct matrix_gaps *gaps = calloc(1, sizeof(*gaps));

    INSIST(gaps != NULL);
    matrix->gaps = gaps;
    gaps->matrix = matrix;
    gaps->timer = loop_timer_create(matrix->loop, on_timer, matrix);
    return matrix_gap_recall(matrix);
}

void matrix_gap_stop(struct matrix *matrix)
{
    struct matrix_gaps *gaps = matrix->gaps;

    if (gaps == NULL) {
        return;
    }
    gaps->is_stopped = true;
    loop_timer_stop(gaps->timer);
    if (gaps->call != NULL) {
        matrix_call_cancel(gaps->call);
        gaps->call = NULL;
    }
}

void matrix_gap_destroy(struct matrix *matrix)
{
    struct matrix_gaps *gaps = matrix->gaps;

    if (gaps == NULL) {
        return;
    }
    matrix_gap_stop(matrix);
    loop_forget(matrix->loop, gaps);
    loop_timer_destroy(gaps->timer);
    matrix_gap_list_destroy(gaps);
    free(gaps);
    matrix->gaps = NULL;
}
