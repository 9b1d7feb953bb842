#include "store/questions.h"

bool question_insert(struct store *store, struct question *question, struct err *err)
{
    return store_insert(
        store, &question->id, err,
        "INSERT INTO questions (incident_id, asker_id, person_id, text, "
        "asked_ms, state) VALUES ($1, $2, $3, $4, $5, 'asked')",
        DB_ARGS(DB_ID(question->incident_id), DB_INT(question->asker_id),
                DB_INT(question->person_id), DB_TEXT(question->text),
                DB_INT(question->asked_ms)));
}

bool questions_to(struct store *store, int64_t person_id, int64_t since_ms,
                  struct questions *questions, struct err *err)
{
    struct db_rows rows;

    if (!store_run(
            store, &rows, err,
            "SELECT q.id, q.incident_id, q.asker_id, p.handle, q.text, q.asked_ms, "
            "q.answered_ms FROM questions q JOIN people p ON p.id = q.asker_id "
            "WHERE q.person_id = $1 AND (q.state = 'asked' OR q.answered_ms >= $2) "
            "ORDER BY CASE WHEN q.state = 'asked' THEN 0 ELSE 1 END, q.id DESC",
            DB_ARGS(DB_INT(person_id), DB_INT(since_ms)))) {
        return false;
    }
    questions->count = rows.count;
    questions->all = ARENA_ARRAY(store->arena, struct question, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        questions->all[i] = (struct question){
            .id = db_int(&rows, i, 0),
            .incident_id = db_int(&rows, i, 1),
            .asker_id = db_int(&rows, i, 2),
            .person_id = person_id,
            .asker = db_text(&rows, i, 3),
            .text = db_text(&rows, i, 4),
            .asked_ms = db_int(&rows, i, 5),
            .answered_ms = db_time(&rows, i, 6),
        };
    }
    return true;
}

bool question_settle(struct store *store, int64_t id, int64_t now_ms, struct err *err)
{
    return store_run(
        store, NULL, err,
        "UPDATE questions SET state = 'answered', answered_ms = $1 WHERE id = $2",
        DB_ARGS(DB_INT(now_ms), DB_INT(id)));
}
