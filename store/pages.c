#include "store/pages.h"

#include <string.h>

#include "store/page_calls.h"

static const char *const state_names[] = {
    [PAGE_OPEN] = "open",
    [PAGE_ANSWERED] = "answered",
    [PAGE_WITHDRAWN] = "withdrawn",
};

const char *page_state_name(enum page_state state)
{
    return state_names[state];
}

static enum page_state state_from(const char *name)
{
    int state = PAGE_OPEN;

    while (strcmp(state_names[state], name) != 0) {
        state++;
        INSIST(state <= PAGE_WITHDRAWN);
    }
    return (enum page_state)state;
}

bool page_insert(struct store *store, const struct page *page, struct err *err)
{
    return store_run(
        store, NULL, err,
        "INSERT INTO pages (incident_id, n, asker_id, why, wanted_id, service_id, "
        "state, made_ms, is_escalation) VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, "
        "$8)",
        DB_ARGS(DB_INT(page->incident_id), DB_INT(page->n), DB_INT(page->asker_id),
                DB_TEXT(page->why), DB_ID(page->wanted_id), DB_ID(page->service_id),
                DB_INT(page->made_ms), DB_INT(page->is_escalation)));
}

#define PAGE_SELECT                                                                    \
    "SELECT g.incident_id, g.n, g.asker_id, a.handle, g.why, g.wanted_id, "            \
    "g.service_id, g.state, g.made_ms, g.round, g.is_escalation, g.answered_ms, "      \
    "g.answered_by, b.handle, g.card_row FROM pages g "                                \
    "JOIN people a ON a.id = g.asker_id LEFT JOIN people b ON b.id = g.answered_by "

static void read_page(const struct db_rows *rows, size_t row, struct page *page)
{
    *page = (struct page){
        .incident_id = db_int(rows, row, 0),
        .n = db_int(rows, row, 1),
        .asker_id = db_int(rows, row, 2),
        .asker = db_text(rows, row, 3),
        .why = db_text(rows, row, 4),
        .wanted_id = db_int(rows, row, 5),
        .service_id = db_int(rows, row, 6),
        .state = state_from(db_text(rows, row, 7)),
        .made_ms = db_int(rows, row, 8),
        .round = db_int(rows, row, 9),
        .is_escalation = db_flag(rows, row, 10),
        .answered_ms = db_time(rows, row, 11),
        .answered_by = db_int(rows, row, 12),
        .answerer = db_text(rows, row, 13),
        .card_row = db_int(rows, row, 14),
    };
}

static void read_pages(struct store *store, const struct db_rows *rows,
                       struct pages *pages)
{
    pages->count = rows->count;
    pages->all = ARENA_ARRAY(store->arena, struct page, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        read_page(rows, i, &pages->all[i]);
    }
}

bool page_find(struct store *store, int64_t incident_id, int64_t n, struct page **page,
               struct err *err)
{
    struct db_rows rows;

    *page = NULL;
    if (!store_run(store, &rows, err,
                   PAGE_SELECT "WHERE g.incident_id = $1 AND g.n = $2",
                   DB_ARGS(DB_INT(incident_id), DB_INT(n)))) {
        return false;
    }
    if (rows.count > 0) {
        *page = ARENA_NEW(store->arena, struct page);
        read_page(&rows, 0, *page);
    }
    return true;
}

bool page_answer(struct store *store, const struct page *page, int64_t person_id,
                 int64_t now_ms, bool *first, struct err *err)
{
    return store_change(store, first, err,
                        "UPDATE pages SET state = 'answered', answered_by = $1, "
                        "answered_ms = $2 WHERE incident_id = $3 AND n = $4 "
                        "AND state = 'open'",
                        DB_ARGS(DB_INT(person_id), DB_INT(now_ms),
                                DB_INT(page->incident_id), DB_INT(page->n))) &&
           store_run(store, NULL, err,
                     "UPDATE page_calls SET state = 'coming', answered_ms = $1 "
                     "WHERE incident_id = $2 AND n = $3 AND person_id = $4 "
                     "AND answered_ms IS NULL",
                     DB_ARGS(DB_INT(now_ms), DB_INT(page->incident_id), DB_INT(page->n),
                             DB_INT(person_id))) &&
           (!*first || page_calls_end(store, page, err));
}

bool page_withdraw(struct store *store, const struct page *page, int64_t now_ms,
                   bool *moved, struct err *err)
{
    return store_change(
               store, moved, err,
               "UPDATE pages SET state = 'withdrawn', answered_ms = $1 "
               "WHERE incident_id = $2 AND n = $3 AND state = 'open'",
               DB_ARGS(DB_INT(now_ms), DB_INT(page->incident_id), DB_INT(page->n))) &&
           (!*moved || page_calls_end(store, page, err));
}

bool page_set_round(struct store *store, const struct page *page, int64_t round,
                    struct err *err)
{
    return store_run(
        store, NULL, err,
        "UPDATE pages SET round = $1 WHERE incident_id = $2 AND n = $3",
        DB_ARGS(DB_INT(round), DB_INT(page->incident_id), DB_INT(page->n)));
}

bool page_set_card(struct store *store, const struct page *page, int64_t card_row,
                   struct err *err)
{
    return store_run(
        store, NULL, err,
        "UPDATE pages SET card_row = $1 WHERE incident_id = $2 AND n = $3",
        DB_ARGS(DB_ID(card_row), DB_INT(page->incident_id), DB_INT(page->n)));
}

bool pages_list(struct store *store, int64_t incident_id, struct pages *pages,
                struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   PAGE_SELECT "WHERE g.incident_id = $1 ORDER BY g.n",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    read_pages(store, &rows, pages);
    return true;
}

#define OPEN_INCIDENT                                                                  \
    "AND EXISTS (SELECT 1 FROM incidents i WHERE i.id = g.incident_id "                \
    "AND i.state IN ('suspected', 'active', 'mitigated')) "                            \
    "AND ($2 = 0 OR g.incident_id = $2) ORDER BY g.incident_id, g.n"

bool pages_of(struct store *store, int64_t person_id, int64_t incident_id,
              struct pages *pages, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   PAGE_SELECT
                   "WHERE g.state = 'open' AND EXISTS (SELECT 1 FROM page_calls c "
                   "WHERE c.incident_id = g.incident_id AND c.n = g.n "
                   "AND c.person_id = $1 AND c.answered_ms IS NULL) " OPEN_INCIDENT,
                   DB_ARGS(DB_INT(person_id), DB_INT(incident_id)))) {
        return false;
    }
    read_pages(store, &rows, pages);
    return true;
}

bool page_last_called(struct store *store, int64_t person_id, int64_t incident_id,
                      int64_t since_ms, struct page **page, struct err *err)
{
    struct db_rows rows;
    struct pages pages;

    if (!store_run(store, &rows, err,
                   PAGE_SELECT
                   "WHERE g.state IN ('answered', 'withdrawn') AND g.answered_ms >= $3 "
                   "AND ($2 = 0 OR g.incident_id = $2) AND EXISTS (SELECT 1 "
                   "FROM page_calls c WHERE c.incident_id = g.incident_id "
                   "AND c.n = g.n AND c.person_id = $1) "
                   "ORDER BY g.answered_ms DESC, g.n DESC LIMIT 1",
                   DB_ARGS(DB_INT(person_id), DB_INT(incident_id), DB_INT(since_ms)))) {
        return false;
    }
    read_pages(store, &rows, &pages);
    *page = pages.count == 0 ? NULL : pages.all;
    return true;
}

bool pages_asked_by(struct store *store, int64_t person_id, int64_t incident_id,
                    struct pages *pages, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   PAGE_SELECT
                   "WHERE g.state = 'open' AND g.asker_id = $1 " OPEN_INCIDENT,
                   DB_ARGS(DB_INT(person_id), DB_INT(incident_id)))) {
        return false;
    }
    read_pages(store, &rows, pages);
    return true;
}
