/* The text of slack_read.h: what Slack escaped and wrapped, as it was typed. */
#include <string.h>

#include "adapters/slack_read.h"
#include "bot/base/text.h"

static const struct {
    const char *escaped;
    const char *plain;
} escapes[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}};
#define ESCAPES (sizeof(escapes) / sizeof(escapes[0]))

/* Adds what the ampersand at `mark` stands for; returns how many bytes that took. */
static size_t add_escape(struct text *out, const char *mark, size_t left_bytes)
{
    for (size_t i = 0; i < ESCAPES; i++) {
        size_t size = strlen(escapes[i].escaped);

        if (left_bytes >= size && memcmp(mark, escapes[i].escaped, size) == 0) {
            text_add(out, escapes[i].plain);
            return size;
        }
    }
    text_add(out, "&");
    return 1;
}

/* Adds `length` bytes with Slack's three escapes undone. */
static void add_unescaped(struct text *out, const char *at, size_t length)
{
    const char *end = at + length;
    const char *mark = memchr(at, '&', length);

    while (mark != NULL) {
        text_add_n(out, at, (size_t)(mark - at));
        at = mark + add_escape(out, mark, (size_t)(end - mark));
        mark = memchr(at, '&', (size_t)(end - at));
    }
    text_add_n(out, at, (size_t)(end - at));
}

/* A link shows what was typed: its label where that is the address without its scheme,
 * both where they differ. */
static void add_link(struct text *out, const char *url, size_t url_bytes,
                     const char *label, size_t label_bytes)
{
    if (label == NULL) {
        add_unescaped(out, url, url_bytes);
        return;
    }
    add_unescaped(out, label, label_bytes);
    if (url_bytes >= label_bytes &&
        memcmp(url + url_bytes - label_bytes, label, label_bytes) == 0) {
        return;
    }
    text_add(out, " (");
    add_unescaped(out, url, url_bytes);
    text_add(out, ")");
}

/* <!here>, <!subteam^S1|@shop>, <!date^..|fallback> */
static void add_special(struct text *out, const char *name, size_t name_bytes,
                        const char *label, size_t label_bytes)
{
    if (label != NULL) {
        add_unescaped(out, label, label_bytes);
        return;
    }
    text_add(out, "@");
    add_unescaped(out, name, name_bytes);
}

/* What stands between < and >. */
static void add_wrapped(struct text *out, const char *inside, size_t length)
{
    const char *bar = memchr(inside, '|', length);
    const char *label = bar == NULL ? NULL : bar + 1;
    size_t label_bytes = bar == NULL ? 0 : (size_t)(inside + length - label);
    size_t name_bytes = bar == NULL ? length : (size_t)(bar - inside);

    if (inside[0] == '@') {
        text_add(out, "<");
        text_add_n(out, inside, name_bytes);
        text_add(out, ">");
    } else if (inside[0] == '#') {
        text_add(out, "#");
        add_unescaped(out, label_bytes > 0 ? label : inside + 1,
                      label_bytes > 0 ? label_bytes : name_bytes - 1);
    } else if (inside[0] == '!') {
        add_special(out, inside + 1, name_bytes - 1, label, label_bytes);
    } else {
        add_link(out, inside, name_bytes, label_bytes > 0 ? label : NULL, label_bytes);
    }
}

/* Slack escapes the < that people type; where a server does not, it stays what it is.
 */
static bool is_wrapped(const char *inside, size_t length)
{
    static const char *const schemes[] = {"http://", "https://", "mailto:", "tel:"};
    size_t name_bytes = 0;

    while (name_bytes < length && inside[name_bytes] != '|') {
        if (strchr(" \t\n<", inside[name_bytes]) != NULL) {
            return false;
        }
        name_bytes++;
    }
    if (name_bytes < 2) {
        return false;
    }
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        if (text_starts(inside, schemes[i])) {
            return true;
        }
    }
    return strchr("@#!", inside[0]) != NULL;
}

char *slack_text_plain(struct arena *arena, const char *text)
{
    struct text out;
    const char *at = text;
    const char *close = strchr(text, '>'); /* at or behind the cursor; NULL: none is */

    text_init(&out, arena);
    while (*at != '\0') {
        size_t plain = strcspn(at, "<");

        add_unescaped(&out, at, plain);
        at += plain;
        if (*at == '\0') {
            break;
        }
        if (close != NULL && close < at) {
            close = strchr(at, '>'); /* not for each "<": there may be very many */
        }
        if (close != NULL && is_wrapped(at + 1, (size_t)(close - at - 1))) {
            add_wrapped(&out, at + 1, (size_t)(close - at - 1));
            at = close + 1;
        } else {
            text_add(&out, "<");
            at += 1;
        }
    }
    return out.data;
}

int64_t slack_ts_ms(const char *ts)
{
    int64_t seconds = 0, part = 0, weight = 100;
    size_t digits = 0;

    for (; ts != NULL && *ts >= '0' && *ts <= '9' && digits < 12; ts++, digits++) {
        seconds = seconds * 10 + (*ts - '0');
    }
    if (digits == 0) {
        return 0;
    }
    if (*ts == '.') {
        for (ts++; *ts >= '0' && *ts <= '9' && weight > 0; ts++, weight /= 10) {
            part += (*ts - '0') * weight;
        }
    }
    return seconds * 1000 + part;
}
