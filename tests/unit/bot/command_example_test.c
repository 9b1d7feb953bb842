/* The example of each verb, which `help VERB` shows, is a line of that verb. */
#include "bot/config.h"
#include "bot/words.h"
#include "tests/store/fresh.h"

/* 2026-03-12 16:00 UTC */
#define NOW_MS 1773331200000

struct house {
    struct config *config;
    struct turn turn;
    struct chat_event event;
    struct person *speaker;
    struct incident incident;
};

static struct house house_make(struct store *store)
{
    struct house house = {.config = config_create(),
                          .incident = {.severity = "unknown"}};
    int64_t id = fresh_person(store, "bo");

    house.turn = (struct turn){.arena = store->arena,
                               .store = store,
                               .config = house.config,
                               .now_ms = NOW_MS};
    house.event = (struct chat_event){.place = {.adapter = "console"}};
    MUST(person_find(store, id, &house.speaker, &err));
    house.incident.id = fresh_incident(store, id);
    return house;
}

/* What is wrong with the line; NULL: nothing. */
static const char *refusal_of(struct house *house, const struct command *command,
                              const char *line)
{
    struct command_call call = {.command = command,
                                .event = &house->event,
                                .speaker = house->speaker,
                                .incident = &house->incident,
                                .zone = "UTC"};
    struct refusal refusal = {0};
    command_fn *run = NULL;
    const char *rest = "";

    if (words_verb(line, &rest) != command) {
        return "it is of another verb";
    }
    MUST(words_read(&house->turn, &call, rest, &run, &refusal, &err));
    return refusal.text != NULL ? refusal.text : call.unread;
}

static void example__is_a_line_of_its_verb(void **state)
{
    struct house house = house_make(*state);

    for (size_t i = 0; command_table[i] != NULL; i++) {
        const struct command *command = command_table[i];
        const char *wrong = command->example == NULL
                                ? NULL
                                : refusal_of(&house, command, command->example);

        if (wrong != NULL) {
            fail_msg("%s: %s", command->example, wrong);
        }
    }
    config_destroy(house.config);
}

static void example__is_there__where_a_verb_has_arguments(void **state)
{
    (void)state;
    for (size_t i = 0; command_table[i] != NULL; i++) {
        const struct command *command = command_table[i];

        if (command->forms[0].args[0].kind != ARG_END && command->example == NULL) {
            fail_msg("%s has no example", command->name);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(example__is_a_line_of_its_verb),
        cmocka_unit_test(example__is_there__where_a_verb_has_arguments),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
