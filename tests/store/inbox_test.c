#include "store/inbox.h"
#include "store/timeline.h"
#include "tests/store/fresh.h"

static bool claim(struct store *store, const char *adapter, const char *event,
                  int64_t now_ms)
{
    bool is_new = false;
    MUST(inbox_claim(store, adapter, event, now_ms, &is_new, &err));
    return is_new;
}

static void inbox_claim__is_new_once__when_an_event_comes_twice(void **state)
{
    struct store *store = *state;
    assert_true(claim(store, "slack", "Ev1", 1000));
    assert_false(claim(store, "slack", "Ev1", 2000));
    assert_true(claim(store, "matrix", "Ev1", 2000));
    assert_true(claim(store, "slack", "Ev2", 2000));
}

static bool look(struct store *store, const char *event, const char *message)
{
    bool is_new = false;
    MUST(inbox_look(
        store,
        &(struct inbox_message){
            .adapter = "slack", .event = event, .channel = "C1", .message = message},
        &is_new, &err));
    return is_new;
}

static void inbox_look__finds_it__when_claimed_or_on_the_timeline(void **state)
{
    struct store *store = *state;
    bool is_new;
    struct entry entry = {.incident_id =
                              fresh_incident(store, fresh_person(store, "ana")),
                          .kind = "said",
                          .text = "hello",
                          .adapter = "slack",
                          .channel = "C1",
                          .message = "m1"};
    MUST(timeline_insert(store, &entry, &is_new, &err));
    (void)claim(store, "slack", "Ev2", 1000);
    assert_false(look(store, "Ev1", "m1"));
    assert_false(look(store, "Ev2", "m2"));
    assert_true(look(store, "Ev3", "m3"));
    assert_true(look(store, "Ev3", "m3")); /* looking claims nothing */
}

static void inbox_forget__forgets_the_old_ones__when_called(void **state)
{
    struct store *store = *state;
    (void)claim(store, "slack", "old", 999);
    (void)claim(store, "slack", "young", 1000);
    MUST(inbox_forget(store, 1000, &err));
    assert_true(claim(store, "slack", "old", 2000));
    assert_false(claim(store, "slack", "young", 2000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(inbox_claim__is_new_once__when_an_event_comes_twice),
        FRESH_TEST(inbox_look__finds_it__when_claimed_or_on_the_timeline),
        FRESH_TEST(inbox_forget__forgets_the_old_ones__when_called),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
