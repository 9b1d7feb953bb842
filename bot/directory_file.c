#include "bot/directory_file.h"

#include <ctype.h>
#include <string.h>

#include <cyaml/cyaml.h>

#include "bot/base/text.h"
#include "bot/base/time.h"

#define OPTIONAL (CYAML_FLAG_POINTER_NULL_STR | CYAML_FLAG_OPTIONAL)
#define WORD(name, type)                                                               \
    CYAML_FIELD_STRING_PTR(#name, OPTIONAL, type, name, 0, CYAML_UNLIMITED)
#define NEEDED(name, type)                                                             \
    CYAML_FIELD_STRING_PTR(#name, CYAML_FLAG_POINTER, type, name, 1, CYAML_UNLIMITED)
#define LIST(name, type, entry)                                                        \
    CYAML_FIELD_SEQUENCE(#name, OPTIONAL, type, name, entry, 0, CYAML_UNLIMITED)

static const cyaml_schema_value_t word_schema = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, CYAML_UNLIMITED),
};
static const cyaml_schema_field_t person_fields[] = {
    NEEDED(handle, struct directory_person),
    WORD(name, struct directory_person),
    WORD(zone, struct directory_person),
    WORD(phone, struct directory_person),
    WORD(team, struct directory_person),
    WORD(mentor, struct directory_person),
    WORD(slack, struct directory_person),
    WORD(matrix, struct directory_person),
    LIST(skills, struct directory_person, &word_schema),
    LIST(buddies, struct directory_person, &word_schema),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t person_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct directory_person, person_fields),
};
static const cyaml_schema_field_t service_fields[] = {
    NEEDED(name, struct directory_service),
    WORD(team, struct directory_service),
    LIST(aliases, struct directory_service, &word_schema),
    LIST(skills, struct directory_service, &word_schema),
    LIST(owners, struct directory_service, &word_schema),
    LIST(runbooks, struct directory_service, &word_schema),
    LIST(dashboards, struct directory_service, &word_schema),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t service_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct directory_service, service_fields),
};
static const cyaml_schema_field_t override_fields[] = {
    NEEDED(who, struct directory_override),
    NEEDED(from, struct directory_override),
    NEEDED(to, struct directory_override),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t override_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct directory_override, override_fields),
};
static const cyaml_schema_field_t rota_fields[] = {
    NEEDED(service, struct directory_rota),
    WORD(shift, struct directory_rota),
    WORD(from, struct directory_rota),
    WORD(zone, struct directory_rota),
    LIST(order, struct directory_rota, &word_schema),
    LIST(overrides, struct directory_rota, &override_schema),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t rota_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct directory_rota, rota_fields),
};
static const cyaml_schema_field_t file_fields[] = {
    LIST(people, struct directory_file, &person_schema),
    LIST(services, struct directory_file, &service_schema),
    LIST(rota, struct directory_file, &rota_schema),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t file_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER_NULL, struct directory_file, file_fields),
};

bool directory_file_load(const struct config_yaml *yaml, struct directory_file **file,
                         struct directory_faults *faults, struct err *err)
{
    void *data;

    *file = NULL;
    *faults = (struct directory_faults){.count = 0};
    if (!config_yaml_load(yaml, &file_schema, &data, err)) {
        directory_fault_add(yaml, faults, err);
        return false;
    }
    if (data != NULL && !directory_check(yaml, data, faults, err)) {
        directory_file_free(data);
        return false;
    }
    *file = data;
    return true;
}

void directory_file_free(struct directory_file *file)
{
    config_yaml_free(&file_schema, file);
}

int64_t directory_file_person(const struct directory_file *file, const char *handle)
{
    for (uint64_t i = 0; i < file->people_count; i++) {
        if (text_same(file->people[i].handle, handle)) {
            return (int64_t)i;
        }
    }
    return -1;
}

int64_t directory_file_service(const struct directory_file *file, const char *name)
{
    for (uint64_t i = 0; i < file->services_count; i++) {
        if (text_same(file->services[i].name, name)) {
            return (int64_t)i;
        }
    }
    return -1;
}

int64_t directory_file_shift_ms(const struct directory_rota *rota)
{
    int64_t shift_ms = 0;

    return time_read_span(text_or(rota->shift, "1w"), &shift_ms) ? shift_ms : 0;
}

int64_t directory_file_time_ms(struct arena *arena, const char *word, const char *zone)
{
    bool is_date = strlen(word) == strlen("2026-03-02");
    const char *at = is_date ? arena_printf(arena, "%s 00:00", word) : word;
    int64_t at_ms;

    /* Words like "yesterday 14:05" would mean another time at each reading. */
    if (!isdigit((unsigned char)word[0]) || strchr(word, '-') == NULL ||
        !time_read(&at, zone, 0, false, &at_ms) || !text_is_empty(at)) {
        return TIME_NONE;
    }
    return at_ms;
}
