/*
 * A new store in memory for each test, and a few rows to stand on.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "bot/base/arena.h"
#include "bot/base/err.h"
#include "bot/base/time.h"
#include "store/incidents.h"
#include "store/people.h"
#include "store/store.h"

static inline void fresh_must(bool ok, const char *call, const struct err *err)
{
    if (!ok) {
        fail_msg("%s: %s", call, err->text);
    }
}

/* A call that must succeed, or the test says why it did not. */
#define MUST(call)                                                                     \
    do {                                                                               \
        struct err err = {.kind = ERR_NONE};                                           \
        bool ok_of_call = (call);                                                      \
        fresh_must(ok_of_call, #call, &err);                                           \
    } while (0)

static inline int fresh_setup(void **state)
{
    struct store *store = calloc(1, sizeof(*store));
    struct err err = {.kind = ERR_NONE};
    assert_non_null(store);
    if (store_open(store, NULL, &err) != STORE_OK) {
        fail_msg("%s", err.text);
    }
    store->arena = arena_create();
    *state = store;
    return 0;
}

static inline int fresh_teardown(void **state)
{
    struct store *store = *state;
    arena_destroy(store->arena);
    store_close(store);
    free(store);
    return 0;
}

#define FRESH_TEST(name)                                                               \
    cmocka_unit_test_setup_teardown(name, fresh_setup, fresh_teardown)

static inline int64_t fresh_person(struct store *store, const char *handle)
{
    int64_t id = 0;
    MUST(person_insert(store, handle, &id, &err));
    return id;
}

/* A bare active incident of the console; the moments not given are not known. */
static inline struct incident fresh_incident_by(int64_t person_id)
{
    return (struct incident){
        .title = "Checkout fails",
        .state = INCIDENT_ACTIVE,
        .severity = "sev2",
        .declared_by = person_id,
        .declared_ms = 1000,
        .started_ms = TIME_NONE,
        .detected_ms = TIME_NONE,
        .mitigated_ms = TIME_NONE,
        .normal_ms = TIME_NONE,
        .resolved_ms = TIME_NONE,
        .adapter = "console",
        .channel_name = "inc-{id}-checkout-fails",
    };
}

static inline int64_t fresh_incident(struct store *store, int64_t person_id)
{
    struct incident incident = fresh_incident_by(person_id);
    MUST(incident_insert(store, &incident, &err));
    return incident.id;
}

/* The number a query answers. */
static inline int64_t fresh_number(struct store *store, const char *sql)
{
    struct db_rows rows;
    MUST(store_run(store, &rows, &err, sql, DB_NO_ARGS));
    assert_true(rows.count > 0);
    return db_int(&rows, 0, 0);
}
