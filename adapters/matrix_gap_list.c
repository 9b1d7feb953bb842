/* The list of gaps: kept as one value, written again with whatever changes it. */
#include <stdlib.h>
#include <string.h>

#include "adapters/matrix_sync.h"
#include "bot/base/json.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#define GAPS 1000

static void gap_free(struct matrix_gap *gap)
{
    free((char *)gap->room);
    free((char *)gap->from);
    free((char *)gap->to);
    free((char *)gap->until);
    free(gap);
}

void matrix_gap_drop(struct matrix_gaps *gaps)
{
    struct matrix_gap *gap = gaps->first;

    gaps->first = gap->next;
    gaps->count -= 1;
    gap_free(gap);
}

static void drop_all(struct matrix_gaps *gaps)
{
    while (gaps->first != NULL) {
        matrix_gap_drop(gaps);
    }
}

static void append(struct matrix_gaps *gaps, const struct matrix_gap *gap)
{
    struct matrix_gap *copy = calloc(1, sizeof(*copy)), **last = &gaps->first;

    INSIST(copy != NULL);
    *copy = (struct matrix_gap){.room = text_keep(gap->room),
                                .from = text_keep(gap->from),
                                .to = text_keep(gap->to),
                                .until = text_keep(gap->until),
                                .is_new = gap->is_new,
                                .is_overtaken = gap->is_overtaken,
                                .is_again = gap->is_again,
                                .pages = gap->pages};
    while (*last != NULL) {
        last = &(*last)->next;
    }
    *last = copy;
    gaps->count += 1;
}

static void add_word(json_t *object, const char *name, const char *word)
{
    if (word != NULL) {
        json_object_set_new(object, name, json_string(word));
    }
}

void matrix_gap_remember(struct matrix *matrix)
{
    json_t *list = json_array();

    for (const struct matrix_gap *gap = matrix->gaps->first; gap != NULL;
         gap = gap->next) {
        json_t *entry = json_pack("{s:s, s:b, s:b, s:b, s:I}", "room", gap->room, "new",
                                  gap->is_new, "overtaken", gap->is_overtaken, "again",
                                  gap->is_again, "pages", (json_int_t)gap->pages);

        add_word(entry, "from", gap->from);
        add_word(entry, "to", gap->to);
        add_word(entry, "until", gap->until);
        json_array_append_new(list, entry);
    }
    text_replace(&matrix->gaps->written, json_write(ear_arena(matrix->ears), list));
    ear_remember(matrix->ears, &matrix->adapter, "gaps", matrix->gaps->written);
}

bool matrix_gap_has_coming(const struct matrix *matrix, const char *room)
{
    const struct matrix_gap *gap = matrix->gaps->first;

    while (gap != NULL && !(gap->is_again && text_equal(gap->room, room))) {
        gap = gap->next;
    }
    return gap != NULL;
}

/* Those that no ticket tells of are not among what is durable. Once more does no harm.
 */
static void keep_comings(struct matrix *matrix, struct matrix_gap *former)
{
    while (former != NULL) {
        struct matrix_gap *gap = former;

        former = gap->next;
        if (gap->is_again && !matrix_gap_has_coming(matrix, gap->room)) {
            append(matrix->gaps, &(struct matrix_gap){
                                     .room = gap->room, .until = "", .is_again = true});
        }
        gap_free(gap);
    }
}

static void take_list(struct matrix *matrix, const char *kept)
{
    struct arena *arena = arena_create();
    struct matrix_gap *former = matrix->gaps->first;
    json_t *list = kept == NULL ? NULL : json_parse(kept, strlen(kept)), *entry;
    size_t i;

    matrix->gaps->first = NULL;
    matrix->gaps->count = 0;
    json_array_foreach(list, i, entry)
    {
        append(matrix->gaps, &(struct matrix_gap){
                                 .room = json_text(arena, entry, "room"),
                                 .from = json_text(arena, entry, "from"),
                                 .to = json_text(arena, entry, "to"),
                                 .until = json_text(arena, entry, "until"),
                                 .is_new = json_flag(entry, "new", false),
                                 .is_overtaken = json_flag(entry, "overtaken", false),
                                 .is_again = json_flag(entry, "again", false),
                                 .pages = json_number(entry, "pages", 0)});
    }
    json_decref(list);
    keep_comings(matrix, former);
    arena_destroy(arena);
}

/* The store is not asked: it may be what fails. */
void matrix_gap_settled(struct matrix *matrix, bool committed)
{
    struct matrix_gaps *gaps = matrix->gaps;

    if (committed) {
        text_replace(&gaps->durable, gaps->written);
        return;
    }
    if (gaps->call != NULL) {
        matrix_call_cancel(gaps->call);
        gaps->call = NULL;
    }
    text_replace(&gaps->written, gaps->durable);
    take_list(matrix, gaps->durable);
}

bool matrix_gap_recall(struct matrix *matrix)
{
    const char *kept;

    if (!ear_recall(matrix->ears, &matrix->adapter, "gaps", &kept)) {
        return false;
    }
    text_replace(&matrix->gaps->durable, kept);
    text_replace(&matrix->gaps->written, matrix->gaps->durable);
    matrix_gap_settled(matrix, false);
    return true;
}

void matrix_gap_add(struct matrix *matrix, const struct matrix_gap *gap)
{
    struct matrix_gaps *gaps = matrix->gaps;

    if (gaps->count >= GAPS) {
        log_error("too many gaps: this one is not read up", "room=%s", gap->room);
        return;
    }
    log_info("a gap to be read up", "room=%s", gap->room);
    append(gaps, gap);
    matrix_gap_remember(matrix);
}

void matrix_gap_overtake(struct matrix *matrix, const char *room)
{
    bool is_changed = false;

    for (struct matrix_gap *gap = matrix->gaps->first; gap != NULL; gap = gap->next) {
        if (!gap->is_overtaken && text_equal(gap->room, room)) {
            gap->is_overtaken = is_changed = true;
        }
    }
    if (is_changed) {
        matrix_gap_remember(matrix);
    }
}

bool matrix_gap_is_open(const struct matrix *matrix, const char *room)
{
    const struct matrix_gap *gap = matrix->gaps->first;

    while (gap != NULL && !text_equal(gap->room, room)) {
        gap = gap->next;
    }
    return gap != NULL;
}

void matrix_gap_add_places(struct matrix *matrix)
{
    struct arena *arena = arena_create();
    struct ear_places places;

    /* Where they can't be read the turn fails, and all of it is asked for again. */
    if (ear_places(matrix->ears, &matrix->adapter, arena, &places)) {
        for (size_t i = 0; i < places.count; i++) {
            const struct ear_place *place = &places.all[i];

            matrix_gap_add(matrix, &(struct matrix_gap){
                                       .room = place->channel,
                                       .until = text_or(place->last_message, "")});
        }
    }
    arena_destroy(arena);
}

void matrix_gap_add_coming(struct matrix *matrix, const char *room)
{
    if (matrix->gaps != NULL && !matrix_gap_has_coming(matrix, room)) {
        matrix_gap_add(
            matrix, &(struct matrix_gap){.room = room, .until = "", .is_again = true});
        matrix_gap_go(matrix);
    }
}

void matrix_gap_list_destroy(struct matrix_gaps *gaps)
{
    drop_all(gaps);
    text_replace(&gaps->durable, NULL);
    text_replace(&gaps->written, NULL);
}
