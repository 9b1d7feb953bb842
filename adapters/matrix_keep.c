/*
 * Small things known of what was heard, each in a table that never grows: names of
 * people (a homeserver does not repeat them), reactions (a redaction does not say what
 * it takes back), and events that can't be decoded, for a look by people.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/matrix_sync.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#define NAMES        4096 /* by hash */
#define NAME_BYTES   200
#define TRACES       512
#define SPOILT       32
#define SPOILT_BYTES ((size_t)16 * 1024)

struct pair {
    char *name, *value; /* heap */
};

struct matrix_names {
    struct pair all[NAMES];
};

/* Slots that outlive a start, in memory and remembered as "WHAT N". */
struct slots {
    const char *what;
    size_t count, next;
    struct pair *all;
};

struct matrix_traces {
    struct slots slots;
};

struct matrix_spoilt {
    struct slots slots;
    uint64_t total;
};

static void set(char **string, const char *value, size_t max_bytes)
{
    char *copy = value == NULL ? NULL : strndup(value, text_fit(value, max_bytes));

    INSIST(copy != NULL || value == NULL);
    free(*string);
    *string = copy;
}

static void pair_set(struct pair *pair, const char *name, const char *value)
{
    set(&pair->name, name, MATRIX_ID_BYTES);
    set(&pair->value, value, MATRIX_EVENT_BYTES);
}

/* ---- names */

uint64_t matrix_hash(const char *string)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (; *string != '\0'; string++) {
        hash = (hash ^ (uint8_t)*string) * UINT64_C(1099511628211);
    }
    return hash;
}

static struct pair *name_slot(struct matrix *matrix, const char *user)
{
    return &matrix->hearing->names->all[matrix_hash(user) % NAMES];
}

void matrix_keep_name(struct matrix *matrix, const struct chat_person *who)
{
    struct pair *slot;

    if (text_is_empty(who->id) || text_is_empty(who->name)) {
        return;
    }
    slot = name_slot(matrix, who->id);
    set(&slot->name, who->id, MATRIX_ID_BYTES);
    set(&slot->value, who->name, NAME_BYTES);
}

const char *matrix_keep_name_of(struct matrix *matrix, const char *user)
{
    const struct pair *slot = user == NULL ? NULL : name_slot(matrix, user);

    return slot != NULL && text_equal(slot->name, user)
               ? arena_copy(ear_arena(matrix->ears), slot->value)
               : NULL;
}

/* ---- slots */

static const char *slot_name(struct matrix *matrix, const struct slots *slots,
                             size_t index)
{
    return arena_printf(ear_arena(matrix->ears), "%s %zu", slots->what, index);
}

static struct pair *slots_find(struct slots *slots, const char *name)
{
    for (size_t i = 0; name != NULL && i < slots->count; i++) {
        if (text_equal(slots->all[i].name, name)) {
            return &slots->all[i];
        }
    }
    return NULL;
}

/* Kept as a line with the name, then the value. */
static void slots_put(struct matrix *matrix, struct slots *slots, size_t index,
                      const char *name, const char *value)
{
    pair_set(&slots->all[index], name, value);
    ear_remember(matrix->ears, &matrix->adapter, slot_name(matrix, slots, index),
                 name == NULL
                     ? ""
                     : arena_printf(ear_arena(matrix->ears), "%s\n%s", name, value));
}

static void slots_add(struct matrix *matrix, struct slots *slots, const char *name,
                      const char *value)
{
    slots_put(matrix, slots, slots->next, name, value);
    slots->next = (slots->next + 1) % slots->count;
    ear_remember(matrix->ears, &matrix->adapter,
                 arena_printf(ear_arena(matrix->ears), "%s next", slots->what),
                 arena_printf(ear_arena(matrix->ears), "%zu", slots->next));
}

static bool slots_load_one(struct matrix *matrix, struct slots *slots, size_t index)
{
    const char *kept, *line;

    if (!ear_recall(matrix->ears, &matrix->adapter, slot_name(matrix, slots, index),
                    &kept)) {
        return false;
    }
    line = kept == NULL ? NULL : strchr(kept, '\n');
    if (line != NULL) {
        pair_set(&slots->all[index],
                 arena_copy_n(ear_arena(matrix->ears), kept, (size_t)(line - kept)),
                 line + 1);
    }
    return true;
}

static bool slots_load(struct matrix *matrix, struct slots *slots, const char *what,
                       size_t count)
{
    const char *name = arena_printf(ear_arena(matrix->ears), "%s next", what), *next;
    bool is_read;

    slots->what = what;
    slots->count = count;
    slots->all = ARENA_ARRAY(matrix->hearing->arena, struct pair, count);
    is_read = ear_recall(matrix->ears, &matrix->adapter, name, &next);
    if (next == NULL) {
        return is_read;
    }
    slots->next = strtoul(next, NULL, 10) % count;
    for (size_t i = 0; i < count && is_read; i++) {
        is_read = slots_load_one(matrix, slots, i);
    }
    return is_read;
}

static void slots_free(struct slots *slots)
{
    for (size_t i = 0; i < slots->count; i++) {
        pair_set(&slots->all[i], NULL, NULL);
    }
}

/* ---- reactions */

/* Only what pins and acknowledges is ever asked for. */
void matrix_keep_trace(struct matrix *matrix, const struct chat_event *reacted)
{
    struct slots *slots = &matrix->hearing->traces->slots;
    bool matters = text_equal(reacted->text, "pushpin") ||
                   text_equal(reacted->text, "white_check_mark");

    if (matters && slots_find(slots, reacted->id) == NULL) {
        slots_add(matrix, slots, reacted->id,
                  matrix_read_trace(ear_arena(matrix->ears), reacted));
    }
}

const char *matrix_keep_trace_of(struct matrix *matrix, const char *event)
{
    const struct pair *slot = slots_find(&matrix->hearing->traces->slots, event);

    return slot == NULL ? NULL : slot->value;
}

/* ---- what can't be decoded */

void matrix_keep_spoilt(struct matrix *matrix, const char *room, const char *event,
                        struct json_slice slice)
{
    struct matrix_spoilt *spoilt = matrix->hearing->spoilt;
    size_t length =
        slice.length_bytes < SPOILT_BYTES ? slice.length_bytes : SPOILT_BYTES;
    char *raw = text_clean(ear_arena(matrix->ears), slice.data, length);

    spoilt->total += 1;
    log_warn("an event that can't be decoded is set aside",
             "room=%s event=%s total=%llu", room, text_or(event, "-"),
             (unsigned long long)spoilt->total);
    if (slots_find(&spoilt->slots, event) == NULL) {
        slots_add(matrix, &spoilt->slots, text_or(event, "-"), raw);
    }
}

void matrix_keep_redact(struct matrix *matrix, const char *event)
{
    struct slots *slots = &matrix->hearing->spoilt->slots;
    const struct pair *slot = slots_find(slots, event);

    if (slot != NULL) {
        slots_put(matrix, slots, (size_t)(slot - slots->all), NULL, NULL);
    }
}

/* ---- their life */

bool matrix_keep_start(struct matrix *matrix)
{
    struct matrix_hearing *hearing = matrix->hearing;

    hearing->names = ARENA_NEW(hearing->arena, struct matrix_names);
    hearing->traces = ARENA_NEW(hearing->arena, struct matrix_traces);
    hearing->spoilt = ARENA_NEW(hearing->arena, struct matrix_spoilt);
    return slots_load(matrix, &hearing->traces->slots, "reaction", TRACES) &&
           slots_load(matrix, &hearing->spoilt->slots, "spoilt", SPOILT);
}

void matrix_keep_destroy(struct matrix *matrix)
{
    struct matrix_hearing *hearing = matrix->hearing;

    for (size_t i = 0; i < NAMES; i++) {
        pair_set(&hearing->names->all[i], NULL, NULL);
    }
    slots_free(&hearing->traces->slots);
    slots_free(&hearing->spoilt->slots);
}
