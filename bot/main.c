/*
 * The roof: picks the subcommand. Each is one file, bot/cmd_NAME.c.
 */
#include <stdio.h>
#include <string.h>

#include <locale.h>

#include "bot/cmd.h"
#include "bot/options.h"

static const struct {
    const char *name, *words, *summary;
    int (*run)(int argc, char **argv);
} subcommands[] = {
    {"console", "[--as NAME]", "try everything in a terminal, no account needed",
     cmd_console},
    {"run", "", "the bot", cmd_run},
    {"check", "[--texts]", "say what is wrong with settings and tokens", cmd_check},
    {"export", "INCIDENT [--format json|md|html]", "an incident to standard output",
     cmd_export},
    {"import", "FILE.yaml", "people, teams, skills, buddies, services, rota",
     cmd_import},
    {"manifest", "slack", "the app as Slack wants to be told of it", cmd_manifest},
    {"verify", "", "prove the chain of the timelines", cmd_verify},
    {"forget", "PERSON", "take a person's words out for good", cmd_forget},
};
#define SUBCOMMANDS (sizeof(subcommands) / sizeof(subcommands[0]))

static void print_help(FILE *out)
{
    (void)fprintf(out, "usage: muster SUBCOMMAND [--config FILE] [--store PATH]\n\n");
    for (size_t i = 0; i < SUBCOMMANDS; i++) {
        (void)fprintf(out, "  %-8s %-33s %s\n", subcommands[i].name,
                      subcommands[i].words, subcommands[i].summary);
    }
    (void)fprintf(out, "\n  --help, --version\n");
}

static int run(int argc, char **argv)
{
    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        (void)printf("muster %s\n", MUSTER_VERSION);
        return EXIT_FINE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return EXIT_FINE;
    }
    for (size_t i = 0; i < SUBCOMMANDS; i++) {
        if (strcmp(argv[1], subcommands[i].name) != 0) {
            continue;
        }
        if (argc > 2 && strcmp(argv[2], "--help") == 0) {
            print_help(stdout);
            return EXIT_FINE;
        }
        return subcommands[i].run(argc - 2, argv + 2);
    }
    (void)fprintf(stderr, "muster: unknown subcommand: %s\n\n", argv[1]);
    print_help(stderr);
    return EXIT_USAGE;
}

/* What nobody could read was not done. */
static bool is_written(void)
{
    if (fflush(stdout) == 0 && ferror(stdout) == 0) {
        return true;
    }
    (void)fprintf(stderr, "muster: standard output can't be written to\n");
    return false;
}

int main(int argc, char **argv)
{
    int status;

    (void)setlocale(LC_ALL, ""); /* where it fails, C stays */
    status = run(argc, argv);
    return status == EXIT_FINE && !is_written() ? EXIT_FAULT : status;
}
