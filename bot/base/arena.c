#include "bot/base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/err.h"
#include "bot/base/phrase.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_HAS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_HAS_ASAN 1
#endif
#endif

/*
 * Under ASan all space that nobody holds is poisoned, and a gap stays behind each
 * piece: use after a turn and writing over an end are found at once, although the
 * memory is never freed.
 */
#ifdef ARENA_HAS_ASAN
#include <sanitizer/asan_interface.h>
#define ARENA_GAP_BYTES 16
#else
#define ARENA_GAP_BYTES 0
#endif

#define ARENA_FIRST_BYTES ((size_t)4 * 1024) /* most arenas hold one small call */
#define ARENA_KEPT_BYTES  ((size_t)1024 * 1024)
#define ARENA_ALIGN       _Alignof(max_align_t)

struct arena_block {
    struct arena_block *older;
    size_t size_bytes, used_bytes;
    _Alignas(max_align_t) unsigned char space[];
};

struct arena {
    struct arena_block *newest;
};

static void space_poison(const void *space, size_t size_bytes)
{
#ifdef ARENA_HAS_ASAN
    __asan_poison_memory_region(space, size_bytes);
#else
    (void)space;
    (void)size_bytes;
#endif
}

static void space_unpoison(const void *space, size_t size_bytes)
{
#ifdef ARENA_HAS_ASAN
    __asan_unpoison_memory_region(space, size_bytes);
#else
    (void)space;
    (void)size_bytes;
#endif
}

static void *memory_get(size_t size_bytes)
{
    void *memory = calloc(1, size_bytes);
    if (!memory) {
        err_bug(__FILE__, __LINE__, "out of memory");
    }
    return memory;
}

static void block_free(struct arena_block *block)
{
    space_unpoison(block->space, block->size_bytes);
    free(block);
}

/* Each block is twice the one before, up to what a reset keeps; large pieces get their
 * own size. */
static struct arena_block *block_add(struct arena *arena, size_t needed_bytes)
{
    size_t size_bytes = ARENA_FIRST_BYTES;
    if (arena->newest) {
        size_bytes = arena->newest->size_bytes * 2;
    }
    if (size_bytes > ARENA_KEPT_BYTES) {
        size_bytes = ARENA_KEPT_BYTES;
    }
    if (size_bytes < needed_bytes) {
        size_bytes = needed_bytes;
    }
    struct arena_block *block = memory_get(sizeof(*block) + size_bytes);
    *block = (struct arena_block){.older = arena->newest, .size_bytes = size_bytes};
    space_poison(block->space, size_bytes);
    arena->newest = block;
    return block;
}

struct arena *arena_create(void)
{
    struct arena *arena = memory_get(sizeof(*arena));
    arena->newest = NULL;
    return arena;
}

void arena_destroy(struct arena *arena)
{
    if (!arena) {
        return;
    }
    while (arena->newest) {
        struct arena_block *block = arena->newest;
        arena->newest = block->older;
        block_free(block);
    }
    free(arena);
}

/* Of the blocks that may be kept the largest is: the next turn is likely to fit into
 * it. */
void arena_reset(struct arena *arena)
{
    struct arena_block *kept = NULL;
    while (arena->newest) {
        struct arena_block *block = arena->newest;
        arena->newest = block->older;
        bool is_better = block->size_bytes <= ARENA_KEPT_BYTES &&
                         (!kept || block->size_bytes > kept->size_bytes);
        if (!is_better) {
            block_free(block);
            continue;
        }
        if (kept) {
            block_free(kept);
        }
        kept = block;
    }
    if (kept) {
        kept->older = NULL;
        kept->used_bytes = 0;
        space_poison(kept->space, kept->size_bytes);
    }
    arena->newest = kept;
}

void *arena_alloc(struct arena *arena, size_t size_bytes)
{
    INSIST(size_bytes < SIZE_MAX / 4);
    size_t whole_bytes =
        (size_bytes + ARENA_GAP_BYTES + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
    struct arena_block *block = arena->newest;
    if (!block || block->size_bytes - block->used_bytes < whole_bytes) {
        block = block_add(arena, whole_bytes);
    }
    void *piece = block->space + block->used_bytes;
    block->used_bytes += whole_bytes;
    space_unpoison(piece, size_bytes);
    memset(piece, 0, size_bytes);
    return piece;
}

char *arena_copy(struct arena *arena, const char *string)
{
    return string ? arena_copy_n(arena, string, strlen(string)) : NULL;
}

char *arena_copy_n(struct arena *arena, const char *bytes, size_t length_bytes)
{
    char *copy = arena_alloc(arena, length_bytes + 1);
    if (length_bytes > 0) {
        memcpy(copy, bytes, length_bytes);
    }
    return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *string = arena_vprintf(arena, format, args);
    va_end(args);
    return string;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
    return arena_vexact(arena, phrase_of(format), args);
}

char *arena_exact(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *string = arena_vexact(arena, format, args);
    va_end(args);
    return string;
}

char *arena_vexact(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    INSIST(length >= 0);
    char *string = arena_alloc(arena, (size_t)length + 1);
    length = vsnprintf(string, (size_t)length + 1, format, args);
    INSIST(length >= 0);
    return string;
}
