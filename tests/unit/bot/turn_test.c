/*
 * How a turn ends: what a failing commit costs, and what is left in the store's files
 * when words were taken out.
 */
#include <uv.h>

#include "bot/base/time.h"
#include "bot/turn.h"
#include "tests/store/folder.h"

/* Turns on a store in a file, with nothing else on their loop. */
struct bare {
    struct folder *folder;
    struct loop *loop;
    struct store store;
    struct clock clock;
    struct config *config;
    struct turns *turns;
};

static int bare_setup(void **state)
{
    struct bare *bare = calloc(1, sizeof(*bare));
    struct err err;
    void *folder;

    assert_non_null(bare);
    folder_setup(&folder);
    bare->folder = folder;
    bare->clock = (struct clock){.is_virtual = true, .now_ms = 1000};
    bare->config = config_create();
    assert_int_equal(
        store_open(&bare->store, folder_path(bare->folder, "muster.db"), &err),
        STORE_OK);
    assert_true(loop_create(&bare->loop, &err));
    bare->turns = turns_create(bare->loop, &bare->store, &bare->clock, bare->config);
    *state = bare;
    return 0;
}

static int bare_teardown(void **state)
{
    struct bare *bare = *state;
    void *folder = bare->folder;

    turns_destroy(bare->turns);
    loop_destroy(bare->loop);
    store_close(&bare->store);
    config_destroy(bare->config);
    free(bare);
    return folder_teardown(&folder);
}

static struct turn *must_open(struct bare *bare)
{
    struct err err = {.kind = ERR_NONE};
    struct turn *turn = turn_open(bare->turns, &err);

    if (turn == NULL) {
        fail_msg("%s", err.text);
    }
    return turn;
}

static void end(struct bare *bare, bool fails)
{
    struct err err;

    err_set(&err, ERR_AGAIN, "the disk is full");
    (void)must_open(bare);
    if (fails) {
        turn_doom(bare->turns, &err);
    }
    turns_finish(bare->turns);
}

/* Nothing but the end of the pause is to come on this loop. */
static void pause__grows__with_each_failure(void **state)
{
    static const int pauses_s[] = {1, 2, 5, 10, 20, 30, 30};
    struct bare *bare = *state;

    for (size_t i = 0; i < sizeof(pauses_s) / sizeof(pauses_s[0]); i++) {
        end(bare, true);
        uv_run(loop_uv(bare->loop), UV_RUN_NOWAIT);
        assert_in_range(uv_backend_timeout(loop_uv(bare->loop)),
                        pauses_s[i] * TIME_SECOND_MS - 900,
                        pauses_s[i] * TIME_SECOND_MS);
    }
}

static void failures__count_anew__after_a_commit(void **state)
{
    struct bare *bare = *state;

    for (int i = 0; i < 19; i++) {
        end(bare, true);
    }
    end(bare, false);
    end(bare, true);
    assert_false(turns_are_stuck(bare->turns));
    for (int i = 0; i < 19; i++) {
        end(bare, true);
    }
    assert_true(turns_are_stuck(bare->turns));
}

static void fail_late(void *arg)
{
    (void)arg;
    fail_msg("the loop goes on");
}

static void loop__ends__when_the_store_is_damaged(void **state)
{
    struct bare *bare = *state;
    struct loop_timer *deadline = loop_timer_create(bare->loop, fail_late, NULL);
    struct err err;

    loop_timer_set(deadline, 900); /* before the first pause is over */
    err_set(&err, ERR_BROKEN, "malformed");
    (void)must_open(bare);
    turn_doom(bare->turns, &err);
    loop_run(bare->loop);
    loop_timer_destroy(deadline);
}

static long log_bytes(struct bare *bare)
{
    struct stat found;

    assert_int_equal(stat(folder_path(bare->folder, "muster.db-wal"), &found), 0);
    return (long)found.st_size;
}

static void leave_and_come_back(struct bare *bare)
{
    struct err err;

    turns_destroy(bare->turns);
    store_close(&bare->store);
    assert_int_equal(
        store_open(&bare->store, folder_path(bare->folder, "muster.db"), &err),
        STORE_OK);
    bare->turns = turns_create(bare->loop, &bare->store, &bare->clock, bare->config);
}

/* Whoever had the store before may have been killed with words in the log that were to
 * go. */
static void log__is_emptied__by_the_first_commit(void **state)
{
    struct bare *bare = *state;

    leave_and_come_back(bare);
    db_must_script(bare->store.db, "CREATE TABLE words (text TEXT)");
    assert_true(log_bytes(bare) > 0);
    end(bare, false);
    assert_int_equal(log_bytes(bare), 0);
}

static void log__is_kept__where_nobody_had_the_store_before(void **state)
{
    struct bare *bare = *state;

    db_must_script(bare->store.db, "CREATE TABLE words (text TEXT)");
    end(bare, false);
    assert_true(log_bytes(bare) > 0);
}

static void log__is_emptied_later__while_somebody_reads(void **state)
{
    struct bare *bare = *state;
    struct db *reader;
    struct err err;

    end(bare, false);
    reader = db_must_open(bare->store.path, DB_READ_ONLY);
    assert_true(db_begin(reader, &err));
    (void)db_number(reader, "SELECT COUNT(*) FROM people");
    db_must_script(bare->store.db, "CREATE TABLE words (text TEXT)");
    must_open(bare)->wants_checkpoint = true;
    turns_finish(bare->turns);
    assert_true(log_bytes(bare) > 0);
    end(bare, false);
    assert_true(log_bytes(bare) > 0);
    db_close(reader);
    end(bare, false);
    assert_int_equal(log_bytes(bare), 0);
}

static void store__is_written_anew__when_words_were_taken_out(void **state)
{
    struct bare *bare = *state;

    db_must_script(bare->store.db,
                   "CREATE TABLE words (text TEXT);"
                   "INSERT INTO words VALUES (zeroblob(100000)); DELETE FROM words");
    end(bare, false);
    assert_true(db_number(bare->store.db, "PRAGMA freelist_count") > 0);
    must_open(bare)->wants_checkpoint = true;
    turns_finish(bare->turns);
    assert_int_equal(db_number(bare->store.db, "PRAGMA freelist_count"), 0);
}

/* What is deleted leaves pages behind that nobody uses. */
static int64_t unused_pages(struct bare *bare)
{
    return db_number(bare->store.db, "PRAGMA freelist_count");
}

/* As a process leaves it that died between the commit and what comes behind it. */
static void store__is_written_anew_by_the_next__when_one_died_before(void **state)
{
    struct bare *bare = *state;
    struct err err;

    db_must_script(bare->store.db,
                   "CREATE TABLE words (text TEXT);"
                   "INSERT INTO words VALUES (zeroblob(100000)); DELETE FROM words");
    bare->store.arena = turn_arena(bare->turns);
    assert_true(turn_wipe(&(struct turn){.store = &bare->store}, &err));
    leave_and_come_back(bare);
    assert_true(unused_pages(bare) > 0);
    end(bare, false);
    assert_int_equal(unused_pages(bare), 0);
    /* Once. */
    db_must_script(bare->store.db, "INSERT INTO words VALUES (zeroblob(100000));"
                                   "DELETE FROM words");
    leave_and_come_back(bare);
    end(bare, false);
    assert_true(unused_pages(bare) > 0);
}

#define BARE(test) cmocka_unit_test_setup_teardown(test, bare_setup, bare_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BARE(pause__grows__with_each_failure),
        BARE(failures__count_anew__after_a_commit),
        BARE(loop__ends__when_the_store_is_damaged),
        BARE(log__is_emptied__by_the_first_commit),
        BARE(log__is_kept__where_nobody_had_the_store_before),
        BARE(log__is_emptied_later__while_somebody_reads),
        BARE(store__is_written_anew__when_words_were_taken_out),
        BARE(store__is_written_anew_by_the_next__when_one_died_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
