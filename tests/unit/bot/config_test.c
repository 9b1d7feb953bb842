#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "bot/config.h"

static void unit__level_is_found__when_written_in_other_ways(void **state)
{
    struct config *config = config_create();

    (void)state;
    assert_string_equal(config_level_find(config, "SEV-1")->name, "sev1");
    assert_string_equal(config_level_find(config, "sev 4")->name, "sev4");
    assert_string_equal(config_level_find(config, "Unknown")->name, "unknown");
    assert_null(config_level_find(config, "sev9"));
    assert_null(config_level_find(config, "sev"));
    assert_null(config_level_find(config, NULL));
    assert_int_equal(config_level_rank(config, "unknown"), 0);
    assert_int_equal(config_level_rank(config, "sev2"), 2);
    assert_int_equal(config_level_rank(config, "p0"), -1);
    config_destroy(config);
}

static void unit__role_is_found__when_case_differs(void **state)
{
    struct config *config = config_create();

    (void)state;
    assert_string_equal(config_role_find(config, "Scribe"), "scribe");
    assert_null(config_role_find(config, "boss"));
    config_destroy(config);
}

struct folder {
    char path[64], file[96];
    struct arena *arena;
};

static int setup(void **state)
{
    struct folder *folder = calloc(1, sizeof(*folder));

    assert_non_null(folder);
    strcpy(folder->path, "/tmp/muster-secret-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    (void)snprintf(folder->file, sizeof(folder->file), "%s/A_TOKEN", folder->path);
    folder->arena = arena_create();
    setenv("CREDENTIALS_DIRECTORY", folder->path, 1);
    unsetenv("A_TOKEN");
    *state = folder;
    return 0;
}

static int teardown(void **state)
{
    struct folder *folder = *state;

    unsetenv("CREDENTIALS_DIRECTORY");
    (void)unlink(folder->file);
    (void)rmdir(folder->path);
    arena_destroy(folder->arena);
    free(folder);
    return 0;
}

static void put(const struct folder *folder, const char *text, mode_t mode)
{
    FILE *file = fopen(folder->file, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(folder->file, mode), 0);
}

static void unit__secret_is_read_without_its_newline(void **state)
{
    struct folder *folder = *state;
    const char *value;
    struct err err;

    put(folder, "xapp-1 \n", 0600);
    setenv("A_TOKEN", "of the environment", 1);
    assert_true(secret_find(folder->arena, "A_TOKEN", &value, &err));
    assert_string_equal(value, "xapp-1 ");
    put(folder, "xapp-2\r\n", 0440); /* as systemd shows an access list */
    assert_true(secret_find(folder->arena, "A_TOKEN", &value, &err));
    assert_string_equal(value, "xapp-2");
}

static void unit__secret_is_refused__when_of_several_lines(void **state)
{
    static const char *const texts[] = {"xapp-1\n\n", "xapp-1\nSLACK=xoxb-1\n",
                                        "xapp-1\rx"};
    struct folder *folder = *state;
    const char *value;
    struct err err;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        put(folder, texts[i], 0600);
        assert_false(secret_find(folder->arena, "A_TOKEN", &value, &err));
        assert_null(value);
        assert_string_equal(err.text, "A_TOKEN holds a line break: it is one line");
    }
    assert_int_equal(unlink(folder->file), 0);
    setenv("A_TOKEN", "xapp-1\r", 1);
    assert_false(secret_find(folder->arena, "A_TOKEN", &value, &err));
}

static void unit__secret_is_refused__when_others_can_read_it(void **state)
{
    static const mode_t modes[] = {0644, 0604, 0640, 0660, 0666};
    struct folder *folder = *state;
    const char *value;
    struct err err;

    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        put(folder, "xapp-1\n", modes[i]);
        assert_false(secret_find(folder->arena, "A_TOKEN", &value, &err));
        assert_int_equal(err.kind, ERR_DENIED);
        assert_null(strstr(err.text, "xapp-1"));
        assert_non_null(strstr(err.text, folder->file));
    }
}

static void unit__secret_comes_from_the_environment__when_there_is_no_file(void **state)
{
    struct folder *folder = *state;
    const char *value;
    struct err err;

    assert_true(secret_find(folder->arena, "A_TOKEN", &value, &err));
    assert_null(value);
    setenv("A_TOKEN", "xoxb-1", 1);
    assert_true(secret_find(folder->arena, "A_TOKEN", &value, &err));
    assert_string_equal(value, "xoxb-1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unit__level_is_found__when_written_in_other_ways),
        cmocka_unit_test(unit__role_is_found__when_case_differs),
        cmocka_unit_test_setup_teardown(unit__secret_is_read_without_its_newline, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(unit__secret_is_refused__when_of_several_lines,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(
            unit__secret_is_refused__when_others_can_read_it, setup, teardown),
        cmocka_unit_test_setup_teardown(
            unit__secret_comes_from_the_environment__when_there_is_no_file, setup,
            teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
