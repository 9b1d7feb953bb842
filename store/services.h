/*
 * Services: by which words people mean one, who owns it, and where its runbooks are.
 * Who is on duty is store/rota.h's affair.
 */
#pragma once

#include "store/store.h"

struct service {
    int64_t id;
    const char *name;
    const char *team; /* NULL where none */
    bool is_retired;
};

/* NULL where there is none. */
MUST_CHECK bool service_find(struct store *store, int64_t id, struct service **service,
                             struct err *err);
/* By name, else by alias; the case of ASCII letters does not matter. */
MUST_CHECK bool service_match(struct store *store, const char *word,
                              struct service **service, struct err *err);
