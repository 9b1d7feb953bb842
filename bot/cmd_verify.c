/*
 * muster verify: follows the chain of every timeline in the store, beside a running bot
 * or without one, and says what does not fit.
 */
#include <stdio.h>

#include "bot/cmd.h"
#include "bot/options.h"
#include "store/chain.h"

#define FAULTS_SHOWN 20

static void say_fault(const char *sentence, void *context)
{
    int64_t *shown = context;

    if (++*shown <= FAULTS_SHOWN) {
        (void)printf("FAULT  %s\n", sentence);
    }
}

static int say_report(const struct chain_report *report)
{
    if (report->faults > FAULTS_SHOWN) {
        (void)printf("FAULT  and %lld more\n",
                     (long long)(report->faults - FAULTS_SHOWN));
    }
    (void)printf("%s: incidents %lld, entries %lld, changes of entries %lld, entries "
                 "without their words %lld, faults %lld.\n",
                 report->faults == 0 ? "Proved" : "Not proved",
                 (long long)report->incidents, (long long)report->entries,
                 (long long)report->changes, (long long)report->gone,
                 (long long)report->faults);
    (void)printf("Digest of all chains as they end now: %s\n", report->digest);
    return report->faults == 0 ? EXIT_FINE : EXIT_FAULT;
}

/* All that is read is of one moment. */
static bool verify(struct store *store, struct chain_report *report, struct err *err)
{
    int64_t shown = 0;
    bool is_read;

    if (!db_begin(store->db, err)) {
        return false;
    }
    store->arena = arena_create();
    is_read = chain_verify(store, say_fault, &shown, report, err);
    arena_destroy(store->arena);
    db_rollback(store->db);
    return is_read;
}

int cmd_verify(int argc, char **argv)
{
    struct options options;
    struct store store = {.lock_fd = -1};
    struct chain_report report;
    struct err err = {.kind = ERR_NONE};
    int status = EXIT_FINE;

    if (options_read(&options, argc, argv, NULL, 0, &status)) {
        if (store_open_to_read(&store, options_store(&options), &err) == STORE_OK &&
            verify(&store, &report, &err)) {
            status = say_report(&report);
        } else {
            (void)fprintf(stderr, "muster: %s\n", err.text);
            status = EXIT_FAULT;
        }
        store_close(&store);
    }
    options_finish(&options);
    return status;
}
