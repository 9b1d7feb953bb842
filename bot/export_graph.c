#include "bot/export_graph.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <spawn.h>

#include "bot/base/err.h"
#include "bot/base/time.h"

#define POINTS_PER_INCH  72.0
#define ANSWER_MAX_BYTES ((size_t)1024 * 1024)
#define LINE_POINTS_MAX  1000
#define DIGITS_MAX       5 /* further out it is no drawing */

/* ---- reading: https://graphviz.org/docs/outputs/plain/ ---- */

struct reading {
    struct arena *arena;
    struct graph *graph;
    char *rest; /* of the line: words, cut off one by one */
    size_t boxes_seen, lines_seen;
};

static const char *next_word(struct reading *reading)
{
    char *word = reading->rest + strspn(reading->rest, " \r");

    reading->rest = word + strcspn(word, " \r");
    if (*reading->rest != '\0') {
        *reading->rest++ = '\0';
    }
    return word;
}

/* strtod goes by the locale; a program that called setlocale may want commas. */
static bool read_number(const char *word, double *number)
{
    size_t whole = strspn(word + (*word == '-' ? 1 : 0), "0123456789");
    const char *at = word + (*word == '-' ? 1 : 0);
    double value = 0, unit = 1;

    if (whole == 0 || whole > DIGITS_MAX) {
        return false;
    }
    for (; *at >= '0' && *at <= '9'; at++) {
        value = value * 10 + (*at - '0');
    }
    if (*at == '.') {
        for (at++; *at >= '0' && *at <= '9'; at++) {
            unit /= 10;
            value += unit * (*at - '0');
        }
    }
    if (*at == 'e') { /* 1e-05 is nothing, 1e+06 too far out */
        value = 0;
        at += at[1] == '-' ? strlen(at) : 0;
    }
    *number = *word == '-' ? -value : value;
    return *at == '\0';
}

static bool next_number(struct reading *reading, double *number)
{
    return read_number(next_word(reading), number);
}

/* dot counts upwards, we downwards. */
static bool next_point(struct reading *reading, struct graph_point *point)
{
    double x, y;

    if (!next_number(reading, &x) || !next_number(reading, &y)) {
        return false;
    }
    point->x = x * POINTS_PER_INCH;
    point->y = reading->graph->height - y * POINTS_PER_INCH;
    return true;
}

/* graph SCALE WIDTH HEIGHT */
static bool read_graph(struct reading *reading)
{
    double scale, width, height;

    if (!next_number(reading, &scale) || !next_number(reading, &width) ||
        !next_number(reading, &height)) {
        return false;
    }
    reading->graph->width = width * POINTS_PER_INCH;
    reading->graph->height = height * POINTS_PER_INCH;
    return true;
}

static bool next_place(struct reading *reading, size_t *place)
{
    double number;

    if (!next_number(reading, &number) || number < 0 ||
        number >= (double)reading->graph->box_count) {
        return false;
    }
    *place = (size_t)number;
    return true;
}

/* node NAME X Y … */
static bool read_node(struct reading *reading)
{
    size_t place;

    if (!next_place(reading, &place) ||
        !next_point(reading, &reading->graph->boxes[place].centre)) {
        return false;
    }
    reading->boxes_seen++;
    return true;
}

static struct graph_line *find_line(struct graph *graph, size_t from, size_t to)
{
    for (size_t i = 0; i < graph->line_count; i++) {
        struct graph_line *line = &graph->lines[i];

        if (line->from == from && line->to == to && line->points == NULL) {
            return line;
        }
    }
    return NULL;
}

/* edge TAIL HEAD N X1 Y1 … */
static bool read_edge(struct reading *reading)
{
    size_t from, to;
    double count;
    struct graph_line *line;

    if (!next_place(reading, &from) || !next_place(reading, &to) ||
        !next_number(reading, &count) || count < 4 || count > LINE_POINTS_MAX) {
        return false;
    }
    line = find_line(reading->graph, from, to);
    if (line == NULL) {
        return false;
    }
    line->count = (size_t)count;
    line->points = ARENA_ARRAY(reading->arena, struct graph_point, line->count);
    for (size_t i = 0; i < line->count; i++) {
        if (!next_point(reading, &line->points[i])) {
            return false;
        }
    }
    reading->lines_seen++;
    return line->count % 3 == 1;
}

static bool read_line(struct reading *reading)
{
    const char *word = next_word(reading);

    return strcmp(word, "graph") == 0  ? read_graph(reading)
           : strcmp(word, "node") == 0 ? read_node(reading)
           : strcmp(word, "edge") == 0 ? read_edge(reading)
                                       : true;
}

bool graph_read(struct arena *arena, struct graph *graph, const char *plain)
{
    struct reading reading = {.arena = arena, .graph = graph};
    bool fits = true;

    for (size_t i = 0; i < graph->line_count; i++) {
        graph->lines[i].points = NULL;
    }
    while (fits && *plain != '\0') {
        size_t length = strcspn(plain, "\n");

        reading.rest = arena_copy_n(arena, plain, length);
        fits = read_line(&reading);
        plain += length + (plain[length] == '\n' ? 1 : 0);
    }
    return fits && reading.boxes_seen == graph->box_count &&
           reading.lines_seen == graph->line_count;
}

/* ---- asking ---- */

/* Thousandths, so that no locale puts a comma there. */
static void write_inches(FILE *file, double points)
{
    long thousandths = (long)(points / POINTS_PER_INCH * 1000 + 0.5);

    (void)fprintf(file, "%ld.%03ld", thousandths / 1000, thousandths % 1000);
}

static void write_question(FILE *file, const struct graph *graph)
{
    (void)fputs("digraph {\nrankdir=LR; ranksep=0.6; nodesep=0.25; splines=true;\n"
                "node [shape=box, fixedsize=true, label=\"\"]; edge [dir=none];\n",
                file);
    for (size_t i = 0; i < graph->box_count; i++) {
        (void)fprintf(file, "%zu [width=", i);
        write_inches(file, graph->boxes[i].width);
        (void)fputs(", height=", file);
        write_inches(file, graph->boxes[i].height);
        (void)fputs("];\n", file);
    }
    for (size_t i = 0; i < graph->line_count; i++) {
        (void)fprintf(file, "%zu -> %zu;\n", graph->lines[i].from, graph->lines[i].to);
    }
    (void)fputs("}\n", file);
}

/* Of the environment the way to programs alone: what else is in it, tokens among them,
 * is none of dot's business. */
static bool start_dot(struct arena *arena, FILE *in, FILE *out, pid_t *pid)
{
    const char *path = getenv("PATH");
    char *const words[] = {"dot", "-Tplain", NULL};
    char *const environment[] = {
        path == NULL ? NULL : arena_printf(arena, "PATH=%s", path), NULL};
    posix_spawn_file_actions_t actions;
    bool is_started;

    INSIST(posix_spawn_file_actions_init(&actions) == 0);
    INSIST(posix_spawn_file_actions_adddup2(&actions, fileno(in), 0) == 0 &&
           posix_spawn_file_actions_adddup2(&actions, fileno(out), 1) == 0 &&
           posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) ==
               0);
    is_started = posix_spawnp(pid, "dot", &actions, NULL, words, environment) == 0;
    (void)posix_spawn_file_actions_destroy(&actions);
    return is_started;
}

/* Its end: how it ended; -1 while it runs. */
static int end_of_dot(pid_t pid, int flags)
{
    int status = 0;
    pid_t ended = waitpid(pid, &status, flags);

    if (ended == 0 || (ended < 0 && errno == EINTR)) {
        return -1;
    }
    return ended == pid && WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

/* It is looked after every few milliseconds; past its time it is ended. */
static bool wait_for_dot(pid_t pid, int64_t max_ms)
{
    const struct timespec a_while = {.tv_nsec = 2000000};
    int64_t until_ms = time_steady_ms() + max_ms;
    int status = end_of_dot(pid, WNOHANG);

    while (status < 0 && time_steady_ms() < until_ms) {
        (void)nanosleep(&a_while, NULL);
        status = end_of_dot(pid, WNOHANG);
    }
    if (status < 0) {
        (void)kill(pid, SIGKILL);
        do {
            status = end_of_dot(pid, 0);
        } while (status < 0);
        return false;
    }
    return status == 0;
}

/* Files in between, so that neither waits for the other to read. */
static bool run_dot(struct arena *arena, FILE *in, FILE *out, int64_t max_ms)
{
    pid_t pid = 0;

    return start_dot(arena, in, out, &pid) && wait_for_dot(pid, max_ms);
}

static const char *read_answer(struct arena *arena, FILE *out)
{
    char *answer = arena_alloc(arena, ANSWER_MAX_BYTES + 1);
    size_t length;

    rewind(out);
    length = fread(answer, 1, ANSWER_MAX_BYTES, out);
    answer[length] = '\0';
    return answer;
}

bool graph_place(struct arena *arena, struct graph *graph)
{
    FILE *in, *out;
    bool is_placed = false;

    if (graph->box_count > GRAPH_BOXES || graph->line_count > GRAPH_LINES) {
        return false;
    }
    in = tmpfile();
    out = tmpfile();
    if (in != NULL && out != NULL) {
        write_question(in, graph);
        is_placed = fflush(in) == 0 && fseek(in, 0, SEEK_SET) == 0 &&
                    run_dot(arena, in, out,
                            graph->max_ms == 0 ? GRAPH_WAIT_MS : graph->max_ms) &&
                    graph_read(arena, graph, read_answer(arena, out));
    }
    if (in != NULL) {
        (void)fclose(in);
    }
    if (out != NULL) {
        (void)fclose(out);
    }
    return is_placed;
}
