#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bot/base/json.h"

static const char sample[] =
    "{\"event\":{\"message\":{\"text\":\"h\\u00f8r\"},\"ts\":17,\"is_bot\":true,"
    "\"real\":1.5,\"odd\":\"a\\u0000\\ufdd0\",\"list\":[1]},\"none\":null}";

static void at__finds_the_value__when_the_path_leads_there(void **state)
{
    (void)state;
    json_t *json = json_parse(sample, strlen(sample));
    assert_non_null(json);
    assert_string_equal(json_string_value(json_at(json, "event.message.text")),
                        "h\xC3\xB8r");
    assert_ptr_equal(json_at(json, ""), json);
    assert_null(json_at(json, "event.message.nothing.text"));
    assert_null(json_at(json, "event.ts.text"));
    assert_null(json_at(json, "event.list.0"));
    assert_null(json_at(json, "even"));
    assert_null(json_at(NULL, "event"));
    json_decref(json);
}

static void getters__say_absent__when_the_type_is_another(void **state)
{
    (void)state;
    struct arena *arena = arena_create();
    json_t *json = json_parse(sample, strlen(sample));
    assert_null(json_text(arena, json, "event.ts"));
    assert_null(json_text(arena, json, "none"));
    assert_int_equal(json_number(json, "event.ts", -1), 17);
    assert_int_equal(json_number(json, "event.real", -1), -1);
    assert_int_equal(json_number(json, "event.is_bot", -1), -1);
    assert_true(json_flag(json, "event.is_bot", false));
    assert_true(json_flag(json, "event.ts", true));
    assert_false(json_flag(json, "none", false));
    json_decref(json);
    arena_destroy(arena);
}

static void text__is_cleaned__when_it_holds_nul_or_marks(void **state)
{
    (void)state;
    struct arena *arena = arena_create();
    json_t *json = json_parse(sample, strlen(sample));
    assert_string_equal(json_text(arena, json, "event.odd"),
                        "a\xEF\xBF\xBD\xEF\xBF\xBD");
    json_decref(json);
    arena_destroy(arena);
}

static void parse__is_null__when_the_bytes_are_no_json(void **state)
{
    (void)state;
    assert_null(json_parse("{\"a\":", 5));
    assert_null(json_parse("", 0));
    assert_null(json_parse("\"\xFF\"", 3));
    json_t *json = json_parse("17 and more", 2);
    assert_int_equal(json_integer_value(json), 17);
    json_decref(json);
}

static void write__is_compact_and_in_order__when_given_an_object(void **state)
{
    (void)state;
    struct arena *arena = arena_create();
    json_t *json = json_pack("{s:i, s:s, s:[]}", "z", 1, "a", "\xC3\xB8", "m");
    assert_string_equal(json_write(arena, json),
                        "{\"z\":1,\"a\":\"\xC3\xB8\",\"m\":[]}");
    assert_string_equal(json_write(arena, json_string("x")), "\"x\"");
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at__finds_the_value__when_the_path_leads_there),
        cmocka_unit_test(getters__say_absent__when_the_type_is_another),
        cmocka_unit_test(text__is_cleaned__when_it_holds_nul_or_marks),
        cmocka_unit_test(parse__is_null__when_the_bytes_are_no_json),
        cmocka_unit_test(write__is_compact_and_in_order__when_given_an_object),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
