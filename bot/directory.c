#include "bot/directory.h"

#include <string.h>

#include "bot/base/text.h"
#include "bot/config_yaml.h"
#include "bot/directory_file.h"
#include "store/buddies.h"
#include "store/people.h"
#include "store/rota.h"
#include "store/services.h"
#include "store/skills.h"

/* A file being put into the store; ids[i] is the row of file->people[i]. */
struct putting {
    struct turn *turn;
    const struct directory_file *file;
    int64_t *ids;
};

static const char *clean(const struct putting *putting, const char *word)
{
    return text_is_empty(word)
               ? NULL
               : text_trim(putting->turn->arena,
                           text_clean(putting->turn->arena, word, strlen(word)));
}

static int64_t id_of(const struct putting *putting, const char *handle)
{
    int64_t index = handle == NULL ? -1 : directory_file_person(putting->file, handle);

    return index < 0 ? 0 : putting->ids[index];
}

static bool is_taken(const struct putting *putting, int64_t id)
{
    for (uint64_t i = 0; i < putting->file->people_count; i++) {
        if (putting->ids[i] == id) {
            return true;
        }
    }
    return false;
}

static bool find_account(const struct putting *putting, const char *adapter,
                         const char *external, int64_t *id, struct err *err)
{
    struct person *found = NULL;

    if (*id != 0 || external == NULL) {
        return true;
    }
    if (!person_find_external(putting->turn->store, adapter, external, &found, err)) {
        return false;
    }
    *id = found != NULL && !is_taken(putting, found->id) ? found->id : 0;
    return true;
}

/* Anybody of any server may be called like somebody of the directory: unless the file
 * says that this account is theirs, it is not. On Slack whoever has the name is taken
 * for them where the file knows no account, and for nobody of it where it names
 * another. */
static bool is_stranger(const struct putting *putting, const struct person *met,
                        const struct directory_person *person, bool *is,
                        struct err *err)
{
    struct store *store = putting->turn->store;
    const char *matrix = NULL, *slack = NULL;

    *is = false;
    if (met->in_directory) {
        return true;
    }
    if (!person_external(store, met->id, "matrix", &matrix, err) ||
        !person_external(store, met->id, "slack", &slack, err)) {
        return false;
    }
    *is = (matrix != NULL && !text_equal(matrix, person->matrix)) ||
          (slack != NULL && person->slack != NULL && !text_equal(slack, person->slack));
    return true;
}

static bool find_handle(const struct putting *putting,
                        const struct directory_person *person, int64_t *id,
                        struct err *err)
{
    struct store *store = putting->turn->store;
    struct person *found = NULL;
    bool is;

    *id = 0;
    if (!person_find_handle(store, person->handle, &found, err)) {
        return false;
    }
    if (found == NULL) {
        return true;
    }
    if (!is_stranger(putting, found, person, &is, err)) {
        return false;
    }
    *id = is ? 0 : found->id;
    return !is || person_give_way(store, found, err);
}

static bool find_handles(const struct putting *putting, struct err *err)
{
    for (uint64_t i = 0; i < putting->file->people_count; i++) {
        if (!find_handle(putting, &putting->file->people[i], &putting->ids[i], err)) {
            return false;
        }
    }
    return true;
}

/* The person of that handle; else whoever was met with one of their accounts before;
 * else somebody new. */
static bool find_or_make(const struct putting *putting, struct err *err)
{
    for (uint64_t i = 0; i < putting->file->people_count; i++) {
        const struct directory_person *person = &putting->file->people[i];
        int64_t id = putting->ids[i];

        if (!find_account(putting, "slack", person->slack, &id, err) ||
            !find_account(putting, "matrix", person->matrix, &id, err) ||
            (id == 0 &&
             !person_insert(putting->turn->store, person->handle, &id, err))) {
            return false;
        }
        putting->ids[i] = id;
    }
    return true;
}

static bool put_person(const struct putting *putting, uint64_t index, struct err *err)
{
    const struct directory_person *person = &putting->file->people[index];
    struct store *store = putting->turn->store;
    struct person row = {
        .id = putting->ids[index],
        .handle = person->handle,
        .name = clean(putting, person->name),
        .zone = clean(putting, person->zone),
        .phone = clean(putting, person->phone),
        .team = clean(putting, person->team),
        .mentor_id = id_of(putting, person->mentor),
        .in_directory = true,
        .listed_ms = putting->turn->now_ms,
    };

    return person_update(store, &row, err) &&
           (person->slack == NULL ||
            person_link(store, row.id, "slack", person->slack, err)) &&
           (person->matrix == NULL ||
            person_link(store, row.id, "matrix", person->matrix, err));
}

static bool put_ties(const struct putting *putting, uint64_t index, struct err *err)
{
    const struct directory_person *person = &putting->file->people[index];
    struct turn *turn = putting->turn;
    int64_t id = putting->ids[index];
    bool is_new;

    for (uint64_t i = 0; i < person->skills_count; i++) {
        const char *skill = clean(putting, person->skills[i]);

        if (skill != NULL && !skill_add(turn->store, id, skill, true, &is_new, err)) {
            return false;
        }
    }
    for (uint64_t i = 0; i < person->buddies_count; i++) {
        if (!buddy_add(turn->store, id, id_of(putting, person->buddies[i]),
                       turn->now_ms, true, err)) {
            return false;
        }
    }
    return true;
}

static bool put_people(struct putting *putting, struct err *err)
{
    const struct directory_file *file = putting->file;
    struct store *store = putting->turn->store;

    putting->ids = ARENA_ARRAY(putting->turn->arena, int64_t, file->people_count + 1);
    if (!people_retire(store, putting->turn->now_ms, err) ||
        !skills_clear_file(store, err) || !buddies_clear_file(store, err) ||
        !find_handles(putting, err) || !find_or_make(putting, err)) {
        return false;
    }
    for (uint64_t i = 0; i < file->people_count; i++) {
        if (!put_person(putting, i, err)) {
            return false;
        }
    }
    for (uint64_t i = 0; i < file->people_count; i++) {
        if (!put_ties(putting, i, err)) {
            return false;
        }
    }
    return true;
}

static bool put_words(const struct putting *putting, int64_t id, const char *kind,
                      char *const *words, uint64_t count, struct err *err)
{
    for (uint64_t i = 0; i < count; i++) {
        const char *word = clean(putting, words[i]);

        if (word != NULL &&
            !service_add_word(putting->turn->store, id, kind, word, err)) {
            return false;
        }
    }
    return true;
}

static bool put_links(const struct putting *putting, int64_t id, const char *kind,
                      char *const *urls, uint64_t count, struct err *err)
{
    for (uint64_t i = 0; i < count; i++) {
        const char *url = clean(putting, urls[i]);

        if (url != NULL &&
            !service_add_link(putting->turn->store, id, kind, url, (int64_t)i, err)) {
            return false;
        }
    }
    return true;
}

static bool put_service(const struct putting *putting,
                        const struct directory_service *service, struct err *err)
{
    struct store *store = putting->turn->store;
    int64_t id;

    if (!service_renew(store, clean(putting, service->name),
                       clean(putting, service->team), &id, err) ||
        !put_words(putting, id, "alias", service->aliases, service->aliases_count,
                   err) ||
        !put_words(putting, id, "skill", service->skills, service->skills_count, err) ||
        !put_links(putting, id, "runbook", service->runbooks, service->runbooks_count,
                   err) ||
        !put_links(putting, id, "dashboard", service->dashboards,
                   service->dashboards_count, err)) {
        return false;
    }
    for (uint64_t i = 0; i < service->owners_count; i++) {
        if (!service_add_owner(store, id, id_of(putting, service->owners[i]),
                               (int64_t)i, err)) {
            return false;
        }
    }
    return true;
}

static bool put_rota(const struct putting *putting, const struct directory_rota *given,
                     struct err *err)
{
    struct arena *arena = putting->turn->arena;
    const char *zone = given->zone == NULL ? turn_zone(putting->turn) : given->zone;
    struct service *service;
    struct rota rota = {
        .shift_ms = directory_file_shift_ms(given),
        /* A Monday morning long ago, where none is named. */
        .from_ms = directory_file_time_ms(
            arena, text_or(given->from, "1970-01-05 09:00"), zone),
        .zone = clean(putting, zone),
        .people = ARENA_ARRAY(arena, int64_t, given->order_count + 1),
        .person_count = given->order_count,
        .overrides =
            ARENA_ARRAY(arena, struct rota_override, given->overrides_count + 1),
        .override_count = given->overrides_count,
    };

    for (uint64_t i = 0; i < given->order_count; i++) {
        rota.people[i] = id_of(putting, given->order[i]);
    }
    for (uint64_t i = 0; i < given->overrides_count; i++) {
        rota.overrides[i] = (struct rota_override){
            .person_id = id_of(putting, given->overrides[i].who),
            .from_ms = directory_file_time_ms(arena, given->overrides[i].from, zone),
            .to_ms = directory_file_time_ms(arena, given->overrides[i].to, zone),
        };
    }
    if (!service_match(putting->turn->store, clean(putting, given->service), &service,
                       err)) {
        return false;
    }
    INSIST(service != NULL); /* the file was checked */
    rota.service_id = service->id;
    return rota_put(putting->turn->store, &rota, err);
}

static bool put(struct putting *putting, struct err *err)
{
    const struct directory_file *file = putting->file;
    struct store *store = putting->turn->store;

    if (!put_people(putting, err) ||
        !services_retire(store, putting->turn->now_ms, err) ||
        !rotas_clear(store, err)) {
        return false;
    }
    for (uint64_t i = 0; i < file->services_count; i++) {
        if (!put_service(putting, &file->services[i], err)) {
            return false;
        }
    }
    for (uint64_t i = 0; i < file->rota_count; i++) {
        if (!put_rota(putting, &file->rota[i], err)) {
            return false;
        }
    }
    return true;
}

/* Half a file, as an editor or a copy leaves it for a moment, would retire the others.
 */
static bool may_be_put(struct turn *turn, const struct directory_file *file,
                       const struct config_yaml *yaml, struct err *err)
{
    struct people people;
    struct services services;

    if (!people_all(turn->store, &people, err) ||
        !services_all(turn->store, &services, err)) {
        return false;
    }
    for (size_t i = 0; i < people.count && file->people_count == 0; i++) {
        if (people.all[i].in_directory) {
            return err_set(err, ERR_BROKEN,
                           "%s names nobody, and people are known by it: nothing was "
                           "changed.",
                           yaml->path);
        }
    }
    if (file->services_count == 0 && services.count > 0 &&
        !config_yaml_is_empty_list(yaml, "services")) {
        return err_set(err, ERR_BROKEN,
                       "%s ends before its services, and %zu %s known by it: nothing "
                       "was changed. Where there are none any more it says "
                       "`services: []`.",
                       yaml->path, services.count, services.count == 1 ? "is" : "are");
    }
    return true;
}

bool directory_read(struct turn *turn, const char *path, const char *bytes,
                    size_t length_bytes, struct err *err)
{
    struct config_yaml yaml = {.arena = turn->arena,
                               .path = path,
                               .bytes = bytes,
                               .length_bytes = length_bytes};
    static const struct directory_file nothing = {.people_count = 0};
    struct directory_faults faults;
    struct directory_file *file;

    if (!directory_file_load(&yaml, &file, &faults, err)) {
        return false;
    }
    const struct directory_file *whole = file == NULL ? &nothing : file;
    bool is_put = may_be_put(turn, whole, &yaml, err) &&
                  put(&(struct putting){.turn = turn, .file = whole}, err);
    directory_file_free(file);
    return is_put;
}

bool directory_load(struct turn *turn, const char *path, struct err *err)
{
    struct config_yaml yaml;

    return config_yaml_read_regular(turn->arena, path, &yaml, err) &&
           directory_read(turn, path, yaml.bytes, yaml.length_bytes, err);
}

bool directory_look(struct arena *arena, const char *path,
                    struct directory_faults *faults)
{
    struct directory_file *file = NULL;
    struct config_yaml yaml = {.arena = arena};
    struct err err;
    bool is_fine;

    *faults = (struct directory_faults){.count = 0};
    if (!config_yaml_read_regular(arena, path, &yaml, &err)) {
        directory_fault_add(&(struct config_yaml){.arena = arena}, faults, &err);
        return false;
    }
    is_fine = directory_file_load(&yaml, &file, faults, &err);
    directory_file_free(file);
    return is_fine;
}
