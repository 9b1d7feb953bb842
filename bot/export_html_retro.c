/* The retrospective on the page: its seven elements as headings, a line each, questions
 * that are still open set apart. */
#include <string.h>

#include "bot/base/text.h"
#include "bot/export_html.h"
#include "bot/export_rows.h"

static const char *const titles[RETRO_SECTIONS] = {
    [RETRO_MESSAGES] = "Messages to stakeholders",
    [RETRO_MONITORING] = "Monitoring context",
    [RETRO_TIMELINE] = "Communication timeline",
    [RETRO_FACTORS] = "Contributing factors",
    [RETRO_TECHNICAL] = "Technical analysis",
    [RETRO_FOLLOWUPS] = "Follow-up actions",
    [RETRO_NARRATIVE] = "Narrative",
};

/* Where the open question of a line begins: "…. ? dani: was data lost?" */
static size_t question_at(const char *line)
{
    const char *at = strncmp(line, "? ", 2) == 0 ? line : strstr(line, ". ? ");

    if (at == NULL) {
        return strlen(line);
    }
    return (size_t)(at - line) + (at == line ? 0 : 2);
}

/* Commands stand in backquotes. */
static void write_marked(const struct export_sheet *sheet, const char *text)
{
    while (*text != '\0') {
        size_t plain = strcspn(text, "`");
        const char *close = text[plain] == '`' ? strchr(text + plain + 1, '`') : NULL;

        if (close == NULL) {
            html_text(sheet, text);
            return;
        }
        html_text(sheet, arena_copy_n(sheet->scratch, text, plain));
        text += plain + 1;
        (void)fprintf(sheet->out, "<code>%s</code>",
                      html_words(sheet, arena_copy_n(sheet->scratch, text,
                                                     (size_t)(close - text))));
        text = close + 1;
    }
}

static void write_line(const struct export_sheet *sheet, const char *line)
{
    size_t question = question_at(line);

    (void)fputs("<p>", sheet->out);
    write_marked(sheet, arena_copy_n(sheet->scratch, line, question));
    if (line[question] != '\0') {
        (void)fputs("<span class=\"open\">", sheet->out);
        write_marked(sheet, line + question);
        (void)fputs("</span>", sheet->out);
    }
    (void)fputs("</p>\n", sheet->out);
}

static void write_section(const struct export_sheet *sheet, int place, const char *text)
{
    (void)fprintf(sheet->out, "<h3>%s</h3>\n", titles[place]);
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");

        write_line(sheet, arena_copy_n(sheet->scratch, text, length));
        text += length + (text[length] == '\n' ? 1 : 0);
    }
    arena_reset(sheet->scratch);
}

bool html_retrospective(const struct export_sheet *sheet, struct err *err)
{
    struct export_retro retro;

    if (!export_retro_read(sheet, &retro, err)) {
        return false;
    }
    html_section(sheet, "retrospective", "Retrospective");
    if (retro.state == NULL) {
        (void)fputs("<p class=\"none\">Not drafted yet.</p>\n</section>\n", sheet->out);
        return true;
    }
    (void)fprintf(sheet->out,
                  "<p class=\"badges\"><span class=\"badge\">%s</span></p>\n",
                  html_words(sheet, retro.state));
    for (int i = 0; i < RETRO_SECTIONS; i++) {
        write_section(sheet, i, retro.sections[i]);
    }
    (void)fputs("</section>\n", sheet->out);
    return true;
}
