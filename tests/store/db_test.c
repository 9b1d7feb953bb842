#include "bot/base/time.h"
#include "tests/store/folder.h"

struct memory {
    struct db *db;
    struct arena *arena;
    struct err err;
    struct db_rows rows;
};

static int memory_setup(void **state)
{
    struct memory *memory = calloc(1, sizeof(*memory));
    assert_non_null(memory);
    memory->arena = arena_create();
    memory->db = db_must_open(":memory:", DB_WRITE);
    db_must_script(memory->db,
                   "CREATE TABLE word (id {id}, text TEXT UNIQUE, at_ms BIGINT,"
                   " CHECK (text <> 'forbidden'));"
                   "CREATE TABLE letter (word BIGINT NOT NULL REFERENCES word"
                   " DEFERRABLE INITIALLY DEFERRED);");
    *state = memory;
    return 0;
}

static int memory_teardown(void **state)
{
    struct memory *memory = *state;
    db_close(memory->db);
    arena_destroy(memory->arena);
    free(memory);
    return 0;
}

static void must_run(struct memory *memory, const char *sql, struct db_args args)
{
    if (!db_run(memory->db, memory->arena, &memory->rows, &memory->err, sql, args)) {
        fail_msg("%s", memory->err.text);
    }
}

static void must_refuse(struct memory *memory, enum err_kind kind, const char *sql,
                        struct db_args args)
{
    memory->err = (struct err){.kind = ERR_NONE};
    assert_false(
        db_run(memory->db, memory->arena, &memory->rows, &memory->err, sql, args));
    assert_int_equal(memory->err.kind, kind);
}

static void values__become_null__when_they_are_absent(void **state)
{
    (void)state;
    assert_int_equal(DB_TEXT(NULL).type, DB_TYPE_NULL);
    assert_int_equal(DB_TIME(TIME_NONE).type, DB_TYPE_NULL);
    assert_int_equal(DB_ID(0).type, DB_TYPE_NULL);
    assert_int_equal(DB_INT(0).type, DB_TYPE_INT);
    assert_int_equal(DB_TIME(0).type, DB_TYPE_INT);
    assert_int_equal(DB_ID(7).number, 7);
    assert_int_equal(DB_TEXT("").type, DB_TYPE_TEXT);
}

static void rows__read_null_as_absent__when_asked_for_any_type(void **state)
{
    struct memory *memory = *state;
    must_run(memory, "SELECT NULL, 1, 'x', ''", DB_NO_ARGS);
    assert_int_equal(memory->rows.count, 1);
    assert_int_equal(memory->rows.columns, 4);
    assert_true(db_is_null(&memory->rows, 0, 0));
    assert_int_equal(db_int(&memory->rows, 0, 0), 0);
    assert_true(db_time(&memory->rows, 0, 0) == TIME_NONE);
    assert_false(db_flag(&memory->rows, 0, 0));
    assert_null(db_text(&memory->rows, 0, 0));
    assert_true(db_flag(&memory->rows, 0, 1));
    assert_string_equal(db_text(&memory->rows, 0, 2), "x");
    assert_string_equal(db_text(&memory->rows, 0, 3), "");
    assert_false(db_is_null(&memory->rows, 0, 3));
}

static void parameters__are_bound_by_number__when_used_out_of_order(void **state)
{
    struct memory *memory = *state;
    must_run(memory, "SELECT $3, $1, $2, $1",
             DB_ARGS(DB_TEXT("one"), DB_INT(2), DB_TEXT("three")));
    assert_string_equal(db_text(&memory->rows, 0, 0), "three");
    assert_string_equal(db_text(&memory->rows, 0, 1), "one");
    assert_int_equal(db_int(&memory->rows, 0, 2), 2);
    assert_string_equal(db_text(&memory->rows, 0, 3), "one");
}

static void parameters__may_be_left_unused__when_a_higher_one_is_used(void **state)
{
    struct memory *memory = *state;
    must_run(memory, "SELECT $12",
             DB_ARGS(DB_NULL, DB_NULL, DB_NULL, DB_NULL, DB_NULL, DB_NULL, DB_NULL,
                     DB_NULL, DB_NULL, DB_NULL, DB_NULL, DB_INT(12)));
    assert_int_equal(db_int(&memory->rows, 0, 0), 12);
}

static void run__counts_changes__when_it_writes_and_only_then(void **state)
{
    struct memory *memory = *state;
    must_run(memory, "INSERT INTO word (text) VALUES ('a'), ('b') RETURNING id",
             DB_NO_ARGS);
    assert_int_equal(memory->rows.changed, 2);
    assert_int_equal(memory->rows.count, 2);
    assert_int_equal(db_int(&memory->rows, 1, 0), 2);
    must_run(memory, "SELECT id FROM word", DB_NO_ARGS);
    assert_int_equal(memory->rows.changed, 0);
    must_run(memory, "UPDATE word SET at_ms = $1 WHERE text = $2",
             DB_ARGS(DB_TIME(5), DB_TEXT("none")));
    assert_int_equal(memory->rows.changed, 0);
    must_run(memory, "INSERT INTO word (text) VALUES ('a') ON CONFLICT DO NOTHING",
             DB_NO_ARGS);
    assert_int_equal(memory->rows.changed, 0);
    must_run(memory, "DELETE FROM word", DB_NO_ARGS);
    assert_int_equal(memory->rows.changed, 2);
}

static void run__copies_all_rows__when_there_are_many(void **state)
{
    struct memory *memory = *state;
    must_run(
        memory,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
        " SELECT i, 'row ' || i FROM n",
        DB_NO_ARGS);
    assert_int_equal(memory->rows.count, 1000);
    for (size_t row = 0; row < 1000; row++) {
        const char *expected = arena_printf(memory->arena, "row %zu", row + 1);
        assert_int_equal(db_int(&memory->rows, row, 0), row + 1);
        assert_string_equal(db_text(&memory->rows, row, 1), expected);
    }
}

/* Half a number is none. */
static void run__does_all__when_its_answer_is_not_wanted(void **state)
{
    struct memory *memory = *state;

    must_run(memory, "INSERT INTO word (text) VALUES ('a'), ('b')", DB_NO_ARGS);
    assert_true(db_run(memory->db, NULL, NULL, &memory->err,
                       "UPDATE word SET at_ms = 7 RETURNING id", DB_NO_ARGS));
    must_run(memory, "SELECT count(*), 1.75 FROM word WHERE at_ms = 7", DB_NO_ARGS);
    assert_int_equal(db_int(&memory->rows, 0, 0), 2);
    assert_int_equal(db_int(&memory->rows, 0, 1), 1);
}

static void run__keeps_a_text_whole__when_it_is_300_kib(void **state)
{
    struct memory *memory = *state;
    size_t size = (size_t)300 * 1024;
    char *text = arena_alloc(memory->arena, size + 1);
    for (size_t i = 0; i < size; i++) {
        text[i] = (char)('a' + i % 26);
    }
    must_run(memory, "INSERT INTO word (text) VALUES ($1)", DB_ARGS(DB_TEXT(text)));
    must_run(memory, "SELECT text FROM word", DB_NO_ARGS);
    assert_string_equal(db_text(&memory->rows, 0, 0), text);
}

static void run__is_denied__when_a_text_is_over_16_mib(void **state)
{
    struct memory *memory = *state;
    size_t size = (size_t)16 * 1024 * 1024 + 1;
    char *text = arena_alloc(memory->arena, size + 1);
    memset(text, 'x', size);
    must_refuse(memory, ERR_DENIED, "INSERT INTO word (text) VALUES ($1)",
                DB_ARGS(DB_TEXT(text)));
    assert_string_equal(memory->err.text, "the store takes at most 16 MiB at once");
    assert_int_equal(db_number(memory->db, "SELECT count(*) FROM word"), 0);
}

static void run__is_denied__when_a_constraint_says_no(void **state)
{
    struct memory *memory = *state;
    must_run(memory, "INSERT INTO word (text) VALUES ('a')", DB_NO_ARGS);
    must_refuse(memory, ERR_DENIED, "INSERT INTO word (text) VALUES ('a')", DB_NO_ARGS);
    assert_non_null(strstr(memory->err.text, "word.text"));
    must_refuse(memory, ERR_DENIED, "INSERT INTO word (text) VALUES ('forbidden')",
                DB_NO_ARGS);
    must_refuse(memory, ERR_DENIED, "INSERT INTO letter (word) VALUES (99)",
                DB_NO_ARGS);
    must_run(memory, "INSERT INTO word (text) VALUES ('b')", DB_NO_ARGS);
}

static void run__is_broken__when_the_sql_makes_no_sense_there(void **state)
{
    struct memory *memory = *state;
    must_refuse(memory, ERR_BROKEN, "SELECT * FROM nowhere", DB_NO_ARGS);
    assert_non_null(strstr(memory->err.text, "nowhere"));
    must_refuse(memory, ERR_BROKEN, "SELECT \"no such column\" FROM word", DB_NO_ARGS);
}

static void tokens__are_replaced__when_run_or_in_a_script(void **state)
{
    struct memory *memory = *state;
    must_run(memory, "CREATE TABLE token (id {id}, text TEXT)", DB_NO_ARGS);
    must_run(memory, "CREATE TABLE lasting (id {row}, text TEXT)", DB_NO_ARGS);
    must_run(memory, "INSERT INTO lasting (text) VALUES ('{') RETURNING id",
             DB_NO_ARGS);
    assert_int_equal(db_int(&memory->rows, 0, 0), 1);
    must_run(memory, "INSERT INTO token (text) VALUES ('{other}') RETURNING id",
             DB_NO_ARGS);
    assert_int_equal(db_int(&memory->rows, 0, 0), 1);
    must_run(memory, "SELECT text FROM token WHERE id = $1{lock}", DB_ARGS(DB_INT(1)));
    assert_string_equal(db_text(&memory->rows, 0, 0), "{other}");
}

static void ids__are_not_used_again__when_the_newest_row_went(void **state)
{
    struct memory *memory = *state;
    must_run(memory, "INSERT INTO word (text) VALUES ('a'), ('b')", DB_NO_ARGS);
    must_run(memory, "DELETE FROM word WHERE id = 2", DB_NO_ARGS);
    must_run(memory, "INSERT INTO word (text) VALUES ('c') RETURNING id", DB_NO_ARGS);
    assert_int_equal(db_int(&memory->rows, 0, 0), 3);
}

/* SQLite's own table of prepared statements, in Debian's build. */
static void insert__tells_the_id__when_others_were_given_between(void **state)
{
    struct memory *memory = *state;
    int64_t first, second;
    assert_true(db_insert(memory->db, &first, &memory->err,
                          "INSERT INTO word (text) VALUES ($1)",
                          DB_ARGS(DB_TEXT("a"))));
    must_run(memory, "INSERT INTO word (text) VALUES ('b')", DB_NO_ARGS);
    assert_true(db_insert(memory->db, &second, &memory->err,
                          "INSERT INTO word (text) VALUES ($1)",
                          DB_ARGS(DB_TEXT("c"))));
    assert_int_equal(second, first + 2);
    must_run(memory, "SELECT text FROM word WHERE id = $1", DB_ARGS(DB_INT(second)));
    assert_string_equal(db_text(&memory->rows, 0, 0), "c");
}

static void statements__are_prepared_once__when_run_again(void **state)
{
    struct memory *memory = *state;
    static const char asked[] = "SELECT $1 AS asked_again";
    for (int i = 0; i < 5; i++) {
        must_run(memory, asked, DB_ARGS(DB_INT(i)));
        assert_int_equal(db_int(&memory->rows, 0, 0), i);
    }
    if (!db_run(memory->db, memory->arena, &memory->rows, &memory->err,
                "SELECT run FROM sqlite_stmt WHERE sql LIKE '%asked_again'"
                " AND sql NOT LIKE '%sqlite_stmt%'",
                DB_NO_ARGS)) {
        skip();
    }
    assert_int_equal(memory->rows.count, 1);
    assert_int_equal(db_int(&memory->rows, 0, 0), 5);
}

static void statements__work__when_there_are_more_than_are_kept(void **state)
{
    struct memory *memory = *state;
    const char *texts[700];
    for (int i = 0; i < 700; i++) {
        texts[i] = arena_printf(memory->arena, "SELECT %d + $1", i);
    }
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 700; i++) {
            must_run(memory, texts[i], DB_ARGS(DB_INT(round)));
            assert_int_equal(db_int(&memory->rows, 0, 0), i + round);
        }
    }
    if (db_run(memory->db, memory->arena, &memory->rows, &memory->err,
               "SELECT count(*) FROM sqlite_stmt", DB_NO_ARGS)) {
        assert_in_range(db_int(&memory->rows, 0, 0), 512, 520);
    }
}

static void statements__follow_the_schema__when_it_changes(void **state)
{
    struct memory *memory = *state;
    static const char all[] = "SELECT * FROM word";
    must_run(memory, "INSERT INTO word (text) VALUES ('a')", DB_NO_ARGS);
    must_run(memory, all, DB_NO_ARGS);
    assert_int_equal(memory->rows.columns, 3);
    db_must_script(memory->db, "ALTER TABLE word ADD COLUMN more TEXT DEFAULT 'new'");
    must_run(memory, all, DB_NO_ARGS);
    assert_int_equal(memory->rows.columns, 4);
    assert_string_equal(db_text(&memory->rows, 0, 3), "new");
}

struct walk {
    struct db *db;
    int64_t sum;
    int depth, stop_after;
};

static const char three_sql[] = "SELECT 1 AS n, 'a' UNION ALL SELECT 2, 'b' UNION ALL "
                                "SELECT 3, 'c' ORDER BY n";

static bool walk_row(const struct db_rows *row, void *context)
{
    struct walk *walk = context;
    walk->sum += db_int(row, 0, 0);
    assert_int_equal(db_text(row, 0, 1)[0], 'a' + db_int(row, 0, 0) - 1);
    return --walk->stop_after != 0;
}

static bool walk_again(const struct db_rows *row, void *context)
{
    struct walk *walk = context;
    struct err err;
    assert_true(db_each(walk->db, &err, three_sql, DB_NO_ARGS, walk_row, walk));
    return db_int(row, 0, 0) < 3;
}

static void each__shows_rows_in_turn__until_told_to_stop(void **state)
{
    struct memory *memory = *state;
    struct walk walk = {.db = memory->db};
    assert_true(
        db_each(memory->db, &memory->err, three_sql, DB_NO_ARGS, walk_row, &walk));
    assert_int_equal(walk.sum, 6);
    walk = (struct walk){.db = memory->db, .stop_after = 2};
    assert_true(
        db_each(memory->db, &memory->err, three_sql, DB_NO_ARGS, walk_row, &walk));
    assert_int_equal(walk.sum, 3);
}

static void each__goes_on__when_its_callback_asks_the_same(void **state)
{
    struct memory *memory = *state;
    struct walk walk = {.db = memory->db};
    assert_true(
        db_each(memory->db, &memory->err, three_sql, DB_NO_ARGS, walk_again, &walk));
    assert_int_equal(walk.sum, 18);
}

static void script__says_what_is_wrong__when_it_fails(void **state)
{
    struct memory *memory = *state;
    assert_false(db_script(memory->db, "CREATE TABLE x (a); CREATE TABLE word (a)",
                           &memory->err));
    assert_int_equal(memory->err.kind, ERR_BROKEN);
    assert_non_null(strstr(memory->err.text, "word"));
}

static void check__finds_a_row_that_points_nowhere(void **state)
{
    struct memory *memory = *state;
    const char *verdict;
    assert_true(db_check(memory->db, memory->arena, &verdict, &memory->err));
    assert_string_equal(verdict, "ok");
    db_must_script(memory->db,
                   "PRAGMA foreign_keys=OFF; INSERT INTO letter VALUES (99)");
    assert_true(db_check(memory->db, memory->arena, &verdict, &memory->err));
    assert_string_equal(verdict, "a row of letter points to nothing in word");
}

#define IN_MEMORY(test)                                                                \
    cmocka_unit_test_setup_teardown(test, memory_setup, memory_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values__become_null__when_they_are_absent),
        IN_MEMORY(rows__read_null_as_absent__when_asked_for_any_type),
        IN_MEMORY(parameters__are_bound_by_number__when_used_out_of_order),
        IN_MEMORY(parameters__may_be_left_unused__when_a_higher_one_is_used),
        IN_MEMORY(run__counts_changes__when_it_writes_and_only_then),
        IN_MEMORY(run__copies_all_rows__when_there_are_many),
        IN_MEMORY(run__does_all__when_its_answer_is_not_wanted),
        IN_MEMORY(run__keeps_a_text_whole__when_it_is_300_kib),
        IN_MEMORY(run__is_denied__when_a_text_is_over_16_mib),
        IN_MEMORY(run__is_denied__when_a_constraint_says_no),
        IN_MEMORY(run__is_broken__when_the_sql_makes_no_sense_there),
        IN_MEMORY(tokens__are_replaced__when_run_or_in_a_script),
        IN_MEMORY(ids__are_not_used_again__when_the_newest_row_went),
        IN_MEMORY(insert__tells_the_id__when_others_were_given_between),
        IN_MEMORY(statements__are_prepared_once__when_run_again),
        IN_MEMORY(statements__work__when_there_are_more_than_are_kept),
        IN_MEMORY(statements__follow_the_schema__when_it_changes),
        IN_MEMORY(each__shows_rows_in_turn__until_told_to_stop),
        IN_MEMORY(each__goes_on__when_its_callback_asks_the_same),
        IN_MEMORY(script__says_what_is_wrong__when_it_fails),
        IN_MEMORY(check__finds_a_row_that_points_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
