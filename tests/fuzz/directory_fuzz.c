/*
 * A directory from any bytes: taken whole, or refused with the file's name in front.
 * The sanitizers watch.
 */
#include <string.h>

#include "bot/base/err.h"
#include "bot/directory_file.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    struct config_yaml yaml = {.arena = arena,
                               .path = "p.yaml",
                               .bytes = (const char *)data,
                               .length_bytes = size};
    struct directory_file *file = NULL;
    struct directory_faults faults;
    struct err err;

    if (directory_file_load(&yaml, &file, &faults, &err)) {
        directory_file_free(file);
    } else {
        INSIST(file == NULL && strncmp(err.text, "p.yaml:", 7) == 0);
        INSIST(faults.count > 0 && strcmp(faults.all[0], err.text) == 0);
    }
    arena_destroy(arena);
    return 0;
}
