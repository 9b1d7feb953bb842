#define _GNU_SOURCE /* asprintf */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "bot/export_graph.h"

/* Two boxes and a line, as `dot -Tplain` says it. */
#define GRAPH "graph 1 4.5 2\n"
#define NODES                                                                          \
    "node 0 1 1.5 1 0.5 \"\" solid box black lightgrey\n"                              \
    "node 1 3.25 1e-05 1 0.5 \"\" solid box black lightgrey\n"
#define EDGE "edge 0 1 4 1.5 1 2 1 2.5 1 3 -0.5 solid black\n"

struct ground {
    struct arena *arena;
    struct graph_box boxes[2];
    struct graph_line lines[1];
    struct graph graph;
};

static int setup(void **state)
{
    struct ground *ground = calloc(1, sizeof(*ground));

    ground->arena = arena_create();
    ground->lines[0] = (struct graph_line){.from = 0, .to = 1};
    for (size_t i = 0; i < 2; i++) {
        ground->boxes[i] = (struct graph_box){.width = 72, .height = 36};
    }
    ground->graph = (struct graph){.boxes = ground->boxes,
                                   .box_count = 2,
                                   .lines = ground->lines,
                                   .line_count = 1};
    *state = ground;
    return 0;
}

static int teardown(void **state)
{
    struct ground *ground = *state;

    arena_destroy(ground->arena);
    free(ground);
    return 0;
}

static bool reads(void **state, const char *plain)
{
    struct ground *ground = *state;

    return graph_read(ground->arena, &ground->graph, plain);
}

static void must_be(double found, double expected)
{
    assert_int_equal((long)(found * 100 + 0.5), (long)(expected * 100 + 0.5));
}

static void read__turns_inches_upside_down__when_all_is_there(void **state)
{
    struct ground *ground = *state;

    assert_true(reads(state, GRAPH NODES EDGE "stop\n"));
    must_be(ground->graph.width, 324);
    must_be(ground->graph.height, 144);
    must_be(ground->boxes[0].centre.x, 72);
    must_be(ground->boxes[0].centre.y, 36);
    must_be(ground->boxes[1].centre.y, 144);
    assert_int_equal(ground->lines[0].count, 4);
    must_be(ground->lines[0].points[0].x, 108);
    must_be(ground->lines[0].points[3].y, 180);
}

static void read__refuses__when_something_is_missing(void **state)
{
    assert_false(reads(state, ""));
    assert_false(reads(state, GRAPH EDGE));
    assert_false(reads(state, GRAPH NODES));
    assert_false(reads(state, "graph 1 4.5\n" NODES EDGE));
}

static void read__refuses__when_it_is_no_answer_of_dot(void **state)
{
    static const char *const answers[] = {
        GRAPH NODES EDGE EDGE,
        GRAPH "node 2 1 1\n" NODES EDGE,
        GRAPH "node -1 1 1\n" NODES EDGE,
        GRAPH "node a 1 1\n" NODES EDGE,
        GRAPH NODES "edge 1 0 4 1 1 2 1 2 1 3 1\n",
        GRAPH NODES "edge 0 1 5 1 1 2 1 2 1 3 1 3 1\n",
        GRAPH NODES "edge 0 1 4 1 1 2 1 2 1 3\n",
        GRAPH NODES "edge 0 1 999999 1 1\n",
        "graph 1 9999999999 2\n" NODES EDGE,
        GRAPH NODES "edge 0 1 4 1 1 2 1 2 1 3 nan\n",
    };

    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        if (reads(state, answers[i])) {
            fail_msg("was read: %s", answers[i]);
        }
    }
}

static void place__puts_causes_to_the_right__when_dot_is_there(void **state)
{
    struct ground *ground = *state;

    if (system("command -v dot >/dev/null") != 0) {
        skip();
    }
    assert_true(graph_place(ground->arena, &ground->graph));
    assert_true(ground->boxes[0].centre.x + 72 < ground->boxes[1].centre.x);
    assert_true(ground->lines[0].count >= 4);
}

static void place__says_no__when_there_is_no_dot(void **state)
{
    struct ground *ground = *state;
    const char *path = getenv("PATH");
    char *before = strdup(path == NULL ? "" : path);

    assert_int_equal(setenv("PATH", "/nowhere", 1), 0);
    assert_false(graph_place(ground->arena, &ground->graph));
    assert_int_equal(setenv("PATH", before, 1), 0);
    free(before);
}

/* A dot of our own: what it does, and then the answer that fits. */
static bool places_with(struct ground *ground, const char *does)
{
    char folder[] = "/tmp/muster-dot-XXXXXX", file[64];
    const char *path = getenv("PATH");
    char *before = strdup(path == NULL ? "" : path), *now;
    FILE *script;
    bool is_placed;

    assert_non_null(mkdtemp(folder));
    (void)snprintf(file, sizeof(file), "%s/dot", folder);
    script = fopen(file, "w");
    assert_non_null(script);
    (void)fprintf(script, "#!/bin/sh\n%s\ncat <<'END'\n%sEND\n", does,
                  GRAPH NODES EDGE "stop\n");
    assert_int_equal(fclose(script), 0);
    assert_int_equal(chmod(file, 0700), 0);
    assert_true(asprintf(&now, "%s:%s", folder, before) > 0);
    assert_int_equal(setenv("PATH", now, 1), 0);
    is_placed = graph_place(ground->arena, &ground->graph);
    assert_int_equal(setenv("PATH", before, 1), 0);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(rmdir(folder), 0);
    free(before);
    free(now);
    return is_placed;
}

static void place__tells_dot_no_secret__of_the_environment(void **state)
{
    assert_int_equal(setenv("SLACK_APP_TOKEN", "xapp-1", 1), 0);
    assert_true(places_with(*state, "test \"$(env | grep -c TOKEN)\" = 0 || exit 1"));
    assert_int_equal(unsetenv("SLACK_APP_TOKEN"), 0);
}

/* It would answer, but too late. */
static void place__says_no__when_dot_takes_too_long(void **state)
{
    struct ground *ground = *state;

    ground->graph.max_ms = 50;
    assert_false(places_with(ground, "sleep 2"));
    ground->graph.max_ms = 0;
    assert_true(places_with(ground, ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            read__turns_inches_upside_down__when_all_is_there, setup, teardown),
        cmocka_unit_test_setup_teardown(read__refuses__when_something_is_missing, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(read__refuses__when_it_is_no_answer_of_dot,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(
            place__puts_causes_to_the_right__when_dot_is_there, setup, teardown),
        cmocka_unit_test_setup_teardown(place__says_no__when_there_is_no_dot, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(place__tells_dot_no_secret__of_the_environment,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(place__says_no__when_dot_takes_too_long, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
