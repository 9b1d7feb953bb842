#include "store/incidents.h"

#include <inttypes.h>
#include <string.h>

#include "bot/base/text.h"

/* In the order of row_from. */
#define INCIDENT_SELECT                                                                \
    "SELECT i.id, i.title, i.state, i.severity, i.severity_why, "                      \
    "i.severity_by_judgement, i.severity_person_id, i.private, i.drill, "              \
    "i.service_id, s.name, i.declared_by, i.declared_ms, i.started_ms, "               \
    "i.detected_ms, i.mitigated_ms, i.normal_ms, i.resolved_ms, i.detected_how, "      \
    "i.resolved_text, i.adapter, i.channel, i.channel_name, i.headline_row, "          \
    "i.call_row, i.summary, i.reopened_ms FROM incidents i LEFT JOIN services s "      \
    "ON s.id = i.service_id "

#define INCIDENT_IS_OPEN "i.state IN ('suspected', 'active', 'mitigated') "

/* $1 is who asks. */
#define INCIDENT_IS_SEEN                                                               \
    "(i.private = 0 OR EXISTS (SELECT 1 FROM members m WHERE m.incident_id = i.id "    \
    "AND m.person_id = $1 AND m.left_ms IS NULL)) "

static const char *const state_names[] = {
    [INCIDENT_SUSPECTED] = "suspected", [INCIDENT_ACTIVE] = "active",
    [INCIDENT_MITIGATED] = "mitigated", [INCIDENT_RESOLVED] = "resolved",
    [INCIDENT_REVIEWED] = "reviewed",   [INCIDENT_CANCELLED] = "cancelled",
};

const char *incident_state_name(enum incident_state state)
{
    return state_names[state];
}

static enum incident_state state_from(const char *name)
{
    size_t state = 0;
    while (!text_equal(state_names[state], name)) {
        state++;
        INSIST(state < sizeof(state_names) / sizeof(state_names[0]));
    }
    return (enum incident_state)state;
}

bool incident_is_open(const struct incident *incident)
{
    switch (incident->state) {
    case INCIDENT_SUSPECTED:
    case INCIDENT_ACTIVE:
    case INCIDENT_MITIGATED: return true;
    case INCIDENT_RESOLVED:
    case INCIDENT_REVIEWED:
    case INCIDENT_CANCELLED: return false;
    }
    return false;
}

int64_t incident_opened_ms(const struct incident *incident)
{
    return incident->reopened_ms > incident->declared_ms ? incident->reopened_ms
                                                         : incident->declared_ms;
}

static struct incident row_from(const struct db_rows *rows, size_t row)
{
    return (struct incident){
        .id = db_int(rows, row, 0),
        .title = db_text(rows, row, 1),
        .state = state_from(db_text(rows, row, 2)),
        .severity = db_text(rows, row, 3),
        .severity_why = db_text(rows, row, 4),
        .severity_by_judgement = db_flag(rows, row, 5),
        .severity_person_id = db_int(rows, row, 6),
        .is_private = db_flag(rows, row, 7),
        .is_drill = db_flag(rows, row, 8),
        .service_id = db_int(rows, row, 9),
        .service = db_text(rows, row, 10),
        .declared_by = db_int(rows, row, 11),
        .declared_ms = db_time(rows, row, 12),
        .started_ms = db_time(rows, row, 13),
        .detected_ms = db_time(rows, row, 14),
        .mitigated_ms = db_time(rows, row, 15),
        .normal_ms = db_time(rows, row, 16),
        .resolved_ms = db_time(rows, row, 17),
        .detected_how = db_text(rows, row, 18),
        .resolved_text = db_text(rows, row, 19),
        .adapter = db_text(rows, row, 20),
        .channel = db_text(rows, row, 21),
        .channel_name = db_text(rows, row, 22),
        .headline_row = db_int(rows, row, 23),
        .call_row = db_int(rows, row, 24),
        .summary = db_text(rows, row, 25),
        .reopened_ms = db_time(rows, row, 26),
    };
}

static bool incidents_find_by(struct store *store, struct incidents *incidents,
                              struct err *err, const char *sql, struct db_args args)
{
    struct db_rows rows;
    *incidents = (struct incidents){.count = 0};
    if (!store_run(store, &rows, err, sql, args)) {
        return false;
    }
    incidents->count = rows.count;
    incidents->all = ARENA_ARRAY(store->arena, struct incident *, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        incidents->all[i] = ARENA_NEW(store->arena, struct incident);
        *incidents->all[i] = row_from(&rows, i);
    }
    return true;
}

static bool incident_find_by(struct store *store, struct incident **incident,
                             struct err *err, const char *sql, struct db_args args)
{
    struct incidents found;
    *incident = NULL;
    if (!incidents_find_by(store, &found, err, sql, args)) {
        return false;
    }
    if (found.count > 0) {
        *incident = found.all[0];
    }
    return true;
}

/* "inc-{id}-checkout" → "inc-42-checkout"; the number is known after the insert only.
 */
static bool channel_name_fill(struct store *store, struct incident *incident,
                              struct err *err)
{
    static const char mark[] = "{id}";
    const char *at = strstr(incident->channel_name, mark);
    if (at == NULL) {
        return true;
    }
    struct text name;
    text_init(&name, store->arena);
    text_add_n(&name, incident->channel_name, (size_t)(at - incident->channel_name));
    text_addf(&name, "%" PRId64, incident->id);
    text_add(&name, at + strlen(mark));
    incident->channel_name = name.data;
    return store_run(store, NULL, err,
                     "UPDATE incidents SET channel_name = $1 WHERE id = $2",
                     DB_ARGS(DB_TEXT(name.data), DB_INT(incident->id)));
}

static const char insert_sql[] =
    "INSERT INTO incidents (title, state, severity, severity_why, "
    "severity_by_judgement, severity_person_id, private, drill, service_id, "
    "declared_by, declared_ms, started_ms, detected_ms, mitigated_ms, normal_ms, "
    "resolved_ms, detected_how, resolved_text, adapter, channel, channel_name) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, "
    "$17, $18, $19, $20, $21)";

bool incident_insert(struct store *store, struct incident *incident, struct err *err)
{
    if (!store_insert(
            store, &incident->id, err, insert_sql,
            DB_ARGS(DB_TEXT(incident->title),
                    DB_TEXT(incident_state_name(incident->state)),
                    DB_TEXT(incident->severity), DB_TEXT(incident->severity_why),
                    DB_INT(incident->severity_by_judgement),
                    DB_ID(incident->severity_person_id), DB_INT(incident->is_private),
                    DB_INT(incident->is_drill), DB_ID(incident->service_id),
                    DB_INT(incident->declared_by), DB_INT(incident->declared_ms),
                    DB_TIME(incident->started_ms), DB_TIME(incident->detected_ms),
                    DB_TIME(incident->mitigated_ms), DB_TIME(incident->normal_ms),
                    DB_TIME(incident->resolved_ms), DB_TEXT(incident->detected_how),
                    DB_TEXT(incident->resolved_text), DB_TEXT(incident->adapter),
                    DB_TEXT(incident->channel), DB_TEXT(incident->channel_name)))) {
        return false;
    }
    return store_run(store, NULL, err, "INSERT INTO chains (incident_id) VALUES ($1)",
                     DB_ARGS(DB_INT(incident->id))) &&
           channel_name_fill(store, incident, err);
}

bool incident_find(struct store *store, int64_t id, struct incident **incident,
                   struct err *err)
{
    return incident_find_by(store, incident, err, INCIDENT_SELECT "WHERE i.id = $1",
                            DB_ARGS(DB_INT(id)));
}

bool incident_find_channel(struct store *store, const char *adapter,
                           const char *channel, struct incident **incident,
                           struct err *err)
{
    return incident_find_by(store, incident, err,
                            INCIDENT_SELECT "WHERE i.adapter = $1 AND i.channel = $2",
                            DB_ARGS(DB_TEXT(adapter), DB_TEXT(channel)));
}

bool incident_move(struct store *store, int64_t id, enum incident_state from,
                   enum incident_state to, bool *moved, struct err *err)
{
    return store_change(store, moved, err,
                        "UPDATE incidents SET state = $1 WHERE id = $2 AND state = $3",
                        DB_ARGS(DB_TEXT(incident_state_name(to)), DB_INT(id),
                                DB_TEXT(incident_state_name(from))));
}

bool incident_update(struct store *store, const struct incident *incident,
                     struct err *err)
{
    return store_run(
        store, NULL, err,
        "UPDATE incidents SET title = $1, severity = $2, severity_why = $3, "
        "severity_by_judgement = $4, severity_person_id = $5, service_id = $6, "
        "started_ms = $7, detected_ms = $8, mitigated_ms = $9, normal_ms = $10, "
        "resolved_ms = $11, detected_how = $12, resolved_text = $13, summary = $14, "
        "reopened_ms = $15 WHERE id = $16",
        DB_ARGS(DB_TEXT(incident->title), DB_TEXT(incident->severity),
                DB_TEXT(incident->severity_why),
                DB_INT(incident->severity_by_judgement),
                DB_ID(incident->severity_person_id), DB_ID(incident->service_id),
                DB_TIME(incident->started_ms), DB_TIME(incident->detected_ms),
                DB_TIME(incident->mitigated_ms), DB_TIME(incident->normal_ms),
                DB_TIME(incident->resolved_ms), DB_TEXT(incident->detected_how),
                DB_TEXT(incident->resolved_text), DB_TEXT(incident->summary),
                DB_TIME(incident->reopened_ms), DB_INT(incident->id)));
}

bool incident_set_channel(struct store *store, int64_t id, const char *channel,
                          const char *channel_name, struct err *err)
{
    /* Some platforms name it with the sign, some without. */
    if (channel_name != NULL && *channel_name == '#') {
        channel_name++;
    }
    return store_run(store, NULL, err,
                     "UPDATE incidents SET channel = $1, "
                     "channel_name = COALESCE($2, channel_name) WHERE id = $3",
                     DB_ARGS(DB_TEXT(channel), DB_TEXT(channel_name), DB_INT(id)));
}

bool incident_set_headline(struct store *store, int64_t id, int64_t row,
                           struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE incidents SET headline_row = $1 WHERE id = $2",
                     DB_ARGS(DB_ID(row), DB_INT(id)));
}

bool incident_set_call(struct store *store, int64_t id, int64_t row, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE incidents SET call_row = $1 WHERE id = $2",
                     DB_ARGS(DB_ID(row), DB_INT(id)));
}

static bool counter_next(struct store *store, const char *sql, int64_t id, int64_t *n,
                         struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err, sql, DB_ARGS(DB_INT(id)))) {
        return false;
    }
    *n = rows.count > 0 ? db_int(&rows, 0, 0) : 0;
    return *n != 0 || err_set(err, ERR_GONE, "no incident %" PRId64, id);
}

bool incident_next_n(struct store *store, int64_t id, int64_t *n, struct err *err)
{
    return counter_next(store,
                        "UPDATE incidents SET next_n = next_n + 1 WHERE id = $1 "
                        "RETURNING next_n",
                        id, n, err);
}

bool incident_next_factor(struct store *store, int64_t id, int64_t *n, struct err *err)
{
    return counter_next(store,
                        "UPDATE incidents SET next_factor = next_factor + 1 "
                        "WHERE id = $1 RETURNING next_factor",
                        id, n, err);
}

#define OF_MINE                                                                        \
    "JOIN members mine ON mine.incident_id = i.id "                                    \
    "AND mine.person_id = $1 AND mine.left_ms IS NULL "

static const char *list_sql(enum incident_filter filter)
{
    switch (filter) {
    case INCIDENTS_OPEN:
        return INCIDENT_SELECT "WHERE " INCIDENT_IS_OPEN "AND " INCIDENT_IS_SEEN
                               "ORDER BY i.id DESC LIMIT $2";
    case INCIDENTS_ALL:
        return INCIDENT_SELECT "WHERE " INCIDENT_IS_SEEN "ORDER BY i.id DESC LIMIT $2";
    case INCIDENTS_MINE:
        return INCIDENT_SELECT OF_MINE "WHERE " INCIDENT_IS_OPEN
                                       "ORDER BY i.id DESC LIMIT $2";
    case INCIDENTS_MINE_RESOLVED:
        return INCIDENT_SELECT OF_MINE "WHERE i.state = 'resolved' "
                                       "ORDER BY i.id DESC LIMIT $2";
    }
    INSIST(!"a filter");
    return NULL;
}

bool incidents_list(struct store *store, enum incident_filter filter, int64_t person_id,
                    int64_t limit, struct incidents *incidents, struct err *err)
{
    return incidents_find_by(store, incidents, err, list_sql(filter),
                             DB_ARGS(DB_INT(person_id), DB_INT(limit)));
}

bool incidents_on_service(struct store *store, int64_t service_id, int64_t except_id,
                          struct incidents *incidents, struct err *err)
{
    return incidents_find_by(store, incidents, err,
                             INCIDENT_SELECT "WHERE i.service_id = $1 AND i.id <> $2 "
                                             "AND i.private = 0 AND " INCIDENT_IS_OPEN
                                             "ORDER BY i.id DESC",
                             DB_ARGS(DB_INT(service_id), DB_INT(except_id)));
}

bool incidents_open_on(struct store *store, const char *adapter, int64_t limit,
                       struct incidents *incidents, struct err *err)
{
    return incidents_find_by(store, incidents, err,
                             INCIDENT_SELECT
                             "WHERE i.adapter = $1 AND " INCIDENT_IS_OPEN
                             "ORDER BY i.id DESC LIMIT $2",
                             DB_ARGS(DB_TEXT(adapter), DB_INT(limit)));
}
