/* What is about another event: reactions and redactions; and what can't be read. */
#include <string.h>

#include "adapters/matrix_read_inner.h"
#include "adapters/matrix_text.h"
#include "bot/base/text.h"

#define PIN         "\xf0\x9f\x93\x8c"
#define WHITE_CHECK "\xe2\x9c\x85"
#define HEAVY_CHECK "\xe2\x9c\x94"

/* U+FE0E and U+FE0F only say how an emoji is drawn. */
static const char *without_variation(struct arena *arena, const char *key)
{
    static const char selector[] = "\xef\xb8";
    struct text out;
    const char *mark;

    text_init(&out, arena);
    for (mark = strstr(key, selector); mark != NULL; mark = strstr(key, selector)) {
        bool is_one = mark[2] == '\x8e' || mark[2] == '\x8f';

        text_add_n(&out, key, (size_t)(mark - key) + (is_one ? 0 : 3));
        key = mark + 3;
    }
    text_add(&out, key);
    return out.data;
}

/* As the other platforms call it. */
static const char *reaction_name(struct arena *arena, const char *key)
{
    key = without_variation(arena, key);
    if (strcmp(key, PIN) == 0) {
        return "pushpin";
    }
    if (strcmp(key, WHITE_CHECK) == 0 || strcmp(key, HEAVY_CHECK) == 0) {
        return "white_check_mark";
    }
    return key;
}

/* No id and no emoji has one; a trace's parts end at one. */
static bool has_break(const char *string)
{
    return strchr(string, '\n') != NULL;
}

/* Redacted before we heard it, it means nothing any more; but that it was a reaction
 * counts, since its redaction does not say so. */
static void read_redacted_reaction(struct matrix_reading *reading)
{
    matrix_reading_event(reading, CHAT_REACTED)->text = "";
}

void matrix_read_reaction(struct matrix_reading *reading)
{
    struct json_slice relates =
        json_scan_member(reading->found[MATRIX_CONTENT], "m.relates_to");
    const char *target = matrix_reading_id(reading, relates, "event_id");
    const char *key = matrix_reading_id(reading, relates, "key");
    struct chat_event *event;

    if (json_scan_member(reading->found[MATRIX_UNSIGNED], "redacted_because").data !=
        NULL) {
        read_redacted_reaction(reading);
        return;
    }
    if (target == NULL || key == NULL || has_break(target) || has_break(key) ||
        !json_slice_is(json_scan_member(relates, "rel_type"), "m.annotation")) {
        return;
    }
    event = matrix_reading_event(reading, CHAT_REACTED);
    event->message = target;
    event->text = reaction_name(reading->arena, key);
}

/* Up to room version 10 the content is the sender's alone, and may name anything; the
 * homeserver answers for the member beside it. */
void matrix_read_redaction(struct matrix_reading *reading)
{
    const char *target = matrix_reading_string(
        reading->arena, reading->found[MATRIX_REDACTS], MATRIX_ID_BYTES);
    struct chat_event *event;
    struct chat_event *file;

    if (target == NULL) {
        target = matrix_reading_id(reading, reading->found[MATRIX_CONTENT], "redacts");
    }
    if (target == NULL) {
        return;
    }
    event = matrix_reading_event(reading, CHAT_DELETED);
    event->message = target;
    file = matrix_reading_extra(reading, CHAT_DELETED);
    file->id = arena_printf(reading->arena, "%s:file", event->id);
    file->message = arena_printf(reading->arena, "%s:file", target);
    file->is_guess = true;
}

void matrix_read_encrypted(struct matrix_reading *reading)
{
    reading->news->kind = MATRIX_NEWS_UNREADABLE;
    reading->news->event.message = reading->news->event.id;
}

/* Of the three only an old user's id may hold a line break, so it stands last. */
const char *matrix_read_trace(struct arena *arena, const struct chat_event *reacted)
{
    return arena_printf(arena, "%s\n%s\n%s", reacted->message, reacted->text,
                        reacted->who.id);
}

bool matrix_read_unreacted(struct arena *arena, const char *trace,
                           struct chat_event *deleted)
{
    const char *key = trace == NULL ? NULL : strchr(trace, '\n');
    const char *who = key == NULL ? NULL : strchr(key + 1, '\n');

    if (who == NULL || !matrix_text_is_user(who + 1)) {
        return false;
    }
    deleted->kind = CHAT_UNREACTED;
    deleted->message = arena_copy_n(arena, trace, (size_t)(key - trace));
    deleted->text = arena_copy_n(arena, key + 1, (size_t)(who - key - 1));
    deleted->who = (struct chat_person){.id = arena_copy(arena, who + 1)};
    return true;
}
