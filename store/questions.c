#include "store/questions.h"

/* In the order of questions_read. */
#define QUESTION_SELECT                                                                \
    "SELECT q.id, q.incident_id, q.asker_id, p.handle, q.text, q.asked_ms, "           \
    "q.answered_ms, q.person_id, q.with_id, q.root_id FROM questions q "               \
    "JOIN people p ON p.id = q.asker_id "

bool question_insert(struct store *store, struct question *question, struct err *err)
{
    return store_insert(
        store, &question->id, err,
        "INSERT INTO questions (incident_id, asker_id, person_id, text, "
        "asked_ms, with_id, root_id, state) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, 'asked')",
        DB_ARGS(DB_ID(question->incident_id), DB_INT(question->asker_id),
                DB_INT(question->person_id), DB_TEXT(question->text),
                DB_INT(question->asked_ms), DB_ID(question->with_id),
                DB_ID(question->root_id)));
}

static bool questions_read(struct store *store, struct questions *questions,
                           struct err *err, const char *sql, struct db_args args)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err, sql, args)) {
        return false;
    }
    questions->count = rows.count;
    questions->all = ARENA_ARRAY(store->arena, struct question, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        questions->all[i] = (struct question){
            .id = db_int(&rows, i, 0),
            .incident_id = db_int(&rows, i, 1),
            .asker_id = db_int(&rows, i, 2),
            .asker = db_text(&rows, i, 3),
            .text = db_text(&rows, i, 4),
            .asked_ms = db_int(&rows, i, 5),
            .answered_ms = db_time(&rows, i, 6),
            .person_id = db_int(&rows, i, 7),
            .with_id = db_int(&rows, i, 8),
            .root_id = db_int(&rows, i, 9),
        };
    }
    return true;
}

bool questions_to(struct store *store, int64_t person_id, int64_t since_ms,
                  struct questions *questions, struct err *err)
{
    return questions_read(
        store, questions, err,
        QUESTION_SELECT
        "WHERE q.person_id = $1 AND (q.state = 'asked' OR q.answered_ms >= $2) "
        "ORDER BY CASE WHEN q.state = 'asked' THEN 0 ELSE 1 END, q.id DESC",
        DB_ARGS(DB_INT(person_id), DB_INT(since_ms)));
}

bool question_find(struct store *store, int64_t id, struct question **question,
                   struct err *err)
{
    struct questions found;

    *question = NULL;
    if (!questions_read(store, &found, err, QUESTION_SELECT "WHERE q.id = $1",
                        DB_ARGS(DB_INT(id)))) {
        return false;
    }
    if (found.count > 0) {
        *question = &found.all[0];
    }
    return true;
}

bool questions_from(struct store *store, int64_t root_id, struct questions *questions,
                    struct err *err)
{
    return questions_read(store, questions, err,
                          QUESTION_SELECT
                          "WHERE q.id = $1 OR q.root_id = $1 ORDER BY q.id",
                          DB_ARGS(DB_INT(root_id)));
}

bool question_settle(struct store *store, int64_t id, bool knew, int64_t now_ms,
                     struct err *err)
{
    return store_run(
        store, NULL, err,
        "UPDATE questions SET state = $1, answered_ms = $2 WHERE id = $3",
        DB_ARGS(DB_TEXT(knew ? "answered" : "unknown"), DB_INT(now_ms), DB_INT(id)));
}
