#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bot/directory.h"
#include "bot/duty.h"
#include "store/buddies.h"
#include "store/services.h"
#include "store/skills.h"
#include "tests/store/fresh.h"

#define NOW 1773280000000 /* 2026-03-12 01:46:40 UTC */

static const char whole[] =
    "people:\n"
    "  - {handle: tove, name: Tove Lind, zone: Europe/Oslo, phone: \"+47 1\",\n"
    "     team: checkout, skills: [Checkout, orders], buddies: [wen], mentor: marek,\n"
    "     slack: U012AB3CD, matrix: \"@tove:example.org\"}\n"
    "  - {handle: wen, zone: Asia/Singapore}\n"
    "  - handle: marek\n"
    "services:\n"
    "  - {name: checkout, team: checkout, aliases: [basket], skills: [orders],\n"
    "     owners: [tove], runbooks: [\"https://a/\", \"https://b/\"],\n"
    "     dashboards: [\"https://d/\"]}\n"
    "rota:\n"
    "  - {service: checkout, order: [tove, wen], shift: 1w, from: \"2026-03-02 "
    "09:00\",\n"
    "     zone: Europe/Oslo, overrides: [{who: marek, from: \"2026-03-12 09:00\",\n"
    "     to: \"2026-03-13 09:00\"}]}\n";

static bool read_text(struct store *store, const char *text, struct err *err)
{
    struct config *config = config_create();
    struct turn turn = {
        .arena = store->arena, .store = store, .config = config, .now_ms = NOW};
    bool is_read = directory_read(&turn, "p.yaml", text, strlen(text), err);

    config_destroy(config);
    return is_read;
}

static struct person *person_of(struct store *store, const char *handle)
{
    struct person *person = NULL;

    MUST(person_find_handle(store, handle, &person, &err));
    assert_non_null(person);
    return person;
}

static struct service *service_of(struct store *store, const char *word)
{
    struct service *service = NULL;

    MUST(service_match(store, word, &service, &err));
    return service;
}

static void unit__directory_keeps_people(void **state)
{
    struct store *store = *state;
    struct person *by_account = NULL;
    struct people buddies;
    struct skills skills;

    MUST(read_text(store, whole, &err));
    struct person *tove = person_of(store, "tove");
    assert_string_equal(tove->name, "Tove Lind");
    assert_string_equal(tove->zone, "Europe/Oslo");
    assert_string_equal(tove->phone, "+47 1");
    assert_string_equal(tove->team, "checkout");
    assert_int_equal(tove->mentor_id, person_of(store, "marek")->id);
    assert_true(tove->in_directory);
    assert_int_equal(tove->listed_ms, NOW);
    MUST(person_find_external(store, "slack", "U012AB3CD", &by_account, &err));
    assert_int_equal(by_account->id, tove->id);
    MUST(person_find_external(store, "matrix", "@tove:example.org", &by_account, &err));
    assert_int_equal(by_account->id, tove->id);
    MUST(skills_of(store, tove->id, &skills, &err));
    assert_int_equal(skills.count, 2);
    assert_string_equal(skills.all[0], "checkout");
    MUST(buddies_of(store, tove->id, &buddies, &err));
    assert_int_equal(buddies.count, 1);
    assert_string_equal(buddies.all[0].handle, "wen");
}

static void unit__directory_keeps_services_and_rota(void **state)
{
    struct store *store = *state;
    struct service_texts texts;
    struct people owners;
    struct rota rota;

    MUST(read_text(store, whole, &err));
    struct service *service = service_of(store, "BASKET");
    assert_non_null(service);
    assert_string_equal(service->name, "checkout");
    MUST(service_links(store, service->id, "runbook", &texts, &err));
    assert_int_equal(texts.count, 2);
    assert_string_equal(texts.all[1], "https://b/");
    MUST(service_links(store, service->id, "dashboard", &texts, &err));
    assert_string_equal(texts.all[0], "https://d/");
    MUST(service_words(store, service->id, "skill", &texts, &err));
    assert_string_equal(texts.all[0], "orders");
    MUST(service_owners(store, service->id, &owners, &err));
    assert_string_equal(owners.all[0].handle, "tove");
    MUST(rota_read(store, service->id, NOW, &rota, &err));
    assert_int_equal(rota.person_count, 2);
    assert_int_equal(rota.shift_ms, 7 * TIME_DAY_MS);
    assert_int_equal(rota.from_ms, 1772438400000); /* 08:00 UTC */
    assert_int_equal(rota.override_count, 1);
}

static void unit__directory_retires__when_a_file_no_longer_names(void **state)
{
    struct store *store = *state;
    int64_t chatted = fresh_person(store, "dani");
    struct person *person = NULL;

    MUST(read_text(store, whole, &err));
    int64_t wen = person_of(store, "wen")->id;
    MUST(read_text(store, "people: [{handle: tove}]\nservices: []\n", &err));
    assert_true(person_of(store, "wen")->is_retired);
    assert_false(person_of(store, "tove")->is_retired);
    assert_null(person_of(store, "tove")->zone);
    MUST(person_find(store, chatted, &person, &err));
    assert_false(person->is_retired);
    assert_null(service_of(store, "checkout"));
    MUST(read_text(store, whole, &err));
    assert_int_equal(person_of(store, "wen")->id, wen);
    assert_false(person_of(store, "wen")->is_retired);
    assert_non_null(service_of(store, "checkout"));
}

/* One half as it should be, the other not, or not there: all stays as it was. */
static void unit__directory_changes_nothing__when_half_of_it_is_wrong(void **state)
{
    static const struct {
        const char *text, *why;
    } halves[] = {
        {"people: [{handle: tove}]\nservices: [{name: s, owners: [x]}]\n",
         "p.yaml:2: owners: \"x\" is the handle of nobody in this file"},
        {"people: [{handle: tove}]\nservices:\n  - {name: s,\n", "p.yaml:3: no YAML"},
        {"people: [{handle: tove}]\nservices:\n  - {name: s}\n  - {nam", "p.yaml:4: "},
        {"people: [{handle: tove}]\nservices: [{name: s}]\nrota: [{service: x}]\n",
         "p.yaml:3: service: \"x\" is the name of no service in this file"},
        {"people: [{handle: tove}]\n", "p.yaml ends before its services, and 1 is"},
        {"people: [{handle: tove}]\nservices:\n", "p.yaml ends before its services"},
        {"services: [{name: s}]\n", "p.yaml names nobody"},
    };
    struct store *store = *state;
    struct err fault;

    MUST(read_text(store, whole, &err));
    for (size_t i = 0; i < sizeof(halves) / sizeof(halves[0]); i++) {
        assert_false(read_text(store, halves[i].text, &fault));
        assert_int_equal(fault.kind, ERR_BROKEN);
        assert_int_equal(strncmp(fault.text, halves[i].why, strlen(halves[i].why)), 0);
        assert_false(person_of(store, "wen")->is_retired);
        assert_string_equal(person_of(store, "tove")->zone, "Europe/Oslo");
        assert_non_null(service_of(store, "checkout"));
        assert_null(service_of(store, "s"));
    }
}

static void unit__directory_leaves_what_was_said_in_chat(void **state)
{
    struct store *store = *state;
    struct skills skills;
    struct people buddies;
    bool is_new;

    MUST(read_text(store, whole, &err));
    int64_t tove = person_of(store, "tove")->id;
    MUST(skill_add(store, tove, "ledger", false, &is_new, &err));
    MUST(buddy_add(store, tove, person_of(store, "marek")->id, NOW, false, &err));
    MUST(read_text(store, "people: [{handle: tove}, {handle: marek}]\nservices: []\n",
                   &err));
    MUST(skills_of(store, tove, &skills, &err));
    assert_int_equal(skills.count, 1);
    assert_string_equal(skills.all[0], "ledger");
    MUST(buddies_of(store, tove, &buddies, &err));
    assert_int_equal(buddies.count, 1);
    assert_string_equal(buddies.all[0].handle, "marek");
}

static void unit__directory_knows_again__when_the_account_was_met(void **state)
{
    struct store *store = *state;
    struct person *met = NULL;

    MUST(person_meet(store,
                     &(struct account){
                         .adapter = "slack", .external = "U012AB3CD", .name = "Tove L"},
                     &met, &err));
    MUST(read_text(store, whole, &err));
    assert_int_equal(person_of(store, "tove")->id, met->id);
    MUST(read_text(store, "people: [{handle: tl, slack: U012AB3CD}]\nservices: []\n",
                   &err));
    assert_int_equal(person_of(store, "tl")->id, met->id);
}

static void unit__directory_gives_two_people_two_rows(void **state)
{
    struct store *store = *state;
    struct person *met = NULL;

    MUST(person_meet(
        store, &(struct account){.adapter = "slack", .external = "U1", .name = "ana"},
        &met, &err));
    MUST(read_text(store, "people: [{handle: bo, slack: U1}, {handle: ana}]\n", &err));
    assert_int_not_equal(person_of(store, "bo")->id, person_of(store, "ana")->id);
    MUST(person_find_external(store, "slack", "U1", &met, &err));
    assert_string_equal(met->handle, "bo");
}

/* "@ana:evil.example" spoke before the directory was read. */
static void unit__directory_takes_no_stranger_for_its_own(void **state)
{
    struct store *store = *state;
    struct person *stranger = NULL;

    MUST(person_meet(
        store, &(struct account){.adapter = "matrix", .external = "@ana:evil.example"},
        &stranger, &err));
    MUST(read_text(store, "people: [{handle: ana, slack: U1}]\n", &err));
    assert_int_not_equal(person_of(store, "ana")->id, stranger->id);
    MUST(person_find_external(store, "matrix", "@ana:evil.example", &stranger, &err));
    assert_string_equal(stranger->handle, "ana2");
    MUST(read_text(store, "people: [{handle: ana, matrix: '@ana:here.example'}]\n",
                   &err));
    MUST(person_find_external(store, "matrix", "@ana:here.example", &stranger, &err));
    assert_string_equal(stranger->handle, "ana");
}

/* Anybody may call themselves so on Slack; what they said stays theirs. */
static void unit__directory_takes_no_other_account_for_its_own(void **state)
{
    struct store *store = *state;
    struct person *other = NULL;
    int64_t id;

    MUST(person_meet(
        store, &(struct account){.adapter = "slack", .external = "U9", .name = "ana"},
        &other, &err));
    id = other->id;
    MUST(read_text(store, "people: [{handle: ana, slack: U1}]\n", &err));
    assert_int_not_equal(person_of(store, "ana")->id, id);
    MUST(person_find_external(store, "slack", "U9", &other, &err));
    assert_int_equal(other->id, id);
    assert_string_equal(other->handle, "ana2");
}

static void unit__directory_knows_again__when_the_matrix_account_was_met(void **state)
{
    struct store *store = *state;
    struct person *met = NULL;

    MUST(person_meet(
        store, &(struct account){.adapter = "matrix", .external = "@ana:here.example"},
        &met, &err));
    MUST(read_text(store, "people: [{handle: ana, matrix: '@ana:here.example'}]\n",
                   &err));
    assert_int_equal(person_of(store, "ana")->id, met->id);
}

static void refused(struct store *store, const char *text, const char *why)
{
    struct err err;

    assert_false(read_text(store, text, &err));
    assert_string_equal(err.text, why);
    assert_int_equal(fresh_number(store, "SELECT COUNT(*) FROM people"), 0);
}

/* Opening one would wait for whoever writes into it. */
static void unit__directory_refuses__what_is_a_pipe(void **state)
{
    struct store *store = *state;
    struct turn turn = {.arena = store->arena, .store = store, .now_ms = NOW};
    char folder[] = "/tmp/muster-pipe-XXXXXX";
    struct directory_faults faults;
    const char *path;
    struct err err;

    assert_non_null(mkdtemp(folder));
    path = arena_printf(store->arena, "%s/people.yaml", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(directory_look(store->arena, path, &faults));
    assert_int_equal(faults.count, 1);
    assert_non_null(strstr(faults.all[0], "it is no regular file"));
    assert_false(directory_load(&turn, path, &err));
    assert_non_null(strstr(err.text, "it is no regular file"));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void unit__directory_names_the_line__when_people_are_wrong(void **state)
{
    struct store *store = *state;

    refused(store, "people:\n- {handle: a, buddies: [b]}\n- {handle: c}\n",
            "p.yaml:2: buddies: \"b\" is the handle of nobody in this file");
    refused(store, "people:\n- handle: a\n  buddies:\n    - c\n    - b\n- handle: c\n",
            "p.yaml:5: buddies: \"b\" is the handle of nobody in this file");
    refused(store, "people:\n- handle: a\n  mentor: x\n",
            "p.yaml:3: mentor: \"x\" is the handle of nobody in this file");
    refused(store, "people:\n- handle: a\n  zone: Mars/Base\n",
            "p.yaml:3: zone: \"Mars/Base\" is no zone that is known here, like "
            "Europe/Oslo");
    refused(store, "people:\n- {handle: a}\n- {handle: b}\n- {handle: A}\n",
            "p.yaml:4: handle: \"A\" stands here a second time");
    refused(store, "people:\n- {handle: a}\n- {handle: a}\n",
            "p.yaml:3: handle: \"a\" stands here a second time");
    refused(store, "people:\n- {name: a}\n", "p.yaml:2: \"handle\" is missing");
    refused(store, "people:\n- {handle: a b}\n",
            "p.yaml:2: handle: \"a b\" is no handle: one word of at most 60 letters, "
            "without @");
    refused(store, "people:\n- {handle: a, slack: U1}\n- {handle: b, slack: U1}\n",
            "p.yaml:3: slack: \"U1\" is somebody else's account already");
    refused(store, "people:\n- {handle: a, skils: [b]}\n",
            "p.yaml:2: unknown key \"skils\"");
}

static void unit__directory_names_the_line__when_a_rota_is_wrong(void **state)
{
    static const char head[] = "people: [{handle: a}]\nservices: [{name: s}]\nrota:\n";
    static const struct {
        const char *rota, *why;
    } rows[] = {
        {"- {service: t}\n",
         "p.yaml:4: service: \"t\" is the name of no service in this "
         "file"},
        {"- {service: s}\n- {service: s}\n",
         "p.yaml:5: service: \"s\" has a rota already"},
        {"- {service: s, order: [a, b]}\n",
         "p.yaml:4: order: \"b\" is the handle of nobody in this file"},
        {"- service: s\n  shift: weekly\n",
         "p.yaml:5: shift: \"weekly\" is no span like 12h, 1d or 1w"},
        {"- service: s\n  from: monday\n",
         "p.yaml:5: from: \"monday\" is no time like 2026-03-02 09:00"},
        {"- service: s\n  from: \"14:05\"\n",
         "p.yaml:5: from: \"14:05\" is no time like 2026-03-02 09:00"},
        {"- service: s\n  overrides:\n  - {who: a, from: 2026-03-02, to: 2026-03-01}\n",
         "p.yaml:6: to: \"2026-03-01\" is not after its own beginning"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[400];

        (void)snprintf(text, sizeof(text), "%s%s", head, rows[i].rota);
        refused(*state, text, rows[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(unit__directory_keeps_people),
        FRESH_TEST(unit__directory_keeps_services_and_rota),
        FRESH_TEST(unit__directory_retires__when_a_file_no_longer_names),
        FRESH_TEST(unit__directory_changes_nothing__when_half_of_it_is_wrong),
        FRESH_TEST(unit__directory_leaves_what_was_said_in_chat),
        FRESH_TEST(unit__directory_knows_again__when_the_account_was_met),
        FRESH_TEST(unit__directory_gives_two_people_two_rows),
        FRESH_TEST(unit__directory_takes_no_stranger_for_its_own),
        FRESH_TEST(unit__directory_takes_no_other_account_for_its_own),
        FRESH_TEST(unit__directory_knows_again__when_the_matrix_account_was_met),
        FRESH_TEST(unit__directory_refuses__what_is_a_pipe),
        FRESH_TEST(unit__directory_names_the_line__when_people_are_wrong),
        FRESH_TEST(unit__directory_names_the_line__when_a_rota_is_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
