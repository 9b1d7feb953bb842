/*
 * Services: by which words people mean one, who owns it, and where its runbooks are.
 * Who is on duty is store/rota.h's affair.
 */
#pragma once

#include "store/people.h"
#include "store/store.h"

struct service {
    int64_t id;
    const char *name;
    const char *team; /* NULL where none */
    bool is_retired;
};
struct services {
    struct service *all;
    size_t count;
};
struct service_texts {
    const char **all;
    size_t count;
};

/* NULL where there is none. */
MUST_CHECK bool service_find(struct store *store, int64_t id, struct service **service,
                             struct err *err);
/* By name, else by alias; the case of ASCII letters does not matter. Retired ones are
 * not found. */
MUST_CHECK bool service_match(struct store *store, const char *word,
                              struct service **service, struct err *err);
/* Those not retired, by name. */
MUST_CHECK bool services_all(struct store *store, struct services *services,
                             struct err *err);

/* kind: alias, skill. In order of the alphabet. */
MUST_CHECK bool service_words(struct store *store, int64_t id, const char *kind,
                              struct service_texts *words, struct err *err);
/* kind: runbook, dashboard. In the order of the directory. */
MUST_CHECK bool service_links(struct store *store, int64_t id, const char *kind,
                              struct service_texts *urls, struct err *err);
/* Not retired, in the order of the directory. */
MUST_CHECK bool service_owners(struct store *store, int64_t id, struct people *owners,
                               struct err *err);

/* Makes the service of that name or brings it back from retirement, with nothing
 * hanging on it: words, links and owners are to be added anew. */
MUST_CHECK bool service_renew(struct store *store, const char *name, const char *team,
                              int64_t *id, struct err *err);
MUST_CHECK bool service_add_word(struct store *store, int64_t id, const char *kind,
                                 const char *word, struct err *err);
MUST_CHECK bool service_add_link(struct store *store, int64_t id, const char *kind,
                                 const char *url, int64_t position, struct err *err);
MUST_CHECK bool service_add_owner(struct store *store, int64_t id, int64_t person_id,
                                  int64_t position, struct err *err);
/* All of them; service_renew brings back. */
MUST_CHECK bool services_retire(struct store *store, int64_t now_ms, struct err *err);
