#include "bot/escalation.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"

#define PART_BYTES   3
#define PLURAL_BYTES 4 /* a word longer than this may be of several */

bool escalation_may(const struct candidate *candidate, enum escalation_pool pool)
{
    if (candidate->is_out) {
        return false;
    }
    return pool == ESCALATION_ANYBODY || candidate->is_named ||
           candidate->duty != NULL || candidate->skill_count > 0 ||
           candidate->helped != NULL || candidate->part_of != NULL ||
           candidate->tie != ESCALATION_NO_TIE;
}

static int compare_size(size_t a, size_t b)
{
    return a > b ? -1 : a < b; /* more goes first */
}

static int compare(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    int order = compare_size(a->is_named, b->is_named);

    order = order != 0 ? order : compare_size(a->duty != NULL, b->duty != NULL);
    order = order != 0 ? order : compare_size(a->skill_count, b->skill_count);
    order = order != 0 ? order : compare_size(a->helped != NULL, b->helped != NULL);
    order = order != 0 ? order : compare_size(a->part_of != NULL, b->part_of != NULL);
    order = order != 0 ? order : compare_size(a->tie, b->tie);
    order = order != 0 ? order : compare_size(a->is_awake, b->is_awake);
    if (order == 0 && a->open_tasks != b->open_tasks) {
        order = a->open_tasks < b->open_tasks ? -1 : 1;
    }
    return order != 0 ? order : strcmp(a->handle, b->handle);
}

static int compare_buddy_first(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    int order = compare_size(a->is_named, b->is_named);

    order = order != 0
                ? order
                : compare_size(a->tie == ESCALATION_BUDDY, b->tie == ESCALATION_BUDDY);
    return order != 0 ? order : compare(left, right);
}

void escalation_order(struct candidates *candidates, enum escalation_pool pool,
                      bool buddy_first)
{
    size_t kept = 0;

    for (size_t i = 0; i < candidates->count; i++) {
        if (escalation_may(&candidates->all[i], pool)) {
            candidates->all[kept++] = candidates->all[i];
        }
    }
    candidates->count = kept;
    if (kept > 1) {
        qsort(candidates->all, kept, sizeof(*candidates->all),
              buddy_first ? compare_buddy_first : compare);
    }
}

static void add(struct text *text, const char *separator, const char *lead,
                const char *words)
{
    if (words == NULL) {
        return;
    }
    text_addf(text, "%s%s%s", text->length_bytes > 0 ? separator : "", lead, words);
}

/* Whoever is on call for a service is in its rota and team anyway. */
static const char *part_words(const struct candidate *candidate)
{
    return candidate->duty != NULL ? NULL : candidate->part_of;
}

const char *escalation_reasons(struct arena *arena, const struct candidate *candidate,
                               const char *separator)
{
    struct text text;

    text_init(&text, arena);
    add(&text, separator, PHRASE("on call for "), candidate->duty);
    add(&text, separator, PHRASE("knows "), candidate->knows);
    add(&text, separator, PHRASE("owns "), candidate->owns);
    add(&text, separator, "", candidate->helped);
    add(&text, separator, "", part_words(candidate));
    add(&text, separator, "", candidate->tie_words);
    return text.data;
}

const char *escalation_reasons_after(struct arena *arena,
                                     const struct candidate *candidate,
                                     const struct candidate *before)
{
    struct text text;

    text_init(&text, arena);
    add(&text, ", ", PHRASE("on call for "), candidate->duty);
    add(&text, ", ", PHRASE("knows "), candidate->knows);
    add(&text, ", ", PHRASE("owns "), candidate->owns);
    add(&text, ", ", "", candidate->helped);
    if (before != NULL && before->team != NULL && candidate->team != NULL &&
        text_same(before->team, candidate->team)) {
        add(&text, ", ", before->handle, PHRASE("'s team"));
    } else {
        add(&text, ", ", "", part_words(candidate));
        add(&text, ", ", "", candidate->tie_words);
    }
    return text.data;
}

const char *escalation_reasons_here(struct arena *arena,
                                    const struct candidate *candidate)
{
    struct text text;

    text_init(&text, arena);
    text_add(&text, PHRASE("here"));
    add(&text, ", ", PHRASE("on call for "), candidate->duty);
    add(&text, ", ", PHRASE("knows "), candidate->knows);
    if (candidate->open_tasks == 0) {
        text_add(&text, PHRASE(", nothing open"));
    } else {
        text_addf(&text, ", %lld open %s", (long long)candidate->open_tasks,
                  candidate->open_tasks == 1 ? PHRASE("task") : PHRASE("tasks"));
    }
    return text.data;
}

static bool is_name_byte(char byte)
{
    return text_is_letter(byte) || byte == '-' || byte == '_';
}

/* The next run of bytes that `belongs`, from *cursor on; its length, 0 at the end. */
static size_t next_run(const char **cursor, bool (*belongs)(char))
{
    size_t length = 0;

    while (**cursor != '\0' && !belongs(**cursor)) {
        *cursor += 1;
    }
    while ((*cursor)[length] != '\0' && belongs((*cursor)[length])) {
        length += 1;
    }
    return length;
}

/* "databases" is more than one database; "dns" is no more than one. */
static size_t without_plural(const char *run, size_t bytes)
{
    bool is_plural = bytes > PLURAL_BYTES && strchr("sS", run[bytes - 1]) != NULL;

    return is_plural ? bytes - 1 : bytes;
}

static bool same_run(const char *a, size_t a_bytes, const char *b, size_t b_bytes)
{
    size_t bytes = without_plural(a, a_bytes);

    return bytes == without_plural(b, b_bytes) && strncasecmp(a, b, bytes) == 0;
}

/* Is the run one of the words of the sentence, hyphens taken as part of a word? */
static bool sentence_holds(const char *words, const char *run, size_t run_bytes,
                           bool (*belongs)(char))
{
    const char *cursor = words;
    size_t length;

    while ((length = next_run(&cursor, belongs)) > 0) {
        if (same_run(cursor, length, run, run_bytes)) {
            return true;
        }
        cursor += length;
    }
    return false;
}

bool escalation_fits(const char *words, const char *name)
{
    const char *cursor = name;
    size_t length;

    if (words == NULL || name == NULL || *name == '\0') {
        return false;
    }
    if (sentence_holds(words, name, strlen(name), is_name_byte)) {
        return true;
    }
    while ((length = next_run(&cursor, text_is_letter)) > 0) {
        if (length >= PART_BYTES &&
            sentence_holds(words, cursor, length, text_is_letter)) {
            return true;
        }
        cursor += length;
    }
    return false;
}
