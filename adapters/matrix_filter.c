/*
 * What a sync is to bring: neither presence nor typing nor receipts, and of the rooms
 * only what is heard. The usual filter is kept by the homeserver under an id, and known
 * again after a restart as long as it says the same.
 */
#include <string.h>

#include "adapters/matrix_sync.h"

#define FILTER(limit)                                                                  \
    "{\"event_fields\":" MATRIX_FIELDS ",\"presence\":{\"types\":[]},"                 \
    "\"account_data\":{\"types\":[\"m.direct\"]},\"room\":{"                           \
    "\"account_data\":{\"types\":[]},\"ephemeral\":{\"types\":[]},"                    \
    "\"state\":{\"lazy_load_members\":true,\"types\":[\"m.room.create\","              \
    "\"m.room.member\",\"m.room.encryption\",\"m.room.tombstone\"]},"                  \
    "\"timeline\":{\"limit\":" limit ",\"types\":" MATRIX_TYPES "}}}"

const char matrix_filter_usual[] = FILTER("50");
const char matrix_filter_small[] = FILTER("5");
const char matrix_filter_first[] = FILTER("1");

static const char *hash_of(struct matrix *matrix)
{
    return arena_printf(ear_arena(matrix->ears), "%016llx ",
                        (unsigned long long)matrix_hash(matrix_filter_usual));
}

void matrix_filter_remember(struct matrix *matrix, const char *id)
{
    ear_remember(matrix->ears, &matrix->adapter, "filter",
                 arena_printf(ear_arena(matrix->ears), "%s%s", hash_of(matrix), id));
}

const char *matrix_filter_recall(struct matrix *matrix)
{
    const char *hash = hash_of(matrix), *kept;

    return ear_recall(matrix->ears, &matrix->adapter, "filter", &kept) &&
                   kept != NULL && strncmp(kept, hash, strlen(hash)) == 0
               ? kept + strlen(hash)
               : NULL;
}
