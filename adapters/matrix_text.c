/* Plain bodies, ids and links. */
#include "adapters/matrix_text.h"

#include <string.h>

#include "adapters/matrix_read.h"
#include "bot/base/text.h"

#define LINK       "https://matrix.to/#/"
#define LINK_BYTES 1024

bool matrix_text_is_user(const char *id)
{
    const char *colon = strchr(id, ':');

    return *id == '@' && colon != NULL && colon[1] != '\0' &&
           strlen(id) <= MATRIX_ID_BYTES;
}

bool matrix_text_is_person(const char *id)
{
    for (const char *at = id; *at != '\0'; at++) {
        if ((unsigned char)*at <= ' ' || strchr("<>|\x7f", *at) != NULL) {
            return false;
        }
    }
    return matrix_text_is_user(id);
}

static int hex_digit(char digit)
{
    return digit >= '0' && digit <= '9'   ? digit - '0'
           : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
           : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                          : -1;
}

static const char *percent_decoded(struct arena *arena, const char *at, size_t length)
{
    struct text out;

    text_init(&out, arena);
    for (size_t i = 0; i < length; i++) {
        int high = at[i] == '%' && i + 2 < length ? hex_digit(at[i + 1]) : -1;
        int low = high < 0 ? -1 : hex_digit(at[i + 2]);
        char byte = low < 0 ? at[i] : (char)(high * 16 + low);

        text_add_n(&out, &byte, 1);
        i += low < 0 ? 0 : 2;
    }
    return text_clean(arena, out.data, out.length_bytes);
}

/* "matrix:u/ana:example.org", "matrix:r/shop:example.org": the sign stands for the
 * kind. */
static const char *uri_target(struct arena *arena, const char *path)
{
    const char *sign = text_starts(path, "u/")   ? "@"
                       : text_starts(path, "r/") ? "#"
                                                 : NULL;
    size_t length = strcspn(path, "?#");

    if (sign == NULL || memchr(path + 2, '/', length - 2) != NULL) {
        return NULL;
    }
    return arena_printf(arena, "%s%s", sign,
                        percent_decoded(arena, path + 2, length - 2));
}

const char *matrix_text_target(struct arena *arena, const char *url)
{
    const char *target = NULL;

    if (text_starts(url, LINK)) {
        const char *path = url + strlen(LINK);

        target = percent_decoded(arena, path, strcspn(path, "?/"));
    } else if (text_starts(url, "matrix:")) {
        target = uri_target(arena, url + strlen("matrix:"));
    }
    if (target == NULL || strlen(target) > MATRIX_ID_BYTES) {
        return NULL;
    }
    return matrix_text_is_person(target) || (*target == '#' && target[1] != '\0')
               ? target
               : NULL;
}

const char *matrix_text_link(struct arena *arena, const char *room, const char *event,
                             const char *sender)
{
    const char *colon = strchr(sender, ':');
    struct text out;

    text_init(&out, arena);
    text_add(&out, LINK);
    text_add_percent(&out, room);
    text_add(&out, "/");
    text_add_percent(&out, event);
    if (colon != NULL) {
        text_add(&out, "?via=");
        text_add_percent(&out, colon + 1);
    }
    return out.data;
}

const char *matrix_text_answer(const char *body, bool any)
{
    const char *at = body;

    if (!any && strncmp(at, "> <@", 4) != 0 && strncmp(at, "> * <@", 6) != 0) {
        return body;
    }
    while (*at == '>' && (at[1] == ' ' || at[1] == '\n' || at[1] == '\0')) {
        at += strcspn(at, "\n");
        at += *at == '\n' ? 1 : 0;
    }
    return at == body ? body : at + (*at == '\n' ? 1 : 0);
}

/* How long the server's name at the cursor is: letters, digits, dots and hyphens, or an
 * address in brackets, and a port. What ends a sentence is no part of it. */
static size_t server_length(const char *at)
{
    size_t length;
    size_t digits;

    if (*at == '[') {
        length = 1 + strspn(at + 1, "0123456789abcdefABCDEF:.");
        if (at[length] != ']' || length == 1) {
            return 0;
        }
        length++;
    } else {
        length = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                            "0123456789.-");
        while (length > 0 && strchr(".-", at[length - 1]) != NULL) {
            length--;
        }
    }
    digits =
        length == 0 || at[length] != ':' ? 0 : strspn(at + length + 1, "0123456789");
    return digits == 0 || digits > 5 || text_is_letter(at[length + 1 + digits])
               ? length
               : length + 1 + digits;
}

/* The length of the bare id at the cursor; 0: there is none. Ids of today only. */
static size_t id_length(const char *at)
{
    size_t local = strspn(at + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789._=-/+");
    size_t server;

    if (*at != '@' || local == 0 || at[1 + local] != ':') {
        return 0;
    }
    server = server_length(at + local + 2);
    return server == 0 || local + 2 + server > MATRIX_ID_BYTES ? 0 : local + 2 + server;
}

/* A word may begin behind this. */
static bool is_boundary(char before)
{
    return !text_is_letter(before) && strchr("@/:._=-+%#&?$!", before) == NULL;
}

/* So much of a link at the cursor as is looked at. */
static size_t link_length(const char *at)
{
    size_t length = 0;

    while (length < LINK_BYTES && at[length] != '\0' &&
           strchr(" \t\n\r<>()[]\"'", at[length]) == NULL) {
        length++;
    }
    return length;
}

/* Adds a person at the cursor, as id or as link; returns how long it was, 0: nobody. */
static size_t add_person(struct text *out, const char *at, char before)
{
    size_t length = id_length(at);
    const char *who;

    if (length > 0) {
        bool is_wrapped = before == '<' && at[length] == '>';

        text_add(out, is_wrapped ? "@" : "<@");
        text_add_n(out, at, length);
        text_add(out, is_wrapped ? "" : ">");
        return length;
    }
    if (*at != 'h' || !text_starts(at, LINK)) {
        return 0;
    }
    length = link_length(at);
    who = matrix_text_target(out->arena, arena_copy_n(out->arena, at, length));
    if (who == NULL || *who != '@') {
        return 0;
    }
    text_addf(out, "<@%s>", who);
    return length;
}

char *matrix_text_plain(struct arena *arena, const char *body)
{
    struct text out;
    const char *at = body;
    const char *from = body;

    text_init(&out, arena);
    while (*at != '\0') {
        char before = at == body ? ' ' : at[-1];
        size_t length = 0;

        if ((*at == '@' || *at == 'h') && is_boundary(before)) {
            text_add_n(&out, from, (size_t)(at - from));
            from = at;
            length = add_person(&out, at, before);
        }
        at += length > 0 ? length : 1;
        from = length > 0 ? at : from;
    }
    text_add(&out, from);
    return out.data;
}

const char *matrix_text_typed(struct arena *arena, const struct matrix_words *words)
{
    const char *body = text_or(words->body, "");
    size_t pills = 0;
    bool has_quote = false;

    if (!text_is_empty(words->html)) {
        const char *text = matrix_text_html(arena, words->html, &pills, &has_quote);

        if (pills > 0 || text_is_empty(body)) {
            return text;
        }
    }
    /* Beside HTML the quotation in the body is certain: it is in both. */
    return matrix_text_plain(
        arena, matrix_text_answer(body, has_quote ||
                                            (words->is_reply && words->html == NULL)));
}
