/*
 * People, and which account of which platform is whose. A person is made when first
 * heard of; the directory only fills in what it knows.
 */
#pragma once

#include "store/store.h"

struct person {
    int64_t id;
    const char *handle;
    const char *name, *zone, *phone, *team; /* NULL where not known */
    int64_t mentor_id;                      /* 0: none */
    bool in_directory, is_retired;
    int64_t away_until_ms; /* TIME_NONE: not away; INT64_MAX: until further notice */
    int64_t listed_ms;     /* when the directory last said so */
};

/* At that moment, as they said. */
bool person_is_away(const struct person *person, int64_t at_ms);

/* What a platform says of somebody. */
struct account {
    const char *adapter, *external;
    const char *name, *zone; /* NULL where it does not say */
};

/* NULL where there is none. */
MUST_CHECK bool person_find(struct store *store, int64_t id, struct person **person,
                            struct err *err);
MUST_CHECK bool person_find_handle(struct store *store, const char *handle,
                                   struct person **person, struct err *err);
MUST_CHECK bool person_find_name(struct store *store, const char *name,
                                 struct person **person, struct err *err);
MUST_CHECK bool person_find_external(struct store *store, const char *adapter,
                                     const char *external, struct person **person,
                                     struct err *err);

/* The person behind an account, made if unheard of: `name` (or the id; of
 * "@ana:example" always "ana") becomes the handle, with a number behind it where
 * somebody else has it. Who goes by the id is renamed once a name is given. A zone that
 * is given is kept with the account. */
MUST_CHECK bool person_meet(struct store *store, const struct account *account,
                            struct person **person, struct err *err);
/* A person nobody has heard of yet, by handle (directory). */
MUST_CHECK bool person_insert(struct store *store, const char *handle, int64_t *id,
                              struct err *err);
/* The handle is somebody else's: a number is put behind it. */
MUST_CHECK bool person_give_way(struct store *store, const struct person *person,
                                struct err *err);
MUST_CHECK bool person_update(struct store *store, const struct person *person,
                              struct err *err);
MUST_CHECK bool person_link(struct store *store, int64_t person_id, const char *adapter,
                            const char *external, struct err *err);
MUST_CHECK bool person_set_away(struct store *store, int64_t person_id,
                                int64_t until_ms, struct err *err);

/* All of the directory; person_update brings back whom it still names. */
MUST_CHECK bool people_retire(struct store *store, int64_t now_ms, struct err *err);

/* The account of a person on a platform, or NULL. */
MUST_CHECK bool person_external(struct store *store, int64_t person_id,
                                const char *adapter, const char **external,
                                struct err *err);
/* A platform they have an account on: `preferred` (may be NULL) if it is one, else any;
 * NULL: none. */
MUST_CHECK bool person_reach(struct store *store, int64_t person_id,
                             const char *preferred, const char **adapter,
                             struct err *err);
/* Their platform's zone on `adapter`, else the directory's, else NULL. */
MUST_CHECK bool person_zone(struct store *store, int64_t person_id, const char *adapter,
                            const char **zone, struct err *err);

struct people {
    struct person *all;
    size_t count;
};
/* Everybody who is not retired, by handle. */
MUST_CHECK bool people_all(struct store *store, struct people *people, struct err *err);
