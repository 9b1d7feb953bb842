/*
 * What both forms of the export read in the same way.
 */
#pragma once

#include "bot/export.h"
#include "bot/retro_record.h"
#include "store/pages.h"

/* Who came, else who was called and has not refused; NULL where there is nobody. */
MUST_CHECK bool export_page_who(const struct export_sheet *sheet,
                                const struct page *page, const char **who,
                                struct err *err);

/* All that were held. Where the incident is over, a role that nobody gave back ended
 * with it. */
struct holds;
MUST_CHECK bool export_holds(const struct export_sheet *sheet, struct holds *holds,
                             struct err *err);

struct export_retro {
    const char *owner;                    /* handle; NULL: nobody yet */
    int64_t due_ms;                       /* TIME_NONE: at no time */
    const char *state;                    /* NULL: none was drafted */
    const char *sections[RETRO_SECTIONS]; /* NULL likewise */
};
MUST_CHECK bool export_retro_read(const struct export_sheet *sheet,
                                  struct export_retro *retro, struct err *err);
