#include "store/sessions.h"
#include "tests/store/folder.h"

/* A store's folder; the database itself plays no part here. */
static struct store store_at(struct folder *folder)
{
    return (struct store){.arena = folder->arena,
                          .lock_fd = -1,
                          .path = (char *)folder_path(folder, "muster.db")};
}

static void keep(struct store *store, const char *adapter, const char *secret)
{
    struct err err = {.kind = ERR_NONE};

    if (!sessions_keep(store, adapter, secret, &err)) {
        fail_msg("%s", err.text);
    }
}

static const char *find(struct store *store, const char *adapter)
{
    const char *secret = "unset";
    struct err err = {.kind = ERR_NONE};

    if (!sessions_find(store, adapter, &secret, &err)) {
        fail_msg("%s", err.text);
    }
    return secret;
}

static void must_not_find(struct store *store, enum err_kind kind, const char *part)
{
    const char *secret;
    struct err err = {.kind = ERR_NONE};

    assert_false(sessions_find(store, "matrix", &secret, &err));
    assert_int_equal(err.kind, kind);
    assert_non_null(strstr(err.text, part));
    assert_null(strstr(err.text, "hush"));
}

static void sessions_find__is_null__when_there_is_no_file(void **state)
{
    struct store store = store_at(*state);

    assert_null(find(&store, "matrix"));
}

static void sessions_keep__leaves_the_others__when_one_is_renewed(void **state)
{
    struct store store = store_at(*state);

    keep(&store, "matrix", "{\"access_token\":\"hush \\\"1\\\"\"}");
    keep(&store, "other", "hush 2");
    keep(&store, "matrix", "hush 3");
    assert_string_equal(find(&store, "matrix"), "hush 3");
    assert_string_equal(find(&store, "other"), "hush 2");
    assert_null(find(&store, "slack"));
}

static void sessions_keep__is_the_owners_only__when_the_umask_allows_more(void **state)
{
    struct store store = store_at(*state);
    mode_t umask_before = umask(0);

    keep(&store, "matrix", "hush");
    assert_int_equal(file_mode(folder_path(*state, "muster.db.session")), 0600);
    assert_int_equal(file_mode(folder_path(*state, "muster.db.session.part")), -1);
    umask(umask_before);
}

/* Ended between the write and the rename: the part is there, and half of it at that. */
static void sessions_find__has_the_old_one__when_a_write_was_cut(void **state)
{
    struct store store = store_at(*state);
    const char *part = folder_path(*state, "muster.db.session.part");

    keep(&store, "matrix", "hush 1");
    file_write(part, "{\"matrix\":\"hu");
    assert_int_equal(chmod(part, 0644), 0);
    assert_string_equal(find(&store, "matrix"), "hush 1");
    keep(&store, "matrix", "hush 2");
    assert_string_equal(find(&store, "matrix"), "hush 2");
    assert_int_equal(file_mode(folder_path(*state, "muster.db.session")), 0600);
}

static void sessions_keep__says_so__when_the_file_cant_be_named(void **state)
{
    struct store store = store_at(*state);
    struct err err = {.kind = ERR_NONE};

    assert_int_equal(mkdir(folder_path(*state, "muster.db.session.part"), 0700), 0);
    assert_false(sessions_keep(&store, "matrix", "hush", &err));
    assert_non_null(strstr(err.text, "muster.db.session.part"));
    assert_null(strstr(err.text, "hush"));
    assert_null(find(&store, "matrix"));
}

static void sessions_find__says_which_file__when_it_makes_no_sense(void **state)
{
    struct store store = store_at(*state);
    const char *path = folder_path(*state, "muster.db.session");
    struct err err = {.kind = ERR_NONE};

    file_write(path, "hush, no JSON");
    must_not_find(&store, ERR_BROKEN, "muster.db.session makes no sense");
    assert_false(sessions_keep(&store, "matrix", "hush", &err));
    assert_string_equal(file_read(store.arena, path), "hush, no JSON");
    file_write(path, "[\"hush\"]");
    must_not_find(&store, ERR_BROKEN, "muster.db.session makes no sense");
    file_write(path, "");
    must_not_find(&store, ERR_BROKEN, "muster.db.session makes no sense");
    assert_int_equal(truncate(path, (off_t)SESSIONS_BYTES + 1), 0);
    must_not_find(&store, ERR_BROKEN, "too long");
}

static void sessions_find__says_which_file__when_it_is_none(void **state)
{
    struct store store = store_at(*state);

    assert_int_equal(mkdir(folder_path(*state, "muster.db.session"), 0700), 0);
    must_not_find(&store, ERR_AGAIN, "muster.db.session");
}

static void sessions_find__is_null__when_an_entry_is_no_text(void **state)
{
    struct store store = store_at(*state);

    file_write(folder_path(*state, "muster.db.session"), "{\"matrix\":7}");
    assert_null(find(&store, "matrix"));
}

static void sessions_keep__says_so__when_it_is_too_much(void **state)
{
    struct store store = store_at(*state);
    char *secret = arena_alloc(store.arena, SESSIONS_BYTES + 1);
    struct err err = {.kind = ERR_NONE};

    memset(secret, 'h', SESSIONS_BYTES);
    secret[SESSIONS_BYTES] = '\0';
    assert_false(sessions_keep(&store, "matrix", secret, &err));
    assert_int_equal(err.kind, ERR_DENIED);
    assert_null(find(&store, "matrix"));
}

static void sessions_keep__is_in_memory__when_the_store_is(void **state)
{
    struct folder *folder = *state;
    struct store store;
    struct err err;

    assert_int_equal(store_open(&store, NULL, &err), STORE_OK);
    store.arena = folder->arena;
    assert_null(find(&store, "matrix"));
    keep(&store, "matrix", "hush 1");
    keep(&store, "matrix", "hush 2");
    assert_string_equal(find(&store, "matrix"), "hush 2");
    store_close(&store);
}

/* JSON holds text alone. */
static void sessions_keep__says_so__when_it_is_no_text(void **state)
{
    struct store store = store_at(*state);
    struct err err = {.kind = ERR_NONE};

    keep(&store, "matrix", "hush 1");
    assert_false(sessions_keep(&store, "matrix", "hush \xff", &err));
    assert_int_equal(err.kind, ERR_DENIED);
    assert_string_equal(err.text, "a session of matrix can't be kept: no text");
    assert_string_equal(find(&store, "matrix"), "hush 1");
}

#define SESSION_TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION_TEST(sessions_find__is_null__when_there_is_no_file),
        SESSION_TEST(sessions_keep__leaves_the_others__when_one_is_renewed),
        SESSION_TEST(sessions_keep__is_the_owners_only__when_the_umask_allows_more),
        SESSION_TEST(sessions_find__has_the_old_one__when_a_write_was_cut),
        SESSION_TEST(sessions_keep__says_so__when_the_file_cant_be_named),
        SESSION_TEST(sessions_find__says_which_file__when_it_makes_no_sense),
        SESSION_TEST(sessions_find__says_which_file__when_it_is_none),
        SESSION_TEST(sessions_find__is_null__when_an_entry_is_no_text),
        SESSION_TEST(sessions_keep__says_so__when_it_is_too_much),
        SESSION_TEST(sessions_keep__is_in_memory__when_the_store_is),
        SESSION_TEST(sessions_keep__says_so__when_it_is_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
