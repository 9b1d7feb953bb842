/*
 * Any line a person may type: its verb, its reference, its arguments. On a store in
 * memory, since names are looked up. It must end in a call or in a sentence for the
 * person, never in neither.
 */
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/words.h"
#include "tests/fuzz/fuzz.h"

static struct store store;
static struct config *config;
static struct arena *arena;
static struct person speaker = {
    .handle = "ana", .name = "Ana", .away_until_ms = TIME_NONE};

static void prepare(void)
{
    struct account account = {.adapter = "console", .external = "ana", .name = "ana"};
    struct person *met;
    struct err err;

    if (arena != NULL) {
        return;
    }
    arena = arena_create();
    config = config_create();
    INSIST(store_open(&store, NULL, &err) == STORE_OK);
    store.arena = arena;
    INSIST(person_meet(&store, &account, &met, &err));
    speaker.id = met->id;
    arena_reset(arena);
}

static void read_line(struct turn *turn, const char *line)
{
    struct chat_event event = {.place = {.adapter = "console", .channel = "#ops"}};
    struct command_call call = {
        .event = &event, .speaker = &speaker, .zone = "Europe/Oslo"};
    struct refusal refusal = {0};
    const char *rest = NULL;
    command_fn *run = NULL;
    int64_t reference;
    struct err err;

    call.command = words_verb(line, &rest);
    if (call.command == NULL) {
        (void)command_near(words_first(turn->arena, line));
        return;
    }
    (void)words_are_private(line);
    (void)words_reference(&rest, true, &reference);
    INSIST(words_read(turn, &call, rest, &run, &refusal, &err));
    INSIST((run != NULL) != (refusal.text != NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct turn turn;
    const char *line, *after;

    prepare();
    turn = (struct turn){.arena = arena,
                         .store = &store,
                         .config = config,
                         .now_ms = (int64_t)1795351233 * TIME_SECOND_MS};
    store.arena = arena;
    line = text_clean(arena, (const char *)data, size);
    after = words_after_prefix(line);
    read_line(&turn, after == NULL ? line : after);
    arena_reset(arena);
    return 0;
}
