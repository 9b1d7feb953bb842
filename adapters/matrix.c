#include "adapters/matrix.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/matrix_inner.h"
#include "adapters/matrix_write.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define POLL_MS    (30 * TIME_SECOND_MS)
#define GRACE_MS   (20 * TIME_SECOND_MS) /* what the network may take besides */
#define ECHO_MS    TIME_MINUTE_MS        /* until our own words must have come back */
#define TROUBLE_MS (30 * TIME_SECOND_MS) /* until a suspended user asks again */
#define SYNC_BYTES ((size_t)64 << 20)

/* "https://matrix.example": without a slash at its end, and plain text to this machine
 * only. */
static bool find_base(struct matrix *matrix, struct err *err)
{
    const char *base = matrix->config->matrix.homeserver_url;
    struct net_url url;
    size_t length;

    if (text_is_empty(base)) {
        return err_set(err, ERR_GONE, "matrix.homeserver_url is not set");
    }
    if (!net_url_parse(base, &url, err)) {
        return false;
    }
    length = strlen(base);
    while (length > 0 && base[length - 1] == '/') {
        length -= 1;
    }
    matrix->base_url = arena_copy_n(matrix->arena, base, length);
    return true;
}

/* The token of a session that lasts may be all there is. */
static bool has_key(struct matrix *matrix, struct err *err)
{
    static const char *const names[] = {"MATRIX_PASSWORD", "MATRIX_ACCESS_TOKEN"};
    const char *secret;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = NULL;

        if (!secret_find(matrix->arena, names[i], &value, err)) {
            return false;
        }
        if (!text_is_empty(value)) {
            return true;
        }
    }
    if (!ear_secret(matrix->ears, &matrix->adapter, &secret, err)) {
        return false;
    }
    return secret != NULL ||
           err_set(err, ERR_GONE,
                   "neither MATRIX_PASSWORD nor MATRIX_ACCESS_TOKEN is set");
}

static bool connect_wires(struct matrix *matrix, struct err *err)
{
    struct net_settings settings = {.ca_file = matrix->config->ca_file,
                                    .proxy = matrix->config->proxy};

    return net_settings_check(&settings, err) &&
           http_create(&matrix->http, matrix->loop, &settings, err);
}

static void matrix_destroy(struct adapter *adapter)
{
    struct matrix *matrix = (struct matrix *)adapter;

    if (matrix == NULL) {
        return;
    }
    adapter->kind->stop(adapter);
    matrix_sync_destroy(matrix);
    matrix_session_destroy(matrix);
    matrix_rooms_destroy(matrix->rooms);
    loop_forget(matrix->loop, matrix);
    http_destroy(matrix->http);
    arena_destroy(matrix->arena);
    free(matrix);
}

static bool matrix_create(struct adapter **adapter, const struct config *config,
                          struct ears *ears, struct loop *loop, struct err *err)
{
    struct matrix *matrix = calloc(1, sizeof(*matrix));

    INSIST(matrix != NULL);
    matrix->adapter.kind = &matrix_adapter;
    matrix->ears = ears;
    matrix->loop = loop;
    matrix->config = config;
    matrix->arena = arena_create();
    matrix->rooms = matrix_rooms_create();
    matrix->poll_ms = POLL_MS;
    matrix->grace_ms = GRACE_MS;
    matrix->echo_ms = ECHO_MS;
    matrix->trouble_ms = TROUBLE_MS;
    matrix->sync_bytes = SYNC_BYTES;
    if (!find_base(matrix, err) || !has_key(matrix, err) ||
        !connect_wires(matrix, err)) {
        matrix_destroy(&matrix->adapter);
        return false;
    }
    *adapter = &matrix->adapter;
    return true;
}

static void matrix_start(struct adapter *adapter)
{
    matrix_session_start((struct matrix *)adapter);
}

static void matrix_settle(struct adapter *adapter, struct ticket ticket, bool committed)
{
    matrix_sync_settle((struct matrix *)adapter, ticket.number, committed);
}

static void matrix_perform(struct adapter *adapter, const struct action *action)
{
    matrix_deed_start((struct matrix *)adapter, action);
}

/* What was under way stays unknown to the courier, which asks again with the same
 * transaction. The session stays: logging out would make the next start another device.
 */
static void matrix_stop(struct adapter *adapter)
{
    struct matrix *matrix = (struct matrix *)adapter;

    matrix->is_stopped = true;
    matrix_session_stop(matrix);
    matrix_sync_stop(matrix);
    matrix_deed_stop(matrix);
    matrix_call_stop(matrix);
    loop_forget(matrix->loop, matrix);
}

const struct adapter_kind matrix_adapter = {
    .name = "matrix",
    .traits =
        ADAPTER_ONE_READER | ADAPTER_TAKES_FILES | ADAPTER_REDACTS | ADAPTER_NO_BUTTONS,
    .max_note_bytes = MATRIX_NOTE_BYTES,
    .max_running = MATRIX_RUNNING,
    .kept_free = MATRIX_KEPT_FREE,
    .create = matrix_create,
    .start = matrix_start,
    .settle = matrix_settle,
    .perform = matrix_perform,
    .stop = matrix_stop,
    .destroy = matrix_destroy,
};
