#include "store/chain.h"
#include "tests/store/folder.h"
#include "tests/store/fresh.h"
#include "tests/store/older.h"

static void gather(const char *sentence, void *context)
{
    (void)snprintf((char *)context + strlen(context), 200, "%s\n", sentence);
}

/* The faults of a store, one a line. */
static const char *faults(struct store *store, struct chain_report *report)
{
    static char said[2000];
    struct arena *before = store->arena;

    said[0] = '\0';
    store->arena = arena_create();
    MUST(chain_verify(store, gather, said, report, &err));
    arena_destroy(store->arena);
    store->arena = before;
    return said;
}

static void must_be_proved(struct store *store)
{
    struct chain_report report;

    assert_string_equal(faults(store, &report), "");
    assert_int_equal(report.faults, 0);
}

static int64_t insert(struct store *store, int64_t incident_id, const char *message,
                      const char *text)
{
    struct entry entry = {.incident_id = incident_id,
                          .at_ms = 5000,
                          .recorded_ms = 6000,
                          .kind = message == NULL ? "note" : "said",
                          .text = text,
                          .person_id = 1,
                          .adapter = message == NULL ? NULL : "console",
                          .channel = message == NULL ? NULL : "C1",
                          .message = message};
    bool is_new;

    MUST(timeline_insert(store, &entry, &is_new, &err));
    return entry.n;
}

static struct entry *get(struct store *store, int64_t incident_id, int64_t n)
{
    struct entry *entry = NULL;

    MUST(timeline_find(store, incident_id, n, &entry, &err));
    assert_non_null(entry);
    return entry;
}

/* Two incidents with entries in turn; of the first, 1 was edited twice, 2 deleted, 3
 * dropped. */
static void fill(struct store *store)
{
    int64_t ana = fresh_person(store, "ana");
    int64_t one = fresh_incident(store, ana), two = fresh_incident(store, ana);

    (void)insert(store, one, "m1", "the password is swordfish");
    (void)insert(store, two, "m2", "elsewhere");
    (void)insert(store, one, "m3", "again");
    MUST(timeline_edit(store, get(store, one, 1), "the word is swordfish", NULL, 7000,
                       &err));
    (void)insert(store, one, NULL, "a note");
    (void)insert(store, two, NULL, "another");
    MUST(timeline_delete(store, get(store, one, 2)->id, 8000, &err));
    MUST(timeline_edit(store, get(store, one, 1), "nothing", "e2", 8500, &err));
    MUST(timeline_drop(store, get(store, one, 3)->id, 9000, &err));
    (void)insert(store, one, "m4", "the last");
}

static void run(struct store *store, const char *sql)
{
    MUST(store_run(store, NULL, &err, sql, DB_NO_ARGS));
}

static void verify__proves__when_entries_were_edited_deleted_and_dropped(void **state)
{
    struct store *store = *state;
    struct chain_report report;

    fill(store);
    assert_string_equal(faults(store, &report), "");
    assert_int_equal(report.incidents, 2);
    assert_int_equal(report.entries, 6);
    assert_int_equal(report.changes, 4);
    assert_int_equal(report.gone, 1); /* deleted */
    assert_int_equal(strlen(report.digest), DIGEST_HEX);
}

static void verify__proves__when_a_message_came_twice(void **state)
{
    struct store *store = *state;

    fill(store);
    assert_int_equal(insert(store, 1, "m1", "the password is swordfish"), 1);
    (void)insert(store, 1, NULL, "behind it");
    must_be_proved(store);
}

static void redact__takes_every_word__when_the_entry_was_edited(void **state)
{
    struct store *store = *state;
    struct chain_report report;

    fill(store);
    MUST(timeline_redact(store, get(store, 1, 1)->id, 9500, &err));
    MUST(timeline_redact(store, get(store, 1, 1)->id, 9600, &err)); /* once is enough */
    assert_string_equal(faults(store, &report), "");
    assert_int_equal(report.changes, 5);
    assert_int_equal(report.gone, 2);
    assert_true(get(store, 1, 1)->is_redacted);
    assert_string_equal(get(store, 1, 1)->text, "");
    assert_int_equal(
        fresh_number(store, "SELECT COUNT(*) FROM timeline WHERE text LIKE '%sword%'"),
        0);
    assert_int_equal(fresh_number(store, "SELECT COUNT(*) FROM timeline_changes "
                                         "WHERE text LIKE '%sword%' "
                                         "OR text LIKE '%nothing%'"),
                     0);
    /* With a salt left, short words could be tried out. */
    assert_int_equal(fresh_number(store,
                                  "SELECT (SELECT COUNT(*) FROM timeline WHERE n = 1 "
                                  "AND incident_id = 1 AND salt IS NOT NULL) + "
                                  "(SELECT COUNT(*) FROM timeline_changes "
                                  "WHERE entry_id = 1 AND salt IS NOT NULL)"),
                     0);
}

static void edit__brings_no_words_back__when_the_entry_was_redacted(void **state)
{
    struct store *store = *state;

    fill(store);
    MUST(timeline_redact(store, get(store, 1, 1)->id, 9500, &err));
    MUST(timeline_edit(store, get(store, 1, 1), "swordfish", NULL, 9600, &err));
    assert_string_equal(get(store, 1, 1)->text, "");
    must_be_proved(store);
}

static void verify__proves__when_a_turn_was_taken_back(void **state)
{
    struct store *store = *state;

    fill(store);
    MUST(db_begin(store->db, &err));
    (void)insert(store, 1, NULL, "never");
    MUST(timeline_delete(store, get(store, 1, 1)->id, 9500, &err));
    db_rollback(store->db);
    (void)insert(store, 1, NULL, "the next");
    must_be_proved(store);
}

/* What somebody did to the file, and what verify says to it. */
static const struct {
    const char *sql, *fault;
} deeds[] = {
    {"UPDATE timeline SET text = 'the end' WHERE id = 6",
     "inc-1, entry 4: it is not as it was recorded"},
    {"UPDATE timeline SET text = 'everything' WHERE id = 1",
     "inc-1, entry 1: its words are not those it was edited to"},
    {"UPDATE timeline SET at_ms = 4000 WHERE id = 2",
     "inc-2, entry 1: it is not as it was recorded"},
    {"UPDATE timeline SET person_id = NULL WHERE id = 2",
     "inc-2, entry 1: it is not as it was recorded"},
    {"UPDATE timeline SET kind = 'change' WHERE id = 5",
     "inc-2, entry 2: it is not as it was recorded"},
    {"UPDATE timeline SET message = 'm9' WHERE id = 2",
     "inc-2, entry 1: it is not as it was recorded"},
    {"UPDATE timeline SET deleted_ms = NULL WHERE id = 3",
     "inc-1, entry 2: that it was edited, deleted or dropped is not as recorded"},
    {"UPDATE timeline SET dropped_ms = 1 WHERE id = 6",
     "inc-1, entry 4: that it was edited, deleted or dropped is not as recorded"},
    {"UPDATE timeline SET gone = salt, text = '' WHERE id = 6",
     "inc-1, entry 4: that its words are gone is not as recorded"},
    {"DELETE FROM timeline WHERE id = 2", "inc-2, entry 1: it is missing"},
    {"DELETE FROM timeline WHERE id = 5", "inc-2, entry 2: it is missing"},
    {"INSERT INTO timeline (incident_id, n, at_ms, recorded_ms, kind, text, salt, "
     "hash) "
     "SELECT incident_id, 3, at_ms, recorded_ms, kind, text, salt, hash FROM timeline "
     "WHERE id = 5",
     "inc-2, entry 3: it is not as it was recorded"},
    {"INSERT INTO timeline (incident_id, n, at_ms, recorded_ms, kind, text) "
     "VALUES (2, 3, 1, 1, 'note', 'never')",
     "inc-2, entry 3: it is not as it was recorded"},
    {"UPDATE timeline_changes SET at_ms = 1 WHERE id = 2",
     "inc-1, entry 2: a change of it is not as it was recorded"},
    {"UPDATE timeline_changes SET text = 'hello' WHERE id = 1",
     "inc-1, entry 1: it is not as it was recorded"},
    {"UPDATE timeline_changes SET text = 'hello' WHERE id = 3",
     "inc-1, entry 1: its words are not those it was edited to"},
    {"UPDATE timeline_changes SET event = 'e1' WHERE id = 3",
     "inc-1, entry 1: a change of it is not as it was recorded"},
    {"UPDATE timeline SET text = 'hello' WHERE id = 3",
     "inc-1, entry 2: that its words are gone is not as recorded"},
    {"INSERT INTO timeline_changes (incident_id, entry_id, after_n, what) "
     "VALUES (2, 99, 2, 'delete')",
     "inc-2: its chain does not end where its record says"},
    {"DELETE FROM timeline_changes WHERE id = 4",
     "inc-1, entry 3: that it was edited, deleted or dropped is not as recorded"},
    {"UPDATE timeline SET dropped_ms = NULL WHERE id = 4; "
     "DELETE FROM timeline_changes WHERE id = 4",
     "inc-1, entry 4: it is not as it was recorded"},
    {"UPDATE chains SET hash = '' WHERE incident_id = 2",
     "inc-2: its chain does not end where its record says"},
    {"UPDATE chains SET n = 1 WHERE incident_id = 2",
     "inc-2: its chain does not end where its record says"},
};

static void verify__names_what_does_not_fit__when_the_file_was_altered(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
        void *inner = NULL;
        struct chain_report report;
        struct err err;
        struct store *store;

        (void)fresh_setup(&inner);
        store = inner;
        fill(store);
        if (!db_script(store->db, "PRAGMA foreign_keys = OFF", &err) ||
            !db_script(store->db, deeds[i].sql, &err)) {
            fail_msg("%s: %s", deeds[i].sql, err.text);
        }
        if (strstr(faults(store, &report), deeds[i].fault) == NULL) {
            fail_msg("%s: \"%s\" does not say \"%s\"", deeds[i].sql,
                     faults(store, &report), deeds[i].fault);
        }
        (void)fresh_teardown(&inner);
    }
}

/* What comes behind it fits again. */
static void verify__names_an_edit_in_the_midst__when_it_was_altered(void **state)
{
    struct store *store = *state;
    struct chain_report report;

    fill(store);
    MUST(timeline_edit(store, get(store, 1, 1), "all", "e3", 9200, &err));
    must_be_proved(store);
    run(store, "UPDATE timeline_changes SET words = 'hello' WHERE id = 1");
    assert_non_null(strstr(faults(store, &report),
                           "inc-1, entry 1: its words are not those it was edited to"));
}

static void verify__says_another_digest__when_a_chain_is_made_anew(void **state)
{
    struct store *store = *state;
    struct chain_report before, after;

    fill(store);
    (void)faults(store, &before);
    run(store, "UPDATE timeline SET text = 'the end' WHERE id = 6");
    run(store, "UPDATE timeline_changes SET hash = NULL, salt = NULL");
    run(store, "INSERT INTO memory VALUES ('bot', 'chain', 'to be made')");
    {
        struct arena *arena = store->arena;

        MUST(chain_fill(store, &err));
        store->arena = arena;
    }
    (void)faults(store, &after);
    assert_string_not_equal(before.digest, after.digest);
}

/* As the schema before the chain left it. */
static void fill_old(struct store *store)
{
    struct err err;

    if (!db_script(
            store->db,
            "INSERT INTO people (id, handle, handle_key) VALUES (1, 'ana', 'ana');"
            "INSERT INTO incidents (id, title, state, severity, declared_by, "
            "declared_ms, adapter, channel_name, next_entry) VALUES "
            "(1, 'one', 'active', 'sev2', 1, 1, 'console', 'inc-1', 250), "
            "(2, 'none', 'active', 'sev2', 1, 1, 'console', 'inc-2', 0);"
            "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c "
            "WHERE n < 250) INSERT INTO timeline (id, incident_id, n, at_ms, "
            "recorded_ms, kind, person_id, text) SELECT n, 1, n, n, n, 'said', 1, "
            "'words ' || n FROM c;"
            "UPDATE timeline SET deleted_ms = 900 WHERE id = 20;"
            "UPDATE timeline SET deleted_ms = 900, text = '' WHERE id = 21;"
            "UPDATE timeline SET dropped_ms = 901 WHERE id IN (20, 30);"
            "UPDATE timeline SET edited_ms = 800 WHERE id IN (20, 21, 40);"
            "INSERT INTO timeline_versions (entry_id, at_ms, text) VALUES "
            "(20, 750, 'gone'), (40, 700, 'first'), (40, 800, 'second');",
            &err)) {
        fail_msg("%s", err.text);
    }
}

/* Made before there was a chain, opened by this one. */
static void open_old(struct store *store, const char *path)
{
    struct err err;

    older_open(store, path, "chain");
    fill_old(store);
    store_close(store);
    if (store_open(store, path, &err) != STORE_OK) {
        fail_msg("%s", err.text);
    }
    store->arena = arena_create();
}

static void open__makes_the_links__when_the_store_is_older(void **state)
{
    struct store store;
    struct chain_report report;

    open_old(&store, folder_path(*state, "old.db"));
    assert_string_equal(faults(&store, &report), "");
    assert_int_equal(report.entries, 250);
    assert_int_equal(report.changes, 6);
    assert_int_equal(report.gone, 2);
    (void)insert(&store, 1, NULL, "and on");
    must_be_proved(&store);
    MUST(timeline_redact(&store, 40, 950, &err));
    must_be_proved(&store);
    assert_int_equal(fresh_number(&store,
                                  "SELECT COUNT(*) FROM timeline_changes WHERE text "
                                  "IN ('first', 'second', 'gone')"),
                     0);
    arena_destroy(store.arena);
    store_close(&store);
}

/* Links that can't be made are no store to work with, and nothing is changed. */
static void open__fails__when_the_links_cannot_be_made(void **state)
{
    const char *path = folder_path(*state, "muster.db");
    struct store store;
    struct err err;

    assert_int_equal(store_open(&store, path, &err), STORE_OK);
    db_must_script(store.db, "INSERT INTO memory VALUES ('bot', 'chain', 'to be made');"
                             "ALTER TABLE incidents RENAME TO elsewhere");
    store_close(&store);
    assert_int_equal(store_open(&store, path, &err), STORE_FAILED);
    assert_null(store.db);
    assert_non_null(strstr(err.text, "incidents"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(verify__proves__when_entries_were_edited_deleted_and_dropped),
        FRESH_TEST(verify__proves__when_a_message_came_twice),
        FRESH_TEST(verify__proves__when_a_turn_was_taken_back),
        FRESH_TEST(redact__takes_every_word__when_the_entry_was_edited),
        FRESH_TEST(edit__brings_no_words_back__when_the_entry_was_redacted),
        cmocka_unit_test(verify__names_what_does_not_fit__when_the_file_was_altered),
        FRESH_TEST(verify__names_an_edit_in_the_midst__when_it_was_altered),
        FRESH_TEST(verify__says_another_digest__when_a_chain_is_made_anew),
        cmocka_unit_test_setup_teardown(open__fails__when_the_links_cannot_be_made,
                                        folder_setup, folder_teardown),
        cmocka_unit_test_setup_teardown(open__makes_the_links__when_the_store_is_older,
                                        folder_setup, folder_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
