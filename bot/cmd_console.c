/*
 * muster console: everything in a terminal, or a transcript in virtual time. A
 * transcript works on a private store that is gone afterwards, unless --store names
 * one: MUSTER_STORE is the bot's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "adapters/console.h"
#include "bot/base/log.h"
#include "bot/cmd.h"
#include "bot/house.h"
#include "bot/options.h"

/* A descriptor by its number; -1 where it is none. */
static int read_fd(const char *word)
{
    char *end = NULL;
    long fd = strtol(word, &end, 10);
    return *word && !*end && fd >= 0 && fd <= 65535 ? (int)fd : -1;
}

static bool choose(const char *acks, struct console_options *console, int *status)
{
    console->input = STDIN_FILENO;
    console->output = STDOUT_FILENO;
    console->is_terminal = isatty(STDIN_FILENO);
    console->acks = acks ? read_fd(acks) : -1;
    if (acks && console->acks < 0) {
        (void)fprintf(
            stderr, "muster: --acks takes the number of a descriptor, not %s\n", acks);
        *status = EXIT_USAGE;
        return false;
    }
    console_set_options(console);
    return true;
}

static int run(const struct options *options)
{
    struct house house;
    struct err err;
    int status = EXIT_FINE;
    bool is_virtual = console_is_virtual();
    const char *url =
        is_virtual && !options->has_store_flag ? NULL : options_store(options);

    log_set_level(LOG_ERROR); /* who tries it has no use for a slow disk's warnings */
    if (!house_open(&house, options, url, is_virtual, &status)) {
        return status;
    }
    if (ears_add(house.ears, &console_adapter, &err)) {
        status = house_run(&house, options);
    } else {
        (void)fprintf(stderr, "muster: %s\n", err.text);
        status = EXIT_USAGE;
    }
    house_close(&house);
    return status;
}

int cmd_console(int argc, char **argv)
{
    struct console_options console = {0};
    const char *acks = NULL;
    const struct option_flag flags[] = {
        {"--as", &console.as, NULL},
        {"--acks", &acks, NULL},
        {"--resume", NULL, &console.resume},
        {"--json", NULL, &console.as_json},
        {.name = NULL},
    };
    struct options options;
    int status = EXIT_FINE;

    if (options_read(&options, argc, argv, flags, 0, &status) &&
        choose(acks, &console, &status)) {
        status = run(&options);
    }
    options_finish(&options);
    return status;
}
