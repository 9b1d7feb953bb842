#include "bot/config_yaml.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cyaml/cyaml.h>

#include "bot/base/text.h"
#include "bot/base/time.h"

#define YAML_MAX_BYTES    ((size_t)4 * 1024 * 1024)
#define LINE              "(line: "
#define YAML_SEARCH_BYTES ((size_t)64 * 1024)

bool config_yaml_read(struct arena *arena, const char *path, struct config_yaml *yaml,
                      struct err *err)
{
    FILE *file = fopen(path, "re");
    char block[4096];
    struct text text;
    size_t got;

    if (file == NULL) {
        return err_set(err, errno == ENOENT ? ERR_GONE : ERR_DENIED,
                       "can't read %s: %s", path, strerror(errno));
    }
    text_init(&text, arena);
    while ((got = fread(block, 1, sizeof(block), file)) > 0 &&
           text.length_bytes <= YAML_MAX_BYTES) {
        text_add_n(&text, block, got);
    }
    bool is_read = ferror(file) == 0;
    (void)fclose(file);
    if (!is_read) {
        return err_set(err, ERR_BROKEN, "can't read %s: it is no file", path);
    }
    if (text.length_bytes > YAML_MAX_BYTES) {
        return err_set(err, ERR_BROKEN, "%s is larger than 4 MiB", path);
    }
    *yaml = (struct config_yaml){.arena = arena,
                                 .path = path,
                                 .bytes = text_or(text.data, ""),
                                 .length_bytes = text.length_bytes};
    return true;
}

bool config_yaml_read_regular(struct arena *arena, const char *path,
                              struct config_yaml *yaml, struct err *err)
{
    struct stat status;

    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
        return err_set(err, ERR_BROKEN, "can't read %s: it is no regular file", path);
    }
    return config_yaml_read(arena, path, yaml, err);
}

bool config_yaml_refuse(const struct config_yaml *yaml, size_t line, struct err *err,
                        const char *format, ...)
{
    va_list args;
    const char *why;

    va_start(args, format);
    why = text_shown(yaml->arena, arena_vprintf(yaml->arena, format, args));
    va_end(args);
    return line == 0 ? err_set(err, ERR_BROKEN, "%s: %s", yaml->path, why)
                     : err_set(err, ERR_BROKEN, "%s:%zu: %s", yaml->path, line, why);
}

bool config_yaml_refuse_value(const struct config_yaml *yaml, const char *key,
                              const char *value, const char *what, struct err *err)
{
    return config_yaml_refuse(yaml, config_yaml_line(yaml, key, value, 1), err,
                              "%s: \"%s\" is %s", key, value, what);
}

/* What libcyaml said of a failure: its first sentence, the first line it named. */
struct complaint {
    char what[200];
    size_t line;
};

static void hear(cyaml_log_t level, void *context, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

static void hear(cyaml_log_t level, void *context, const char *format, va_list args)
{
    struct complaint *complaint = context;
    char said[sizeof(complaint->what)];
    const char *at;

    (void)level;
    if (vsnprintf(said, sizeof(said), format, args) < 0) {
        return;
    }
    said[strcspn(said, "\n")] = '\0';
    at = strncmp(said, "Load: ", 6) == 0 ? said + 6 : said;
    if (complaint->what[0] == '\0' && strcmp(at, "Backtrace:") != 0) {
        memcpy(complaint->what, at, strlen(at) + 1);
    }
    at = strstr(said, LINE);
    if (at != NULL && complaint->line == 0) {
        complaint->line = strtoul(at + strlen(LINE), NULL, 10);
    }
}

/* No aliases: a few lines of them can unfold to gigabytes. */
static cyaml_config_t settings_of(struct complaint *complaint)
{
    return (cyaml_config_t){
        .log_fn = hear,
        .log_ctx = complaint,
        .mem_fn = cyaml_mem,
        .log_level = CYAML_LOG_NOTICE,
        .flags = CYAML_CFG_NO_ALIAS,
    };
}

static bool parse(const struct config_yaml *yaml, size_t length_bytes,
                  const struct cyaml_schema_value *schema, void **data,
                  struct complaint *complaint)
{
    cyaml_config_t settings = settings_of(complaint);
    cyaml_err_t result;

    *complaint = (struct complaint){.what = ""};
    *data = NULL;
    result = cyaml_load_data((const uint8_t *)yaml->bytes, length_bytes, &settings,
                             schema, data, NULL);
    if (result == CYAML_OK && complaint->what[0] == '\0') {
        return true;
    }
    if (result == CYAML_OK) { /* a second document, which would be passed over */
        config_yaml_free(schema, *data);
        *data = NULL;
    } else if (result == CYAML_ERR_ALIAS) {
        (void)snprintf(complaint->what, sizeof(complaint->what),
                       "an alias (*name) can't be used here");
    } else if (complaint->what[0] == '\0') {
        (void)snprintf(complaint->what, sizeof(complaint->what), "%s",
                       cyaml_strerror(result));
    }
    return false;
}

void config_yaml_free(const struct cyaml_schema_value *schema, void *data)
{
    struct complaint complaint;
    cyaml_config_t settings = settings_of(&complaint);

    (void)cyaml_free(&settings, schema, data, 0);
}

/* libcyaml hands on what libyaml says, but not where: the line with which it begins. */
static size_t line_of_syntax(const struct config_yaml *yaml,
                             const struct cyaml_schema_value *schema,
                             const struct complaint *said)
{
    const char *end = yaml->bytes;
    size_t line = 0;

    if (yaml->length_bytes > YAML_SEARCH_BYTES) {
        return said->line;
    }
    while ((end = memchr(end, '\n',
                         yaml->length_bytes - (size_t)(end - yaml->bytes))) != NULL) {
        struct complaint now;
        void *data;

        line++;
        end++;
        if (parse(yaml, (size_t)(end - yaml->bytes), schema, &data, &now)) {
            config_yaml_free(schema, data);
        } else if (strcmp(now.what, said->what) == 0) {
            return line;
        }
    }
    return line + 1;
}

static const char *behind(const char *text, const char *prefix)
{
    size_t length = strlen(prefix);

    return strncmp(text, prefix, length) == 0 ? text + length : NULL;
}

/* libcyaml's words for what was wanted, in ours. */
static const char *wanted(const char *what)
{
    return behind(what, "Expecting STRING") != NULL     ? "one word is expected here"
           : behind(what, "Expecting SEQUENCE") != NULL ? "a list is expected here"
           : behind(what, "Expecting MAPPING") != NULL
               ? "keys with values are expected here"
           : behind(what, "Ignoring documents") != NULL ? "a second document begins"
                                                        : what;
}

/* The first line from `from` on at which the key stands. */
static size_t line_of_key(const struct config_yaml *yaml, const char *key, size_t from)
{
    size_t line = 0;

    for (size_t nth = 1; nth == 1 || line != 0; nth++) {
        line = config_yaml_line(yaml, key, NULL, nth);
        if (line >= from) {
            break;
        }
    }
    return line == 0 ? from : line;
}

static bool complain(const struct config_yaml *yaml,
                     const struct cyaml_schema_value *schema,
                     const struct complaint *said, struct err *err)
{
    const char *word = behind(said->what, "Unexpected key: ");

    if (word != NULL) {
        return config_yaml_refuse(yaml, line_of_key(yaml, word, said->line), err,
                                  "unknown key \"%s\"", word);
    }
    word = behind(said->what, "Mapping field already seen: ");
    if (word != NULL) {
        return config_yaml_refuse(yaml, line_of_key(yaml, word, said->line + 1), err,
                                  "\"%s\" stands here a second time", word);
    }
    word = behind(said->what, "Missing required mapping field: ");
    if (word != NULL) {
        return config_yaml_refuse(yaml, said->line, err, "\"%s\" is missing", word);
    }
    word = behind(said->what, "libyaml: ");
    if (word != NULL) {
        return config_yaml_refuse(yaml, line_of_syntax(yaml, schema, said), err,
                                  "no YAML: %s", word);
    }
    return config_yaml_refuse(yaml, said->line == 0 ? 1 : said->line, err, "%s",
                              wanted(said->what));
}

bool config_yaml_load(const struct config_yaml *yaml,
                      const struct cyaml_schema_value *schema, void **data,
                      struct err *err)
{
    struct complaint said;

    *data = NULL;
    if (!config_yaml_has_no_nul(yaml, err)) {
        return false;
    }
    if (yaml->length_bytes == 0 ||
        parse(yaml, yaml->length_bytes, schema, data, &said)) {
        return true;
    }
    return complain(yaml, schema, &said, err);
}

/* Walks the words of a file; all strings are bytes of it. */
struct walk {
    const char *at, *end;
    size_t line;
    const char *key;
    size_t key_bytes;
};

static bool is_end_of_word(const struct walk *walk, const char *at)
{
    return at >= walk->end || isspace((unsigned char)*at) ||
           strchr(",[]{}\"'", *at) != NULL;
}

/* `word:` and a blank behind it. Its length, or 0. */
static size_t key_at(const struct walk *walk)
{
    const char *at = walk->at;

    while (at < walk->end &&
           (isalnum((unsigned char)*at) || *at == '_' || *at == '-')) {
        at++;
    }
    size_t length = (size_t)(at - walk->at);
    at += at < walk->end && (*at == '"' || *at == '\'') ? 1 : 0;
    bool is_key = at < walk->end && *at == ':' &&
                  (at + 1 >= walk->end || isspace((unsigned char)at[1]));
    return is_key ? length : 0;
}

/* To the next word; false at the end. */
static bool walk_to_word(struct walk *walk)
{
    while (walk->at < walk->end) {
        char byte = *walk->at;
        bool is_comment =
            byte == '#' && (walk->line == 1 || isspace((unsigned char)walk->at[-1]));

        if (is_comment) {
            const char *newline =
                memchr(walk->at, '\n', (size_t)(walk->end - walk->at));
            walk->at = newline == NULL ? walk->end : newline;
            continue;
        }
        if (!is_end_of_word(walk, walk->at) &&
            !(byte == '-' && is_end_of_word(walk, walk->at + 1))) {
            return true;
        }
        walk->line += byte == '\n' ? 1 : 0;
        walk->at++;
    }
    return false;
}

static bool is_bytes(const char *bytes, size_t length_bytes, const char *text)
{
    return strlen(text) == length_bytes && memcmp(bytes, text, length_bytes) == 0;
}

static bool is_value_here(const struct walk *walk, const char *key, const char *value)
{
    size_t length = strlen(value);

    return is_bytes(walk->key, walk->key_bytes, key) &&
           (size_t)(walk->end - walk->at) >= length &&
           memcmp(walk->at, value, length) == 0 &&
           is_end_of_word(walk, walk->at + length);
}

size_t config_yaml_line(const struct config_yaml *yaml, const char *key,
                        const char *value, size_t nth)
{
    struct walk walk = {.at = yaml->bytes,
                        .end = yaml->bytes + yaml->length_bytes,
                        .line = 1,
                        .key = ""};
    size_t seen = 0;

    while (walk_to_word(&walk)) {
        size_t key_bytes = key_at(&walk);

        if (key_bytes > 0) {
            walk.key = walk.at;
            walk.key_bytes = key_bytes;
            seen += value == NULL && is_bytes(walk.key, key_bytes, key) ? 1 : 0;
        } else if (value != NULL && is_value_here(&walk, key, value)) {
            seen++;
        }
        if (seen == nth) {
            return walk.line;
        }
        while (!is_end_of_word(&walk, walk.at)) {
            walk.at++;
        }
    }
    return 0;
}

bool config_yaml_is_empty_list(const struct config_yaml *yaml, const char *key)
{
    const char *list = arena_printf(yaml->arena, "%s: []", key);
    const char *text = arena_copy_n(yaml->arena, yaml->bytes, yaml->length_bytes);
    const char *at = strstr(text, list);

    return at != NULL && (at == text || at[-1] == '\n');
}

bool config_yaml_span(const char *word, bool may_be_none, int64_t *span_ms)
{
    if (may_be_none && (text_same(word, "none") || text_same(word, "never") ||
                        text_equal(word, "0"))) {
        *span_ms = 0;
        return true;
    }
    return time_read_span(word, span_ms) && *span_ms >= TIME_SECOND_MS;
}

bool config_yaml_is_plain(const char *word)
{
    for (const char *at = word; *at != '\0'; at++) {
        if (!isalnum((unsigned char)*at) && *at != '-' && *at != '_') {
            return false;
        }
    }
    return *word != '\0' && strlen(word) <= 40;
}
