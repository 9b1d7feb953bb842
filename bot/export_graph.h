/*
 * Where the boxes and lines of a drawing go. Graphviz's `dot` is asked, where it is
 * installed: it is given sizes and numbers and gives back places, so that no words of
 * anybody reach it and what is drawn looks the same with any fonts. It runs as a
 * program of its own: the bot carries none of it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"

/* All in points (1/72 inch), from the top left corner. */
struct graph_point {
    double x, y;
};

struct graph_box {
    double width, height;      /* given */
    struct graph_point centre; /* found */
};

struct graph_line {
    size_t from, to;            /* given: places among the boxes */
    struct graph_point *points; /* found: a start, then threes of a Bézier curve */
    size_t count;
};

struct graph {
    struct graph_box *boxes;
    size_t box_count;
    struct graph_line *lines;
    size_t line_count;
    double width, height; /* found */
    int64_t max_ms;       /* given: how long dot may take; 0: GRAPH_WAIT_MS */
};

#define GRAPH_BOXES   150
#define GRAPH_LINES   600
#define GRAPH_WAIT_MS 5000

/* From left to right, `from` left of `to`. False: there is no dot, it failed or took
 * too long, or there are too many to look at. */
bool graph_place(struct arena *arena, struct graph *graph);
/* What dot answered, read into the graph; for graph_place and the tests. */
bool graph_read(struct arena *arena, struct graph *graph, const char *plain);
