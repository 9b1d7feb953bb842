#include "bot/config_level.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/impact.h"

#define WEIGHT_MAX 5

#define OPTIONAL (CYAML_FLAG_POINTER_NULL_STR | CYAML_FLAG_OPTIONAL)
#define WORD(name, type, member)                                                       \
    CYAML_FIELD_STRING_PTR(name, OPTIONAL, type, member, 0, CYAML_UNLIMITED)
#define NEEDED(name, type, member)                                                     \
    CYAML_FIELD_STRING_PTR(name, CYAML_FLAG_POINTER, type, member, 1, CYAML_UNLIMITED)

static const cyaml_schema_value_t word_schema = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, CYAML_UNLIMITED),
};
static const cyaml_schema_field_t level_fields[] = {
    NEEDED("name", struct file_level, name),
    WORD("update", struct file_level, update),
    WORD("from", struct file_level, from),
    WORD("wake", struct file_level, wake),
    CYAML_FIELD_SEQUENCE("invite", OPTIONAL, struct file_level, invite, &word_schema, 0,
                         CYAML_UNLIMITED),
    CYAML_FIELD_END,
};
const cyaml_schema_value_t config_level_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct file_level, level_fields),
};
static const cyaml_schema_field_t journey_fields[] = {
    NEEDED("name", struct file_journey, name),
    NEEDED("weight", struct file_journey, weight),
    CYAML_FIELD_END,
};
const cyaml_schema_value_t config_journey_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct file_journey, journey_fields),
};

static bool read_number(const char *word, int64_t from, int64_t to, int64_t *number)
{
    char *end;

    *number = strtoll(word, &end, 10);
    return isdigit((unsigned char)*word) && *end == '\0' && *number >= from &&
           *number <= to;
}

static bool read_yes(const char *word, bool *is_yes)
{
    *is_yes = text_same(word, "yes") || text_same(word, "true");
    return *is_yes || text_same(word, "no") || text_same(word, "false");
}

/* Whoever does not know how bad it is must still be able to wake people. */
static bool take_wake(const struct config_yaml *yaml, const char *word,
                      struct config_level *level, bool is_unknown, struct err *err)
{
    if (word == NULL) {
        return true;
    }
    if (!read_yes(word, &level->wakes)) {
        return config_yaml_refuse_value(yaml, "wake", word, "neither yes nor no", err);
    }
    return level->wakes || !is_unknown ||
           config_yaml_refuse_value(yaml, "wake", word,
                                    "not for the level of not knowing: it wakes", err);
}

static void take_invite(const struct file_level *file, struct config *config,
                        struct config_level *level)
{
    level->invite =
        ARENA_ARRAY(config->arena, const char *, (size_t)file->invite_count + 1);
    level->invite_count = 0;
    for (uint64_t i = 0; i < file->invite_count; i++) {
        const char *word = file->invite[i];

        word = text_clean(config->arena, word, strlen(word));
        level->invite[level->invite_count++] = *word == '@' ? word + 1 : word;
    }
}

static bool take_level(const struct config_yaml *yaml, const struct file_level *file,
                       struct config *config, struct err *err)
{
    bool is_unknown = text_same(file->name, config->levels[0].name);
    struct config_level taken = {
        .name = arena_copy(config->arena, file->name), .from = -1, .wakes = true};

    if (!config_yaml_is_plain(file->name)) {
        return config_yaml_refuse_value(yaml, "name", file->name,
                                        "no single plain word", err);
    }
    if (file->update != NULL &&
        !config_yaml_span(file->update, true, &taken.update_ms)) {
        return config_yaml_refuse_value(yaml, "update", file->update,
                                        "no span like 30m or 1h30m, nor none", err);
    }
    if (file->from != NULL && !read_number(file->from, 0, IMPACT_MOST, &taken.from)) {
        return config_yaml_refuse_value(yaml, "from", file->from,
                                        "no number from 0 to 75", err);
    }
    if (!take_wake(yaml, file->wake, &taken, is_unknown, err)) {
        return false;
    }
    take_invite(file, config, &taken);
    if (is_unknown) {
        taken.from = 0;
        config->levels[0] = taken;
        return true;
    }
    if (config_level_find(config, file->name) != NULL) {
        return config_yaml_refuse(yaml, config_yaml_line(yaml, "name", file->name, 2),
                                  err, "severity \"%s\" stands here a second time",
                                  file->name);
    }
    config->levels[config->level_count++] = taken;
    return true;
}

/* Where the file names no points: those of the level of the same rank, then half as
 * many each; the mildest begins at nothing, and unless told wakes nobody. */
static bool fill_points(const struct config_yaml *yaml, const struct file_level *file,
                        uint64_t count, struct config *config, struct err *err)
{
    int64_t next = IMPACT_GRAVEST;

    for (size_t i = 1; i < config->level_count; i++) {
        struct config_level *level = &config->levels[i];

        if (level->from < 0) {
            level->from = i + 1 == config->level_count && i > 1 ? 0 : next;
        }
        if (i > 1 && level->from >= level[-1].from && level->from > 0) {
            return config_yaml_refuse(
                yaml, config_yaml_line(yaml, "name", level->name, 1), err,
                "from: %s begins at %lld points, not below %s", level->name,
                (long long)level->from, level[-1].name);
        }
        next = level->from / 2;
    }
    for (uint64_t i = 0; i < count; i++) {
        int rank = config_level_rank(config, file[i].name);

        if (file[i].wake == NULL && rank > 2 && rank + 1 == (int)config->level_count) {
            config->levels[rank].wakes = false;
        }
    }
    return true;
}

bool config_levels_take(const struct config_yaml *yaml, const struct file_level *file,
                        uint64_t count, struct config *config, struct err *err)
{
    struct config_level *unknown = config->levels;

    if (count == 0) {
        return true;
    }
    config->levels = ARENA_ARRAY(config->arena, struct config_level, (size_t)count + 1);
    config->levels[0] = *unknown;
    config->level_count = 1;
    for (uint64_t i = 0; i < count; i++) {
        if (!take_level(yaml, &file[i], config, err)) {
            return false;
        }
    }
    return fill_points(yaml, file, count, config, err);
}

static bool take_journey(const struct config_yaml *yaml,
                         const struct file_journey *file, struct config *config,
                         struct err *err)
{
    struct config_journey taken = {.name = arena_copy(config->arena, file->name)};

    if (!config_yaml_is_plain(file->name)) {
        return config_yaml_refuse_value(yaml, "name", file->name,
                                        "no single plain word", err);
    }
    if (!read_number(file->weight, 1, WEIGHT_MAX, &taken.weight)) {
        return config_yaml_refuse_value(yaml, "weight", file->weight,
                                        "no number from 1 to 5", err);
    }
    if (impact_is_taken(config, file->name)) {
        return config_yaml_refuse_value(yaml, "name", file->name,
                                        "taken: `impact` knows it already", err);
    }
    config->journeys[config->journey_count++] = taken;
    return true;
}

bool config_journeys_take(const struct config_yaml *yaml,
                          const struct file_journey *file, uint64_t count,
                          struct config *config, struct err *err)
{
    struct config_journey *all = ARENA_ARRAY(config->arena, struct config_journey,
                                             config->journey_count + (size_t)count);

    memcpy(all, config->journeys, config->journey_count * sizeof(*all));
    config->journeys = all;
    for (uint64_t i = 0; i < count; i++) {
        if (!take_journey(yaml, &file[i], config, err)) {
            return false;
        }
    }
    return true;
}
