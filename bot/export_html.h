/*
 * The parts of the page that bot/export_html.c puts together; nobody else includes
 * this. All that is not the bot's own goes through html_words or html_text.
 */
#pragma once

#include "bot/export.h"
#include "store/factors.h"

struct entry;

/* Fit to stand in an element or an attribute: escaped, controls made visible; in the
 * scratch arena. NULL is "". */
const char *html_words(const struct export_sheet *sheet, const char *text);
/* The same, written. */
void html_text(const struct export_sheet *sheet, const char *text);
const char *html_zone(const struct export_sheet *sheet);
/* `<time datetime=…>Thu 12 March, 02:44 CET</time>`, or "not known". */
const char *html_when(const struct export_sheet *sheet, int64_t at_ms);
/* Likewise 02:44 alone. */
const char *html_clock(const struct export_sheet *sheet, int64_t at_ms);
/* `<section id=…><h2>…</h2>`; the caller closes it. */
void html_section(const struct export_sheet *sheet, const char *id, const char *title);

extern const char *const html_style[]; /* lines, NULL behind the last */

/* Each its own section, with all its marks. */
bool html_retrospective(const struct export_sheet *sheet, struct err *err);
bool html_factors(const struct export_sheet *sheet, struct err *err);
bool html_timeline(const struct export_sheet *sheet, struct err *err);
bool html_roles(const struct export_sheet *sheet, struct err *err);
bool html_tasks(const struct export_sheet *sheet, struct err *err);
bool html_pages(const struct export_sheet *sheet, struct err *err);
bool html_updates(const struct export_sheet *sheet, struct err *err);
bool html_followups(const struct export_sheet *sheet, struct err *err);

/* An SVG of the factors and which stands behind which; false: nothing could draw it,
 * and nothing was written. */
bool html_drawing(const struct export_sheet *sheet, const struct factors *factors,
                  const struct factor_links *links);
