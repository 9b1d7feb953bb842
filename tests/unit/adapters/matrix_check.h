/* What every message to Matrix must keep, whatever was said: for unit tests and fuzz.
 */
#pragma once

#include <stdbool.h>
#include <string.h>

#include <jansson.h>

#include "bot/base/err.h"

#define CHECK_DEPTH 8

static inline bool check_starts(const char *at, const char *word)
{
    return strncmp(at, word, strlen(word)) == 0;
}

/* One entity that we write, at `at`: its length, or 0. */
static inline size_t check_entity(const char *at)
{
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;"};

    for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
        if (check_starts(at, entities[i])) {
            return strlen(entities[i]);
        }
    }
    return 0;
}

/* One tag at `at`: its length, or 0. Keeps the stack of what is open. */
static inline size_t check_tag(const char *at, char open[CHECK_DEPTH], size_t *depth)
{
    static const char *const tags[] = {"<strong>", "<code>", "</strong>",
                                       "</code>",  "</a>",   "<br>"};
    static const char link[] = "<a href=\"https://matrix.to/#/%40";

    if (check_starts(at, link) && *depth < CHECK_DEPTH) {
        open[(*depth)++] = 'a';
        return sizeof(link) - 1 + strcspn(at + sizeof(link) - 1, "\"<>& ") + 2;
    }
    for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
        if (!check_starts(at, tags[i])) {
            continue;
        }
        if (at[1] == '/') {
            return *depth > 0 && open[--*depth] == at[2] ? strlen(tags[i]) : 0;
        }
        if (at[1] != 'b') {
            INSIST(*depth < CHECK_DEPTH);
            open[(*depth)++] = at[1];
        }
        return strlen(tags[i]);
    }
    return 0;
}

/* Tags of ours alone, closed in their order; everything else escaped. */
static inline bool check_html(const char *html)
{
    char open[CHECK_DEPTH];
    size_t depth = 0;

    while (*html != '\0') {
        size_t length = *html == '<'   ? check_tag(html, open, &depth)
                        : *html == '&' ? check_entity(html)
                        : *html == '>' ? 0
                                       : 1;

        if (length == 0) {
            return false;
        }
        html += length;
    }
    return depth == 0;
}

/* The words of a message or of the new content of an edit. */
static inline bool check_words(json_t *content)
{
    const char *html = json_string_value(json_object_get(content, "formatted_body"));
    const char *body = json_string_value(json_object_get(content, "body"));

    return body != NULL && *body != '\0' &&
           json_is_object(json_object_get(content, "m.mentions")) &&
           json_is_string(json_object_get(content, "msgtype")) &&
           (html == NULL || check_html(html));
}

static inline bool check_message(const char *written)
{
    json_t *content = json_loads(written, 0, NULL);
    json_t *fresh = json_object_get(content, "m.new_content");
    bool is_fine = check_words(content) && (fresh == NULL || check_words(fresh)) &&
                   strlen(written) <= (size_t)60 * 1024;

    json_decref(content);
    return is_fine;
}
