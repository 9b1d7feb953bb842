#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <jansson.h>

#include "bot/base/json_scan.h"

#define SEEDS MUSTER_SOURCE_DIR "/tests/fuzz/seeds/json_scan"

static bool is_valid(const char *string)
{
    return json_scan_is_valid(string, strlen(string));
}

static bool is_sound(const char *string)
{
    return json_scan_is_sound(string, strlen(string));
}

static char *nested(size_t depth)
{
    char *bytes = malloc(2 * depth + 1);
    memset(bytes, '[', depth);
    memset(bytes + depth, ']', depth);
    bytes[2 * depth] = '\0';
    return bytes;
}

static void valid__is_one_value__of_any_type(void **state)
{
    (void)state;
    const char *const good[] = {"null",
                                " true\n",
                                "false",
                                "\"\"",
                                "-0.5e+10",
                                "[]",
                                "{}",
                                "[1,[2,{\"a\":[]}]]",
                                "{\"a\":{\"b\":null},\"a\":1}"};
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_true(is_valid(good[i]));
        assert_true(is_sound(good[i]));
    }
    assert_false(json_scan_is_valid(NULL, 0));
    assert_false(json_scan_is_sound(NULL, 0));
    assert_true(json_scan_is_valid("17]", 2));
    assert_false(json_scan_is_valid("[17]", 3));
}

static void sound__takes_more__than_valid_does(void **state)
{
    (void)state;
    const char *const odd[] = {"\"\\u0000\"", "{\"a\\u0000\":1}", "[\"\\ud800\"]",
                               "1e999", "123456789012345678901234567890"};
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        assert_false(is_valid(odd[i]));
        assert_true(is_sound(odd[i]));
    }
    const char *const bad[] = {"",     "01", "\"\\u00g0\"", "\"\n\"", "\"\xC0\x80\"",
                               "[1,]", "1 2"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(is_valid(bad[i]));
        assert_false(is_sound(bad[i]));
    }
}

static void depth__is_limited__at_its_number(void **state)
{
    (void)state;
    const struct {
        size_t depth;
        bool valid, sound;
    } cases[] = {{JSON_SCAN_DEPTH, true, true},
                 {JSON_SCAN_DEPTH + 1, false, true},
                 {JSON_SCAN_SOUND_DEPTH, false, true},
                 {JSON_SCAN_SOUND_DEPTH + 1, false, false}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char *bytes = nested(cases[i].depth);
        assert_int_equal(is_valid(bytes), cases[i].valid);
        assert_int_equal(is_sound(bytes), cases[i].sound);
        free(bytes);
    }
}

static void kinds_of_levels__are_kept_apart__when_deep(void **state)
{
    (void)state;
    assert_true(is_valid("[[{\"a\":[{\"b\":[]}]},[]],{}]"));
    assert_false(is_valid("[[{\"a\":[{\"b\":[]}]},[]},{}]"));
    assert_false(is_valid("[[{\"a\":[{\"b\":[}]},[]],{}]"));
    assert_false(is_valid("{\"a\":[],[]}"));
    assert_false(is_valid("[\"a\":1]"));
}

/* ---- against jansson ---- */

static void assert_same_verdict(const char *bytes, size_t length_bytes)
{
    if (length_bytes > 0 && memchr(bytes, '\0', length_bytes)) {
        assert_false(json_scan_is_valid(bytes, length_bytes));
        return;
    }
    json_t *json = json_loadb(bytes, length_bytes, JSON_DECODE_ANY, NULL);
    bool expected = json != NULL;
    json_decref(json);
    if (json_scan_is_valid(bytes, length_bytes) != expected) {
        fail_msg("jansson says %d of: %.*s", expected, (int)length_bytes, bytes);
    }
}

/* The file in a block of exactly its size, so that ASan sees reads beyond it. */
static char *file_read(const char *name, size_t *length_bytes)
{
    char path[4096];
    (void)snprintf(path, sizeof(path), "%s/%s", SEEDS, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *length_bytes = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*length_bytes + 1);
    assert_int_equal(fread(bytes, 1, *length_bytes, file), *length_bytes);
    (void)fclose(file);
    return realloc(bytes, *length_bytes > 0 ? *length_bytes : 1);
}

/* Each byte in turn becomes each of those that mean something to JSON or to UTF-8. */
static void mutants_compare(char *bytes, size_t length_bytes)
{
    static const char marks[] =
        "\"\\{}[],:-+.eE019tu /\x1f\x7f\x80\xBF\xC2\xE0\xED\xF0\xF4";
    for (size_t i = 0; i < length_bytes; i++) {
        char kept = bytes[i];
        for (size_t j = 0; marks[j]; j++) {
            bytes[i] = marks[j];
            assert_same_verdict(bytes, length_bytes);
        }
        bytes[i] = kept;
        assert_same_verdict(bytes, i);
        assert_same_verdict(bytes + i, length_bytes - i);
    }
}

static void verdict__is_that_of_jansson__for_the_seeds_and_their_mutants(void **state)
{
    (void)state;
    DIR *folder = opendir(SEEDS);
    assert_non_null(folder);
    int count = 0;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (entry->d_name[0] == '.' || strncmp(entry->d_name, "deep_", 5) == 0) {
            continue;
        }
        size_t length_bytes = 0;
        char *bytes = file_read(entry->d_name, &length_bytes);
        assert_same_verdict(bytes, length_bytes);
        if (length_bytes <= 128) {
            mutants_compare(bytes, length_bytes);
        }
        free(bytes);
        count++;
    }
    (void)closedir(folder);
    assert_true(count >= 100);
}

static void numbers__overflow_where_strtod_does__around_the_limit(void **state)
{
    (void)state;
    char number[64];
    for (int exponent = -330; exponent <= 330; exponent++) {
        static const char *const mantissas[] = {"1",
                                                "-9.99",
                                                "0.001",
                                                "123456.7",
                                                "1.7976931348623158",
                                                "17976931348623159.0",
                                                "0",
                                                "0.0"};
        for (size_t i = 0; i < sizeof(mantissas) / sizeof(mantissas[0]); i++) {
            int length =
                snprintf(number, sizeof(number), "%se%d", mantissas[i], exponent);
            assert_same_verdict(number, (size_t)length);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid__is_one_value__of_any_type),
        cmocka_unit_test(sound__takes_more__than_valid_does),
        cmocka_unit_test(depth__is_limited__at_its_number),
        cmocka_unit_test(kinds_of_levels__are_kept_apart__when_deep),
        cmocka_unit_test(verdict__is_that_of_jansson__for_the_seeds_and_their_mutants),
        cmocka_unit_test(numbers__overflow_where_strtod_does__around_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
