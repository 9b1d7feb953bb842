#include "bot/ring_skip.h"

static bool has_called(const struct page_calls *calls, int64_t person_id)
{
    for (size_t i = 0; i < calls->count; i++) {
        if (calls->all[i].person_id == person_id) {
            return true;
        }
    }
    return false;
}

static void add(struct ring_skip *skip, const struct page_calls *calls,
                enum page_call_state state, const struct page_calls *own,
                int64_t wanted_id)
{
    for (size_t i = 0; i < calls->count; i++) {
        int64_t person_id = calls->all[i].person_id;

        if (calls->all[i].state == state && person_id != wanted_id &&
            (own == NULL || !has_called(own, person_id))) {
            skip->ids[skip->count++] = person_id;
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
    add(skip, calls, PAGE_CALL_DECLINED, NULL, 0);
    skip->declined = skip->count;
    for (size_t i = 0; i < pages.count; i++) {
        add(skip, &others[i], PAGE_CALL_WAITING, calls, page->wanted_id);
    }
    return true;
}

static bool is_rung(const struct ring_skip *skip, int64_t person_id)
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
        if (is_rung(skip, all->all[i].person_id)) {
            last[moved++] = all->all[i];
        } else {
            all->all[kept++] = all->all[i];
        }
    }
    for (size_t i = 0; i < moved; i++) {
        all->all[kept++] = last[i];
    }
}
