#include "bot/factor_tree.h"

#include "bot/base/text.h"

/* Blanks that a platform does not fold into one. */
#define GAP "\u00a0\u00a0"

/* A factor that is still to be drawn. */
struct branch {
    size_t at;        /* its place among the factors */
    const char *lead; /* of its own line */
    const char *stem; /* before the lines of what stands behind it */
    size_t depth;
};

struct growth {
    struct arena *arena;
    const struct factors *factors;
    const struct factor_links *links;
    bool *is_drawn; /* by place */
    struct branch *stack;
    size_t height;
    struct factor_tree tree;
};

/* The count where there is none. */
static size_t place_of(const struct factors *factors, int64_t n)
{
    size_t at = 0;

    while (at < factors->count && factors->all[at].n != n) {
        at++;
    }
    return at;
}

static bool is_root(const struct growth *growth, int64_t n)
{
    const struct factor_links *links = growth->links;

    for (size_t i = 0; i < links->count; i++) {
        if (links->all[i][1] == n &&
            place_of(growth->factors, links->all[i][0]) < growth->factors->count) {
            return false;
        }
    }
    return true;
}

static void push(struct growth *growth, struct branch branch)
{
    growth->stack[growth->height++] = branch;
}

/* The last first: it comes off the stack last. *is_leaf: there are none. */
static void push_behind(struct growth *growth, const struct branch *branch,
                        bool *is_leaf)
{
    const struct factor_links *links = growth->links;
    int64_t n = growth->factors->all[branch->at].n;

    *is_leaf = true;
    for (size_t i = links->count; i > 0; i--) {
        size_t at = place_of(growth->factors, links->all[i - 1][1]);

        if (links->all[i - 1][0] != n || at == growth->factors->count) {
            continue;
        }
        push(growth, (struct branch){
                         .at = at,
                         .depth = branch->depth + 1,
                         .lead = arena_printf(growth->arena, "%s%s", branch->stem,
                                              *is_leaf ? "└ " : "├ "),
                         .stem = arena_printf(growth->arena, "%s%s", branch->stem,
                                              *is_leaf ? GAP : "│ "),
                     });
        *is_leaf = false;
    }
}

static void draw(struct growth *growth, const struct branch *branch)
{
    struct factor_tree_line *line = &growth->tree.all[growth->tree.count++];

    *line = (struct factor_tree_line){
        .factor = &growth->factors->all[branch->at],
        .lead = branch->lead,
        .depth = branch->depth,
        .is_again = growth->is_drawn[branch->at],
    };
    if (!line->is_again) {
        growth->is_drawn[branch->at] = true;
        push_behind(growth, branch, &line->is_leaf);
    }
}

struct factor_tree factor_tree_grow(struct arena *arena, const struct factors *factors,
                                    const struct factor_links *links)
{
    size_t most = factors->count + links->count + 1;
    struct growth growth = {
        .arena = arena,
        .factors = factors,
        .links = links,
        .is_drawn = ARENA_ARRAY(arena, bool, factors->count + 1),
        .stack = ARENA_ARRAY(arena, struct branch, most),
        .tree = {.all = ARENA_ARRAY(arena, struct factor_tree_line, most)},
    };

    for (size_t i = factors->count; i > 0; i--) {
        if (is_root(&growth, factors->all[i - 1].n)) {
            push(&growth, (struct branch){.at = i - 1, .lead = "", .stem = ""});
        }
    }
    while (growth.height > 0) {
        struct branch branch = growth.stack[--growth.height];

        draw(&growth, &branch);
    }
    return growth.tree;
}

static bool holds(const int64_t *numbers, size_t count, int64_t n)
{
    for (size_t i = 0; i < count; i++) {
        if (numbers[i] == n) {
            return true;
        }
    }
    return false;
}

/* Into `above` what happened because of any of `these`, each once: how many. */
static size_t step_up(const struct factor_links *links, const int64_t *these,
                      size_t count, int64_t *above)
{
    size_t found = 0;

    for (size_t i = 0; i < links->count; i++) {
        const int64_t *link = links->all[i];

        if (holds(these, count, link[1]) && !holds(above, found, link[0])) {
            above[found++] = link[0];
        }
    }
    return found;
}

/* As many steps as there are until nothing is above: the longest way counts. */
size_t factor_tree_depth(struct arena *arena, const struct factor_links *links,
                         int64_t n)
{
    int64_t *these = ARENA_ARRAY(arena, int64_t, links->count + 1);
    int64_t *above = ARENA_ARRAY(arena, int64_t, links->count + 1);
    size_t count = 1, depth = 0;

    these[0] = n;
    while (depth <= links->count && (count = step_up(links, these, count, above)) > 0) {
        int64_t *spare = these;

        these = above;
        above = spare;
        depth++;
    }
    return depth;
}

bool factor_tree_has_kind(const struct factors *factors, const char *kind)
{
    for (size_t i = 0; i < factors->count; i++) {
        if (text_equal(factors->all[i].kind, kind) &&
            !text_equal(factors->all[i].judged, "irrelevant")) {
            return true;
        }
    }
    return false;
}

const char *factor_tree_empty_kinds(struct arena *arena, const struct factors *factors)
{
    static const char *const kinds[] = {"technical", "process", "people", "outside"};
    struct text list;

    text_init(&list, arena);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (!factor_tree_has_kind(factors, kinds[i])) {
            text_addf(&list, "%s%s", list.length_bytes == 0 ? "" : ", ", kinds[i]);
        }
    }
    return list.length_bytes == 0 ? NULL : list.data;
}

bool factor_is_irrelevant(const struct factor *factor)
{
    return text_equal(factor->judged, "irrelevant");
}
