/*
 * An incident as a document: JSON for machines, Markdown and one HTML page for people.
 * All are written to a file as they are read, so that memory does not grow with the
 * incident, and are of one moment: the store is read within one transaction.
 */
#pragma once

#include <stdio.h>

#include "bot/config.h"
#include "store/incidents.h"
#include "store/store.h"

struct export_sheet {
    struct store *store; /* with an arena of its own */
    const struct config *config;
    const struct incident *incident;
    FILE *out;
    struct arena *scratch; /* for one row at a time */
};

/* False: the store could not be read, or the file not written. */
MUST_CHECK bool export_json(const struct export_sheet *sheet, struct err *err);
MUST_CHECK bool export_markdown(const struct export_sheet *sheet, struct err *err);
MUST_CHECK bool export_html(const struct export_sheet *sheet, struct err *err);
