#include "adapters/console_place.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/text.h"

#define KEPT_WHO   "terminal who"
#define KEPT_WHERE "terminal where"
#define KEPT_COUNT "terminal count"

static void keep_word(struct console_memory *memory, const char *name, const char *word)
{
    if (!text_equal(console_memory_find(memory, name), word)) {
        console_memory_set(memory, name, word);
    }
}

void console_place_keep(struct console_memory *memory, const char *who,
                        const char *where, int64_t count)
{
    char number[24];
    (void)snprintf(number, sizeof(number), "%" PRId64, count);
    keep_word(memory, KEPT_WHO, who);
    keep_word(memory, KEPT_WHERE, where);
    keep_word(memory, KEPT_COUNT, number);
}

int64_t console_place_count(struct console_memory *memory)
{
    const char *kept = console_memory_find(memory, KEPT_COUNT);
    int64_t count = kept ? strtoll(kept, NULL, 10) : 0;
    return count > 0 ? count : 0;
}

void console_place_recall(struct console *console, char *who, char *where,
                          size_t size_bytes)
{
    const char *kept_who = console_memory_find(&console->memory, KEPT_WHO);
    const char *kept = console_memory_find(&console->memory, KEPT_WHERE);
    if (console->options.as && !text_equal(console->options.as, kept_who)) {
        return; /* where somebody else was may be private */
    }
    if (kept) {
        (void)snprintf(where, size_bytes, "%s", kept);
    }
    if (kept_who) {
        (void)snprintf(who, size_bytes, "%s", kept_who);
    }
}

const char *console_place_open(struct console *console)
{
    struct arena *arena = console->arena;
    struct ear_places places;
    struct text line;
    text_init(&line, arena);
    if (!ear_places(console->ears, &console->adapter, arena, &places)) {
        return "";
    }
    for (size_t i = 0; i < places.count; i++) {
        if (!places.all[i].is_private) {
            text_addf(&line, "%s%s", line.length_bytes == 0 ? "Open: " : ", ",
                      places.all[i].channel);
        }
    }
    return line.length_bytes == 0
               ? ""
               : arena_printf(arena, "%s. To go there: /go #channel\n", line.data);
}

/* "inc-1" is "inc-1-db" without its title. */
static bool is_meant(const struct ear_place *place, const char *word)
{
    const char *name = place->channel + (*place->channel == '#');
    size_t length = strlen(word);
    bool is_short = strncmp(name, word, length) == 0 && name[length] == '-' &&
                    strncmp(word, "inc-", 4) == 0 && !strchr(word + 4, '-');
    return text_equal(name, word) || (is_short && !place->is_private);
}

const char *console_place_find(struct console *console, const char *word)
{
    struct ear_places places;
    word += *word == '#';
    if (!ear_places(console->ears, &console->adapter, console->arena, &places)) {
        return NULL;
    }
    for (size_t i = 0; i < places.count; i++) {
        if (is_meant(&places.all[i], word)) {
            return places.all[i].channel;
        }
    }
    return NULL;
}
