/* What every message to Slack must keep, whatever was said: for unit tests and fuzz. */
#pragma once

#include <stdbool.h>
#include <string.h>

#include <jansson.h>

/* Slack counts characters; bytes are never fewer. */
#define CHECK_TEXT_MOST    4000
#define CHECK_SECTION_MOST 3000
#define CHECK_HEADER_MOST  150
#define CHECK_LABEL_MOST   75
#define CHECK_VALUE_MOST   2000
#define CHECK_BLOCKS_MOST  50

static inline size_t check_one_of(const char *at, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (strncmp(at, *words, strlen(*words)) == 0) {
            return strlen(*words);
        }
    }
    return 0;
}

/* The length of a mention, a channel, a date or a link at `at`; 0: none of these, so
 * something else would ring. A link has no label, which could name another place. */
static inline size_t check_angle(const char *at)
{
    static const char id[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                             "0123456789";
    static const char *const links[] = {"https://", "http://", NULL};
    bool is_id = strncmp(at, "<@", 2) == 0 || strncmp(at, "<#", 2) == 0;
    size_t length = is_id                             ? 2 + strspn(at + 2, id)
                    : strncmp(at, "<!date^", 7) == 0  ? strcspn(at + 1, "<>") + 1
                    : check_one_of(at + 1, links) > 0 ? strcspn(at + 1, "<>|") + 1
                                                      : 0;

    return length > 2 && at[length] == '>' ? length + 1 : 0;
}

/* No < > & but those of our own making. */
static inline bool check_mrkdwn(const char *at)
{
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", NULL};

    while (*at != '\0') {
        size_t length = *at == '<'   ? check_angle(at)
                        : *at == '&' ? check_one_of(at, entities)
                        : *at == '>' ? 0
                                     : 1;

        if (length == 0) {
            return false;
        }
        at += length;
    }
    return true;
}

static inline bool check_text_object(json_t *text, size_t most)
{
    const char *words = json_string_value(json_object_get(text, "text"));
    const char *type = json_string_value(json_object_get(text, "type"));

    return words != NULL && *words != '\0' && strlen(words) <= most &&
           (strcmp(type, "mrkdwn") != 0 || check_mrkdwn(words));
}

static inline bool check_button(json_t *button)
{
    const char *value = json_string_value(json_object_get(button, "value"));

    return check_text_object(json_object_get(button, "text"), CHECK_LABEL_MOST) &&
           value != NULL && strlen(value) <= CHECK_VALUE_MOST;
}

static inline bool check_elements(json_t *elements, bool are_buttons)
{
    size_t count = json_array_size(elements);

    if (count < 1 || count > (are_buttons ? 25 : 10)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        json_t *element = json_array_get(elements, i);

        if (are_buttons ? !check_button(element)
                        : !check_text_object(element, CHECK_SECTION_MOST)) {
            return false;
        }
    }
    return true;
}

static inline bool check_block(json_t *block)
{
    const char *type = json_string_value(json_object_get(block, "type"));
    json_t *text = json_object_get(block, "text");

    if (strcmp(type, "header") == 0) {
        return check_text_object(text, CHECK_HEADER_MOST);
    }
    if (strcmp(type, "section") == 0) {
        return check_text_object(text, CHECK_SECTION_MOST);
    }
    return check_elements(json_object_get(block, "elements"),
                          strcmp(type, "actions") == 0);
}

static inline bool check_blocks(json_t *blocks)
{
    if (json_array_size(blocks) > CHECK_BLOCKS_MOST) {
        return false;
    }
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        if (!check_block(json_array_get(blocks, i))) {
            return false;
        }
    }
    return true;
}

static inline bool check_is_json(const char *written)
{
    json_t *json = json_loads(written, 0, NULL);
    bool is_json = json != NULL;

    json_decref(json);
    return is_json;
}

/* A message: `text` is what a lock screen shows, and all there is where blocks would be
 * empty. */
static inline bool check_body(const char *written)
{
    json_t *body = json_loads(written, 0, NULL);
    json_t *blocks = json_object_get(body, "blocks");
    const char *text = json_string_value(json_object_get(body, "text"));
    bool is_fine = text != NULL && *text != '\0' && strlen(text) <= CHECK_TEXT_MOST &&
                   check_mrkdwn(text) &&
                   (blocks == NULL || json_array_size(blocks) > 0) &&
                   check_blocks(blocks);

    json_decref(body);
    return is_fine;
}

/* The bot's own page. */
static inline bool check_view(const char *written)
{
    json_t *body = json_loads(written, 0, NULL);
    bool is_fine =
        body != NULL &&
        check_blocks(json_object_get(json_object_get(body, "view"), "blocks"));

    json_decref(body);
    return is_fine;
}
