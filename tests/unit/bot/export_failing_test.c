/* No export is called done that is not whole, whichever call of the store fails. */
#include <stdio.h>

#include "bot/export.h"
#include "tests/store/words.h"

typedef bool export_fn(const struct export_sheet *sheet, struct err *err);
static export_fn *const exports[] = {export_json, export_markdown, export_html};
#define EXPORTS (sizeof(exports) / sizeof(exports[0]))

/* What became of it: its length, 0 where it failed. */
static size_t try_export(struct store *store, export_fn *export, int64_t n)
{
    struct config *config = config_create();
    struct export_sheet sheet = {
        .store = store, .config = config, .scratch = arena_create()};
    struct incident *incident;
    char *bytes = NULL;
    size_t length = 0;
    struct err why = {.kind = ERR_NONE};
    bool ok;

    MUST(incident_find(store, 1, &incident, &err));
    sheet.incident = incident;
    sheet.out = open_memstream(&bytes, &length);
    assert_non_null(sheet.out);
    db_fail_after(store->db, n);
    ok = export(&sheet, &why);
    assert_int_equal(ok, n == 0 || db_is_to_fail(store->db));
    db_fail_after(store->db, 0);
    if (!ok) {
        assert_int_not_equal(why.kind, ERR_NONE);
        assert_int_not_equal(why.text[0], '\0');
    }
    (void)fclose(sheet.out);
    free(bytes);
    arena_destroy(sheet.scratch);
    config_destroy(config);
    return ok ? length : 0;
}

static void fill(struct store *store)
{
    words_fill(store);
    words_script(store, "UPDATE covers SET state = 'open'; "
                        "UPDATE offers SET state = 'open'; "
                        "UPDATE pages SET state = 'open'; "
                        "UPDATE page_calls SET state = 'waiting'; "
                        "UPDATE tasks SET state = 'open'; "
                        "UPDATE tries SET outcome = NULL; "
                        "UPDATE incidents SET state = 'resolved'");
}

static void export__fails__when_any_call_of_the_store_does(void **state)
{
    struct store *store = *state;

    fill(store);
    for (size_t i = 0; i < EXPORTS; i++) {
        size_t whole = try_export(store, exports[i], 0);
        size_t length = 0;
        int64_t n = 0;

        assert_in_range(whole, 500, 1000000);
        while (length == 0) {
            length = try_export(store, exports[i], ++n);
        }
        assert_in_range(n, 10, 1000);
        assert_int_equal(length, whole); /* nothing of a failure stays */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(export__fails__when_any_call_of_the_store_does),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
