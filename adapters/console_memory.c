#include "adapters/console_memory.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"

struct console_kept {
    struct console_kept *next;
    char *name, *value;
};

static bool take_number(const char **at, int64_t *number)
{
    char *end;
    errno = 0;
    *number = strtoll(*at, &end, 10);
    if (end == *at || errno != 0) {
        return false;
    }
    *at = end;
    return true;
}

/* The row "reached": session, line, clock, offset, and the last two as they were at the
 * session's start. */
static bool read_reached(struct console_memory *memory, const char *value)
{
    int64_t numbers[6];
    for (size_t i = 0; i < 6; i++) {
        if (!value || !take_number(&value, &numbers[i])) {
            return false;
        }
    }
    memory->session = numbers[0];
    memory->recorded_line = numbers[1];
    memory->clock = (struct console_clock){numbers[2], (int)numbers[3]};
    memory->start = (struct console_clock){numbers[4], (int)numbers[5]};
    return true;
}

bool console_memory_init(struct console_memory *memory, struct ears *ears,
                         struct adapter *adapter, bool resume)
{
    const char *reached;
    static const struct console_clock nowhere = {.now_ms = TIME_NONE};
    *memory = (struct console_memory){
        .ears = ears, .adapter = adapter, .clock = nowhere, .start = nowhere};
    if (!ear_recall(ears, adapter, "reached", &reached)) {
        return false;
    }
    bool had_one = read_reached(memory, reached);
    (void)snprintf(memory->before, sizeof(memory->before), "%" PRId64 ".%" PRId64,
                   memory->session, memory->recorded_line);
    if (had_one && resume) {
        memory->clock = memory->start;
        return true;
    }
    memory->session++;
    memory->recorded_line = 0;
    memory->start = memory->clock;
    return true;
}

void console_memory_finish(struct console_memory *memory)
{
    while (memory->kept) {
        struct console_kept *next = memory->kept->next;
        free(memory->kept->name);
        free(memory->kept->value);
        free(memory->kept);
        memory->kept = next;
    }
}

void console_memory_reach(struct console_memory *memory, int64_t line)
{
    if (line <= memory->recorded_line) {
        return;
    }
    char value[160];
    (void)snprintf(value, sizeof(value),
                   "%" PRId64 " %" PRId64 " %" PRId64 " %d %" PRId64 " %d",
                   memory->session, line, memory->clock.now_ms, memory->clock.offset_s,
                   memory->start.now_ms, memory->start.offset_s);
    ear_remember(memory->ears, memory->adapter, "reached", value);
}

static struct console_kept *find_kept(struct console_memory *memory, const char *name)
{
    struct console_kept *kept = memory->kept;
    while (kept && strcmp(kept->name, name) != 0) {
        kept = kept->next;
    }
    return kept;
}

void console_memory_set(struct console_memory *memory, const char *name,
                        const char *value)
{
    struct console_kept *kept = find_kept(memory, name);
    if (!kept) {
        kept = calloc(1, sizeof(*kept));
        INSIST(kept);
        kept->name = text_keep(name);
        kept->next = memory->kept;
        memory->kept = kept;
    }
    free(kept->value);
    kept->value = text_keep(value);
    ear_remember(memory->ears, memory->adapter, name, value);
}

const char *console_memory_find(struct console_memory *memory, const char *name)
{
    const struct console_kept *kept = find_kept(memory, name);
    const char *value;
    if (kept) {
        return kept->value;
    }
    return ear_recall(memory->ears, memory->adapter, name, &value) ? value : NULL;
}

/* "last #ops", or "last #ops ana" for what ana alone was told there. */
static char *last_name(const char *channel, const char *person)
{
    size_t room = strlen(channel) + (person ? strlen(person) : 0) + 8;
    char *name = malloc(room);
    INSIST(name);
    (void)snprintf(name, room, "last %s%s%s", channel, person ? " " : "",
                   person ? person : "");
    return name;
}

void console_memory_said(struct console_memory *memory, const char *channel,
                         const char *person, int64_t action_id)
{
    char *name = last_name(channel, person);
    char value[24];
    (void)snprintf(value, sizeof(value), "%" PRId64, action_id);
    console_memory_set(memory, name, value);
    free(name);
}

static int64_t find_last(struct console_memory *memory, const char *channel,
                         const char *person)
{
    char *name = last_name(channel, person);
    const char *value = console_memory_find(memory, name);
    free(name);
    return value ? strtoll(value, NULL, 10) : 0;
}

int64_t console_memory_last(struct console_memory *memory, const char *channel,
                            const char *person)
{
    int64_t to_all = find_last(memory, channel, NULL);
    int64_t to_one = find_last(memory, channel, person);
    return to_all > to_one ? to_all : to_one;
}
