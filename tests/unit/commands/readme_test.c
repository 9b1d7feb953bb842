/*
 * The README's list of commands is the table's: where they differ, this prints the
 * lines to paste.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bot/base/arena.h"
#include "bot/base/text.h"
#include "bot/command.h"

#define BEGIN "<!-- commands: begin -->\n"
#define END   "<!-- commands: end -->"

static const char *const stage_names[] = {
    [STAGE_START] = "Begin",      [STAGE_LEAD] = "Lead",
    [STAGE_HELP] = "Get help",    [STAGE_RECORD] = "Write down",
    [STAGE_TELL] = "Tell others", [STAGE_LEARN] = "Learn",
};

static void list_command(struct text *list, const struct command *command)
{
    size_t form;

    for (size_t place = 0; command_listed(command, place, &form); place++) {
        text_addf(list, "| `%s` | %s |\n", command_usage(list->arena, command, form),
                  command_summary(command, form));
    }
}

static const char *list_all(struct arena *arena)
{
    struct text list;

    text_init(&list, arena);
    for (size_t stage = 0; stage < sizeof(stage_names) / sizeof(stage_names[0]);
         stage++) {
        text_addf(&list, "\n**%s**\n\n| type | to |\n|---|---|\n", stage_names[stage]);
        for (size_t i = 0; command_table[i] != NULL; i++) {
            if (command_table[i]->stage == (enum command_stage)stage) {
                list_command(&list, command_table[i]);
            }
        }
    }
    return list.data;
}

static const char *read_readme(struct arena *arena)
{
    FILE *file = fopen(MUSTER_SOURCE_DIR "/README.md", "r");
    struct text text;
    char buffer[4096];
    size_t got;

    assert_non_null(file);
    text_init(&text, arena);
    while ((got = fread(buffer, 1, sizeof(buffer), file)) > 0) {
        text_add_n(&text, buffer, got);
    }
    assert_int_equal(fclose(file), 0);
    return text.data;
}

static void readme__lists_the_commands_of_the_table(void **state)
{
    struct arena *arena = arena_create();
    const char *wanted = list_all(arena);
    const char *readme = read_readme(arena);
    bool is_listed =
        strstr(readme, arena_printf(arena, BEGIN "%s" END, wanted)) != NULL;

    (void)state;
    if (!is_listed) {
        printf("%s", wanted);
    }
    /* First of all: a report of leaks would hide the lines. */
    arena_destroy(arena);
    if (!is_listed) {
        fail_msg("README.md differs from the table: paste the lines above between its "
                 "marks");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readme__lists_the_commands_of_the_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
