/*
 * Keeps a session and makes a copy of its store, again and again, and says each time
 * that it is done: what the power test runs for the files beside the store. It is
 * called as the console is: console --store PATH --acks FD.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bot/base/arena.h"
#include "store/sessions.h"

#define TIMES 4

/* Says that the thing of that number is done. */
static bool tell(struct store *store, int acks, int n)
{
    const char *line = arena_printf(store->arena, "%d\n", n);

    return write(acks, line, strlen(line)) == (ssize_t)strlen(line);
}

/* The session as 2i - 1, the copy as 2i. */
static bool keep(struct store *store, int acks, int i, struct err *err)
{
    const char *secret = arena_printf(store->arena, "%d", i);
    const char *copy = arena_printf(store->arena, "%s.copy", store->path);

    return sessions_keep(store, "matrix", secret, err) &&
           tell(store, acks, 2 * i - 1) && db_backup(store->db, copy, err) &&
           tell(store, acks, 2 * i);
}

int main(int argc, char **argv)
{
    struct store store;
    struct err err = {.text = "called wrongly"};
    bool ok = argc > 5 && store_open(&store, argv[3], &err) == STORE_OK;

    if (ok) {
        store.arena = arena_create();
        for (int i = 1; ok && i <= TIMES; i++) {
            ok = keep(&store, (int)strtol(argv[5], NULL, 10), i, &err);
        }
        arena_destroy(store.arena);
        store_close(&store);
    }
    if (!ok) {
        (void)fprintf(stderr, "%s\n", err.text);
    }
    return ok ? 0 : 1;
}
