#include "store/migrate.h"
#include "tests/store/folder.h"

static const struct migration good_table[] = {
    {1, "0001_first", "CREATE TABLE word (id {id}, text TEXT);"},
    {3, "0003_more",
     "ALTER TABLE word ADD COLUMN more TEXT;"
     "INSERT INTO word (text) VALUES ('from 3');"},
    {0, NULL, NULL},
};

/* The second fails behind a statement that worked. */
static const struct migration bad_table[] = {
    {1, "0001_first", "CREATE TABLE word (id {id}, text TEXT);"},
    {2, "0002_bad", "CREATE TABLE half (x BIGINT); CREATE TABLE word (x BIGINT);"},
    {3, "0003_never", "CREATE TABLE never (x BIGINT);"},
    {0, NULL, NULL},
};

static int version_of(struct db *db)
{
    int version;
    struct err err;
    if (!migrate_version(db, &version, &err)) {
        fail_msg("%s", err.text);
    }
    return version;
}

static int empty_setup(void **state)
{
    *state = db_must_open(":memory:", DB_WRITE);
    return 0;
}

static int empty_teardown(void **state)
{
    db_close(*state);
    return 0;
}

static void newest__is_the_last_version_of_the_table(void **state)
{
    (void)state;
    const struct migration none[] = {{0, NULL, NULL}};
    assert_int_equal(migrate_newest(good_table), 3);
    assert_int_equal(migrate_newest(none), 0);
    assert_true(migrate_newest(migration_table) >= 1);
}

static void version__is_zero__when_the_database_is_empty(void **state)
{
    assert_int_equal(version_of(*state), 0);
}

static void up__records_each_migration(void **state)
{
    struct db *db = *state;
    struct err err;
    assert_true(migrate_up(db, good_table, 0, &err));
    assert_int_equal(version_of(db), 3);
    assert_int_equal(db_number(db,
                               "SELECT count(*) FROM schema_version"
                               " WHERE (version, name) IN ((1, '0001_first'),"
                               " (3, '0003_more')) AND applied_at_ms > 1700000000000"),
                     2);
    assert_int_equal(db_number(db, "PRAGMA application_id"), 0x4d555354);
    assert_int_equal(db_number(db, "SELECT count(*) FROM word WHERE more IS NULL"), 1);
}

static void up__applies_the_newer_ones_only(void **state)
{
    struct db *db = *state;
    struct err err;
    const struct migration first[] = {good_table[0], {0, NULL, NULL}};
    assert_true(migrate_up(db, first, 0, &err));
    assert_int_equal(version_of(db), 1);
    assert_true(migrate_up(db, good_table, 1, &err));
    assert_int_equal(version_of(db), 3);
    assert_true(migrate_up(db, good_table, 3, &err));
    assert_int_equal(db_number(db, "SELECT count(*) FROM word"), 1);
}

static void up__leaves_nothing__when_one_fails(void **state)
{
    struct db *db = *state;
    struct err err = {.kind = ERR_NONE};
    assert_false(migrate_up(db, bad_table, 0, &err));
    assert_int_equal(err.kind, ERR_BROKEN);
    assert_non_null(strstr(err.text, "0002_bad"));
    assert_int_equal(version_of(db), 0);
    assert_int_equal(db_number(db, "SELECT count(*) FROM sqlite_schema"), 0);
    assert_true(db_begin(db, &err)); /* none was left open */
    db_rollback(db);
}

static void up__leaves_nothing__when_the_commit_fails(void **state)
{
    struct db *db = *state;
    struct err err = {.kind = ERR_NONE};
    db_fail_after(db, 4); /* begin, a record for each of two, commit */
    assert_false(migrate_up(db, good_table, 0, &err));
    assert_int_equal(err.kind, ERR_AGAIN);
    assert_int_equal(version_of(db), 0);
    assert_int_equal(db_number(db, "PRAGMA application_id"), 0);
    assert_true(migrate_up(db, good_table, 0, &err));
}

static void version__is_broken__when_the_database_is_another_programs(void **state)
{
    struct db *db = *state;
    struct err err = {.kind = ERR_NONE};
    int version;
    db_must_script(db, "CREATE TABLE theirs (x)");
    assert_false(migrate_version(db, &version, &err));
    assert_int_equal(err.kind, ERR_BROKEN);
    db_must_script(db, "PRAGMA application_id=77");
    assert_false(migrate_version(db, &version, &err));
    assert_string_equal(err.text, "this database belongs to another program");
}

static void table__brings_an_empty_database_to_its_newest(void **state)
{
    struct db *db = *state;
    struct err err;
    const char *verdict;
    struct arena *arena = arena_create();
    if (!migrate_up(db, migration_table, 0, &err)) {
        fail_msg("%s", err.text);
    }
    assert_int_equal(version_of(db), migrate_newest(migration_table));
    assert_true(db_check(db, arena, &verdict, &err));
    assert_string_equal(verdict, "ok");
    arena_destroy(arena);
}

/* Columns (in whatever order), keys, indexes and rows: one line each. */
static const char *const SCHEMA_LINES[] = {
    "SELECT t.name || ' ' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' ||"
    " COALESCE(c.dflt_value, '-') || ' ' || c.pk || ' ' || (t.sql LIKE '%AUTOINC%')"
    " FROM sqlite_schema t, pragma_table_xinfo(t.name) c"
    " WHERE t.type = 'table' ORDER BY 1",
    "SELECT t.name || ' ' || f.\"from\" || ' ' || f.\"table\" || ' ' ||"
    " COALESCE(f.\"to\", '-') FROM sqlite_schema t, pragma_foreign_key_list(t.name) f"
    " WHERE t.type = 'table' ORDER BY 1",
    "SELECT t.name || ' ' || i.origin || ' ' || i.\"unique\" || ' ' || i.partial || ' "
    "' ||"
    " (SELECT group_concat(x.name) FROM pragma_index_info(i.name) x)"
    " FROM sqlite_schema t, pragma_index_list(t.name) i"
    " WHERE t.type = 'table' ORDER BY 1",
    "SELECT name || ' ' || type || ' ' || replace(sql, char(10), ' ') FROM "
    "sqlite_schema"
    " WHERE type <> 'table' AND sql IS NOT NULL ORDER BY 1",
    "SELECT version || ' ' || name FROM schema_version ORDER BY version",
    "SELECT indexed_id || ' ' || to_purge FROM search_state",
};

/* Both say the same to a query, and something. */
static void same_lines(struct db *one, struct db *other, const char *sql)
{
    struct err err;
    struct db_rows ones;
    struct db_rows others;
    struct arena *arena = arena_create();
    if (!db_run(one, arena, &ones, &err, sql, DB_NO_ARGS) ||
        !db_run(other, arena, &others, &err, sql, DB_NO_ARGS)) {
        fail_msg("%s", err.text);
    }
    assert_true(ones.count > 0);
    for (size_t i = 0; i < ones.count && i < others.count; i++) {
        assert_string_equal(db_text(&ones, i, 0), db_text(&others, i, 0));
    }
    assert_int_equal(ones.count, others.count);
    arena_destroy(arena);
}

static void schema__is_where_the_migrations_lead(void **state)
{
    struct db *new = *state;
    struct db *old = db_must_open(":memory:", DB_WRITE);
    struct migration steps[100] = {{0, NULL, NULL}};
    struct err err;
    for (size_t i = 0; migration_table[i].version != 0; i++) {
        steps[i] = migration_table[i];
    }
    assert_true(migrate_up(old, steps, 0, &err));
    assert_true(migrate_up(new, migration_table, 0, &err));
    for (size_t i = 0; i < sizeof(SCHEMA_LINES) / sizeof(*SCHEMA_LINES); i++) {
        same_lines(new, old, SCHEMA_LINES[i]);
    }
    db_close(old);
}

#define ON_EMPTY(test)                                                                 \
    cmocka_unit_test_setup_teardown(test, empty_setup, empty_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(newest__is_the_last_version_of_the_table),
        ON_EMPTY(version__is_zero__when_the_database_is_empty),
        ON_EMPTY(up__records_each_migration),
        ON_EMPTY(up__applies_the_newer_ones_only),
        ON_EMPTY(up__leaves_nothing__when_one_fails),
        ON_EMPTY(up__leaves_nothing__when_the_commit_fails),
        ON_EMPTY(version__is_broken__when_the_database_is_another_programs),
        ON_EMPTY(table__brings_an_empty_database_to_its_newest),
        ON_EMPTY(schema__is_where_the_migrations_lead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
