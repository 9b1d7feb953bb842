/*
 * Factors as a tree to read: what happened first, what stands behind it under it, each
 * once; one that stands behind several is named again without what is behind it. Pure:
 * rows in, lines out.
 */
#pragma once

#include "bot/base/arena.h"
#include "store/factors.h"

struct factor_tree_line {
    const struct factor *factor;
    const char *lead; /* the branches before it: "", "├ ", "│ └ " */
    size_t depth;     /* 0: nothing given happened because of it */
    bool is_again;    /* stands above already, with all that is behind it */
    bool is_leaf;     /* nothing stands behind it */
};
struct factor_tree {
    struct factor_tree_line *all;
    size_t count;
};

/* The factors must outlive the tree. A link that names another factor is passed over.
 */
struct factor_tree factor_tree_grow(struct arena *arena, const struct factors *factors,
                                    const struct factor_links *links);
/* How many whys deep n stands; links must have no loop. */
size_t factor_tree_depth(struct arena *arena, const struct factor_links *links,
                         int64_t n);
/* "process, outside": kinds that none of them is of; irrelevant ones don't count.
 * NULL: all are there. */
const char *factor_tree_empty_kinds(struct arena *arena, const struct factors *factors);
bool factor_tree_has_kind(const struct factors *factors, const char *kind);
/* Judged to have had no part in it. */
bool factor_is_irrelevant(const struct factor *factor);
