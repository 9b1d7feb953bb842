/*
 * turn_bench [MESSAGES]   durable messages a second through the whole turn, beside a
 * bare loop that puts the same rows: in groups of 1, 10 and 64 a commit, five rounds of
 * each, in turn (A B A B …). Prints medians and their ratio; 1 where a ratio is under
 * the floor. Works in a new folder under $TMPDIR.
 */
#include "tests/bench/turn_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bot/base/time.h"
#include "store/incidents.h"
#include "store/people.h"

#define ROUNDS      5
#define RATIO_FLOOR 0.40
#define TEXT_BYTES  240

typedef double loop_run_fn(const struct bench_load *load);

static void must(bool ok, const struct err *err)
{
    if (!ok) {
        (void)fprintf(stderr, "turn_bench: %s\n", err->text);
        exit(1);
    }
}

/* The people, and one open incident in the channel that everybody writes to. */
static int64_t store_fill(const char *path)
{
    struct store store;
    struct err err;
    struct incident incident = {
        .title = "the shop is slow",
        .state = INCIDENT_ACTIVE,
        .severity = "sev2",
        .declared_ms = time_now_ms(),
        .started_ms = TIME_NONE,
        .detected_ms = TIME_NONE,
        .mitigated_ms = TIME_NONE,
        .normal_ms = TIME_NONE,
        .resolved_ms = TIME_NONE,
        .adapter = "bench",
        .channel_name = "inc-{id}",
    };
    struct person *person = NULL;
    char id[16];

    must(store_open(&store, path, &err) == STORE_OK, &err);
    store.arena = arena_create();
    for (int i = 0; i < BENCH_PEOPLE; i++) {
        (void)snprintf(id, sizeof(id), "U0BENCH%02d", i);
        must(person_meet(&store, &(struct account){.adapter = "bench", .external = id},
                         &person, &err),
             &err);
    }
    incident.declared_by = person->id;
    must(incident_insert(&store, &incident, &err) &&
             incident_set_channel(&store, incident.id, "C0BENCH000", "inc-1", &err),
         &err);
    arena_destroy(store.arena);
    store_close(&store);
    return incident.id;
}

static void store_remove(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".lock"};
    char file[320];

    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        (void)snprintf(file, sizeof(file), "%s%s", path, endings[i]);
        (void)unlink(file);
    }
}

static double run_once(loop_run_fn *run, struct bench_load *load)
{
    double per_s;

    load->incident_id = store_fill(load->path);
    per_s = run(load);
    store_remove(load->path);
    return per_s;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double *figures)
{
    qsort(figures, ROUNDS, sizeof(*figures), ascending);
    return figures[ROUNDS / 2];
}

/* The ratio is taken pair by pair: what disturbs a round disturbs both. */
static double compare(struct bench_load *load)
{
    double turn[ROUNDS], bare[ROUNDS], ratio[ROUNDS], median_ratio;

    for (int i = 0; i < ROUNDS; i++) {
        turn[i] = run_once(turn_loop_run, load);
        bare[i] = run_once(bare_loop_run, load);
        ratio[i] = turn[i] / bare[i];
    }
    median_ratio = median(ratio);
    (void)printf("%5lld %14.0f %14.0f %8.2f  %6.2f  %s\n", (long long)load->group,
                 median(turn), median(bare), median_ratio, RATIO_FLOOR,
                 median_ratio >= RATIO_FLOOR ? "met" : "NOT MET");
    (void)fflush(stdout);
    return median_ratio;
}

int main(int argc, char **argv)
{
    static const int64_t groups[] = {1, 10, 64};
    const char *tmp = getenv("TMPDIR");
    int64_t messages = argc > 1 ? strtoll(argv[1], NULL, 10) : 20000;
    char folder[256], path[300], text[TEXT_BYTES + 1];
    bool is_met = true;

    (void)snprintf(folder, sizeof(folder), "%s/muster-bench-XXXXXX",
                   tmp != NULL ? tmp : "/tmp");
    if (messages < 1 || mkdtemp(folder) == NULL) {
        perror("turn_bench");
        return 2;
    }
    (void)snprintf(path, sizeof(path), "%s/muster.db", folder);
    memset(text, 'x', TEXT_BYTES);
    text[TEXT_BYTES] = '\0';
    (void)printf("durable messages/s, medians of %d (store in %s)\n"
                 "group    whole turn      bare loop    ratio   floor\n",
                 ROUNDS, folder);
    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
        struct bench_load load = {.path = path,
                                  .messages = groups[i] == 1 ? messages / 10 : messages,
                                  .group = groups[i],
                                  .text = text};

        is_met = compare(&load) >= RATIO_FLOOR && is_met;
    }
    (void)rmdir(folder);
    return is_met ? 0 : 1;
}
