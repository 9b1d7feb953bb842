#include "bot/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/words_value.h"

const char *words_after_prefix(const char *text)
{
    static const char *const prefixes[] = {"!incident", "!inc", "/incident", "/inc"};
    const char *at = text_skip(text);

    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        size_t length = strlen(prefixes[i]);

        if (text_starts(at, prefixes[i]) && text_word_ends(at + length)) {
            return text_skip(at + length);
        }
    }
    return NULL;
}

/* Moves over the words of `name`. Between them stand blanks or a hyphen, however the
 * name has it: "about to" is about-to. */
static bool skip_name(const char **cursor, const char *name)
{
    const char *at = *cursor;
    size_t length = strcspn(name, " -");

    while (strncasecmp(at, name, length) == 0 && name[length] != '\0') {
        at += length;
        if (*at == '-') {
            at++;
        } else if (text_is_blank(*at)) {
            at = text_skip(at);
        } else {
            return false;
        }
        name += length + 1;
        length = strcspn(name, " -");
    }
    *cursor = at + length;
    return strncasecmp(at, name, length) == 0;
}

/* "-" begins a list. */
static const char *const dashes[] = {"--", "\xe2\x80\x93", "\xe2\x80\x94", NULL};

/* Moves behind the verb if the line begins with its name. A sign may follow: "status?",
 * "note: it is the cache". */
static bool match_name(const char **cursor, const char *name)
{
    const char *at = *cursor;

    if (!skip_name(&at, name)) {
        return false;
    }
    at += strspn(at, WORDS_SIGNS "?");
    if (!text_word_ends(at)) {
        return false;
    }
    at = text_skip(at);
    if (*at == ':' && text_is_blank(at[1])) { /* "note : the cache is cold" */
        at = text_skip(at + 1);
    } else if (words_stand_any(at, dashes)) { /* "note — the cache is cold" */
        at = text_skip(at + words_length(at));
    }
    *cursor = at;
    return true;
}

const char *words_behind_please(const char *line)
{
    static const char *const words[] = {"please", "pls", "plz"};

    line = text_skip(line);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        size_t length = strlen(words[i]);

        if (text_starts(line, words[i])) {
            length += line[length] == ',';
            return text_is_blank(line[length]) ? text_skip(line + length) : line;
        }
    }
    return line;
}

const struct command *words_verb(const char *line, const char **rest)
{
    const struct command *found = NULL;

    line = words_behind_please(line);
    for (size_t i = 0; command_table[i] != NULL; i++) {
        const char *at = line;

        /* "who can" before a "who" that may come. */
        if (match_name(&at, command_table[i]->name) &&
            (found == NULL || strlen(command_table[i]->name) > strlen(found->name))) {
            found = command_table[i];
            *rest = at;
        }
    }
    return found;
}

const char *words_first(struct arena *arena, const char *line)
{
    const char *at = text_skip(line);

    return arena_copy_n(arena, at, words_length(at));
}

bool words_reference(const char **cursor, bool bare, int64_t *id)
{
    const char *at = text_skip(*cursor);
    bool is_channel = bare && text_starts(at, "#inc-");
    bool has_prefix = is_channel || text_starts(at, "inc-");
    long long number;
    char *end;

    if (has_prefix) {
        at += strlen(is_channel ? "#inc-" : "inc-");
    } else if (bare && text_starts(at, "inc ")) {
        at = text_skip(at + strlen("inc "));
    }
    if ((!has_prefix && !bare) || !isdigit((unsigned char)*at)) {
        return false;
    }
    number = strtoll(at, &end, 10);
    while (is_channel && *end == '-' && !text_word_ends(end + 1)) {
        end += 1 + strcspn(end + 1, "- \t\n\r");
    }
    end += strspn(end, WORDS_SIGNS "?");
    if (!text_word_ends(end)) {
        return false;
    }
    *id = number > WORDS_REFERENCE_LIMIT ? WORDS_REFERENCE_LIMIT : number;
    *cursor = text_skip(end);
    return true;
}

const char *words_reference_said(struct arena *arena, int64_t id)
{
    return id == WORDS_REFERENCE_LIMIT ? PHRASE("incident of so long a number")
                                       : arena_exact(arena, "inc-%lld", (long long)id);
}

static bool has_flag(const char *line, const char *flag)
{
    for (const char *at = text_skip(line); *at != '\0';
         at = text_skip(at + words_length(at))) {
        if (words_flag_length(at, flag, true) > 0) {
            return true;
        }
    }
    return false;
}

bool words_are_private(const char *line)
{
    const char *rest;
    const struct command *command = words_verb(line, &rest);

    return command != NULL &&
           (command->is_private ||
            (command->private_flag != NULL && has_flag(rest, command->private_flag)));
}
