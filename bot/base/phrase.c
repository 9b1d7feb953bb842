#include "bot/base/phrase.h"

#include <stdlib.h>
#include <string.h>

#define VALUES_MAX 16

static struct phrase *used;
static size_t used_count;

bool phrase_is_known(const char *text)
{
    for (size_t i = 0; phrase_table[i] != NULL; i++) {
        if (strcmp(phrase_table[i], text) == 0) {
            return true;
        }
    }
    return false;
}

static int compare(const void *left, const void *right)
{
    const struct phrase *a = left, *b = right;

    return strcmp(a->from, b->from);
}

void phrase_use(struct phrase *phrases, size_t count)
{
    used = phrases;
    used_count = count;
    if (count > 1) {
        qsort(phrases, count, sizeof(*phrases), compare);
    }
}

const char *phrase_of(const char *format)
{
    const struct phrase wanted = {.from = format};
    const struct phrase *found = NULL;

    if (used_count > 0) {
        found = bsearch(&wanted, used, used_count, sizeof(*used), compare);
    }
    return found == NULL ? format : found->to;
}

/* What a format does with its values: the kind of each ("s", "lld", ".*s"). */
struct values {
    struct {
        const char *kind;
        size_t length;
    } all[VALUES_MAX];
    size_t count;
    bool is_numbered, is_broken;
};

static void take_value(struct values *values, size_t at, const char *kind,
                       size_t length)
{
    if (at >= VALUES_MAX || (values->all[at].kind != NULL &&
                             (values->all[at].length != length ||
                              strncmp(values->all[at].kind, kind, length) != 0))) {
        values->is_broken = true;
        return;
    }
    values->all[at].kind = kind;
    values->all[at].length = length;
    values->count = at >= values->count ? at + 1 : values->count;
}

/* One conversion behind its per cent sign; returns what stands behind it. */
static const char *read_value(struct values *values, const char *at)
{
    size_t digits = strspn(at, "0123456789");
    bool is_numbered = digits > 0 && at[digits] == '$';
    size_t place = is_numbered ? strtoul(at, NULL, 10) - 1 : values->count;
    size_t length;

    at += is_numbered ? digits + 1 : 0;
    length = strspn(at, "-0123456789.*hlz");
    if (values->count > 0 && values->is_numbered != is_numbered) {
        values->is_broken = true;
    }
    values->is_numbered = is_numbered;
    if (strchr("scdux", at[length]) == NULL || at[length] == '\0' ||
        (is_numbered && memchr(at, '*', length) != NULL)) {
        values->is_broken = true;
        return at;
    }
    take_value(values, place, at, length + 1);
    return at + length + 1;
}

static struct values read_values(const char *format)
{
    struct values values = {.count = 0};
    const char *at = format;

    while (!values.is_broken && (at = strchr(at, '%')) != NULL) {
        at = at[1] == '%' ? at + 2 : read_value(&values, at + 1);
    }
    for (size_t i = 0; i < values.count; i++) {
        values.is_broken = values.is_broken || values.all[i].kind == NULL;
    }
    return values;
}

bool phrase_fits(const char *from, const char *to)
{
    struct values given = read_values(from), wanted = read_values(to);

    if (given.is_broken || wanted.is_broken || wanted.count > given.count) {
        return false;
    }
    for (size_t i = 0; i < wanted.count; i++) {
        if (wanted.all[i].length != given.all[i].length ||
            strncmp(wanted.all[i].kind, given.all[i].kind, given.all[i].length) != 0) {
            return false;
        }
    }
    return true;
}
