/* The keys of the export are a promise to other programs: a new one may come, none goes
 * or changes its meaning. What is absent is null. */
#include <jansson.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/export.h"
#include "bot/export_rows.h"
#include "store/factors.h"
#include "store/followups.h"
#include "store/holds.h"
#include "store/pages.h"
#include "store/tasks.h"
#include "store/timeline.h"
#include "store/updates.h"

/* One array being written. */
struct list {
    const struct export_sheet *sheet;
    const char *key;
    bool is_begun;
};

static void add_text(const struct export_sheet *sheet, json_t *row, const char *key,
                     const char *text)
{
    json_t *value = text_is_empty(text) ? json_null()
                                        : json_string(text_shown(sheet->scratch, text));

    INSIST(value != NULL);
    (void)json_object_set_new(row, key, value);
}

static void add_time(const struct export_sheet *sheet, json_t *row, const char *key,
                     int64_t at_ms)
{
    add_text(sheet, row, key,
             at_ms == TIME_NONE ? NULL : time_rfc3339_exact(sheet->scratch, at_ms));
}

static void add_number(json_t *row, const char *key, int64_t number)
{
    (void)json_object_set_new(row, key, json_integer(number));
}

static void add_flag(json_t *row, const char *key, bool flag)
{
    (void)json_object_set_new(row, key, json_boolean(flag));
}

/* Writes and releases it. */
static void write_value(const struct export_sheet *sheet, json_t *value)
{
    (void)json_dumpf(value, sheet->out, JSON_COMPACT | JSON_ENCODE_ANY);
    json_decref(value);
    arena_reset(sheet->scratch);
}

static void list_begin(struct list *list, const struct export_sheet *sheet,
                       const char *key)
{
    *list = (struct list){.sheet = sheet, .key = key};
    (void)fprintf(sheet->out, ",\n\"%s\":[", key);
}

static void list_add(struct list *list, json_t *row)
{
    (void)fputs(list->is_begun ? ",\n" : "\n", list->sheet->out);
    list->is_begun = true;
    write_value(list->sheet, row);
}

static void list_end(struct list *list)
{
    (void)fputs("]", list->sheet->out);
}

static void write_incident(const struct export_sheet *sheet)
{
    const struct incident *incident = sheet->incident;
    json_t *row = json_object();

    add_number(row, "id", incident->id);
    add_text(sheet, row, "ref",
             arena_printf(sheet->scratch, "inc-%lld", (long long)incident->id));
    add_text(sheet, row, "title", incident->title);
    add_text(sheet, row, "severity", incident->severity);
    add_text(sheet, row, "status", incident_state_name(incident->state));
    add_flag(row, "private", incident->is_private);
    add_flag(row, "drill", incident->is_drill);
    add_text(sheet, row, "service", incident->service);
    add_time(sheet, row, "declared_at", incident->declared_ms);
    add_time(sheet, row, "started_at", incident->started_ms);
    add_time(sheet, row, "detected_at", incident->detected_ms);
    add_time(sheet, row, "mitigated_at", incident->mitigated_ms);
    add_time(sheet, row, "normal_at", incident->normal_ms);
    add_time(sheet, row, "resolved_at", incident->resolved_ms);
    (void)fputs("{\"incident\":", sheet->out);
    write_value(sheet, row);
}

static bool write_roles(const struct export_sheet *sheet, struct err *err)
{
    struct holds holds;
    struct list list;

    if (!export_holds(sheet, &holds, err)) {
        return false;
    }
    list_begin(&list, sheet, "roles");
    for (size_t i = 0; i < holds.count; i++) {
        json_t *row = json_object();

        add_text(sheet, row, "role", holds.all[i].role);
        add_text(sheet, row, "person", holds.all[i].handle);
        add_time(sheet, row, "from", holds.all[i].from_ms);
        add_time(sheet, row, "to", holds.all[i].to_ms);
        list_add(&list, row);
    }
    list_end(&list);
    return true;
}

static bool write_entry(const struct entry *entry, void *context)
{
    struct list *list = context;
    const struct export_sheet *sheet = list->sheet;
    json_t *row = json_object();
    json_t *source = json_object();

    add_number(row, "id", entry->n);
    add_time(sheet, row, "at", entry->at_ms);
    add_text(sheet, row, "kind", entry->kind);
    add_text(sheet, row, "who", entry->handle);
    add_text(sheet, row, "text", entry->is_redacted ? NULL : entry->text);
    add_flag(row, "key", entry->is_pinned);
    add_flag(row, "edited", entry->edited_ms != TIME_NONE);
    add_flag(row, "deleted",
             entry->deleted_ms != TIME_NONE || entry->dropped_ms != TIME_NONE);
    add_text(sheet, source, "adapter", entry->adapter);
    add_text(sheet, source, "channel", entry->channel);
    add_text(sheet, source, "message", entry->message);
    (void)json_object_set_new(row, "source", source);
    list_add(list, row);
    return ferror(sheet->out) == 0;
}

static bool write_timeline(const struct export_sheet *sheet, struct err *err)
{
    struct list list;

    list_begin(&list, sheet, "timeline");
    if (!timeline_each(sheet->store, sheet->incident->id, write_entry, &list, err)) {
        return false;
    }
    list_end(&list);
    return true;
}

static bool write_tasks(const struct export_sheet *sheet, struct err *err)
{
    struct tasks tasks;
    struct list list;

    if (!tasks_list(sheet->store, sheet->incident->id, &tasks, err)) {
        return false;
    }
    list_begin(&list, sheet, "tasks");
    for (size_t i = 0; i < tasks.count; i++) {
        const struct task *task = &tasks.all[i];
        json_t *row = json_object();

        add_number(row, "n", task->n);
        add_text(sheet, row, "what", task->what);
        add_text(sheet, row, "owner", task->owner);
        add_text(sheet, row, "state", task_state_name(task->state));
        add_time(sheet, row, "due_at", task->due_ms);
        add_time(sheet, row, "acked_at", task->acked_ms);
        add_time(sheet, row, "done_at", task->done_ms);
        add_text(sheet, row, "result", task->result);
        list_add(&list, row);
    }
    list_end(&list);
    return true;
}

static bool write_pages(const struct export_sheet *sheet, struct err *err)
{
    struct pages pages;
    struct list list;
    const char *who;

    if (!pages_list(sheet->store, sheet->incident->id, &pages, err)) {
        return false;
    }
    list_begin(&list, sheet, "pages");
    for (size_t i = 0; i < pages.count; i++) {
        const struct page *page = &pages.all[i];
        json_t *row = json_object();

        if (!export_page_who(sheet, page, &who, err)) {
            json_decref(row);
            return false;
        }
        add_number(row, "n", page->n);
        add_text(sheet, row, "who", who);
        add_text(sheet, row, "why", page->why);
        add_text(sheet, row, "state", page_state_name(page->state));
        add_time(sheet, row, "sent_at", page->made_ms);
        add_time(sheet, row, "answered_at", page->answered_ms);
        list_add(&list, row);
    }
    list_end(&list);
    return true;
}

static bool write_updates(const struct export_sheet *sheet, struct err *err)
{
    struct updates updates;
    struct list list;

    if (!updates_list(sheet->store, sheet->incident->id, NULL, &updates, err)) {
        return false;
    }
    list_begin(&list, sheet, "updates");
    for (size_t i = 0; i < updates.count; i++) {
        json_t *row = json_object();

        add_time(sheet, row, "at", updates.all[i].at_ms);
        add_text(sheet, row, "audience", updates.all[i].audience);
        add_text(sheet, row, "who", updates.all[i].handle);
        add_text(sheet, row, "text", updates.all[i].text);
        list_add(&list, row);
    }
    list_end(&list);
    return true;
}

static json_t *because_of(const struct factor_links *links, int64_t n)
{
    json_t *because = json_array();

    for (size_t i = 0; i < links->count; i++) {
        if (links->all[i][0] == n) {
            (void)json_array_append_new(because, json_integer(links->all[i][1]));
        }
    }
    return because;
}

/* Those that wait for another beside them are in no draft, and not here. */
static bool write_factors(const struct export_sheet *sheet, struct err *err)
{
    struct factors factors;
    struct factor_links links;
    struct list list;

    if (!factors_list(sheet->store, sheet->incident->id, false, &factors, err) ||
        !factor_links_list(sheet->store, sheet->incident->id, false, &links, err)) {
        return false;
    }
    list_begin(&list, sheet, "factors");
    for (size_t i = 0; i < factors.count; i++) {
        json_t *row = json_object();

        add_number(row, "n", factors.all[i].n);
        add_text(sheet, row, "kind", factors.all[i].kind);
        add_text(sheet, row, "text", factors.all[i].text);
        (void)json_object_set_new(row, "because", because_of(&links, factors.all[i].n));
        add_text(sheet, row, "judged", factors.all[i].judged);
        list_add(&list, row);
    }
    list_end(&list);
    return true;
}

static bool write_followups(const struct export_sheet *sheet, struct err *err)
{
    struct followups followups;
    struct list list;

    if (!followups_of(sheet->store, sheet->incident->id, &followups, err)) {
        return false;
    }
    list_begin(&list, sheet, "followups");
    for (size_t i = 0; i < followups.count; i++) {
        const struct followup *followup = &followups.all[i];
        json_t *row = json_object();

        add_number(row, "n", followup->id);
        add_text(sheet, row, "what", followup->what);
        add_text(sheet, row, "owner", followup->owner);
        add_time(sheet, row, "due", followup->due_ms);
        add_text(sheet, row, "why", followup->why);
        add_text(sheet, row, "stops", followup->stops);
        add_text(sheet, row, "state", followup->state);
        add_time(sheet, row, "done_at", followup->done_ms);
        add_text(sheet, row, "result", followup->result);
        add_time(sheet, row, "verified_at", followup->verified_ms);
        (void)json_object_set_new(row, "helped",
                                  followup->verified_ms == TIME_NONE
                                      ? json_null()
                                      : json_boolean(followup->has_helped));
        list_add(&list, row);
    }
    list_end(&list);
    return true;
}

static bool write_retro(const struct export_sheet *sheet, struct err *err)
{
    struct export_retro retro;
    json_t *row = json_object();
    json_t *sections = json_object();

    if (!export_retro_read(sheet, &retro, err)) {
        json_decref(row);
        json_decref(sections);
        return false;
    }
    add_text(sheet, row, "state", retro.state);
    add_text(sheet, row, "owner", retro.owner);
    add_time(sheet, row, "due", retro.due_ms);
    for (size_t i = 0; i < RETRO_SECTIONS; i++) {
        add_text(sheet, sections, retro_section_names[i], retro.sections[i]);
    }
    (void)json_object_set_new(row, "sections", sections);
    (void)fputs(",\n\"retrospective\":", sheet->out);
    write_value(sheet, row);
    return true;
}

bool export_json(const struct export_sheet *sheet, struct err *err)
{
    write_incident(sheet);
    if (!write_roles(sheet, err) || !write_timeline(sheet, err) ||
        !write_tasks(sheet, err) || !write_pages(sheet, err) ||
        !write_updates(sheet, err) || !write_factors(sheet, err) ||
        !write_followups(sheet, err) || !write_retro(sheet, err)) {
        return false;
    }
    (void)fputs("}\n", sheet->out);
    return true;
}
