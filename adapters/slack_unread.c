/*
 * The channels of open incidents that are not read up, ordered by when they may be
 * asked about, and the mark of each in the store: the last message known before the
 * gap. A mark goes only when all behind it was read; a channel that was refused keeps
 * it, and is read from there after the next gap.
 */
#include <string.h>

#include "adapters/slack_catchup.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

static const char *mark_name(struct slack *slack, const char *channel)
{
    return arena_printf(ear_arena(slack->ears), "unread %s", channel);
}

static const char *overtaken_name(struct slack *slack, const char *channel)
{
    return arena_printf(ear_arena(slack->ears), "overtaken %s", channel);
}

void slack_unread_put(struct slack_catchup *catchup, struct slack_unread *unread)
{
    struct slack_unread **at = &catchup->first;

    while (*at != NULL && (*at)->not_before_ms <= unread->not_before_ms) {
        at = &(*at)->next;
    }
    unread->next = *at;
    *at = unread;
}

static struct slack_unread *take(struct slack_catchup *catchup, const char *channel)
{
    for (struct slack_unread **at = &catchup->first; *at != NULL; at = &(*at)->next) {
        if (text_equal((*at)->channel, channel)) {
            struct slack_unread *found = *at;

            *at = found->next;
            return found;
        }
    }
    return NULL;
}

/* Of two gaps the earlier begin; 0 is earlier than all. */
static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* A file's message id has its own part behind the ts. */
static const char *last_of(struct arena *arena, const struct ear_place *place)
{
    const char *last = text_or(place->last_message, CATCHUP_BEGINNING);

    return arena_copy_n(arena, last, strcspn(last, ":"));
}

static void take_threads(struct slack_unread *unread, struct slack_threads *threads,
                         const struct ear_place *place)
{
    threads->count = 0;
    for (size_t i = 0; i < place->thread_count; i++) {
        slack_threads_add(unread->arena, threads, place->threads[i]);
    }
}

/* It is being read: then once more, for what came meanwhile, in threads that are done
 * with by now as well. */
static void add_again(struct slack_unread *unread, const struct ear_place *place,
                      const struct slack_gap *gap)
{
    take_threads(unread, &unread->again_known, place);
    if (unread->again_since == NULL) {
        unread->again_since = last_of(unread->arena, place);
        unread->again_gap_ms = gap->since_ms;
        unread->again_not_before_ms = gap->over_ms;
        return;
    }
    unread->again_gap_ms = earlier(unread->again_gap_ms, gap->since_ms);
    unread->again_not_before_ms = later(unread->again_not_before_ms, gap->over_ms);
}

/* It waits: then from its beginning, and at once, for Slack can be reached again; but
 * not before all of a minute that is kept back was said. */
static void add_waiting(struct slack_catchup *catchup, struct slack_unread *unread,
                        const struct ear_place *place, const struct slack_gap *gap)
{
    take_threads(unread, &unread->known, place);
    unread->gap_ms = earlier(unread->gap_ms, gap->since_ms);
    unread->held_ms = later(unread->held_ms, gap->over_ms);
    unread->not_before_ms = unread->held_ms;
    unread->is_begun = false;
    slack_unread_put(catchup, unread);
}

static bool add_new(struct slack_catchup *catchup, const struct ear_place *place,
                    const struct slack_gap *gap)
{
    struct slack *slack = catchup->slack;
    const char *known = NULL, *overtaken = NULL;
    struct arena *arena;
    struct slack_unread *unread;

    if (!ear_recall(slack->ears, &slack->adapter, mark_name(slack, place->channel),
                    &known) ||
        !ear_recall(slack->ears, &slack->adapter, overtaken_name(slack, place->channel),
                    &overtaken)) {
        return false;
    }
    arena = arena_create();
    unread = ARENA_NEW(arena, struct slack_unread);
    *unread = (struct slack_unread){
        .slack = slack,
        .arena = arena,
        .channel = arena_copy(arena, place->channel),
        .since =
            text_is_empty(known) ? last_of(arena, place) : arena_copy(arena, known),
        .mark = text_is_empty(known) ? MARK_NONE : MARK_DURABLE,
        .opened_ms = place->opened_ms,
        .gap_ms = text_is_empty(known) ? gap->since_ms : 0,
        .not_before_ms = gap->over_ms,
        .held_ms = gap->over_ms,
        .is_overtaken = !text_is_empty(known) && !text_is_empty(overtaken),
    };
    take_threads(unread, &unread->known, place);
    slack_unread_put(catchup, unread);
    return true;
}

static bool add(struct slack_catchup *catchup, const struct ear_place *place,
                const struct slack_gap *gap)
{
    struct slack_unread *waiting;

    if (gap->channel != NULL && !text_equal(gap->channel, place->channel)) {
        return true;
    }
    if (catchup->now != NULL && text_equal(catchup->now->channel, place->channel)) {
        add_again(catchup->now, place, gap);
        return true;
    }
    waiting = take(catchup, place->channel);
    if (waiting != NULL) {
        add_waiting(catchup, waiting, place, gap);
        return true;
    }
    return add_new(catchup, place, gap);
}

bool slack_unread_gather(struct slack_catchup *catchup)
{
    struct slack *slack = catchup->slack;
    struct slack_gap gap = catchup->owed;
    struct ear_places places;

    if (!ear_places(slack->ears, &slack->adapter, ear_arena(slack->ears), &places)) {
        return false;
    }
    for (size_t i = 0; i < places.count; i++) {
        if (!add(catchup, &places.all[i], &gap)) {
            return false;
        }
    }
    catchup->owes = false;
    return true;
}

static bool write_mark(struct slack_unread *unread)
{
    struct slack *slack = unread->slack;

    if (unread->mark != MARK_NONE) {
        return false;
    }
    ear_remember(slack->ears, &slack->adapter, mark_name(slack, unread->channel),
                 unread->since);
    unread->mark = MARK_WRITTEN;
    return true;
}

bool slack_unread_write(struct slack_catchup *catchup)
{
    bool is_any = catchup->now != NULL && write_mark(catchup->now);

    for (struct slack_unread *at = catchup->first; at != NULL; at = at->next) {
        is_any = write_mark(at) || is_any;
    }
    return is_any;
}

static void mark_written(struct slack_unread *unread, bool committed)
{
    if (unread->mark == MARK_WRITTEN) {
        unread->mark = committed ? MARK_DURABLE : MARK_NONE;
    }
}

void slack_unread_written(struct slack_catchup *catchup, bool committed)
{
    if (catchup->now != NULL) {
        mark_written(catchup->now, committed);
    }
    for (struct slack_unread *at = catchup->first; at != NULL; at = at->next) {
        mark_written(at, committed);
    }
}

/* What it is called here; its mark is to be written anew. */
static void rekey(struct slack_unread *unread, const char *formerly,
                  const char *channel)
{
    if (unread != NULL && text_equal(unread->channel, formerly)) {
        unread->channel = arena_copy(unread->arena, channel);
        unread->mark = MARK_NONE;
    }
}

/* What is remembered by one name is remembered by another. */
static void move(struct slack *slack, const char *name, const char *to)
{
    const char *known = NULL;

    if (ear_recall(slack->ears, &slack->adapter, name, &known) &&
        !text_is_empty(known)) {
        ear_remember(slack->ears, &slack->adapter, to, known);
        ear_remember(slack->ears, &slack->adapter, name, "");
    }
}

void slack_unread_follow(struct slack *slack, const char *formerly, const char *channel)
{
    struct slack_catchup *catchup = slack->catchup;

    move(slack, mark_name(slack, formerly), mark_name(slack, channel));
    move(slack, overtaken_name(slack, formerly), overtaken_name(slack, channel));
    if (catchup != NULL && catchup->now != NULL) {
        catchup->now->is_rekeyed =
            catchup->is_asking && text_equal(catchup->now->channel, formerly);
        rekey(catchup->now, formerly, channel);
    }
    for (struct slack_unread *at = catchup == NULL ? NULL : catchup->first; at != NULL;
         at = at->next) {
        rekey(at, formerly, channel);
    }
    slack_catchup_start(
        slack, &(struct slack_gap){.since_ms = time_steady_ms(), .channel = channel});
}

/* In the turn of that command, so that a kill does not make it forgotten. */
static void overtake(struct slack_unread *unread)
{
    struct slack *slack = unread->slack;

    unread->is_overtaken = true;
    ear_remember(slack->ears, &slack->adapter, overtaken_name(slack, unread->channel),
                 "yes");
}

void slack_unread_overtake(struct slack *slack, const char *channel)
{
    struct slack_catchup *catchup = slack->catchup;
    struct slack_unread *now = catchup == NULL ? NULL : catchup->now;

    if (now != NULL && text_equal(now->channel, channel)) {
        overtake(now);
    }
    for (struct slack_unread *at = catchup == NULL ? NULL : catchup->first; at != NULL;
         at = at->next) {
        if (text_equal(at->channel, channel)) {
            overtake(at);
        }
    }
}

void slack_unread_tell(struct slack_unread *unread, enum ear_behind_state state,
                       const char *why)
{
    struct slack *slack = unread->slack;
    struct ear_behind behind = {
        .channel = unread->channel,
        .from_ms = text_equal(unread->since, CATCHUP_BEGINNING)
                       ? unread->opened_ms
                       : slack_ts_ms(unread->since),
        .to_ms = unread->reached == NULL ? ear_now_ms(slack->ears)
                                         : slack_ts_ms(unread->reached),
        .state = state,
        .why = why,
    };

    ear_behind(slack->ears, &slack->adapter, &behind);
}

/* Once more: what came while it was read, or from where it was left. */
static void put_again(struct slack_catchup *catchup, struct slack_unread *unread)
{
    if (unread->why == NULL) {
        unread->since = unread->again_since;
        unread->mark = MARK_NONE;
    }
    unread->gap_ms = earlier(unread->gap_ms, unread->again_gap_ms);
    unread->not_before_ms = unread->held_ms = unread->again_not_before_ms;
    unread->known = unread->again_known;
    unread->again_known = (struct slack_threads){0};
    unread->again_since = NULL;
    unread->is_begun = false;
    unread->restarts = 0;
    slack_unread_put(catchup, unread);
}

/* Who was taken out has said so elsewhere, and can't say it there. */
static void give_up(struct slack_unread *unread)
{
    log_warn("slack is not read up", "channel=%s since=%s why=\"%s\"", unread->channel,
             unread->since, unread->why);
    if (!unread->is_removed) {
        slack_unread_tell(unread, BEHIND_GIVEN_UP, unread->why);
    }
}

static void forget(struct slack_unread *unread)
{
    struct slack *slack = unread->slack;

    ear_remember(slack->ears, &slack->adapter, mark_name(slack, unread->channel), "");
    if (unread->is_overtaken) {
        ear_remember(slack->ears, &slack->adapter,
                     overtaken_name(slack, unread->channel), "");
    }
}

/* Not durable, it is read once more: what is left of it in the store says so. */
void slack_unread_ended(struct slack_catchup *catchup, bool committed)
{
    struct slack_unread *unread = catchup->ended;

    catchup->ended = NULL;
    if (committed) {
        arena_destroy(unread->arena);
        return;
    }
    unread->not_before_ms = 0;
    unread->is_begun = false;
    slack_unread_put(catchup, unread);
}

bool slack_unread_end(struct slack_catchup *catchup)
{
    struct slack_unread *unread = catchup->now;

    catchup->now = NULL;
    if (unread->why == NULL) {
        catchup->done += 1;
        slack_unread_tell(unread, BEHIND_OVER, NULL);
    } else {
        give_up(unread);
    }
    if (unread->again_since != NULL) {
        put_again(catchup, unread);
        return false;
    }
    if (unread->why == NULL) {
        forget(unread);
    }
    catchup->ended = unread;
    return true;
}

void slack_unread_stop(struct slack_catchup *catchup)
{
    if (catchup->now != NULL) {
        arena_destroy(catchup->now->arena);
        catchup->now = NULL;
    }
    if (catchup->ended != NULL) {
        arena_destroy(catchup->ended->arena);
        catchup->ended = NULL;
    }
    while (catchup->first != NULL) {
        struct slack_unread *next = catchup->first->next;

        arena_destroy(catchup->first->arena);
        catchup->first = next;
    }
}
