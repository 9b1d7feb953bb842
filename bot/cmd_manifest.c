/*
 * muster manifest slack: the app as Slack wants to be told of it, to standard output.
 */
#include <stdio.h>
#include <string.h>

#include "adapters/slack_manifest.h"
#include "bot/cmd.h"
#include "bot/options.h"

static int complain(int status, const char *text)
{
    (void)fprintf(stderr, "muster: %s\n", text);
    return status;
}

int cmd_manifest(int argc, char **argv)
{
    struct options options;
    int status = EXIT_FINE;

    if (options_read(&options, argc, argv, NULL, 1, &status)) {
        if (options.word_count == 0 || strcmp(options.words[0], "slack") != 0) {
            status = complain(EXIT_USAGE, "name the platform: muster manifest slack");
        } else if (fputs(slack_manifest(options.arena), stdout) < 0 ||
                   fflush(stdout) != 0) {
            status = complain(EXIT_FAULT, "standard output can't be written to");
        }
    }
    options_finish(&options);
    return status;
}
