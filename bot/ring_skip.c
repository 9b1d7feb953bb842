#include "bot/ring_skip.h"

#include "bot/base/time.h"

/* "At the hospital" is true for the next page, too. */
#define NO_HOLDS_MS TIME_HOUR_MS

static bool has_called(const struct page_calls *calls, int64_t person_id)
{
    for (size_t i = 0; i < calls->count; i++) {
        if (calls->all[i].person_id == person_id) {
            return true;
        }
    }
    return false;
}

static void add_own(struct ring_skip *skip, const struct page_calls *calls)
{
    for (size_t i = 0; i < calls->count; i++) {
        if (calls->all[i].state == PAGE_CALL_DECLINED) {
            skip->ids[skip->count++] = calls->all[i].person_id;
        }
    }
}

static bool is_busy(const struct page_call *call, int64_t since_ms)
{
    return call->state == PAGE_CALL_WAITING ||
           (call->state == PAGE_CALL_DECLINED && call->answered_ms >= since_ms);
}

/* Not who is asked for by name, nor whom this page has called itself. */
static void add_other(struct ring_skip *skip, const struct page_calls *calls,
                      int64_t since_ms, const struct page *page,
                      const struct page_calls *own)
{
    for (size_t i = 0; i < calls->count; i++) {
        const struct page_call *call = &calls->all[i];

        if (is_busy(call, since_ms) && call->person_id != page->wanted_id &&
            !has_called(own, call->person_id)) {
            skip->ids[skip->count++] = call->person_id;
        }
    }
}

bool ring_skip_find(struct turn *turn, const struct page *page,
                    const struct page_calls *calls, struct ring_skip *skip,
                    struct err *err)
{
    struct page_calls *others;
    struct pages pages;
    size_t room = calls->count;
    int64_t since_ms = turn->now_ms - NO_HOLDS_MS;

    if (!pages_list(turn->store, page->incident_id, &pages, err)) {
        return false;
    }
    others = ARENA_ARRAY(turn->arena, struct page_calls, pages.count + 1);
    for (size_t i = 0; i < pages.count; i++) {
        const struct page *other = &pages.all[i];

        others[i] = (struct page_calls){0};
        if (other->n == page->n) {
            continue;
        }
        if (!page_calls_list(turn->store, other, &others[i], err)) {
            return false;
        }
        room += others[i].count;
    }
    *skip = (struct ring_skip){.ids = ARENA_ARRAY(turn->arena, int64_t, room + 1)};
    add_own(skip, calls);
    skip->declined = skip->count;
    for (size_t i = 0; i < pages.count; i++) {
        add_other(skip, &others[i], since_ms, page, calls);
    }
    return true;
}

static bool is_last(const struct ring_skip *skip, int64_t person_id)
{
    for (size_t i = skip->declined; i < skip->count; i++) {
        if (skip->ids[i] == person_id) {
            return true;
        }
    }
    return false;
}

void ring_skip_last(struct arena *arena, const struct ring_skip *skip,
                    struct candidates *all)
{
    struct candidate *last = ARENA_ARRAY(arena, struct candidate, all->count + 1);
    size_t kept = 0, moved = 0;

    for (size_t i = 0; i < all->count; i++) {
        if (is_last(skip, all->all[i].person_id)) {
            last[moved++] = all->all[i];
        } else {
            all->all[kept++] = all->all[i];
        }
    }
    for (size_t i = 0; i < moved; i++) {
        all->all[kept++] = last[i];
    }
}
