/*
 * people.yaml as it stands in the file, and whether it makes sense in itself: every
 * handle known, every zone and time readable. What becomes of it in the store is
 * bot/directory.c's affair.
 */
#pragma once

#include <stdint.h>

#include "bot/base/err.h"
#include "bot/config_yaml.h"

/* All strings are libcyaml's; NULL where a key is absent. */
struct directory_person {
    char *handle, *name, *zone, *phone, *team, *mentor, *slack, *matrix;
    char **skills, **buddies;
    uint64_t skills_count, buddies_count;
};
struct directory_service {
    char *name, *team;
    char **aliases, **skills, **owners, **runbooks, **dashboards;
    uint64_t aliases_count, skills_count, owners_count, runbooks_count,
        dashboards_count;
};
struct directory_override {
    char *who, *from, *to;
};
struct directory_rota {
    char *service, *shift, *from, *zone;
    char **order;
    struct directory_override *overrides;
    uint64_t order_count, overrides_count;
};
struct directory_file {
    struct directory_person *people;
    struct directory_service *services;
    struct directory_rota *rota;
    uint64_t people_count, services_count, rota_count;
};

/* All that is wrong in one file: "FILE:LINE: what is wrong", each in the arena of the
 * yaml. What is no YAML, or has keys that are none, ends the reading: that is one. */
#define DIRECTORY_FAULTS 20
struct directory_faults {
    const char *all[DIRECTORY_FAULTS]; /* the first ones, in the order they are found */
    size_t count;                      /* may be more */
};

/* Loads and checks. *file NULL: the file names nothing. ERR_BROKEN: the first fault;
 * all of them in `faults`. Goes back with directory_file_free. */
MUST_CHECK bool directory_file_load(const struct config_yaml *yaml,
                                    struct directory_file **file,
                                    struct directory_faults *faults, struct err *err);
void directory_file_free(struct directory_file *file); /* accepts NULL */

/* The person of that handle, the service of that name; -1: none. Case does not matter.
 */
int64_t directory_file_person(const struct directory_file *file, const char *handle);
int64_t directory_file_service(const struct directory_file *file, const char *name);

/* What a rota's words mean; they were checked before. */
int64_t directory_file_shift_ms(const struct directory_rota *rota);
/* "2026-03-02 09:00", a date alone (its midnight), RFC 3339; TIME_NONE where it is no
 * time. */
int64_t directory_file_time_ms(struct arena *arena, const char *word, const char *zone);

/* Of bot/directory_check.c. */
MUST_CHECK bool directory_check(const struct config_yaml *yaml,
                                const struct directory_file *file,
                                struct directory_faults *faults, struct err *err);
void directory_fault_add(const struct config_yaml *yaml,
                         struct directory_faults *faults, const struct err *err);
