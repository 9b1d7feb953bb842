/* What can be wrong with people.yaml besides its form, and at which line. */
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/directory_file.h"

#define HANDLE_MAX_BYTES 60

struct check {
    const struct config_yaml *yaml;
    const struct directory_file *file;
    struct directory_faults *faults;
    struct err *err; /* the first fault */
};

void directory_fault_add(const struct config_yaml *yaml,
                         struct directory_faults *faults, const struct err *err)
{
    if (faults->count < DIRECTORY_FAULTS) {
        faults->all[faults->count] = arena_copy(yaml->arena, err->text);
    }
    faults->count++;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_bytes = strlen(end);

    return length >= end_bytes && text_equal(text + length - end_bytes, end);
}

/* How often it was said already: then it is the next place that is meant. */
static size_t times_said(const struct directory_faults *faults, const char *why)
{
    size_t count = 0;

    for (size_t i = 0; i < faults->count && i < DIRECTORY_FAULTS; i++) {
        count += ends_with(faults->all[i], why) ? 1 : 0;
    }
    return count;
}

/* Always false: whoever asks goes on to look for more. */
static bool refuse(const struct check *check, const char *key, const char *value,
                   size_t nth, const char *what)
{
    const char *why =
        arena_exact(check->yaml->arena, "%s: \"%s\" %s", key, value, what);
    struct err err;
    bool is_fine;
    size_t line;

    if (check->faults->count >= DIRECTORY_FAULTS) { /* a file may hold thousands */
        check->faults->count++;
        return false;
    }
    line =
        config_yaml_line(check->yaml, key, value, nth + times_said(check->faults, why));
    if (line == 0) {
        line = config_yaml_line(check->yaml, key, value, 1);
    }
    is_fine = config_yaml_refuse(check->yaml, line, &err, "%s", why);
    if (check->faults->count == 0) {
        *check->err = err;
    }
    directory_fault_add(check->yaml, check->faults, &err);
    return is_fine;
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
    bool is_fine = true;

    for (uint64_t i = 0; i < count; i++) {
        is_fine = handle_is_known(check, key, handles[i]) && is_fine;
    }
    return is_fine;
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
    bool is_fine = handle_is_fine(check, person->handle);

    if (directory_file_person(check->file, person->handle) != (int64_t)index) {
        is_fine = refuse(check, "handle", person->handle,
                         1 + times_before(check->file, index, person->handle),
                         "stands here a second time");
    }
    for (uint64_t i = 0; i < person->buddies_count; i++) {
        if (text_same(person->buddies[i], person->handle)) {
            is_fine = refuse(check, "buddies", person->buddies[i], 1,
                             "is their own handle: a buddy is somebody else");
        }
    }
    is_fine = zone_is_fine(check, person->zone) && is_fine;
    is_fine = handle_is_known(check, "mentor", person->mentor) && is_fine;
    is_fine =
        handles_are_known(check, "buddies", person->buddies, person->buddies_count) &&
        is_fine;
    is_fine = account_is_fine(check, index, "slack", person->slack,
                              offsetof(struct directory_person, slack)) &&
              is_fine;
    return account_is_fine(check, index, "matrix", person->matrix,
                           offsetof(struct directory_person, matrix)) &&
           is_fine;
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
    bool is_fine = true;

    if (text_is_empty(service->name) || is_taken(check->file, index, service->name)) {
        is_fine =
            refuse(check, "name", service->name, 2, "means another service already");
    }
    for (uint64_t i = 0; i < service->aliases_count; i++) {
        if (is_taken(check->file, index, service->aliases[i])) {
            is_fine = refuse(check, "aliases", service->aliases[i], 2,
                             "means another service already");
        }
    }
    return handles_are_known(check, "owners", service->owners, service->owners_count) &&
           is_fine;
}

static bool override_is_fine(const struct check *check,
                             const struct directory_override *override,
                             const char *zone)
{
    struct arena *arena = check->yaml->arena;
    int64_t from_ms = directory_file_time_ms(arena, override->from, zone);
    int64_t to_ms = directory_file_time_ms(arena, override->to, zone);
    static const char what[] = "is no time like 2026-03-02 09:00";

    bool is_fine = handle_is_known(check, "who", override->who);

    if (from_ms == TIME_NONE) {
        is_fine = refuse(check, "from", override->from, 1, what);
    }
    if (to_ms == TIME_NONE) {
        is_fine = refuse(check, "to", override->to, 1, what);
    }
    if (from_ms != TIME_NONE && to_ms != TIME_NONE && from_ms >= to_ms) {
        is_fine =
            refuse(check, "to", override->to, 1, "is not after its own beginning");
    }
    return is_fine;
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
    bool is_fine = true;

    if (directory_file_service(check->file, rota->service) < 0) {
        is_fine = refuse(check, "service", rota->service, 1,
                         "is the name of no service in this file");
    }
    for (uint64_t i = 0; i < index; i++) {
        if (text_same(check->file->rota[i].service, rota->service)) {
            is_fine = refuse(check, "service", rota->service, 2, "has a rota already");
        }
    }
    is_fine = zone_is_fine(check, rota->zone) && is_fine;
    is_fine = shift_is_fine(check, rota) && is_fine;
    is_fine =
        handles_are_known(check, "order", rota->order, rota->order_count) && is_fine;
    for (uint64_t i = 0; i < rota->overrides_count; i++) {
        is_fine = override_is_fine(check, &rota->overrides[i], rota->zone) && is_fine;
    }
    return is_fine;
}

bool directory_check(const struct config_yaml *yaml, const struct directory_file *file,
                     struct directory_faults *faults, struct err *err)
{
    struct check check = {.yaml = yaml, .file = file, .faults = faults, .err = err};
    bool is_fine = true;

    for (uint64_t i = 0; i < file->people_count; i++) {
        is_fine = person_is_fine(&check, i) && is_fine;
    }
    for (uint64_t i = 0; i < file->services_count; i++) {
        is_fine = service_is_fine(&check, i) && is_fine;
    }
    for (uint64_t i = 0; i < file->rota_count; i++) {
        is_fine = rota_is_fine(&check, i) && is_fine;
    }
    return is_fine;
}
