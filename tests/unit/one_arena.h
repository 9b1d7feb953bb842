/*
 * One arena for all tests of a program, and cmocka with what it must see first. Given
 * to cmocka_run_group_tests; `*state` is the arena as well.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bot/base/arena.h"

static struct arena *arena;

static inline int arena_setup(void **state)
{
    *state = arena = arena_create();
    return 0;
}

static inline int arena_teardown(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}
