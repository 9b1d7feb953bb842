#include "store/alarms.h"

#include "bot/base/time.h"

#define ALARM_COLUMNS "id, kind, incident_id, subject, person_id, set_ms, due_ms"

static struct alarm row_from(const struct db_rows *rows, size_t row)
{
    return (struct alarm){
        .id = db_int(rows, row, 0),
        .kind = db_text(rows, row, 1),
        .incident_id = db_int(rows, row, 2),
        .subject = db_int(rows, row, 3),
        .person_id = db_int(rows, row, 4),
        .set_ms = db_time(rows, row, 5),
        .due_ms = db_time(rows, row, 6),
    };
}

static bool alarm_find_by(struct store *store, struct alarm **alarm, struct err *err,
                          const char *sql, struct db_args args)
{
    struct db_rows rows;
    *alarm = NULL;
    if (!store_run(store, &rows, err, sql, args)) {
        return false;
    }
    if (rows.count > 0) {
        *alarm = ARENA_NEW(store->arena, struct alarm);
        **alarm = row_from(&rows, 0);
    }
    return true;
}

bool alarm_set(struct store *store, const struct alarm *alarm, struct err *err)
{
    return store_run(
        store, NULL, err,
        "INSERT INTO alarms (kind, incident_id, subject, person_id, set_ms, due_ms) "
        "VALUES ($1, $2, $3, $4, $5, $6) "
        "ON CONFLICT (kind, incident_id, subject, person_id) "
        "DO UPDATE SET set_ms = excluded.set_ms, due_ms = excluded.due_ms",
        DB_ARGS(DB_TEXT(alarm->kind), DB_INT(alarm->incident_id),
                DB_INT(alarm->subject), DB_INT(alarm->person_id), DB_INT(alarm->set_ms),
                DB_INT(alarm->due_ms)));
}

bool alarm_clear(struct store *store, const char *kind, int64_t incident_id,
                 int64_t subject, struct err *err)
{
    return store_run(store, NULL, err,
                     "DELETE FROM alarms WHERE kind = $1 AND incident_id = $2 "
                     "AND subject = $3",
                     DB_ARGS(DB_TEXT(kind), DB_INT(incident_id), DB_INT(subject)));
}

bool alarms_clear(struct store *store, const char *kind, int64_t incident_id,
                  struct err *err)
{
    return store_run(store, NULL, err,
                     "DELETE FROM alarms WHERE kind = $1 AND incident_id = $2",
                     DB_ARGS(DB_TEXT(kind), DB_INT(incident_id)));
}

bool alarm_next_due(struct store *store, int64_t now_ms, struct alarm **alarm,
                    struct err *err)
{
    return alarm_find_by(store, alarm, err,
                         "SELECT " ALARM_COLUMNS " FROM alarms WHERE due_ms <= $1 "
                         "ORDER BY due_ms, id LIMIT 1",
                         DB_ARGS(DB_INT(now_ms)));
}

bool alarm_find(struct store *store, const char *kind, int64_t incident_id,
                int64_t subject, struct alarm **alarm, struct err *err)
{
    return alarm_find_by(store, alarm, err,
                         "SELECT " ALARM_COLUMNS " FROM alarms WHERE kind = $1 "
                         "AND incident_id = $2 AND subject = $3 "
                         "ORDER BY due_ms, id LIMIT 1",
                         DB_ARGS(DB_TEXT(kind), DB_INT(incident_id), DB_INT(subject)));
}

bool alarm_take(struct store *store, const struct alarm *alarm, bool *taken,
                struct err *err)
{
    return store_change(store, taken, err,
                        "DELETE FROM alarms WHERE id = $1 AND due_ms = $2",
                        DB_ARGS(DB_INT(alarm->id), DB_INT(alarm->due_ms)));
}

bool alarms_shift(struct store *store, const char *kind, int64_t since_ms,
                  int64_t now_ms, int64_t by_ms, struct err *err)
{
    return store_run(
        store, NULL, err,
        "UPDATE alarms SET set_ms = set_ms + $1, due_ms = due_ms + $1 "
        "WHERE kind = $2 AND set_ms >= $3 AND set_ms <> $4",
        DB_ARGS(DB_INT(by_ms), DB_TEXT(kind), DB_INT(since_ms), DB_INT(now_ms)));
}

bool alarm_earliest(struct store *store, int64_t *due_ms, struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err, "SELECT MIN(due_ms) FROM alarms", DB_NO_ARGS)) {
        return false;
    }
    *due_ms = db_time(&rows, 0, 0);
    return true;
}

bool quiet_set(struct store *store, const char *kind, int64_t incident_id,
               int64_t person_id, int64_t until_ms, struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO quiets (kind, incident_id, person_id, until_ms) "
                     "VALUES ($1, $2, $3, $4) "
                     "ON CONFLICT (kind, incident_id, person_id) "
                     "DO UPDATE SET until_ms = excluded.until_ms",
                     DB_ARGS(DB_TEXT(kind), DB_INT(incident_id), DB_INT(person_id),
                             DB_TIME(until_ms)));
}

bool quiet_until(struct store *store, const char *kind, int64_t incident_id,
                 int64_t person_id, int64_t *until_ms, struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT until_ms FROM quiets WHERE kind = $1 AND incident_id = $2 "
                   "AND person_id = $3",
                   DB_ARGS(DB_TEXT(kind), DB_INT(incident_id), DB_INT(person_id)))) {
        return false;
    }
    *until_ms = TIME_NONE;
    if (rows.count > 0) {
        *until_ms = db_is_null(&rows, 0, 0) ? INT64_MAX : db_time(&rows, 0, 0);
    }
    return true;
}

bool nudge_note(struct store *store, const struct nudge *nudge, struct err *err)
{
    return store_run(
        store, NULL, err,
        "INSERT INTO nudges (kind, incident_id, subject, person_id, sent_ms) "
        "VALUES ($1, $2, $3, $4, $5)",
        DB_ARGS(DB_TEXT(nudge->kind), DB_INT(nudge->incident_id),
                DB_INT(nudge->subject), DB_INT(nudge->person_id),
                DB_INT(nudge->sent_ms)));
}

bool nudge_was_sent(struct store *store, const struct nudge *nudge, bool *was_sent,
                    struct err *err)
{
    return store_has(store, was_sent, err,
                     "SELECT 1 FROM nudges WHERE incident_id = $1 AND kind = $2 "
                     "AND ($3 = 0 OR person_id = $3) LIMIT 1",
                     DB_ARGS(DB_INT(nudge->incident_id), DB_TEXT(nudge->kind),
                             DB_INT(nudge->person_id)));
}

bool nudge_was_repeated(struct store *store, const struct nudge *nudge,
                        bool *was_repeated, struct err *err)
{
    return store_has(store, was_repeated, err,
                     "SELECT 1 FROM nudges WHERE incident_id = $1 AND kind = $2 "
                     "AND subject = $3 AND person_id = $4 AND sent_ms > $5 LIMIT 1",
                     DB_ARGS(DB_INT(nudge->incident_id), DB_TEXT(nudge->kind),
                             DB_INT(nudge->subject), DB_INT(nudge->person_id),
                             DB_INT(nudge->sent_ms)));
}

#define NUDGE_SELECT                                                                   \
    "SELECT id, kind, incident_id, subject, person_id, sent_ms FROM nudges "

static const char nudge_of_channel[] =
    NUDGE_SELECT "WHERE incident_id = $1 AND person_id = $2 ORDER BY id DESC LIMIT 1";
static const char nudge_of_person[] =
    NUDGE_SELECT "WHERE ($1 = 0 OR incident_id = $1) AND person_id = $2 "
                 "ORDER BY id DESC LIMIT 1";

bool nudge_last(struct store *store, int64_t incident_id, int64_t person_id,
                struct nudge **nudge, struct err *err)
{
    struct db_rows rows;
    *nudge = NULL;
    if (!store_run(store, &rows, err,
                   person_id == 0 ? nudge_of_channel : nudge_of_person,
                   DB_ARGS(DB_INT(incident_id), DB_INT(person_id)))) {
        return false;
    }
    if (rows.count > 0) {
        *nudge = ARENA_NEW(store->arena, struct nudge);
        **nudge = (struct nudge){
            .id = db_int(&rows, 0, 0),
            .kind = db_text(&rows, 0, 1),
            .incident_id = db_int(&rows, 0, 2),
            .subject = db_int(&rows, 0, 3),
            .person_id = db_int(&rows, 0, 4),
            .sent_ms = db_time(&rows, 0, 5),
        };
    }
    return true;
}
