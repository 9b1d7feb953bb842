/* What a request means: its path, and all that is not of a room. */
#include "bot/base/err.h"
#include "tests/wire/matrix_home_inner.h"

json_t *matrix_home_refuse(int *status, int code, const char *errcode)
{
    *status = code;
    return json_pack("{s:s, s:s}", "errcode", errcode, "error", "no");
}

static void split(struct home_ask *ask, const char *path)
{
    const char *at = path + strlen("/_matrix/");
    size_t used = 0;

    ask->count = 1;
    for (; *at != '\0' && *at != '?'; at++) {
        unsigned long code = 0;

        if (*at == '/') {
            INSIST(ask->count < HOME_PARTS);
            ask->count++;
            used = 0;
            continue;
        }
        INSIST(used < sizeof(ask->parts[0]) - 1);
        if (*at == '%') {
            const char digits[] = {at[1], at[2], '\0'};

            code = strtoul(digits, NULL, 16);
            INSIST(code != 0);
            at += 2;
        }
        ask->parts[ask->count - 1][used++] = code != 0 ? (char)code : *at;
    }
}

bool home_part_is(const struct home_ask *ask, size_t n, const char *word)
{
    return n < ask->count && strcmp(ask->parts[n], word) == 0;
}

bool home_is_method(const struct home_ask *ask, const char *method)
{
    return strcmp(ask->method, method) == 0;
}

const char *home_word_of(json_t *object, const char *name)
{
    const char *word = json_string_value(json_object_get(object, name));

    return word == NULL ? "" : word;
}

/* ---- elsewhere */

static json_t *serve_alias(struct home_ask *ask)
{
    json_t *room = json_object_get(ask->home->aliases, ask->parts[4]);

    return room == NULL ? matrix_home_refuse(ask->status, 404, "M_NOT_FOUND")
                        : json_pack("{s:O, s:[s]}", "room_id", room, "servers", "x");
}

static json_t *serve_direct(struct home_ask *ask)
{
    if (home_is_method(ask, "PUT")) {
        json_decref(ask->home->direct);
        ask->home->direct = json_deep_copy(ask->body);
        return json_object();
    }
    return json_object_size(ask->home->direct) == 0
               ? matrix_home_refuse(ask->status, 404, "M_NOT_FOUND")
               : json_deep_copy(ask->home->direct);
}

static json_t *serve_capabilities(struct home_ask *ask)
{
    return json_pack("{s:{s:o}}", "capabilities", "m.room_versions",
                     json_loads(ask->home->versions, 0, NULL));
}

static json_t *serve_upload(struct home_ask *ask)
{
    json_array_append(ask->home->files, ask->body);
    return json_pack("{s:s}", "content_uri", "mxc://x/file");
}

static json_t *serve_profile(struct home_ask *ask)
{
    return strstr(ask->parts[3], "nobody") != NULL
               ? matrix_home_refuse(ask->status, 404, "M_NOT_FOUND")
               : json_object();
}

json_t *matrix_home_serve(struct matrix_home *home, const char *method,
                          const char *path, json_t *body, int *status)
{
    struct home_ask ask = {
        .home = home, .method = method, .body = body, .status = status};
    static const struct {
        const char *part;
        json_t *(*serve)(struct home_ask *ask);
    } table[] = {
        {"createRoom", home_serve_create}, {"rooms", home_serve_room},
        {"directory", serve_alias},        {"user", serve_direct},
        {"profile", serve_profile},        {"capabilities", serve_capabilities},
        {"upload", serve_upload},
    };

    split(&ask, path);
    if (home_part_is(&ask, 2, "join")) {
        return home_serve_join(&ask, ask.parts[3]);
    }
    if (home_part_is(&ask, 3, "config")) {
        return json_pack("{s:I}", "m.upload.size", (json_int_t)home->upload_bytes);
    }
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        if (home_part_is(&ask, 2, table[i].part)) {
            return table[i].serve(&ask);
        }
    }
    return matrix_home_refuse(status, 404, "M_UNRECOGNIZED");
}
