/*
 * No verb of the store says yes where one of its calls failed: the failure is what the
 * caller hears, whichever call it was. Each verb is run with its first call failing,
 * then its second, until there is none left.
 */
#include "store/buddies.h"
#include "store/chain.h"
#include "store/covers.h"
#include "store/early_choices.h"
#include "store/feelings.h"
#include "store/followups.h"
#include "store/forget.h"
#include "store/former.h"
#include "store/late_commands.h"
#include "store/memory.h"
#include "store/offers.h"
#include "store/outbox.h"
#include "store/page_calls.h"
#include "store/pages.h"
#include "store/questions.h"
#include "store/redact.h"
#include "store/relations.h"
#include "store/retros.h"
#include "store/rota.h"
#include "store/search.h"
#include "store/services.h"
#include "store/skills.h"
#include "store/switches.h"
#include "store/tasks.h"
#include "store/ties.h"
#include "store/timeline.h"
#include "store/trends.h"
#include "store/tries.h"
#include "tests/store/words.h"

#define NOW_MS 9000

/* What the verbs answer is not looked at here. */
static union {
    bool yes;
    int64_t number;
    const char *text;
    struct people people;
    struct feelings feelings;
    struct followups followups;
    struct forgotten forgotten;
    struct late_commands late;
    struct early_choice *early;
    int64_t row_id;
    struct offer *offer;
    struct page *page;
    struct pages pages;
    struct question *question;
    struct redacted redacted;
    struct incidents incidents;
    struct service *service;
    struct services services;
    struct entries entries;
    struct skills skills;
    struct tasks tasks;
    struct ties ties;
    struct timeline_edits edits;
    struct timeline_threads threads;
    struct trend_rows trends;
    struct trend_followups trend_followups;
    struct try *try;
    struct cover *cover;
    struct person *person;
    struct search_hits hits;
    struct chain_report report;
} got;

/* Of words_fill: person 1 wrote entry 1 of incident 1, and everything else. */
static const struct entry entry = {.id = 1,
                                   .incident_id = 1,
                                   .n = 1,
                                   .at_ms = 1,
                                   .kind = "said",
                                   .person_id = 1,
                                   .text = "new words"};
static const struct task task = {
    .incident_id = 1, .n = 1, .what = "count", .owner_id = 1, .giver_id = 1};
static const struct task new_task = {
    .incident_id = 1, .n = 99, .what = "count", .owner_id = 1, .giver_id = 1};
static const struct page page = {.incident_id = 1, .n = 1};
static const struct search_wish wish = {
    .words = "hunter zebr", .person_id = 1, .limit = 5, .new_most = 50};
static const struct former former = {"slack", "G1", "C1"};
static const struct account account = {"slack", "U77", "zoe", "Europe/Oslo"};
static int64_t order[] = {1, 2};
static struct rota_override override = {.person_id = 1, .from_ms = 1, .to_ms = 2};
static const struct rota rota = {.service_id = 1,
                                 .shift_ms = TIME_HOUR_MS,
                                 .from_ms = 1,
                                 .people = order,
                                 .person_count = 2,
                                 .overrides = &override,
                                 .override_count = 1};
static const struct retro_fill fill = {
    .incident_id = 1, .section = "factors", .text = "x", .person_id = 1, .at_ms = 1};

static bool pass(const struct entry *one, void *context)
{
    (void)one;
    (void)context;
    return true;
}

static void ignore(const char *sentence, void *context)
{
    (void)sentence;
    (void)context;
}

static bool insert_entry(struct store *store, struct err *err)
{
    struct entry new = entry;

    new.adapter = "slack";
    new.channel = "C1";
    new.message = "17.1";
    return timeline_insert(store, &new, &got.yes, err);
}

/* The name of a verb, and how it is called. */
#define VERBS(VERB)                                                                    \
    VERB(try_buddies_one_sided, buddies_one_sided(store, 1, &got.people, err))         \
    VERB(try_buddy_end, buddy_end(store, 1, 2, err))                                   \
    VERB(try_cover_find, cover_find(store, 1, &got.cover, err))                        \
    VERB(try_feeling_writer, feeling_writer(store, 1, 1, &got.text, err))              \
    VERB(try_feelings_all, feelings_all(store, &got.feelings, err))                    \
    VERB(try_followups_open, followups_open(store, 0, 9, &got.followups, err))         \
    VERB(try_followups_unverified,                                                     \
         followups_unverified(store, 0, 9, &got.followups, err))                       \
    VERB(try_forget_person, forget_person(store, 1, NOW_MS, &got.forgotten, err))      \
    VERB(try_former_put, former_put(store, &former, err))                              \
    VERB(try_former_find, former_find(store, "slack", "G1", &got.text, err))           \
    VERB(try_insert_entry, insert_entry(store, err))                                   \
    VERB(try_late_commands_take, late_commands_take(store, 1, &got.late, err))         \
    VERB(try_early_choice_find, early_choice_find(store, 1, &got.early, err))          \
    VERB(try_outbox_under_way, outbox_under_way(store, "w", 0, &got.row_id, err))      \
    VERB(try_offer_find, offer_find(store, 1, &got.offer, err))                        \
    VERB(try_page_call_unsent, page_call_unsent(store, 1, 1, &got.number, err))        \
    VERB(try_page_last_called, page_last_called(store, 1, 1, 0, &got.page, err))       \
    VERB(try_page_withdraw, page_withdraw(store, &page, NOW_MS, &got.yes, err))        \
    VERB(try_pages_asked_by, pages_asked_by(store, 1, 1, &got.pages, err))             \
    VERB(try_person_link, person_link(store, 1, "slack", "U1", err))                   \
    VERB(try_person_insert, person_insert(store, "zoe", &got.number, err))             \
    VERB(try_person_meet, person_meet(store, &account, &got.person, err))              \
    VERB(try_person_zone, person_zone(store, 1, "slack", &got.text, err))              \
    VERB(try_question_find, question_find(store, 1, &got.question, err))               \
    VERB(try_redact_entry, redact_entry(store, &entry, NOW_MS, &got.redacted, err))    \
    VERB(try_redact_deleted_entry,                                                     \
         redact_deleted_entry(store, &entry, NOW_MS, &got.redacted, err))              \
    VERB(try_relations_of, relations_of(store, 1, &got.incidents, err))                \
    VERB(try_retro_fill_set, retro_fill_set(store, &fill, err))                        \
    VERB(try_rota_put, rota_put(store, &rota, err))                                    \
    VERB(try_rotas_clear, rotas_clear(store, err))                                     \
    VERB(try_search_find, search_find(store, &wish, &got.hits, err))                   \
    VERB(try_search_change, search_change(store, 1, "new words", err))                 \
    VERB(try_search_purge, search_purge(store, &got.yes, err))                         \
    VERB(try_service_owners, service_owners(store, 1, &got.people, err))               \
    VERB(try_service_renew,                                                            \
         service_renew(store, "checkout", "shop", &got.number, err))                   \
    VERB(try_services_all, services_all(store, &got.services, err))                    \
    VERB(try_service_find, service_find(store, 1, &got.service, err))                  \
    VERB(try_task_ack, task_ack(store, &task, 1, NOW_MS, &got.yes, err))               \
    VERB(try_timeline_last, timeline_last(store, 1, 9, &got.entries, err))             \
    VERB(try_timeline_breath, timeline_breath(store, &entry, &got.entries, err))       \
    VERB(try_skill_remove, skill_remove(store, 1, "db", &got.yes, err))                \
    VERB(try_skills_of, skills_of(store, 1, &got.skills, err))                         \
    VERB(try_switch_find, switch_find(store, 1, "wording", &got.yes, &got.yes, err))   \
    VERB(try_task_insert, task_insert(store, &new_task, err))                          \
    VERB(try_task_decline, task_decline(store, &task, 1, NOW_MS, &got.yes, err))       \
    VERB(try_task_offer, task_offer(store, &task, 2, NOW_MS, &got.yes, err))           \
    VERB(try_tasks_left, tasks_left(store, 1, 1, &got.tasks, err))                     \
    VERB(try_ties_answered, ties_answered(store, 1, &got.ties, err))                   \
    VERB(try_ties_at_work, ties_at_work(store, 1, &got.ties, err))                     \
    VERB(try_ties_worked, ties_worked(store, 1, 0, &got.ties, err))                    \
    VERB(try_timeline_delete, timeline_delete(store, 1, NOW_MS, err))                  \
    VERB(try_timeline_each, timeline_each(store, 1, pass, NULL, err))                  \
    VERB(try_timeline_edit,                                                            \
         timeline_edit(store, &entry, "other words", "e9", NOW_MS, err))               \
    VERB(try_timeline_edits, timeline_edits(store, 1, &got.edits, err))                \
    VERB(try_timeline_last_message,                                                    \
         timeline_last_message(store, "slack", "C1", &got.text, err))                  \
    VERB(try_timeline_newest_kind,                                                     \
         timeline_newest_kind(store, &entry, &got.text, err))                          \
    VERB(try_timeline_redact, timeline_redact(store, 1, NOW_MS, err))                  \
    VERB(try_timeline_threads,                                                         \
         timeline_threads(store, "slack", "C1", 9, &got.threads, err))                 \
    VERB(try_timeline_unedit, timeline_unedit(store, &entry, "e1", NOW_MS, err))       \
    VERB(try_trend_followups_count,                                                    \
         trend_followups_count(store, 1, 0, &got.trend_followups, err))                \
    VERB(try_trend_rows_list, trend_rows_list(store, 1, 0, 9, &got.trends, err))       \
    VERB(try_try_drop_entry, try_drop_entry(store, 1, 1, NOW_MS, err))                 \
    VERB(try_try_find, try_find(store, 1, 1, &got.try, err))                           \
    VERB(try_chain_verify, chain_verify(store, ignore, NULL, &got.report, err))

#define VERB_FUNCTION(name, call)                                                      \
    static bool name(struct store *store, struct err *err)                             \
    {                                                                                  \
        return call;                                                                   \
    }
VERBS(VERB_FUNCTION)

#define VERB_ROW(name, call) {#call, name},
static const struct {
    const char *name;
    bool (*run)(struct store *store, struct err *err);
} verbs[] = {VERBS(VERB_ROW)};

/* Is there an n-th call? Then it failed, and so did the verb. */
static bool fails_at(struct store *store, size_t verb, int64_t n)
{
    struct arena *arena = store->arena;
    struct err err = {.kind = ERR_NONE};
    bool ok, is_past;

    assert_true(db_begin(store->db, &err));
    store->arena = arena_create(); /* some reset it */
    db_fail_after(store->db, n);
    ok = verbs[verb].run(store, &err);
    is_past = db_is_to_fail(store->db);
    db_fail_after(store->db, 0);
    arena_destroy(store->arena);
    store->arena = arena;
    db_rollback(store->db);
    if (ok != is_past || (!ok && err.kind != ERR_AGAIN)) {
        fail_msg("%s, call %lld: %s", verbs[verb].name, (long long)n,
                 ok ? "it says yes" : err.text);
    }
    return !is_past;
}

static void verb__fails__when_any_of_its_calls_does(void **state)
{
    struct store *store = *state;

    words_fill(store);
    words_script(store, "UPDATE covers SET state = 'open'; "
                        "UPDATE offers SET state = 'open'; "
                        "UPDATE pages SET state = 'open'; "
                        "UPDATE page_calls SET state = 'waiting'; "
                        "UPDATE tasks SET state = 'open'; "
                        "UPDATE tries SET outcome = NULL; "
                        "UPDATE incidents SET state = 'active'; "
                        "UPDATE timeline SET adapter = 'slack', text = 'ask @U77'; "
                        "UPDATE timeline_changes SET event = 'e1' WHERE what = 'edit'");
    MUST(former_put(store, &(struct former){"slack", "G0", "C0"}, &err));
    for (size_t verb = 0; verb < sizeof(verbs) / sizeof(verbs[0]); verb++) {
        int64_t n = 1;

        while (fails_at(store, verb, n)) {
            n++;
        }
        assert_true(n > 1);
    }
}

/* Which has a transaction of its own: nothing of it stays. */
static void chains__are_as_they_were__when_filling_them_fails(void **state)
{
    struct store *store = *state;
    bool is_filled = false;
    int64_t n = 0;

    words_fill(store);
    MUST(store_run(store, NULL, &err, "UPDATE chains SET hash = ''", DB_NO_ARGS));
    MUST(memory_set(store, "bot", "chain", "due", &err));
    while (!is_filled) {
        struct arena *arena = store->arena;
        struct err err;

        db_fail_after(store->db, ++n);
        is_filled = chain_fill(store, &err);
        assert_int_equal(is_filled, db_is_to_fail(store->db));
        db_fail_after(store->db, 0);
        store->arena = arena;
        assert_int_equal(
            fresh_number(store, "SELECT COUNT(*) FROM chains WHERE hash <> ''"),
            is_filled ? 1 : 0);
    }
    assert_true(n > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(verb__fails__when_any_of_its_calls_does),
        FRESH_TEST(chains__are_as_they_were__when_filling_them_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
