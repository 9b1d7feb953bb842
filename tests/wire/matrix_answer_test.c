/* Answers that are no homeserver's, or none that it should give. */
#include "adapters/matrix_inner.h"
#include "bot/base/time.h"
#include "bot/ears_inner.h"
#include "tests/wire/matrix_syncs.h"

#define INC "!inc:x"

static struct matrix *matrix_of(struct matrix_peer *peer)
{
    return (struct matrix *)peer->ears->adapters[0];
}

static void say(struct matrix_peer *peer, const char *id, const char *text)
{
    matrix_peer_room(peer, INC, NULL, NULL, matrix_peer_message(id, "@a:x", text));
}

static bool is_rationed(struct matrix_peer *peer)
{
    return matrix_of(peer)->gates_ms[MATRIX_MESSAGES] > 0;
}

/* Wherever its clock or its settings are wrong, we ask again the same hour. */
static void expect_minutes(void **state, const char *headers, const char *body)
{
    struct matrix_peer *peer = start(state);
    int64_t wait_ms;

    matrix_peer_refuse(peer, "/send/", 429, body, 1);
    peer->fault_headers = headers;
    say(peer, "$1", "!incident help");
    matrix_peer_await(peer, is_rationed);
    wait_ms = matrix_of(peer)->gates_ms[MATRIX_MESSAGES] - time_steady_ms();
    assert_in_range(wait_ms, 5 * TIME_MINUTE_MS, 10 * TIME_MINUTE_MS);
}

static void limiter__rests_for_minutes__when_told_a_day(void **state)
{
    expect_minutes(state, "Retry-After: 86400\r\n", "{}");
}

static void limiter__rests_for_minutes__when_told_a_date_far_off(void **state)
{
    expect_minutes(state, "Retry-After: Fri, 01 Jan 2100 00:00:00 GMT\r\n", "{}");
}

static void limiter__rests_for_minutes__when_told_years(void **state)
{
    expect_minutes(state, "",
                   "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":"
                   "9007199254740991}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PEER_TEST(limiter__rests_for_minutes__when_told_a_day),
        PEER_TEST(limiter__rests_for_minutes__when_told_a_date_far_off),
        PEER_TEST(limiter__rests_for_minutes__when_told_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
