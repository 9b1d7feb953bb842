#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bot/wording.h"

static const char *found(const char *text, enum wording_reader reader)
{
    const struct wording *wording = wording_find(text, reader);

    return wording == NULL ? NULL : wording->word;
}

static void wording_find__knows_what_ends_the_search(void **state)
{
    (void)state;
    assert_string_equal(found("The Human Error of jo", WORDING_INSIDE), "human error");
    assert_string_equal(found("it was ana's fault.", WORDING_INSIDE), "'s fault");
    assert_string_equal(found("jo failed to look", WORDING_OUTSIDE), "failed to");
    assert_null(found("one bad callback holds up 49 others", WORDING_INSIDE));
    assert_null(found("", WORDING_OUTSIDE));
    assert_null(found(NULL, WORDING_OUTSIDE));
}

static void wording_find__hears_playing_down__outside_alone(void **state)
{
    (void)state;
    assert_string_equal(found("only 212 orders waited", WORDING_OUTSIDE), "only");
    assert_null(found("only 212 orders waited", WORDING_INSIDE));
    assert_string_equal(found("We are sorry", WORDING_OUTSIDE), "we");
}

static void wording_find__takes_whole_words(void **state)
{
    (void)state;
    assert_null(found("the weather, a lonely bus, justice", WORDING_OUTSIDE));
    assert_null(found("the default and the faults", WORDING_INSIDE));
    assert_null(
        found("requests fail in us-east-1, built just-in-time", WORDING_OUTSIDE));
    assert_string_equal(found("it hit us - and you", WORDING_OUTSIDE), "us");
    assert_null(found("w\u00e9 us\u00e9", WORDING_OUTSIDE));
}

static void wording_all__finds_each__as_far_as_there_is_room(void **state)
{
    const char *text = "only a minor glitch, it was human error";
    const struct wording *all[WORDING_MOST];

    (void)state;
    assert_int_equal(wording_all(text, WORDING_OUTSIDE, all, WORDING_MOST), 4);
    assert_string_equal(all[0]->word, "human error");
    assert_string_equal(all[1]->word, "only");
    assert_string_equal(all[3]->word, "glitch");
    assert_int_equal(wording_all(text, WORDING_OUTSIDE, all, 2), 2);
    assert_int_equal(wording_all(text, WORDING_INSIDE, all, WORDING_MOST), 1);
}

static void wording_self_blame__is_about_oneself(void **state)
{
    const char *text = "really, My Fault, I saw it";
    size_t length;

    (void)state;
    assert_ptr_equal(wording_self_blame(text, &length), text + 8);
    assert_int_equal(length, 8);
    assert_non_null(wording_self_blame("I broke checkout", &length));
    assert_non_null(wording_self_blame("that one is On me, sorry", &length));
    assert_non_null(wording_self_blame("I'm to blame", &length));
    assert_non_null(wording_self_blame("all of it because of me", &length));
    assert_null(wording_self_blame("it is the fault of the bank", &length));
    assert_null(wording_self_blame("army faults", &length));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wording_find__knows_what_ends_the_search),
        cmocka_unit_test(wording_find__hears_playing_down__outside_alone),
        cmocka_unit_test(wording_find__takes_whole_words),
        cmocka_unit_test(wording_all__finds_each__as_far_as_there_is_room),
        cmocka_unit_test(wording_self_blame__is_about_oneself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
