/* The contributing factors as a tree of text; the drawing stands beside it. */
#include "bot/base/text.h"
#include "bot/export_html.h"
#include "bot/factor_tree.h"

static void write_factor(const struct export_sheet *sheet,
                         const struct factor_tree_line *line)
{
    const struct factor *factor = line->factor;

    (void)fprintf(sheet->out,
                  "<b class=\"n\">%lld</b> <span class=\"kind\">%s%s%s</span> "
                  "<span class=\"words\">%s</span>%s",
                  (long long)factor->n, html_words(sheet, factor->kind),
                  factor->judged == NULL ? "" : ", ", html_words(sheet, factor->judged),
                  html_words(sheet, factor->text),
                  line->is_again ? " <em>(above)</em>" : "");
}

/* Lists in lists: what stands behind a factor is the list in its line. */
static void write_tree(const struct export_sheet *sheet, const struct factor_tree *tree)
{
    size_t depth = 0;

    (void)fputs("<ul class=\"tree\">\n", sheet->out);
    for (size_t i = 0; i < tree->count; i++) {
        const struct factor_tree_line *line = &tree->all[i];

        (void)fputs(i == 0                ? ""
                    : line->depth > depth ? "\n<ul>\n"
                                          : "</li>\n",
                    sheet->out);
        for (; depth > line->depth; depth--) {
            (void)fputs("</ul></li>\n", sheet->out);
        }
        depth = line->depth;
        (void)fputs("<li>", sheet->out);
        write_factor(sheet, line);
    }
    for (; depth > 0; depth--) {
        (void)fputs("</li></ul>", sheet->out);
    }
    (void)fputs("</li>\n</ul>\n", sheet->out);
}

static void write_lessons(const struct export_sheet *sheet,
                          const struct lessons *lessons, const char *title)
{
    if (lessons->count == 0) {
        return;
    }
    (void)fprintf(sheet->out, "<h3>%s</h3>\n<ul class=\"rows\">\n", title);
    for (size_t i = 0; i < lessons->count; i++) {
        (void)fprintf(sheet->out,
                      "<li><b>%s</b> <span class=\"words\">%s</span></li>\n",
                      html_words(sheet, lessons->all[i].handle),
                      html_words(sheet, lessons->all[i].text));
    }
    (void)fputs("</ul>\n", sheet->out);
}

static bool lessons_of(const struct export_sheet *sheet, struct err *err)
{
    static const struct {
        const char *kind, *title;
    } kinds[] = {{"well", "What went well"},
                 {"surprise", "What surprised"},
                 {"gap", "What nobody watched"}};
    struct lessons lessons;

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (!lessons_list(sheet->store, sheet->incident->id, kinds[i].kind, &lessons,
                          err)) {
            return false;
        }
        write_lessons(sheet, &lessons, kinds[i].title);
    }
    return true;
}

static void write_factors(const struct export_sheet *sheet,
                          const struct factors *factors,
                          const struct factor_links *links)
{
    struct factor_tree tree = factor_tree_grow(sheet->scratch, factors, links);
    const char *empty = factor_tree_empty_kinds(sheet->scratch, factors);

    if (factors->count == 0) {
        (void)fputs("<p class=\"none\">None yet.</p>\n", sheet->out);
    } else {
        (void)html_drawing(sheet, factors, links);
        (void)fputs(
            "<p class=\"hint\">Behind each factor, further in, stands what made "
            "it possible.</p>\n",
            sheet->out);
        write_tree(sheet, &tree);
        if (empty != NULL) {
            (void)fprintf(sheet->out, "<p class=\"open\">No factor yet: %s.</p>\n",
                          html_words(sheet, empty));
        }
    }
    arena_reset(sheet->scratch);
}

/* Held ones are in no draft, and not here. */
bool html_factors(const struct export_sheet *sheet, struct err *err)
{
    struct factors factors;
    struct factor_links links;
    int64_t id = sheet->incident->id;

    if (!factors_list(sheet->store, id, false, &factors, err) ||
        !factor_links_list(sheet->store, id, false, &links, err)) {
        return false;
    }
    html_section(sheet, "factors", "Contributing factors");
    write_factors(sheet, &factors, &links);
    if (!lessons_of(sheet, err)) {
        return false;
    }
    (void)fputs("</section>\n", sheet->out);
    arena_reset(sheet->scratch);
    return true;
}
