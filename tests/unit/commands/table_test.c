/* What every entry of the command table must keep to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "bot/base/arena.h"
#include "bot/base/text.h"
#include "bot/command.h"
#include "bot/words.h"

#define COLUMNS 90 /* declare, with all that one line can say */

static struct arena *arena;

static const char *usage(const struct command *command, size_t form)
{
    return command_usage(arena, command, form);
}

static void table__is_alphabetical__each_name_once(void **state)
{
    (void)state;
    assert_non_null(command_table[0]);
    for (size_t i = 1; command_table[i] != NULL; i++) {
        if (strcmp(command_table[i - 1]->name, command_table[i]->name) >= 0) {
            fail_msg("%s stands before %s", command_table[i - 1]->name,
                     command_table[i]->name);
        }
    }
}

static void entry__has_a_summary__in_lower_case_without_full_stop(void **state)
{
    (void)state;
    for (size_t i = 0; command_table[i] != NULL; i++) {
        const struct command *command = command_table[i];

        if (text_is_empty(command->summary) ||
            command->summary[strlen(command->summary) - 1] == '.' ||
            (command->summary[0] >= 'A' && command->summary[0] <= 'Z' &&
             command->summary[1] != ' ')) {
            fail_msg("the summary of %s", command->name);
        }
    }
}

static void entry__has_a_form__each_fits_a_terminal(void **state)
{
    (void)state;
    for (size_t i = 0; command_table[i] != NULL; i++) {
        const struct command *command = command_table[i];

        assert_true(command->main_form < command_forms(command));
        for (size_t form = 0; form < command_forms(command); form++) {
            const char *line = usage(command, form);

            assert_true(text_starts(line, command->name));
            if (text_columns(line) > COLUMNS) {
                fail_msg("%s: more than %d columns", line, COLUMNS);
            }
        }
    }
}

/* Words that take all the rest end a form, but for what begins with a word of its own.
 */
static void entry__puts_nothing_behind_words_that_take_all(void **state)
{
    (void)state;
    for (size_t i = 0; command_table[i] != NULL; i++) {
        for (size_t form = 0; form < command_forms(command_table[i]); form++) {
            const struct command_arg *args = command_table[i]->forms[form].args;

            for (size_t at = 1; at < COMMAND_ARGS && args[at].kind != ARG_END; at++) {
                bool is_free = args[at].kind == ARG_FLAG ||
                               args[at].kind == ARG_OPTION || args[at].after != NULL;

                if (args[at - 1].kind == ARG_REST && !is_free) {
                    fail_msg("%s", usage(command_table[i], form));
                }
            }
        }
    }
}

static void find__knows_every_name__in_any_case(void **state)
{
    (void)state;
    for (size_t i = 0; command_table[i] != NULL; i++) {
        assert_ptr_equal(command_find(command_table[i]->name), command_table[i]);
    }
    assert_non_null(command_find("Declare"));
    assert_null(command_find("declar"));
    assert_null(command_find(""));
}

static void assert_near(const char *word, const char *name)
{
    const struct command *near = command_near(word);

    assert_string_equal(near == NULL ? "" : near->name, name);
}

static void near__names_the_verb_that_was_meant(void **state)
{
    (void)state;
    assert_near("resovle", "resolve");
    assert_near("decalre", "declare");
    assert_near("DECLAER", "declare");
    assert_near("sverity", "severity");
    assert_near("hepl", "help");
    assert_near("tsak", "task");
    assert_near("ak", "ack");
    assert_near("wel", "well");
}

static void near__names_the_verb_that_was_begun(void **state)
{
    (void)state;
    assert_near("sev", "severity");
    assert_near("acknowledge", "ack");
    assert_near("who", "who can");
}

static void near__names_none__when_the_words_are_apart(void **state)
{
    (void)state;
    assert_near("frobnicate", "");
    assert_near("x", "");
    assert_near("", "");
}

static void other_word__is_no_verb__and_leads_to_one(void **state)
{
    (void)state;
    for (size_t i = 0; command_others[i].words != NULL; i++) {
        const struct command_other *other = &command_others[i];
        const char *rest;

        if (words_verb(other->words, &rest) != NULL) {
            fail_msg("%s is a verb", other->words);
        }
        assert_true((other->line == NULL) != (other->how == NULL));
        if (other->line != NULL && words_verb(other->line, &rest) == NULL) {
            fail_msg("%s leads to no verb", other->words);
        }
        if (command_other(other->words) != other) {
            fail_msg("%s is hidden by one before it", other->words);
        }
    }
}

static void other_word__is_found__as_a_whole_in_any_case(void **state)
{
    (void)state;
    assert_string_equal(command_other("Handover @bo")->line, "handoff @who");
    assert_string_equal(command_other(" root cause: the disk")->words, "root cause");
    assert_null(command_other("root"));
    assert_null(command_other("exports"));
    assert_null(command_other(""));
}

/* A form without words of its own says what the verb does: then it is the main one. */
static void form__is_explained__where_it_is_listed(void **state)
{
    (void)state;
    for (size_t i = 0; command_table[i] != NULL; i++) {
        const struct command *command = command_table[i];
        size_t form;

        for (size_t place = 0; command_listed(command, place, &form); place++) {
            if (form != command->main_form && command->forms[form].summary == NULL) {
                fail_msg("%s has no words of its own", usage(command, form));
            }
        }
    }
}

static void forms__are_listed__the_main_one_first_and_no_variant(void **state)
{
    const struct command *retro = command_find("retro"), *away = command_find("away");
    size_t form;

    (void)state;
    assert_true(command_listed(retro, 0, &form));
    assert_string_equal(usage(retro, form), "retro");
    assert_true(command_listed(retro, 1, &form));
    assert_string_equal(usage(retro, form), "retro SECTION TEXT");
    assert_true(command_listed(retro, 2, &form));
    assert_string_equal(usage(retro, form), "retro publish [outside]");
    assert_true(command_listed(retro, 3, &form));
    assert_string_equal(usage(retro, form), "retro outside");
    assert_true(command_listed(retro, 4, &form));
    assert_string_equal(usage(retro, form), "retro owner @who [due WHEN]");
    assert_false(command_listed(retro, 5, &form));
    assert_true(command_listed(away, 0, &form));
    assert_string_equal(usage(away, form), "away [UNTIL]");
    assert_false(command_listed(away, 1, &form));
}

static void usage__is_as_it_is_typed(void **state)
{
    (void)state;
    assert_string_equal(usage(command_find("task"), 0), "task @who WHAT [in 10m]");
    assert_string_equal(usage(command_find("severity"), 0), "severity LEVEL [WHY]");
    assert_string_equal(usage(command_find("declare"), 0),
                        "declare [LEVEL] TITLE [--service S] [--private] [--suspected] "
                        "[--drill] [--started TIME]");
}

static int create(void **state)
{
    (void)state;
    arena = arena_create();
    return 0;
}

static int destroy(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table__is_alphabetical__each_name_once),
        cmocka_unit_test(entry__has_a_summary__in_lower_case_without_full_stop),
        cmocka_unit_test(entry__has_a_form__each_fits_a_terminal),
        cmocka_unit_test(entry__puts_nothing_behind_words_that_take_all),
        cmocka_unit_test(find__knows_every_name__in_any_case),
        cmocka_unit_test(near__names_the_verb_that_was_meant),
        cmocka_unit_test(near__names_the_verb_that_was_begun),
        cmocka_unit_test(near__names_none__when_the_words_are_apart),
        cmocka_unit_test(other_word__is_no_verb__and_leads_to_one),
        cmocka_unit_test(other_word__is_found__as_a_whole_in_any_case),
        cmocka_unit_test(form__is_explained__where_it_is_listed),
        cmocka_unit_test(forms__are_listed__the_main_one_first_and_no_variant),
        cmocka_unit_test(usage__is_as_it_is_typed),
    };

    return cmocka_run_group_tests(tests, create, destroy);
}
