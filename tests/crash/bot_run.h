/*
 * One run of the real program as a child: a transcript in, what it said and
 * acknowledged out. It can be killed at a turn boundary or at a moment, its store can
 * be made to fail, and a program on the disk of power_disk.h can be run in its place.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define BOT_RUN_LINES    256
#define BOT_FOLDER_BYTES 128

struct bot_run {
    const char *store, *transcript;
    bool resume;
    int64_t kill_at_boundary; /* 0: not */
    int64_t kill_after_us;    /* 0: not */
    int64_t fail_after;       /* the n-th call of the store fails; 0: none */
    const char *program;      /* NULL: the program itself */
    struct {
        int64_t seed, at, said, pages, lies, room, refusals; /* see power_vfs.c */
    } power;
    /* Filled in: */
    char *out;        /* standard output, freed by bot_run_finish */
    char *complaints; /* standard error */
    bool acked[BOT_RUN_LINES];
    bool was_killed;
    int exit_status;
};

void bot_run_start_and_wait(struct bot_run *run);
void bot_run_finish(struct bot_run *run);

/* Which lines are events of their own: not those that let time pass or go on with a
 * message. */
void bot_run_read_events(const char *transcript, bool is_event[BOT_RUN_LINES]);

/* A fresh folder on a memory disk where there is one; removed by bot_folder_remove. */
void bot_folder_make(char path[BOT_FOLDER_BYTES]);
void bot_folder_remove(const char *path);
