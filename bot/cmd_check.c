/*
 * muster check: what is wrong with settings, store, directory and tokens, one line
 * each, with what to do. Changes nothing, and may run beside a bot.
 */
#include "bot/cmd_check.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/cmd.h"
#include "bot/config_texts.h"
#include "bot/directory.h"
#include "bot/options.h"
#include "store/store.h"

static void line(const struct check *check, const char *label, const char *format,
                 va_list args) __attribute__((format(printf, 3, 0)));

/* What servers say of themselves must not play with a terminal, nor write a line. */
static void line(const struct check *check, const char *label, const char *format,
                 va_list args)
{
    struct arena *arena = check->options->arena;
    char *words = arena_copy(arena, arena_vprintf(arena, format, args));

    for (char *at = words; (at = strchr(at, '\n')) != NULL;) {
        *at = ' ';
    }
    printf("%-6s %s\n", label, text_shown(arena, words));
}

void check_fine(const struct check *check, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    line(check, "fine", format, args);
    va_end(args);
}

void check_note(const struct check *check, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    line(check, "note", format, args);
    va_end(args);
}

void check_fault(struct check *check, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    line(check, "FAULT", format, args);
    va_end(args);
    check->status = check->status == EXIT_FINE ? EXIT_FAULT : check->status;
}

static void check_zones(struct check *check)
{
    if (time_has_zones()) {
        check_fine(check, "time zones");
    } else {
        check_fault(
            check, "time zones: tzdata is missing. Install it: apt-get install tzdata");
    }
}

static void check_integrity(struct check *check, struct store *store, const char *path)
{
    const char *verdict;
    struct err err;

    if (!db_check(store->db, check->options->arena, &verdict, &err)) {
        check_fault(check, "store %s: %s", path, err.text);
    } else if (!text_equal(verdict, "ok")) {
        check_fault(
            check,
            "store %s is damaged: %s. Stop the bot, keep the file, put back a copy",
            path, verdict);
    } else {
        check_fine(check, "store %s", path);
    }
}

/* The folder it would be made in, or the nearest above that is there. */
static const char *folder_above(struct arena *arena, const char *path)
{
    char *folder = arena_copy(arena, path);
    struct stat found;
    char *slash;

    while ((slash = strrchr(folder, '/')) != NULL && slash != folder) {
        *slash = '\0';
        if (lstat(folder, &found) == 0) {
            return folder;
        }
    }
    return slash == NULL ? "." : "/";
}

/* Not there yet: at the first start it would be made, if it can be. */
static void check_no_store(struct check *check, const char *url)
{
    const char *path, *folder;
    struct stat found;
    struct err err;

    INSIST(db_url_path(url, &path, &err) && path != NULL); /* it was read just now */
    folder = folder_above(check->options->arena, path);
    if (stat(folder, &found) != 0 || !S_ISDIR(found.st_mode)) {
        check_fault(check, "store %s: it can't be made, %s is no folder", url, folder);
    } else if (faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0) {
        check_fault(check, "store %s: it can't be made, the bot may not write to %s",
                    url, folder);
    } else {
        check_fine(check, "store %s: not there yet, it is made at the first start",
                   url);
    }
}

static void check_store(struct check *check)
{
    const char *path = options_store(check->options);
    struct store store;
    struct err err = {.kind = ERR_NONE};
    enum store_verdict verdict = store_open_to_read(&store, path, &err);

    if (verdict == STORE_OK) {
        check_integrity(check, &store, path);
    } else if (err.kind == ERR_GONE) {
        check_no_store(check, path);
    } else if (verdict == STORE_OLDER) {
        check_note(check, "store: %s", err.text);
    } else {
        check_fault(check, "store: %s", err.text);
    }
    store_close(&store);
}

static void check_directory(struct check *check)
{
    const char *path = check->options->config->directory;
    struct directory_faults faults;

    if (path == NULL) {
        check_fine(check, "directory: none is set. People are known as they speak");
    } else if (directory_look(check->options->arena, path, &faults)) {
        check_fine(check, "directory %s", path);
    } else {
        for (size_t i = 0; i < faults.count && i < DIRECTORY_FAULTS; i++) {
            check_fault(check, "directory: %s", faults.all[i]);
        }
    }
}

static void check_roads(struct check *check)
{
    const struct config *config = check->options->config;
    FILE *file = config->ca_file == NULL ? NULL : fopen(config->ca_file, "re");

    if (config->ca_file != NULL && file == NULL) {
        check_fault(check,
                    "ca_file: can't read %s. Name a PEM file, or leave the key out",
                    config->ca_file);
    }
    if (file != NULL) {
        check_fine(check, "ca_file %s", config->ca_file);
        (void)fclose(file);
    }
    if (config->call != NULL && strstr(config->call, "{ref}") == NULL) {
        check_fault(check, "call: without {ref} every incident gets the same link");
    }
}

/* No fault: a console needs none. */
static void check_platforms(const struct check *check)
{
    const struct config *config = check->options->config;

    if (!config->has_slack && !config->has_matrix) {
        check_note(check, "no platform is set up, so muster run has nothing to run "
                          "on; muster console needs none");
    }
}

int cmd_check(int argc, char **argv)
{
    struct options options;
    struct check check = {.options = &options};
    bool lists_texts = false;
    const struct option_flag flags[] = {{"--texts", NULL, &lists_texts},
                                        {.name = NULL}};
    bool is_read = options_read(&options, argc, argv, flags, 0, &check.status);

    if (is_read && lists_texts) {
        config_texts_list(options.arena);
    } else if (is_read) {
        check_fine(&check, "settings");
        check_zones(&check);
        check_store(&check);
        check_directory(&check);
        check_roads(&check);
        check_slack(&check);
        check_matrix(&check);
        check_platforms(&check);
    }
    options_finish(&options);
    return check.status;
}
