/* What a request to the scripted Slack asks for: a form, a query or JSON. */
#include "tests/wire/slack_api.h"
#include "tests/wire/slack_peer.h"

static int hex_of(char digit)
{
    const char *digits = "0123456789ABCDEF";

    return (int)(strchr(digits, digit) - digits);
}

/* A form, or a query, as an object of strings. */
static json_t *read_form(char *form)
{
    json_t *args = json_object();
    char *rest = NULL;

    for (char *pair = strtok_r(form, "&", &rest); pair != NULL;
         pair = strtok_r(NULL, "&", &rest)) {
        char *value = strchr(pair, '='), *out = value + 1;

        assert_non_null(value);
        *value = '\0';
        for (char *at = value + 1; *at != '\0'; at++) {
            if (*at == '%') {
                *out++ = (char)(hex_of(at[1]) * 16 + hex_of(at[2]));
                at += 2;
            } else {
                *out++ = *at;
            }
        }
        *out = '\0';
        json_object_set_new(args, pair, json_string(value + 1));
    }
    return args;
}

json_t *slack_api_args(const struct server_request *request)
{
    char type[100] = "";
    char *copy = strdup(request->body);
    json_t *args;

    assert_non_null(copy);
    server_header(request, "Content-Type", type, sizeof(type));
    if (strstr(type, "json") != NULL) {
        args = json_loads(copy, 0, NULL);
    } else {
        args = read_form(copy);
    }
    assert_non_null(args);
    free(copy);
    return args;
}

const char *slack_api_arg(json_t *args, const char *name)
{
    const char *value = json_string_value(json_object_get(args, name));

    return value == NULL ? "" : value;
}
