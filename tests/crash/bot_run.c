#define _XOPEN_SOURCE 700 /* nftw */

#include "tests/crash/bot_run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ftw.h>
#include <poll.h>

#include "bot/base/err.h"
#include "bot/base/time.h"

#define ACKS_FD     9
#define DEADLINE_MS 60000

struct pipe_end {
    int fd;
    char *data;
    size_t length_bytes, capacity_bytes;
};

static void set_number(const char *name, int64_t number)
{
    char text[32];

    if (number == 0) {
        unsetenv(name);
        return;
    }
    snprintf(text, sizeof(text), "%lld", (long long)number);
    setenv(name, text, 1);
}

static void become_bot(const struct bot_run *run, const int pipes[3][2])
{
    char acks[16];
    int input = open(run->transcript, O_RDONLY | O_CLOEXEC);
    char *argv[] = {(char *)(run->program != NULL ? run->program : MUSTER_BINARY),
                    "console",
                    "--store",
                    (char *)run->store,
                    "--acks",
                    acks,
                    run->resume ? "--resume" : NULL,
                    NULL};

    snprintf(acks, sizeof(acks), "%d", ACKS_FD);
    set_number("MUSTER_TEST_KILL_AT", run->kill_at_boundary);
    set_number("MUSTER_TEST_FAIL_AFTER", run->fail_after);
    set_number("MUSTER_TEST_POWER_SEED", run->power.seed);
    set_number("MUSTER_TEST_POWER_AT", run->power.at);
    set_number("MUSTER_TEST_POWER_SAID", run->power.said);
    set_number("MUSTER_TEST_POWER_PAGES", run->power.pages);
    set_number("MUSTER_TEST_POWER_LIES", run->power.lies);
    set_number("MUSTER_TEST_POWER_ROOM", run->power.room);
    set_number("MUSTER_TEST_POWER_REFUSALS", run->power.refusals);
    if (input < 0 || dup2(input, 0) < 0 || dup2(pipes[0][1], 1) < 0 ||
        dup2(pipes[1][1], 2) < 0 || dup2(pipes[2][1], ACKS_FD) < 0 ||
        fcntl(ACKS_FD, F_SETFD, 0) < 0) {
        _exit(99);
    }
    execv(argv[0], argv);
    _exit(98);
}

static void read_some(struct pipe_end *end)
{
    ssize_t got;

    if (end->capacity_bytes - end->length_bytes < 4096) {
        end->capacity_bytes = end->capacity_bytes * 2 + 8192;
        end->data = realloc(end->data, end->capacity_bytes);
        INSIST(end->data != NULL);
    }
    got = read(end->fd, end->data + end->length_bytes,
               end->capacity_bytes - end->length_bytes - 1);
    if (got > 0) {
        end->length_bytes += (size_t)got;
    } else if (got == 0 || errno != EINTR) {
        close(end->fd);
        end->fd = -1;
    }
    end->data[end->length_bytes] = '\0';
}

/* Reads until all pipes are closed; kills at the moment asked for, or at the deadline.
 */
static void listen(struct bot_run *run, pid_t child, struct pipe_end ends[3])
{
    int64_t began_ms = time_steady_ms();
    bool kill_is_due = run->kill_after_us > 0;

    while (ends[0].fd >= 0 || ends[1].fd >= 0 || ends[2].fd >= 0) {
        struct pollfd polls[3];
        int64_t passed_ms = time_steady_ms() - began_ms;

        for (int i = 0; i < 3; i++) {
            polls[i] = (struct pollfd){.fd = ends[i].fd, .events = POLLIN};
        }
        if (kill_is_due && passed_ms * 1000 >= run->kill_after_us) {
            kill(child, SIGKILL);
            kill_is_due = false;
        }
        if (passed_ms > DEADLINE_MS) {
            fprintf(stderr, "the bot did not end within %d ms\n", DEADLINE_MS);
            kill(child, SIGABRT);
            return;
        }
        poll(polls, 3, kill_is_due ? 1 : 1000);
        for (int i = 0; i < 3; i++) {
            if (ends[i].fd >= 0 && polls[i].revents != 0) {
                read_some(&ends[i]);
            }
        }
    }
}

static void read_acks(struct bot_run *run, char *acks)
{
    char *rest = NULL;

    if (acks == NULL) {
        return;
    }
    for (char *line = strtok_r(acks, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        long number = strtol(line, NULL, 10);

        if (number > 0 && number < BOT_RUN_LINES) {
            run->acked[number] = true;
        }
    }
}

void bot_run_start_and_wait(struct bot_run *run)
{
    struct pipe_end ends[3] = {0};
    int pipes[3][2];
    int status;
    pid_t child;

    for (int i = 0; i < 3; i++) {
        INSIST(pipe(pipes[i]) == 0);
        INSIST(fcntl(pipes[i][0], F_SETFD, FD_CLOEXEC) == 0);
        INSIST(fcntl(pipes[i][1], F_SETFD, FD_CLOEXEC) == 0);
    }
    fflush(NULL);
    child = fork();
    INSIST(child >= 0);
    if (child == 0) {
        become_bot(run, (const int(*)[2])pipes);
    }
    for (int i = 0; i < 3; i++) {
        close(pipes[i][1]);
        ends[i].fd = pipes[i][0];
    }
    listen(run, child, ends);
    INSIST(waitpid(child, &status, 0) == child);
    run->was_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    run->exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    run->out = ends[0].data;
    run->complaints = ends[1].data;
    read_acks(run, ends[2].data);
    free(ends[2].data);
}

void bot_run_finish(struct bot_run *run)
{
    free(run->out);
    free(run->complaints);
    run->out = run->complaints = NULL;
}

void bot_folder_make(char path[BOT_FOLDER_BYTES])
{
    bool has_memory_disk = access("/dev/shm", W_OK) == 0;
    char *real;

    snprintf(path, BOT_FOLDER_BYTES, "%s/muster-crash-XXXXXX",
             has_memory_disk ? "/dev/shm" : "/tmp");
    INSIST(mkdtemp(path) != NULL);
    real = realpath(path, NULL); /* by one name for everybody */
    INSIST(real != NULL && strlen(real) < BOT_FOLDER_BYTES);
    strcpy(path, real);
    free(real);
}

static int remove_one(const char *path, const struct stat *found, int kind,
                      struct FTW *walk)
{
    (void)found;
    (void)kind;
    (void)walk;
    return remove(path);
}

void bot_folder_remove(const char *path)
{
    (void)nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

void bot_run_read_events(const char *transcript, bool is_event[BOT_RUN_LINES])
{
    FILE *file = fopen(transcript, "r");
    char line[1024];

    INSIST(file != NULL);
    for (size_t i = 1; i < BOT_RUN_LINES && fgets(line, sizeof(line), file) != NULL;
         i++) {
        const char *said = strchr(line, '>');
        const char *goes_on = strchr(line, '|');

        is_event[i] = said != NULL && (goes_on == NULL || said < goes_on);
    }
    INSIST(fclose(file) == 0);
}
