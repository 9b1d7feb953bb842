/* The export to read and to print: one page that needs nothing but itself. */
#include "bot/export_html.h"

#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"

const char *html_words(const struct export_sheet *sheet, const char *text)
{
    struct text out;

    text_init(&out, sheet->scratch);
    for (const char *at = text_shown(sheet->scratch, text_or(text, "")); *at != '\0';
         at++) {
        switch (*at) {
        case '&': text_add(&out, "&amp;"); break;
        case '<': text_add(&out, "&lt;"); break;
        case '>': text_add(&out, "&gt;"); break;
        case '"': text_add(&out, "&quot;"); break;
        case '\'': text_add(&out, "&#39;"); break;
        default: text_add_n(&out, at, 1);
        }
    }
    return out.data;
}

void html_text(const struct export_sheet *sheet, const char *text)
{
    (void)fputs(html_words(sheet, text), sheet->out);
}

const char *html_zone(const struct export_sheet *sheet)
{
    return text_or(sheet->config->time_zone, "UTC");
}

static const char *stamped(const struct export_sheet *sheet, int64_t at_ms,
                           const char *shown)
{
    return arena_printf(sheet->scratch, "<time datetime=\"%s\">%s</time>",
                        time_rfc3339_exact(sheet->scratch, at_ms),
                        html_words(sheet, shown));
}

const char *html_when(const struct export_sheet *sheet, int64_t at_ms)
{
    struct arena *arena = sheet->scratch;

    if (at_ms == TIME_NONE) {
        return "not known";
    }
    return stamped(sheet, at_ms,
                   arena_printf(arena, "%s, %s",
                                time_day(arena, at_ms, html_zone(sheet)),
                                time_clock(arena, at_ms, html_zone(sheet))));
}

const char *html_clock(const struct export_sheet *sheet, int64_t at_ms)
{
    return stamped(sheet, at_ms,
                   time_clock_bare(sheet->scratch, at_ms, html_zone(sheet)));
}

void html_section(const struct export_sheet *sheet, const char *id, const char *title)
{
    (void)fprintf(sheet->out, "<section id=\"%s\">\n<h2>%s</h2>\n", id, title);
}

/* The policy forbids the page, and whatever might be smuggled into it, to load or run
 * anything. */
static void head(const struct export_sheet *sheet)
{
    const struct incident *incident = sheet->incident;

    (void)fputs(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
        "'none'; style-src 'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n",
        sheet->out);
    (void)fprintf(sheet->out, "<title>inc-%lld %s</title>\n<style>\n",
                  (long long)incident->id, html_words(sheet, incident->title));
    for (size_t i = 0; html_style[i] != NULL; i++) {
        (void)fputs(html_style[i], sheet->out);
    }
    (void)fputs("</style>\n</head>\n<body>\n", sheet->out);
}

static void badge(const struct export_sheet *sheet, const char *text)
{
    (void)fprintf(sheet->out, " <span class=\"badge\">%s</span>",
                  html_words(sheet, text));
}

static void badges(const struct export_sheet *sheet)
{
    const struct incident *incident = sheet->incident;

    (void)fprintf(sheet->out, "<p class=\"badges\"><b>inc-%lld</b>",
                  (long long)incident->id);
    if (incident->is_drill) {
        badge(sheet, "drill: nothing of this was real");
    }
    badge(sheet, incident_state_name(incident->state));
    badge(sheet, strcmp(incident->severity, "unknown") == 0 ? "severity unknown"
                                                            : incident->severity);
    if (incident->is_private) {
        badge(sheet, "private");
    }
    if (incident->service != NULL) {
        badge(sheet, incident->service);
    }
    (void)fputs("</p>\n", sheet->out);
}

struct moment {
    const char *name;
    int64_t at_ms;
};
#define MOMENTS 6

static const char *since(const struct export_sheet *sheet, int64_t from_ms,
                         int64_t at_ms)
{
    return from_ms == TIME_NONE || at_ms <= from_ms
               ? ""
               : arena_printf(sheet->scratch, "<span>after %s</span>",
                              time_span(sheet->scratch, at_ms - from_ms));
}

/* In order of time; those not known behind them. */
static void sort_moments(struct moment *moments)
{
    for (size_t i = 1; i < MOMENTS; i++) {
        struct moment moment = moments[i];
        size_t j = i;

        while (j > 0 && moment.at_ms != TIME_NONE &&
               (moments[j - 1].at_ms == TIME_NONE ||
                moments[j - 1].at_ms > moment.at_ms)) {
            moments[j] = moments[j - 1];
            j--;
        }
        moments[j] = moment;
    }
}

static const char *day_of(const struct export_sheet *sheet, int64_t at_ms)
{
    return at_ms == TIME_NONE
               ? ""
               : html_words(sheet, time_day(sheet->scratch, at_ms, html_zone(sheet)));
}

static bool is_same_day(const struct export_sheet *sheet, int64_t a_ms, int64_t b_ms)
{
    return a_ms != TIME_NONE && b_ms != TIME_NONE &&
           text_equal(time_day_long(sheet->scratch, a_ms, html_zone(sheet)),
                      time_day_long(sheet->scratch, b_ms, html_zone(sheet)));
}

/* With the year: a document is read for longer. */
static const char *first_moment(const struct export_sheet *sheet, int64_t at_ms)
{
    struct arena *arena = sheet->scratch;

    return at_ms == TIME_NONE
               ? html_when(sheet, at_ms)
               : stamped(sheet, at_ms,
                         arena_printf(arena, "%s, %s",
                                      time_day_long(arena, at_ms, html_zone(sheet)),
                                      time_clock(arena, at_ms, html_zone(sheet))));
}

static void moments(const struct export_sheet *sheet)
{
    const struct incident *incident = sheet->incident;
    struct moment all[MOMENTS] = {
        {"started", incident->started_ms},     {"detected", incident->detected_ms},
        {"declared", incident->declared_ms},   {"mitigated", incident->mitigated_ms},
        {"normal again", incident->normal_ms}, {"resolved", incident->resolved_ms},
    };

    sort_moments(all);
    (void)fputs("<ol class=\"moments\">\n", sheet->out);
    for (size_t i = 0; i < MOMENTS; i++) {
        const char *shown =
            i == 0 ? first_moment(sheet, all[i].at_ms)
            : is_same_day(sheet, all[i - 1].at_ms, all[i].at_ms)
                ? html_clock(sheet, all[i].at_ms)
                : arena_printf(sheet->scratch, "%s, %s", day_of(sheet, all[i].at_ms),
                               html_clock(sheet, all[i].at_ms));

        if (all[i].at_ms == TIME_NONE) {
            (void)fprintf(sheet->out, "<li class=\"none\"><b>%s</b> not known</li>\n",
                          all[i].name);
        } else {
            (void)fprintf(sheet->out, "<li><b>%s</b> %s %s</li>\n", all[i].name, shown,
                          since(sheet, all[0].at_ms, all[i].at_ms));
        }
    }
    (void)fputs("</ol>\n", sheet->out);
    arena_reset(sheet->scratch);
}

static void top(const struct export_sheet *sheet)
{
    (void)fputs("<main>\n<header>\n", sheet->out);
    badges(sheet);
    (void)fprintf(sheet->out, "<h1>%s</h1>\n",
                  html_words(sheet, sheet->incident->title));
    moments(sheet);
    (void)fputs("<nav><a href=\"#retrospective\">Retrospective</a> "
                "<a href=\"#factors\">Factors</a> "
                "<a href=\"#followups\">Follow-ups</a> "
                "<a href=\"#timeline\">Timeline</a> <a href=\"#roles\">Roles</a> "
                "<a href=\"#tasks\">Tasks</a> <a href=\"#pages\">Pages</a> "
                "<a href=\"#updates\">Updates</a></nav>\n</header>\n",
                sheet->out);
}

bool export_html(const struct export_sheet *sheet, struct err *err)
{
    head(sheet);
    top(sheet);
    if (!html_retrospective(sheet, err) || !html_factors(sheet, err) ||
        !html_followups(sheet, err) || !html_timeline(sheet, err) ||
        !html_roles(sheet, err) || !html_tasks(sheet, err) || !html_pages(sheet, err) ||
        !html_updates(sheet, err)) {
        return false;
    }
    (void)fprintf(sheet->out,
                  "<footer>Made by Muster from the record of inc-%lld. Times are in "
                  "%s.</footer>\n</main>\n</body>\n</html>\n",
                  (long long)sheet->incident->id, html_words(sheet, html_zone(sheet)));
    return true;
}
