/* The factors as boxes, each a little card of words, and arrows from what made
 * something possible to what it made possible. */
#include <stdlib.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/export_graph.h"
#include "bot/export_html.h"

#define COLUMNS     26
#define LINES_MAX   5
#define WORDS_BYTES 1024 /* more than the lines hold: the rest is not looked at */
#define LINE_HEIGHT 16.0
#define BOX_WIDTH   196.0
#define BOX_PADDING 9.0

struct drawing {
    const struct export_sheet *sheet;
    const struct factors *factors;
    const struct factor_links *links;
    struct graph graph;
};

/* ---- words in lines ---- */

struct lines {
    const char *all[LINES_MAX];
    size_t count;
};

/* The same on every machine, whatever its locale: what East Asia writes twice as wide,
 * and marks that stand on the character before. */
static size_t width_of(uint32_t rune)
{
    static const struct {
        uint32_t first, last;
        size_t width;
    } ranges[] = {
        {0x0300, 0x036F, 0},   {0x1100, 0x115F, 2},   {0x200B, 0x200F, 0},
        {0x20D0, 0x20FF, 0},   {0x2E80, 0xA4CF, 2},   {0xAC00, 0xD7A3, 2},
        {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},   {0xFE30, 0xFE6F, 2},
        {0xFF00, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},   {0x1F300, 0x1F64F, 2},
        {0x1F680, 0x1F6FF, 2}, {0x1F900, 0x1F9FF, 2}, {0x20000, 0x3FFFD, 2},
    };

    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        if (rune >= ranges[i].first && rune <= ranges[i].last) {
            return ranges[i].width;
        }
    }
    return 1;
}

/* How many bytes of whole characters fit into a line. */
static size_t columns_fit(const char *text)
{
    size_t fit = 0, columns = 0, end = strlen(text);

    while (fit < end) {
        size_t length = 0;

        columns += width_of(text_rune(text + fit, end - fit, &length));
        if (columns > COLUMNS) {
            break;
        }
        fit += length;
    }
    return fit;
}

/* Back to the last blank, where the line is broken within a word. */
static size_t line_length(const char *text)
{
    size_t fit = columns_fit(text), back = fit;

    if (text[fit] == '\0' || text[fit] == ' ') {
        return fit;
    }
    while (back > 0 && text[back - 1] != ' ') {
        back--;
    }
    return back > fit / 3 ? back : fit;
}

static struct lines lines_of(const struct drawing *drawing, const char *words)
{
    struct arena *arena = drawing->sheet->scratch;
    size_t seen = text_fit(words, WORDS_BYTES);
    bool is_cut = words[seen] != '\0';
    char *text = arena_copy(arena, text_shown(arena, arena_copy_n(arena, words, seen)));
    struct lines lines = {.count = 0};

    for (char *at = text; *at != '\0'; at++) {
        *at = *at == '\n' || *at == '\t' || *at == '\r' ? ' ' : *at;
    }
    while (*text != '\0' && lines.count < LINES_MAX) {
        size_t length;

        text += strspn(text, " ");
        length = line_length(text);
        lines.all[lines.count++] = arena_copy_n(arena, text, length);
        text += length;
    }
    if ((is_cut || *text != '\0') && lines.count > 0) {
        lines.all[lines.count - 1] =
            arena_printf(arena, "%s …", lines.all[lines.count - 1]);
    }
    return lines;
}

/* ---- boxes: the incident first, then the factors ---- */

static const char *words_of(const struct drawing *drawing, size_t box)
{
    return box == 0 ? drawing->sheet->incident->title
                    : drawing->factors->all[box - 1].text;
}

static const char *label_of(const struct drawing *drawing, size_t box)
{
    const struct factor *factor = box == 0 ? NULL : &drawing->factors->all[box - 1];
    struct arena *arena = drawing->sheet->scratch;

    return factor == NULL ? arena_printf(arena, "inc-%lld",
                                         (long long)drawing->sheet->incident->id)
           : factor->judged == NULL
               ? arena_printf(arena, "%lld %s", (long long)factor->n, factor->kind)
               : arena_printf(arena, "%lld %s, %s", (long long)factor->n, factor->kind,
                              factor->judged);
}

/* 0: there is none. */
static size_t box_of(const struct drawing *drawing, int64_t n)
{
    for (size_t i = 0; i < drawing->factors->count; i++) {
        if (drawing->factors->all[i].n == n) {
            return i + 1;
        }
    }
    return 0;
}

static bool stands_behind_another(const struct drawing *drawing, int64_t n)
{
    for (size_t i = 0; i < drawing->links->count; i++) {
        if (drawing->links->all[i][1] == n &&
            box_of(drawing, drawing->links->all[i][0]) != 0) {
            return true;
        }
    }
    return false;
}

static void add_line(struct graph *graph, size_t from, size_t to)
{
    graph->lines[graph->line_count++] = (struct graph_line){.from = from, .to = to};
}

static void lay_out(struct drawing *drawing)
{
    const struct factors *factors = drawing->factors;
    const struct factor_links *links = drawing->links;
    struct graph *graph = &drawing->graph;
    struct arena *arena = drawing->sheet->scratch;

    graph->box_count = factors->count + 1;
    graph->boxes = ARENA_ARRAY(arena, struct graph_box, graph->box_count);
    graph->lines =
        ARENA_ARRAY(arena, struct graph_line, links->count + factors->count + 1);
    for (size_t i = 0; i < graph->box_count; i++) {
        graph->boxes[i].width = BOX_WIDTH;
        graph->boxes[i].height =
            (double)(lines_of(drawing, words_of(drawing, i)).count + 1) * LINE_HEIGHT +
            2 * BOX_PADDING;
    }
    for (size_t i = 0; i < factors->count; i++) {
        if (!stands_behind_another(drawing, factors->all[i].n) &&
            !text_equal(factors->all[i].judged, "irrelevant")) {
            add_line(graph, 0, i + 1);
        }
    }
    for (size_t i = 0; i < links->count; i++) {
        size_t from = box_of(drawing, links->all[i][0]);
        size_t to = box_of(drawing, links->all[i][1]);

        if (from != 0 && to != 0) {
            add_line(graph, from, to);
        }
    }
}

/* ---- the picture ---- */

/* Tenths, whatever the locale puts between digits. */
static void number(const struct drawing *drawing, const char *before, double value)
{
    long tenths = (long)(value * 10 + (value < 0 ? -0.5 : 0.5));

    (void)fprintf(drawing->sheet->out, "%s%s%ld.%ld", before, tenths < 0 ? "-" : "",
                  labs(tenths) / 10, labs(tenths) % 10);
}

/* Backwards: the arrow points at what was made possible. */
static void draw_line(const struct drawing *drawing, const struct graph_line *line)
{
    FILE *out = drawing->sheet->out;

    (void)fputs("<path d=\"", out);
    for (size_t i = line->count; i > 0; i--) {
        const struct graph_point *point = &line->points[i - 1];

        number(drawing,
               i == line->count       ? "M"
               : i == line->count - 1 ? "C"
                                      : " ",
               point->x);
        number(drawing, ",", point->y);
    }
    (void)fputs("\" marker-end=\"url(#tip)\"/>\n", out);
}

static void draw_words(const struct drawing *drawing, size_t box, double left,
                       double top)
{
    struct lines lines = lines_of(drawing, words_of(drawing, box));
    FILE *out = drawing->sheet->out;

    for (size_t i = 0; i <= lines.count; i++) {
        number(drawing, "<text x=\"", left + BOX_PADDING);
        number(drawing, "\" y=\"", top + BOX_PADDING + LINE_HEIGHT * ((double)i + 0.8));
        (void)fprintf(out, "\"%s>%s</text>", i == 0 ? " class=\"label\"" : "",
                      html_words(drawing->sheet,
                                 i == 0 ? label_of(drawing, box) : lines.all[i - 1]));
    }
}

static void draw_box(const struct drawing *drawing, size_t place)
{
    const struct graph_box *box = &drawing->graph.boxes[place];
    double left = box->centre.x - box->width / 2;
    double top = box->centre.y - box->height / 2;
    FILE *out = drawing->sheet->out;

    (void)fprintf(
        out, "<g class=\"%s\">",
        place == 0 ? "incident"
                   : html_words(drawing->sheet, drawing->factors->all[place - 1].kind));
    number(drawing, "<rect rx=\"5\" x=\"", left);
    number(drawing, "\" y=\"", top);
    number(drawing, "\" width=\"", box->width);
    number(drawing, "\" height=\"", box->height);
    (void)fputs("\"/>", out);
    draw_words(drawing, place, left, top);
    (void)fputs("</g>\n", out);
}

static void draw(const struct drawing *drawing)
{
    const struct graph *graph = &drawing->graph;
    FILE *out = drawing->sheet->out;

    number(drawing,
           "<div class=\"drawing\"><svg role=\"img\" aria-label=\"The factors "
           "and what stands behind each; the same as text below\" width=\"",
           graph->width + 4);
    number(drawing, "\" height=\"", graph->height + 4);
    number(drawing, "\" viewBox=\"-2 -2 ", graph->width + 4);
    number(drawing, " ", graph->height + 4);
    (void)fputs(
        "\">\n<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" "
        "markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path "
        "d=\"M0,0 L8,4 L0,8 z\"/></marker></defs>\n",
        out);
    for (size_t i = 0; i < graph->line_count; i++) {
        draw_line(drawing, &graph->lines[i]);
    }
    for (size_t i = 0; i < graph->box_count; i++) {
        draw_box(drawing, i);
    }
    (void)fputs("</svg></div>\n", out);
}

bool html_drawing(const struct export_sheet *sheet, const struct factors *factors,
                  const struct factor_links *links)
{
    struct drawing drawing = {.sheet = sheet, .factors = factors, .links = links};

    if (factors->count >= GRAPH_BOXES) {
        return false;
    }
    lay_out(&drawing);
    if (!graph_place(sheet->scratch, &drawing.graph)) {
        return false;
    }
    draw(&drawing);
    return true;
}
