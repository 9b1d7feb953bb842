/*
 * fsync_paced FOLDER PER_SECOND SECONDS   overwrites 4 KiB and syncs, at a fixed rate;
 * a latency counts from the moment the write was due. Prints "p50 MS p99 MS": what a
 * disk alone does to an acknowledgement that waits for it.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BLOCK_BYTES 4096
#define BLOCKS      1024

static double now_s(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void give_up(const char *what)
{
    perror(what);
    exit(1);
}

static void put_block(int fd, long i)
{
    static char block[BLOCK_BYTES];

    memset(block, 'x', sizeof(block));
    if (pwrite(fd, block, sizeof(block), i % BLOCKS * BLOCK_BYTES) != BLOCK_BYTES) {
        give_up("pwrite");
    }
}

static void wait_until(double at_s)
{
    double left_s = at_s - now_s();
    struct timespec left = {.tv_nsec = (long)(left_s * 1e9)};

    if (left_s > 0) {
        (void)nanosleep(&left, NULL);
    }
}

/* The file keeps its name only until it is open. */
static int file_make(const char *folder)
{
    char path[512];
    int fd;

    (void)snprintf(path, sizeof(path), "%s/fsync_paced", folder);
    fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || unlink(path) != 0) {
        give_up(path);
    }
    for (long i = 0; i < BLOCKS; i++) {
        put_block(fd, i);
    }
    if (fsync(fd) != 0) {
        give_up("fsync");
    }
    return fd;
}

int main(int argc, char **argv)
{
    double rate = argc == 4 ? strtod(argv[2], NULL) : 0, start_s;
    long count = argc == 4 ? (long)(rate * strtod(argv[3], NULL)) : 0;
    double *late_ms = calloc((size_t)(count > 0 ? count : 1), sizeof(*late_ms));
    int fd;

    if (rate < 2 || count < 1 || late_ms == NULL) {
        (void)fprintf(stderr, "usage: fsync_paced FOLDER PER_SECOND SECONDS\n");
        free(late_ms);
        return 2;
    }
    fd = file_make(argv[1]);
    start_s = now_s();
    for (long i = 0; i < count; i++) {
        double due_s = start_s + (double)i / rate;

        wait_until(due_s);
        put_block(fd, i);
        if (fdatasync(fd) != 0) {
            give_up("fdatasync");
        }
        late_ms[i] = (now_s() - due_s) * 1e3;
    }
    qsort(late_ms, (size_t)count, sizeof(*late_ms), ascending);
    (void)printf("p50 %.3f p99 %.3f\n", late_ms[count / 2], late_ms[count * 99 / 100]);
    free(late_ms);
    (void)close(fd);
    return 0;
}
