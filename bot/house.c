#include "bot/house.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "bot/base/log.h"
#include "bot/directory.h"
#include "bot/watchdog.h"
#include "store/people.h"

static int status_of(enum store_verdict verdict)
{
    switch (verdict) {
    case STORE_HELD: return EXIT_HELD;
    case STORE_OK: return EXIT_FINE;
    case STORE_OLDER:
    case STORE_NEWER:
    case STORE_FAILED: return EXIT_FAULT;
    }
    return EXIT_FAULT;
}

/* For the crash tests: the process dies at its n-th turn boundary. */
static void die_at_boundary(void *arg, const char *where)
{
    struct house *house = arg;

    (void)where;
    house->boundaries_to_live -= 1;
    if (house->boundaries_to_live == 0) {
        (void)raise(SIGKILL);
    }
}

/* MUSTER_TEST_FAIL_AFTER=n: the n-th call of the store fails. MUSTER_TEST_KILL_AT=n:
 * see above. */
static void wire_for_tests(struct house *house)
{
    const char *fail = getenv("MUSTER_TEST_FAIL_AFTER");
    const char *die = getenv("MUSTER_TEST_KILL_AT");

    if (fail != NULL) {
        db_fail_after(house->store.db, strtoll(fail, NULL, 10));
    }
    if (die != NULL) {
        house->boundaries_to_live = strtoll(die, NULL, 10);
        turns_on_boundary(ears_turns(house->ears), die_at_boundary, house);
    }
}

bool house_open(struct house *house, const struct options *options, const char *url,
                bool is_virtual, int *status)
{
    struct err err;
    enum store_verdict verdict = store_open(&house->store, url, &err);

    if (verdict != STORE_OK) {
        (void)fprintf(stderr, "muster: %s\n", err.text);
        *status = status_of(verdict);
        return false;
    }
    if (!loop_create(&house->loop, &err)) {
        (void)fprintf(stderr, "muster: %s\n", err.text);
        store_close(&house->store);
        *status = EXIT_FAULT;
        return false;
    }
    house->clock = (struct clock){.is_virtual = is_virtual};
    house->ears =
        ears_create(house->loop, &house->store, &house->clock, options->config);
    wire_for_tests(house);
    return true;
}

static void stop(void *arg)
{
    ears_leave(arg);
}

static void note_end(void *arg, bool committed)
{
    bool *is_kept = arg;

    *is_kept = committed;
}

/* In a turn of its own: at start, and on SIGHUP. */
static bool read_directory(struct house *house, const char *path, struct err *err)
{
    struct turns *turns = ears_turns(house->ears);
    struct turn *turn = turn_open(turns, err);
    bool is_read = turn != NULL && turn_cause(turns, err), is_kept = false;

    if (is_read) {
        is_read = directory_load(turn, path, err) && turn_keep(turns, err);
        if (!is_read) { /* a fault of the file is none of the store */
            turn_undo(turns);
        }
        turn_then(turns, note_end, &is_kept);
    }
    turns_finish(turns);
    return is_read &&
           (is_kept || err_set(err, ERR_AGAIN, "the store could not keep %s", path));
}

struct rereading {
    struct house *house;
    const char *path;
};

static void reread(void *arg)
{
    struct rereading *rereading = arg;
    struct err err;

    if (rereading->path == NULL) {
        log_info("nothing to read again", "why=\"the settings name no directory\"");
        return;
    }
    if (!read_directory(rereading->house, rereading->path, &err)) {
        log_error("directory not read", "why=\"%s\"", err.text);
    }
}

/* Where people are known from before, a slip of the pen must not keep the bot from
 * coming back: it is said, and those who are known stay. */
static bool begin_directory(struct house *house, const char *path, struct err *err)
{
    struct people people;
    struct err unread;

    if (read_directory(house, path, err)) {
        return true;
    }
    (void)fprintf(stderr, "muster: %s\n", err->text);
    house->store.arena = turn_arena(ears_turns(house->ears));
    if (err->kind == ERR_AGAIN || !people_all(&house->store, &people, &unread)) {
        return false;
    }
    for (size_t i = 0; i < people.count; i++) {
        if (people.all[i].in_directory) {
            log_error("directory not read, going on with the one before", "why=\"%s\"",
                      err->text);
            return true;
        }
    }
    return false;
}

int house_run(struct house *house, const struct options *options)
{
    struct rereading rereading = {house, options->config->directory};
    struct watchdog *watchdog;
    struct err err;

    if (rereading.path != NULL && !begin_directory(house, rereading.path, &err)) {
        return err.kind == ERR_AGAIN ? EXIT_FAULT : EXIT_REFUSED;
    }
    loop_on_signal(house->loop, stop, house->ears);
    loop_on_hangup(house->loop, reread, &rereading);
    if (!ears_start(house->ears, &err)) {
        (void)fprintf(stderr, "muster: %s\n", err.text);
        return EXIT_FAULT;
    }
    watchdog = watchdog_start(house->loop);
    loop_run(house->loop);
    watchdog_stop(watchdog);
    ears_stop(house->ears);
    return ears_exit_status(house->ears);
}

void house_close(struct house *house)
{
    ears_destroy(house->ears);
    loop_destroy(house->loop);
    store_close(&house->store);
}
