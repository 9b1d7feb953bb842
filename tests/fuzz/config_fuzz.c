/*
 * Settings from any bytes: taken whole, or refused with the file's name in front. The
 * sanitizers watch.
 */
#include <string.h>

#include "bot/base/err.h"
#include "bot/config.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct config *config = NULL;
    struct err err;

    if (config_read(&config, "m.yaml", (const char *)data, size, &err)) {
        INSIST(config->level_count >= 1 && config->role_count >= 3);
        INSIST(config->nudges.page_rounds >= 1);
        config_destroy(config);
    } else {
        INSIST(config == NULL && strncmp(err.text, "m.yaml:", 7) == 0);
    }
    return 0;
}
