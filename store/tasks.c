#include "store/tasks.h"

#include <string.h>

static const char *const state_names[] = {
    [TASK_OPEN] = "open",
    [TASK_ACKED] = "acked",
    [TASK_DONE] = "done",
};

const char *task_state_name(enum task_state state)
{
    return state_names[state];
}

static enum task_state state_from(const char *name)
{
    int state = TASK_OPEN;

    while (strcmp(state_names[state], name) != 0) {
        state++;
        INSIST(state <= TASK_DONE);
    }
    return (enum task_state)state;
}

#define TASK_SELECT                                                                    \
    "SELECT t.incident_id, t.n, t.what, t.owner_id, p.handle, t.giver_id, t.state, "   \
    "t.due_ms, t.made_ms, t.offered_ms, t.acked_ms, t.done_ms, t.result, t.card_row "  \
    "FROM tasks t LEFT JOIN people p ON p.id = t.owner_id "

static void read_task(const struct db_rows *rows, size_t row, struct task *task)
{
    *task = (struct task){
        .incident_id = db_int(rows, row, 0),
        .n = db_int(rows, row, 1),
        .what = db_text(rows, row, 2),
        .owner_id = db_int(rows, row, 3),
        .owner = db_text(rows, row, 4),
        .giver_id = db_int(rows, row, 5),
        .state = state_from(db_text(rows, row, 6)),
        .due_ms = db_time(rows, row, 7),
        .made_ms = db_int(rows, row, 8),
        .offered_ms = db_int(rows, row, 9),
        .acked_ms = db_time(rows, row, 10),
        .done_ms = db_time(rows, row, 11),
        .result = db_text(rows, row, 12),
        .card_row = db_int(rows, row, 13),
    };
}

static void read_tasks(struct store *store, const struct db_rows *rows,
                       struct tasks *tasks)
{
    tasks->count = rows->count;
    tasks->all = ARENA_ARRAY(store->arena, struct task, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        read_task(rows, i, &tasks->all[i]);
    }
}

static bool insert_offer(struct store *store, const struct task *task,
                         int64_t person_id, int64_t now_ms, struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO task_offers (incident_id, n, person_id, offered_ms) "
                     "VALUES ($1, $2, $3, $4)",
                     DB_ARGS(DB_INT(task->incident_id), DB_INT(task->n),
                             DB_INT(person_id), DB_INT(now_ms)));
}

static bool answer_offer(struct store *store, const struct task *task,
                         int64_t person_id, const char *answer, int64_t now_ms,
                         struct err *err)
{
    return store_run(
        store, NULL, err,
        "UPDATE task_offers SET answer = $1, answered_ms = $2 "
        "WHERE incident_id = $3 AND n = $4 AND person_id = $5 AND answered_ms IS NULL",
        DB_ARGS(DB_TEXT(answer), DB_INT(now_ms), DB_INT(task->incident_id),
                DB_INT(task->n), DB_INT(person_id)));
}

bool task_insert(struct store *store, const struct task *task, struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO tasks (incident_id, n, what, owner_id, giver_id, "
                     "state, due_ms, made_ms, offered_ms) "
                     "VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, $8)",
                     DB_ARGS(DB_INT(task->incident_id), DB_INT(task->n),
                             DB_TEXT(task->what), DB_ID(task->owner_id),
                             DB_INT(task->giver_id), DB_TIME(task->due_ms),
                             DB_INT(task->made_ms), DB_INT(task->offered_ms))) &&
           (task->owner_id == 0 ||
            insert_offer(store, task, task->owner_id, task->offered_ms, err));
}

bool task_find(struct store *store, int64_t incident_id, int64_t n, struct task **task,
               struct err *err)
{
    struct db_rows rows;

    *task = NULL;
    if (!store_run(store, &rows, err,
                   TASK_SELECT "WHERE t.incident_id = $1 AND t.n = $2",
                   DB_ARGS(DB_INT(incident_id), DB_INT(n)))) {
        return false;
    }
    if (rows.count > 0) {
        *task = ARENA_NEW(store->arena, struct task);
        read_task(&rows, 0, *task);
    }
    return true;
}

bool task_ack(struct store *store, const struct task *task, int64_t person_id,
              int64_t now_ms, bool *moved, struct err *err)
{
    return store_change(
               store, moved, err,
               "UPDATE tasks SET state = 'acked', owner_id = $1, acked_ms = $2 "
               "WHERE incident_id = $3 AND n = $4 AND state = 'open' "
               "AND (owner_id = $1 OR owner_id IS NULL)",
               DB_ARGS(DB_INT(person_id), DB_INT(now_ms), DB_INT(task->incident_id),
                       DB_INT(task->n))) &&
           (!*moved || answer_offer(store, task, person_id, "yes", now_ms, err));
}

bool task_decline(struct store *store, const struct task *task, int64_t person_id,
                  int64_t now_ms, bool *moved, struct err *err)
{
    return store_change(
               store, moved, err,
               "UPDATE tasks SET state = 'open', owner_id = NULL, acked_ms = NULL "
               "WHERE incident_id = $1 AND n = $2 AND owner_id = $3 "
               "AND state IN ('open', 'acked')",
               DB_ARGS(DB_INT(task->incident_id), DB_INT(task->n),
                       DB_INT(person_id))) &&
           (!*moved || store_run(store, NULL, err,
                                 "UPDATE task_offers SET answer = 'no', "
                                 "answered_ms = $1 WHERE incident_id = $2 AND n = $3 "
                                 "AND person_id = $4",
                                 DB_ARGS(DB_INT(now_ms), DB_INT(task->incident_id),
                                         DB_INT(task->n), DB_INT(person_id))));
}

bool task_free(struct store *store, const struct task *task, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE tasks SET state = 'open', owner_id = NULL, "
                     "acked_ms = NULL WHERE incident_id = $1 AND n = $2 "
                     "AND state <> 'done'",
                     DB_ARGS(DB_INT(task->incident_id), DB_INT(task->n)));
}

bool task_offer(struct store *store, const struct task *task, int64_t person_id,
                int64_t now_ms, bool *moved, struct err *err)
{
    return store_change(
               store, moved, err,
               "UPDATE tasks SET state = 'open', owner_id = $1, offered_ms = $2, "
               "acked_ms = NULL WHERE incident_id = $3 AND n = $4 "
               "AND state <> 'done'",
               DB_ARGS(DB_INT(person_id), DB_INT(now_ms), DB_INT(task->incident_id),
                       DB_INT(task->n))) &&
           (!*moved || insert_offer(store, task, person_id, now_ms, err));
}

bool task_finish(struct store *store, const struct task *task, int64_t person_id,
                 int64_t now_ms, bool *moved, struct err *err)
{
    return store_change(store, moved, err,
                        "UPDATE tasks SET state = 'done', result = $1, done_ms = $2, "
                        "owner_id = COALESCE(owner_id, $3) WHERE incident_id = $4 "
                        "AND n = $5 AND state <> 'done'",
                        DB_ARGS(DB_TEXT(task->result), DB_INT(now_ms),
                                DB_INT(person_id), DB_INT(task->incident_id),
                                DB_INT(task->n)));
}

bool task_set_due(struct store *store, const struct task *task, int64_t due_ms,
                  struct err *err)
{
    return store_run(
        store, NULL, err,
        "UPDATE tasks SET due_ms = $1 WHERE incident_id = $2 AND n = $3",
        DB_ARGS(DB_TIME(due_ms), DB_INT(task->incident_id), DB_INT(task->n)));
}

bool task_set_card(struct store *store, const struct task *task, int64_t card_row,
                   struct err *err)
{
    return store_run(
        store, NULL, err,
        "UPDATE tasks SET card_row = $1 WHERE incident_id = $2 AND n = $3",
        DB_ARGS(DB_ID(card_row), DB_INT(task->incident_id), DB_INT(task->n)));
}

bool tasks_list(struct store *store, int64_t incident_id, struct tasks *tasks,
                struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   TASK_SELECT "WHERE t.incident_id = $1 ORDER BY t.n",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    read_tasks(store, &rows, tasks);
    return true;
}

bool tasks_of(struct store *store, int64_t person_id, int64_t incident_id,
              struct tasks *tasks, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   TASK_SELECT "JOIN incidents i ON i.id = t.incident_id "
                               "WHERE t.owner_id = $1 AND t.state <> 'done' "
                               "AND i.state IN ('suspected', 'active', 'mitigated') "
                               "AND ($2 = 0 OR t.incident_id = $2) "
                               "ORDER BY t.incident_id, t.n",
                   DB_ARGS(DB_INT(person_id), DB_INT(incident_id)))) {
        return false;
    }
    read_tasks(store, &rows, tasks);
    return true;
}

bool tasks_left(struct store *store, int64_t person_id, int64_t incident_id,
                struct tasks *tasks, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   TASK_SELECT "JOIN incidents i ON i.id = t.incident_id "
                               "WHERE t.owner_id = $1 AND t.state <> 'done' "
                               "AND ($2 = t.incident_id "
                               "OR ($2 = 0 AND i.state IN ('resolved', 'cancelled'))) "
                               "ORDER BY t.incident_id, t.n",
                   DB_ARGS(DB_INT(person_id), DB_INT(incident_id)))) {
        return false;
    }
    read_tasks(store, &rows, tasks);
    return true;
}

bool task_last_offered(struct store *store, int64_t person_id, int64_t incident_id,
                       int64_t since_ms, struct task **task, struct err *err)
{
    struct db_rows rows;
    struct tasks tasks;

    if (!store_run(store, &rows, err,
                   TASK_SELECT "WHERE t.owner_id <> $1 "
                               "AND ($2 = 0 OR t.incident_id = $2) "
                               "AND EXISTS (SELECT 1 FROM task_offers o "
                               "WHERE o.incident_id = t.incident_id AND o.n = t.n "
                               "AND o.person_id = $1 AND o.offered_ms >= $3) "
                               "ORDER BY t.offered_ms DESC, t.n DESC LIMIT 1",
                   DB_ARGS(DB_INT(person_id), DB_INT(incident_id), DB_INT(since_ms)))) {
        return false;
    }
    read_tasks(store, &rows, &tasks);
    *task = tasks.count == 0 ? NULL : tasks.all;
    return true;
}

bool tasks_count(struct store *store, int64_t incident_id, int64_t *open, int64_t *done,
                 struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT COALESCE(SUM(CASE WHEN state = 'done' THEN 0 ELSE 1 END), "
                   "0), COALESCE(SUM(CASE WHEN state = 'done' THEN 1 ELSE 0 END), 0) "
                   "FROM tasks WHERE incident_id = $1",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    *open = db_int(&rows, 0, 0);
    *done = db_int(&rows, 0, 1);
    return true;
}

bool task_offers_list(struct store *store, int64_t incident_id, int64_t n,
                      struct task_offers *offers, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT o.person_id, p.handle, o.offered_ms, o.answered_ms, "
                   "o.answer FROM task_offers o JOIN people p ON p.id = o.person_id "
                   "WHERE o.incident_id = $1 AND o.n = $2 ORDER BY o.id",
                   DB_ARGS(DB_INT(incident_id), DB_INT(n)))) {
        return false;
    }
    offers->count = rows.count;
    offers->all = ARENA_ARRAY(store->arena, struct task_offer, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        offers->all[i] = (struct task_offer){
            .person_id = db_int(&rows, i, 0),
            .handle = db_text(&rows, i, 1),
            .offered_ms = db_int(&rows, i, 2),
            .answered_ms = db_time(&rows, i, 3),
            .answer = db_text(&rows, i, 4),
        };
    }
    return true;
}
