#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <uv.h>

#include "bot/loop.h"

/* What happened, in order: one letter a call. */
struct trace {
    struct loop *loop;
    char said[32];
    struct loop_timer *deadline;
    void *other;
};

static int64_t steady_ms(void)
{
    return (int64_t)(uv_hrtime() / 1000000);
}

static void trace_add(struct trace *trace, char letter)
{
    size_t length = strlen(trace->said);
    assert_true(length + 1 < sizeof(trace->said));
    trace->said[length] = letter;
}

static void trace_late(void *arg)
{
    (void)arg;
    fail_msg("the loop did not come to its end in a minute");
}

static int trace_setup(void **state)
{
    struct trace *trace = calloc(1, sizeof(*trace));
    struct err err;
    assert_true(loop_create(&trace->loop, &err));
    trace->deadline = loop_timer_create(trace->loop, trace_late, NULL);
    loop_timer_set(trace->deadline, 60000);
    *state = trace;
    return 0;
}

static int trace_teardown(void **state)
{
    struct trace *trace = *state;
    loop_timer_destroy(trace->deadline);
    loop_destroy(trace->loop);
    free(trace);
    return 0;
}

static void on_first(void *arg)
{
    trace_add(arg, '1');
}

static void on_second(void *arg)
{
    trace_add(arg, '2');
}

static void on_stop(void *arg)
{
    struct trace *trace = arg;
    trace_add(trace, 's');
    loop_stop(trace->loop);
}

static void on_before_sleep(void *arg)
{
    trace_add(arg, 'p');
}

static void on_again(void *arg)
{
    struct trace *trace = arg;
    trace_add(trace, 'a');
    loop_soon(trace->loop, on_stop, trace);
    trace_add(trace, 'b');
}

static void loop__keeps_the_order_of_soon_calls(void **state)
{
    struct trace *trace = *state;
    loop_soon(trace->loop, on_first, trace);
    loop_soon(trace->loop, on_second, trace);
    loop_soon(trace->loop, on_stop, trace);
    assert_string_equal(trace->said, "");
    loop_run(trace->loop);
    assert_string_equal(trace->said, "12s");
}

static void loop__calls_soon_in_the_next_iteration(void **state)
{
    struct trace *trace = *state;
    loop_before_sleep(trace->loop, on_before_sleep, trace);
    loop_soon(trace->loop, on_again, trace);
    loop_run(trace->loop);
    assert_memory_equal(trace->said, "abps", 4);
}

static void on_sleep_soon(void *arg)
{
    struct trace *trace = arg;
    if (trace->said[0] == '\0') {
        trace_add(trace, 'p');
        loop_soon(trace->loop, on_stop, trace);
    }
}

static void loop__does_not_sleep_on_what_the_hook_queued(void **state)
{
    struct trace *trace = *state;
    loop_before_sleep(trace->loop, on_sleep_soon, trace);
    loop_run(trace->loop); /* asleep, it would wake at the deadline */
    assert_string_equal(trace->said, "ps");
}

static void on_forget(void *arg)
{
    struct trace *trace = arg;
    trace_add(trace, 'f');
    loop_forget(trace->loop, trace->other);
}

static void loop__forgets_the_calls_of_an_arg(void **state)
{
    struct trace *trace = *state;
    struct trace gone = {0};
    trace->other = &gone;
    loop_soon(trace->loop, on_forget, trace);
    loop_soon(trace->loop, on_first, &gone);
    loop_soon(trace->loop, on_stop, trace);
    loop_run(trace->loop);
    assert_string_equal(trace->said, "fs");
    assert_string_equal(gone.said, "");
}

static void loop__takes_more_soon_calls_than_it_has_room_for(void **state)
{
    struct trace *trace = *state;
    struct trace many[100] = {0};
    for (size_t i = 0; i < 100; i++) {
        loop_soon(trace->loop, on_first, &many[i]);
    }
    loop_soon(trace->loop, on_stop, trace);
    loop_run(trace->loop);
    for (size_t i = 0; i < 100; i++) {
        assert_string_equal(many[i].said, "1");
    }
}

static void loop__fires_timers_in_order_of_time(void **state)
{
    struct trace *trace = *state;
    struct loop_timer *late = loop_timer_create(trace->loop, on_stop, trace);
    struct loop_timer *early = loop_timer_create(trace->loop, on_first, trace);
    struct loop_timer *never = loop_timer_create(trace->loop, on_second, trace);
    int64_t from_ms = steady_ms();
    loop_timer_set(late, 60);
    loop_timer_set(early, 10000);
    loop_timer_set(early, 20);
    loop_timer_set(never, 10);
    loop_timer_stop(never);
    loop_run(trace->loop);
    assert_string_equal(trace->said, "1s");
    assert_true(steady_ms() - from_ms >= 59);
    loop_timer_destroy(late);
    loop_timer_destroy(early);
    loop_timer_destroy(never);
}

static void loop__fires_a_timer_at_once_when_it_is_overdue(void **state)
{
    struct trace *trace = *state;
    struct loop_timer *timer = loop_timer_create(trace->loop, on_stop, trace);
    loop_timer_set(timer, -5);
    loop_run(trace->loop);
    assert_string_equal(trace->said, "s");
    loop_timer_destroy(timer);
}

static void on_raise(void *arg)
{
    (void)arg;
    (void)raise(SIGHUP);
    (void)raise(SIGPIPE);
    (void)raise(SIGTERM);
}

static void loop__tells_of_signals(void **state)
{
    struct trace *trace = *state;
    loop_on_hangup(trace->loop, on_first, trace);
    loop_on_signal(trace->loop, on_stop, trace);
    loop_soon(trace->loop, on_raise, NULL);
    loop_run(trace->loop);
    assert_string_equal(trace->said, "1s");
}

static void loop__destroy_drops_what_waits(void **state)
{
    (void)state;
    struct loop *loop = NULL;
    struct err err;
    assert_true(loop_create(&loop, &err));
    struct trace trace = {.loop = loop};
    loop_soon(loop, on_first, &trace);
    struct loop_timer *timer = loop_timer_create(loop, on_second, &trace);
    loop_timer_set(timer, 0);
    loop_timer_destroy(timer);
    loop_timer_destroy(NULL);
    loop_destroy(loop);
    loop_destroy(NULL);
    assert_string_equal(trace.said, "");
}

static void on_number(void *arg, const char *const *addresses, size_t count)
{
    struct trace *trace = arg;
    assert_int_equal(count, 1);
    assert_string_equal(addresses[0], "127.0.0.1");
    on_stop(trace);
}

static void loop__looks_a_number_up_as_itself(void **state)
{
    struct trace *trace = *state;
    loop_lookup_start(trace->loop, "127.0.0.1", on_number, trace);
    assert_string_equal(trace->said, ""); /* never from inside the call */
    loop_run(trace->loop);
    assert_string_equal(trace->said, "s");
}

static void on_nobody(void *arg, const char *const *addresses, size_t count)
{
    (void)addresses;
    assert_int_equal(count, 0);
    on_stop(arg);
}

/* Over 255 bytes: libuv refuses it before it asks anybody. */
static void loop__finds_nothing_for_what_is_no_name(void **state)
{
    struct trace *trace = *state;
    char name[400];
    memset(name, 'a', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    loop_lookup_start(trace->loop, name, on_nobody, trace);
    loop_run(trace->loop);
    assert_string_equal(trace->said, "s");
}

static void loop__forgets_a_lookup_cancelled(void **state)
{
    struct trace *trace = *state;
    struct trace gone = {.loop = trace->loop};
    loop_lookup_cancel(loop_lookup_start(trace->loop, "127.0.0.1", on_number, &gone));
    loop_lookup_start(trace->loop, "127.0.0.1", on_number, trace);
    loop_run(trace->loop);
    assert_string_equal(gone.said, "");
}

static void loop__calls_guests_when_all_is_closed(void **state)
{
    (void)state;
    struct loop *loop = NULL;
    struct err err;
    assert_true(loop_create(&loop, &err));
    struct trace trace = {.loop = loop};
    loop_at_end(loop, on_first, &trace);
    loop_at_end(loop, on_second, &trace);
    assert_string_equal(trace.said, "");
    loop_destroy(loop);
    assert_string_equal(trace.said, "12");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(loop__keeps_the_order_of_soon_calls,
                                        trace_setup, trace_teardown),
        cmocka_unit_test_setup_teardown(loop__calls_soon_in_the_next_iteration,
                                        trace_setup, trace_teardown),
        cmocka_unit_test_setup_teardown(loop__does_not_sleep_on_what_the_hook_queued,
                                        trace_setup, trace_teardown),
        cmocka_unit_test_setup_teardown(loop__forgets_the_calls_of_an_arg, trace_setup,
                                        trace_teardown),
        cmocka_unit_test_setup_teardown(
            loop__takes_more_soon_calls_than_it_has_room_for, trace_setup,
            trace_teardown),
        cmocka_unit_test_setup_teardown(loop__fires_timers_in_order_of_time,
                                        trace_setup, trace_teardown),
        cmocka_unit_test_setup_teardown(loop__fires_a_timer_at_once_when_it_is_overdue,
                                        trace_setup, trace_teardown),
        cmocka_unit_test_setup_teardown(loop__tells_of_signals, trace_setup,
                                        trace_teardown),
        cmocka_unit_test_setup_teardown(loop__looks_a_number_up_as_itself, trace_setup,
                                        trace_teardown),
        cmocka_unit_test_setup_teardown(loop__finds_nothing_for_what_is_no_name,
                                        trace_setup, trace_teardown),
        cmocka_unit_test_setup_teardown(loop__forgets_a_lookup_cancelled, trace_setup,
                                        trace_teardown),
        cmocka_unit_test(loop__calls_guests_when_all_is_closed),
        cmocka_unit_test(loop__destroy_drops_what_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
