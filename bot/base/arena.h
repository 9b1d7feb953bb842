/*
 * A bump allocator. Everything of one turn lives in one arena and goes with it, so
 * nobody frees events, rows or notes one by one. Allocation never fails: out of memory
 * aborts.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_create(void);
void arena_destroy(struct arena *arena); /* accepts NULL */

/* Forgets all that was allocated. Blocks over 1 MiB go back to the system. */
void arena_reset(struct arena *arena);

/* Zeroed, aligned for any type; lives until reset or destroy. */
void *arena_alloc(struct arena *arena, size_t size_bytes);

/* NUL-terminated copies; arena_copy(NULL) is NULL. */
char *arena_copy(struct arena *arena, const char *string);
char *arena_copy_n(struct arena *arena, const char *bytes, size_t length_bytes);

/* For words that people read: another text may stand in their place (base/phrase.h). */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
/* For what is read by the program: keys, paths, command lines, and facts that a rule
 * reads back from the timeline. No text ever stands in its place. */
char *arena_exact(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vexact(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count)                                                \
    ((type *)arena_alloc((arena), (count) * sizeof(type)))
