/* What can be wrong with people.yaml besides its form, and at which line. */
#include <ctype.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/directory_file.h"

#define HANDLE_MAX_BYTES 60

struct check {
    const struct config_yaml *yaml;
    const struct directory_file *file;
    struct err *err;
};

static bool refuse(const struct check *check, const char *key, const char *value,
                   size_t nth, const char *what)
{
    size_t line = config_yaml_line(check->yaml, key, value, nth);

    if (line == 0) {
        line = config_yaml_line(check->yaml, key, value, 1);
    }
    return config_yaml_refuse(check->yaml, line, check->err, "%s: \"%s\" %s", key,
                              value, what);
}

static bool handle_is_known(const struct check *check, const char *key,
                            const char *handle)
{
    return handle == NULL || directory_file_person(check->file, handle) >= 0 ||
           refuse(check, key, handle, 1, "is the handle of nobody in this file");
}

static bool zone_is_fine(const struct check *check, const char *zone)
{
    return zone == NULL || time_zone_is_known(zone) ||
           refuse(check, "zone", zone, 1,
                  "is no zone that is known here, like Europe/Oslo");
}

static bool handles_are_known(const struct check *check, const char *key,
                              char *const *handles, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        if (!handle_is_known(check, key, handles[i])) {
            return false;
        }
    }
    return true;
}

/* What people can type as one word behind an @. */
static bool handle_is_fine(const struct check *check, const char *handle)
{
    bool is_plain =
        *handle != '@' && *handle != '<' &&
        text_equal(text_clean(check->yaml->arena, handle, strlen(handle)), handle);

    for (const char *at = handle; *at != '\0'; at++) {
        is_plain = is_plain && (unsigned char)*at > ' ' && *at != 0x7f && *at != '"';
    }
    return (is_plain && strlen(handle) <= HANDLE_MAX_BYTES) ||
           refuse(check, "handle", handle, 1,
                  "is no handle: one word of at most 60 letters, without @");
}

static size_t times_before(const struct directory_file *file, uint64_t end,
                           const char *handle)
{
    size_t count = 0;

    for (uint64_t i = 0; i < end; i++) {
        count += text_equal(file->people[i].handle, handle) ? 1 : 0;
    }
    return count;
}

/* The same account for two people would be one person too few. */
static bool account_is_fine(const struct check *check, uint64_t index, const char *key,
                            const char *mine, size_t offset)
{
    for (uint64_t i = 0; mine != NULL && i < index; i++) {
        const char *theirs;

        memcpy(&theirs, (const char *)&check->file->people[i] + offset, sizeof(theirs));
        if (theirs != NULL && text_equal(mine, theirs)) {
            return refuse(check, key, mine, 2, "is somebody else's account already");
        }
    }
    return true;
}

static bool person_is_fine(const struct check *check, uint64_t index)
{
    const struct directory_person *person = &check->file->people[index];

    if (!handle_is_fine(check, person->handle)) {
        return false;
    }
    if (directory_file_person(check->file, person->handle) != (int64_t)index) {
        return refuse(check, "handle", person->handle,
                      1 + times_before(check->file, index, person->handle),
                      "stands here a second time");
    }
    for (uint64_t i = 0; i < person->buddies_count; i++) {
        if (text_same(person->buddies[i], person->handle)) {
            return refuse(check, "buddies", person->buddies[i], 1,
                          "is their own handle: a buddy is somebody else");
        }
    }
    return zone_is_fine(check, person->zone) &&
           handle_is_known(check, "mentor", person->mentor) &&
           handles_are_known(check, "buddies", person->buddies,
                             person->buddies_count) &&
           account_is_fine(check, index, "slack", person->slack,
                           offsetof(struct directory_person, slack)) &&
           account_is_fine(check, index, "matrix", person->matrix,
                           offsetof(struct directory_person, matrix));
}

static bool goes_by(const struct directory_service *service, const char *word)
{
    bool is_so = text_same(service->name, word);

    for (uint64_t i = 0; i < service->aliases_count && !is_so; i++) {
        is_so = text_same(service->aliases[i], word);
    }
    return is_so;
}

/* Does the word mean a service before this one, by name or alias? */
static bool is_taken(const struct directory_file *file, uint64_t end, const char *word)
{
    bool is_so = false;

    for (uint64_t i = 0; i < end && !is_so; i++) {
        is_so = goes_by(&file->services[i], word);
    }
    return is_so;
}

static bool service_is_fine(const struct check *check, uint64_t index)
{
    const struct directory_service *service = &check->file->services[index];

    if (text_is_empty(service->name) || is_taken(check->file, index, service->name)) {
        return refuse(check, "name", service->name, 2, "means another service already");
    }
    for (uint64_t i = 0; i < service->aliases_count; i++) {
        if (is_taken(check->file, index, service->aliases[i])) {
            return refuse(check, "aliases", service->aliases[i], 2,
                          "means another service already");
        }
    }
    return handles_are_known(check, "owners", service->owners, service->owners_count);
}

static bool override_is_fine(const struct check *check,
                             const struct directory_override *override,
                             const char *zone)
{
    struct arena *arena = check->yaml->arena;
    int64_t from_ms = directory_file_time_ms(arena, override->from, zone);
    int64_t to_ms = directory_file_time_ms(arena, override->to, zone);
    static const char what[] = "is no time like 2026-03-02 09:00";

    if (from_ms == TIME_NONE) {
        return refuse(check, "from", override->from, 1, what);
    }
    if (to_ms == TIME_NONE) {
        return refuse(check, "to", override->to, 1, what);
    }
    return (from_ms < to_ms ||
            refuse(check, "to", override->to, 1, "is not after its own beginning")) &&
           handle_is_known(check, "who", override->who);
}

static bool shift_is_fine(const struct check *check, const struct directory_rota *rota)
{
    if (directory_file_shift_ms(rota) < TIME_MINUTE_MS) {
        return refuse(check, "shift", rota->shift, 1, "is no span like 12h, 1d or 1w");
    }
    return rota->from == NULL ||
           directory_file_time_ms(check->yaml->arena, rota->from, rota->zone) !=
               TIME_NONE ||
           refuse(check, "from", rota->from, 1, "is no time like 2026-03-02 09:00");
}

static bool rota_is_fine(const struct check *check, uint64_t index)
{
    const struct directory_rota *rota = &check->file->rota[index];

    if (directory_file_service(check->file, rota->service) < 0) {
        return refuse(check, "service", rota->service, 1,
                      "is the name of no service in this file");
    }
    for (uint64_t i = 0; i < index; i++) {
        if (text_same(check->file->rota[i].service, rota->service)) {
            return refuse(check, "service", rota->service, 2, "has a rota already");
        }
    }
    if (!zone_is_fine(check, rota->zone) || !shift_is_fine(check, rota) ||
        !handles_are_known(check, "order", rota->order, rota->order_count)) {
        return false;
    }
    for (uint64_t i = 0; i < rota->overrides_count; i++) {
        if (!override_is_fine(check, &rota->overrides[i], rota->zone)) {
            return false;
        }
    }
    return true;
}

bool directory_check(const struct config_yaml *yaml, const struct directory_file *file,
                     struct err *err)
{
    struct check check = {.yaml = yaml, .file = file, .err = err};

    for (uint64_t i = 0; i < file->people_count; i++) {
        if (!person_is_fine(&check, i)) {
            return false;
        }
    }
    for (uint64_t i = 0; i < file->services_count; i++) {
        if (!service_is_fine(&check, i)) {
            return false;
        }
    }
    for (uint64_t i = 0; i < file->rota_count; i++) {
        if (!rota_is_fine(&check, i)) {
            return false;
        }
    }
    return true;
}
