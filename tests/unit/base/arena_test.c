#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bot/base/arena.h"

static void alloc__is_zeroed_and_aligned__for_any_size(void **state)
{
    (void)state;
    struct arena *arena = arena_create();
    for (size_t size = 0; size < 300; size++) {
        unsigned char *piece = arena_alloc(arena, size);
        assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(piece[i], 0);
            piece[i] = 0xFF;
        }
    }
    arena_destroy(arena);
}

static void alloc__is_zeroed__when_the_space_was_used_before(void **state)
{
    (void)state;
    struct arena *arena = arena_create();
    memset(arena_alloc(arena, 1000), 0xFF, 1000);
    arena_reset(arena);
    unsigned char *piece = arena_alloc(arena, 1000);
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(piece[i], 0);
    }
    arena_destroy(arena);
}

static void alloc__keeps_older_pieces__when_blocks_are_added(void **state)
{
    (void)state;
    struct arena *arena = arena_create();
    int *numbers[2000];
    for (int i = 0; i < 2000; i++) {
        numbers[i] = ARENA_ARRAY(arena, int, 500);
        numbers[i][0] = numbers[i][499] = i;
    }
    for (int i = 0; i < 2000; i++) {
        assert_int_equal(numbers[i][0], i);
        assert_int_equal(numbers[i][499], i);
    }
    arena_destroy(arena);
}

static void alloc__gives_a_piece__when_it_is_larger_than_any_block(void **state)
{
    (void)state;
    struct arena *arena = arena_create();
    const size_t size = (size_t)5 * 1024 * 1024;
    char *large = arena_alloc(arena, size);
    char *small = arena_copy(arena, "small");
    memset(large, 'x', size);
    assert_string_equal(small, "small");
    arena_reset(arena);
    assert_string_equal(arena_copy(arena, "again"), "again");
    arena_destroy(arena);
}

static void copy__is_null__when_given_null(void **state)
{
    (void)state;
    struct arena *arena = arena_create();
    assert_null(arena_copy(arena, NULL));
    assert_string_equal(arena_copy(arena, ""), "");
    assert_string_equal(arena_copy_n(arena, "abcdef", 3), "abc");
    assert_string_equal(arena_copy_n(arena, NULL, 0), "");
    arena_destroy(arena);
    arena_destroy(NULL);
}

static void printf__takes_any_length__when_it_is_long(void **state)
{
    (void)state;
    struct arena *arena = arena_create();
    char *string = arena_printf(arena, "%0100000d|%s", 7, "end");
    assert_int_equal(strlen(string), 100004);
    assert_string_equal(string + 99999, "7|end");
    assert_string_equal(arena_printf(arena, "%s", ""), "");
    arena_destroy(arena);
}

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>

static void reset__poisons__what_nobody_holds(void **state)
{
    (void)state;
    struct arena *arena = arena_create();
    char *piece = arena_alloc(arena, 40);
    assert_false(__asan_address_is_poisoned(piece));
    assert_false(__asan_address_is_poisoned(piece + 39));
    assert_true(__asan_address_is_poisoned(piece + 40));
    arena_reset(arena);
    assert_true(__asan_address_is_poisoned(piece));
    arena_destroy(arena);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alloc__is_zeroed_and_aligned__for_any_size),
        cmocka_unit_test(alloc__is_zeroed__when_the_space_was_used_before),
        cmocka_unit_test(alloc__keeps_older_pieces__when_blocks_are_added),
        cmocka_unit_test(alloc__gives_a_piece__when_it_is_larger_than_any_block),
        cmocka_unit_test(copy__is_null__when_given_null),
        cmocka_unit_test(printf__takes_any_length__when_it_is_long),
#ifdef __SANITIZE_ADDRESS__
        cmocka_unit_test(reset__poisons__what_nobody_holds),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
