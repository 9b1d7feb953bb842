#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bot/base/text.h"
#include "bot/factor_tree.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct factor all[] = {
    {.n = 1, .kind = "technical"},
    {.n = 2, .kind = "technical"},
    {.n = 3, .kind = "process"},
    {.n = 4, .kind = "process"},
    {.n = 5, .kind = "outside", .judged = "irrelevant"},
};

/* "1 | ├ 2 | └ 3" */
static const char *drawn(struct arena *arena, int64_t (*links)[2], size_t count)
{
    const struct factors factors = {.all = all, .count = COUNT(all)};
    struct factor_tree tree = factor_tree_grow(
        arena, &factors, &(struct factor_links){.all = links, .count = count});
    struct text text;

    text_init(&text, arena);
    for (size_t i = 0; i < tree.count; i++) {
        text_addf(&text, "%s%s%lld%s", i == 0 ? "" : "|", tree.all[i].lead,
                  (long long)tree.all[i].factor->n, tree.all[i].is_again ? "!" : "");
    }
    return text.data;
}

static void factor_tree__puts_behind_under__in_branches(void **state)
{
    struct arena *arena = arena_create();
    int64_t links[][2] = {{1, 2}, {1, 4}, {2, 3}};

    (void)state;
    assert_string_equal(drawn(arena, NULL, 0), "1|2|3|4|5");
    assert_string_equal(drawn(arena, links, COUNT(links)), "1|├ 2|│ └ 3|└ 4|5");
    arena_destroy(arena);
}

static void factor_tree__names_again__what_stands_behind_two(void **state)
{
    struct arena *arena = arena_create();
    int64_t links[][2] = {{1, 3}, {2, 3}, {3, 4}};

    (void)state;
    assert_string_equal(drawn(arena, links, COUNT(links)),
                        "1|└ 3|\u00a0\u00a0└ 4|2|└ 3!|5");
    arena_destroy(arena);
}

static void factor_tree__passes_over__links_to_what_is_gone(void **state)
{
    struct arena *arena = arena_create();
    int64_t links[][2] = {{9, 1}, {2, 9}};

    (void)state;
    assert_string_equal(drawn(arena, links, COUNT(links)), "1|2|3|4|5");
    arena_destroy(arena);
}

static void factor_tree_depth__counts_the_longest_way(void **state)
{
    struct arena *arena = arena_create();
    int64_t numbers[][2] = {{1, 2}, {2, 3}, {1, 3}, {3, 4}};
    const struct factor_links links = {.all = numbers, .count = COUNT(numbers)};

    (void)state;
    assert_int_equal(factor_tree_depth(arena, &links, 1), 0);
    assert_int_equal(factor_tree_depth(arena, &links, 3), 2);
    assert_int_equal(factor_tree_depth(arena, &links, 4), 3);
    assert_int_equal(factor_tree_depth(arena, &links, 7), 0);
    arena_destroy(arena);
}

static void factor_tree_empty_kinds__counts_no_irrelevant_ones(void **state)
{
    struct arena *arena = arena_create();
    const struct factors factors = {.all = all, .count = COUNT(all)};

    (void)state;
    assert_string_equal(factor_tree_empty_kinds(arena, &factors), "people, outside");
    all[4].judged = "direct";
    assert_string_equal(factor_tree_empty_kinds(arena, &factors), "people");
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(factor_tree__puts_behind_under__in_branches),
        cmocka_unit_test(factor_tree__names_again__what_stands_behind_two),
        cmocka_unit_test(factor_tree__passes_over__links_to_what_is_gone),
        cmocka_unit_test(factor_tree_depth__counts_the_longest_way),
        cmocka_unit_test(factor_tree_empty_kinds__counts_no_irrelevant_ones),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
