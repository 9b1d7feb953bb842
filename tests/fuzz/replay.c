/* Runs a fuzz target over the files of a folder: replay FOLDER. An empty folder is an
 * error. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <dirent.h>

#include "bot/base/err.h"
#include "tests/fuzz/fuzz.h"

/* The bytes are in a block of exactly their size, so that ASan sees reads beyond it. */
static void file_replay(const char *path)
{
    struct stat status;
    INSIST(stat(path, &status) == 0);
    if (!S_ISREG(status.st_mode)) {
        return;
    }
    size_t size_bytes = (size_t)status.st_size;
    uint8_t *bytes = malloc(size_bytes > 0 ? size_bytes : 1);
    FILE *file = fopen(path, "rb");
    INSIST(bytes && file);
    INSIST(fread(bytes, 1, size_bytes, file) == size_bytes);
    INSIST(fclose(file) == 0);
    (void)LLVMFuzzerTestOneInput(bytes, size_bytes);
    free(bytes);
}

int main(int argc, char **argv)
{
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    if (!folder) {
        (void)fprintf(stderr, "usage: replay FOLDER (one that can be read)\n");
        return 2;
    }
    int count = 0;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        char path[4096];
        int length = snprintf(path, sizeof(path), "%s/%s", argv[1], entry->d_name);
        INSIST(length > 0 && (size_t)length < sizeof(path));
        if (entry->d_name[0] == '.') {
            continue;
        }
        (void)printf("%s\n", path);
        (void)fflush(stdout);
        file_replay(path);
        count++;
    }
    (void)closedir(folder);
    (void)printf("%d files\n", count);
    return count > 0 ? 0 : 1;
}
