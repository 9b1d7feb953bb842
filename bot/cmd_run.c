/* muster run: the bot on its platforms. One platform refused does not stop the other.
 */
#include <stdio.h>
#include <string.h>

#include "bot/cmd.h"
#include "bot/house.h"
#include "bot/options.h"

/* One that is not set up is not missed where the other one is. */
static bool is_wanted(const struct config *config, const char *platform)
{
    if (strcmp(platform, "slack") == 0) {
        return config->has_slack || !config->has_matrix;
    }
    if (strcmp(platform, "matrix") == 0) {
        return config->has_matrix || !config->has_slack;
    }
    return false;
}

static bool add_platforms(struct house *house, const struct config *config, int *status)
{
    struct err err;
    size_t added = 0;

    for (size_t i = 0; adapter_table[i] != NULL; i++) {
        if (!is_wanted(config, adapter_table[i]->name)) {
            continue;
        }
        if (ears_add(house->ears, adapter_table[i], &err)) {
            added += 1;
        } else {
            (void)fprintf(stderr, "muster: %s: %s\n", adapter_table[i]->name, err.text);
        }
    }
    if (added == 0) {
        (void)fprintf(stderr,
                      "muster: no platform to run on. What is wrong: muster check\n");
        *status = EXIT_REFUSED;
    }
    return added > 0;
}

int cmd_run(int argc, char **argv)
{
    struct options options;
    struct house house;
    int status = EXIT_FINE;

    if (options_read(&options, argc, argv, NULL, 0, &status) &&
        house_open(&house, &options, options_store(&options), false, &status)) {
        if (add_platforms(&house, options.config, &status)) {
            status = house_run(&house, &options);
        }
        house_close(&house);
    }
    options_finish(&options);
    return status;
}
