/*
 * Chooses what of the unsynced is on the disk: all, nothing, what was done first, or
 * any part of it, in whole writes, pages or sectors.
 */
#include "tests/crash/power_cut.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bot/base/err.h"

#define SECTOR_BYTES ((size_t)512)
#define PAGE_BYTES   ((size_t)4096)

/* How a cut treats what was not synced of one file, or of the names. */
struct mercy {
    uint64_t *dice;
    unsigned chance; /* of 16, that a piece is kept */
    unsigned spoils; /* of 16, that one which is not kept becomes something else */
    size_t first;    /* so many changes are the whole that may be kept */
    size_t grain_bytes;
};

/* splitmix64, https://prng.di.unimi.it/splitmix64.c */
static uint64_t roll(uint64_t *dice)
{
    uint64_t z = (*dice += 0x9e3779b97f4a7c15u);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static bool is_lucky(const struct mercy *mercy, unsigned chance)
{
    return roll(mercy->dice) % 16 < chance;
}

static struct mercy mercy_choose(uint64_t *dice, size_t changes)
{
    static const unsigned chances[] = {0, 8, 14, 16};
    static const unsigned spoils[] = {0, 0, 4};
    static const size_t grains[] = {SECTOR_BYTES, PAGE_BYTES, SIZE_MAX};

    return (struct mercy){
        .dice = dice,
        .chance = chances[roll(dice) % 4],
        .spoils = spoils[roll(dice) % 3],
        .first = roll(dice) % 4 != 0 ? SIZE_MAX : roll(dice) % (changes + 1),
        .grain_bytes = grains[roll(dice) % 3],
    };
}

/* ---- files ---- */

static void spoil(const struct mercy *mercy, unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bytes[i] = (unsigned char)roll(mercy->dice);
    }
}

static void put_pieces(const struct mercy *mercy, struct disk_bytes *bytes,
                       struct disk_change *change)
{
    for (size_t done = 0; done < change->count;) {
        size_t at = change->at + done;
        size_t piece = mercy->grain_bytes - at % mercy->grain_bytes;

        piece = piece < change->count - done ? piece : change->count - done;
        if (is_lucky(mercy, mercy->chance)) {
            disk_bytes_put(bytes, change->bytes + done, piece, at);
        } else if (is_lucky(mercy, mercy->spoils)) {
            spoil(mercy, change->bytes + done, piece);
            disk_bytes_put(bytes, change->bytes + done, piece, at);
        }
        done += piece;
    }
}

/* What it holds after the cut, in place of what was synced. */
static void file_settle(struct disk_file *file, uint64_t *dice)
{
    struct mercy mercy;
    size_t changes = 0;

    for (struct disk_change *at = file->first; at != NULL; at = at->next) {
        changes += 1;
    }
    mercy = mercy_choose(dice, changes);
    for (struct disk_change *at = file->first; at != NULL && mercy.first > 0;
         at = at->next) {
        mercy.first -= 1;
        if (!at->is_truncation) {
            put_pieces(&mercy, &file->synced, at);
        } else if (is_lucky(&mercy, mercy.chance)) {
            disk_bytes_reach(&file->synced, at->at);
        }
    }
    file->first = NULL;
}

/* ---- names ---- */

static void names_settle(struct disk *disk, uint64_t *dice)
{
    struct disk_name_change *at;
    struct mercy mercy;
    size_t changes = 0;

    for (at = disk->changes; at != NULL; at = at->next) {
        changes += 1;
    }
    mercy = mercy_choose(dice, changes);
    for (at = disk->changes; at != NULL && mercy.first > 0; at = at->next) {
        mercy.first -= 1;
        if (is_lucky(&mercy, mercy.chance)) {
            at->name->synced = at->file;
            if (at->from != NULL) {
                at->from->synced = NULL;
            }
        }
    }
}

/* Below a folder that is not there nothing is. */
static bool is_reachable(const struct disk *disk, const struct disk_name *name)
{
    for (const struct disk_name *at = disk->names; at != NULL; at = at->next) {
        size_t length = strlen(at->path);

        if (at->synced == NULL && at->now != NULL && at->now->is_folder &&
            strncmp(name->path, at->path, length) == 0 && name->path[length] == '/') {
            return false;
        }
    }
    return true;
}

/* The memory that programs share (-shm) is a file, too, but nobody syncs it: it may be
 * there, or not. */
static void name_clear(const struct disk_name *name, bool keeps_shared_memory)
{
    char shared[4096];

    if (name->now == NULL || name->now->is_folder) {
        return;
    }
    (void)snprintf(shared, sizeof(shared), "%s-shm", name->path);
    if (!keeps_shared_memory) {
        (void)unlink(shared);
    }
    INSIST(unlink(name->path) == 0);
}

static void name_restore(const struct disk_name *name)
{
    const struct disk_bytes *bytes = &name->synced->synced;
    int fd = open(name->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    size_t done = 0;

    INSIST(fd >= 0);
    while (done < bytes->size) {
        ssize_t put = write(fd, bytes->data + done, bytes->size - done);

        INSIST(put > 0);
        done += (size_t)put;
    }
    (void)close(fd);
}

static void folders_clear(const struct disk *disk)
{
    for (const struct disk_name *at = disk->names; at != NULL; at = at->next) {
        if (at->now != NULL && at->now->is_folder && at->synced == NULL) {
            (void)rmdir(at->path);
        }
    }
}

noreturn void power_cut(struct disk *disk)
{
    uint64_t dice = disk->plan.seed;
    bool keeps_shared_memory = roll(&dice) % 2 == 0;

    names_settle(disk, &dice);
    for (const struct disk_name *at = disk->names; at != NULL; at = at->next) {
        name_clear(at, keeps_shared_memory && is_reachable(disk, at));
    }
    folders_clear(disk);
    for (const struct disk_name *at = disk->names; at != NULL; at = at->next) {
        if (at->synced != NULL && !at->synced->is_folder && is_reachable(disk, at)) {
            file_settle(at->synced, &dice);
            name_restore(at);
        }
    }
    _exit(POWER_CUT_STATUS);
}
