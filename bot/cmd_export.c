/*
 * muster export: one incident to standard output, beside a running bot or without one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/cmd.h"
#include "bot/export.h"
#include "bot/options.h"

#define NUMBER_DIGITS 15

/* inc-42 or 42; -1 where it is neither. */
static int64_t read_reference(const char *word)
{
    const char *digits = text_starts(word, "inc-") ? word + 4 : word;
    size_t length = strlen(digits);

    if (length == 0 || length > NUMBER_DIGITS ||
        strspn(digits, "0123456789") != length) {
        return -1;
    }
    return strtoll(digits, NULL, 10);
}

static int complain(int status, const char *text)
{
    (void)fprintf(stderr, "muster: %s\n", text);
    return status;
}

typedef bool export_fn(const struct export_sheet *sheet, struct err *err);

static export_fn *writer_of(const char *format)
{
    return strcmp(format, "json") == 0   ? export_json
           : strcmp(format, "md") == 0   ? export_markdown
           : strcmp(format, "html") == 0 ? export_html
                                         : NULL;
}

static int write_out(const struct export_sheet *sheet, export_fn *write)
{
    struct err err = {.kind = ERR_NONE};

    return write(sheet, &err) ? EXIT_FINE : complain(EXIT_FAULT, err.text);
}

/* The store is open; all that is read is of one moment. */
static int export_incident(struct store *store, const struct options *options,
                           int64_t id, export_fn *write)
{
    struct incident *incident = NULL;
    struct err err = {.kind = ERR_NONE};
    struct export_sheet sheet = {
        .store = store,
        .config = options->config,
        .out = stdout,
    };
    int status;

    if (!db_begin(store->db, &err) || !incident_find(store, id, &incident, &err)) {
        db_rollback(store->db);
        return complain(EXIT_FAULT, err.text);
    }
    if (incident == NULL) {
        db_rollback(store->db);
        return complain(EXIT_FAULT, arena_printf(store->arena, "there is no inc-%lld",
                                                 (long long)id));
    }
    sheet.incident = incident;
    sheet.scratch = arena_create();
    status = write_out(&sheet, write);
    arena_destroy(sheet.scratch);
    db_rollback(store->db);
    return status;
}

static int run(const struct options *options, int64_t id, export_fn *write)
{
    struct store store = {.lock_fd = -1};
    struct err err = {.kind = ERR_NONE};
    int status;

    if (store_open_to_read(&store, options_store(options), &err) != STORE_OK) {
        status = complain(EXIT_FAULT, err.text);
    } else {
        store.arena = options->arena;
        status = export_incident(&store, options, id, write);
    }
    store_close(&store);
    return status;
}

int cmd_export(int argc, char **argv)
{
    const char *format = "json";
    const struct option_flag flags[] = {{"--format", &format, NULL}, {.name = NULL}};
    struct options options;
    int status = EXIT_FINE;

    if (options_read(&options, argc, argv, flags, 1, &status)) {
        int64_t id = options.word_count == 0 ? -1 : read_reference(options.words[0]);
        export_fn *write = writer_of(format);

        if (id < 0) {
            status =
                complain(EXIT_USAGE, options.word_count == 0
                                         ? "name an incident: muster export inc-42"
                                         : "an incident is named like inc-42 or 42");
        } else if (write == NULL) {
            status = complain(EXIT_USAGE, "--format is json, md or html");
        } else {
            status = run(&options, id, write);
        }
    }
    options_finish(&options);
    return status;
}
