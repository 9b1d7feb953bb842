/* What no decent homeserver sends, its own or that of somebody else in the room: times
 * that nobody lived in, tokens that end as they come, waits without sense. */
#include "bot/base/time.h"
#include "tests/wire/matrix_syncs.h"

#define INC "!inc:x"

static void say_at(struct matrix_peer *peer, const char *id, const char *at)
{
    char event[400];

    snprintf(event, sizeof(event),
             "{\"type\":\"m.room.message\",\"event_id\":\"$%s\",\"sender\":\"@a:x\","
             "\"origin_server_ts\":%s,\"content\":{\"msgtype\":\"m.text\",\"body\":"
             "\"said at %s\"}}",
             id, at, id);
    matrix_peer_room(peer, INC, NULL, NULL, event);
    matrix_peer_await(peer, is_idle);
}

/* Else it would be the last that was said for ever: `timeline last` and `redact` would
 * speak of it, and of nothing that comes. */
static void message__is_said_by_now__when_its_time_is_to_come(void **state)
{
    static const char *const times[] = {
        "253402300799999",
        "4102444800000",
        "9223372036854775807",
        "-1",
        "0",
        "1e300",
        "\"soon\"",
        "{}",
    };
    struct matrix_peer *peer = start(state);
    char id[20], ahead[32];

    matrix_peer_incident(peer, INC);
    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        snprintf(id, sizeof(id), "t%zu", i);
        say_at(peer, id, times[i]);
        assert_int_equal(matrix_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE "
                                                  "text LIKE 'said at t%' AND at_ms = "
                                                  "recorded_ms"),
                         i + 1);
    }
    snprintf(ahead, sizeof(ahead), "%lld", (long long)(time_now_ms() + TIME_HOUR_MS));
    say_at(peer, "zone", ahead); /* a clock that is an hour wrong is believed */
    assert_int_equal(
        matrix_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE text = 'said at "
                                 "zone' AND at_ms > recorded_ms + 3500000"),
        1);
}

static bool has_refreshed_once(struct matrix_peer *peer)
{
    return peer->refreshes > 0 && peer->poll != NULL;
}

/* As where seconds are taken for milliseconds: each token is over when it comes. */
static void token__is_not_asked_for_in_a_storm__when_none_lasts(void **state)
{
    struct matrix_peer *peer = *state;

    peer->life_ms = 1;
    matrix_peer_start(peer);
    matrix_peer_await(peer, has_refreshed_once);
    wire_run_ms(&peer->wire, 1000);
    assert_int_equal(peer->refreshes, 1);
    assert_int_equal(peer->logins, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PEER_TEST(message__is_said_by_now__when_its_time_is_to_come),
        PEER_TEST(token__is_not_asked_for_in_a_storm__when_none_lasts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
