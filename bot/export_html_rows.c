/* What is a table or a list on the page: roles, tasks, pages, updates, follow-ups. */
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/export_html.h"
#include "bot/export_rows.h"
#include "store/followups.h"
#include "store/holds.h"
#include "store/tasks.h"
#include "store/updates.h"

/* Closes the section of an empty list. */
static bool none(const struct export_sheet *sheet)
{
    (void)fputs("<p class=\"none\">None.</p>\n</section>\n", sheet->out);
    return true;
}

static void line_end(const struct export_sheet *sheet)
{
    (void)fputs("</li>\n", sheet->out);
    arena_reset(sheet->scratch);
}

static bool list_end(const struct export_sheet *sheet)
{
    (void)fputs("</ul>\n</section>\n", sheet->out);
    return ferror(sheet->out) == 0;
}

/* From when to when the bars run. */
struct extent {
    int64_t from_ms, to_ms;
};

static struct extent extent_of(const struct export_sheet *sheet,
                               const struct holds *holds)
{
    const struct incident *incident = sheet->incident;
    struct extent extent = {incident->declared_ms, incident->declared_ms + 1};
    int64_t ends[] = {incident->mitigated_ms, incident->normal_ms,
                      incident->resolved_ms};

    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        extent.to_ms = ends[i] > extent.to_ms ? ends[i] : extent.to_ms;
    }
    for (size_t i = 0; i < holds->count; i++) {
        int64_t end = holds->all[i].to_ms == TIME_NONE ? holds->all[i].from_ms
                                                       : holds->all[i].to_ms;

        extent.to_ms = end > extent.to_ms ? end : extent.to_ms;
    }
    return extent;
}

static long permille(const struct extent *extent, int64_t at_ms)
{
    int64_t whole = extent->to_ms - extent->from_ms;
    int64_t part = at_ms - extent->from_ms;

    return part <= 0 ? 0 : part >= whole ? 1000 : (long)(part * 1000 / whole);
}

static void write_hold(const struct export_sheet *sheet, const struct hold *hold,
                       const struct extent *extent)
{
    int64_t to_ms = hold->to_ms == TIME_NONE ? extent->to_ms : hold->to_ms;
    long from = permille(extent, hold->from_ms), to = permille(extent, to_ms);

    (void)fprintf(sheet->out, "<li><b>%s</b> %s <span class=\"from\">%s to %s</span>",
                  html_words(sheet, hold->role), html_words(sheet, hold->handle),
                  html_when(sheet, hold->from_ms),
                  hold->to_ms == TIME_NONE ? "the end" : html_when(sheet, hold->to_ms));
    (void)fprintf(sheet->out,
                  "<span class=\"bar\"><i style=\"margin-left:%ld.%ld%%;"
                  "width:%ld.%ld%%\"></i></span>",
                  from / 10, from % 10, (to - from) / 10, (to - from) % 10);
    line_end(sheet);
}

bool html_roles(const struct export_sheet *sheet, struct err *err)
{
    struct holds holds;
    struct extent extent;

    if (!export_holds(sheet, &holds, err)) {
        return false;
    }
    html_section(sheet, "roles", "Roles held");
    if (holds.count == 0) {
        return none(sheet);
    }
    extent = extent_of(sheet, &holds);
    (void)fputs("<ul class=\"roles\">\n", sheet->out);
    for (size_t i = 0; i < holds.count; i++) {
        write_hold(sheet, &holds.all[i], &extent);
    }
    return list_end(sheet);
}

bool html_tasks(const struct export_sheet *sheet, struct err *err)
{
    struct tasks tasks;

    if (!tasks_list(sheet->store, sheet->incident->id, &tasks, err)) {
        return false;
    }
    html_section(sheet, "tasks", "Tasks");
    if (tasks.count == 0) {
        return none(sheet);
    }
    (void)fputs("<ul class=\"rows\">\n", sheet->out);
    for (size_t i = 0; i < tasks.count; i++) {
        const struct task *task = &tasks.all[i];

        (void)fprintf(sheet->out,
                      "<li><b class=\"n\">%lld</b> <b>%s</b> <span class=\"badge\">%s"
                      "</span> <span class=\"words\">%s</span>",
                      (long long)task->n,
                      task->owner == NULL ? "nobody yet"
                                          : html_words(sheet, task->owner),
                      task_state_name(task->state), html_words(sheet, task->what));
        if (task->result != NULL) {
            (void)fprintf(sheet->out, "<span class=\"more\">Result: %s</span>",
                          html_words(sheet, task->result));
        }
        line_end(sheet);
    }
    return list_end(sheet);
}

bool html_pages(const struct export_sheet *sheet, struct err *err)
{
    struct pages pages;

    if (!pages_list(sheet->store, sheet->incident->id, &pages, err)) {
        return false;
    }
    html_section(sheet, "pages", "Pages");
    if (pages.count == 0) {
        return none(sheet);
    }
    (void)fputs("<ul class=\"rows\">\n", sheet->out);
    for (size_t i = 0; i < pages.count; i++) {
        const struct page *page = &pages.all[i];
        const char *who;

        if (!export_page_who(sheet, page, &who, err)) {
            return false;
        }
        (void)fprintf(sheet->out,
                      "<li><b class=\"n\">%lld</b> <b>%s</b> <span class=\"badge\">%s"
                      "</span> %s%s <span class=\"words\">%s</span>",
                      (long long)page->n,
                      who == NULL ? "nobody yet" : html_words(sheet, who),
                      page_state_name(page->state), html_when(sheet, page->made_ms),
                      page->answered_ms == TIME_NONE
                          ? ""
                          : arena_printf(sheet->scratch, ", answered after %s",
                                         time_span(sheet->scratch,
                                                   page->answered_ms - page->made_ms)),
                      html_words(sheet, page->why));
        line_end(sheet);
    }
    return list_end(sheet);
}

bool html_updates(const struct export_sheet *sheet, struct err *err)
{
    struct updates updates;

    if (!updates_list(sheet->store, sheet->incident->id, NULL, &updates, err)) {
        return false;
    }
    html_section(sheet, "updates", "Updates");
    if (updates.count == 0) {
        return none(sheet);
    }
    (void)fputs("<ul class=\"rows\">\n", sheet->out);
    for (size_t i = 0; i < updates.count; i++) {
        const struct update *update = &updates.all[i];

        (void)fprintf(
            sheet->out,
            "<li>%s <b>%s</b> <span class=\"badge\">%s</span> "
            "<span class=\"words\">%s</span>",
            html_when(sheet, update->at_ms), html_words(sheet, update->handle),
            html_words(sheet, update->audience), html_words(sheet, update->text));
        line_end(sheet);
    }
    return list_end(sheet);
}

static void more(const struct export_sheet *sheet, const char *label, const char *text)
{
    if (text != NULL) {
        (void)fprintf(sheet->out, "<span class=\"more\">%s: %s</span>", label,
                      html_words(sheet, text));
    }
}

bool html_followups(const struct export_sheet *sheet, struct err *err)
{
    struct followups followups;

    if (!followups_of(sheet->store, sheet->incident->id, &followups, err)) {
        return false;
    }
    html_section(sheet, "followups", "Follow-ups");
    if (followups.count == 0) {
        return none(sheet);
    }
    (void)fputs("<ul class=\"rows\">\n", sheet->out);
    for (size_t i = 0; i < followups.count; i++) {
        const struct followup *followup = &followups.all[i];

        (void)fprintf(sheet->out,
                      "<li><b class=\"n\">%lld</b> <b>%s</b> <span class=\"badge\">%s"
                      "</span> <span class=\"words\">%s</span>",
                      (long long)followup->id, html_words(sheet, followup->owner),
                      html_words(sheet, followup->state),
                      html_words(sheet, followup->what));
        more(sheet, "Why", followup->why);
        more(sheet, "Stops", followup->stops);
        if (followup->due_ms != TIME_NONE) {
            more(sheet, "Due",
                 time_day(sheet->scratch, followup->due_ms, html_zone(sheet)));
        }
        more(sheet, "Result", followup->result);
        line_end(sheet);
    }
    return list_end(sheet);
}
