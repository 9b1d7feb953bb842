/* The export for people: what it was, the retrospective, the timeline, the work. */
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/export.h"
#include "bot/export_rows.h"
#include "bot/timeline_view.h"
#include "store/followups.h"
#include "store/holds.h"
#include "store/tasks.h"
#include "store/timeline.h"
#include "store/updates.h"

static const char *zone_of(const struct export_sheet *sheet)
{
    return text_or(sheet->config->time_zone, "UTC");
}

static const char *when(const struct export_sheet *sheet, int64_t at_ms)
{
    if (at_ms == TIME_NONE) {
        return "not known";
    }
    return arena_printf(sheet->scratch, "%s, %s",
                        time_day(sheet->scratch, at_ms, zone_of(sheet)),
                        time_clock(sheet->scratch, at_ms, zone_of(sheet)));
}

/* With the year: a document is read for longer. */
static const char *when_in_full(const struct export_sheet *sheet, int64_t at_ms)
{
    return at_ms == TIME_NONE
               ? when(sheet, at_ms)
               : arena_printf(sheet->scratch, "%s, %s",
                              time_day_long(sheet->scratch, at_ms, zone_of(sheet)),
                              time_clock(sheet->scratch, at_ms, zone_of(sheet)));
}

/* People's words must not become a heading, a list or a link of the document: what
 * Markdown reads is escaped, and all of it is on one line. */
static const char *words(const struct export_sheet *sheet, const char *text)
{
    struct text out;

    text_init(&out, sheet->scratch);
    for (const char *at = text_shown(sheet->scratch, text_or(text, "")); *at != '\0';
         at++) {
        if (*at == '\n' || *at == '\t' || *at == '\r') {
            text_add(&out, " ");
        } else {
            text_add(&out, strchr("\\`*_[]<>#|", *at) != NULL ? "\\" : "");
            text_add_n(&out, at, 1);
        }
    }
    return out.data;
}

static void head(const struct export_sheet *sheet)
{
    const struct incident *incident = sheet->incident;
    const struct {
        const char *name;
        int64_t at_ms;
    } moments[] = {
        {"Started", incident->started_ms},   {"Detected", incident->detected_ms},
        {"Declared", incident->declared_ms}, {"Mitigated", incident->mitigated_ms},
        {"Normal", incident->normal_ms},     {"Resolved", incident->resolved_ms},
    };

    (void)fprintf(sheet->out, "# inc-%lld %s\n\n", (long long)incident->id,
                  words(sheet, incident->title));
    (void)fprintf(sheet->out, "- State: %s, severity %s%s\n",
                  incident_state_name(incident->state), incident->severity,
                  incident->is_private ? ", private" : "");
    if (incident->is_drill) {
        (void)fputs("- A drill: nothing of this was real\n", sheet->out);
    }
    (void)fprintf(sheet->out, "- Service: %s\n",
                  incident->service == NULL ? "none" : words(sheet, incident->service));
    for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
        (void)fprintf(sheet->out, "- %s: %s\n", moments[i].name,
                      when_in_full(sheet, moments[i].at_ms));
    }
    arena_reset(sheet->scratch);
}

static bool roles(const struct export_sheet *sheet, struct err *err)
{
    struct holds holds;

    if (!export_holds(sheet, &holds, err)) {
        return false;
    }
    for (size_t i = 0; i < holds.count; i++) {
        const struct hold *hold = &holds.all[i];

        (void)fprintf(sheet->out, "- %s: %s from %s%s%s\n", hold->role,
                      words(sheet, hold->handle), when(sheet, hold->from_ms),
                      hold->to_ms == TIME_NONE ? "" : " to ",
                      hold->to_ms == TIME_NONE ? "" : when(sheet, hold->to_ms));
    }
    arena_reset(sheet->scratch);
    return true;
}

/* Its lines are the bot's own, with people's words in quotes. */
static bool retrospective(const struct export_sheet *sheet, struct err *err)
{
    struct export_retro retro;

    if (!export_retro_read(sheet, &retro, err)) {
        return false;
    }
    if (retro.state == NULL) {
        return true;
    }
    (void)fprintf(sheet->out, "\n## Retrospective (%s)\n", retro.state);
    for (int i = 0; i < RETRO_SECTIONS; i++) {
        (void)fprintf(sheet->out, "\n### %s\n\n", retro_section_names[i]);
        for (const char *at = retro.sections[i]; *at != '\0';) {
            size_t length = strcspn(at, "\n");

            (void)fprintf(sheet->out, "- %s\n",
                          words(sheet, arena_copy_n(sheet->scratch, at, length)));
            at += length + (at[length] == '\n' ? 1 : 0);
        }
        arena_reset(sheet->scratch);
    }
    return true;
}

struct walk {
    const struct export_sheet *sheet;
    char day[64];
};

static void name_day(struct walk *walk, int64_t at_ms)
{
    const struct export_sheet *sheet = walk->sheet;
    const char *day = time_day_long(sheet->scratch, at_ms, zone_of(sheet));

    if (!text_equal(day, walk->day)) {
        (void)snprintf(walk->day, sizeof(walk->day), "%s", day);
        (void)fprintf(sheet->out, "\n%s\n\n", day);
    }
}

static const char *words_of(const struct export_sheet *sheet, const struct entry *entry)
{
    if (entry->deleted_ms != TIME_NONE) {
        return "(deleted)";
    }
    if (entry->is_redacted) {
        return "(redacted)";
    }
    return arena_printf(sheet->scratch, "%s%s", words(sheet, entry->text),
                        entry->edited_ms != TIME_NONE ? " (edited)"
                        : timeline_is_corrected(sheet->incident, entry)
                            ? " (corrected since)"
                            : "");
}

static bool write_entry(const struct entry *entry, void *context)
{
    struct walk *walk = context;
    const struct export_sheet *sheet = walk->sheet;

    if (entry->dropped_ms == TIME_NONE) {
        name_day(walk, entry->at_ms);
        (void)fprintf(sheet->out, "- %s %s%s%s%s: %s\n",
                      time_clock(sheet->scratch, entry->at_ms, zone_of(sheet)),
                      entry->is_pinned ? "**key** " : "",
                      entry->handle == NULL ? "" : words(sheet, entry->handle),
                      entry->handle == NULL ? "" : ", ", entry->kind,
                      words_of(sheet, entry));
    }
    arena_reset(sheet->scratch);
    return ferror(sheet->out) == 0;
}

static bool timeline(const struct export_sheet *sheet, struct err *err)
{
    struct walk walk = {.sheet = sheet};

    (void)fputs("\n## Timeline\n", sheet->out);
    return timeline_each(sheet->store, sheet->incident->id, write_entry, &walk, err);
}

static bool tasks(const struct export_sheet *sheet, struct err *err)
{
    struct tasks list;

    if (!tasks_list(sheet->store, sheet->incident->id, &list, err)) {
        return false;
    }
    (void)fprintf(sheet->out, "\n## Tasks\n\n%s", list.count == 0 ? "None.\n" : "");
    for (size_t i = 0; i < list.count; i++) {
        const struct task *task = &list.all[i];

        (void)fprintf(
            sheet->out, "- %lld, %s, %s: %s%s%s\n", (long long)task->n,
            task->owner == NULL ? "nobody yet" : words(sheet, task->owner),
            task_state_name(task->state), words(sheet, task->what),
            task->result == NULL ? "" : ". Result: ", words(sheet, task->result));
        arena_reset(sheet->scratch);
    }
    return true;
}

static bool updates(const struct export_sheet *sheet, struct err *err)
{
    struct updates list;

    if (!updates_list(sheet->store, sheet->incident->id, NULL, &list, err)) {
        return false;
    }
    (void)fprintf(sheet->out, "\n## Updates\n\n%s", list.count == 0 ? "None.\n" : "");
    for (size_t i = 0; i < list.count; i++) {
        (void)fprintf(sheet->out, "- %s, %s, %s: %s\n", when(sheet, list.all[i].at_ms),
                      list.all[i].audience, words(sheet, list.all[i].handle),
                      words(sheet, list.all[i].text));
        arena_reset(sheet->scratch);
    }
    return true;
}

static bool followups(const struct export_sheet *sheet, struct err *err)
{
    struct followups list;

    if (!followups_of(sheet->store, sheet->incident->id, &list, err)) {
        return false;
    }
    (void)fprintf(sheet->out, "\n## Follow-ups\n\n%s",
                  list.count == 0 ? "None.\n" : "");
    for (size_t i = 0; i < list.count; i++) {
        const struct followup *followup = &list.all[i];

        (void)fprintf(
            sheet->out, "- %lld, %s, %s: %s%s%s%s%s%s%s\n", (long long)followup->id,
            words(sheet, followup->owner), followup->state,
            words(sheet, followup->what),
            followup->due_ms == TIME_NONE ? "" : ". Due: ",
            followup->due_ms == TIME_NONE
                ? ""
                : time_day(sheet->scratch, followup->due_ms, zone_of(sheet)),
            followup->why == NULL ? "" : ". Why: ", words(sheet, followup->why),
            followup->stops == NULL ? "" : ". Stops: ", words(sheet, followup->stops));
        arena_reset(sheet->scratch);
    }
    return true;
}

bool export_markdown(const struct export_sheet *sheet, struct err *err)
{
    head(sheet);
    return roles(sheet, err) && retrospective(sheet, err) && timeline(sheet, err) &&
           tasks(sheet, err) && updates(sheet, err) && followups(sheet, err);
}
