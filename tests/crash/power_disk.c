#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bot/base/err.h"
#include "tests/crash/power_cut.h"

static struct disk disk;

static void *must_alloc(size_t size)
{
    void *got = calloc(1, size);

    INSIST(got != NULL);
    return got;
}

void disk_begin(const struct disk_plan *plan)
{
    disk.plan = *plan;
    disk.last_change = &disk.changes;
    disk.is_on = true;
}

bool disk_is_on(void)
{
    return disk.is_on;
}

int64_t disk_operations(void)
{
    return disk.operations;
}

int64_t disk_things_said(void)
{
    return disk.said;
}

static void cut(void)
{
    disk.is_on = false;
    power_cut(&disk);
}

static void count_operation(void)
{
    disk.operations += 1;
    if (disk.operations == disk.plan.cut_at) {
        cut();
    }
}

void disk_said(void)
{
    disk.said += 1;
    if (disk.said == disk.plan.cut_at_said) {
        cut();
    }
}

/* ---- what a file holds ---- */

void disk_bytes_reach(struct disk_bytes *bytes, size_t size)
{
    if (size > bytes->capacity) {
        bytes->capacity = size * 2;
        bytes->data = realloc(bytes->data, bytes->capacity);
        INSIST(bytes->data != NULL);
    }
    if (size > bytes->size) {
        memset(bytes->data + bytes->size, 0, size - bytes->size);
    }
    bytes->size = size;
}

void disk_bytes_put(struct disk_bytes *bytes, const void *from, size_t count, size_t at)
{
    if (count > 0) {
        disk_bytes_reach(bytes, at + count > bytes->size ? at + count : bytes->size);
        memcpy(bytes->data + at, from, count);
    }
}

static void read_whole(const char *path, struct disk_bytes *bytes)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    char some[65536];
    ssize_t got;

    INSIST(fd >= 0);
    while ((got = read(fd, some, sizeof(some))) > 0) {
        disk_bytes_put(bytes, some, (size_t)got, bytes->size);
    }
    INSIST(got == 0);
    (void)close(fd);
}

static void add_change(struct disk_file *file, struct disk_change *change)
{
    *file->last = change;
    file->last = &change->next;
}

void disk_write(struct disk_file *file, const void *bytes, size_t count, size_t at)
{
    struct disk_change *change = must_alloc(sizeof(*change) + count);

    change->at = at;
    change->count = count;
    memcpy(change->bytes, bytes, count);
    add_change(file, change);
    count_operation();
}

void disk_truncate(struct disk_file *file, size_t size)
{
    struct disk_change *change = must_alloc(sizeof(*change));

    change->at = size;
    change->is_truncation = true;
    add_change(file, change);
    count_operation();
}

void disk_sync(struct disk_file *file)
{
    count_operation();
    while (!disk.plan.is_lying && file->first != NULL) {
        struct disk_change *change = file->first;

        if (change->is_truncation) {
            disk_bytes_reach(&file->synced, change->at);
        } else {
            disk_bytes_put(&file->synced, change->bytes, change->count, change->at);
        }
        file->first = change->next;
        free(change);
    }
    if (file->first == NULL) {
        file->last = &file->first;
    }
}

/* ---- what it is called ---- */

static struct disk_name *name_of(const char *path)
{
    struct disk_name *name = disk.names;

    while (name != NULL && strcmp(name->path, path) != 0) {
        name = name->next;
    }
    if (name == NULL) {
        name = must_alloc(sizeof(*name));
        name->path = strdup(path);
        INSIST(name->path != NULL);
        name->next = disk.names;
        disk.names = name;
    }
    return name;
}

static struct disk_file *file_create(const struct stat *found)
{
    struct disk_file *file = must_alloc(sizeof(*file));

    file->is_folder = S_ISDIR(found->st_mode);
    file->device = found->st_dev;
    file->number = found->st_ino;
    file->last = &file->first;
    file->next = disk.files;
    disk.files = file;
    return file;
}

struct disk_file *disk_find(const char *path)
{
    struct disk_name *name = name_of(path);
    struct stat found;

    if (name->now == NULL && stat(path, &found) == 0 && S_ISREG(found.st_mode)) {
        name->now = name->synced = file_create(&found);
        read_whole(path, &name->now->synced);
    }
    return name->now;
}

struct disk_file *disk_find_open(const struct stat *found)
{
    for (struct disk_name *name = disk.names; name != NULL; name = name->next) {
        if (name->now != NULL && name->now->number == found->st_ino &&
            name->now->device == found->st_dev) {
            return name->now;
        }
    }
    return NULL;
}

static void change_name(struct disk_name *from, struct disk_name *name,
                        struct disk_file *file)
{
    struct disk_name_change *change = must_alloc(sizeof(*change));

    *change = (struct disk_name_change){.name = name, .from = from, .file = file};
    if (from != NULL) {
        from->now = NULL;
    }
    name->now = file;
    *disk.last_change = change;
    disk.last_change = &change->next;
    count_operation();
}

struct disk_file *disk_made(const char *path)
{
    struct stat found;
    struct disk_file *file;

    INSIST(stat(path, &found) == 0);
    file = file_create(&found);
    change_name(NULL, name_of(path), file);
    return file;
}

void disk_removed(const char *path)
{
    change_name(NULL, name_of(path), NULL);
}

void disk_renamed(const char *from, const char *to)
{
    struct disk_name *old = name_of(from);

    INSIST(old->now != NULL);
    change_name(old, name_of(to), old->now);
}

static bool is_in(const char *path, const struct stat *folder)
{
    char *copy = strdup(path);
    struct stat found;
    bool is_in;

    INSIST(copy != NULL && strrchr(copy, '/') != NULL);
    strrchr(copy, '/')[1] = '\0';
    is_in = stat(copy, &found) == 0 && found.st_ino == folder->st_ino &&
            found.st_dev == folder->st_dev;
    free(copy);
    return is_in;
}

void disk_sync_folder(const struct stat *folder)
{
    count_operation();
    for (struct disk_name_change **at = &disk.changes;
         !disk.plan.is_lying && *at != NULL;) {
        struct disk_name_change *change = *at;

        if (!is_in(change->name->path, folder)) {
            at = &change->next;
            continue;
        }
        change->name->synced = change->file;
        if (change->from != NULL) {
            change->from->synced = NULL;
        }
        *at = change->next;
        free(change);
    }
    disk.last_change = &disk.changes;
    while (*disk.last_change != NULL) {
        disk.last_change = &(*disk.last_change)->next;
    }
}
