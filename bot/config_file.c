/*
 * muster.yaml through libcyaml. Every value is read as a word first, so that "5m" and 3
 * are refused in the same words, with their line.
 */
#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cyaml/cyaml.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/config.h"
#include "bot/config_level.h"
#include "bot/config_matrix.h"
#include "bot/config_yaml.h"

struct file_nudges {
    char *no_commander, *severity_unknown, *task_silent, *page_unanswered, *page_rounds,
        *lead_question, *handoff_lapse, *commander, *commander_night, *commander_again,
        *quiet, *no_task, *check_in, *retrospective_days;
};
struct file_slack {
    char *api_url;
};
struct file {
    char *store, *time_zone, *announce, *announce_outside, *call, *directory, *texts,
        *proxy, *ca_file;
    struct file_level *severities;
    struct file_journey *journeys;
    char **roles;
    uint64_t severities_count, journeys_count, roles_count;
    struct file_nudges *nudges;
    struct file_slack *slack;
    struct file_matrix *matrix;
};

#define OPTIONAL (CYAML_FLAG_POINTER_NULL_STR | CYAML_FLAG_OPTIONAL)
#define WORD(name, type, member)                                                       \
    CYAML_FIELD_STRING_PTR(name, OPTIONAL, type, member, 0, CYAML_UNLIMITED)

static const cyaml_schema_value_t word_schema = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, CYAML_UNLIMITED),
};
static const cyaml_schema_field_t nudge_fields[] = {
    WORD("no_commander", struct file_nudges, no_commander),
    WORD("severity_unknown", struct file_nudges, severity_unknown),
    WORD("task_silent", struct file_nudges, task_silent),
    WORD("page_unanswered", struct file_nudges, page_unanswered),
    WORD("page_rounds", struct file_nudges, page_rounds),
    WORD("lead_question", struct file_nudges, lead_question),
    WORD("handoff_lapse", struct file_nudges, handoff_lapse),
    WORD("commander", struct file_nudges, commander),
    WORD("commander_night", struct file_nudges, commander_night),
    WORD("commander_again", struct file_nudges, commander_again),
    WORD("quiet", struct file_nudges, quiet),
    WORD("no_task", struct file_nudges, no_task),
    WORD("check_in", struct file_nudges, check_in),
    WORD("retrospective_days", struct file_nudges, retrospective_days),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t slack_fields[] = {
    WORD("api_url", struct file_slack, api_url),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t file_fields[] = {
    WORD("store", struct file, store),
    WORD("time_zone", struct file, time_zone),
    WORD("announce", struct file, announce),
    WORD("announce_outside", struct file, announce_outside),
    WORD("call", struct file, call),
    WORD("directory", struct file, directory),
    WORD("texts", struct file, texts),
    WORD("proxy", struct file, proxy),
    WORD("ca_file", struct file, ca_file),
    CYAML_FIELD_SEQUENCE("severities", OPTIONAL, struct file, severities,
                         &config_level_schema, 0, CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("journeys", OPTIONAL, struct file, journeys,
                         &config_journey_schema, 0, CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("roles", OPTIONAL, struct file, roles, &word_schema, 0,
                         CYAML_UNLIMITED),
    CYAML_FIELD_MAPPING_PTR("nudges", OPTIONAL, struct file, nudges, nudge_fields),
    CYAML_FIELD_MAPPING_PTR("slack", OPTIONAL, struct file, slack, slack_fields),
    CYAML_FIELD_MAPPING_PTR("matrix", OPTIONAL, struct file, matrix,
                            config_matrix_fields),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t file_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER_NULL, struct file, file_fields),
};

enum nudge_kind {
    NUDGE_REMINDS, /* may be switched off by `none` */
    NUDGE_ACTS,    /* a span of at least a second */
    NUDGE_COUNTS,  /* 1 to 20 */
    NUDGE_HOUR,    /* 10:00, or none */
};
static const struct {
    const char *key;
    size_t from, to;
    enum nudge_kind kind;
} nudge_rows[] = {
#define ROW(key, member, kind)                                                         \
    {                                                                                  \
#key, offsetof(struct file_nudges, key),                                       \
            offsetof(struct config_nudges, member), kind                               \
    }
    ROW(no_commander, no_commander_ms, NUDGE_REMINDS),
    ROW(severity_unknown, severity_unknown_ms, NUDGE_REMINDS),
    ROW(task_silent, task_silent_ms, NUDGE_REMINDS),
    ROW(page_unanswered, page_unanswered_ms, NUDGE_ACTS),
    ROW(page_rounds, page_rounds, NUDGE_COUNTS),
    ROW(lead_question, lead_question_ms, NUDGE_ACTS),
    ROW(handoff_lapse, handoff_lapse_ms, NUDGE_ACTS),
    ROW(commander, commander_day_ms, NUDGE_REMINDS),
    ROW(commander_night, commander_night_ms, NUDGE_REMINDS),
    ROW(commander_again, commander_again_ms, NUDGE_REMINDS),
    ROW(quiet, quiet_ms, NUDGE_REMINDS),
    ROW(no_task, no_task_ms, NUDGE_REMINDS),
    ROW(check_in, check_in_hour, NUDGE_HOUR),
    ROW(retrospective_days, retrospective_days, NUDGE_COUNTS),
#undef ROW
};
#define NUDGE_ROWS (sizeof(nudge_rows) / sizeof(nudge_rows[0]))

static const char *const nudge_faults[] = {
    [NUDGE_REMINDS] = "no span like 5m or 1h30m, nor none",
    [NUDGE_ACTS] = "no span like 5m or 1h30m",
    [NUDGE_COUNTS] = "no number from 1 to 20",
    [NUDGE_HOUR] = "no full hour like 10:00, nor none",
};

static bool read_count(const char *word, int64_t *count)
{
    char *end;

    *count = strtoll(word, &end, 10);
    return isdigit((unsigned char)*word) && *end == '\0' && *count >= 1 && *count <= 20;
}

/* "10:00", "9:00"; none is -1. */
static bool read_hour(const char *word, int64_t *hour)
{
    char *end;

    if (text_same(word, "none") || text_same(word, "never")) {
        *hour = -1;
        return true;
    }
    *hour = strtoll(word, &end, 10);
    return isdigit((unsigned char)*word) && text_equal(end, ":00") && *hour <= 23;
}

static bool take_nudges(const struct config_yaml *yaml, const struct file_nudges *file,
                        struct config *config, struct err *err)
{
    for (size_t i = 0; file != NULL && i < NUDGE_ROWS; i++) {
        const char *word;
        int64_t number = 0;
        bool is_fine = true;

        memcpy(&word, (const char *)file + nudge_rows[i].from, sizeof(word));
        if (word == NULL) {
            continue;
        }
        switch (nudge_rows[i].kind) {
        case NUDGE_REMINDS: is_fine = config_yaml_span(word, true, &number); break;
        case NUDGE_ACTS: is_fine = config_yaml_span(word, false, &number); break;
        case NUDGE_COUNTS: is_fine = read_count(word, &number); break;
        case NUDGE_HOUR: is_fine = read_hour(word, &number); break;
        }
        if (!is_fine) {
            return config_yaml_refuse_value(yaml, nudge_rows[i].key, word,
                                            nudge_faults[nudge_rows[i].kind], err);
        }
        memcpy((char *)&config->nudges + nudge_rows[i].to, &number, sizeof(number));
    }
    return true;
}

/* Those of the file stand beside the ones that are always there. */
static bool take_roles(const struct config_yaml *yaml, const struct file *file,
                       struct config *config, struct err *err)
{
    const char **roles = ARENA_ARRAY(config->arena, const char *,
                                     config->role_count + file->roles_count);

    memcpy(roles, config->roles, config->role_count * sizeof(*roles));
    config->roles = roles;
    for (uint64_t i = 0; i < file->roles_count; i++) {
        if (!config_yaml_is_plain(file->roles[i])) {
            return config_yaml_refuse_value(yaml, "roles", file->roles[i],
                                            "no single plain word", err);
        }
        if (config_role_find(config, file->roles[i]) == NULL) {
            roles[config->role_count++] = arena_copy(config->arena, file->roles[i]);
        }
    }
    return true;
}

/* A path in the settings is meant from where the settings are. */
static const char *beside(struct config *config, const char *settings, const char *path)
{
    const char *slash = strrchr(settings, '/');

    if (text_is_empty(path)) {
        return NULL;
    }
    if (*path == '/' || slash == NULL || strchr(path, ':') != NULL) {
        return arena_copy(config->arena, path);
    }
    return arena_printf(config->arena, "%.*s/%s", (int)(slash - settings), settings,
                        path);
}

static const char *word_of(struct config *config, const char *word,
                           const char *otherwise)
{
    return word == NULL ? otherwise : text_clean(config->arena, word, strlen(word));
}

static void take_words(const struct config_yaml *yaml, const struct file *file,
                       struct config *config)
{
    const char *outside = word_of(config, file->announce_outside, NULL);
    const char *call = word_of(config, file->call, NULL);

    config->store = beside(config, yaml->path, file->store);
    config->directory = beside(config, yaml->path, file->directory);
    config->texts = beside(config, yaml->path, file->texts);
    config->ca_file = beside(config, yaml->path, file->ca_file);
    config->proxy = word_of(config, file->proxy, NULL);
    config->time_zone = word_of(config, file->time_zone, config->time_zone);
    config->announce = word_of(config, file->announce, config->announce);
    config->announce_outside = text_is_empty(outside) ? NULL : outside;
    config->call = text_is_empty(call) ? NULL : call;
    config->has_slack = config->has_slack || file->slack != NULL;
    config->has_matrix = config->has_matrix || file->matrix != NULL;
    if (file->slack != NULL && text_is_empty(getenv("SLACK_API_URL"))) {
        config->slack.api_url =
            word_of(config, file->slack->api_url, config->slack.api_url);
    }
}

static bool take(const struct config_yaml *yaml, const struct file *file,
                 struct config *config, struct err *err)
{
    if (file->time_zone != NULL && !time_zone_is_known(file->time_zone)) {
        return config_yaml_refuse_value(yaml, "time_zone", file->time_zone,
                                        "no zone that is known here, like Europe/Oslo",
                                        err);
    }
    take_words(yaml, file, config);
    return config_levels_take(yaml, file->severities, file->severities_count, config,
                              err) &&
           config_journeys_take(yaml, file->journeys, file->journeys_count, config,
                                err) &&
           take_roles(yaml, file, config, err) &&
           take_nudges(yaml, file->nudges, config, err) &&
           config_matrix_take(yaml, file->matrix, config, err);
}

bool config_read(struct config **config, const char *path, const char *bytes,
                 size_t length_bytes, struct err *err)
{
    struct config *fresh = config_create();
    struct config_yaml yaml = {.arena = fresh->arena,
                               .path = path,
                               .bytes = bytes,
                               .length_bytes = length_bytes};
    void *file;
    bool is_taken;

    if (!config_yaml_load(&yaml, &file_schema, &file, err)) {
        config_destroy(fresh);
        return false;
    }
    is_taken = file == NULL || take(&yaml, file, fresh, err);
    config_yaml_free(&file_schema, file);
    if (!is_taken) {
        config_destroy(fresh);
        return false;
    }
    *config = fresh;
    return true;
}

bool config_load(struct config **config, const char *path, struct err *err)
{
    struct arena *arena = arena_create();
    struct config_yaml yaml;
    bool is_loaded = config_yaml_read(arena, path, &yaml, err) &&
                     config_read(config, path, yaml.bytes, yaml.length_bytes, err);

    arena_destroy(arena);
    return is_loaded;
}
