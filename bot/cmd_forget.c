/*
 * muster forget PERSON: takes a person's words out of a store that no bot holds, for
 * good. The chain stays provable.
 */
#include <stdio.h>

#include <glob.h>

#include "bot/base/text.h"
#include "bot/clock.h"
#include "bot/cmd.h"
#include "bot/feeling.h"
#include "bot/options.h"
#include "store/forget.h"
#include "store/people.h"
#include "store/search.h"

#define NEAR_LETTERS 2
#define NEAR_PEOPLE  3

static bool say_nobody(struct store *store, const char *word, struct err *err)
{
    struct people people;
    struct text near;
    int count = 0;

    if (!people_all(store, &people, err)) {
        return false;
    }
    text_init(&near, store->arena);
    for (size_t i = 0; i < people.count && count < NEAR_PEOPLE; i++) {
        if (text_distance(people.all[i].handle, word) <= NEAR_LETTERS) {
            text_addf(&near, "%s%s", count++ == 0 ? " Near: " : ", ",
                      people.all[i].handle);
        }
    }
    return err_set(err, ERR_GONE, "I know no \"%s\".%s%s Nothing was changed.",
                   text_shown(store->arena, word), near.data, count > 0 ? "." : "");
}

static bool find(struct store *store, const char *word, struct person **person,
                 struct err *err)
{
    const char *handle = *word == '@' ? word + 1 : word;

    return person_find_handle(store, handle, person, err) &&
           (*person != NULL || person_find_name(store, word, person, err)) &&
           (*person != NULL || say_nobody(store, handle, err));
}

/* Out of the index of search as well. */
static bool purge(struct store *store, struct err *err)
{
    bool is_done = false;

    while (!is_done) {
        if (!db_begin(store->db, err)) {
            return false;
        }
        if (!search_purge(store, &is_done, err) || !db_commit(store->db, err)) {
            db_rollback(store->db);
            return false;
        }
    }
    return true;
}

/* All of it, or nothing. What is the store's and what is not: feelings bear no name. */
static bool forget(struct store *store, const struct options *options,
                   int64_t person_id, struct forgotten *forgotten, struct err *err)
{
    struct clock clock = {.is_virtual = false};
    struct turn turn = {.arena = options->arena,
                        .store = store,
                        .config = options->config,
                        .now_ms = clock_now_ms(&clock)};
    int64_t feelings;

    if (!db_begin(store->db, err)) {
        return false;
    }
    if (!feelings_forget(&turn, person_id, &feelings, err) ||
        !forget_person(store, person_id, turn.now_ms, forgotten, err) ||
        !db_commit(store->db, err)) {
        db_rollback(store->db);
        return false;
    }
    forgotten->entries += feelings;
    /* Out of the gaps of the file and out of its log, too. */
    return purge(store, err) && db_scrub(store->db, err) &&
           db_checkpoint(store->db, err);
}

static void say_copies(const struct store *store, struct arena *arena)
{
    glob_t found;

    if (store->path == NULL ||
        glob(arena_printf(arena, "%s.before-*", store->path), 0, NULL, &found) != 0) {
        return;
    }
    for (size_t i = 0; i < found.gl_pathc; i++) {
        (void)printf("A copy from before a migration still holds them: %s\n",
                     found.gl_pathv[i]);
    }
    globfree(&found);
}

static void say_forgotten(const struct store *store, const char *handle,
                          const struct forgotten *forgotten, struct arena *arena)
{
    (void)printf("The words of %s are taken out: timeline entries %lld, elsewhere "
                 "%lld. When and what kind they were stays.\n",
                 handle, (long long)forgotten->entries, (long long)forgotten->others);
    if (forgotten->waiting > 0) {
        (void)printf("Messages that still wait to be sent and may repeat them: %lld. "
                     "Let the bot run until they are out, then do this again.\n",
                     (long long)forgotten->waiting);
    }
    say_copies(store, arena);
    (void)printf("What stands in the chat itself, and in backups of yours, is not "
                 "touched.\n");
}

static int forget_in(struct store *store, const struct options *options,
                     struct err *err)
{
    struct forgotten forgotten;
    struct person *person = NULL;
    const char *handle;

    store->arena = options->arena;
    if (!find(store, options->words[0], &person, err)) {
        return EXIT_FAULT;
    }
    handle = person->handle;
    store->arena = arena_create();
    bool is_done = forget(store, options, person->id, &forgotten, err);
    arena_destroy(store->arena);
    if (!is_done) {
        return EXIT_FAULT;
    }
    say_forgotten(store, handle, &forgotten, options->arena);
    return EXIT_FINE;
}

static int run(const struct options *options)
{
    struct store store;
    struct err err = {.kind = ERR_NONE};
    const char *url = options_store(options);
    enum store_verdict verdict;
    int status;

    if (!store_is_there(url, &err)) {
        (void)fprintf(stderr, "muster: %s\n", err.text);
        return EXIT_FAULT;
    }
    verdict = store_open(&store, url, &err);
    status = verdict == STORE_HELD ? EXIT_HELD : EXIT_FAULT;

    if (verdict == STORE_OK) {
        status = forget_in(&store, options, &err);
    }
    if (status != EXIT_FINE) {
        (void)fprintf(stderr, "muster: %s\n", err.text);
    }
    store_close(&store);
    return status;
}

int cmd_forget(int argc, char **argv)
{
    struct options options;
    int status = EXIT_FINE;

    if (options_read(&options, argc, argv, NULL, 1, &status)) {
        if (options.word_count == 0) {
            (void)fprintf(stderr, "muster: forget needs a person: muster forget ana\n");
            status = EXIT_USAGE;
        } else {
            status = run(&options);
        }
    }
    options_finish(&options);
    return status;
}
