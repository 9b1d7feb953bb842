/*
 * muster import FILE: people, teams, skills, buddies, services and the rota into a
 * store that no bot holds. A running bot reads its `directory:` itself.
 */
#include <stdio.h>

#include "bot/clock.h"
#include "bot/cmd.h"
#include "bot/directory.h"
#include "bot/options.h"
#include "store/people.h"
#include "store/services.h"

static bool say_what_there_is(struct store *store, struct err *err)
{
    struct people people;
    struct services services;
    size_t named = 0;

    if (!people_all(store, &people, err) || !services_all(store, &services, err)) {
        return false;
    }
    for (size_t i = 0; i < people.count; i++) {
        named += people.all[i].in_directory ? 1 : 0;
    }
    (void)printf("The directory holds now: people %zu, services %zu.\n", named,
                 services.count);
    return true;
}

/* All of the file, or nothing. */
static bool import(struct store *store, const struct options *options, struct err *err)
{
    struct clock clock = {.is_virtual = false};
    struct turn turn = {
        .arena = options->arena,
        .store = store,
        .config = options->config,
        .now_ms = clock_now_ms(&clock),
    };

    store->arena = options->arena;
    if (!db_begin(store->db, err)) {
        return false;
    }
    if (!directory_load(&turn, options->words[0], err) || !db_commit(store->db, err)) {
        db_rollback(store->db);
        return false;
    }
    return say_what_there_is(store, err);
}

/* Whoever mends a file wants to know all of it at once. */
static bool is_sound(const struct options *options)
{
    struct directory_faults faults;

    if (directory_look(options->arena, options->words[0], &faults)) {
        return true;
    }
    for (size_t i = 0; i < faults.count && i < DIRECTORY_FAULTS; i++) {
        (void)fprintf(stderr, "muster: %s\n", faults.all[i]);
    }
    if (faults.count > DIRECTORY_FAULTS) {
        (void)fprintf(stderr, "muster: and %zu more\n",
                      faults.count - DIRECTORY_FAULTS);
    }
    return false;
}

static int import_into(const struct options *options)
{
    struct store store;
    struct err err;

    if (!is_sound(options)) {
        return EXIT_FAULT;
    }
    enum store_verdict verdict = store_open(&store, options_store(options), &err);
    int status = EXIT_FINE;

    if (verdict != STORE_OK) {
        status = verdict == STORE_HELD ? EXIT_HELD : EXIT_FAULT;
    } else if (!import(&store, options, &err)) {
        status = EXIT_FAULT;
    }
    if (status != EXIT_FINE) {
        (void)fprintf(stderr, "muster: %s\n", err.text);
    }
    if (status == EXIT_HELD) {
        (void)fprintf(stderr,
                      "muster: a running bot needs no import: it reads `directory:` of "
                      "its settings at start and on SIGHUP\n");
    }
    store_close(&store);
    return status;
}

int cmd_import(int argc, char **argv)
{
    struct options options;
    int status = EXIT_FINE;

    if (options_read(&options, argc, argv, NULL, 1, &status)) {
        if (options.word_count == 0) {
            (void)fprintf(stderr,
                          "muster: import needs a file: muster import people.yaml\n");
            status = EXIT_USAGE;
        } else {
            status = import_into(&options);
        }
    }
    options_finish(&options);
    return status;
}
