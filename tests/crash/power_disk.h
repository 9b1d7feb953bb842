/*
 * A disk that knows what was synced. All is done to the real files, so that the program
 * reads what it wrote; beside them stands, for each file and each name, what the last
 * sync saw and what came after it. When the power goes, the real files are made what a
 * disk may hold then: of what nobody had synced any part, sector by sector and name by
 * name, in any order, and here and there something that nobody wrote. A sector keeps
 * what it had beside a write (SQLite calls that powersafe overwrite).
 *
 * Each call is an operation, and the power may go in the middle of each. What befalls a
 * name the caller has done for real before it tells.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#define POWER_CUT_STATUS 137

struct disk_file;

struct disk_plan {
    uint64_t seed;       /* of what a cut leaves */
    int64_t cut_at;      /* the power goes at this operation; 0: never */
    int64_t cut_at_said; /* or as soon as so many things were said; 0: never */
    bool is_lying;       /* a disk that syncs nothing */
};

void disk_begin(const struct disk_plan *plan);
bool disk_is_on(void); /* not before it began, and not while the power goes */
int64_t disk_operations(void);
int64_t disk_things_said(void);

/* The regular file of that name, remembered from now on as it is; NULL where it is
 * none. */
struct disk_file *disk_find(const char *path);
/* The one a descriptor's status tells of; NULL for one that is not remembered. */
struct disk_file *disk_find_open(const struct stat *found);

void disk_write(struct disk_file *file, const void *bytes, size_t count, size_t at);
void disk_truncate(struct disk_file *file, size_t size);
void disk_sync(struct disk_file *file);

/* A name was given to something new, taken away, moved; for folders, too. */
struct disk_file *disk_made(const char *path);
void disk_removed(const char *path);
void disk_renamed(const char *from, const char *to);
/* The names in a folder, not those below. */
void disk_sync_folder(const struct stat *folder);

/* Something was said to the world, and can't be taken back. */
void disk_said(void);
