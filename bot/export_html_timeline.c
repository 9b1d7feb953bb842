/* The timeline on the page: key moments first, then every entry, folded by hand only.
 */
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/export_html.h"
#include "bot/timeline_view.h"
#include "store/timeline.h"

struct walk {
    const struct export_sheet *sheet;
    bool only_key;
    int64_t count;
    char day[64];
};

static void name_day(struct walk *walk, int64_t at_ms)
{
    const struct export_sheet *sheet = walk->sheet;
    const char *day = time_day_long(sheet->scratch, at_ms, html_zone(sheet));

    if (!text_equal(day, walk->day)) {
        (void)fprintf(sheet->out, "%s<h3>%s</h3>\n<ol class=\"entries\">\n",
                      walk->day[0] == '\0' ? "" : "</ol>\n", html_words(sheet, day));
        (void)snprintf(walk->day, sizeof(walk->day), "%s", day);
    }
}

static const char *words_of(const struct export_sheet *sheet, const struct entry *entry)
{
    if (entry->is_redacted) {
        return "<em>redacted</em>";
    }
    if (entry->deleted_ms != TIME_NONE) {
        return "<em>deleted</em>";
    }
    return arena_printf(sheet->scratch, "%s%s", html_words(sheet, entry->text),
                        entry->edited_ms != TIME_NONE ? " <em>edited</em>"
                        : timeline_is_corrected(sheet->incident, entry)
                            ? " <em>corrected since</em>"
                            : "");
}

static bool write_entry(const struct entry *entry, void *context)
{
    struct walk *walk = context;
    const struct export_sheet *sheet = walk->sheet;

    if (entry->dropped_ms != TIME_NONE || (walk->only_key && !timeline_is_key(entry))) {
        return true;
    }
    name_day(walk, entry->at_ms);
    walk->count += 1;
    (void)fprintf(
        sheet->out,
        "<li%s>%s <span class=\"who\">%s</span> <span class=\"kind\">%s</span> "
        "<span class=\"words\">%s</span></li>\n",
        entry->is_pinned ? " class=\"pin\"" : "", html_clock(sheet, entry->at_ms),
        html_words(sheet, entry->handle), html_words(sheet, entry->kind),
        words_of(sheet, entry));
    arena_reset(sheet->scratch);
    return ferror(sheet->out) == 0;
}

static bool walk_through(const struct export_sheet *sheet, bool only_key,
                         struct err *err)
{
    struct walk walk = {.sheet = sheet, .only_key = only_key};

    if (!timeline_each(sheet->store, sheet->incident->id, write_entry, &walk, err)) {
        return false;
    }
    (void)fputs(walk.count == 0 ? "<p class=\"none\">None.</p>\n" : "</ol>\n",
                sheet->out);
    return ferror(sheet->out) == 0 ||
           err_set(err, ERR_BROKEN, "the page can't be written");
}

bool html_timeline(const struct export_sheet *sheet, struct err *err)
{
    html_section(sheet, "timeline", "Timeline: key moments");
    if (!walk_through(sheet, true, err)) {
        return false;
    }
    (void)fputs("</section>\n<section id=\"entries\">\n<details open>\n"
                "<summary><h2>Timeline: every entry</h2></summary>\n",
                sheet->out);
    if (!walk_through(sheet, false, err)) {
        return false;
    }
    (void)fputs("</details>\n</section>\n", sheet->out);
    return true;
}
