#include "store/timeline.h"
#include "tests/store/fresh.h"

static struct entry said(int64_t incident_id, const char *message, const char *text)
{
    return (struct entry){.incident_id = incident_id,
                          .at_ms = 5000,
                          .recorded_ms = 6000,
                          .kind = "said",
                          .text = text,
                          .adapter = "console",
                          .channel = "C1",
                          .message = message};
}

static struct entry noted(int64_t incident_id, int64_t at_ms, const char *text)
{
    return (struct entry){.incident_id = incident_id,
                          .at_ms = at_ms,
                          .recorded_ms = at_ms,
                          .kind = "note",
                          .text = text};
}

/* Its number; 0 where it was known. */
static int64_t insert(struct store *store, struct entry entry)
{
    bool is_new = false;
    MUST(timeline_insert(store, &entry, &is_new, &err));
    assert_true(entry.n > 0);
    return is_new ? entry.n : 0;
}

static struct entry *get(struct store *store, int64_t incident_id, int64_t n)
{
    struct entry *entry = NULL;
    MUST(timeline_find(store, incident_id, n, &entry, &err));
    assert_non_null(entry);
    return entry;
}

static int64_t an_incident(struct store *store)
{
    return fresh_incident(store, fresh_person(store, "ana"));
}

static void timeline_insert__takes_no_number__when_a_message_is_known(void **state)
{
    struct store *store = *state;
    int64_t id = an_incident(store);
    assert_int_equal(insert(store, said(id, "m1", "hello")), 1);
    struct entry again = said(id, "m1", "something else");
    bool is_new = true;
    MUST(timeline_insert(store, &again, &is_new, &err));
    assert_false(is_new);
    assert_int_equal(again.n, 1);
    assert_string_equal(get(store, id, 1)->text, "hello");
    assert_int_equal(insert(store, said(id, "m2", "again")), 2);
}

static void timeline_insert__numbers_each_incident__when_there_are_two(void **state)
{
    struct store *store = *state;
    struct err err = {.kind = ERR_NONE};
    bool is_new = false;
    int64_t first = an_incident(store);
    int64_t second = fresh_incident(store, 1);
    assert_int_equal(insert(store, noted(first, 1, "a")), 1);
    assert_int_equal(insert(store, noted(first, 1, "a")), 2);
    assert_int_equal(insert(store, noted(second, 1, "a")), 1);
    struct entry entry = noted(99, 1, "a");
    assert_false(timeline_insert(store, &entry, &is_new, &err));
    assert_int_equal(err.kind, ERR_GONE);
}

static void timeline_insert__keeps_everything__when_read_back(void **state)
{
    struct store *store = *state;
    int64_t id = an_incident(store);
    struct entry entry = said(id, "m1", "cut");
    entry.person_id = 1;
    entry.full_bytes = 70000;
    entry.thread = "m0";
    entry.subject = 4;
    (void)insert(store, entry);
    struct entry *read = NULL;
    MUST(timeline_find_message(store, "console", "C1", "m1", &read, &err));
    assert_int_equal(read->incident_id, id);
    assert_int_equal(read->at_ms, 5000);
    assert_int_equal(read->recorded_ms, 6000);
    assert_string_equal(read->kind, "said");
    assert_int_equal(read->person_id, 1);
    assert_string_equal(read->handle, "ana");
    assert_string_equal(read->text, "cut");
    assert_int_equal(read->full_bytes, 70000);
    assert_string_equal(read->thread, "m0");
    assert_int_equal(read->subject, 4);
    assert_false(read->is_pinned);
    assert_true(read->edited_ms == TIME_NONE && read->deleted_ms == TIME_NONE &&
                read->dropped_ms == TIME_NONE);
    MUST(timeline_find_message(store, "console", "C2", "m1", &read, &err));
    assert_null(read);
    MUST(timeline_find(store, id, 99, &read, &err));
    assert_null(read);
}

static void timeline_edit__keeps_the_old_text__when_it_changes(void **state)
{
    struct store *store = *state;
    int64_t id = an_incident(store);
    struct db_rows rows;
    (void)insert(store, said(id, "m1", "one"));
    MUST(timeline_edit(store, get(store, id, 1), "two", NULL, 7000, &err));
    MUST(timeline_edit(store, get(store, id, 1), "three", NULL, 8000, &err));
    MUST(timeline_edit(store, get(store, id, 1), "three", NULL, 9000,
                       &err)); /* no change */
    assert_string_equal(get(store, id, 1)->text, "three");
    assert_int_equal(get(store, id, 1)->edited_ms, 8000);
    assert_int_equal(get(store, id, 1)->at_ms, 5000);
    MUST(store_run(store, &rows, &err,
                   "SELECT at_ms, text FROM timeline_changes ORDER BY at_ms",
                   DB_NO_ARGS));
    assert_int_equal(rows.count, 2);
    assert_int_equal(db_int(&rows, 0, 0), 7000);
    assert_string_equal(db_text(&rows, 0, 1), "one");
    assert_int_equal(db_int(&rows, 1, 0), 8000);
    assert_string_equal(db_text(&rows, 1, 1), "two");
}

static void timeline_delete__keeps_the_first_moment__when_repeated(void **state)
{
    struct store *store = *state;
    int64_t id = an_incident(store);
    (void)insert(store, said(id, "m1", "one"));
    int64_t entry_id = get(store, id, 1)->id;
    MUST(timeline_delete(store, entry_id, 7000, &err));
    MUST(timeline_delete(store, entry_id, 8000, &err));
    MUST(timeline_drop(store, entry_id, 9000, &err));
    MUST(timeline_drop(store, entry_id, 9500, &err));
    assert_int_equal(get(store, id, 1)->deleted_ms, 7000);
    assert_int_equal(get(store, id, 1)->dropped_ms, 9000);
}

static int64_t count_of(struct store *store, const char *sql)
{
    struct db_rows rows;
    MUST(store_run(store, &rows, &err, sql, DB_NO_ARGS));
    return db_int(&rows, 0, 0);
}

static void timeline_delete__takes_the_words_and_keeps_the_entry(void **state)
{
    struct store *store = *state;
    int64_t id = an_incident(store);
    struct entry entry = said(id, "m1", "swordfish");
    entry.full_bytes = 300000;
    (void)insert(store, entry);
    (void)insert(store, said(id, "m2", "two"));
    MUST(timeline_edit(store, get(store, id, 1), "swordfish, no", NULL, 6000, &err));
    MUST(timeline_edit(store, get(store, id, 2), "three", NULL, 6000, &err));
    MUST(timeline_delete(store, get(store, id, 1)->id, 7000, &err));
    assert_string_equal(get(store, id, 1)->text, "");
    assert_int_equal(get(store, id, 1)->full_bytes, 0);
    assert_int_equal(get(store, id, 1)->edited_ms, 6000);
    assert_string_equal(get(store, id, 1)->message, "m1");
    assert_string_equal(get(store, id, 2)->text, "three");
    /* Of the other's words the old ones are kept still. */
    assert_int_equal(count_of(store, "SELECT COUNT(*) FROM timeline_changes "
                                     "WHERE text = 'two'"),
                     1);
    assert_int_equal(count_of(store, "SELECT COUNT(*) FROM timeline_changes "
                                     "WHERE text LIKE '%swordfish%'"),
                     0);
}

static void timeline_drop__keeps_the_words(void **state)
{
    struct store *store = *state;
    int64_t id = an_incident(store);
    (void)insert(store, said(id, "m1", "one"));
    MUST(timeline_drop(store, get(store, id, 1)->id, 9000, &err));
    assert_string_equal(get(store, id, 1)->text, "one");
}

static bool pin(struct store *store, int64_t entry_id, int64_t person_id, bool on)
{
    bool changed = false;
    MUST(timeline_pin(store, entry_id, person_id, on, &changed, &err));
    return changed;
}

static void timeline_pin__stays_on__when_one_of_two_takes_theirs_away(void **state)
{
    struct store *store = *state;
    int64_t id = an_incident(store);
    int64_t bo = fresh_person(store, "bo");
    (void)insert(store, said(id, "m1", "one"));
    int64_t entry_id = get(store, id, 1)->id;
    assert_false(pin(store, entry_id, 1, false));
    assert_true(pin(store, entry_id, 1, true));
    assert_false(pin(store, entry_id, 1, true));
    assert_false(pin(store, entry_id, bo, true));
    assert_false(pin(store, entry_id, 1, false));
    assert_true(get(store, id, 1)->is_pinned);
    assert_true(pin(store, entry_id, bo, false));
    assert_false(get(store, id, 1)->is_pinned);
}

static void timeline_last_message__is_the_newest__when_they_came_late(void **state)
{
    struct store *store = *state;
    const char *message = "unset";
    int64_t id = an_incident(store);
    MUST(timeline_last_message(store, "console", "C1", &message, &err));
    assert_null(message);
    (void)insert(store, said(id, "m2", "new"));
    struct entry old = said(id, "m1", "old");
    old.at_ms = 4000;
    (void)insert(store, old);
    (void)insert(store, noted(id, 9000, "no message"));
    MUST(timeline_last_message(store, "console", "C1", &message, &err));
    assert_string_equal(message, "m2");
}

static void timeline_threads__are_the_liveliest_first(void **state)
{
    static const char *const threads[] = {"t1", "t2", "t1", NULL};
    static const char *const messages[] = {"m1", "m2", "m3", "m4"};
    struct timeline_threads found;
    struct store *store = *state;
    int64_t id = an_incident(store);
    for (int i = 0; i < 4; i++) {
        struct entry reply = said(id, messages[i], "words");
        reply.thread = threads[i];
        reply.at_ms = 5000 + i;
        (void)insert(store, reply);
    }
    MUST(timeline_threads(store, "console", "C1", 9, &found, &err));
    assert_int_equal(found.count, 2);
    assert_string_equal(found.all[0], "t1");
    assert_string_equal(found.all[1], "t2");
    MUST(timeline_threads(store, "console", "C1", 1, &found, &err));
    assert_int_equal(found.count, 1);
}

static bool gather(const struct entry *entry, void *context)
{
    char *seen = context;
    strcat(seen, entry->text);
    return strcmp(entry->text, "c") != 0;
}

static void timeline_each__goes_by_moment__when_numbers_differ(void **state)
{
    struct store *store = *state;
    char seen[16] = "";
    int64_t id = an_incident(store);
    (void)insert(store, noted(id, 300, "b"));
    (void)insert(store, noted(id, 100, "a"));
    (void)insert(store, noted(id, 300, "c"));
    (void)insert(store, noted(id, 400, "d"));
    MUST(timeline_each(store, id, gather, seen, &err));
    assert_string_equal(seen, "abc");
}

static void timeline_last__is_in_order__when_it_is_cut(void **state)
{
    struct store *store = *state;
    struct entries entries;
    int64_t id = an_incident(store);
    (void)insert(store, noted(id, 300, "b"));
    (void)insert(store, noted(id, 100, "a"));
    (void)insert(store, noted(id, 300, "c"));
    (void)insert(store, noted(id, 400, "d"));
    MUST(timeline_last(store, id, 3, &entries, &err));
    assert_int_equal(entries.count, 3);
    assert_string_equal(entries.all[0].text, "b");
    assert_string_equal(entries.all[1].text, "c");
    assert_string_equal(entries.all[2].text, "d");
    MUST(timeline_last(store, id, 9, &entries, &err));
    assert_int_equal(entries.count, 4);
    assert_string_equal(entries.all[0].text, "a");
    assert_string_equal(entries.all[3].text, "d");
    MUST(timeline_last(store, 99, 9, &entries, &err));
    assert_int_equal(entries.count, 0);
}

static void timeline_select__leaves_out_what_is_gone__when_selecting(void **state)
{
    struct store *store = *state;
    struct entries entries;
    int64_t id = an_incident(store);
    (void)insert(store, said(id, "m1", "pinned"));
    (void)insert(store, said(id, "m2", "not pinned"));
    (void)insert(store, noted(id, 9000, "noted"));
    (void)insert(store, noted(id, 9001, "dropped"));
    (void)insert(store, noted(id, 9002, "deleted"));
    (void)pin(store, get(store, id, 1)->id, 1, true);
    MUST(timeline_drop(store, get(store, id, 4)->id, 1, &err));
    MUST(timeline_delete(store, get(store, id, 5)->id, 1, &err));
    MUST(timeline_select(store, id, "note", &entries, &err));
    assert_int_equal(entries.count, 1);
    assert_string_equal(entries.all[0].text, "noted");
    MUST(timeline_pinned(store, id, &entries, &err));
    assert_int_equal(entries.count, 1);
    assert_string_equal(entries.all[0].text, "pinned");
}

/* Slack tells who somebody is a moment after they came. */
static void
timeline_find__calls_who_came_by_their_name__when_it_is_told_later(void **state)
{
    struct store *store = *state;
    struct account account = {.adapter = "slack", .external = "U7"};
    struct person *person;
    struct entry entry = {.kind = "joined", .text = "U7 joined"};

    entry.incident_id = an_incident(store);
    MUST(person_meet(store, &account, &person, &err));
    entry.person_id = person->id;
    (void)insert(store, entry);
    entry.text = "U7 was brought in";
    (void)insert(store, entry);
    entry.kind = "left";
    entry.text = "U7 left";
    (void)insert(store, entry);
    account.name = "ben";
    MUST(person_meet(store, &account, &person, &err));
    assert_string_equal(get(store, entry.incident_id, 1)->text, "ben joined");
    MUST(timeline_redact(store, get(store, entry.incident_id, 1)->id, 9000, &err));
    assert_string_equal(get(store, entry.incident_id, 1)->text, "");
    assert_string_equal(get(store, entry.incident_id, 2)->text, "ben was brought in");
    assert_string_equal(get(store, entry.incident_id, 3)->text, "ben left");
}

/* Nor who a mention means, which came before them. */
static void
timeline_find__calls_who_is_mentioned_by_their_name__when_it_is_told_later(void **state)
{
    struct store *store = *state;
    struct account account = {.adapter = "slack", .external = "U7"};
    struct person *person;
    int64_t id = an_incident(store);
    struct entry entry = said(id, "m1", "@U7, @U8: look at @ana's U7 @U77");

    entry.adapter = "slack";
    (void)insert(store, entry);
    account.name = "ben";
    MUST(person_meet(store, &account, &person, &err));
    assert_string_equal(get(store, id, 1)->text, "@ben, @U8: look at @ana's U7 @U77");
    account.external = "U8";
    account.name = "U77";
    MUST(person_meet(store, &account, &person, &err));
    account.external = "U77";
    account.name = "cy";
    MUST(person_meet(store, &account, &person, &err));
    assert_string_equal(get(store, id, 1)->text, "@ben, @U77: look at @ana's U7 @U77");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(timeline_insert__takes_no_number__when_a_message_is_known),
        FRESH_TEST(timeline_insert__numbers_each_incident__when_there_are_two),
        FRESH_TEST(timeline_insert__keeps_everything__when_read_back),
        FRESH_TEST(timeline_edit__keeps_the_old_text__when_it_changes),
        FRESH_TEST(timeline_delete__keeps_the_first_moment__when_repeated),
        FRESH_TEST(timeline_delete__takes_the_words_and_keeps_the_entry),
        FRESH_TEST(timeline_drop__keeps_the_words),
        FRESH_TEST(timeline_pin__stays_on__when_one_of_two_takes_theirs_away),
        FRESH_TEST(timeline_last_message__is_the_newest__when_they_came_late),
        FRESH_TEST(timeline_threads__are_the_liveliest_first),
        FRESH_TEST(timeline_each__goes_by_moment__when_numbers_differ),
        FRESH_TEST(timeline_last__is_in_order__when_it_is_cut),
        FRESH_TEST(timeline_find__calls_who_came_by_their_name__when_it_is_told_later),
        FRESH_TEST(
            timeline_find__calls_who_is_mentioned_by_their_name__when_it_is_told_later),
        FRESH_TEST(timeline_select__leaves_out_what_is_gone__when_selecting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
