#include "store/late_commands.h"
#include "tests/store/fresh.h"

static void put(struct store *store, int64_t person_id, int64_t at_ms, const char *line)
{
    MUST(late_command_insert(
        store,
        &(struct late_command){
            .person_id = person_id, .adapter = "wire", .at_ms = at_ms, .line = line},
        &err));
}

static void late_commands__are_taken_in_the_order_typed__and_only_once(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana"), bo = fresh_person(store, "bo");
    struct late_commands commands;

    put(store, ana, 200, "status");
    put(store, bo, 150, "lead");
    put(store, ana, 100, "list");
    MUST(late_commands_take(store, ana, &commands, &err));
    assert_int_equal(commands.count, 2);
    assert_string_equal(commands.all[0].line, "list");
    assert_string_equal(commands.all[1].line, "status");
    assert_string_equal(commands.all[1].adapter, "wire");
    assert_int_equal(commands.all[1].at_ms, 200);
    MUST(late_commands_take(store, ana, &commands, &err));
    assert_int_equal(commands.count, 0);
    MUST(late_commands_take(store, bo, &commands, &err));
    assert_int_equal(commands.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(late_commands__are_taken_in_the_order_typed__and_only_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
