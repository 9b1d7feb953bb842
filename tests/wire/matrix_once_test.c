/* Every deed happens once and has one outcome, whichever of its requests is lost. */
#include "tests/wire/matrix_deeds.h"

#define CALLS_MAX 40

/* Runs a deed with its n-th request spoilt; how many requests it took. */
static size_t run(const struct deed *deed, int nth, enum home_fault fault,
                  bool is_forgetful, bool is_half)
{
    struct scene scene = {.home = matrix_home_create()};
    size_t before, count;

    scene.home->is_forgetful = is_forgetful;
    deed->put(&scene);
    before = scene.home->call_count;
    scene.home->half_made = is_half ? "m.room.member" : NULL;
    if (nth >= 0) {
        matrix_home_fault(scene.home, "/_matrix/", fault);
        scene.home->fault_after = nth;
    }
    matrix_home_run(scene.home);
    assert_string_equal(matrix_home_buried(scene.home, scene.row), "");
    count = scene.home->call_count - before;
    deed->check(&scene);
    matrix_home_destroy(scene.home);
    return count;
}

static void run_all(enum home_fault fault, bool is_forgetful)
{
    for (size_t i = 0; i < DEEDS; i++) {
        size_t count = run(&deeds[i], -1, HOME_FINE, is_forgetful, false);

        assert_in_range(count, 1, CALLS_MAX);
        for (size_t nth = 0; nth < count; nth++) {
            print_message("%s, request %zu of %zu\n", deeds[i].name, nth + 1, count);
            (void)run(&deeds[i], (int)nth, fault, is_forgetful, false);
        }
    }
}

static void deed__happens_once__when_an_answer_is_lost(void **state)
{
    (void)state;
    run_all(HOME_DROP_AFTER, false);
}

/* A homeserver that knows no transaction of before its restart. */
static void deed__happens_once__when_transactions_are_forgotten(void **state)
{
    (void)state;
    run_all(HOME_DROP_AFTER, true);
}

static void deed__happens_once__when_a_gateway_errs(void **state)
{
    (void)state;
    run_all(HOME_502_AFTER, false);
}

static void deed__happens_once__when_a_request_is_lost(void **state)
{
    (void)state;
    run_all(HOME_DROP_BEFORE, false);
}

static void deed__happens_once__when_the_homeserver_fails(void **state)
{
    (void)state;
    run_all(HOME_500, false);
}

static void deed__happens_once__when_asked_to_wait(void **state)
{
    (void)state;
    run_all(HOME_429, false);
}

static void room__is_repaired__when_half_made(void **state)
{
    (void)state;
    (void)run(&deeds[DEEDS - 1], -1, HOME_FINE, false, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deed__happens_once__when_an_answer_is_lost),
        cmocka_unit_test(deed__happens_once__when_transactions_are_forgotten),
        cmocka_unit_test(deed__happens_once__when_a_gateway_errs),
        cmocka_unit_test(deed__happens_once__when_a_request_is_lost),
        cmocka_unit_test(deed__happens_once__when_the_homeserver_fails),
        cmocka_unit_test(deed__happens_once__when_asked_to_wait),
        cmocka_unit_test(room__is_repaired__when_half_made),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
