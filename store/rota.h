/*
 * Who takes turns at a service, and what was agreed beside the order: rows only. Who is
 * on duty at a moment is worked out in bot/duty.h.
 */
#pragma once

#include "store/store.h"

struct rota_override {
    int64_t person_id; /* 0: somebody retired */
    int64_t from_ms, to_ms;
};

struct rota {
    int64_t service_id;
    int64_t shift_ms; /* 0: no order, only overrides */
    int64_t from_ms;  /* when the first one's first shift began */
    const char *zone; /* shifts of whole days end at the same local time; NULL: UTC */
    int64_t *people;  /* the order; 0 where somebody is retired */
    size_t person_count;
    struct rota_override *overrides; /* the later in the list wins */
    size_t override_count;
};

/* An empty one where the service has none. Overrides that ended by now_ms are left out.
 */
MUST_CHECK bool rota_read(struct store *store, int64_t service_id, int64_t now_ms,
                          struct rota *rota, struct err *err);
/* Replaces the order, and the overrides that came from the file. */
MUST_CHECK bool rota_put(struct store *store, const struct rota *rota, struct err *err);
/* One agreed in chat. */
MUST_CHECK bool rota_override(struct store *store, int64_t service_id,
                              const struct rota_override *override, struct err *err);
/* Takes away all orders, and the overrides that came from the file. */
MUST_CHECK bool rotas_clear(struct store *store, struct err *err);
