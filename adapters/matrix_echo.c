/*
 * Echoes: what we sent comes back in a sync with its transaction. That settles a row
 * whose answer was lost, and its absence is the only sign that a homeserver which says
 * yes to everything keeps nothing.
 */
#include <string.h>

#include "adapters/matrix_inner.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define ECHOES      256
#define EVENT_BYTES 256 /* of an event's id: 255 */
#define ROW_BYTES   48  /* "m" and two numbers */

/* Sent, come back, or both. */
struct echo {
    char transaction[ROW_BYTES];
    char event[EVENT_BYTES]; /* "": not come back yet */
    int64_t sent_ms;         /* steady; 0: its answer has not come */
};

struct matrix_echoes {
    struct echo all[ECHOES];
    size_t next;
};

static struct echo *find(const struct matrix *matrix, const char *transaction)
{
    struct matrix_echoes *echoes = matrix->echoes;

    for (size_t i = 0; echoes != NULL && i < ECHOES; i++) {
        if (strcmp(echoes->all[i].transaction, transaction) == 0) {
            return &echoes->all[i];
        }
    }
    return NULL;
}

/* The one of this transaction; a new one takes the place of the oldest. */
static struct echo *take(struct matrix *matrix, const char *transaction)
{
    struct echo *echo = find(matrix, transaction);

    if (echo != NULL) {
        return echo;
    }
    if (matrix->echoes == NULL) {
        matrix->echoes = ARENA_NEW(matrix->arena, struct matrix_echoes);
    }
    echo = &matrix->echoes->all[matrix->echoes->next++ % ECHOES];
    *echo = (struct echo){0};
    (void)strncpy(echo->transaction, transaction, ROW_BYTES - 1);
    return echo;
}

void matrix_echo_expect(struct matrix *matrix, const char *transaction)
{
    take(matrix, transaction)->sent_ms = time_steady_ms();
}

const char *matrix_echo_find(const struct matrix *matrix, const char *transaction)
{
    const struct echo *echo = find(matrix, transaction);

    return echo == NULL || *echo->event == '\0' ? NULL : echo->event;
}

/* Ours are "m" and a row's mark; a person's client may name its own as it likes. */
static bool is_ours(const char *transaction)
{
    return transaction != NULL && *transaction == 'm' && transaction[1] != '\0' &&
           strlen(transaction) < ROW_BYTES &&
           transaction[1 + strspn(transaction + 1, "0123456789.")] == '\0';
}

void matrix_deed_echo(struct matrix *matrix, const char *transaction, const char *event)
{
    if (!is_ours(transaction) || text_is_empty(event) || strlen(event) >= EVENT_BYTES) {
        return;
    }
    (void)strncpy(take(matrix, transaction)->event, event, EVENT_BYTES - 1);
    for (struct matrix_deed *deed = matrix->deeds; deed != NULL; deed = deed->next) {
        if (deed->is_sending && text_equal(deed->transaction, transaction)) {
            matrix_deed_done(deed, event, NULL);
            return;
        }
    }
}

int64_t matrix_deed_oldest_unechoed_ms(const struct matrix *matrix)
{
    int64_t oldest_ms = -1;

    for (size_t i = 0; matrix->echoes != NULL && i < ECHOES; i++) {
        const struct echo *echo = &matrix->echoes->all[i];

        if (echo->sent_ms > 0 && *echo->event == '\0' &&
            (oldest_ms < 0 || echo->sent_ms < oldest_ms)) {
            oldest_ms = echo->sent_ms;
        }
    }
    return oldest_ms;
}

void matrix_deed_forget_unechoed(struct matrix *matrix)
{
    for (size_t i = 0; matrix->echoes != NULL && i < ECHOES; i++) {
        matrix->echoes->all[i].sent_ms = 0;
    }
}
