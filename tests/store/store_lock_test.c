/* Who holds a store, as far as its lock tells: its holder may not have written that
 * yet, or be another program. */
#include <fcntl.h>
#include <sys/file.h>

#include "store/store.h"
#include "tests/store/folder.h"

static void must_be_held(struct folder *folder, const char *note, const char *by)
{
    const char *path = folder_path(folder, "muster.db");
    int fd = open(arena_printf(folder->arena, "%s.lock", path), O_RDWR | O_CREAT, 0600);
    struct store store;
    struct err err = {.kind = ERR_NONE};

    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, 0), 0);
    assert_int_equal(pwrite(fd, note, strlen(note), 0), strlen(note));
    assert_int_equal(flock(fd, LOCK_EX), 0);
    assert_int_equal(store_open(&store, path, &err), STORE_HELD);
    assert_string_equal(
        err.text, arena_printf(folder->arena, "the store %s is held by %s", path, by));
    (void)close(fd);
}

static void open__is_held__by_whatever_the_lock_tells(void **state)
{
    must_be_held(*state, "", "another process");
    must_be_held(*state, "backup", "another process");
    must_be_held(*state, "pid nobody", "another process");
    must_be_held(*state, "pid 42 since noon\n", "process 42 (since noon)");
    must_be_held(*state, "pid 42 since 01234567890123456789012345678901234567890123456",
                 "process 42 (since 0123456789012345678901234567890)");
}

static void open__takes_a_lock__that_nobody_holds(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "muster.db");
    struct store store;
    struct err err;

    must_be_held(folder, "pid 42 since noon\n", "process 42 (since noon)");
    assert_int_equal(store_open(&store, path, &err), STORE_OK);
    store_close(&store);
}

#define LOCK_TEST(test)                                                                \
    cmocka_unit_test_setup_teardown(test, folder_setup, folder_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LOCK_TEST(open__is_held__by_whatever_the_lock_tells),
        LOCK_TEST(open__takes_a_lock__that_nobody_holds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
