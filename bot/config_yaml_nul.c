/*
 * A text of YAML may hold a NUL ("\0", "\x00"); libcyaml's texts end there, and the
 * rest would be lost without a word. libyaml, which it reads with, knows their length.
 */
#include <string.h>

#include <yaml.h>

#include "bot/config_yaml.h"

/* Is it a text with a NUL? `line` then. */
static bool has_nul(const yaml_event_t *event, size_t *line)
{
    if (event->type != YAML_SCALAR_EVENT ||
        memchr(event->data.scalar.value, '\0', event->data.scalar.length) == NULL) {
        return false;
    }
    *line = event->start_mark.line + 1;
    return true;
}

bool config_yaml_has_no_nul(const struct config_yaml *yaml, struct err *err)
{
    yaml_parser_t parser;
    yaml_event_t event;
    size_t line = 0;
    bool is_over = false;

    INSIST(yaml_parser_initialize(&parser) == 1);
    yaml_parser_set_input_string(&parser, (const unsigned char *)yaml->bytes,
                                 yaml->length_bytes);
    /* What is no YAML ends it, too: libcyaml says what is wrong there. */
    while (!is_over && yaml_parser_parse(&parser, &event) == 1) {
        is_over = event.type == YAML_STREAM_END_EVENT || has_nul(&event, &line);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return line == 0 ||
           config_yaml_refuse(yaml, line, err, "a text can't hold the character NUL");
}
