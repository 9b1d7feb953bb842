#define _GNU_SOURCE /* asprintf */

#include <stdio.h>
#include <sys/resource.h>

#include <locale.h>

#include "bot/export_html.h"
#include "tests/store/fresh.h"

#define ACCENT      "\xcc\x81"     /* stands on the character before: no width */
#define WIDE        "\xe6\xbc\xa2" /* twice as wide as a letter */
#define LONG_BYTES  ((size_t)40 * 1024)
#define GROWTH_KIB  (32 * 1024L)
#define WIDE_A_LINE 13

struct scene {
    struct export_sheet sheet;
    struct incident incident;
    struct factor factor;
    struct factors factors;
    char *bytes;
    size_t length;
};

static void begin(struct scene *scene, const char *text)
{
    *scene = (struct scene){.incident = {.id = 1, .title = "slow"}};
    scene->factor = (struct factor){.n = 1, .kind = "technical", .text = text};
    scene->factors = (struct factors){.all = &scene->factor, .count = 1};
    scene->sheet = (struct export_sheet){
        .incident = &scene->incident,
        .scratch = arena_create(),
        .out = open_memstream(&scene->bytes, &scene->length),
    };
    assert_non_null(scene->sheet.out);
}

static bool draw(struct scene *scene)
{
    const struct factor_links none = {.count = 0};
    bool is_drawn = html_drawing(&scene->sheet, &scene->factors, &none);

    assert_int_equal(fflush(scene->sheet.out), 0);
    return is_drawn;
}

static void end(struct scene *scene)
{
    (void)fclose(scene->sheet.out);
    free(scene->bytes);
    arena_destroy(scene->sheet.scratch);
}

static char *repeat(const char *unit, size_t bytes)
{
    size_t length = strlen(unit);
    char *text = calloc(1, bytes + length + 1);

    assert_non_null(text);
    for (size_t at = 0; at < bytes; at++) {
        text[at] = unit[at % length];
    }
    return text;
}

static long memory_kib(void)
{
    struct rusage usage;

    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

static void drawing__needs_little_memory__however_long_a_factor_is(void **state)
{
    char *text = repeat(ACCENT, LONG_BYTES);
    long before_kib = memory_kib();
    struct scene scene;

    (void)state;
    assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
    begin(&scene, text);
    (void)draw(&scene);
    assert_true(memory_kib() - before_kib < GROWTH_KIB);
    end(&scene);
    free(text);
}

/* A line of wide characters ends at the same one on every machine. */
static void drawing__breaks_lines_alike__whatever_the_locale(void **state)
{
    static const char *const locales[] = {"C", "C.UTF-8"};
    char *text, *line, *last;

    (void)state;
    if (system("command -v dot >/dev/null") != 0) {
        skip();
    }
    text = repeat(WIDE, (size_t)3 * 20);
    line = repeat(WIDE, (size_t)3 * WIDE_A_LINE);
    assert_true(asprintf(&last, ">%s<", line) > 0);
    for (size_t i = 0; i < sizeof(locales) / sizeof(locales[0]); i++) {
        struct scene scene;

        assert_non_null(setlocale(LC_CTYPE, locales[i]));
        begin(&scene, text);
        assert_true(draw(&scene));
        assert_non_null(strstr(scene.bytes, last));
        end(&scene);
    }
    free(text);
    free(line);
    free(last);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drawing__needs_little_memory__however_long_a_factor_is),
        cmocka_unit_test(drawing__breaks_lines_alike__whatever_the_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
