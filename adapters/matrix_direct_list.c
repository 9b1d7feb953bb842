/*
 * What is remembered of the room shared with one person, and the account's list of such
 * rooms (m.direct): read, changed and written by one deed at a time.
 */
#include <jansson.h>

#include "adapters/matrix_inner.h"
#include "adapters/matrix_write.h"
#include "bot/base/json.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

static const char *memory_name(struct matrix_deed *deed, const char *what)
{
    return arena_printf(deed->arena, "%s %s", what, deed->action.person);
}

/* False: the deed has ended. */
bool matrix_direct_recall(struct matrix_deed *deed, const char *what,
                          const char **value)
{
    return matrix_deed_recall(deed, memory_name(deed, what), value);
}

void matrix_direct_remember(struct matrix_deed *deed, const char *what,
                            const char *value)
{
    struct matrix *matrix = deed->matrix;
    const char *name = memory_name(deed, what), *known;

    if (!ear_recall(matrix->ears, &matrix->adapter, name, &known) ||
        !text_equal(text_or(known, ""), value)) {
        ear_remember(matrix->ears, &matrix->adapter, name, value);
    }
}

static void keep(struct matrix_deed *deed)
{
    matrix_direct_remember(deed, "direct", deed->room);
    matrix_room_is_with(deed->matrix, deed->room, deed->action.person);
    matrix_deed_sought(deed);
    deed->found(deed);
}

/* ---- the account's list: read, changed and written by one deed at a time */

static void m_direct_leave(struct matrix_deed *deed)
{
    struct matrix *matrix = deed->matrix;

    matrix->rooms->m_direct = NULL;
    for (struct matrix_deed *other = matrix->deeds; other != NULL;
         other = other->next) {
        if (other->turn != NULL) {
            matrix_deed_step *turn = other->turn;

            other->turn = NULL;
            matrix->rooms->m_direct = other;
            turn(other);
            break;
        }
    }
    keep(deed);
}

/* The list is a help to other clients: we remember ourselves, and try again with the
 * next message. */
static void on_listed(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_DONE) {
        matrix_direct_remember(deed, "listed", deed->room);
    } else {
        log_warn("direct room not listed", "row=%lld errcode=%s",
                 (long long)deed->action.id, answer->errcode);
    }
    m_direct_leave(deed);
}

const char *matrix_direct_path(struct matrix_deed *deed)
{
    return arena_printf(deed->arena, "/_matrix/client/v3/user/%s/account_data/m.direct",
                        matrix_write_part(deed->arena, deed->matrix->self.user));
}

static bool is_listed(json_t *rooms, const char *room)
{
    size_t i;
    json_t *one;

    json_array_foreach(rooms, i, one)
    {
        if (text_equal(json_string_value(one), room)) {
            return true;
        }
    }
    return false;
}

/* Puts the room into the list; NULL: it stands there. */
static const char *add_to_list(struct matrix_deed *deed, json_t *list)
{
    json_t *rooms = json_object_get(list, deed->action.person);

    if (is_listed(rooms, deed->room)) {
        json_decref(list);
        return NULL;
    }
    if (!json_is_array(rooms)) {
        rooms = json_array();
        json_object_set_new(list, deed->action.person, rooms);
    }
    json_array_append_new(rooms, json_string(deed->room));
    return json_write(deed->arena, list);
}

static void on_list(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    struct matrix_answer fine = {.kind = OUTCOME_DONE};
    json_t *list = answer->kind == OUTCOME_DONE
                       ? json_parse(answer->body.data, answer->body.length_bytes)
                       : json_object();
    const char *body;

    if ((answer->kind != OUTCOME_DONE && answer->status != 404) ||
        !json_is_object(list)) {
        json_decref(list);
        m_direct_leave(deed);
        return;
    }
    body = add_to_list(deed, list);
    if (body == NULL) {
        on_listed(deed, &fine);
    } else {
        struct matrix_ask ask = {.method = "PUT",
                                 .path = matrix_direct_path(deed),
                                 .body = body,
                                 .may_repeat = true};

        matrix_deed_ask(deed, &ask, on_listed);
    }
}

static void m_direct_enter(struct matrix_deed *deed)
{
    matrix_deed_get(deed, matrix_direct_path(deed), on_list);
}

void matrix_direct_list(struct matrix_deed *deed)
{
    struct matrix_rooms *rooms = deed->matrix->rooms;
    const char *listed;

    if (!matrix_direct_recall(deed, "listed", &listed)) {
        return;
    }
    if (text_equal(listed, deed->room)) {
        keep(deed);
        return;
    }
    if (rooms->m_direct != NULL) {
        deed->turn = m_direct_enter;
        return;
    }
    rooms->m_direct = deed;
    m_direct_enter(deed);
}
