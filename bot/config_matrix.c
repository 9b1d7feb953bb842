#include "bot/config_matrix.h"

#include <stddef.h>
#include <string.h>

#include "bot/base/text.h"

#define NAME_BYTES                                                                     \
    255 /* of a user, an alias or a device: the specification's limit                  \
         */

#define OPTIONAL (CYAML_FLAG_POINTER_NULL_STR | CYAML_FLAG_OPTIONAL)
#define WORD(name, member)                                                             \
    CYAML_FIELD_STRING_PTR(name, OPTIONAL, struct file_matrix, member, 0,              \
                           CYAML_UNLIMITED)
#define WORDS(name, member)                                                            \
    CYAML_FIELD_SEQUENCE(name, OPTIONAL, struct file_matrix, member, &word_schema, 0,  \
                         CYAML_UNLIMITED)

static const cyaml_schema_value_t word_schema = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, CYAML_UNLIMITED),
};
const cyaml_schema_field_t config_matrix_fields[] = {
    WORD("homeserver_url", homeserver_url),
    WORD("user", user),
    WORD("device", device),
    WORD("space", space),
    WORD("space_join", space_join),
    WORDS("allowed_servers", allowed_servers),
    WORDS("allowed_users", allowed_users),
    CYAML_FIELD_END,
};

static bool is_one_word(const char *word)
{
    return *word != '\0' && strlen(word) <= NAME_BYTES &&
           strpbrk(word, " \t\r\n\"\\?#") == NULL;
}

/* "@muster:example.org" */
static bool is_user(const char *word)
{
    const char *colon = strchr(word, ':');

    return is_one_word(word) && *word == '@' && colon != NULL && colon > word + 1 &&
           colon[1] != '\0';
}

static bool is_localpart(const char *word)
{
    return is_one_word(word) && strpbrk(word, "@:") == NULL;
}

static bool is_user_or_localpart(const char *word)
{
    return is_user(word) || is_localpart(word);
}

/* Whether plain text may go there is the adapter's to say. */
static bool is_url(const char *word)
{
    return (text_starts(word, "https://") || text_starts(word, "http://")) &&
           strpbrk(word, " \t\r\n?#") == NULL;
}

/* "example.org", "example.org:8448", "[::1]:8448" */
static bool is_server(const char *word)
{
    return is_one_word(word) && strpbrk(word, "@*") == NULL;
}

static const struct {
    const char *key;
    size_t from, to;
    bool (*fits)(const char *word);
    const char *what;
} word_rows[] = {
#define ROW(key, member, fits, what)                                                   \
    {                                                                                  \
        key, offsetof(struct file_matrix, member),                                     \
            offsetof(struct config_matrix, member), fits, what                         \
    }
    ROW("homeserver_url", homeserver_url, is_url, "no URL like https://matrix.example"),
    ROW("user", user, is_user_or_localpart, "no user like \"@muster:example.org\""),
    ROW("device", device, is_localpart, "no single plain word"),
    ROW("space", space, is_localpart, "no alias without its # and its server"),
#undef ROW
};
#define WORD_ROWS (sizeof(word_rows) / sizeof(word_rows[0]))

static bool take_words(const struct config_yaml *yaml, const struct file_matrix *file,
                       struct config *config, struct err *err)
{
    for (size_t i = 0; i < WORD_ROWS; i++) {
        const char *word;

        memcpy(&word, (const char *)file + word_rows[i].from, sizeof(word));
        if (word == NULL) {
            continue;
        }
        if (!word_rows[i].fits(word)) {
            return config_yaml_refuse_value(yaml, word_rows[i].key, word,
                                            word_rows[i].what, err);
        }
        word = text_clean(config->arena, word, strlen(word));
        memcpy((char *)&config->matrix + word_rows[i].to, &word, sizeof(word));
    }
    return true;
}

static const char **copy_all(struct arena *arena, char **words, uint64_t count)
{
    const char **copies = ARENA_ARRAY(arena, const char *, count + 1);

    for (uint64_t i = 0; i < count; i++) {
        copies[i] = text_clean(arena, words[i], strlen(words[i]));
    }
    return copies;
}

static bool take_lists(const struct config_yaml *yaml, const struct file_matrix *file,
                       struct config *config, struct err *err)
{
    struct config_matrix *matrix = &config->matrix;

    for (uint64_t i = 0; i < file->allowed_servers_count; i++) {
        if (!is_server(file->allowed_servers[i])) {
            return config_yaml_refuse_value(yaml, "allowed_servers",
                                            file->allowed_servers[i],
                                            "no server like example.org", err);
        }
    }
    for (uint64_t i = 0; i < file->allowed_users_count; i++) {
        if (!is_user(file->allowed_users[i])) {
            return config_yaml_refuse_value(yaml, "allowed_users",
                                            file->allowed_users[i],
                                            "no user like \"@ana:example.org\"", err);
        }
    }
    matrix->servers =
        copy_all(config->arena, file->allowed_servers, file->allowed_servers_count);
    matrix->server_count = file->allowed_servers_count;
    matrix->users =
        copy_all(config->arena, file->allowed_users, file->allowed_users_count);
    matrix->user_count = file->allowed_users_count;
    return true;
}

static bool take_join(const struct config_yaml *yaml, const char *word,
                      struct config *config, struct err *err)
{
    if (word != NULL && !text_equal(word, "invite") && !text_equal(word, "server")) {
        return config_yaml_refuse_value(yaml, "space_join", word,
                                        "neither invite nor server", err);
    }
    config->matrix.space_is_open = text_equal(word, "server");
    return true;
}

bool config_matrix_take(const struct config_yaml *yaml, const struct file_matrix *file,
                        struct config *config, struct err *err)
{
    return file == NULL || (take_words(yaml, file, config, err) &&
                            take_lists(yaml, file, config, err) &&
                            take_join(yaml, file->space_join, config, err));
}
