/* What a test puts into the outbox, and what it asks of homeserver and store. */
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "store/incidents.h"
#include "store/outbox.h"
#include "store/people.h"
#include "tests/wire/matrix_home_inner.h"

/* ---- rows */

int64_t matrix_home_put(struct matrix_home *home, const struct home_row *row)
{
    struct arena *arena = home->config->arena;
    struct action action = row->action;
    struct outbox_row put = {.adapter = "matrix", .place = row->place};
    int64_t now_ms = clock_now_ms(&home->clock);
    struct err err;

    action.kind = row->kind;
    put.lane = arena_printf(arena, "t%d", home->made++);
    put.kind = action_kind_name(row->kind);
    put.incident_id = row->incident_id;
    put.person_id = row->person_id;
    put.about_row = row->about_row;
    put.body = action_to_json(arena, &action);
    put.created_ms = now_ms - row->age_ms;
    put.due_ms = put.created_ms;
    if (!outbox_put(&home->store, &put, &err) ||
        (row->is_unsure && !outbox_again(&home->store, put.id, 0, true, &err))) {
        fail_msg("%s", err.text);
    }
    return put.id;
}

int64_t matrix_home_open(struct matrix_home *home, const char *name, bool is_private)
{
    struct home_row row = {
        .kind = ACTION_OPEN_CHANNEL,
        .action = {.name = name, .topic = "active", .private = is_private}};

    row.incident_id = matrix_home_incident(home, name, is_private);
    return matrix_home_put(home, &row);
}

const char *matrix_home_says(struct matrix_home *home, const char *room,
                             const char *type, const char *name)
{
    json_t *content = matrix_home_state(home, room, type, "");

    return text_or(json_string_value(json_object_get(content, name)), "");
}

struct note *matrix_home_note(struct matrix_home *home, const char *line)
{
    struct note *note = note_create(home->config->arena);

    note_line(note, "%s", line);
    return note;
}

int64_t matrix_home_person(struct matrix_home *home, const char *user)
{
    struct err err;
    int64_t id = 0;
    const char *handle =
        arena_copy_n(home->config->arena, user + 1, strcspn(user, ":"));

    if (!person_insert(&home->store, handle, &id, &err) ||
        !person_link(&home->store, id, "matrix", user, &err)) {
        fail_msg("%s", err.text);
    }
    return id;
}

int64_t matrix_home_incident(struct matrix_home *home, const char *name,
                             bool is_private)
{
    struct incident incident = {.title = name,
                                .state = INCIDENT_ACTIVE,
                                .severity = "unknown",
                                .is_private = is_private,
                                .declared_ms = 1,
                                .started_ms = TIME_NONE,
                                .detected_ms = TIME_NONE,
                                .mitigated_ms = TIME_NONE,
                                .normal_ms = TIME_NONE,
                                .resolved_ms = TIME_NONE,
                                .adapter = "matrix",
                                .channel_name = name};
    struct err err;

    incident.declared_by =
        matrix_home_person(home, arena_printf(home->config->arena, "@by-%s:x", name));
    incident.severity_person_id = incident.declared_by;
    if (!incident_insert(&home->store, &incident, &err)) {
        fail_msg("%s", err.text);
    }
    return incident.id;
}

const char *matrix_home_word(struct matrix_home *home, const char *sql)
{
    struct db_rows rows;
    struct err err;

    if (!store_run(&home->store, &rows, &err, sql, DB_NO_ARGS)) {
        fail_msg("%s", err.text);
    }
    return rows.count == 0 ? "" : text_or(db_text(&rows, 0, 0), "");
}

const char *matrix_home_ref(struct matrix_home *home, int64_t row)
{
    return matrix_home_word(home, arena_printf(home->config->arena,
                                               "SELECT ref FROM outbox WHERE id = %lld",
                                               (long long)row));
}

const char *matrix_home_buried(struct matrix_home *home, int64_t row)
{
    return matrix_home_word(
        home,
        arena_printf(home->config->arena,
                     "SELECT buried_why FROM outbox WHERE id = %lld", (long long)row));
}

size_t matrix_home_calls(struct matrix_home *home, const char *call)
{
    size_t count = 0;

    for (size_t i = 0; i < home->call_count; i++) {
        count += strstr(home->calls[i], call) != NULL ? 1 : 0;
    }
    return count;
}

/* ---- what a test asks */

static size_t count_in(json_t *room, const char *body, json_t **last)
{
    json_t *event;
    size_t i, count = 0;

    json_array_foreach(json_object_get(room, "timeline"), i, event)
    {
        json_t *content = json_object_get(event, "content");

        if (strncmp(home_word_of(content, "body"), body, strlen(body)) == 0 &&
            strcmp(home_word_of(event, "type"), "m.room.message") == 0) {
            *last = count == 0 ? content : *last;
            count++;
        }
    }
    return count;
}

size_t matrix_home_messages(struct matrix_home *home, const char *room,
                            const char *body)
{
    json_t *last = NULL, *one;
    const char *id;
    size_t count = 0;

    if (room != NULL) {
        return count_in(json_object_get(home->rooms, room), body, &last);
    }
    json_object_foreach(home->rooms, id, one)
    {
        count += count_in(one, body, &last);
    }
    return count;
}

json_t *matrix_home_last(struct matrix_home *home, const char *room)
{
    json_t *last = NULL;

    (void)count_in(json_object_get(home->rooms, room), "", &last);
    return last;
}
