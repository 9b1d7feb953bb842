/* The contract of bot/adapter.h, kept by the console: under the real ears, on a store
 * in memory, its transcript and its output files of the test's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "adapters/console.h"
#include "bot/base/time.h"
#include "bot/ears_inner.h"
#include "bot/house.h"
#include "store/outbox.h"
#include "store/people.h"

/* A console fed with `transcript` until its end. */
struct run {
    FILE *input, *output, *acks;
    struct options options;
    struct house house;
    char said[16384], acked[256];
};

static struct run *run_open(const char *transcript)
{
    struct run *run = calloc(1, sizeof(*run));
    struct err err;
    int status = 0;
    assert_non_null(run);
    run->input = tmpfile();
    run->output = tmpfile();
    run->acks = tmpfile();
    assert_true(run->input && run->output && run->acks);
    assert_true(fputs(transcript, run->input) >= 0);
    rewind(run->input);
    run->options.arena = arena_create();
    run->options.config = config_create();
    struct console_options options = {
        .input = fileno(run->input),
        .output = fileno(run->output),
        .acks = fileno(run->acks),
    };
    console_set_options(&options);
    assert_true(house_open(&run->house, &run->options, NULL, true, &status));
    assert_true(ears_add(run->house.ears, &console_adapter, &err));
    return run;
}

static void read_back(FILE *file, char *text, size_t room)
{
    rewind(file);
    size_t length = fread(text, 1, room - 1, file);
    text[length] = '\0';
    (void)fclose(file);
}

static int run_to_end(struct run *run)
{
    int status = house_run(&run->house, &run->options);
    read_back(run->output, run->said, sizeof(run->said));
    read_back(run->acks, run->acked, sizeof(run->acked));
    return status;
}

static void run_close(struct run *run)
{
    house_close(&run->house);
    (void)fclose(run->input);
    options_finish(&run->options);
    free(run);
}

/* A wish of this kind, in a lane of its own; about the message of `about_row`. */
static int64_t put_wish(struct turn *turn, enum action_kind kind, int64_t person_id,
                        int64_t about_row)
{
    struct err err;
    struct action action = {
        .name = "inc-9-contract", .topic = "a topic", .note = note_create(turn->arena)};
    note_line(action.note, "this is a %s", action_kind_name(kind));
    struct outbox_row row = {
        .adapter = "console",
        .lane = action_kind_name(kind),
        .kind = action_kind_name(kind),
        .person_id = person_id,
        .place = "#ops",
        .about_row = about_row,
        .body = action_to_json(turn->arena, &action),
        .created_ms = turn->now_ms,
        .due_ms = turn->now_ms,
    };
    if (!outbox_put(turn->store, &row, &err)) {
        fail_msg("%s", err.text);
    }
    return row.id;
}

static void put_wishes(struct run *run, int64_t rows[ACTION_KINDS])
{
    struct turns *turns = ears_turns(run->house.ears);
    struct person *ana = NULL;
    struct err err;
    struct turn *turn = turn_open(turns, &err);
    assert_non_null(turn);
    struct account account = {.adapter = "console", .external = "ana", .name = "ana"};
    assert_true(person_meet(turn->store, &account, &ana, &err));
    rows[ACTION_POST] = put_wish(turn, ACTION_POST, ana->id, 0);
    for (int kind = 0; kind < ACTION_KINDS; kind++) {
        bool is_about = kind == ACTION_AMEND || kind == ACTION_PIN;
        if (kind != ACTION_POST) {
            rows[kind] = put_wish(turn, (enum action_kind)kind, ana->id,
                                  is_about ? rows[ACTION_POST] : 0);
        }
    }
    turns_finish(turns);
}

static void every_wish__is_fulfilled_once__and_its_outcome_told(void **state)
{
    (void)state;
    struct run *run = run_open("2026-11-22 03:10:00 ana #ops> hello\n");
    int64_t rows[ACTION_KINDS];
    put_wishes(run, rows);
    assert_int_equal(run_to_end(run), 0);
    struct arena *arena = arena_create();
    run->house.store.arena = arena;
    for (int kind = 0; kind < ACTION_KINDS; kind++) {
        struct outbox_row *row = NULL;
        struct err err;
        assert_true(outbox_find(&run->house.store, rows[kind], &row, &err));
        assert_non_null(row);
        assert_null(row->buried_why);
        assert_true(row->done_ms != TIME_NONE);
        const char *words = arena_printf(arena, "this is a %s",
                                         action_kind_name((enum action_kind)kind));
        const char *first = strstr(run->said, words);
        assert_true(!first || !strstr(first + 1, words));
    }
    assert_non_null(strstr(run->said, "muster #ops> this is a post\n"));
    assert_non_null(strstr(run->said, "muster #ops (edit)> this is a amend\n"));
    assert_non_null(strstr(run->said, "muster #ops (to ana)> this is a whisper\n"));
    assert_non_null(strstr(run->said, "muster @ana> this is a direct\n"));
    arena_destroy(arena);
    run_close(run);
}

static void lines__are_acked__each_when_it_is_durable(void **state)
{
    (void)state;
    struct run *run = run_open("2026-11-22 03:10:00 ana #ops> hello\n"
                               "# a remark\n"
                               "03:10 ana #ops| and more\n"
                               "03:11 .\n"
                               "not to be read\n"
                               "03:12 bo #ops> bye");
    assert_int_equal(run_to_end(run), 1);
    assert_string_equal(run->acked, "1\n3\n4\n6\n");
    run_close(run);
}

/* Wherever the store fails: a line is either acked, or its writer is told. */
static void line__is_not_acked__when_its_turn_failed(void **state)
{
    (void)state;
    int told = 0;
    for (int64_t calls = 1; calls <= 40; calls++) {
        struct run *run = run_open("2026-11-22 03:10:00 ana #ops> !inc list\n"
                                   "03:12 ana #ops> !inc list\n");
        db_fail_after(run->house.store.db, calls);
        int status = run_to_end(run);
        bool is_told = strstr(run->said, "(to ana)> Not recorded, please say it again");
        bool is_acked = strcmp(run->acked, "1\n2\n") == 0;
        bool is_begun = *run->acked || *run->said;
        told += is_told;
        if (is_begun && is_told == is_acked) {
            fail_msg("call %lld: told %d, acked %s", (long long)calls, is_told,
                     run->acked);
        }
        assert_int_equal(status, is_acked ? 0 : 1);
        run_close(run);
    }
    assert_true(told > 0);
}

static void adapter__may_be_stopped__twice_and_before_its_start(void **state)
{
    (void)state;
    struct run *run = run_open("2026-11-22 03:10:00 ana #ops> hello\n");
    struct adapter *adapter = run->house.ears->adapters[0];
    adapter->kind->stop(adapter);
    adapter->kind->stop(adapter);
    struct action action = {.id = 1, .kind = ACTION_POST, .channel = "#ops"};
    adapter->kind->perform(adapter, &action);
    adapter->kind->settle(adapter, (struct ticket){1}, false);
    read_back(run->output, run->said, sizeof(run->said));
    assert_string_equal(run->said, "");
    (void)fclose(run->acks);
    run_close(run);
    console_adapter.destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_wish__is_fulfilled_once__and_its_outcome_told),
        cmocka_unit_test(lines__are_acked__each_when_it_is_durable),
        cmocka_unit_test(line__is_not_acked__when_its_turn_failed),
        cmocka_unit_test(adapter__may_be_stopped__twice_and_before_its_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
