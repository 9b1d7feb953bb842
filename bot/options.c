#include "bot/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/config_texts.h"

struct parsing {
    struct options *options;
    const char *config;
    const struct option_flag *flags;
    size_t max_words;
    int argc, at;
    char **argv;
};

static bool complain(int *status, int code, const char *what, const char *word)
{
    (void)fprintf(stderr, "muster: %s%s%s\n", what, *word == '\0' ? "" : ": ", word);
    *status = code;
    return false;
}

/* `--name WORD` and `--name=WORD`. */
static bool is_flag(const char *word, const char *name, const char **value)
{
    size_t length = strlen(name);

    *value = NULL;
    if (strncmp(word, name, length) != 0) {
        return false;
    }
    if (word[length] == '=') {
        *value = word + length + 1;
    }
    return word[length] == '\0' || word[length] == '=';
}

static bool take_value(struct parsing *parsing, const char *name, const char *value,
                       const char **into, int *status)
{
    if (value == NULL) {
        if (parsing->at + 1 >= parsing->argc) {
            return complain(status, EXIT_USAGE, "a word is missing behind", name);
        }
        parsing->at += 1;
        value = parsing->argv[parsing->at];
    }
    *into = value;
    return true;
}

static bool take_store(struct parsing *parsing, const char *value, int *status)
{
    struct options *options = parsing->options;

    if (!take_value(parsing, "--store", value, &options->store, status)) {
        return false;
    }
    options->has_store_flag = true;
    return *options->store != '\0' ||
           complain(status, EXIT_USAGE, "--store needs the path of a file", "");
}

static bool take_own_flag(struct parsing *parsing, const char *word, int *status)
{
    const char *value;

    for (const struct option_flag *flag = parsing->flags; flag->name != NULL; flag++) {
        if (!is_flag(word, flag->name, &value)) {
            continue;
        }
        if (flag->is_set != NULL) {
            *flag->is_set = true;
            return true;
        }
        return take_value(parsing, flag->name, value, flag->value, status);
    }
    return complain(status, EXIT_USAGE, "unknown option", word);
}

static bool take_word(struct parsing *parsing, const char *word, int *status)
{
    struct options *options = parsing->options;
    const char *value;

    if (is_flag(word, "--config", &value)) {
        return take_value(parsing, "--config", value, &parsing->config, status);
    }
    if (is_flag(word, "--store", &value)) {
        return take_store(parsing, value, status);
    }
    if (word[0] == '-' && word[1] != '\0') {
        return take_own_flag(parsing, word, status);
    }
    if (options->word_count == parsing->max_words) {
        return complain(status, EXIT_USAGE, "one word too many", word);
    }
    options->words[options->word_count++] = word;
    return true;
}

bool options_read(struct options *options, int argc, char **argv,
                  const struct option_flag *flags, size_t max_words, int *status)
{
    static const struct option_flag none = {.name = NULL};
    struct parsing parsing = {
        .options = options,
        .flags = flags == NULL ? &none : flags,
        .max_words = max_words,
        .argc = argc,
        .argv = argv,
    };
    struct err err;

    *options = (struct options){.arena = arena_create()};
    options->store = text_or(getenv("MUSTER_STORE"), NULL);
    for (parsing.at = 0; parsing.at < argc; parsing.at++) {
        if (!take_word(&parsing, argv[parsing.at], status)) {
            return false;
        }
    }
    if (parsing.config == NULL) {
        options->config = config_create();
        return true;
    }
    if (!config_load(&options->config, parsing.config, &err)) {
        return complain(status, EXIT_REFUSED, err.text, "");
    }
    if (options->config->texts != NULL &&
        !config_texts_load(options->arena, options->config->texts, &err)) {
        return complain(status, EXIT_REFUSED, err.text, "");
    }
    return true;
}

const char *options_store(const struct options *options)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");

    if (options->store != NULL) {
        return options->store;
    }
    if (options->config->store != NULL) {
        return options->config->store;
    }
    if (state != NULL && *state == '/') {
        return arena_exact(options->arena, "%s/muster/muster.db", state);
    }
    return arena_exact(options->arena, "%s/.local/state/muster/muster.db",
                       home == NULL ? "." : home);
}

void options_finish(struct options *options)
{
    phrase_use(NULL, 0);
    config_destroy(options->config);
    arena_destroy(options->arena);
}
