#include "tests/store/fresh.h"

static struct person *meet(struct store *store, const char *adapter,
                           const char *external, const char *name)
{
    struct person *person = NULL;
    MUST(person_meet(
        store,
        &(struct account){.adapter = adapter, .external = external, .name = name},
        &person, &err));
    assert_non_null(person);
    return person;
}

static int64_t list_in_directory(struct store *store, const char *handle,
                                 const char *name)
{
    struct person *person = NULL;
    MUST(person_find(store, fresh_person(store, handle), &person, &err));
    person->in_directory = true;
    person->name = name;
    person->listed_ms = 5000;
    MUST(person_update(store, person, &err));
    return person->id;
}

static void person_meet__is_the_same_person__when_met_again(void **state)
{
    struct store *store = *state;
    int64_t id = meet(store, "slack", "U1", "ana")->id;
    assert_int_equal(meet(store, "slack", "U1", "another name")->id, id);
    assert_int_equal(fresh_number(store, "SELECT COUNT(*) FROM people"), 1);
}

static void person_meet__cleans_the_handle__when_a_name_has_blanks(void **state)
{
    struct store *store = *state;
    struct person *person = meet(store, "slack", "U1", " @Tove \t Lind ");
    assert_string_equal(person->handle, "Tove-Lind");
    assert_string_equal(person->name, "Tove \t Lind");
    assert_null(meet(store, "slack", "U2", "@bo")->name);
    assert_string_equal(meet(store, "slack", "U3", "@bo")->handle, "bo2");
}

/* Right-to-left override, zero width space, joiner between letters, a mark. */
static void person_meet__leaves_out_of_a_handle__what_cant_be_seen(void **state)
{
    struct store *store = *state;
    assert_string_equal(meet(store, "slack", "U1", "ana\u202Egnol")->handle, "anagnol");
    assert_string_equal(meet(store, "slack", "U2", "bo")->handle, "bo");
    assert_string_equal(meet(store, "slack", "U3", "b\u200Bo\u200D")->handle, "bo2");
    assert_null(meet(store, "slack", "U3", NULL)->name);
    assert_string_equal(meet(store, "matrix", "@cy\u2066:x", NULL)->handle, "cy");
    assert_string_equal(meet(store, "slack", "U4", "\u200F \uFEFF")->handle, "someone");
    assert_string_equal(
        meet(store, "slack", "U5", "\U0001F469\u200D\U0001F4BB")->handle,
        "\U0001F469\u200D\U0001F4BB");
}

static void person_meet__takes_the_id__when_there_is_no_name(void **state)
{
    struct store *store = *state;
    assert_string_equal(meet(store, "slack", "U1", NULL)->handle, "U1");
    assert_string_equal(meet(store, "slack", "U2", "")->handle, "U2");
    assert_string_equal(meet(store, "slack", "@ ", " ")->handle, "someone");
}

static void person_meet__gives_the_name__when_they_went_by_the_id(void **state)
{
    struct store *store = *state;
    int64_t id = meet(store, "slack", "U1", NULL)->id;
    struct person *named = meet(store, "slack", "U1", "ana");
    assert_int_equal(named->id, id);
    assert_string_equal(named->handle, "ana");
    assert_string_equal(meet(store, "slack", "U1", "berta")->handle, "ana");
    assert_int_equal(meet(store, "slack", "U3", NULL)->id, id + 1);
    assert_string_equal(meet(store, "slack", "U3", "Bo Berg")->name, "Bo Berg");
    assert_string_equal(meet(store, "slack", "U2", "U2")->handle, "U2");
    assert_string_equal(meet(store, "slack", "U2", "Ana")->handle, "Ana2");
    assert_int_equal(fresh_number(store, "SELECT COUNT(*) FROM people"), 3);
}

static void person_meet__keeps_the_handle__when_the_directory_gave_it(void **state)
{
    struct store *store = *state;
    int64_t listed = list_in_directory(store, "U1", NULL);
    MUST(person_link(store, listed, "slack", "U1", &err));
    assert_string_equal(meet(store, "slack", "U1", "ana")->handle, "U1");
}

static void person_meet__cuts_at_a_character__when_a_name_is_long(void **state)
{
    struct store *store = *state;
    char name[200] = "x";
    while (strlen(name) < 180) {
        strcat(name, "ø");
    }
    const char *handle = meet(store, "slack", "U1", name)->handle;
    assert_int_equal(strlen(handle), 63);
    assert_memory_equal(handle, name, 63);
}

static void person_meet__puts_a_number_behind__when_a_handle_is_taken(void **state)
{
    struct store *store = *state;
    assert_string_equal(meet(store, "slack", "U1", "ana")->handle, "ana");
    assert_string_equal(meet(store, "slack", "U2", "Ana")->handle, "Ana2");
    assert_string_equal(meet(store, "matrix", "@ana:x", "ANA")->handle, "ana3");
}

static void person_meet__never_links_by_name__when_not_on_the_console(void **state)
{
    struct store *store = *state;
    int64_t listed = list_in_directory(store, "ana", NULL);
    struct person *person = meet(store, "slack", "U1", "ana");
    assert_int_not_equal(person->id, listed);
    assert_string_equal(person->handle, "ana2");
}

static void
person_meet__takes_the_localpart__when_the_account_is_of_matrix(void **state)
{
    struct store *store = *state;
    assert_string_equal(meet(store, "matrix", "@ana:example.org:8448", NULL)->handle,
                        "ana");
    assert_string_equal(meet(store, "matrix", "@ana:other", "The Boss")->handle,
                        "ana2");
    assert_string_equal(meet(store, "matrix", "@ana:other", "ana")->handle, "ana2");
    assert_string_equal(meet(store, "matrix", "@:other", "The Boss")->handle,
                        "someone");
    assert_null(meet(store, "matrix", "@ana:other", "The Boss")->name);
}

static void person_meet__is_the_directory_s_person__when_on_the_console(void **state)
{
    struct store *store = *state;
    int64_t listed = list_in_directory(store, "ana", NULL);
    assert_int_equal(meet(store, "console", "Ana", "Ana")->id, listed);
    assert_int_equal(meet(store, "console", "ana", "ana")->id, listed);
    const char *external = NULL;
    MUST(person_external(store, listed, "console", &external, &err));
    assert_string_equal(external, "ana");
    MUST(person_external(store, listed, "slack", &external, &err));
    assert_null(external);
}

static void person_meet__makes_another__when_a_handle_is_not_listed(void **state)
{
    struct store *store = *state;
    int64_t slack = meet(store, "slack", "U1", "ana")->id;
    struct person *person = meet(store, "console", "ana", "ana");
    assert_int_not_equal(person->id, slack);
    assert_string_equal(person->handle, "ana2");
}

static void person_meet__makes_another__when_the_listed_one_has_an_account(void **state)
{
    struct store *store = *state;
    int64_t listed = list_in_directory(store, "ana", NULL);
    MUST(person_link(store, listed, "console", "bosse", &err));
    assert_int_not_equal(meet(store, "console", "ana", "ana")->id, listed);
    assert_int_equal(meet(store, "console", "bosse", "bosse")->id, listed);
}

static void person_find__finds_by_each_name__when_case_differs(void **state)
{
    struct store *store = *state;
    int64_t id = list_in_directory(store, "Ana", "Ana Berg");
    struct person *person = NULL;
    MUST(person_find_handle(store, "aNA", &person, &err));
    assert_int_equal(person->id, id);
    assert_string_equal(person->handle, "Ana");
    MUST(person_find_name(store, "ana berg", &person, &err));
    assert_int_equal(person->id, id);
    MUST(person_find_name(store, "ana", &person, &err));
    assert_null(person);
    MUST(person_find_handle(store, "bo", &person, &err));
    assert_null(person);
    MUST(person_find(store, 99, &person, &err));
    assert_null(person);
    MUST(person_find_external(store, "slack", "U1", &person, &err));
    assert_null(person);
}

static void person_find_name__prefers_who_is_there__when_two_have_it(void **state)
{
    struct store *store = *state;
    struct person *person = NULL;
    int64_t first = list_in_directory(store, "ana", "Ana Berg");
    int64_t second = list_in_directory(store, "ana.b", "Ana Berg");
    MUST(person_find_name(store, "Ana Berg", &person, &err));
    assert_int_equal(person->id, first);
    person->is_retired = true;
    MUST(person_update(store, person, &err));
    MUST(person_find_name(store, "Ana Berg", &person, &err));
    assert_int_equal(person->id, second);
}

static void person_insert__is_denied__when_a_handle_is_taken(void **state)
{
    struct store *store = *state;
    struct err err = {.kind = ERR_NONE};
    int64_t id = 0;
    (void)fresh_person(store, "ana");
    assert_false(person_insert(store, "ANA", &id, &err));
    assert_int_equal(err.kind, ERR_DENIED);
}

static void person_update__keeps_all_but_away__when_read_back(void **state)
{
    struct store *store = *state;
    int64_t mentor = fresh_person(store, "tove");
    int64_t id = fresh_person(store, "ana");
    MUST(person_set_away(store, id, INT64_MAX, &err));
    struct person person = {.id = id,
                            .handle = "ana",
                            .name = "Ana Berg",
                            .zone = "Europe/Oslo",
                            .phone = "+47 1",
                            .team = "checkout",
                            .mentor_id = mentor,
                            .in_directory = true,
                            .away_until_ms = TIME_NONE,
                            .listed_ms = 7000};
    MUST(person_update(store, &person, &err));
    struct person *read = NULL;
    MUST(person_find(store, id, &read, &err));
    assert_string_equal(read->name, "Ana Berg");
    assert_string_equal(read->zone, "Europe/Oslo");
    assert_string_equal(read->phone, "+47 1");
    assert_string_equal(read->team, "checkout");
    assert_int_equal(read->mentor_id, mentor);
    assert_true(read->in_directory);
    assert_false(read->is_retired);
    assert_int_equal(read->listed_ms, 7000);
    assert_true(read->away_until_ms == INT64_MAX);
    MUST(person_set_away(store, id, TIME_NONE, &err));
    MUST(person_find(store, id, &read, &err));
    assert_true(read->away_until_ms == TIME_NONE);
}

static void person_link__moves_the_account__when_it_was_another_s(void **state)
{
    struct store *store = *state;
    int64_t met = meet(store, "slack", "U1", "ana")->id;
    int64_t listed = list_in_directory(store, "ana.berg", NULL);
    MUST(person_link(store, listed, "slack", "U0", &err));
    MUST(person_link(store, listed, "slack", "U1", &err));
    assert_int_equal(meet(store, "slack", "U1", "ana")->id, listed);
    const char *external = NULL;
    MUST(person_external(store, listed, "slack", &external, &err));
    assert_string_equal(external, "U1");
    MUST(person_external(store, met, "slack", &external, &err));
    assert_null(external);
    assert_int_not_equal(meet(store, "slack", "U0", "x")->id, listed);
}

static void person_zone__is_the_platform_s__when_it_gave_one(void **state)
{
    struct store *store = *state;
    struct person *person = NULL;
    const char *zone = NULL;
    MUST(person_meet(
        store,
        &(struct account){
            .adapter = "slack", .external = "U1", .name = "ana", .zone = "Asia/Tokyo"},
        &person, &err));
    MUST(person_zone(store, person->id, "slack", &zone, &err));
    assert_string_equal(zone, "Asia/Tokyo");
    MUST(person_zone(store, person->id, "matrix", &zone, &err));
    assert_null(zone);
    person->zone = "Europe/Oslo";
    MUST(person_update(store, person, &err));
    MUST(person_zone(store, person->id, "matrix", &zone, &err));
    assert_string_equal(zone, "Europe/Oslo");
    MUST(person_meet(
        store,
        &(struct account){
            .adapter = "slack", .external = "U1", .name = "ana", .zone = "Asia/Seoul"},
        &person, &err));
    MUST(person_meet(
        store, &(struct account){.adapter = "slack", .external = "U1", .name = "ana"},
        &person, &err));
    MUST(person_zone(store, person->id, "slack", &zone, &err));
    assert_string_equal(zone, "Asia/Seoul");
    MUST(person_zone(store, person->id + 1, "slack", &zone, &err));
    assert_null(zone);
}

static void people_all__leaves_out_who_is_retired__when_listing(void **state)
{
    struct store *store = *state;
    struct people people;
    (void)list_in_directory(store, "tove", NULL);
    (void)list_in_directory(store, "Bo", NULL);
    struct person *person = NULL;
    MUST(person_find(store, list_in_directory(store, "ana", NULL), &person, &err));
    person->is_retired = true;
    MUST(person_update(store, person, &err));
    MUST(people_all(store, &people, &err));
    assert_int_equal(people.count, 2);
    assert_string_equal(people.all[0].handle, "Bo");
    assert_string_equal(people.all[1].handle, "tove");
    MUST(person_find(store, person->id, &person, &err));
    assert_true(person->is_retired);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(person_meet__is_the_same_person__when_met_again),
        FRESH_TEST(person_meet__cleans_the_handle__when_a_name_has_blanks),
        FRESH_TEST(person_meet__leaves_out_of_a_handle__what_cant_be_seen),
        FRESH_TEST(person_meet__takes_the_id__when_there_is_no_name),
        FRESH_TEST(person_meet__gives_the_name__when_they_went_by_the_id),
        FRESH_TEST(person_meet__keeps_the_handle__when_the_directory_gave_it),
        FRESH_TEST(person_meet__cuts_at_a_character__when_a_name_is_long),
        FRESH_TEST(person_meet__puts_a_number_behind__when_a_handle_is_taken),
        FRESH_TEST(person_meet__never_links_by_name__when_not_on_the_console),
        FRESH_TEST(person_meet__is_the_directory_s_person__when_on_the_console),
        FRESH_TEST(person_meet__takes_the_localpart__when_the_account_is_of_matrix),
        FRESH_TEST(person_meet__makes_another__when_a_handle_is_not_listed),
        FRESH_TEST(person_meet__makes_another__when_the_listed_one_has_an_account),
        FRESH_TEST(person_find__finds_by_each_name__when_case_differs),
        FRESH_TEST(person_find_name__prefers_who_is_there__when_two_have_it),
        FRESH_TEST(person_insert__is_denied__when_a_handle_is_taken),
        FRESH_TEST(person_update__keeps_all_but_away__when_read_back),
        FRESH_TEST(person_link__moves_the_account__when_it_was_another_s),
        FRESH_TEST(person_zone__is_the_platform_s__when_it_gave_one),
        FRESH_TEST(people_all__leaves_out_who_is_retired__when_listing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
