/*
 * What power_disk.c remembers, and the moment when the power goes.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <stdnoreturn.h>

#include "tests/crash/power_disk.h"

struct disk_bytes {
    unsigned char *data;
    size_t size, capacity;
};

/* What was done to a file after its last sync. */
struct disk_change {
    struct disk_change *next;
    bool is_truncation; /* to the size `at` */
    size_t at, count;
    unsigned char bytes[];
};

struct disk_file {
    struct disk_file *next;
    bool is_folder;
    dev_t device;
    ino_t number;
    struct disk_bytes synced;
    struct disk_change *first, **last;
};

/* NULL: nothing has that name. */
struct disk_name {
    struct disk_name *next;
    char *path;
    struct disk_file *now, *synced;
};

/* What was done to names after the last sync of their folder. A rename takes `from`
 * away in the same moment. */
struct disk_name_change {
    struct disk_name_change *next;
    struct disk_name *name, *from;
    struct disk_file *file;
};

struct disk {
    struct disk_plan plan;
    bool is_on;
    int64_t operations, said;
    struct disk_file *files; /* those without a name, too */
    struct disk_name *names; /* the youngest first */
    struct disk_name_change *changes, **last_change;
};

/* Zeros where it becomes longer. */
void disk_bytes_reach(struct disk_bytes *bytes, size_t size);
void disk_bytes_put(struct disk_bytes *bytes, const void *from, size_t count,
                    size_t at);

/* Makes the real files what the disk holds after it, and ends the process. */
noreturn void power_cut(struct disk *disk);
