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
};

/* Each sync looks for the oldest that is awaited: so those moments lie side by side. */
struct matrix_echoes {
    struct echo all[ECHOES];
    int64_t awaited_ms[ECHOES]; /* since then (steady); 0: its answer has not come, or
                                   it has come back */
    size_t next;
};

static void await(struct matrix_echoes *echoes, const struct echo *echo, int64_t at_ms)
{
    echoes->awaited_ms[echo - echoes->all] = at_ms;
}

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
    await(matrix->echoes, echo, 0);
    return echo;
}

void matrix_echo_expect(struct matrix *matrix, const char *transaction)
{
    struct echo *echo = take(matrix, transaction);

    if (*echo->event == '\0') {
        await(matrix->echoes, echo, time_steady_ms());
    }
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
    struct echo *echo;

    if (!is_ours(transaction) || text_is_empty(event) || strlen(event) >= EVENT_BYTES) {
        return;
    }
    echo = take(matrix, transaction);
    (void)strncpy(echo->event, event, EVENT_BYTES - 1);
    await(matrix->echoes, echo, 0);
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
        int64_t awaited_ms = matrix->echoes->awaited_ms[i];

        if (awaited_ms > 0 && (oldest_ms < 0 || awaited_ms < oldest_ms)) {
            oldest_ms = awaited_ms;
        }
    }
    return oldest_ms;
}

void matrix_deed_forget_unechoed(struct matrix *matrix)
{
    if (matrix->echoes != NULL) {
        memset(matrix->echoes->awaited_ms, 0, sizeof(matrix->echoes->awaited_ms));
    }
}
